//! Numbers in words: `eighty-eight`, `dos mil quinientos`, `dreihundertzwölf`, `quatre-vingt-dix`.

use rust_decimal::Decimal;

use super::language::Language;
use super::number::{Form, Number, Words, is_dash, scale_up};

/// The number whose words begin at an index.
pub(crate) fn read<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<Number> {
    let numbers = &language.tables.numbers;
    let first = words.key(at)?;
    let mut sum = Sum::new(language);
    let mut index = at;
    if numbers.articles.contains(first) {
        // `a hundred`, `a million`: an article alone isn't a number, though `un` may be one.
        let is_scale =
            |key: &str| numbers.scales.contains_key(key) || numbers.rough.contains_key(key);
        if words.key(at + 1).is_some_and(is_scale) {
            sum.current = 1;
            sum.has_article = true;
            index += 1;
        } else if !numbers.words.contains_key(first) {
            return None;
        }
    }
    let mut end = None;
    while let Some(word) = next(language, words, index, end.is_some()) {
        let taken = match &word.atoms {
            Atoms::One(atom) => sum.add(*atom),
            Atoms::Several(atoms) => atoms.iter().all(|atom| sum.add(*atom)),
        };
        if !taken {
            break;
        }
        index = word.end;
        end = Some(word.end);
    }
    let (value, unit) = sum.finish()?;
    let mut number = Number {
        value,
        end: end?,
        form: Form::Words,
        is_scaled: sum.is_scaled,
        is_rough: sum.is_rough,
    };
    scale_up(language, words, &mut number, unit)?;
    Some(number)
}

/// What a word contributes to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    Word(u64),
    Scale(u64),
    Rough(u64),
    /// `einhalb` after another.
    Half,
}

enum Atoms {
    One(Atom),
    Several(Vec<Atom>),
}

struct NumberWord {
    atoms: Atoms,
    end: usize,
}

/// The next word of a number, after a hyphen or an `and` if there was one.
fn next<W: Words + ?Sized>(
    language: &Language,
    words: &W,
    at: usize,
    has_begun: bool,
) -> Option<NumberWord> {
    if !has_begun {
        return word_at(language, words, at);
    }
    let key = words.key(at)?;
    if is_dash(key) && words.is_glued(at) && words.is_glued(at + 1) {
        return word_at(language, words, at + 1);
    }
    if language.tables.numbers.connectors.contains(key) {
        // `two hundred and six`, but not `two and a million`.
        return word_at(language, words, at + 1)
            .filter(|word| matches!(word.atoms, Atoms::One(Atom::Word(value)) if value > 0));
    }
    word_at(language, words, at)
}

fn word_at<W: Words + ?Sized>(language: &Language, words: &W, at: usize) -> Option<NumberWord> {
    let numbers = &language.tables.numbers;
    let key = words.key(at)?;
    let one = |atom: Atom, end: usize| NumberWord {
        atoms: Atoms::One(atom),
        end,
    };
    if let Some((length, value)) = language
        .number_phrases
        .find(key, |offset| words.key(at + offset))
    {
        return Some(one(Atom::Word(*value), at + length));
    }
    if let Some(value) = numbers.words.get(key) {
        return Some(one(Atom::Word(*value), at + 1));
    }
    if let Some(scale) = numbers.scales.get(key) {
        let is_short = words.key(at + 1) == Some(".")
            && words.is_glued(at + 1)
            && language.tables.lines.abbreviations.contains(key);
        return Some(one(Atom::Scale(*scale), at + 1 + usize::from(is_short)));
    }
    if let Some(scale) = numbers.rough.get(key) {
        return Some(one(Atom::Rough(*scale), at + 1));
    }
    let atoms = numbers
        .compounds
        .then(|| compound(language, key))
        .flatten()?;
    Some(NumberWord {
        atoms: Atoms::Several(atoms),
        end: at + 1,
    })
}

/// The parts of a word such as `dreihundertzwölf`; `None` if it isn't made up of number words alone.
fn compound(language: &Language, key: &str) -> Option<Vec<Atom>> {
    if key == "anderthalb" {
        return Some(vec![Atom::Word(1), Atom::Half]);
    }
    if let Some(whole) = key.strip_suffix("einhalb") {
        let mut atoms = parts(language, whole, true)?;
        if atoms.is_empty() {
            return None;
        }
        atoms.push(Atom::Half);
        return Some(atoms);
    }
    parts(language, key, true).filter(|atoms| atoms.len() > 1 || key.contains("und"))
}

fn parts(language: &Language, rest: &str, is_first: bool) -> Option<Vec<Atom>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let numbers = &language.tables.numbers;
    let rest = match rest.strip_prefix("und") {
        Some(behind) if !is_first => behind,
        Some(_) | None => rest,
    };
    for (word, value) in &language.number_stems {
        let Some(behind) = rest.strip_prefix(word.as_str()) else {
            continue;
        };
        // `einundzwanzig`: the unit comes before the ten.
        if *value < 10
            && let Some(ten) = behind.strip_prefix("und")
        {
            let tens = language
                .number_stems
                .iter()
                .filter(|(_, ten)| (20..100).contains(ten));
            for (word, ten_value) in tens {
                if let Some(behind) = ten.strip_prefix(word.as_str())
                    && let Some(mut atoms) = parts(language, behind, false)
                {
                    atoms.insert(0, Atom::Word(value + ten_value));
                    return Some(atoms);
                }
            }
        }
        if let Some(mut atoms) = parts(language, behind, false) {
            atoms.insert(0, Atom::Word(*value));
            return Some(atoms);
        }
    }
    ["hundert", "tausend"].into_iter().find_map(|word| {
        let scale = numbers.scales.get(word)?;
        let mut atoms = parts(language, rest.strip_prefix(word)?, false)?;
        atoms.insert(0, Atom::Scale(*scale));
        Some(atoms)
    })
}

/// A number, summed up word by word.
struct Sum<'l> {
    language: &'l Language,
    /// Groups closed by a scale, with that scale; the scales descend.
    groups: Vec<(u64, u64)>,
    current: u64,
    /// The next word has to be less than this: only units after `eighty`, nothing after `eight`.
    least: u64,
    has_begun: bool,
    has_article: bool,
    has_half: bool,
    is_scaled: bool,
    is_rough: bool,
}

impl<'l> Sum<'l> {
    fn new(language: &'l Language) -> Self {
        Self {
            language,
            groups: Vec::new(),
            current: 0,
            least: u64::MAX,
            has_begun: false,
            has_article: false,
            has_half: false,
            is_scaled: false,
            is_rough: false,
        }
    }

    /// Adds a word; `false` if it doesn't continue the number.
    fn add(&mut self, atom: Atom) -> bool {
        let is_taken = !self.has_half
            && match atom {
                Atom::Word(value) => self.word(value),
                Atom::Scale(scale) => self.scale(scale),
                Atom::Rough(scale) => {
                    self.is_rough = true;
                    self.scale(scale)
                }
                Atom::Half => {
                    self.has_half = true;
                    self.has_begun
                }
            };
        self.has_begun |= is_taken;
        is_taken
    }

    fn word(&mut self, value: u64) -> bool {
        let is_vigesimal = self.language.tables.numbers.vigesimal;
        if self.has_begun && (value >= self.least || value == 0) {
            return false;
        }
        let Some(current) = self.current.checked_add(value) else {
            return false;
        };
        self.current = current;
        self.least = match value {
            0..20 => 0,
            60 | 80 if is_vigesimal => 20,
            20..100 => 10,
            _ => 100,
        };
        true
    }

    fn scale(&mut self, scale: u64) -> bool {
        let numbers = &self.language.tables.numbers;
        let may_begin = self.has_begun
            || self.has_article
            || self.is_rough
            || numbers
                .bare_scales
                .iter()
                .any(|word| numbers.scales.get(word) == Some(&scale));
        if !may_begin {
            return false;
        }
        self.has_article = false;
        if scale < 1000 {
            let Some(current) = self.current.max(1).checked_mul(scale) else {
                return false;
            };
            self.current = current;
        } else {
            let mut own = self.current;
            while let Some((_, value)) = self.groups.pop_if(|(smaller, _)| *smaller < scale) {
                own = own.saturating_add(value);
            }
            let is_repeated = self.groups.last().is_some_and(|(last, _)| *last == scale);
            let Some(value) = own.max(1).checked_mul(scale).filter(|_| !is_repeated) else {
                return false;
            };
            self.groups.push((scale, value));
            self.current = 0;
        }
        self.least = scale;
        self.is_scaled = true;
        true
    }

    /// The value, and the scale that it ends with.
    fn finish(&self) -> Option<(Decimal, Decimal)> {
        if !self.has_begun {
            return None;
        }
        let sum = self
            .groups
            .iter()
            .try_fold(self.current, |sum, (_, value)| sum.checked_add(*value))?;
        let ends_with = match self.groups.last() {
            Some((scale, _)) if self.current == 0 => *scale,
            Some(_) | None => 1,
        };
        let half = if self.has_half {
            Decimal::new(5, 1)
        } else {
            Decimal::ZERO
        };
        Some((Decimal::from(sum) + half, Decimal::from(ends_with)))
    }
}
