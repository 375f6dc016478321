//! The shape of a language file, `languages/CODE.yaml`: its comments say what each table is for.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

/// Words, each in lower case.
pub type Words = HashSet<String>;

macro_rules! tables {
    ($($(#[doc = $doc:literal])* $name:ident { $($field:ident: $kind:ty,)+ })+) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, Default, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                $(
                    #[doc = concat!("`", stringify!($field), ":` of the file.")]
                    #[serde(default)]
                    pub $field: $kind,
                )+
            }
        )+
    };
}

tables! {
    /// A language file.
    Tables {
        name: String,
        code: String,
        numbers: Numbers,
        calendar: Calendar,
        dates: Vec<DateRule>,
        date_words: DateWords,
        quotes: QuoteWords,
        speech: Speech,
        clauses: Clauses,
        nouns: Nouns,
        figures: FigureWords,
        lines: Lines,
        pages: Pages,
        reasons: BTreeMap<String, String>,
        units: BTreeMap<String, Vec<String>>,
        per: Vec<String>,
        anybody: Vec<String>,
        when: When,
        sense: Sense,
        saying: Saying,
    }
    /// How numbers are written.
    Numbers {
        decimal: char,
        group: char,
        words: HashMap<String, u64>,
        scales: HashMap<String, u64>,
        short_scales: HashMap<String, u64>,
        connectors: Words,
        articles: Words,
        ordinals: HashMap<String, u8>,
        ordinal_suffixes: Words,
        fractions: HashMap<String, u8>,
        of: Words,
        out_of: Vec<String>,
        not_alone: Words,
        bare_scales: Words,
        rough: HashMap<String, u64>,
        halves: BTreeMap<String, String>,
        phrases: HashMap<String, u64>,
        vigesimal: bool,
        compounds: bool,
        ordinal_dots: bool,
    }
    /// Names of months, days and units.
    Calendar {
        capitalized: bool,
        months: Vec<Vec<String>>,
        weekdays: Vec<Vec<String>>,
        seasons: Vec<Vec<String>>,
        weekday_names: Words,
        ambiguous: Words,
        units: BTreeMap<TimeUnit, Vec<String>>,
    }
    /// Words around dates.
    DateWords {
        month_lead: Words,
        approximate: Words,
        approximate_phrases: Vec<String>,
        future: Words,
        future_phrases: Vec<String>,
        future_suffixes: Vec<String>,
        future_weak: Words,
        infinitive: Words,
        past: Words,
        past_suffixes: Vec<String>,
        generic_now: Words,
        day_parts: Words,
        day_ends: Words,
        counted: Words,
        clock: Words,
        clock_lead: Words,
    }
    /// Words around quotations.
    QuoteWords {
        elisions: Words,
        naming: Words,
    }
    /// Words that report speech.
    Speech {
        verbs: Words,
        nouns: Words,
        weak: Words,
        participles: Words,
        credits: Vec<String>,
        texts: Words,
        pronouns: HashMap<String, Gender>,
        phrases: Vec<String>,
        drops_subject: bool,
        auxiliaries: Words,
        adverb_suffixes: Vec<String>,
        relative: Words,
    }
    /// Words that link the clauses of a sentence.
    Clauses {
        complements: Words,
        same_time: Words,
        other_time: Words,
        subordinate: Vec<String>,
        clitics: Words,
        relatives: Words,
        coordinators: Words,
        attributing: Words,
        openers: Words,
        dropped: Words,
        undated: Words,
        comparisons: Words,
        announcing: Words,
        reporting: Words,
        past: Words,
        past_suffixes: Vec<String>,
        not_verbs: Words,
        infinite_suffixes: Vec<String>,
        participle_suffixes: Vec<String>,
        participles: Words,
        strong: Vec<Vec<String>>,
        passive: Words,
        perfect: Words,
        objective: Words,
        mutual: Words,
        opposites: Vec<[Vec<String>; 2]>,
        pronouns: HashMap<String, Gender>,
        possessives: HashMap<String, Gender>,
        verb_second: bool,
    }
    /// Words in and around names.
    Nouns {
        plural_endings: Vec<String>,
        adjectives_agree: bool,
        plurals: Words,
        person_endings: Vec<String>,
        common_endings: Vec<String>,
        common: Words,
        noun_endings: Vec<String>,
        articles: Words,
        persons: Words,
        personal: Words,
        are_capitalized: bool,
        determiners: Words,
        definite: Words,
        prepositions: Words,
        ties: Words,
        conjunctions: Words,
        verbs: Words,
        particles: Words,
        suffixes: Words,
        honorifics: HashMap<String, Gender>,
        postnominals: Words,
        roles: Words,
        gendered: HashMap<String, Gender>,
        bodies: Words,
        place_starts: Words,
        function_words: Words,
    }
    /// Words around figures.
    FigureWords {
        qualifiers: BTreeMap<String, Meanings>,
        after: BTreeMap<String, Meanings>,
        percent: Vec<String>,
        points: Vec<String>,
        currencies: HashMap<String, String>,
        currency_words: BTreeMap<String, String>,
        measures: BTreeMap<String, String>,
        numbered: Words,
        age: Words,
        age_after: Words,
        more: Words,
        series_from: Words,
        series_to: Words,
        beats: Words,
        apart: Words,
        rest: Words,
        whole: Words,
        versus: Words,
        by: Words,
        now: Words,
        superseded: Words,
        than: Words,
        change_by: Words,
        series_in: Words,
        polls: Words,
        margin: Vec<String>,
        sample: Words,
        population: Words,
        ages_of: Words,
    }
    /// Lines around an article that aren't part of its prose.
    Lines {
        published: Vec<String>,
        by: Words,
        footer: String,
        credits: Words,
        abbreviations: Words,
    }
    /// Titles of the drafted pages.
    Pages {
        timeline: String,
        figures: String,
        reactions: String,
        people: String,
        terms: String,
        questions: String,
        sources: String,
        accounts: String,
    }
    /// Words in dates as printed, each looked up on its own.
    When {
        passed_over: Words,
        since: Vec<String>,
        until: Vec<String>,
        between: Words,
        to: Vec<String>,
        and: Words,
        about: Vec<String>,
        early: Words,
        middle: Words,
        late: Words,
        last: Vec<String>,
        this: Vec<String>,
        next: Vec<String>,
        earlier: Vec<String>,
        later: Vec<String>,
        days: BTreeMap<String, i64>,
        ago: Words,
        offsets: Words,
        year_before: Vec<String>,
        day_before: Vec<String>,
        quarter: Words,
        ordinals: HashMap<String, i8>,
        zones: Words,
    }
    /// Words that change the meaning of a sentence.
    Sense {
        negations: Words,
        paired: Words,
        negation_suffixes: Vec<String>,
        only: Words,
        reversers: Words,
        contrasts: Vec<String>,
        conditions: Vec<String>,
        modals: Vec<String>,
        hedges: Vec<String>,
        certain: Vec<String>,
        quantifiers: Vec<String>,
        relatives: Words,
        opposites: Vec<Vec<String>>,
        inflections: Words,
        falls: Words,
        rises: Words,
        guesses: Words,
        compared: Words,
        questions: Words,
        doubts: Words,
        beliefs: Words,
        first_person: Words,
        relatives_have_comma: bool,
    }
    /// Words with which a source says who speaks and who doesn't.
    Saying {
        inverting: Words,
        plain: Words,
        denying: Words,
        calling: Words,
        untrue: Vec<String>,
        indefinite: Words,
        mouthpieces: Words,
        texts: Words,
        relations: Words,
        prepositions: Words,
        pronouns: Words,
        according: Vec<String>,
        adverbs: Words,
        titles: Words,
        bodies: Words,
        no_names: Words,
        marks: Vec<String>,
    }
}

/// What a hedge means, as names of qualifiers; the first is what a drafter writes. `none` means no qualifier.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Meanings {
    /// One.
    One(String),
    /// Any of several.
    Several(Vec<String>),
}

impl Meanings {
    /// Their names.
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// A unit of time that dates are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeUnit {
    /// An hour or a minute.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
}

/// Whom a pronoun or a role can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// A man.
    Male,
    /// A woman.
    Female,
    /// Anybody.
    Any,
}

impl Gender {
    /// Whether both can mean the same person.
    pub fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }
}

/// One line of `dates:`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// The template: `{month} {day}`.
    pub say: String,
    /// What it means.
    #[serde(default)]
    pub mean: Meaning,
    /// How many units away.
    #[serde(default)]
    pub n: i64,
}

/// How to read the words of a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The captured month, day, year or season.
    #[default]
    Calendar,
    /// A month that is a date only after certain words.
    BareMonth,
    /// The month `n` occurrences from now.
    Month,
    /// The captured month, and the day in it, of the year `n` years from now.
    MonthOfYear,
    /// The captured month of the year of the previous date.
    MonthOfSameYear,
    /// The nearest day of a month that falls on the captured weekday.
    DayOnWeekday,
    /// The season `n` occurrences from now.
    Season,
    /// The weekday: the nearest (0), the last (-1) or the next (1).
    Weekday,
    /// The weekday before the previous date or, without one, before the day of publication.
    WeekdayBefore,
    /// The day of publication, or simply "these days".
    Today,
    /// `n` days from publication.
    Days,
    /// The week, weekend, month or year `n` units from now.
    Period,
    /// The captured number of units ago (-1) or ahead (1).
    Ago,
    /// A period up to now, without a start.
    UntilNow,
    /// A date that can't be worked out; its number still isn't a figure.
    Vague,
    /// Counted from the previous date.
    Anchored,
    /// The day in question: `the first game of the day`.
    SameDay,
    /// The captured day of an event, or its day `n`.
    EventDay,
    /// A century.
    Century,
}
