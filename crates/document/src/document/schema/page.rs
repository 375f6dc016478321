//! The fields of front matter and of its records.
//!
//! Every scalar is kept as text, because YAML's own numbers and dates would change what was written (`55.10`, `2025`).

use super::{
    About, Faulty, Field, Group, RawAccount, Record, date, day, flag, free, ids, language, list,
    markdown, moment, number, path, record, text, url, whole,
};
use crate::document::locate::Tree;
use crate::document::reader::{Notes, RawSources, Reader, Words};
use crate::document::translation::Translating;
use crate::model::{Chart, GroupBy, Layout, Qualifier, RecordKind, SortBy};

const ID: About = text(
    "The record's name in links, and its anchor on the page; by default made from what it says.",
)
.example("poll-2025")
.shared();
pub(super) const REVIEW: About = flag(
    "Whether the record was drafted and still waits for somebody to compare it with its source.",
);
pub(super) const CONFIDENCE: About =
    text("How certain the draft is, in the words of the tool that made it.")
        .example("low")
        .shared();
pub(super) const INFERRED: About = text("Why the date is what it is, if it was worked out.")
    .example("the article says “on Monday”");
pub(super) const DATE_AS_PRINTED: About = text("How the source words the date, word for word.")
    .example("on Monday")
    .shared();
const NUMBER_AS_PRINTED: About = text("How the source words the number, word for word.")
    .example("about 24,000 people")
    .shared();
pub(super) const SOURCE: About =
    list("The source that supports the record: an id, `{id, passage}`, or a list of those.")
        .example("gazette");
pub(super) const DOUBT: About = text(
    "Why the record's words are right although `verify` doubts them. Readers see this beside the doubt.",
)
.example("The source writes the name in Cyrillic");
pub(super) const QUALIFIER: About = text("The source's hedge.").one_of(Qualifier::NAMES);
const ACCOUNTS: About = list(
    "What other sources say of the same where they differ, each account with its own sources. Readers see them side by side.",
);
const IMAGE: About = list("A picture: what it shows, and who made it.");
pub(super) const NOTES: About =
    free("Notes for the writers, which never reach the site.").example("ask Ada about the date");

record! {
    /// The front matter of a page as written, without its lists of records.
    pub struct FrontMatter: "front matter" {
        title: Option<String> = text("The headline.").required().example("What changes at the border"),
        description: Option<String> = text("The dek: one or two sentences under the headline, also for search engines.").example("Three things change for travelers in March."),
        date: Option<String> = moment("When the page was published: a day (`2025-01-27`) or an RFC 3339 time. Before that day it is left out."),
        updated: Option<String> = moment("When the page was last changed: a day or an RFC 3339 time."),
        expires: Option<String> = day("The day from which the page is no longer part of the site."),
        review_by: Option<String> = day("The day by which somebody should check that everything is still true; `check` warns from then on."),
        as_of: Option<String> = day("The day up to which the page is current."),
        draft: bool = flag("Whether the page is left out unless `--drafts` asks for it."),
        explainer: bool = flag("Whether the folder of this `index.md` is an explainer."),
        slug: Option<String> = text("The last part of the page's address; by default made from the file's name.").example("border").name(),
        aliases: Words = path("Other addresses that lead to this page.").example("[old/name/]"),
        weight: Option<String> = whole("The page's place among its siblings: small numbers come first."),
        authors: Words = text("Who wrote the page: names, or ids of people on the pages at the top of `content/`. What one wrote is at `/authors/NAME/`.").example("[Ada Moreno]").name(),
        tags: Words = text("Words to group pages by, each with a page of its own at `/tags/WORD/`.").example("[border, trade]").name(),
        series: Option<String> = text("The series that the page is a part of; its parts are listed at `/series/NAME/`.").example("A year at the harbor").name(),
        layout: Option<String> = text("The template, if the records on the page shouldn't decide.").one_of_or_own(Layout::NAMES),
        nav_title: Option<String> = text("A short name for navigation.").example("Border"),
        key_points: Words = markdown("The key points, each one line of Markdown.").example("[The council backs the quay, Work begins in May]"),
        doubt: Option<String> = text("Why a number or a name in the title, the dek or a key point stands, though no source of the explainer has it.").example("Added up from the two tables"),
        featured: Words = path("On the page of a folder: the pages to show first, by their path from this file or, with `/` before it, from `content/`.").example("[border/index.md, /harbor.md]"),
        latest: Option<String> = whole("On the page of a folder: how many of the newest pages below it to show, at any depth.").example("10"),
        sort_by: Option<String> = text("On the page of a folder: lists the pages below it, at any depth, in one list of this order.").one_of(SortBy::NAMES),
        paginate_by: Option<String> = whole("On the page of a folder: how many pages of that list to show at once; the others follow at `page/2/`.").example("20"),
        group_by: Option<String> = text("On a page of reactions: what they are grouped by; `organisation` by default.").one_of(GroupBy::NAMES),
        archive: bool = flag("On the page of a folder: whether the pages below it are listed by year, at `archive/2025/`."),
        image: RawImage = IMAGE,
        card: Option<String> = ids("The figure or reaction that the page's share card draws: `figure:ships`.").example("figure:ships"),
        eras: Vec<RawEra> = list("Periods that the page's timeline is divided into: bands behind its events.").example("[{title: The works, date: 2024-05/2025-01}]"),
        extra: serde_json::Value = free("Arbitrary data for a project's own templates.").example("{color: blue}"),
        unbound: Vec<RawUnbound> = list("Numbers in prose that need no record, each with the reason."),
        notes: Notes = NOTES,
    }
}

record! {
    /// The lists of records in a page's front matter, as written. Missing lists are empty.
    pub struct Lists: "front matter" {
        events: Vec<RawEvent> = list("What happened or is going to happen."),
        figures: Vec<RawFigure> = list("Numbers, each as the source prints it.").example("[{title: Ships a year, value: 24000, source: gazette}]"),
        reactions: Vec<RawReaction> = list("Who said what.").example("[{speaker: ada-moreno, quote: We will not go back., source: gazette}]"),
        people: Vec<RawPerson> = list("People and organizations who take part or speak."),
        terms: Vec<RawTerm> = list("Words that need explaining."),
        questions: Vec<RawQuestion> = list("Questions that readers ask, with their answers."),
        sources: Vec<RawSource> = list("The explainer's sources."),
        corrections: Vec<RawNotice> = list("Mistakes that were corrected."),
        updates: Vec<RawNotice> = list("What is new since the page was published, and no correction: `nutgraf diff --write` drafts it.").example("[{date: 2025-02-03, text: The count is final., records: [figure:ships]}]"),
    }
}

record! {
    /// An item of `events:`, as written.
    pub struct RawEvent: "an item of `events`" {
        id: Option<String> = ID,
        date: Option<String> = date("When it happened (EDTF): `2025-01-27`, `2025-01`, `2025`, `2025-01-02/2025-01-10`, `2024~`, or with the time of day: `2025-01-27T14:30`, `2025-01-27T09:15-05:00`.").required().fact(),
        title: Option<String> = text("What happened, in a few words.").required().example("The vote"),
        place: Option<String> = text("Where it happened.").example("Harbor City").name().fact(),
        text: Option<String> = markdown("One to three sentences of Markdown.").example("Seven members voted in favor."),
        as_printed: Option<String> = DATE_AS_PRINTED,
        inferred: Option<String> = INFERRED,
        expected: bool = flag("Whether it is still to come.").fact(),
        people: Words = ids("The ids of the people involved.").example("[ada-moreno]").fact(),
        tags: Words = text("Words by which readers choose among the events of a timeline.").example("[court, protest]"),
        image: RawImage = IMAGE,
        source: RawSources = SOURCE.judged().fact(),
        accounts: Vec<RawAccount> = ACCOUNTS.fact(),
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// `image:` of a page, an event or a person, as written.
    pub struct RawImage: "`image`" {
        file: Option<String> = path("The file: by its path from this one or, with `/` before it, from `content/`.").required().example("quay.jpg"),
        alt: Option<String> = text("What it shows, for people who can't see it; `\"\"` if it says nothing.").example("Two cranes on an empty quay"),
        caption: Option<String> = text("The text under it.").example("The old quay in March"),
        credit: Option<String> = text("Who made it.").example("Cy Falk").name(),
        license: Option<String> = text("The terms under which it may be shown.").example("CC BY 4.0").name(),
        focus: Option<String> = text("What stays in sight where it is cut: `left`, `top right`, or a place in percent from the left and the top.").example("30% 40%").shared(),
    }
}

record! {
    /// An item of `figures:`, as written.
    pub struct RawFigure: "an item of `figures`" {
        id: Option<String> = ID,
        title: Option<String> = text("What is counted.").required().example("Ships a year"),
        value: Option<String> = number("The exact number, without separators: `24000`, `55.1`.").begun().fact(),
        to: Option<String> = number("The high end of a range whose low end is `value`: \"300 to 400\".").example("400").fact(),
        series: Vec<RawPoint> = list("Numbers of one kind over time or side by side, instead of `value`.").fact(),
        unit: Option<String> = text("What the number counts: `percent`, `people`, `USD`.").example("people").begun().name().fact(),
        qualifier: Option<String> = QUALIFIER.fact(),
        date: Option<String> = date("The date or period that it applies to (EDTF).").fact(),
        population: Option<String> = text("Whom or what it describes: \"registered voters\".").example("registered voters").fact(),
        sample: Option<String> = number("How many were asked.").example("1005").fact(),
        margin: Option<String> = number("The margin of error, in the figure's unit.").example("3.1").fact(),
        as_printed: Option<String> = NUMBER_AS_PRINTED.begun(),
        inferred: Option<String> = INFERRED,
        text: Option<String> = markdown("Explanation, in Markdown.").example("Counted at the lock."),
        chart: Option<String> = text("How the figure is drawn.").one_of(Chart::NAMES),
        alt: Option<String> = text("What the chart shows, in a sentence, for those who don't see it; made from the numbers if it isn't there.").example("Twice as many ships called in 2024 as in 2019."),
        label: Option<String> = text("A short name, for charts with several lines; by default the title.").example("Harbor City"),
        with: Words = ids("The ids of other figures whose series are drawn in the same chart, in gray: `chart: line` alone.").example("[ships-upriver, ships-abroad]"),
        derive: Option<String> = text("How the number is computed from other figures: `change(a, b)`, `share(a, b)`, `sum(a, b)`.").example("change(ships-2023, ships-2024)").name().fact(),
        source: RawSources = SOURCE.begun().fact(),
        accounts: Vec<RawAccount> = ACCOUNTS.fact(),
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of a figure's `series:`, as written.
    pub struct RawPoint: "an item of `series`" {
        date: Option<String> = date("The date or period that it applies to (EDTF).").judged().example("2024"),
        label: Option<String> = text("What it is the number of, instead of `date`: the points of a series all have a date, or all a label.").example("North quay").name(),
        value: Option<String> = number("The exact number, without separators.").required(),
        to: Option<String> = number("The high end of a range whose low end is `value`.").example("400"),
        qualifier: Option<String> = QUALIFIER,
        as_printed: Option<String> = NUMBER_AS_PRINTED,
        annotation: Option<String> = text("What happened then, in a few words: a numbered mark in the chart, with the words below it.").example("The bridge closes"),
    }
}

record! {
    /// An item of `reactions:`, as written.
    pub struct RawReaction: "an item of `reactions`" {
        id: Option<String> = ID,
        speaker: Option<String> = ids("The id of the person who said it.").judged().example("ada-moreno").fact(),
        quote: Option<String> = text("The exact words, without surrounding quotation marks.").example("We will not go back.").begun().shared().fact(),
        text: Option<String> = markdown("What was said, in your own words (Markdown).").example("She would not reopen the talks."),
        date: Option<String> = date("When it was said (EDTF), with the time of day if it matters: `2025-01-27T14:30`.").fact(),
        as_printed: Option<String> = DATE_AS_PRINTED,
        inferred: Option<String> = INFERRED,
        venue: Option<String> = text("The occasion: \"press conference\".").example("press conference").fact(),
        stance: Option<String> = text("The speaker's position, in a word or two.").example("against").name(),
        language: Option<String> = language("The language of the quotation (BCP 47), if it isn't the page's."),
        translation: Option<String> = text("The quotation in the page's language.").example("We will not go back."),
        source: RawSources = SOURCE.judged().fact(),
        accounts: Vec<RawAccount> = ACCOUNTS.fact(),
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of `people:`, as written.
    pub struct RawPerson: "an item of `people`" {
        id: Option<String> = ID.example("ada-moreno"),
        name: Option<String> = text("The full name.").required().example("Ada Moreno").name(),
        role: Option<String> = text("Why the person's words matter.").example("mayor"),
        organisation: Option<String> = text("On whose behalf the person speaks.").example("Harbor City").name(),
        url: Option<String> = url("A page about the person."),
        image: RawImage = IMAGE,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of `terms:`, as written.
    pub struct RawTerm: "an item of `terms`" {
        id: Option<String> = ID.example("tonnage"),
        term: Option<String> = text("The word.").required().example("tonnage"),
        definition: Option<String> = markdown("What it means here, in Markdown.").required().example("How much a ship can carry.").fact(),
        source: RawSources = SOURCE.fact(),
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of `questions:`, as written.
    pub struct RawQuestion: "an item of `questions`" {
        id: Option<String> = ID.example("who-pays"),
        question: Option<String> = text("The question, as a reader would ask it.").required().example("Who pays for the new quay?"),
        answer: Option<String> = markdown("The answer, in Markdown.").required().example("The city and the port, half each.").fact(),
        source: RawSources = SOURCE.judged().fact(),
        doubt: Option<String> = DOUBT,
        review: bool = REVIEW,
        confidence: Option<String> = CONFIDENCE,
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of `sources:`, as written.
    pub struct RawSource: "an item of `sources`" {
        id: Option<String> = ID.example("gazette"),
        title: Option<String> = text("Its headline or title.").required().example("Council backs the harbor"),
        publisher: Option<String> = text("Who published it.").example("The Gazette").begun().name(),
        authors: Words = text("Who wrote it, in the source's order.").example("[Ada Moreno]").shared(),
        url: Option<String> = url("Its address.").begun(),
        archived: Option<String> = url("The address of an archived copy."),
        published: Option<String> = date("When it was published (EDTF)."),
        accessed: Option<String> = day("The day on which it was read."),
        kind: Option<String> = text("What it is: \"news article\".").key("type").example("news article").name(),
        rights: Option<String> = text("Whose it is.").example("The Gazette, all rights reserved").name(),
        language: Option<String> = language("The language it is in (BCP 47), if it isn't the site's."),
        text: Option<String> = path("The path of a local copy of its text, which stays out of git; `none` if there is no text to compare with.").example("sources/gazette.txt"),
        because: Option<String> = text("With `text: none`: why, for readers.").example("our own interview"),
        checked_by: Option<String> = text("With `text: none`: who has checked what is based on it.").example("Ada Moreno").name(),
        notes: Notes = NOTES,
    }
}

record! {
    /// An item of `eras:`, as written.
    pub struct RawEra: "an item of `eras`" {
        title: Option<String> = text("What the period is called, in a few words.").required().example("The works"),
        date: Option<String> = date("From when to when (EDTF): `2024-05/2025-01`; `2024-05/..` goes on.").required().example("2024-05/2025-01"),
    }
}

record! {
    /// An item of `unbound:`, as written.
    pub struct RawUnbound: "an item of `unbound`" {
        number: Option<String> = text("The number as the prose has it: `12`, `4.5%`.").required().example("12").shared(),
        reason: Option<String> = text("Why it needs no record and no source.").required().example("a street number").name(),
    }
}

record! {
    /// An item of `corrections:` or `updates:`, as written.
    pub struct RawNotice: "an item of `corrections` or `updates`" {
        date: Option<String> = day("The day on which it was changed.").required(),
        text: Option<String> = markdown("What was wrong and what is right, or what is new (Markdown).").required().example("We gave the year as 2023; it was 2024."),
        records: Words = ids("The records it concerns, which lead to it if they are on this page: `figure:arrests`.").example("[figure:arrests]"),
        notes: Notes = NOTES,
    }
}

record! {
    /// One source of a record, as written.
    pub struct RawSourceRef: "`source`" {
        id: String = ids("The source's id.").required().example("gazette"),
        passage: Option<String> = text("Words of the source that support the record.").example("The council backed the new quay on Monday").shared(),
        copy_of: Option<String> = ids("The id of the source of the same record whose report this one prints word for word, as of an agency: readers are told that the two are one.").example("gazette"),
    }
}

/// Every field of front matter: those of the page itself, then its lists of records.
pub const FRONT_MATTER: Group = Whole::GROUP;

const N_FIELDS: usize = FrontMatter::GROUP.fields.len() + Lists::GROUP.fields.len();

const FIELDS: [Field; N_FIELDS] = {
    let mut fields = [FrontMatter::GROUP.fields[0]; N_FIELDS];
    let n_own = FrontMatter::GROUP.fields.len();
    let mut index = 0;
    while index < N_FIELDS {
        fields[index] = if index < n_own {
            FrontMatter::GROUP.fields[index]
        } else {
            Lists::GROUP.fields[index - n_own]
        };
        index += 1;
    }
    fields
};

/// All front matter of a page, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// The fields of the page itself.
    pub front_matter: FrontMatter,
    /// Its records.
    pub lists: Lists,
}

impl Record for Whole {
    const GROUP: Group = Group {
        name: "front matter",
        fields: &FIELDS,
    };

    fn set(&mut self, field: &Field, value: &Tree, reader: &mut Reader<'_>) -> bool {
        if let Some(list) = Lists::GROUP.field(field.name) {
            let is_read = self.lists.set(field, value, reader);
            if !is_read {
                self.lists.faulty.add(list.name);
            }
            is_read
        } else {
            self.front_matter.set(field, value, reader)
        }
    }

    fn translate(&mut self, original: &Self, translating: &mut Translating<'_>) {
        self.front_matter
            .translate(&original.front_matter, translating);
        self.lists.translate(&original.lists, translating);
    }

    fn faulty(&mut self) -> &mut Faulty {
        &mut self.front_matter.faulty
    }
}

/// The fields of a record of a kind.
pub fn record_fields(kind: RecordKind) -> Group {
    let list = Lists::GROUP.field(kind.list());
    let group = list.and_then(|list| list.shape.group());
    group.unwrap_or(FRONT_MATTER)
}

impl Lists {
    /// Whether there is a list with this name.
    pub fn has(name: &str) -> bool {
        Self::GROUP.field(name).is_some()
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Event => self.events.len(),
            RecordKind::Figure => self.figures.len(),
            RecordKind::Reaction => self.reactions.len(),
            RecordKind::Person => self.people.len(),
            RecordKind::Term => self.terms.len(),
            RecordKind::Question => self.questions.len(),
            RecordKind::Source => self.sources.len(),
        }
    }

    /// Whether there is a record that can't be read, so that its name isn't known.
    pub fn may_hide_records(&self) -> bool {
        let is_list = |name: &&'static str| self.faulty.has(name);
        let mut lists = RecordKind::ALL.into_iter().map(RecordKind::list);
        lists.any(|name| is_list(&name))
            || self.events.iter().any(|record| record.faulty.hides_id())
            || self.figures.iter().any(|record| record.faulty.hides_id())
            || self.reactions.iter().any(|record| record.faulty.hides_id())
            || self.people.iter().any(|record| record.faulty.hides_id())
            || self.terms.iter().any(|record| record.faulty.hides_id())
            || self.questions.iter().any(|record| record.faulty.hides_id())
            || self.sources.iter().any(|record| record.faulty.hides_id())
    }

    /// The names of the lists that aren't empty.
    pub fn held(&self) -> Vec<&'static str> {
        let kinds = RecordKind::ALL.into_iter();
        let kinds = kinds.filter(|kind| self.count(*kind) > 0);
        let notices = [
            ("corrections", &self.corrections),
            ("updates", &self.updates),
        ];
        let notices = notices.into_iter().filter(|(_, list)| !list.is_empty());
        let notices = notices.map(|(name, _)| name);
        kinds.map(RecordKind::list).chain(notices).collect()
    }
}
