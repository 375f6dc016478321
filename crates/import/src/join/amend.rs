//! How does a record gain a source or an account without a touch to the rest of its page?
//!
//! As text, in its own lines. What came out is read back; a record that is written in a way that this can't be done with
//! is left alone.

use crate::append::read;
use crate::diag::Code;
use crate::document::{Document, FieldPath, Lists, RawSources};
use crate::draft::{Value, field, items_of};
use crate::model::RecordKind;

use super::{Adds, Amendment, KnownSource};

/// The page with what is added to one of its records; `None` if that can't be done by text alone.
pub(crate) fn amended(text: &str, amendment: &Amendment) -> Option<String> {
    let path = &amendment.path;
    let before = read(path, text);
    let record = FieldPath::item(amendment.kind.list(), amendment.index);
    let lists = before.lists()?;
    let edit = match &amendment.adds {
        Adds::Source(source) => with_source(&before, text, &record, lists, amendment, source)?,
        Adds::Account(source, says) => {
            with_account(&before, text, &record, lists, amendment, source, says)?
        }
    };
    let new = match text.contains("\r\n") {
        true => edit.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => edit,
    };
    let after = read(path, &new);
    is_as_meant(&before, &after, amendment).then_some(new)
}

/// The record's sources with one more, as a list with a line for each.
fn with_source(
    before: &Document,
    text: &str,
    record: &FieldPath,
    lists: &Lists,
    amendment: &Amendment,
    source: &KnownSource,
) -> Option<String> {
    let block = Block::of(before, text, &record.key("source"), "source")?;
    let named = sources(lists, amendment.kind, amendment.index)?;
    let named = named.0.iter().map(|one| KnownSource {
        id: one.id.clone(),
        passage: one.passage.clone(),
        copy_of: one.copy_of.clone(),
    });
    let all = named.chain([source.clone()]).map(|one| one.value());
    let mut yaml = String::new();
    field(
        &mut yaml,
        block.indent,
        "source",
        &Value::Block(all.collect()),
    );
    Some(block.replaced(text, &yaml))
}

/// The record with one more account, behind its source or its other accounts.
fn with_account(
    before: &Document,
    text: &str,
    record: &FieldPath,
    lists: &Lists,
    amendment: &Amendment,
    source: &KnownSource,
    says: &[(&'static str, Value)],
) -> Option<String> {
    let mut fields = vec![("source", source.value())];
    fields.extend(says.iter().cloned());
    fields.push(("review", Value::Yes));
    let n_accounts = accounts(lists, amendment.kind, amendment.index)?;
    let block = Block::of(before, text, &record.key("source"), "source")?;
    if n_accounts == 0 {
        let yaml = format!(
            "{}accounts:\n{}",
            " ".repeat(block.indent),
            items_of(&fields, block.indent + 2)
        );
        return Some(block.followed_by(text, &yaml));
    }
    let there = Block::of(before, text, &record.key("accounts"), "accounts")?;
    // Another way to write the list is the writer's.
    let hyphen = text[there.start..there.end].lines().nth(1)?;
    let column = hyphen.len() - hyphen.trim_start_matches(' ').len();
    hyphen
        .trim_start()
        .starts_with("- ")
        .then(|| there.followed_by(text, &items_of(&fields, column)))
}

impl KnownSource {
    fn value(&self) -> Value {
        let id = Value::Plain(self.id.clone());
        let mut fields = vec![("id", id.clone())];
        fields.extend(
            self.passage
                .clone()
                .map(|words| ("passage", Value::Words(words))),
        );
        fields.extend(self.copy_of.clone().map(|id| ("copy_of", Value::Plain(id))));
        match fields.len() {
            1 => id,
            _ => Value::Map(fields),
        }
    }
}

/// The lines of a field that begins a line of its own, in bytes of the page.
struct Block {
    start: usize,
    end: usize,
    indent: usize,
}

impl Block {
    fn of(document: &Document, text: &str, path: &FieldPath, key: &str) -> Option<Self> {
        let at = document.place_of_key(path).span?.start as usize;
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let lead = text.get(start..at)?;
        if !lead.bytes().all(|byte| byte == b' ') || !text[at..].starts_with(key) {
            return None;
        }
        let indent = lead.len();
        let first = text[start..].find('\n').map(|end| start + end + 1)?;
        // Its value goes on as long as lines are further in, or are items at its own column.
        let mut end = first;
        for line in text[first..].split_inclusive('\n') {
            let content = line.trim();
            let column = line.len() - line.trim_start_matches(' ').len();
            let is_item = column == indent && (content.starts_with("- ") || content == "-");
            if content.is_empty() || !(column > indent || is_item) {
                break;
            }
            end += line.len();
        }
        // A comment of the writer's would be lost.
        (!text[start..end].contains(" #")).then_some(Self { start, end, indent })
    }

    fn replaced(&self, text: &str, yaml: &str) -> String {
        [&text[..self.start], yaml, &text[self.end..]].concat()
    }

    fn followed_by(&self, text: &str, yaml: &str) -> String {
        [&text[..self.end], yaml, &text[self.end..]].concat()
    }
}

fn sources(lists: &Lists, kind: RecordKind, index: usize) -> Option<&RawSources> {
    match kind {
        RecordKind::Event => Some(&lists.events.get(index)?.source),
        RecordKind::Figure => Some(&lists.figures.get(index)?.source),
        RecordKind::Reaction => Some(&lists.reactions.get(index)?.source),
        _ => None,
    }
}

fn accounts(lists: &Lists, kind: RecordKind, index: usize) -> Option<usize> {
    match kind {
        RecordKind::Event => Some(lists.events.get(index)?.accounts.len()),
        RecordKind::Figure => Some(lists.figures.get(index)?.accounts.len()),
        RecordKind::Reaction => Some(lists.reactions.get(index)?.accounts.len()),
        _ => None,
    }
}

/// Whether nothing has changed but what was to be added.
fn is_as_meant(before: &Document, after: &Document, amendment: &Amendment) -> bool {
    let (Some(old), Some(new)) = (before.lists(), after.lists()) else {
        return false;
    };
    let (kind, index) = (amendment.kind, amendment.index);
    let mut expected = new.clone();
    let is_added = match &amendment.adds {
        Adds::Source(_) => {
            let (one, other) = (sources(old, kind, index), sources(new, kind, index));
            let n = |sources: Option<&RawSources>| sources.map_or(0, |sources| sources.0.len());
            // Without it, the record is as it was.
            pop(&mut expected, kind, index, true);
            n(one) + 1 == n(other)
        }
        Adds::Account(..) => {
            let n_before = accounts(old, kind, index);
            pop(&mut expected, kind, index, false);
            n_before.map(|n| n + 1) == accounts(new, kind, index)
        }
    };
    let n_faults = |page: &Document| {
        let faults = page.faults();
        faults
            .filter(|fault| fault.code != Code::MissingField)
            .count()
    };
    is_added
        && expected == *old
        && before.front_matter == after.front_matter
        && n_faults(before) == n_faults(after)
}

/// Takes the last source or account of a record away.
fn pop(lists: &mut Lists, kind: RecordKind, index: usize, is_source: bool) {
    let (sources, accounts) = match kind {
        RecordKind::Event => lists
            .events
            .get_mut(index)
            .map(|one| (&mut one.source, &mut one.accounts)),
        RecordKind::Figure => lists
            .figures
            .get_mut(index)
            .map(|one| (&mut one.source, &mut one.accounts)),
        RecordKind::Reaction => lists
            .reactions
            .get_mut(index)
            .map(|one| (&mut one.source, &mut one.accounts)),
        _ => None,
    }
    .unzip();
    match is_source {
        true => drop(sources.map(|sources| sources.0.pop())),
        false => drop(accounts.map(Vec::pop)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::SourcePath;

    #[track_caller]
    fn check(item: &str, adds: Adds, expected: Option<&str>) {
        let page = |item: &str| {
            format!(
                "---\ntitle: T\nevents:\n  - id: a\n    date: 2024\n    title: A\n{item}  - id: b\n    date: 2025\n    title: B\n    source: x\n---\n"
            )
        };
        let amendment = Amendment {
            path: SourcePath::new("content/timeline.md"),
            kind: RecordKind::Event,
            index: 0,
            id: "a".to_owned(),
            adds,
        };
        let found = amended(&page(item), &amendment);
        assert_eq!(found, expected.map(page), "{item}");
    }

    fn source() -> KnownSource {
        KnownSource {
            id: "wire".to_owned(),
            passage: Some("So it was".to_owned()),
            copy_of: None,
        }
    }

    #[test]
    fn a_source_joins_those_of_a_record_however_they_are_written() {
        let adds = || Adds::Source(source());
        let joined = "    source:\n      - x\n      - {id: wire, passage: So it was}\n";
        check("    source: x\n", adds(), Some(joined));
        check(
            "    source: [x]\n    place: P\n",
            adds(),
            Some(&format!("{joined}    place: P\n")),
        );
        check("    source:\n    - x\n", adds(), Some(joined));
        check(
            "    source: {id: x, passage: Words}\n",
            adds(),
            Some(
                "    source:\n      - {id: x, passage: Words}\n      - {id: wire, passage: So it was}\n",
            ),
        );
        // A comment would be lost.
        check("    source: x # the first\n", adds(), None);
    }

    #[test]
    fn an_account_goes_behind_the_source_or_the_other_accounts() {
        let says = || vec![("date", Value::Plain("2023".to_owned()))];
        let adds = || Adds::Account(source(), says());
        let account = "      - source: {id: wire, passage: So it was}\n        date: 2023\n        review: true\n";
        check(
            "    source: x\n    review: true\n",
            adds(),
            Some(&format!(
                "    source: x\n    accounts:\n{account}    review: true\n"
            )),
        );
        let first = "    source: x\n    accounts:\n      - source: z\n        date: 2022\n";
        check(first, adds(), Some(&format!("{first}{account}")));
    }
}
