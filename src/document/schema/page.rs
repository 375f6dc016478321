//! The fields of front matter and of its records.

use super::{Field, Group, NOTES, Shape, flag, records, text, words};

const LAYOUTS: &[&str] = &[
    "home",
    "section",
    "page",
    "timeline",
    "figures",
    "reactions",
    "people",
    "glossary",
    "sources",
];
const CHARTS: &[&str] = &["bar", "line", "dot", "range", "none"];
const QUALIFIERS: &[&str] = &["about", "over", "at least", "under"];

const ID: Field = text(
    "id",
    "The record's name in links, and its anchor on the page; by default made from what it says.",
);
const REVIEW: Field = flag(
    "review",
    "Whether the record was drafted and still waits for somebody to compare it with its source.",
);
const CONFIDENCE: Field = text(
    "confidence",
    "How sure the draft is, in the words of the tool that made it.",
);
const INFERRED: Field = text(
    "inferred",
    "Why the date is what it is, if it was worked out.",
);
const DATE_AS_PRINTED: Field = text(
    "as_printed",
    "How the source words the date, word for word.",
);
const SOURCE: Field = Field::new(
    "source",
    Shape::Refs(SOURCE_REF),
    "The source that holds the record up: an id, `{id, passage}`, or a list of those.",
);
const DOUBT: Field = text(
    "doubt",
    "Why the record's words stand although `verify` has a doubt about them. Readers see it beside the doubt.",
);
const QUALIFIER: Field = text("qualifier", "The source's hedge.").one_of(QUALIFIERS);

/// The front matter of a page.
pub const FRONT_MATTER: &[Field] = &[
    text("title", "The headline.").required(),
    text(
        "description",
        "The dek: one or two sentences under the headline, also for search engines.",
    ),
    text(
        "date",
        "When the page was published: a day (`2025-01-27`) or an RFC 3339 time. Before that day it is left out.",
    ),
    text(
        "updated",
        "When the page was last changed: a day or an RFC 3339 time.",
    ),
    text(
        "expires",
        "The day from which the page is no longer part of the site.",
    ),
    text(
        "review_by",
        "The day by which somebody is to see whether all of it is still true; `check` warns from then on.",
    ),
    text("as_of", "The day up to which the page tells the story."),
    flag(
        "draft",
        "Whether the page is left out unless `--drafts` asks for it.",
    ),
    flag(
        "explainer",
        "Whether the folder of this `index.md` is an explainer.",
    ),
    text(
        "slug",
        "The last part of the page's address; by default made from the file's name.",
    ),
    words("aliases", "Addresses that lead to this page as well."),
    text(
        "weight",
        "The page's place among its siblings: small numbers come first.",
    ),
    words("authors", "Who wrote the page."),
    words("tags", "Words to group pages by."),
    text(
        "layout",
        "The template, if the records on the page shouldn't decide.",
    )
    .one_of(LAYOUTS),
    text("nav_title", "A short name for navigation."),
    words(
        "key_points",
        "The points to take away, each one line of Markdown.",
    ),
    Field::new(
        "extra",
        Shape::Any,
        "Free data for a project's own templates.",
    ),
    records("events", EVENT, "What happened or is to happen."),
    records("figures", FIGURE, "Numbers, each as the source prints it."),
    records("reactions", REACTION, "Who said what."),
    records(
        "people",
        PERSON,
        "People and bodies who take part or speak.",
    ),
    records("terms", TERM, "Words that are explained."),
    records("sources", SOURCE_FIELDS, "What the explainer rests on."),
    records("corrections", CORRECTION, "Mistakes that were put right."),
    records(
        "unbound",
        UNBOUND,
        "Numbers in prose that need no record, each with the reason.",
    ),
    NOTES,
];

/// An item of `events:`.
pub const EVENT: &[Field] = &[
    ID,
    text("date", "When it happened (EDTF): `2025-01-27`, `2025-01`, `2025`, `2025-01-02/2025-01-10`, `2024~`.").required(),
    text("title", "What happened, in a few words.").required(),
    text("text", "One to three sentences of Markdown."),
    DATE_AS_PRINTED,
    INFERRED,
    flag("expected", "Whether it is still to come."),
    words("people", "The ids of those who take part."),
    SOURCE.required(),
    DOUBT,
    REVIEW,
    CONFIDENCE,
    NOTES,
];

/// An item of `figures:`.
pub const FIGURE: &[Field] = &[
    ID,
    text("title", "What is counted.").required(),
    text(
        "value",
        "The exact number, without separators: `24000`, `55.1`.",
    ),
    records(
        "series",
        POINT,
        "Numbers of one kind over time, instead of `value`.",
    ),
    text(
        "unit",
        "What the number counts: `percent`, `people`, `USD`.",
    ),
    QUALIFIER,
    text("date", "When it was so (EDTF)."),
    text("population", "Of whom or what: \"registered voters\"."),
    text("sample", "How many were asked."),
    text("margin", "The margin of error, in the figure's unit."),
    text(
        "as_printed",
        "How the source words the number, word for word.",
    ),
    INFERRED,
    text("text", "Explanation, in Markdown."),
    text("chart", "How the figure is drawn.").one_of(CHARTS),
    text(
        "derive",
        "How the number is computed from other figures: `change(a, b)`, `share(a, b)`, `sum(a, b)`.",
    ),
    SOURCE,
    DOUBT,
    REVIEW,
    CONFIDENCE,
    NOTES,
];

/// An item of a figure's `series:`.
pub const POINT: &[Field] = &[
    text("date", "When it was so (EDTF).").required(),
    text("value", "The exact number, without separators.").required(),
    QUALIFIER,
    text(
        "as_printed",
        "How the source words the number, word for word.",
    ),
];

/// An item of `reactions:`.
pub const REACTION: &[Field] = &[
    ID,
    text("speaker", "The id of the person who said it.").required(),
    text(
        "quote",
        "The very words, without quotation marks around them.",
    ),
    text("text", "What was said, in your own words (Markdown)."),
    text("date", "When it was said (EDTF)."),
    DATE_AS_PRINTED,
    INFERRED,
    text(
        "venue",
        "Where or in what it was said: \"press conference\".",
    ),
    text("stance", "Where the speaker stands, in a word or two."),
    text(
        "language",
        "The language of the quotation (BCP 47), if it isn't the page's.",
    ),
    text("translation", "The quotation in the page's language."),
    SOURCE.required(),
    DOUBT,
    REVIEW,
    CONFIDENCE,
    NOTES,
];

/// An item of `people:`.
pub const PERSON: &[Field] = &[
    ID,
    text("name", "The full name.").required(),
    text("role", "What makes the person worth hearing."),
    text("organisation", "For whom the person speaks."),
    text("url", "A page about the person."),
    REVIEW,
    CONFIDENCE,
    NOTES,
];

/// An item of `terms:`.
pub const TERM: &[Field] = &[
    ID,
    text("term", "The word.").required(),
    text("definition", "What it means here, in Markdown.").required(),
    SOURCE,
    DOUBT,
    REVIEW,
    CONFIDENCE,
    NOTES,
];

/// An item of `sources:`.
pub const SOURCE_FIELDS: &[Field] = &[
    ID,
    text("title", "Its headline or title.").required(),
    text("publisher", "Who published it."),
    words("authors", "Who wrote it, in its own order."),
    text("url", "Its address."),
    text("archived", "The address of an archived copy."),
    text("published", "When it was published (EDTF)."),
    text("accessed", "The day on which it was read."),
    text("type", "What it is: \"news article\"."),
    text("rights", "Whose it is."),
    text(
        "language",
        "The language it is in (BCP 47), if it isn't the site's.",
    ),
    text(
        "text",
        "The path of a local copy of its text, which stays out of git.",
    ),
    NOTES,
];

/// An item of `unbound:`.
pub const UNBOUND: &[Field] = &[
    text("number", "The number as the prose has it: `12`, `4.5%`.").required(),
    text("reason", "Why it needs no record and no source.").required(),
];

/// An item of `corrections:`.
pub const CORRECTION: &[Field] = &[
    text("date", "The day on which it was put right.").required(),
    text("text", "What was wrong, and what is right (Markdown).").required(),
    text("record", "The record it concerns: `figure:arrests`."),
    NOTES,
];

/// An item of `source:`.
pub const SOURCE_REF: &[Field] = &[
    text("id", "The source's id.").required(),
    text("passage", "Words of the source that hold the record up."),
];

/// Every mapping of front matter, from the outside in.
pub const PAGE_GROUPS: &[Group] = &[
    Group {
        fields: FRONT_MATTER,
        name: "front matter",
    },
    Group {
        fields: EVENT,
        name: "an item of `events`",
    },
    Group {
        fields: FIGURE,
        name: "an item of `figures`",
    },
    Group {
        fields: REACTION,
        name: "an item of `reactions`",
    },
    Group {
        fields: PERSON,
        name: "an item of `people`",
    },
    Group {
        fields: TERM,
        name: "an item of `terms`",
    },
    Group {
        fields: SOURCE_FIELDS,
        name: "an item of `sources`",
    },
    Group {
        fields: CORRECTION,
        name: "an item of `corrections`",
    },
    Group {
        fields: UNBOUND,
        name: "an item of `unbound`",
    },
    Group {
        fields: POINT,
        name: "an item of `series`",
    },
    Group {
        fields: SOURCE_REF,
        name: "`source`",
    },
];
