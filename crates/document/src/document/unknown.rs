//! What to do about an unknown key: a typo, a synonym, or a key in the wrong place.

use super::locate::{Entry, Node};
use super::schema::{Field, Group, RawEvent, RawReaction, Record};
use super::yaml::{Format, Yaml};
use crate::diag::{Code, Diagnostic, nearest};

/// Words that other generators use for our fields, and people who write in the languages of the samples.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("auteur", "authors"),
    ("auteurs", "authors"),
    ("author", "authors"),
    ("autor", "authors"),
    ("autora", "authors"),
    ("autoren", "authors"),
    ("autores", "authors"),
    ("beschreibung", "description"),
    ("bild", "image"),
    ("body", "text"),
    ("byline", "authors"),
    ("categories", "tags"),
    ("category", "tags"),
    ("chiffres", "figures"),
    ("cifras", "figures"),
    ("cita", "quote"),
    ("citation", "quote"),
    ("citação", "quote"),
    ("content", "text"),
    ("datum", "date"),
    ("dek", "description"),
    ("descripcion", "description"),
    ("descripción", "description"),
    ("einheit", "unit"),
    ("ereignisse", "events"),
    ("eventos", "events"),
    ("excerpt", "description"),
    ("fecha", "date"),
    ("fonte", "source"),
    ("fontes", "sources"),
    ("foto", "image"),
    ("fuente", "source"),
    ("fuentes", "sources"),
    ("headline", "title"),
    ("imagen", "image"),
    ("keywords", "tags"),
    ("lastmod", "updated"),
    ("lieu", "place"),
    ("location", "place"),
    ("lugar", "place"),
    ("modified", "updated"),
    ("name", "title"),
    ("nav", "menu"),
    ("navigation", "menu"),
    ("number", "value"),
    ("order", "weight"),
    ("ort", "place"),
    ("pageref", "page"),
    ("path", "page"),
    ("permalink", "slug"),
    ("person", "people"),
    ("personas", "people"),
    ("personen", "people"),
    ("personnes", "people"),
    ("photo", "image"),
    ("picture", "image"),
    ("pubdate", "date"),
    ("published", "date"),
    ("quelle", "source"),
    ("quellen", "sources"),
    ("quotation", "quote"),
    ("redirect_from", "aliases"),
    ("said_by", "speaker"),
    ("sprecher", "speaker"),
    ("subtitle", "description"),
    ("summary", "description"),
    ("template", "layout"),
    ("texte", "text"),
    ("texto", "text"),
    ("titel", "title"),
    ("titre", "title"),
    ("titulo", "title"),
    ("título", "title"),
    ("unidad", "unit"),
    ("unité", "unit"),
    ("url", "base_url"),
    ("valeur", "value"),
    ("valor", "value"),
    ("wert", "value"),
    ("when", "date"),
    ("who", "speaker"),
    ("zahlen", "figures"),
    ("zitat", "quote"),
];

/// The fault of a key that isn't a field of `group`, and the field that was meant, if that is clear. `None` if the key
/// is refused for another reason.
pub(super) fn fault(
    yaml: &Yaml<'_>,
    entry: &Entry,
    group: Group,
) -> Option<(Diagnostic, Option<&'static Field>)> {
    let owner = group.name;
    let Entry { key, key_span, .. } = entry;
    let at = yaml.at(key_span.clone());
    let fault = |message: String| Diagnostic::new(Code::UnknownField, at, message);
    if key.is_empty() {
        // A list or a mapping as a key is refused while the tree is built.
        let is_refused =
            yaml.text[key_span.clone()].starts_with(['[', '{', '-', '?', '*', '&', '!']);
        let message = "a key is missing in front of the colon".to_owned();
        let help = "write the name of a field in front of the colon";
        return (!is_refused).then(|| (fault(message).help(help), None));
    }
    let is_invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let bare = key.trim_start_matches(is_invisible);
    let fault = fault(format!("`{key}` isn't a field of {owner}")).label("unknown field");
    if bare.len() < key.len() {
        let help = format!("remove the invisible characters in front of `{bare}`");
        return Some((fault.help(help).fix(key, bare), group.field(bare)));
    }
    let (help, meant) = remedy(yaml.format, entry, group);
    let fault = match help {
        Some(help) => match meant {
            Some(field) => fault.help(help).fix(key, field.name),
            None => fault.help(help),
        },
        None if group.field("extra").is_some() => fault.help(
            "what only your own templates use goes below `extra:`; `nutgraf schema --format markdown` lists all fields",
        ),
        None => fault.suggest(key, group.fields.iter().map(|field| field.name)),
    };
    Some((fault, meant))
}

/// What to do about an unknown key that is a typo, a synonym or in the wrong place, and the field that was meant.
fn remedy(format: Format, entry: &Entry, group: Group) -> (Option<String>, Option<&'static Field>) {
    let key = &entry.key;
    let mut names: Vec<&str> = group.fields.iter().map(|field| field.name).collect();
    names.sort_unstable();
    let lower = key.to_lowercase().replace([' ', '-'], "_");
    if let Some(item) = key.strip_prefix(['–', '—', '•']) {
        let item = item.trim_start();
        let help = format!("start an item of a list with a hyphen and a space: `- {item}: …`");
        return (Some(help), None);
    }
    if group.field("draft").is_some()
        && let Some(help) = held_back(&lower, entry)
    {
        return (Some(help), None);
    }
    let has_time = [RawEvent::GROUP.name, RawReaction::GROUP.name].contains(&group.name);
    if lower == "time" && has_time {
        let help = "the time of day is part of the date: `date: 2025-01-27T14:30`";
        return (Some(help.to_owned()), None);
    }
    let slip = nearest(key, &names).or_else(|| names.iter().find(|name| **name == lower).copied());
    if let Some(name) = slip {
        return (Some(format!("did you mean `{name}`?")), group.field(name));
    }
    let mut words = OTHER_WORDS.iter().filter(|(word, _)| *word == lower);
    if let Some(field) = words.find_map(|(_, name)| group.field(name)) {
        let name = field.name;
        let is_address = matches!(&entry.value.node, Node::Scalar(text) if text.contains('/'));
        if name == "slug" && is_address {
            let help = "the address of a page is made of its folders and its `slug`; the page's old address goes to `aliases`";
            return (Some(help.to_owned()), None);
        }
        return (Some(format!("here that is called `{name}`")), Some(field));
    }
    (home_of(format, key), None)
}

/// What to write instead of a key with which other generators hold a page back, or don't, depending on its value.
fn held_back(key: &str, entry: &Entry) -> Option<String> {
    let Node::Scalar(value) = &entry.value.node else {
        return None;
    };
    let value = value.to_lowercase();
    let is_yes = matches!(value.as_str(), "true" | "yes" | "on");
    let is_no = matches!(value.as_str(), "false" | "no" | "off");
    let is_held = match key {
        "published" | "publish" | "public" | "live" | "visible" if is_yes || is_no => is_no,
        "private" | "hidden" | "unlisted" | "unpublished" if is_yes || is_no => is_yes,
        "status" | "visibility" | "state" => match value.as_str() {
            "draft" | "private" | "pending" | "hidden" | "future" => true,
            "publish" | "published" | "public" | "live" | "final" => false,
            _ => return None,
        },
        _ => return None,
    };
    Some(if is_held {
        "to hold the page back, write `draft: true`".to_owned()
    } else {
        "remove the line: a page goes out unless it says `draft: true`".to_owned()
    })
}

/// The place where a key would be valid.
fn home_of(format: Format, key: &str) -> Option<String> {
    let groups = format.groups();
    if format.group().field(key).is_some() {
        let whole = format.name();
        return Some(format!(
            "`{key}` is a field of {whole}: write it without indentation"
        ));
    }
    let homes: Vec<&str> = groups
        .iter()
        .filter(|group| group.field(key).is_some())
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
    let is_there = other.group().field(key).is_some();
    is_there.then(|| format!("`{key}` stands {home}: move it there"))
}
