//! What to do about a key that isn't a field: a slip, another word, the wrong place.

use super::locate::Entry;
use super::schema::{Field, field};
use super::yaml::{Format, Yaml};
use crate::diag::{Code, Diagnostic, nearest};

/// Words that other generators or other people use for our fields.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("author", "authors"),
    ("body", "text"),
    ("byline", "authors"),
    ("categories", "tags"),
    ("category", "tags"),
    ("content", "text"),
    ("dek", "description"),
    ("excerpt", "description"),
    ("headline", "title"),
    ("keywords", "tags"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("name", "title"),
    ("number", "value"),
    ("order", "weight"),
    ("permalink", "slug"),
    ("person", "people"),
    ("pubdate", "date"),
    ("published", "date"),
    ("quotation", "quote"),
    ("redirect_from", "aliases"),
    ("said_by", "speaker"),
    ("subtitle", "description"),
    ("summary", "description"),
    ("template", "layout"),
    ("url", "base_url"),
    ("when", "date"),
    ("who", "speaker"),
];

/// The fault of a key that isn't one of `fields`; `None` if the key was refused for another reason.
pub(super) fn fault(
    yaml: &Yaml<'_>,
    entry: &Entry,
    fields: &'static [Field],
    owner: &str,
) -> Option<Diagnostic> {
    let Entry { key, key_span, .. } = entry;
    let at = yaml.at(key_span.clone());
    let fault = |message: String| Diagnostic::new(Code::UnknownField, at, message);
    if key.is_empty() {
        // A list or a mapping as a key is refused where the tree is made.
        let is_refused = yaml.text[key_span.clone()].starts_with(['[', '{', '-', '?']);
        let message = "a key is missing in front of the colon".to_owned();
        let help = "write the name of a field in front of the colon";
        return (!is_refused).then(|| fault(message).help(help));
    }
    let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let bare = key.trim_start_matches(is_invisible);
    let fault = fault(format!("`{key}` isn't a field of {owner}")).label("unknown field");
    if bare.len() < key.len() {
        let help = format!("remove the invisible characters in front of `{bare}`");
        return Some(fault.help(help));
    }
    Some(match remedy(yaml.format, key, fields) {
        Some(help) => fault.help(help),
        None => fault.suggest(key, fields.iter().map(|field| field.name)),
    })
}

/// What to do about an unknown key, if it is a slip, another word, or in the wrong place.
fn remedy(format: Format, key: &str, fields: &'static [Field]) -> Option<String> {
    let mut names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    names.sort_unstable();
    let lower = key.to_lowercase().replace([' ', '-'], "_");
    if let Some(item) = key.strip_prefix(['–', '—', '•']) {
        let item = item.trim_start();
        return Some(format!(
            "start an item of a list with a hyphen and a space: `- {item}: …`"
        ));
    }
    let slip = nearest(key, &names).or_else(|| names.iter().find(|name| **name == lower).copied());
    if let Some(name) = slip {
        return Some(format!("did you mean `{name}`?"));
    }
    let mut words = OTHER_WORDS.iter().filter(|(word, _)| *word == lower);
    if let Some((_, name)) = words.find(|(_, name)| field(fields, name).is_some()) {
        return Some(format!("here that is called `{name}`"));
    }
    home_of(format, key)
}

/// Where a key would be right.
fn home_of(format: Format, key: &str) -> Option<String> {
    let groups = format.groups();
    if field(format.fields(), key).is_some() {
        let whole = format.name();
        return Some(format!(
            "`{key}` is a field of {whole}: write it without indentation"
        ));
    }
    let homes: Vec<&str> = groups
        .iter()
        .filter(|group| field(group.fields, key).is_some())
        .map(|group| group.name)
        .collect();
    if let Some((last, others)) = homes.split_last() {
        let homes = match others {
            [] => (*last).to_owned(),
            [first, more @ ..] => {
                let short = |home: &&str| home.trim_start_matches("an item of ").to_owned();
                let more = more.iter().map(|home| format!(", {}", short(home)));
                format!("{first}{} or {}", more.collect::<String>(), short(last))
            }
        };
        return Some(format!("`{key}` is a field of {homes}: move it there"));
    }
    let (other, home) = match format {
        Format::Page => (Format::Site, "in `site.yaml`"),
        Format::Site => (Format::Page, "in the front matter of a page"),
    };
    let is_there = field(other.fields(), key).is_some();
    is_there.then(|| format!("`{key}` stands {home}: move it there"))
}
