//! The rules that sources can break, each with its name and severity.

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is written; `--strict` makes an error of it.
    Warning,
    /// A remark. It fails no run, but for those that [`Code::fails_strict`] names.
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
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name that reports carry: `unknown-source`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }

            /// Whether `--strict` takes it for an error: warnings, and what was never verified.
            ///
            /// *Unverified* is a hint all the same, since a site without any evidence is a site like others.
            pub fn fails_strict(self) -> bool {
                matches!(self.severity(), Severity::Error | Severity::Warning)
                    || matches!(self, Self::Unverified)
            }

            /// What the rule says and why.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n",)+).trim_ascii(),)+
                }
            }
        }
    };
}

codes! {
    /// A file isn't UTF-8. Every source is read as UTF-8, since a guess would change words without notice.
    NotUtf8 = "not-utf8", Error;
    /// A symbolic link, socket or device among the sources. It is left out: a site is made of files in the project.
    NotAFile = "not-a-file", Warning;
    /// Sources that were committed aren't here: a submodule that isn't checked out, a sparse checkout, a link in place of
    /// a folder, a drive that isn't mounted. Nothing is built without them, since that would count as deleting pages.
    MissingSources = "missing-sources", Error;
    /// The site has no page at its own address, or no pages at all.
    NoHomePage = "no-home-page", Error;
    /// A file that only says where the real one is: git-lfs hasn't fetched it.
    NotFetched = "not-fetched", Error;
    /// A file with the ending of a picture that no browser can show: it is empty, or holds something else.
    NotAPicture = "not-a-picture", Error;
    /// A document beside the pages that no page links to, and that would be published all the same.
    UnlinkedFile = "unlinked-file", Warning;
    /// A file over 100 MB, or a page over 16 MB. Hosts refuse such files, and a preview would have to hold it in memory;
    /// what is known of a page takes many times its bytes.
    FileTooLarge = "file-too-large", Error;
    /// A file name that can't be part of an address on every system: control characters, `\`, a trailing dot.
    BadFileName = "bad-file-name", Error;
    /// A file, or lines, that a merge or a program that syncs folders left behind when two people had changed one file.
    MergeConflict = "merge-conflict", Warning;
    /// `site.yaml` is missing, or has a value that can't be used.
    BadConfig = "bad-config", Error;
    /// Front matter or `site.yaml` isn't YAML.
    YamlSyntax = "yaml-syntax", Error;
    /// Front matter starts with `---` and is never closed.
    UnclosedFrontMatter = "unclosed-front-matter", Error;
    /// A page has no front matter, which is where its title stands.
    MissingFrontMatter = "missing-front-matter", Error;
    /// A key that isn't one of the format's.
    UnknownField = "unknown-field", Error;
    /// The same key twice in one mapping.
    DuplicateField = "duplicate-field", Error;
    /// A value of another shape than the field has: a list where one word is expected, say.
    WrongType = "wrong-type", Error;
    /// A field that a page or a record can't do without.
    MissingField = "missing-field", Error;
    /// A date that isn't one, or in a form that EDTF (ISO 8601-2) doesn't have.
    BadDate = "bad-date", Error;
    /// A number that isn't a plain decimal, or has more than 28 digits.
    BadNumber = "bad-number", Error;
    /// A value that isn't one of those the field allows.
    BadValue = "bad-value", Error;
    /// An id or slug that can't be part of an address.
    BadId = "bad-id", Error;
    /// An address with a scheme that a page must not link to, such as `javascript:`.
    BadUrl = "bad-url", Error;
    /// Two records with one id in an explainer.
    DuplicateId = "duplicate-id", Error;
    /// An address that some disk can't hold, or that git keeps to itself: too long, a device on Windows, below `.git`.
    BadAddress = "bad-address", Error;
    /// Two pages, or a page and a file, with the same address, or one where the other needs a folder. Disks that are
    /// blind to case count, too.
    DuplicateAddress = "duplicate-address", Error;
    /// An event, figure or reaction without a source. Nothing is published unsourced.
    MissingSource = "missing-source", Error;
    /// A source id that isn't among the sources in reach.
    UnknownSource = "unknown-source", Error;
    /// A person's id that isn't among the people in reach.
    UnknownPerson = "unknown-person", Error;
    /// A reference to an event, figure, reaction or term that isn't in reach.
    UnknownRecord = "unknown-record", Error;
    /// A link to a page or file that isn't in the project.
    BrokenLink = "broken-link", Error;
    /// A link to a heading or record that the page doesn't have.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to another site that leads nowhere any more, as `check --links` finds.
    DeadLink = "dead-link", Warning;
    /// A link to another site that lets no program look, or doesn't answer now. A person has to look.
    UnansweredLink = "unanswered-link", Hint;
    /// A footnote reference without its note.
    BrokenFootnote = "broken-footnote", Error;
    /// A `derive:` that can't be computed: unknown figures, a circle, division by zero, different units.
    BadDerive = "bad-derive", Error;
    /// Raw HTML in Markdown. It is shown as text unless `markdown.unsafe_html` allows it.
    RawHtml = "raw-html", Warning;
    /// Code of another generator in prose: shortcodes, wiki links, lists of attributes. Readers would see it.
    ForeignMarkup = "foreign-markup", Warning;
    /// `**` that makes nothing bold, so that readers see it.
    StrayMarks = "stray-marks", Warning;
    /// An image without alternative text (WCAG 2.2, 1.1.1).
    MissingAlt = "missing-alt", Warning;
    /// A heading that skips a level (WCAG 2.2, 1.3.1), or a second page title.
    HeadingLevel = "heading-level", Warning;
    /// Invisible or direction-changing characters in text (Unicode TR 36).
    HiddenCharacter = "hidden-character", Warning;
    /// A source that nothing rests on.
    UnusedSource = "unused-source", Hint;
    /// No `base_url`, so that canonical links, feed and sitemap are left out.
    NoBaseUrl = "no-base-url", Hint;
    /// A language that nobody wrote the interface's words for, so that they are English.
    NoWords = "no-words", Hint;
    /// Pages whose pictures, for where their address is shared, don't show their headlines, since the letters can't be
    /// drawn.
    PlainCard = "plain-card", Hint;
    /// Colors in `site.yaml` whose contrast is below WCAG AA.
    LowContrast = "low-contrast", Error;
    /// A file in `templates/` that replaces no built-in template and that no template includes.
    UnusedTemplate = "unused-template", Warning;
    /// A template that isn't Tera.
    TemplateSyntax = "template-syntax", Error;
    /// A template that failed while a page was rendered.
    TemplateFault = "template-fault", Error;
    /// A quotation, a passage, words as printed or a number that were never compared with their source. `--strict`
    /// takes it for an error.
    Unverified = "unverified", Hint;
    /// A date or a speaker that was compared with nothing, since the record gives no words of its source. Readers are
    /// told so.
    NotCompared = "not-compared", Warning;
    /// A quotation, figure or date that was changed after it had been verified.
    EvidenceChanged = "evidence-changed", Warning;
    /// Words that the source's text doesn't have, or a value that isn't what its words as printed say.
    NotInSource = "not-in-source", Error;
    /// Words that the source has, in a way that a reader should look at.
    EvidenceDoubt = "evidence-doubt", Warning;
    /// A page that is left out until its `date`, or since its `expires`.
    HeldBack = "held-back", Hint;
    /// A page whose `review_by` has come.
    ReviewDue = "review-due", Warning;
    /// A number in prose that is bound to no record.
    UnboundNumber = "unbound-number", Hint;
    /// `evidence.lock` can't be read.
    BadLock = "bad-lock", Error;
    /// A record that was drafted and not yet reviewed.
    NeedsReview = "needs-review", Error;
    /// A drafted reaction that names no speaker yet. `--drafts` leaves it out.
    MissingSpeaker = "missing-speaker", Warning;
}
