//! What is said of an import.

use crate::model::{Day, RecordKind};
use crate::project::SourcePath;

use super::draft::Draft;
use super::reading::Reading;
use super::story::Change;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new, in the order in which they were written.
    pub made: Vec<SourcePath>,
    /// Files that records were added to.
    pub changed: Vec<SourcePath>,
    /// How many records were drafted, by kind.
    pub drafted: Vec<(RecordKind, usize)>,
    /// How many quotations have no speaker yet.
    pub n_unattributed: usize,
    /// How many dates couldn't be worked out, with the first of them as printed.
    pub undated: Option<(usize, String)>,
    /// What a list holds that no record takes, one sentence for each kind of thing.
    pub left_out: Vec<String>,
    /// The files of the sample of a new site, which the draft has replaced.
    pub made_way: Vec<SourcePath>,
    /// What became of records that were there, told by another article too.
    pub joined: Joined,
    /// The day of publication that was gone by.
    pub published: Option<Day>,
    /// The file of the source's text, if records were drafted from it just now.
    pub text: Option<SourcePath>,
    /// What else is to be said of the article's page and language, or of a list, in sentences.
    pub remark: Option<String>,
}

/// Records that were there, and that another article tells of, as `event:vote`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Those that it agrees with: they gained a source.
    pub agreeing: Vec<String>,
    /// How many of these it prints word for word as one of their sources.
    pub n_copied: usize,
    /// Those that it differs from: they gained an account.
    pub differing: Vec<String>,
}

/// The report of some changes.
pub(super) fn report(changes: &[Change], draft: &Draft, reading: Option<&Reading>) -> Report {
    let paths = |is_new: bool| -> Vec<SourcePath> {
        changes
            .iter()
            .filter(|change| change.before.is_none() == is_new)
            .map(|change| change.path.clone())
            .collect()
    };
    let n_drafted = |kind: RecordKind| {
        let records = draft.records.iter();
        records.filter(|record| record.kind == kind).count()
    };
    let drafted = RecordKind::ALL
        .into_iter()
        .map(|kind| (kind, n_drafted(kind)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let unresolved: Vec<String> = reading
        .filter(|reading| reading.published().is_none())
        .map(|reading| {
            let dates = reading.dates().into_iter();
            dates
                .filter(|date| date.date.is_none())
                .map(|date| reading.text()[date.range].to_owned())
                .collect()
        })
        .unwrap_or_default();
    Report {
        made: paths(true),
        changed: paths(false),
        drafted,
        n_unattributed: draft.n_unattributed(),
        undated: unresolved
            .first()
            .map(|first| (unresolved.len(), first.clone())),
        left_out: Vec::new(),
        made_way: Vec::new(),
        joined: Joined::default(),
        published: reading.and_then(Reading::published),
        text: None,
        remark: None,
    }
}
