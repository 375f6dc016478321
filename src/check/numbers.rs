//! Finds numbers in prose that no record supports.

use rust_decimal::Decimal;

use crate::check::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, RawNumber};
use crate::model::{Figure, FigureValue, Number};

/// Remarks on numbers that aren't tied to a record and aren't allowed by `unbound:`.
///
/// `place` returns the place of a number.
pub(super) fn unbound<'a>(
    numbers: &'a [RawNumber],
    document: &'a Document,
    scope: &'a Scope,
    place: impl Fn(&RawNumber) -> crate::diag::Place + 'a,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let front_matter = document.front_matter.as_ref();
    let allowed = front_matter.map_or(&[][..], |front_matter| &front_matter.unbound);
    let is_allowed = move |number: &RawNumber| {
        let mut allowed = allowed.iter().filter_map(|item| item.number.as_deref());
        allowed.any(|words| bare(words) == bare(&number.words))
    };
    let unbound = numbers.iter().filter(move |number| !is_allowed(number));
    unbound.map(move |number| {
        let words = &number.words;
        let message = format!("the number `{words}` isn't tied to a record");
        let fault = Diagnostic::new(Code::UnboundNumber, place(number), message);
        match figure_of(words, scope) {
            Some(id) => fault.help(format!("write `[{words}](figure:{id})`")),
            None => fault.help(format!(
                "make a figure of it and link to that, or say in the front matter why it needs none: \
                 `unbound: [{{number: \"{words}\", reason: …}}]`"
            )),
        }
    })
}

fn bare(words: &str) -> &str {
    words.trim().trim_end_matches('%')
}

/// The id of a figure within reach that has this number.
fn figure_of(words: &str, scope: &Scope) -> Option<String> {
    let readings = readings(bare(words));
    let has_number = |figure: &Figure| {
        let headline = figure.value.headline();
        let mut numbers: Vec<Decimal> = vec![headline.number.value()];
        numbers.extend(headline.to.map(Number::value));
        if let FigureValue::Series(points) = &figure.value {
            numbers.extend(points.iter().map(|point| point.quantity.number.value()));
        }
        numbers.iter().any(|number| readings.contains(number))
    };
    let found = scope.figures().find(|figure| has_number(figure));
    found.map(|figure| figure.anchor.id.to_string())
}

/// The values that a number may mean: languages differ in which sign separates thousands and which decimals.
fn readings(words: &str) -> Vec<Decimal> {
    let without = |separator: char| words.replace(separator, "");
    let english = without(',');
    let continental = without('.').replace(',', ".");
    [english, continental]
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect()
}
