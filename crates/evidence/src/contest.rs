//! Whose number is whose: of two that compete, `Halden beat Morrow by 61 percent to 39`, or on two sides of a `while`.

use std::ops::Range;

use super::forms::are_forms;
use super::sentence::{FoundDate, Sentence};

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
pub(super) struct Contest<'s> {
    winner: &'s str,
    loser: &'s str,
    /// The indices of their numbers.
    winning: usize,
    losing: usize,
}

impl Contest<'_> {
    /// The name in a title whose number is another than this; `None` if the title has both names, or none.
    pub(super) fn of_another(&self, index: usize, title: &[String]) -> Option<&str> {
        match (has_name(title, self.winner), has_name(title, self.loser)) {
            (true, false) if index == self.losing => Some(self.winner),
            (false, true) if index == self.winning => Some(self.loser),
            _ => None,
        }
    }

    /// Whether a number is certainly that of the one whom a title names.
    pub(super) fn is_of(&self, index: usize, title: &[String]) -> bool {
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
    pub(super) fn contest(&self) -> Option<Contest<'_>> {
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
    pub(super) fn date_told_by(&self, index: usize) -> Option<&FoundDate> {
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
    pub(super) fn is_age(&self, index: usize) -> bool {
        let tokens = &self.amounts[index].tokens;
        let is_comma = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_sign(","));
        let Some(name) = tokens.start.checked_sub(2) else {
            return false;
        };
        let is_alone = tokens.len() == 1 && is_comma(tokens.start - 1) && is_comma(tokens.end);
        is_alone && self.language.is_name_word(&self.tokens[name].text)
    }

    /// The word of a title that is another number's alone: of `31 have been rebuilt, 12 are under construction`, only the
    /// first are rebuilt.
    pub(super) fn is_done_to_another(&self, index: usize, title: &[String]) -> Option<&str> {
        let own = self.amounts[index].tokens.start;
        let part = self.part_tokens(self.part(own));
        let is_said = |at: usize| {
            self.tokens[at].is_word() && title.iter().any(|word| are_forms(word, self.key(at)))
        };
        let nouns = &self.language.tables.nouns;
        let of = &self.language.tables.numbers.of;
        let first = part.clone().find(|at| self.tokens[*at].is_word())?;
        let is_whole = of.contains(self.key(first)) || nouns.prepositions.contains(self.key(first));
        let has_verb = part.clone().any(|at| nouns.verbs.contains(self.key(at)));
        let rivals = (0..self.amounts.len()).filter(|other| *other != index);
        let at = rivals.into_iter().find_map(|other| {
            let rival = &self.amounts[other].tokens;
            let theirs = self.part_tokens(self.part(rival.start));
            let is_told_apart = if index < other { is_whole } else { has_verb };
            // `31 have been rebuilt`
            let verb = (rival.end..theirs.end).find(|at| nouns.verbs.contains(self.key(*at)))?;
            let mut done = (verb + 1..theirs.end).filter(|at| is_said(*at));
            done.find(|_| is_told_apart && theirs != part)
        })?;
        let word = self.key(at);
        if part.clone().any(|at| self.key(at) == word) {
            return None;
        }
        Some(self.text(&(at..at + 1)))
    }

    /// The word of a title that is on the other side of `while` than a number, if no word of it is on the number's own side:
    /// `wheat rose 4 percent, while corn fell 7 percent`.
    pub(super) fn across(&self, index: usize, title: &[String]) -> Option<&str> {
        let apart = &self.language.tables.figures.apart;
        let mut words = 0..self.tokens.len();
        let turn = words.find(|at| *at > 0 && apart.contains(self.key(*at)))?;
        let (before, behind) = (0..turn, turn + 1..self.tokens.len());
        let number = self.amounts[index].tokens.start;
        let (own, other) = match number < turn {
            true => (before, behind),
            false => (behind, before),
        };
        let is_said = |at: &usize| {
            self.tokens[*at].is_word() && title.iter().any(|word| are_forms(word, self.key(*at)))
        };
        // Each side has numbers of its own.
        let is_rival = self
            .amounts
            .iter()
            .any(|one| other.contains(&one.tokens.start));
        if !is_rival || own.clone().any(|at| is_said(&at)) {
            return None;
        }
        let at = other.clone().find(is_said)?;
        Some(self.text(&(at..at + 1)))
    }

    /// Why a number is another than a title is about: the other side of a vote, the whole that a part is cut from, what was said
    /// before, or of a time that has passed.
    pub(super) fn beside_the_point(
        &self,
        index: usize,
        title: &[String],
        written: &str,
    ) -> Option<String> {
        let start = self.amounts[index].tokens.start;
        let part = self.part_tokens(self.part(start));
        let figures = &self.language.tables.figures;
        let shown = |at: usize| self.text(&(at..at + 1)).to_owned();
        let superseded = part
            .clone()
            .find(|at| figures.superseded.contains(self.key(*at)));
        if let Some(at) = superseded.filter(|at| *at < start && self.parts[start] > 0) {
            return Some(format!("the source says `{}` of this number", shown(at)));
        }
        let before = &self.amounts.get(index.checked_sub(1)?)?.tokens;
        let between = before.end..start;
        // `will cut 1,200 of its 9,000 jobs`: what happens to the part doesn't happen to the whole.
        let is_done = |at: usize| {
            let is_said = title.iter().any(|word| are_alike(word, self.key(at)));
            self.tokens[at].is_word() && is_said
        };
        let near = before.start.saturating_sub(DEED)..before.start;
        if self.is_of_whole(between.clone()) && near.clone().any(is_done) {
            return Some(format!(
                "the source says it of `{}`, and this is the whole",
                self.text(before)
            ));
        }
        // `by 88 votes to 71`
        let is_versus = figures.versus.contains(self.key(start.saturating_sub(1)));
        let is_by = figures
            .by
            .contains(self.key(before.start.saturating_sub(1)));
        let tells_side = |word: &str| {
            let is_long = |versus: &&String| versus.chars().count() > 3;
            let mut versus = figures.versus.iter().filter(is_long);
            versus.any(|versus| word.contains(versus.as_str())) || self.language.is_negation(word)
        };
        let raw = written.to_lowercase();
        let sense = &self.language.tables.sense;
        let mut behind = 0..before.start;
        // `fell by 12 percent to 40`
        let is_change = behind
            .any(|at| sense.rises.contains(self.key(at)) || sense.falls.contains(self.key(at)));
        if !is_change
            && is_versus
            && is_by
            && between.len() <= 3
            && !raw.is_empty()
            && !raw.split(' ').any(tells_side)
        {
            return Some("the source has it as the number of the other side".to_owned());
        }
        // `now 1,840, up from a year ago, when it was 1,640`
        let is_now = title.iter().any(|word| figures.now.contains(word));
        let same_time = &self.language.tables.clauses.same_time;
        let is_then = part
            .clone()
            .any(|at| at < start && same_time.iter().any(|word| word == self.key(at)));
        (is_now && is_then).then(|| "the source says it of another time".to_owned())
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
