//! Whose number is whose: of two that compete, `Halden beat Morrow by 61 percent to 39`, or on two sides of a `while`.

use super::forms::are_forms;
use super::sentence::Sentence;

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
        let has = |name: &str| title.iter().any(|word| *word == name.to_lowercase());
        match (has(self.winner), has(self.loser)) {
            (true, false) if index == self.losing => Some(self.winner),
            (false, true) if index == self.winning => Some(self.loser),
            _ => None,
        }
    }

    /// Whether a number is certainly that of the one whom a title names.
    pub(super) fn is_of(&self, index: usize, title: &[String]) -> bool {
        let has = |name: &str| title.iter().any(|word| *word == name.to_lowercase());
        match (has(self.winner), has(self.loser)) {
            (true, false) => index == self.winning,
            (false, true) => index == self.losing,
            _ => false,
        }
    }
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
        let before = names.iter().rfind(|at| **at < verb);
        let mut behind = names.iter().filter(|at| **at > verb);
        let (winner, loser) = match (before, behind.next(), behind.next()) {
            // `Mit 61 Prozent besiegte Halden die Amtsinhaberin Morrow`
            (None, Some(winner), Some(loser)) => (winner, loser),
            (Some(winner), Some(loser), _) => (winner, loser),
            _ => return None,
        };
        let (winning, losing) = match first.value > second.value {
            true => (0, 1),
            false => (1, 0),
        };
        Some(Contest {
            winner: self.text(&(*winner..winner + 1)),
            loser: self.text(&(*loser..loser + 1)),
            winning,
            losing,
        })
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

    /// The last word of each name. What is counted is none.
    fn names(&self) -> Vec<usize> {
        let is_counted = |at: usize| {
            let is_behind_amount = |amount: usize| self.unit_tokens(amount).contains(&at);
            (0..self.amounts.len()).any(is_behind_amount)
        };
        let is_name = |at: usize| {
            at < self.tokens.len()
                && self.language.is_name_word(&self.tokens[at].text)
                && !is_counted(at)
        };
        (0..self.tokens.len())
            .filter(|at| is_name(*at) && !is_name(at + 1))
            .collect()
    }
}
