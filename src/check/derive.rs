//! Figures calculated from other figures.
//!
//! `change(a, b)` is the change from a to b in percent, `share(a, b)` is a as a percentage of b, and `sum(a, b, …)`
//! adds. An argument is a figure's id, or `id@date` or `id@label` for one number of a series. The hedges of the
//! arguments carry over to the result: growth from "over 24,000" is *less* than calculated.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::check::scope::{Lookup, Scope};
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath};
use crate::model::{
    Anchor, Derivation, Embed, FigureValue, Number, PointKey, Qualifier, Quantity, RecordKind,
};

/// How many decimal places a calculated percentage has: one, since news seldom prints more.
const PLACES: u32 = 1;

/// The unit of a change or a share.
const PERCENT: &str = "percent";

/// What a figure says about its derivation.
pub(super) struct Formula<'a> {
    pub(super) document: &'a Document,
    pub(super) id: &'a str,
    pub(super) index: usize,
    /// `derive:`; `None` for a figure with numbers of its own.
    pub(super) text: Option<&'a str>,
    /// `unit:`, for a sum.
    pub(super) unit: Option<&'a str>,
}

/// A function of `derive:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Change,
    Share,
    Sum,
}

impl Function {
    const ALL: [Self; 3] = [Self::Change, Self::Share, Self::Sum];

    fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Share => "share",
            Self::Sum => "sum",
        }
    }
}

/// One argument: its anchor, its key in a series, and its number.
type Input = (Anchor, Option<PointKey>, Quantity);

/// Calculates the values of all derived figures, in the order of their dependencies.
pub(super) fn compute(
    formulas: &[Formula<'_>],
    values: &mut [Option<FigureValue>],
    scope: &mut Scope,
    faults: &mut Vec<Diagnostic>,
) {
    let index_of: BTreeMap<&str, usize> = formulas
        .iter()
        .enumerate()
        .map(|(index, formula)| (formula.id, index))
        .collect();
    let mut waiting: Vec<usize> = (0..formulas.len())
        .filter(|index| formulas[*index].text.is_some() && values[*index].is_none())
        .collect();
    loop {
        let n_before = waiting.len();
        waiting.retain(|index| {
            let formula = &formulas[*index];
            let ready = |id: &str| {
                index_of
                    .get(id)
                    .is_none_or(|other| formulas[*other].text.is_none() || values[*other].is_some())
            };
            let text = formula.text.unwrap_or_default();
            let is_ready = arguments(text)
                .iter()
                .all(|argument| ready(argument.split('@').next().unwrap_or_default()));
            if !is_ready {
                return true;
            }
            let find = |id: &str| index_of.get(id).map(|other| values[*other].as_ref());
            match evaluate(formula, find, scope) {
                Ok(value) => {
                    scope.set_quantity(formula.id, value.headline().clone());
                    values[*index] = Some(value);
                }
                Err(Problem::Told) => {}
                Err(Problem::New(fault)) => faults.push(fault),
            }
            false
        });
        if waiting.is_empty() {
            return;
        }
        if waiting.len() == n_before {
            break;
        }
    }
    let names: Vec<&str> = waiting.iter().map(|index| formulas[*index].id).collect();
    for index in waiting {
        let formula = &formulas[index];
        let text = formula.text.unwrap_or_default();
        let rests_on_faulty = arguments(text).iter().any(|argument| {
            let id = argument.split('@').next().unwrap_or_default();
            let is_missing = |index: &usize| values[*index].is_none() && !names.contains(&id);
            index_of.get(id).is_some_and(is_missing)
        });
        if !rests_on_faulty {
            faults.push(fault(
                formula,
                "the figure is computed from itself".to_owned(),
            ));
        }
    }
}

/// Why a figure can't be calculated.
enum Problem {
    /// Something it depends on has a fault that was already reported.
    Told,
    /// A fault of its own.
    New(Diagnostic),
}

fn fault(formula: &Formula<'_>, message: String) -> Diagnostic {
    let path = FieldPath::item(RecordKind::Figure.list(), formula.index).key("derive");
    Diagnostic::new(Code::BadDerive, formula.document.place(&path), message)
}

/// The text between the parentheses of a formula, split at commas.
fn arguments(text: &str) -> Vec<&str> {
    let inner = text
        .split_once('(')
        .and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
    inner
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|argument| !argument.is_empty())
        .collect()
}

fn evaluate<'v>(
    formula: &Formula<'_>,
    find: impl Fn(&str) -> Option<Option<&'v FigureValue>>,
    scope: &Scope,
) -> Result<FigureValue, Problem> {
    let text = formula.text.unwrap_or_default().trim();
    let new = |message: String| Problem::New(fault(formula, message));
    let name = text.split('(').next().unwrap_or_default().trim();
    let is_call = text.contains('(') && text.ends_with(')');
    let function = Function::ALL
        .into_iter()
        .find(|function| is_call && function.name() == name);
    let Some(function) = function else {
        let fault = fault(formula, format!("`{text}` isn't a formula"));
        return Err(Problem::New(fault.help(
            "expected `change(a, b)`, `share(a, b)` or `sum(a, b, …)` with the ids of figures",
        )));
    };
    let arguments = arguments(text);
    let is_count_right = match function {
        Function::Change | Function::Share => arguments.len() == 2,
        Function::Sum => arguments.len() >= 2,
    };
    if !is_count_right {
        let wanted = if function == Function::Sum {
            "at least two"
        } else {
            "two"
        };
        let found = arguments.len();
        return Err(new(format!(
            "`{name}` takes {wanted} figures, found {found}"
        )));
    }
    let inputs: Vec<Input> = arguments
        .into_iter()
        .map(|argument| input(formula, argument, &find, scope))
        .collect::<Result<_, _>>()?;
    if let Some((_, _, other)) = inputs.iter().find(|(_, _, q)| q.unit != inputs[0].2.unit) {
        let message = format!(
            "the figures have different units: `{}` and `{}`",
            inputs[0].2.unit, other.unit
        );
        return Err(new(message));
    }
    let bound = bound(function, &inputs);
    let exact = exact(function, &inputs).ok_or_else(|| {
        new("the result is not a number: it divides by zero or is too large".to_owned())
    })?;
    let number = if function == Function::Sum {
        exact
    } else {
        exact.round_dp_with_strategy(PLACES, rounding(bound))
    };
    let unit = match function {
        Function::Sum => formula.unit.unwrap_or(&inputs[0].2.unit),
        Function::Change | Function::Share => PERCENT,
    };
    let quantity = Quantity {
        number: Number::new(number.normalize()),
        to: None,
        unit: unit.to_owned(),
        qualifier: bound,
    };
    let derivation = Derivation {
        formula: text.to_owned(),
        inputs,
        bound,
    };
    Ok(FigureValue::Derived(quantity, derivation))
}

fn input<'v>(
    formula: &Formula<'_>,
    argument: &str,
    find: &impl Fn(&str) -> Option<Option<&'v FigureValue>>,
    scope: &Scope,
) -> Result<Input, Problem> {
    let (id, date) = match argument.split_once('@') {
        Some((id, date)) => (id.trim(), Some(date.trim())),
        None => (argument, None),
    };
    let unknown = || {
        let fault = fault(formula, format!("there is no figure `{id}`"));
        Problem::New(fault.suggest(id, scope.ids(RecordKind::Figure)))
    };
    let (anchor, value) = match (scope.name(RecordKind::Figure, id), find(id)) {
        (Lookup::Found(name), Some(Some(value))) => (name.anchor.clone(), value.clone()),
        (_, Some(None)) | (Lookup::Faulty, None) => return Err(Problem::Told),
        (Lookup::Found(_), None) => match scope.record(RecordKind::Figure, id) {
            Lookup::Found(Embed::Figure(figure)) => (figure.anchor.clone(), figure.value.clone()),
            Lookup::Found(_) | Lookup::Faulty | Lookup::Unknown => return Err(Problem::Told),
        },
        (Lookup::Unknown | Lookup::Faulty, _) => return Err(unknown()),
    };
    match (&value, date) {
        (FigureValue::Series(points), Some(date)) => {
            let point = points.iter().find(|point| point.key.written() == date);
            let point = point.ok_or_else(|| {
                let dates: Vec<&str> = points.iter().map(|point| point.key.written()).collect();
                let fault = fault(formula, format!("`{id}` has no number for `{date}`"));
                Problem::New(fault.suggest(date, dates))
            })?;
            Ok((anchor, Some(point.key.clone()), point.quantity.clone()))
        }
        (FigureValue::Single(_) | FigureValue::Derived(..), Some(_)) => {
            let message = format!("`{id}` is a single number, so `@` has nothing to choose");
            Err(Problem::New(
                fault(formula, message).help(format!("write `{id}`")),
            ))
        }
        (FigureValue::Series(points), None) if points.len() > 1 => {
            let message = format!("`{id}` is a series: say which of its numbers is meant");
            let last = points.last().map_or("", |point| point.key.written());
            Err(Problem::New(
                fault(formula, message).help(format!("write `{id}@{last}`")),
            ))
        }
        (FigureValue::Single(quantity), None) if quantity.to.is_some() => {
            let message = format!("`{id}` is a range, and a range can't be computed with");
            Err(Problem::New(fault(formula, message).help(
                "give each end as a figure of its own, and compute with those",
            )))
        }
        _ => Ok((anchor, None, value.headline().clone())),
    }
}

fn exact(function: Function, inputs: &[Input]) -> Option<Decimal> {
    let number = |index: usize| inputs[index].2.number.value();
    let hundred = Decimal::ONE_HUNDRED;
    match function {
        Function::Change => number(1)
            .checked_sub(number(0))?
            .checked_mul(hundred)?
            .checked_div(number(0)),
        Function::Share => number(0).checked_mul(hundred)?.checked_div(number(1)),
        Function::Sum => inputs.iter().try_fold(Decimal::ZERO, |sum, input| {
            sum.checked_add(input.2.number.value())
        }),
    }
}

/// In which direction the true result can differ from the calculated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Higher,
    Lower,
    Either,
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Self::Higher => Self::Lower,
            Self::Lower => Self::Higher,
            Self::Either => Self::Either,
        }
    }
}

/// The hedge of the result. If the arguments push in different directions, it is "about".
fn bound(function: Function, inputs: &[Input]) -> Option<Qualifier> {
    let directions: Vec<Direction> = inputs
        .iter()
        .enumerate()
        .filter_map(|(index, (_, _, quantity))| {
            let direction = match quantity.qualifier? {
                Qualifier::Over | Qualifier::AtLeast => Direction::Higher,
                Qualifier::Under | Qualifier::UpTo => Direction::Lower,
                Qualifier::About => Direction::Either,
            };
            // The result falls when the base of a change or the whole of a share rises.
            let is_base = match function {
                Function::Change => index == 0,
                Function::Share => index == 1,
                Function::Sum => false,
            };
            Some(if is_base {
                direction.turned()
            } else {
                direction
            })
        })
        .collect();
    let first = *directions.first()?;
    let agree = directions.iter().all(|direction| *direction == first);
    let positive = inputs
        .iter()
        .all(|(_, _, q)| q.number.value() > Decimal::ZERO);
    Some(match first {
        Direction::Higher if agree && positive => Qualifier::AtLeast,
        Direction::Lower if agree && positive => Qualifier::Under,
        _ => Qualifier::About,
    })
}

/// A bound remains true only if it is rounded away from what it limits.
fn rounding(bound: Option<Qualifier>) -> RoundingStrategy {
    match bound {
        Some(Qualifier::Under | Qualifier::UpTo) => RoundingStrategy::ToPositiveInfinity,
        Some(Qualifier::AtLeast | Qualifier::Over) => RoundingStrategy::ToNegativeInfinity,
        Some(Qualifier::About) | None => RoundingStrategy::MidpointAwayFromZero,
    }
}
