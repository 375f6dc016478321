//! The rules that sources can break, each with its name and severity.

use serde::{Deserialize, Serialize};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is written, but `--strict` turns it into an error.
    Warning,
    /// A remark. It never fails a run, except for those that [`Code::fails_strict`] names.
    Hint,
}

impl Severity {
    /// `error`, `warning` or `hint`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// Declares the codes with name, severity and explanation in one table, so that none is forgotten.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// A rule that sources can break. Each has a fixture in `tests/diag`.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name shown in reports: `unknown-source`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// How severe it is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }

            /// Whether `--strict` treats it as an error: warnings, and anything never verified.
            ///
            /// *Unverified* is still a hint, because a site without any evidence is an ordinary site.
            pub fn fails_strict(self) -> bool {
                matches!(self.severity(), Severity::Error | Severity::Warning)
                    || matches!(self, Self::Unverified)
            }

            /// What the rule says, and why.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n",)+).trim_ascii(),)+
                }
            }
        }
    };
}

codes! {
    /// A file isn't UTF-8. All sources are read as UTF-8, because guessing an encoding would change words unnoticed.
    NotUtf8 = "not-utf8", Error;
    /// A symbolic link, socket or device among the sources. It is left out: a site consists of files in the project.
    NotAFile = "not-a-file", Warning;
    /// Committed sources aren't here: a submodule that isn't checked out, a sparse checkout, a link in place of a
    /// folder, a drive that isn't mounted. Nothing is built without them, because their pages would count as deleted.
    MissingSources = "missing-sources", Error;
    /// The site has no page at its own address, or no pages at all.
    NoHomePage = "no-home-page", Error;
    /// A file is only a pointer to the real one, which git-lfs hasn't fetched.
    NotFetched = "not-fetched", Error;
    /// A file with the extension of a picture that no browser can show, because it is empty or contains something else.
    NotAPicture = "not-a-picture", Error;
    /// A private key among the files that are published.
    PrivateKey = "private-key", Error;
    /// A file beside the pages that no page links to. It would be published all the same.
    UnlinkedFile = "unlinked-file", Warning;
    /// A file over 100 MB, or a page over 16 MB. Hosts refuse such files, and a preview has to hold them in memory; a
    /// page takes many times its size there.
    FileTooLarge = "file-too-large", Error;
    /// A file name that can't be part of an address on every system: control characters, `\`, a trailing dot.
    BadFileName = "bad-file-name", Error;
    /// A file, or lines in one, left behind by a merge or a sync program after two people changed the same file; or a copy
    /// that somebody made of one.
    MergeConflict = "merge-conflict", Warning;
    /// `site.yaml` is missing or has a value that can't be used.
    BadConfig = "bad-config", Error;
    /// Front matter or `site.yaml` isn't YAML.
    YamlSyntax = "yaml-syntax", Error;
    /// Front matter starts with `---` and is never closed.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// A page has no front matter, where its title belongs.
    MissingFrontMatter = "missing-front-matter", Error;
    /// A key that isn't part of the format.
    UnknownField = "unknown-field", Error;
    /// The same key twice in one mapping.
    DuplicateField = "duplicate-field", Error;
    /// A value of the wrong shape for its field, such as a list where one word is expected.
    WrongType = "wrong-type", Error;
    /// A page or a record lacks a required field.
    MissingField = "missing-field", Error;
    /// A date that doesn't exist, or in a form that isn't EDTF (ISO 8601-2).
    BadDate = "bad-date", Error;
    /// A number that isn't a plain decimal, or has more than 28 digits.
    BadNumber = "bad-number", Error;
    /// A value that the field doesn't allow.
    BadValue = "bad-value", Error;
    /// An id or slug that can't be part of an address.
    BadId = "bad-id", Error;
    /// An address with a scheme that a page must not link to, such as `javascript:`.
    BadUrl = "bad-url", Error;
    /// Two records in an explainer with the same id.
    DuplicateId = "duplicate-id", Error;
    /// An address that some disks can't store or that git reserves: too long, a Windows device name, below `.git`.
    BadAddress = "bad-address", Error;
    /// Two pages, or a page and a file, with the same address, or one where the other needs a folder. On disks that
    /// ignore case, addresses that differ only in case are the same.
    DuplicateAddress = "duplicate-address", Error;
    /// An event, figure or reaction without a source. Nothing is published unsourced.
    MissingSource = "missing-source", Error;
    /// A source id that none of the sources within reach has.
    UnknownSource = "unknown-source", Error;
    /// Sources that tell the same differently: a record with `accounts:`. Readers see all of them, and a newsroom
    /// should know where they are.
    AccountsDiffer = "accounts-differ", Hint;
    /// A person's id that none of the people within reach has.
    UnknownPerson = "unknown-person", Error;
    /// A reference to an event, figure, reaction or term that isn't within reach.
    UnknownRecord = "unknown-record", Error;
    /// A translation that gives a record another value, date or source than its original: they share what isn't words.
    TranslationDiffers = "translation-differs", Error;
    /// A link to a page or file that isn't in the project.
    BrokenLink = "broken-link", Error;
    /// A link to a heading or record that the page doesn't have.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to another site that no longer leads anywhere, as `check --links` found.
    DeadLink = "dead-link", Warning;
    /// A link to another site that refuses programs or doesn't answer now. A person has to look.
    UnansweredLink = "unanswered-link", Hint;
    /// A reference to a footnote that doesn't exist.
    BrokenFootnote = "broken-footnote", Error;
    /// A `derive:` that can't be calculated: unknown figures, a circular reference, division by zero, different units.
    BadDerive = "bad-derive", Error;
    /// Raw HTML in Markdown. It is shown as text unless `markdown.unsafe_html` allows it.
    RawHtml = "raw-html", Warning;
    /// Another generator's code in prose: shortcodes, wiki links, attribute lists. Readers would see it.
    ForeignMarkup = "foreign-markup", Warning;
    /// A file of data where another generator would read it. Nothing does here: records are in the front matter of pages.
    ForeignData = "foreign-data", Hint;
    /// `**` that doesn't make anything bold, so readers see the asterisks.
    StrayMarks = "stray-marks", Warning;
    /// An image without alternative text (WCAG 2.2, 1.1.1).
    MissingAlt = "missing-alt", Warning;
    /// A heading that skips a level (WCAG 2.2, 1.3.1), or a second page title.
    HeadingLevel = "heading-level", Warning;
    /// Invisible or direction-changing characters in text (Unicode TR 36).
    HiddenCharacter = "hidden-character", Warning;
    /// A source that no record or page uses.
    UnusedSource = "unused-source", Hint;
    /// No `base_url`, so canonical links, the feed and the sitemap are left out.
    NoBaseUrl = "no-base-url", Hint;
    /// A language for which the interface has not been translated, so its labels are in English.
    NoWords = "no-words", Hint;
    /// Words of the interface that a language lacks though it has others, so that readers see both languages.
    MissingWords = "missing-words", Warning;
    /// Pages whose preview pictures don't show their headlines, because the font lacks the letters.
    PlainCard = "plain-card", Hint;
    /// Colors in `site.yaml` with a contrast below WCAG AA.
    LowContrast = "low-contrast", Error;
    /// A file in `templates/` that neither replaces a built-in template nor is included by one.
    UnusedTemplate = "unused-template", Warning;
    /// A template that isn't valid Tera.
    TemplateSyntax = "template-syntax", Error;
    /// A template that failed while rendering a page.
    TemplateFault = "template-fault", Error;
    /// A quotation, a passage, words as printed or a number that was never compared with its source. `--strict` treats
    /// it as an error.
    Unverified = "unverified", Hint;
    /// A date or a speaker that couldn't be compared with anything, because the record gives no words of its source.
    /// Readers are told so.
    NotCompared = "not-compared", Warning;
    /// A quotation, figure or date that was changed after it was verified.
    EvidenceChanged = "evidence-changed", Warning;
    /// Words that aren't in the source's text, or a value that differs from its words as printed.
    NotInSource = "not-in-source", Error;
    /// Words that are in the source, but in a way that somebody should look at.
    EvidenceDoubt = "evidence-doubt", Warning;
    /// A translation that was last changed before its original was.
    StaleTranslation = "stale-translation", Warning;
    /// A file whose name has the form of a translation's, in a language that the site hasn't.
    UnknownLanguage = "unknown-language", Warning;
    /// A page that is left out until its `date`, or because its `expires` has passed.
    HeldBack = "held-back", Hint;
    /// A page whose `review_by` date has come.
    ReviewDue = "review-due", Warning;
    /// A number in prose that isn't tied to any record.
    UnboundNumber = "unbound-number", Hint;
    /// `evidence.lock` can't be read.
    BadLock = "bad-lock", Error;
    /// A record that was drafted and hasn't been reviewed yet.
    NeedsReview = "needs-review", Error;
    /// A drafted reaction without a speaker yet. `--drafts` leaves it out.
    MissingSpeaker = "missing-speaker", Warning;
}
