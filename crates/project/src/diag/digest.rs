//! Picks, from many faults, those worth reading.
//!
//! Errors and warnings are never left out. Remarks of one kind are shown a few times and then only counted: a site that
//! was never verified has one for each of its quotations.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics};
use crate::project::SourcePath;

/// How many remarks of one kind are shown: enough to see the pattern.
const SHOWN: usize = 3;

/// How many files are named that contain more of them; a longer line isn't read.
const FILES: usize = 5;

/// The faults to show, and those left out.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// The faults that are shown, by file and offset.
    pub shown: Diagnostics,
    /// The remarks left out, by kind.
    pub rest: Vec<Rest>,
}

/// The remarks of one kind that were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Their kind.
    pub code: Code,
    /// How many there are in each file, the most frequent first; never empty.
    pub files: Vec<(SourcePath, usize)>,
}

impl Digest {
    /// The faults of a run, with only a few of each kind that `may_leave_out` allows to shorten.
    pub fn of(faults: &Diagnostics, may_leave_out: impl Fn(Code) -> bool) -> Self {
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        let mut left_out: BTreeMap<Code, BTreeMap<SourcePath, usize>> = BTreeMap::new();
        let mut shown = Diagnostics::new();
        for fault in faults.merged() {
            let n_seen = seen.entry(fault.code).or_default();
            *n_seen += 1;
            if *n_seen > SHOWN && may_leave_out(fault.code) {
                let files = left_out.entry(fault.code).or_default();
                *files.entry(fault.place.file).or_default() += 1;
            } else {
                shown.push(fault);
            }
        }
        let rest = left_out.into_iter().map(|(code, files)| {
            let mut files: Vec<(SourcePath, usize)> = files.into_iter().collect();
            files.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
            Rest { code, files }
        });
        Self {
            shown,
            rest: rest.collect(),
        }
    }
}

impl Rest {
    /// How many there are, and in which files.
    pub fn line(&self) -> String {
        let count = |files: &[(SourcePath, usize)]| files.iter().map(|(_, n)| n).sum::<usize>();
        let (named, others) = self.files.split_at(self.files.len().min(FILES));
        let mut files: Vec<String> = named
            .iter()
            .map(|(file, n)| format!("{n} in {file}"))
            .collect();
        if !others.is_empty() {
            let noun = if others.len() == 1 { "file" } else { "files" };
            files.push(format!(
                "{} in {} other {noun}",
                count(others),
                others.len()
            ));
        }
        format!(
            "{}[{}]: {} more like these: {}",
            self.code.severity().name(),
            self.code.name(),
            count(&self.files),
            files.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, Place, Severity, Span};

    fn fault(code: Code, file: &str, at: usize) -> Diagnostic {
        let place = Place::new(&SourcePath::new(file), Span::new(at, at + 1));
        Diagnostic::new(code, place, "something")
    }

    fn is_hint(code: Code) -> bool {
        code.severity() == Severity::Hint
    }

    #[test]
    fn remarks_are_counted_by_kind_and_file_after_the_first_few() {
        let hints = |file: &str, n: usize| -> Vec<Diagnostic> {
            (0..n)
                .map(|at| fault(Code::UnusedSource, file, at))
                .collect()
        };
        let mut faults = Diagnostics::new();
        faults.extend(hints("content/b.md", 9));
        faults.extend(hints("content/a.md", 5));
        for page in ["c", "d", "e", "f", "g"] {
            faults.extend(hints(&format!("content/{page}.md"), 1));
        }
        faults.push(fault(Code::NoBaseUrl, "site.yaml", 0));
        let digest = Digest::of(&faults, is_hint);
        assert_eq!(digest.shown.iter().count(), SHOWN + 1);
        assert_eq!(digest.rest.len(), 1);
        assert_eq!(
            digest.rest[0].line(),
            "hint[unused-source]: 16 more like these: 9 in content/b.md, 2 in content/a.md, 1 in content/c.md, \
             1 in content/d.md, 1 in content/e.md, 2 in 2 other files"
        );
    }

    #[test]
    fn errors_are_never_left_out() {
        let faults: Diagnostics = (0..99)
            .map(|at| fault(Code::BadDate, "content/a.md", at))
            .collect();
        let digest = Digest::of(&faults, is_hint);
        assert_eq!(digest.shown.iter().count(), 99);
        assert_eq!(digest.rest, []);
    }

    #[test]
    fn one_fault_that_many_pages_meet_is_one() {
        let faults: Diagnostics = (0..120)
            .map(|n| {
                let page = SourcePath::new(format!("content/p{n:03}.md"));
                fault(Code::TemplateFault, "templates/page.html", 7)
                    .related(Place::file(&page), "for this page")
            })
            .collect();
        let digest = Digest::of(&faults, is_hint);
        let shown: Vec<&Diagnostic> = digest.shown.iter().collect();
        assert_eq!(shown.len(), 1);
        let (place, label) = &shown[0].related[0];
        assert_eq!(place.file.as_str(), "content/p000.md");
        assert_eq!(label, "for this page, and 119 others");
    }
}
