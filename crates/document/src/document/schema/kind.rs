//! The kind of a field's value, and its documentation.

/// The kind of text in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Words with Markdown.
    Markdown,
    /// A date as precise as is known (EDTF).
    Date,
    /// A day.
    Day,
    /// A day, or a moment with its offset from UTC (RFC 3339).
    Moment,
    /// An exact decimal number.
    Number,
    /// A whole number.
    Whole,
    /// An address that a browser can open.
    Url,
    /// The path of a file.
    Path,
    /// A language tag (BCP 47).
    Language,
    /// Ids of records.
    Ids,
    /// `true` or `false`.
    Flag,
    /// A list or mapping with fields of its own.
    List,
    /// Anything.
    Free,
}

/// Whether a field can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It can.
    Optional,
    /// It can't.
    Required,
    /// It can't, with exceptions that `check` knows; `check` also words the fault.
    Judged,
}

/// What a translation of a record may say in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// What [`Kind`] tells: words are the translation's own, everything else is the original's.
    ByKind,
    /// What the original says.
    Shared,
    /// A name: the translation's own words or, without a mark, the original's.
    Name,
}

/// The kind of a field's value, and its documentation.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its documentation, in one sentence.
    pub doc: &'static str,
    /// The kind of its text.
    pub kind: Kind,
    /// Whether it can be left out.
    pub need: Need,
    /// The words that are allowed; empty if any word is.
    pub values: &'static [&'static str],
    /// Whether a project may use words of its own in addition to [`values`](Self::values).
    pub takes_others: bool,
    /// An example value as a writer would type it; empty if the field's name says enough.
    pub example: &'static str,
    /// Whether a new record includes a line for it, although it is optional.
    pub begins: bool,
    /// Whether it states a fact, which isn't changed silently once it is published. Others word or show what is stated.
    pub is_fact: bool,
    /// What a translation may say in it.
    pub sharing: Sharing,
    /// The key in YAML, if it differs from the name in Rust.
    pub(super) key: Option<&'static str>,
}

impl About {
    const fn new(kind: Kind, doc: &'static str) -> Self {
        Self {
            doc,
            kind,
            need: Need::Optional,
            values: &[],
            takes_others: false,
            example: "",
            begins: false,
            is_fact: false,
            sharing: Sharing::ByKind,
            key: None,
        }
    }

    /// It can't be left out.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            need: Need::Required,
            ..self
        }
    }

    /// It can't be left out, with exceptions that `check` knows.
    #[must_use]
    pub const fn judged(self) -> Self {
        Self {
            need: Need::Judged,
            ..self
        }
    }

    /// Only these words are allowed.
    #[must_use]
    pub const fn one_of(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    /// These words are allowed, and any that a project adds.
    #[must_use]
    pub const fn one_of_or_own(self, values: &'static [&'static str]) -> Self {
        Self {
            values,
            takes_others: true,
            ..self
        }
    }

    /// Adds an example value as a writer would type it.
    #[must_use]
    pub const fn example(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// A new record includes a line for it, although it is optional.
    #[must_use]
    pub const fn begun(self) -> Self {
        Self {
            begins: true,
            ..self
        }
    }

    /// It states a fact.
    #[must_use]
    pub const fn fact(self) -> Self {
        Self {
            is_fact: true,
            ..self
        }
    }

    /// The key in YAML, for a word that is reserved in Rust.
    #[must_use]
    pub const fn key(self, key: &'static str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    /// Translations share what it says, though it is text.
    #[must_use]
    pub const fn shared(self) -> Self {
        Self {
            sharing: Sharing::Shared,
            ..self
        }
    }

    /// It is a name, which a translation may write in its own way.
    #[must_use]
    pub const fn name(self) -> Self {
        Self {
            sharing: Sharing::Name,
            ..self
        }
    }

    /// Whether translations share what it says.
    pub fn is_shared(self) -> bool {
        match self.sharing {
            Sharing::Shared => true,
            Sharing::Name => false,
            Sharing::ByKind => !self.values.is_empty() || !self.is_text(),
        }
    }

    /// Whether it holds words of a language, as against a name.
    pub fn is_words(self) -> bool {
        self.sharing == Sharing::ByKind && self.values.is_empty() && self.is_text()
    }

    fn is_text(self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Markdown)
    }

    /// Whether it is normally required.
    pub fn is_required(self) -> bool {
        self.need != Need::Optional
    }

    /// Whether a new record includes a line for it.
    pub fn is_begun(self) -> bool {
        self.begins || self.is_required()
    }
}

/// A field that takes words.
pub const fn text(doc: &'static str) -> About {
    About::new(Kind::Text, doc)
}

/// A field that takes Markdown.
pub const fn markdown(doc: &'static str) -> About {
    About::new(Kind::Markdown, doc)
}

/// A field that takes a date as precise as is known.
pub const fn date(doc: &'static str) -> About {
    About::new(Kind::Date, doc).example("2025-01-27")
}

/// A field that takes a day.
pub const fn day(doc: &'static str) -> About {
    About::new(Kind::Day, doc).example("2025-01-27")
}

/// A field that takes a day or a moment.
pub const fn moment(doc: &'static str) -> About {
    About::new(Kind::Moment, doc).example("2025-01-27T09:30:00-05:00")
}

/// A field that takes an exact number.
pub const fn number(doc: &'static str) -> About {
    About::new(Kind::Number, doc).example("24000")
}

/// A field that takes a whole number.
pub const fn whole(doc: &'static str) -> About {
    About::new(Kind::Whole, doc).example("1")
}

/// A field that takes an address.
pub const fn url(doc: &'static str) -> About {
    About::new(Kind::Url, doc).example("https://example.org/")
}

/// A field that takes the path of a file.
pub const fn path(doc: &'static str) -> About {
    About::new(Kind::Path, doc)
}

/// A field that takes a language tag.
pub const fn language(doc: &'static str) -> About {
    About::new(Kind::Language, doc).example("fr")
}

/// A field that takes ids of records.
pub const fn ids(doc: &'static str) -> About {
    About::new(Kind::Ids, doc)
}

/// A field that takes `true` or `false`.
pub const fn flag(doc: &'static str) -> About {
    About::new(Kind::Flag, doc).example("true")
}

/// A field that contains fields of its own.
pub const fn list(doc: &'static str) -> About {
    About::new(Kind::List, doc)
}

/// A field that takes anything.
pub const fn free(doc: &'static str) -> About {
    About::new(Kind::Free, doc)
}
