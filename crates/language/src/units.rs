//! What a number is counted in: `percent`, `25 years`, `£ a day`, `per 100,000`.

use std::borrow::Cow;

use super::language::Language;
use super::sense::lower;
use super::tokens::{Token, TokenKind};

/// A unit, with a name that is the same in all languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `percent`, `year`, `kg`: a unit that language files list.
    Known(String),
    /// A currency, by its code.
    Currency(String),
    /// Anything else that is counted: its words, in lower case.
    Counted(Vec<String>),
}

/// A unit as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedUnit {
    /// The unit.
    pub unit: Unit,
    /// What it is divided by, if the words say so: `day` of `£ a day`, `100000` of `per 100,000`.
    pub per: Option<String>,
    /// Its words as printed.
    pub words: String,
}

/// Words as keys for looking up phrases.
struct Keys<'t>(Vec<Cow<'t, str>>);

impl Keys<'_> {
    fn get(&self, at: usize) -> Option<&str> {
        self.0.get(at).map(|key| &**key)
    }
}

impl Language {
    /// The unit after a number that ends before a token; `None` if nothing is counted there.
    pub fn unit_behind(&self, tokens: &[Token], end: usize) -> Option<PrintedUnit> {
        /// A word more than this far after a number isn't its unit: `12 of the 40 newly elected members of parliament`
        /// is about the longest.
        const REACH: usize = 10;
        let near = tokens.get(end..tokens.len().min(end + REACH))?;
        let keys = Keys(near.iter().map(|token| lower(&token.text)).collect());
        let mut at = 0;
        let is_tie = |key: &str| {
            key == "-"
                || self.tables.numbers.of.contains(key)
                || self.tables.numbers.articles.contains(key)
        };
        // `a 55-percent share`, `millones de euros`, `half an hour`.
        if keys
            .get(at)
            .is_some_and(|key| is_tie(key) && self.tie_leads_on(&keys, at))
        {
            at += 1;
        }
        let (unit, length) = self
            .known_unit(&keys, at)
            .or_else(|| counted(self, near, &keys, at))
            .or_else(|| {
                let per = self.per(&keys, at)?.0;
                Some((Unit::Counted(Vec::new()), usize::from(per.is_empty())))
            })?;
        let per = self.per(&keys, at + length);
        let all = at + length + per.as_ref().map_or(0, |(_, length)| *length);
        let words: Vec<&str> = near[at..all.min(near.len())]
            .iter()
            .map(|token| &*token.text)
            .collect();
        Some(PrintedUnit {
            unit,
            per: per.map(|(name, _)| name),
            words: words.join(" "),
        })
    }

    /// What a number that ends before a token is divided by: `month` of `$12 a month`.
    pub fn per_behind(&self, tokens: &[Token], end: usize) -> Option<String> {
        let near = tokens.get(end..tokens.len().min(end + 4))?;
        let keys = Keys(near.iter().map(|token| lower(&token.text)).collect());
        self.per(&keys, 0).map(|(name, _)| name)
    }

    /// The currency written before a number that begins at a token: `$`, `C$`, `US $`, `EUR`.
    pub fn unit_before(&self, tokens: &[Token], start: usize) -> Option<PrintedUnit> {
        let (code, length) = self.currency_before(tokens, start)?;
        let words: Vec<&str> = tokens[start - length..start]
            .iter()
            .map(|token| &*token.text)
            .collect();
        Some(PrintedUnit {
            unit: Unit::Currency(code),
            per: None,
            words: words.concat(),
        })
    }

    fn currency_before(&self, tokens: &[Token], start: usize) -> Option<(String, usize)> {
        let currencies = &self.tables.figures.currencies;
        let sign = tokens.get(start.checked_sub(1)?)?;
        if let Some(country) = start.checked_sub(2).and_then(|at| tokens.get(at))
            && country.is_word()
            && may_be_country(country, sign)
            && let Some(code) = currencies.get(&format!("{}{}", lower(&country.text), sign.text))
        {
            return Some((code.clone(), 2));
        }
        let key = lower(&sign.text);
        let code = currencies.get(&*key).or_else(|| {
            let known = sign_of(&key)?;
            Some(known)
        });
        code.map(|code| (code.clone(), 1))
    }

    /// Parses the unit in a record: `percent`, `billion USD`, `euros a day`, `people`. `None` for a bare count.
    pub fn unit_named(&self, unit: &str) -> Option<PrintedUnit> {
        let (tokens, _) = super::tokens::tokenise(&super::normalise::normalised_chars(unit));
        let keys = Keys(tokens.iter().map(|token| lower(&token.text)).collect());
        let mut at = 0;
        while keys.get(at).is_some_and(|key| self.scale_of(key).is_some()) {
            at += 1;
        }
        if at >= tokens.len() {
            return None;
        }
        // The unit may follow what it measures: `annual percent`.
        let found = (at..tokens.len()).find_map(|at| {
            self.known_unit(&keys, at)
                .filter(|(_, length)| {
                    at == 0 || at + length == tokens.len() || self.per(&keys, at + length).is_some()
                })
                .map(|(unit, length)| (at, unit, length))
        });
        let (at, unit, length) = match found {
            Some(found) => found,
            None => {
                let (unit, length) =
                    counted(self, &tokens, &keys, at).unwrap_or((Unit::Counted(Vec::new()), 0));
                (at, unit, length)
            }
        };
        let per = (at + length..tokens.len()).find_map(|at| self.per(&keys, at));
        Some(PrintedUnit {
            unit,
            per: per.map(|(name, _)| name),
            words: unit_words(&tokens),
        })
    }

    /// Whether a unit continues after a hyphen, an `of` or an article.
    fn tie_leads_on(&self, keys: &Keys<'_>, at: usize) -> bool {
        keys.get(at) == Some("-") || self.known_unit(keys, at + 1).is_some()
    }

    fn known_unit(&self, keys: &Keys<'_>, at: usize) -> Option<(Unit, usize)> {
        let first = keys.get(at)?;
        let word = |offset: usize| keys.get(at + offset);
        if let Some((length, code)) = self.currency_words.find(first, word) {
            return Some((Unit::Currency(code.clone()), length));
        }
        // `US dollars`, `Canadian dollars`.
        if let Some(code) = country_currency(first, keys.get(at + 1)) {
            return Some((Unit::Currency(code.to_owned()), 2));
        }
        if let Some((length, name)) = self.unit_names.find(first, word) {
            return Some((Unit::Known(name.clone()), length));
        }
        let code = self
            .tables
            .figures
            .currencies
            .get(first)
            .or_else(|| sign_of(first))?;
        Some((Unit::Currency(code.clone()), 1))
    }

    /// `an hour`, `per 100,000`, `pro Tag`: the divisor, and its length in words.
    fn per(&self, keys: &Keys<'_>, at: usize) -> Option<(String, usize)> {
        let first = keys.get(at)?;
        if first == "/" {
            let name = self.per_name(keys, at + 1)?;
            return Some((name, 2));
        }
        let (length, ()) = self.per.find(first, |offset| keys.get(at + offset))?;
        let name = self.per_name(keys, at + length)?;
        Some((name, length + 1))
    }

    fn per_name(&self, keys: &Keys<'_>, at: usize) -> Option<String> {
        let key = keys.get(at)?;
        if let Some((_, name)) = self.unit_names.find(key, |offset| keys.get(at + offset)) {
            return Some(name.clone());
        }
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            let number = super::number::separated(self, key)?;
            return Some(number.normalize().to_string());
        }
        matches!(
            key,
            "capita"
                | "head"
                | "person"
                | "household"
                | "persona"
                | "habitante"
                | "kopf"
                | "person."
                | "einwohner"
                | "personne"
                | "habitant"
        )
        .then(|| "person".to_owned())
    }
}

fn unit_words(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| &*token.text).collect();
    words.join(" ")
}

/// Letters of a country come directly before the sign, in capitals: `A$5`, but `a $3 billion loan`; `US $5` is printed,
/// too.
fn may_be_country(country: &Token, sign: &Token) -> bool {
    let is_capital = country.text.chars().all(|c| c.is_uppercase() || c == '.');
    is_capital && (sign.is_glued || country.text.chars().count() > 1)
}

/// `us dollars`, `canadian dollars`.
fn country_currency(first: &str, second: Option<&str>) -> Option<&'static str> {
    if !matches!(second?, "dollars" | "dollar") {
        return None;
    }
    Some(match first {
        "us" | "u.s" | "american" => "USD",
        "canadian" => "CAD",
        "australian" => "AUD",
        "zealand" => "NZD",
        _ => return None,
    })
}

/// Signs that mean the same in every language.
fn sign_of(key: &str) -> Option<&'static String> {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static SIGNS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        [
            ("$", "USD"),
            ("€", "EUR"),
            ("£", "GBP"),
            ("¥", "JPY"),
            ("₹", "INR"),
            ("₩", "KRW"),
            ("₽", "RUB"),
            ("₺", "TRY"),
            ("₴", "UAH"),
            ("₪", "ILS"),
            ("₦", "NGN"),
            ("₱", "PHP"),
            ("฿", "THB"),
            ("usd", "USD"),
            ("eur", "EUR"),
            ("gbp", "GBP"),
            ("chf", "CHF"),
            ("jpy", "JPY"),
            ("cny", "CNY"),
            ("cad", "CAD"),
            ("aud", "AUD"),
            ("nzd", "NZD"),
            ("inr", "INR"),
            ("rmb", "CNY"),
            ("mxn", "MXN"),
            ("brl", "BRL"),
        ]
        .map(|(sign, code)| (sign, code.to_owned()))
        .into()
    });
    SIGNS.get(key)
}

/// The noun after a number, with the words before it: `Muslim pilgrims`.
fn counted(
    language: &Language,
    tokens: &[Token],
    keys: &Keys<'_>,
    at: usize,
) -> Option<(Unit, usize)> {
    let nouns = &language.tables.nouns;
    let ends = |index: usize| {
        let Some(token) = tokens.get(index) else {
            return true;
        };
        let key = keys.get(index).unwrap_or_default();
        token.kind != TokenKind::Word
            || nouns.prepositions.contains(key)
            || nouns.conjunctions.contains(key)
            || nouns.verbs.contains(key)
            || language.tables.date_words.past.contains(key)
            || language.is_speech_verb(key)
    };
    let length = (0..4).take_while(|step| !ends(at + step)).count();
    let words: Vec<String> = (at..at + length)
        .filter_map(|at| keys.get(at))
        .map(str::to_owned)
        .collect();
    (!words.is_empty()).then_some((Unit::Counted(words), length))
}
