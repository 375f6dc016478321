//! Decides which pages are left out for now: drafts, pages with a future date, and expired ones.

use crate::check::CheckOptions;
use crate::check::fields::{self, Fields};
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, FrontMatter};
use crate::model::{Day, Held, Published};

/// Why a page is left out according to its own fields; `None` if it isn't.
pub fn held_back(document: &Document, options: &CheckOptions) -> Option<Held> {
    let front_matter = document.front_matter.as_ref()?;
    if front_matter.draft && !options.drafts {
        return Some(Held::Draft);
    }
    let today = options.today?;
    let day = |text: &Option<String>| Some(fields::published(text.as_deref()?)?.day);
    if let Some(end) = day(&front_matter.expires).filter(|end| *end <= today) {
        return Some(Held::Expired(end));
    }
    let start = match front_matter.date {
        Some(_) => day(&front_matter.date),
        None => fields::day_of_name(&document.key).map(|published| published.day),
    };
    start
        .filter(|start| *start > today && !options.future)
        .map(Held::NotYet)
}

/// A remark on a page whose own date is in the future, or that has expired.
pub fn remark(document: &Document, options: &CheckOptions) -> Option<Diagnostic> {
    let held = held_back(document, options)?;
    let (field, message) = match held {
        Held::Draft => return None,
        Held::NotYet(day) => ("date", format!("the page is left out until {day}")),
        Held::Expired(day) => ("expires", format!("the page is left out since {day}")),
    };
    let place = document.place(&FieldPath::field(field));
    Some(Diagnostic::new(Code::HeldBack, place, message).help(held.help()))
}

/// Reads `expires`, `as_of` and `review_by`; returns the second, and the third if the review is overdue, which is a
/// warning.
pub(super) fn days(
    front_matter: &FrontMatter,
    options: &CheckOptions,
    fields: &mut Fields<'_>,
) -> (Option<Published>, Option<Published>) {
    fields.published("expires", front_matter.expires.as_ref());
    let is_past = |day: &Day| options.today.is_some_and(|today| *day <= today);
    let review_by = fields.published("review_by", front_matter.review_by.as_ref());
    let due = review_by.filter(|review_by| is_past(&review_by.day));
    if let Some(due) = &due {
        let message = format!("the page was due for review by {}", due.day);
        fields.fault(Code::ReviewDue, "review_by", message, |d| {
            d.help("check that everything is still true, then write the day of the next review")
        });
    }
    (fields.published("as_of", front_matter.as_of.as_ref()), due)
}

/// When the original of a translation was changed, if the translation says that it is older, which is a warning.
pub(super) fn outdated(document: &Document, fields: &mut Fields<'_>) -> Option<Published> {
    let read = |text: &Option<String>| fields::published(text.as_deref()?);
    let original = document.original()?.front_matter.as_ref()?;
    let own = document.front_matter.as_ref()?;
    let (field, changed) = match read(&own.updated) {
        Some(updated) => ("updated", updated),
        None => ("date", read(&own.date)?),
    };
    let outdated = read(&original.updated).filter(|original| changed.day < original.day)?;
    let message = format!(
        "the translation is older than its original, which was changed on {}",
        outdated.day
    );
    fields.fault(Code::StaleTranslation, field, message, |d| {
        d.help("see what the original says now, then write the day in `updated:`; readers are told until then")
    });
    Some(outdated)
}
