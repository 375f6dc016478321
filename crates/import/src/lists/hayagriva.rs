//! Sources in the YAML format of hayagriva, which Typst reads: a mapping from names to works, which may be part of
//! larger works.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::model::PartialDate;

use super::super::draft::Present;
use super::references::{self, Reference};
use super::{List, judged, one_line};

/// The sources of a library that are new to the explainer.
///
/// # Errors
///
/// In a sentence that says where the text isn't such a library, by line and column.
pub(crate) fn library(text: &str, present: &Present) -> Result<List, String> {
    let Library(works) = serde_yaml::from_str(text).map_err(|error| told(&error))?;
    if works.is_empty() {
        return Err("it has no entries".to_owned());
    }
    let mut references = Vec::new();
    let mut faults = Vec::new();
    for (key, work) in works {
        match work.title.clone() {
            Some(Words(title)) => references.push(reference(key, title, work)),
            None => faults.push(untitled(text, &key)),
        }
    }
    let left_out = judged(references.len(), &faults, "it has no entries")?;
    Ok(List {
        draft: references::draft(references, present),
        left_out,
    })
}

/// Says that an entry has no title, with the line on which it begins.
fn untitled(text: &str, key: &str) -> String {
    let is_key = |line: &str| {
        let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
    };
    match text.lines().position(is_key) {
        Some(index) => format!("line {}: `{key}` has no `title`", index + 1),
        None => format!("`{key}` has no `title`"),
    }
}

/// Whether a text whose file name doesn't tell looks like a library: a name, and below it an indented field.
pub(crate) fn looks_like_library(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    let (Some(key), Some(field)) = (lines.next(), lines.next()) else {
        return false;
    };
    let is_key = !key.starts_with(char::is_whitespace) && key.trim_end().ends_with(':');
    let is_field = field.starts_with(' ') && field.trim_start().split_once(": ").is_some();
    let has_titles = |Library(works): Library| works.iter().any(|(_, work)| work.title.is_some());
    is_key && is_field && serde_yaml::from_str(text).is_ok_and(has_titles)
}

/// What the parser says, with the place first.
fn told(error: &serde_yaml::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    match error.location() {
        Some(at) => format!("line {}, column {}: {words}", at.line(), at.column()),
        None => words.to_owned(),
    }
}

/// Works by name, in the order of the file.
struct Library(Vec<(String, Work)>);

/// A source.
#[derive(Debug, Deserialize)]
struct Work {
    title: Option<Words>,
    r#type: Option<Words>,
    author: Option<People>,
    date: Option<Date>,
    url: Option<Address>,
    publisher: Option<Words>,
    organization: Option<Words>,
    parent: Option<Several<Parent>>,
}

/// What a work is part of, such as a newspaper, a journal or a site. It may have no title of its own.
#[derive(Debug, Deserialize)]
struct Parent {
    title: Option<Words>,
    r#type: Option<Words>,
    date: Option<Date>,
    url: Option<Address>,
    publisher: Option<Words>,
    organization: Option<Words>,
    parent: Option<Several<Parent>>,
}

/// Words: plain, or the `value` of a mapping that also says how to typeset them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words(String);

/// A day, a month or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Date(String);

/// A work's web address, and when it was read there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    value: String,
    date: Option<Date>,
}

/// One or more people, each in the form "Family, Given".
#[derive(Clone, Debug, PartialEq, Eq)]
struct People(Vec<String>);

/// One value, or a list.
#[derive(Debug)]
struct Several<T>(Vec<T>);

fn reference(key: String, title: String, work: Work) -> Reference {
    let parents: Vec<&Parent> = work.parent.iter().flat_map(Parent::line).collect();
    let words = |words: &Option<Words>| words.as_ref().map(|Words(words)| words.clone());
    let own = words(&work.publisher).or_else(|| words(&work.organization));
    let of_parents =
        |of: fn(&Parent) -> &Option<Words>| parents.iter().find_map(|parent| words(of(parent)));
    let address = work
        .url
        .or_else(|| parents.iter().find_map(|parent| parent.url.clone()));
    let date = work
        .date
        .or_else(|| parents.iter().find_map(|parent| parent.date.clone()));
    let kind_of_parent = parents.first().and_then(|parent| parent.r#type.as_ref());
    Reference {
        key: Some(key),
        title,
        publisher: of_parents(|parent| &parent.title)
            .or(own)
            .or_else(|| of_parents(|parent| &parent.publisher))
            .or_else(|| of_parents(|parent| &parent.organization)),
        authors: work.author.map(|People(names)| names).unwrap_or_default(),
        accessed: address
            .as_ref()
            .and_then(|address| Some(address.date.as_ref()?.0.clone())),
        url: address.map(|address| address.value),
        archived: None,
        published: date.map(|Date(date)| date),
        kind: work.r#type.and_then(|kind| kind_of(&kind, kind_of_parent)),
    }
}

impl Parent {
    /// What a work is part of, what that is part of, and so on.
    fn line(first: &Several<Self>) -> Vec<&Self> {
        let mut line: Vec<&Self> = first.0.iter().collect();
        let mut at = 0;
        while let Some(parent) = line.get(at) {
            line.extend(parent.parent.iter().flat_map(|above| &above.0));
            at += 1;
        }
        line
    }
}

/// What a type is called in nutgraf.
fn kind_of(Words(kind): &Words, parent: Option<&Words>) -> Option<String> {
    let parent = parent.map(|Words(kind)| kind.to_lowercase());
    let kind = kind.to_lowercase();
    let words = match (kind.as_str(), parent.as_deref()) {
        ("misc", _) => return None,
        ("article", Some("newspaper")) | ("newspaper", _) => "news article",
        ("article" | "web", Some("blog")) | ("web" | "blog", _) => "web page",
        ("article", Some("conference" | "proceedings")) => "paper",
        ("legislation", _) => "law",
        ("case", _) => "court case",
        ("tweet", _) => "post",
        (other, _) => other,
    };
    Some(words.to_owned())
}

/// Turns `King, Martin Luther, Jr.` into `Martin Luther King Jr.`.
fn in_reading_order(name: &str) -> String {
    let mut parts = name.splitn(3, ',').map(str::trim);
    let family = parts.next().unwrap_or_default();
    let given = parts.next().unwrap_or_default();
    let suffix = parts.next().unwrap_or_default();
    one_line(&format!("{given} {family} {suffix}"))
}

/// A name in parts.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Name {
    name: Words,
    given_name: Option<Words>,
    prefix: Option<Words>,
    suffix: Option<Words>,
    alias: Option<Words>,
}

impl Name {
    fn in_reading_order(self) -> String {
        let Self {
            name,
            given_name,
            prefix,
            suffix,
            alias,
        } = self;
        if let Some(Words(alias)) = alias {
            return alias;
        }
        let parts: Vec<String> = [given_name, prefix, Some(name), suffix]
            .into_iter()
            .flatten()
            .map(|Words(part)| part)
            .collect();
        parts.join(" ")
    }
}

/// Reads a value that may have several shapes without losing the place of a fault; `T` says what each shape yields.
trait Shapes: Sized {
    const EXPECTED: &'static str;

    fn of_text<E: Error>(text: &str) -> Result<Self, E>;

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let _ = map;
        Err(Error::custom(format!(
            "expected {}, found a mapping",
            Self::EXPECTED
        )))
    }

    fn of_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        let _ = list;
        Err(Error::custom(format!(
            "expected {}, found a list",
            Self::EXPECTED
        )))
    }
}

struct ShapesVisitor<T>(PhantomData<T>);

impl<'de, T: Shapes> Visitor<'de> for ShapesVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::of_text(text)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::of_text(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::of_text(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::of_text(&number.to_string())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        T::of_text(if value { "true" } else { "false" })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::of_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::of_list(list)
    }
}

macro_rules! deserialize_by_shape {
    ($($type:ty),*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(ShapesVisitor(PhantomData))
            }
        }
    )*};
}

deserialize_by_shape!(Library, Words, Date, Address, People, Several<Parent>);

/// One of several people.
struct Person(String);

deserialize_by_shape!(Person);

impl Shapes for Library {
    const EXPECTED: &'static str = "a mapping from names to entries, each with a `title`";

    fn of_text<E: Error>(_: &str) -> Result<Self, E> {
        Err(E::custom(format!("expected {}", Self::EXPECTED)))
    }

    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut works = Vec::new();
        while let Some(Words(key)) = map.next_key()? {
            works.push((key, map.next_value()?));
        }
        Ok(Self(works))
    }
}

impl Shapes for Words {
    const EXPECTED: &'static str = "words";

    fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        // Braces protect the case of the text between them.
        let text = one_line(&text.replace(['{', '}'], ""));
        if text.is_empty() {
            Err(E::custom("expected words, found none"))
        } else {
            Ok(Self(text))
        }
    }

    fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut value = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "value" => value = Some(map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        value.ok_or_else(|| Error::missing_field("value"))
    }
}

impl Shapes for Date {
    const EXPECTED: &'static str = "a date such as 2025-01-28, 2025-01 or 2025";

    fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        let text = text.trim();
        let is_plain = text.len() >= 4
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if is_plain && text.parse::<PartialDate>().is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(E::custom(format!(
                "expected {}, found `{text}`",
                Self::EXPECTED
            )))
        }
    }
}

impl Shapes for Address {
    const EXPECTED: &'static str =
        "an address, or a mapping with its `value` and the `date` it was read";

    fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        Ok(Self {
            value: text.trim().to_owned(),
            date: None,
        })
    }

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        #[derive(Deserialize)]
        struct Parts {
            value: String,
            date: Option<Date>,
        }
        let Parts { value, date } = Parts::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Self { value, date })
    }
}

impl Shapes for Person {
    const EXPECTED: &'static str = "a person, such as `Poole, Ann`";

    fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        Ok(Self(in_reading_order(text)))
    }

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let name = Name::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Self(name.in_reading_order()))
    }
}

impl Shapes for People {
    const EXPECTED: &'static str = "a person, such as `Poole, Ann`, or a list of people";

    fn of_text<E: Error>(text: &str) -> Result<Self, E> {
        Person::of_text(text).map(|Person(name)| Self(vec![name]))
    }

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        Person::of_map(map).map(|Person(name)| Self(vec![name]))
    }

    fn of_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        let people = Vec::<Person>::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(Self(people.into_iter().map(|Person(name)| name).collect()))
    }
}

impl Shapes for Several<Parent> {
    const EXPECTED: &'static str = "an entry, or a list of entries";

    fn of_text<E: Error>(_: &str) -> Result<Self, E> {
        Err(E::custom(format!("expected {}", Self::EXPECTED)))
    }

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let one = Parent::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Self(vec![one]))
    }

    fn of_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Reference> {
        let Library(works) = serde_yaml::from_str(text).unwrap();
        let found = works.into_iter().map(|(key, work)| {
            let title = work.title.clone().map(|Words(title)| title);
            reference(key, title.unwrap_or_default(), work)
        });
        found.collect()
    }

    #[test]
    fn an_entry_takes_what_it_lacks_from_what_it_is_part_of() {
        let found = read(
            "harbor:\n    type: Article\n    title: {value: Bridge closes, verbatim: true}\n    author: [\"Poole, Ann\", {name: Ley, prefix: von der, given-name: Ursula}, The Desk]\n    url: {value: https://paper.example/b, date: 2025-02-01}\n    parent:\n        type: newspaper\n        title: The Paper\n        date: 2025-01-28\n        publisher: Paper House\n",
        );
        let expected = Reference {
            key: Some("harbor".into()),
            title: "Bridge closes".into(),
            publisher: Some("The Paper".into()),
            authors: vec![
                "Ann Poole".into(),
                "Ursula von der Ley".into(),
                "The Desk".into(),
            ],
            url: Some("https://paper.example/b".into()),
            archived: None,
            published: Some("2025-01-28".into()),
            accessed: Some("2025-02-01".into()),
            kind: Some("news article".into()),
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn parents_may_be_several_and_have_parents() {
        let found = read(
            "talk:\n  title: 1984\n  date: 1984\n  parent:\n    - location: Berlin\n      parent: {title: A series, type: anthology}\n    - url: https://video.example/1\n",
        );
        assert_eq!(found[0].title, "1984");
        assert_eq!(found[0].publisher.as_deref(), Some("A series"));
        assert_eq!(found[0].published.as_deref(), Some("1984"));
        assert_eq!(found[0].url.as_deref(), Some("https://video.example/1"));
    }

    #[test]
    fn names_are_turned_around() {
        assert_eq!(
            in_reading_order("King, Martin Luther, Jr."),
            "Martin Luther King Jr."
        );
        assert_eq!(in_reading_order("UNICEF"), "UNICEF");
        assert_eq!(
            in_reading_order("von der Leyen, Ursula"),
            "Ursula von der Leyen"
        );
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let told = |text: &str| library(text, &Present::default()).unwrap_err();
        assert_eq!(told("a:\n  type: book\n"), "line 1: `a` has no `title`");
        let list = library("a:\n  type: book\nb:\n  title: B\n", &Present::default()).unwrap();
        assert_eq!(list.draft.records.len(), 1);
        assert_eq!(list.left_out, ["Not drafted: line 1: `a` has no `title`."]);
        let fault = told("a:\n  title: A\n  date: last week\n");
        assert!(
            fault.starts_with("line 3, column 9: a.date: expected a date such as 2025-01-28"),
            "{fault}"
        );
        let fault = told("a:\n  title: A\n  author:\n    - [x]\n");
        assert!(fault.contains("line 4, column 7"), "{fault}");
        assert!(told("- a\n- b\n").contains("expected a mapping"));
        assert!(told("a: [\n").contains("line "));
        assert!(told("{}").contains("no entries"));
    }

    #[test]
    fn prose_is_no_library() {
        assert!(looks_like_library(
            "# Mine\nharbor:\n    type: web\n    title: T\n"
        ));
        for text in [
            "What we know:\n  It closed: for good.\n",
            "He left.\n",
            "",
            "title: T\n  a: b\n",
        ] {
            assert!(!looks_like_library(text), "{text}");
        }
    }
}
