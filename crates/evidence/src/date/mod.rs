//! Compares a date with its words as printed.
//!
//! `Monday` is the last Monday before the article came out, `January 2 to 10` means those days, and `last year` a year
//! without a day. A date that is more precise than its words was worked out, and its record has to say so.

pub(crate) mod dated;
mod reading;

use std::fmt;

pub use crate::date::reading::Outlook;
use crate::date::reading::{Anchor, Stretch, stretches};
use nutgraf_language::Language;
use nutgraf_language::date_words::{Printed, read};

use crate::digits::date_fits;
use nutgraf_values::{DateKind, Day, Moment, PartialDate, Precision};

/// A date, the words that support it, and what helps to read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateClaim<'a> {
    /// How the source words the date.
    pub as_printed: &'a str,
    /// The date.
    pub date: &'a PartialDate,
    /// When the source was published, if that is known to the day.
    pub published: Option<Day>,
    /// Whether the date was worked out.
    pub basis: Basis,
    /// Whether it is before or after the source's publication.
    pub outlook: Outlook,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It is as printed.
    AsPrinted,
    /// It was worked out from more than the words, as its record explains.
    Inferred,
}

/// The result of checking a date against its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateVerdict {
    /// The words mean this date, or one within it.
    Agrees,
    /// They mean another.
    Contradicts(DateFault),
    /// It can't be told.
    CannotTell(DateDoubt),
}

/// How a date and its words differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// The words mean other days.
    Elsewhere {
        /// What they mean: `2025-01-27`, `2025-01-02/2025-01-10`; `None` without a publication date.
        printed: Option<String>,
    },
    /// The date is more precise than the words.
    MorePrecise {
        /// What they mean.
        printed: String,
    },
    /// The words say "about", and the date doesn't.
    Approximate,
    /// The words mean this date only if it was still to come when they were printed, and the record doesn't say that.
    Ahead,
}

/// Why a date can't be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateDoubt {
    /// The words are relative to the day of publication, which isn't known.
    NoPublicationDate,
    /// The words aren't understood.
    NotUnderstood,
    /// There is no language file for the source, and the digits in the words aren't those of the date.
    OtherDigits,
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elsewhere {
                printed: Some(printed),
            } => write!(f, "the words mean `{printed}`"),
            Self::Elsewhere { printed: None } => f.write_str("the words mean another day"),
            Self::MorePrecise { printed } => {
                write!(
                    f,
                    "the date is more precise than the words, which mean `{printed}`"
                )
            }
            Self::Approximate => {
                f.write_str("the words say `about`: expected a `~` after the date")
            }
            Self::Ahead => f.write_str(
                "the date is after the day on which the source was published: expected `expected: true`",
            ),
        }
    }
}

impl fmt::Display for DateDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPublicationDate => {
                "the words are relative to the day the source was published, which isn't known"
            }
            Self::NotUnderstood => "the words aren't understood as a date",
            Self::OtherDigits => "their digits aren't those of the date, however they are read",
        })
    }
}

/// Compares a date with its words as printed.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{date_agrees, Basis, DateClaim, DateFault, DateVerdict, Outlook};
///
/// let check = |as_printed, date: &str| date_agrees(&DateClaim {
///     as_printed,
///     date: &date.parse().unwrap(),
///     published: Some("2025-01-28".parse().unwrap()),
///     basis: Basis::AsPrinted,
///     outlook: Outlook::Happened,
/// });
/// assert_eq!(check("on Monday", "2025-01-27"), DateVerdict::Agrees);
/// assert_eq!(check("January 2 to 10", "2025-01-02/2025-01-10"), DateVerdict::Agrees);
/// assert!(matches!(
///     check("last year", "2024-05-01"),
///     DateVerdict::Contradicts(DateFault::MorePrecise { .. })
/// ));
/// ```
pub fn date_agrees(claim: &DateClaim<'_>) -> DateVerdict {
    date_agrees_in(claim, Language::english())
}

/// Compares a date with its words as printed in a language. Without a language file, only the digits are compared.
///
/// # Examples
///
/// ```
/// use nutgraf_evidence::{date_agrees_in, Basis, DateClaim, DateVerdict, Language, Outlook};
///
/// let claim = DateClaim {
///     as_printed: "hace dos semanas",
///     date: &"2025-01-14~".parse().unwrap(),
///     published: Some("2025-01-28".parse().unwrap()),
///     basis: Basis::AsPrinted,
///     outlook: Outlook::Happened,
/// };
/// assert_eq!(date_agrees_in(&claim, Language::named("es").unwrap()), DateVerdict::Agrees);
/// ```
pub fn date_agrees_in(claim: &DateClaim<'_>, language: &Language) -> DateVerdict {
    if let Some(printed) = read_iso(claim.as_printed) {
        return compare(claim, &[printed]).map_or(DateVerdict::Agrees, DateVerdict::Contradicts);
    }
    if !language.is_known() {
        return match date_fits(claim.as_printed, claim.date) {
            Some(true) => DateVerdict::Agrees,
            Some(false) => DateVerdict::CannotTell(DateDoubt::OtherDigits),
            None => DateVerdict::CannotTell(DateDoubt::NotUnderstood),
        };
    }
    let Some(printed) = read(language, claim.as_printed) else {
        return DateVerdict::CannotTell(DateDoubt::NotUnderstood);
    };
    let verdict = compare_printed(claim, &printed);
    let is_ahead = matches!(
        verdict,
        DateVerdict::Contradicts(DateFault::Elsewhere { .. })
    ) && claim.outlook == Outlook::Happened
        && claim
            .published
            .is_some_and(|day| claim.date.latest() > Some(day));
    let expected = DateClaim {
        outlook: Outlook::Expected,
        ..*claim
    };
    if is_ahead && compare_printed(&expected, &printed) == DateVerdict::Agrees {
        return DateVerdict::Contradicts(DateFault::Ahead);
    }
    verdict
}

/// `2025-01-27` in a source means exactly that day.
fn read_iso(as_printed: &str) -> Option<Stretch> {
    let date: PartialDate = as_printed.trim().parse().ok()?;
    Some(Stretch {
        from: date.earliest(),
        to: date.latest(),
        is_approximate: is_approximate(&date),
    })
}

fn compare_printed(claim: &DateClaim<'_>, printed: &Printed) -> DateVerdict {
    if is_same_season(claim, printed) {
        return DateVerdict::Agrees;
    }
    if let Some(day) = claim.published {
        let meant = stretches(printed, Anchor::Published(day, claim.outlook));
        if meant.is_empty() {
            return DateVerdict::CannotTell(DateDoubt::NotUnderstood);
        }
        return compare(claim, &meant).map_or(DateVerdict::Agrees, DateVerdict::Contradicts);
    }
    let doubt = DateVerdict::CannotTell(DateDoubt::NoPublicationDate);
    let from = claim.date.earliest().or(claim.date.latest());
    let to = claim.date.latest().or(claim.date.earliest());
    let (Some(from), Some(to)) = (from, to) else {
        return doubt;
    };
    let meant = stretches(printed, Anchor::Anywhere(from, to));
    if meant.is_empty() {
        return doubt;
    }
    let is_placed = is_placed_without_publication(printed);
    match compare(claim, &meant) {
        None if is_placed || claim.basis == Basis::Inferred => DateVerdict::Agrees,
        None => doubt,
        Some(DateFault::Elsewhere { .. }) if !is_placed => {
            DateVerdict::Contradicts(DateFault::Elsewhere { printed: None })
        }
        Some(fault) => DateVerdict::Contradicts(fault),
    }
}

/// Whether the words mean the same days regardless of when they were printed.
fn is_placed_without_publication(printed: &Printed) -> bool {
    let is_placed = |point: &nutgraf_language::date_words::Point| {
        point.year.is_some() || point.decade.is_some()
    };
    match printed {
        Printed::At(point) | Printed::From(point) | Printed::Until(point) => is_placed(point),
        Printed::Between(first, last) => is_placed(first) && is_placed(last),
    }
}

/// Compares a season as a season, because its days differ between hemispheres.
fn is_same_season(claim: &DateClaim<'_>, printed: &Printed) -> bool {
    let (
        Printed::At(point),
        DateKind::At(Moment {
            precision: Precision::Season(year, season),
            ..
        }),
    ) = (printed, claim.date.kind())
    else {
        return false;
    };
    point.year == Some(*year) && point.season.map(|index| index + 21) == i8::try_from(*season).ok()
}

fn is_approximate(date: &PartialDate) -> bool {
    let moment = |moment: &Moment| moment.approximate;
    match date.kind() {
        DateKind::At(at) => moment(at),
        DateKind::Between(from, to) => from.iter().chain(to).any(moment),
    }
}

/// How a date relates to a stretch that the words can mean; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Agrees,
    Approximate,
    MorePrecise,
    Elsewhere,
}

/// The fault, judged by the stretch that fits best.
fn compare(claim: &DateClaim<'_>, meant: &[Stretch]) -> Option<DateFault> {
    let (best, stretch) = meant
        .iter()
        .map(|stretch| (fit(claim, stretch), stretch))
        .min_by_key(|(fit, _)| *fit)?;
    match best {
        Fit::Agrees => None,
        Fit::Approximate => Some(DateFault::Approximate),
        Fit::MorePrecise => Some(DateFault::MorePrecise {
            printed: written(stretch),
        }),
        Fit::Elsewhere => Some(DateFault::Elsewhere {
            printed: Some(written(stretch)),
        }),
    }
}

fn fit(claim: &DateClaim<'_>, stretch: &Stretch) -> Fit {
    let from = claim.date.earliest().unwrap_or(Day::MIN);
    let to = claim.date.latest().unwrap_or(Day::MAX);
    let (meant_from, meant_to) = (
        stretch.from.unwrap_or(Day::MIN),
        stretch.to.unwrap_or(Day::MAX),
    );
    let is_loose = is_approximate(claim.date) || claim.basis == Basis::Inferred;
    let has_all =
        from <= meant_from && meant_to <= to && (is_loose || has_same_ends(claim.date, stretch));
    let is_within = meant_from <= from && to <= meant_to;
    match (has_all, is_within) {
        (true, true) if stretch.is_approximate && !is_loose => Fit::Approximate,
        (true, _) => Fit::Agrees,
        (false, true) if is_loose => Fit::Agrees,
        (false, true) => Fit::MorePrecise,
        (false, false) => Fit::Elsewhere,
    }
}

/// Whether a date with two ends has those of the stretch, as precisely as they are known.
///
/// `January 2 to 10` is not `2025-01-02/2025-01-12`, although it lies within.
fn has_same_ends(date: &PartialDate, stretch: &Stretch) -> bool {
    let is_same = |moment: &Option<Moment>, day: Option<Day>| {
        let (Some(moment), Some(day)) = (moment, day) else {
            return true;
        };
        match moment.precision {
            Precision::Day(end) => end == day,
            Precision::Month(year, month) => {
                day.year() == year && u8::try_from(day.month()) == Ok(month)
            }
            Precision::Year(year) => day.year() == year,
            Precision::Season(..) | Precision::Decade(_) | Precision::Century(_) => true,
        }
    };
    match date.kind() {
        DateKind::At(_) => true,
        DateKind::Between(from, to) => is_same(from, stretch.from) && is_same(to, stretch.to),
    }
}

fn written(stretch: &Stretch) -> String {
    let end = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    match (stretch.from, stretch.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to))
            if from.first_of_year() == from
                && to.last_of_year() == to
                && from.year() == to.year() =>
        {
            format!("{:04}", from.year())
        }
        (from, to) => format!("{}/{}", end(from), end(to)),
    }
}
