//! Whose number is whose in a sentence with several: of two that compete, `Halden beat Morrow by 61 percent to 39`; on two
//! sides of a `while`; of a part and its whole; of what was said before and what is said now.

use std::ops::Range;

use crate::forms::are_forms;
use crate::sentence::{FoundDate, Sentence};

/// So many words before a number may be the verb that it is the object of: `will cut about`.
const DEED: usize = 3;

/// Whether two words begin alike, as forms of one verb do: `suprimirá`, `suprimen`.
fn are_alike(one: &str, other: &str) -> bool {
    /// So many letters are a stem.
    const STEM: usize = 4;
    let n_same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    are_forms(one, other) || n_same >= STEM
}

/// One that beats another in a sentence with two numbers. The winner's is the larger one.
pub(crate) struct Contest<'s> {
    winner: &'s str,
    loser: &'s str,
    /// The indices of their numbers.
    winning: usize,
    losing: usize,
}

impl Contest<'_> {
    /// The name in a title whose number is another than this; `None` if the title has both names, or none.
    pub(crate) fn of_another(&self, index: usize, title: &[String]) -> Option<&str> {
        match (has_name(title, self.winner), has_name(title, self.loser)) {
            (true, false) if index == self.losing => Some(self.winner),
            (false, true) if index == self.winning => Some(self.loser),
            _ => None,
        }
    }

    /// Whether a number is certainly that of the one whom a title names.
    pub(crate) fn is_of(&self, index: usize, title: &[String]) -> bool {
        match (has_name(title, self.winner), has_name(title, self.loser)) {
            (true, false) => index == self.winning,
            (false, true) => index == self.losing,
            _ => false,
        }
    }
}

/// Whether a title has a word of a name.
fn has_name(title: &[String], name: &str) -> bool {
    let mut words = name.split_whitespace().map(str::to_lowercase);
    words.any(|word| title.contains(&word))
}

impl Sentence<'_> {
    /// Who beats whom, and by how much; `None` if the sentence says no such thing, or more.
    pub(crate) fn contest(&self) -> Option<Contest<'_>> {
        let beats = &self.language.tables.figures.beats;
        let verb = (0..self.tokens.len()).find(|at| beats.contains(self.key(*at)))?;
        let [first, second] = &*self.amounts else {
            return None;
        };
        let names = self.names();
        let before = names.iter().rfind(|name| name.end <= verb);
        let mut behind = names.iter().filter(|name| name.start > verb);
        let (winner, loser) = match (before, behind.next(), behind.next()) {
            // `Mit 61 Prozent besiegte Halden die Amtsinhaberin Morrow`
            (None, Some(winner), Some(loser)) => (winner.clone(), loser.clone()),
            // `Mit 61 Prozent schlug Lena Moos Karl Weiß`
            (None, Some(both), None) if both.len() % 2 == 0 => {
                let middle = both.start.midpoint(both.end);
                (both.start..middle, middle..both.end)
            }
            (Some(winner), Some(loser), _) => (winner.clone(), loser.clone()),
            _ => return None,
        };
        let (winning, losing) = match first.value > second.value {
            true => (0, 1),
            false => (1, 0),
        };
        Some(Contest {
            winner: self.text(&winner),
            loser: self.text(&loser),
            winning,
            losing,
        })
    }

    /// The year of which a clause with a number tells: `since 1988, when 38 percent voted`.
    pub(crate) fn date_told_by(&self, index: usize) -> Option<&FoundDate> {
        let own = self.amounts[index].tokens.start;
        let same_time = &self.language.tables.clauses.same_time;
        let opens = |at: &usize| same_time.iter().any(|word| word == self.key(*at));
        let opening = (0..own).rev().find(opens)?;
        let is_comma = self.tokens.get(opening.checked_sub(1)?)?.is_sign(",");
        let has_other = self
            .amounts
            .iter()
            .any(|one| opening < one.tokens.start && one.tokens.end <= own);
        let is_close = self.part(own) <= self.part(opening) + 1;
        let mut dates = self.dates.iter();
        let date = dates.find(|date| date.tokens.end + 1 == opening)?;
        (is_comma && !has_other && is_close && date.has_year).then_some(date)
    }

    /// Whether a number is somebody's age: `Jens Toft, 58, said`.
    pub(crate) fn is_age(&self, index: usize) -> bool {
        let tokens = &self.amounts[index].tokens;
        let is_comma = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_sign(","));
        let Some(name) = tokens.start.checked_sub(2) else {
            return false;
        };
        let is_alone = tokens.len() == 1 && is_comma(tokens.start - 1) && is_comma(tokens.end);
        is_alone && self.language.is_name_word(&self.tokens[name].text)
    }

    /// The word of a title that is on the other side of `while` than a number, if no word of it is on the number's own side:
    /// `wheat rose 4 percent, while corn fell 7 percent`.
    pub(crate) fn across(&self, index: usize, title: &[String]) -> Option<&str> {
        let apart = &self.language.tables.figures.apart;
        let mut words = 0..self.tokens.len();
        let turn = words.find(|at| *at > 0 && apart.contains(self.key(*at)))?;
        let (before, behind) = (0..turn, turn + 1..self.tokens.len());
        let number = self.amounts[index].tokens.start;
        let (own, other) = match number < turn {
            true => (before, behind),
            false => (behind, before),
        };
        // That something rose or fell is said on both sides.
        let sense = &self.language.tables.sense;
        let moves =
            |at: usize| sense.rises.contains(self.key(at)) || sense.falls.contains(self.key(at));
        let is_said = |at: &usize| self.is_in(title, *at) && !moves(*at);
        let is_on = |side: &Range<usize>, word: usize| {
            side.clone()
                .any(|at| are_forms(self.key(word), self.key(at)))
        };
        // Each side has numbers of its own.
        let is_rival = self
            .amounts
            .iter()
            .any(|one| other.contains(&one.tokens.start));
        let is_own = |at: usize| is_said(&at) && !is_on(&other, at);
        if !is_rival || own.clone().any(is_own) {
            return None;
        }
        let is_theirs = |at: &usize| is_said(at) && !is_on(&own, *at);
        let at = other.clone().find(is_theirs)?;
        Some(self.word(at))
    }

    /// Why a number is another than a title is about.
    pub(crate) fn beside_the_point(
        &self,
        index: usize,
        title: &[String],
        written: &str,
    ) -> Option<String> {
        if let Some(word) = self.taken_over(index) {
            return Some(format!("the source says `{word}` of this number"));
        }
        if let Some(part) = self.is_whole_of(index, title) {
            return Some(format!(
                "the source says it of `{part}`, and this is the whole"
            ));
        }
        if self.is_of_other_side(index, written) {
            return Some("the source has it as the number of the other side".to_owned());
        }
        let is_then = self.is_of_then(index, title);
        is_then.then(|| "the source says it of another time".to_owned())
    }

    /// The word that says another number came in the place of this: `earlier reports spoke of 25`.
    fn taken_over(&self, index: usize) -> Option<&str> {
        let start = self.amounts[index].tokens.start;
        let part = self.part(start);
        let superseded = &self.language.tables.figures.superseded;
        let mut before = self.part_tokens(part).take_while(|at| *at < start);
        let at = before.find(|at| part > 0 && superseded.contains(self.key(*at)))?;
        Some(self.word(at))
    }

    /// The part that something is done to, if the number is the whole: `will cut 1,200 of its 9,000 jobs`.
    fn is_whole_of(&self, index: usize, title: &[String]) -> Option<&str> {
        let before = &self.amounts.get(index.checked_sub(1)?)?.tokens;
        let is_done = |at: usize| {
            self.tokens[at].is_word() && title.iter().any(|word| are_alike(word, self.key(at)))
        };
        let mut deed = before.start.saturating_sub(DEED)..before.start;
        let is_whole = self.is_of_whole(before.end..self.amounts[index].tokens.start);
        (is_whole && deed.any(is_done)).then(|| self.text(before))
    }

    /// Whether a number is that of those who lost a vote, and a title doesn't speak of them: `by 88 votes to 71`.
    fn is_of_other_side(&self, index: usize, written: &str) -> bool {
        /// So many words may be between the two numbers: `88 votes to`.
        const NEAR: usize = 3;
        /// Shorter words are in many others.
        const SHORTEST: usize = 4;
        let Some(before) = index
            .checked_sub(1)
            .and_then(|index| self.amounts.get(index))
        else {
            return false;
        };
        let (before, start) = (&before.tokens, self.amounts[index].tokens.start);
        let figures = &self.language.tables.figures;
        let follows = |at: usize| at.checked_sub(1).map_or("", |before| self.key(before));
        let is_vote = figures.by.contains(follows(before.start))
            && figures.versus.contains(follows(start))
            && (before.end..start).len() <= NEAR;
        // `fell by 12 percent to 40`
        let sense = &self.language.tables.sense;
        let moves =
            |at: usize| sense.rises.contains(self.key(at)) || sense.falls.contains(self.key(at));
        // `Gegenstimmen`
        let tells_side = |word: &str| {
            let is_long = |versus: &&String| versus.chars().count() >= SHORTEST;
            let mut versus = figures.versus.iter().filter(is_long);
            versus.any(|versus| word.contains(versus.as_str())) || self.language.is_negation(word)
        };
        let written = written.to_lowercase();
        is_vote
            && !written.is_empty()
            && !(0..before.start).any(moves)
            && !written.split_whitespace().any(tells_side)
    }

    /// Whether a number was so at another time, and a title speaks of today: `now 1,840, up from a year ago, when it was
    /// 1,640`.
    fn is_of_then(&self, index: usize, title: &[String]) -> bool {
        let start = self.amounts[index].tokens.start;
        let same_time = &self.language.tables.clauses.same_time;
        let now = &self.language.tables.figures.now;
        let mut before = self
            .part_tokens(self.part(start))
            .take_while(|at| *at < start);
        title.iter().any(|word| now.contains(word))
            && before.any(|at| same_time.iter().any(|word| word == self.key(at)))
    }

    /// Whether a title has a form of a word.
    pub(crate) fn is_in(&self, title: &[String], at: usize) -> bool {
        self.tokens[at].is_word() && title.iter().any(|word| are_forms(word, self.key(at)))
    }

    /// The words of each name. What is counted is none.
    fn names(&self) -> Vec<Range<usize>> {
        let is_counted = |at: usize| {
            let is_behind_amount = |amount: usize| self.unit_tokens(amount).contains(&at);
            (0..self.amounts.len()).any(is_behind_amount)
        };
        let is_name =
            |at: &usize| self.language.is_name_word(&self.tokens[*at].text) && !is_counted(*at);
        let mut names: Vec<Range<usize>> = Vec::new();
        for at in (0..self.tokens.len()).filter(is_name) {
            match names.last_mut() {
                Some(name) if name.end == at => name.end += 1,
                _ => names.push(at..at + 1),
            }
        }
        names
    }
}
