//! Sources, and the pages themselves, as BibTeX, for LaTeX and reference managers.

use std::sync::Arc;

use crate::model::{DateKind, Day, Page, PartialDate, Precision, Source};
use crate::plan::data;

/// The sources of some pages.
pub(super) fn sources(pages: &[Arc<Page>]) -> String {
    let entries = data::sources(pages);
    let entries: Vec<String> = entries
        .iter()
        .map(|source| entry(source).to_string())
        .collect();
    entries.join("\n")
}

/// An entry, field by field.
pub(in crate::plan) struct Entry {
    kind: &'static str,
    key: String,
    fields: Vec<(&'static str, String)>,
}

impl Entry {
    pub(in crate::plan) fn new(kind: &'static str, key: &str) -> Self {
        Self {
            kind,
            key: key.to_owned(),
            fields: Vec::new(),
        }
    }

    /// Sets a field of text.
    pub(in crate::plan) fn text(&mut self, name: &'static str, text: Option<&str>) {
        self.fields.extend(text.map(|text| (name, escaped(text))));
    }

    /// Sets a title whose capital letters no style may change.
    pub(in crate::plan) fn title(&mut self, title: &str) {
        self.fields
            .push(("title", format!("{{{}}}", escaped(title))));
    }

    /// Sets the authors, who may be organizations: their names are never taken apart.
    pub(in crate::plan) fn authors(&mut self, authors: &[String]) {
        if authors.is_empty() {
            return;
        }
        let names: Vec<String> = authors
            .iter()
            .map(|name| format!("{{{}}}", escaped(name)))
            .collect();
        self.fields.push(("author", names.join(" and ")));
    }

    /// Sets an address or a date, in which no character has a meaning in LaTeX.
    pub(in crate::plan) fn verbatim(&mut self, name: &'static str, value: Option<String>) {
        let value = value.map(|value| value.replace('{', "%7B").replace('}', "%7D"));
        self.fields.extend(value.map(|value| (name, value)));
    }

    /// Sets the day, or as much of it as is known.
    pub(in crate::plan) fn day(&mut self, day: Day) {
        self.verbatim("date", Some(day.to_string()));
        self.verbatim("year", Some(day.year().to_string()));
        self.verbatim("month", Some(day.month().to_string()));
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "@{}{{{},", self.kind, self.key)?;
        for (name, value) in &self.fields {
            writeln!(f, "  {name} = {{{value}}},")?;
        }
        writeln!(f, "}}")
    }
}

fn entry(source: &Source) -> Entry {
    let kind = match source.kind.as_deref().map(str::to_lowercase).as_deref() {
        Some("book") => "book",
        Some("report") => "techreport",
        Some("study" | "paper" | "journal article") => "article",
        _ => "misc",
    };
    // Each kind has its own field for the publisher.
    let publisher = match kind {
        "book" => "publisher",
        "techreport" => "institution",
        "article" => "journal",
        _ => "howpublished",
    };
    let mut entry = Entry::new(kind, source.anchor.id.as_str());
    entry.authors(&source.authors);
    entry.title(&source.title);
    entry.text(publisher, source.publisher.as_deref());
    if let Some(published) = &source.published {
        date(&mut entry, published);
    }
    entry.verbatim("url", source.url.clone());
    entry.verbatim("urldate", source.accessed.map(|day| day.to_string()));
    entry.verbatim("archive", source.archived.clone());
    entry
}

/// Sets a date as precisely as is known; omits one that BibTeX can't express.
fn date(entry: &mut Entry, date: &PartialDate) {
    let DateKind::At(moment) = date.kind() else {
        return;
    };
    match moment.precision {
        Precision::Day(day) => entry.day(day),
        Precision::Month(year, month) => {
            entry.verbatim("year", Some(year.to_string()));
            entry.verbatim("month", Some(month.to_string()));
        }
        Precision::Year(year) | Precision::Season(year, _) => {
            entry.verbatim("year", Some(year.to_string()));
        }
        Precision::Decade(_) | Precision::Century(_) => {}
    }
}

/// Text in which nothing is a LaTeX command.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // BibTeX counts braces, even after a backslash.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
