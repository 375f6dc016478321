//! Finds the stretches between quotation marks.
//!
//! Marks are paired within a paragraph by kind and position: curly, straight, angle and low marks, single marks within
//! double ones, and mixed pairs. A quotation that its paragraph leaves open continues in the next, whether that one
//! opens with a mark (as it should) or not. Whether a stretch is speech, a term or a title is judged first here, by how
//! it looks ([`Look`]), and then in `speakers`, by what is said about it.

use std::ops::Range;

use super::language::Language;
use super::text::{Article, Role, Span};
use super::tokens::Token;

/// How many paragraphs one quotation may span; a longer one is more likely a missing mark.
const LONGEST: usize = 12;
/// A stretch of at least this many words without a stop counts as a clause, not a phrase.
const CLAUSE_WORDS: usize = 7;

/// How many tokens ahead marks are counted: further than any paragraph goes, but bounded, so that no text takes long.
const MARK_WINDOW: usize = 300;

/// A stretch between quotation marks.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    /// Its place, including its marks.
    pub(super) span: Span,
    /// Its tokens, including its marks.
    pub(super) tokens: Range<usize>,
    /// The tokens between the marks, paragraph by paragraph; never empty.
    pub(super) parts: Vec<Range<usize>>,
    /// Whether it has a closing mark.
    pub(super) closed: bool,
    /// What it looks like.
    pub(super) look: Look,
}

/// What a quoted stretch looks like on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is in a headline or heading.
    Headline,
    /// A clause or more.
    Speech,
    /// A few words.
    Phrase,
    /// A few words in capitals, like a title or a name.
    Title,
}

/// Kinds of marks; single ones can be inside any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Double,
    Angle,
    Single,
}

#[derive(Clone, Debug)]
struct Open {
    mark: Mark,
    token: usize,
    parts: Vec<Range<usize>>,
    part_start: usize,
    n_paragraphs: usize,
}

/// Every outermost quoted stretch, in order.
pub(super) fn find(article: &Article, language: &Language) -> Vec<Quoted> {
    let mut scan = Scan {
        article,
        language,
        open: Vec::new(),
        found: Vec::new(),
    };
    for index in 0..article.paragraphs.len() {
        if article.paragraphs[index].role != Role::Furniture {
            scan.paragraph(index);
        }
    }
    scan.give_up(article.tokens.len());
    scan.found
}

struct Scan<'a> {
    article: &'a Article,
    language: &'a Language,
    open: Vec<Open>,
    found: Vec<Quoted>,
}

impl Scan<'_> {
    fn paragraph(&mut self, index: usize) {
        let paragraph = &self.article.paragraphs[index];
        let range = paragraph.tokens.clone();
        if range.is_empty() {
            return;
        }
        let start = self.resume(&range, paragraph.role);
        let closers = single_closers(self.article, &range);
        for at in start..range.end {
            self.mark(at, &range, &closers);
        }
        self.leave(&range, paragraph.role);
    }

    /// Continues the quotation that the previous paragraph left open, if it goes on here; returns the first token to
    /// scan.
    fn resume(&mut self, range: &Range<usize>, role: Role) -> usize {
        let tokens = &self.article.tokens;
        let Some(open) = self.open.last() else {
            return range.start;
        };
        let opens = kind_of(&tokens[range.start]) == Some(open.mark);
        let closes_first = first_mark(tokens, range, open.mark).is_some_and(|at| {
            let next_glued = tokens
                .get(at + 1)
                .is_some_and(|next| at + 1 < range.end && next.glued && next.is_word());
            at > range.start && tokens[at].glued && !next_glued
        });
        let prose = matches!(role, Role::Prose | Role::Caption | Role::Heading);
        if !prose || open.n_paragraphs >= LONGEST || !(opens || closes_first) {
            self.give_up(range.start);
            return range.start;
        }
        let first = range.start + usize::from(opens);
        if let Some(open) = self.open.last_mut() {
            open.part_start = first;
            open.n_paragraphs += 1;
        }
        first
    }

    /// Ends a paragraph: a quotation that is still open waits for the next one, except for single marks.
    fn leave(&mut self, range: &Range<usize>, role: Role) {
        while self
            .open
            .last()
            .is_some_and(|open| open.mark == Mark::Single)
        {
            self.open.pop();
        }
        self.open.truncate(1);
        if matches!(role, Role::Headline | Role::Heading) {
            self.give_up(range.end);
        }
        if let Some(open) = self.open.last_mut() {
            let part = open.part_start..range.end;
            open.parts.push(part);
        }
    }

    /// Ends the open quotation without its mark, at the end of its last paragraph.
    fn give_up(&mut self, _at: usize) {
        let Some(open) = self.open.drain(..).next() else {
            return;
        };
        if open.mark == Mark::Single || open.parts.is_empty() {
            return;
        }
        // Without a closing mark, only the first paragraph certainly belongs to it.
        let first = open.parts[0].clone();
        let whole = open.token..first.end;
        self.push(whole, vec![first], false);
    }

    fn push(&mut self, tokens: Range<usize>, parts: Vec<Range<usize>>, closed: bool) {
        let parts: Vec<Range<usize>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let worded = parts.iter().any(|part| {
            self.article.tokens[part.clone()]
                .iter()
                .any(|token| token.is_word() || token.is_number())
        });
        if !worded {
            return;
        }
        let look = look(self.article, self.language, &tokens, &parts);
        self.found.push(Quoted {
            span: self.article.span_of(&tokens),
            tokens,
            parts,
            closed,
            look,
        });
    }

    fn mark(&mut self, at: usize, range: &Range<usize>, closers: &[usize]) {
        let tokens = &self.article.tokens;
        let token = &tokens[at];
        let Some(mark) = kind_of(token) else {
            return;
        };
        let glued_before = at > range.start && token.glued;
        let glued_after = at + 1 < range.end && tokens[at + 1].glued;
        let before_opens = at > range.start
            && (opens_bracket(&tokens[at - 1])
                || kind_of(&tokens[at - 1]).is_some() && !tokens[at - 1].glued);
        let can_open = glued_after && (!glued_before || before_opens);
        let can_close = glued_before && !(before_opens && can_open);
        let held = self.open.iter().rposition(|open| open.mark == mark);
        match mark {
            Mark::Single => self.single(at, can_open, can_close, held, range, closers),
            Mark::Double | Mark::Angle => {
                let closes = match token.key.as_str() {
                    "”" | "»" | "›" => held.is_some() || !can_open,
                    "“" => {
                        held.is_some_and(|held| tokens[self.open[held].token].key == "„")
                            || (held.is_some() && can_close && !glued_after)
                    }
                    "«" | "‹" | "„" => held.is_some() && !can_open && can_close,
                    _ => held.is_some() && (can_close || !can_open),
                };
                let inches =
                    held.is_none() && token.is("\"") && glued_before && tokens[at - 1].is_number();
                match (closes, held) {
                    (true, Some(held)) => self.close(held, at),
                    (true, None) => {}
                    (false, _) if inches || (!can_open && token.is("\"") && glued_before) => {}
                    (false, held) => self.start(mark, at, held, range),
                }
            }
        }
    }

    /// Opens a stretch. If one of the same kind is already open, that one lacks its mark, unless there are enough marks
    /// left.
    fn start(&mut self, mark: Mark, at: usize, held: Option<usize>, range: &Range<usize>) {
        if let Some(held) = held {
            let tokens = &self.article.tokens;
            let n_closing = tokens[at..range.end.min(at + MARK_WINDOW)]
                .iter()
                .filter(|token| token.is("”") || token.is("»"))
                .count();
            let n_opening = tokens[at..range.end.min(at + MARK_WINDOW)]
                .iter()
                .filter(|token| token.is("“") || token.is("«"))
                .count();
            if n_closing <= n_opening {
                let parts = std::mem::take(&mut self.open[held].parts);
                let token = self.open[held].token;
                self.open.truncate(held);
                if held == 0 && !parts.is_empty() {
                    let end = parts[parts.len() - 1].end;
                    self.push(token..end, parts, false);
                }
            }
        }
        self.open.push(Open {
            mark,
            token: at,
            parts: Vec::new(),
            part_start: at + 1,
            n_paragraphs: 1,
        });
    }

    fn close(&mut self, held: usize, at: usize) {
        let open = self.open.swap_remove(held);
        self.open.truncate(held);
        if held > 0 {
            return;
        }
        let mut parts = open.parts;
        parts.push(open.part_start..at);
        self.push(open.token..at + 1, parts, true);
    }

    fn single(
        &mut self,
        at: usize,
        can_open: bool,
        can_close: bool,
        held: Option<usize>,
        range: &Range<usize>,
        closers: &[usize],
    ) {
        let tokens = &self.article.tokens;
        let next_closer = closers[at - range.start];
        if let Some(held) = held
            && can_close
            && !tokens[at].is("‘")
        {
            let plural = tokens[at - 1].key.ends_with('s')
                && tokens.get(at + 1).is_some_and(|next| {
                    at + 1 < range.end && next.is_word() && !next.capital && !next.glued
                });
            if !(plural && next_closer < range.end) {
                self.close(held, at);
            }
            return;
        }
        let elided = tokens.get(at + 1).is_some_and(|next| {
            next.is_number() || self.language.tables.quotes.elisions.contains(&next.key)
        });
        if held.is_none() && can_open && !elided && !tokens[at].is("’") && next_closer < range.end
        {
            self.open.push(Open {
                mark: Mark::Single,
                token: at,
                parts: Vec::new(),
                part_start: at + 1,
                n_paragraphs: 1,
            });
        }
    }
}

/// For each token of a paragraph, the next one that can close a single quotation, or the paragraph's end.
fn single_closers(article: &Article, range: &Range<usize>) -> Vec<usize> {
    let tokens = &article.tokens;
    let mut next = range.end;
    let mut closers = vec![next; range.len()];
    for at in range.clone().rev() {
        closers[at - range.start] = next;
        let token = &tokens[at];
        let single = token.is("’") || token.is("'");
        let free = at + 1 >= range.end || !tokens[at + 1].glued || !tokens[at + 1].is_word();
        if single && at > range.start && token.glued && free {
            next = at;
        }
    }
    closers
}

fn kind_of(token: &Token) -> Option<Mark> {
    if token.is_word() || token.is_number() {
        return None;
    }
    Some(match token.key.as_str() {
        "\"" | "“" | "”" | "„" | "‟" | "＂" => Mark::Double,
        "«" | "»" | "‹" | "›" => Mark::Angle,
        "‘" | "’" | "'" | "‚" | "`" => Mark::Single,
        _ => return None,
    })
}

fn opens_bracket(token: &Token) -> bool {
    token.is_dash() || matches!(token.key.as_str(), "(" | "[" | "/" | "¿" | "¡" | ":")
}

fn first_mark(tokens: &[Token], range: &Range<usize>, mark: Mark) -> Option<usize> {
    range.clone().find(|at| kind_of(&tokens[*at]) == Some(mark))
}

fn look(
    article: &Article,
    language: &Language,
    tokens: &Range<usize>,
    parts: &[Range<usize>],
) -> Look {
    let role = article.paragraphs[article.paragraph_at(article.tokens[tokens.start].start)].role;
    if matches!(role, Role::Headline | Role::Heading) {
        return Look::Headline;
    }
    let inner: Vec<&Token> = parts
        .iter()
        .flat_map(|part| &article.tokens[part.clone()])
        .collect();
    let n_words = inner
        .iter()
        .filter(|token| token.is_word() || token.is_number())
        .count();
    let last = inner.last();
    let stops = last.is_some_and(|last| last.is_stop());
    let comma = last.is_some_and(|last| last.is(","));
    // `“They are.”` is a sentence, though all its words but a small one are capitalized.
    let small_first = inner
        .first()
        .is_some_and(|first| stops && language.tables.nouns.function_words.contains(&first.key));
    let titled = is_titled(language, &inner) && n_words > 1 && !small_first;
    let named = n_words == 1 && inner.first().is_some_and(|first| first.capital);
    if (titled || named) && !(stops && n_words > 2) && !(comma && n_words == 1) {
        return Look::Title;
    }
    if n_words >= CLAUSE_WORDS || (n_words >= 2 && (stops || comma)) || (n_words == 1 && comma) {
        return Look::Speech;
    }
    Look::Phrase
}

/// Whether every word but the small ones is capitalized, as in the title of a work.
fn is_titled(language: &Language, inner: &[&Token]) -> bool {
    let nouns = &language.tables.nouns;
    let mut content = inner
        .iter()
        .filter(|token| token.is_word() && !token.glued || token.is_word() && token.capital)
        .filter(|token| {
            token.capital
                || !(nouns.function_words.contains(&token.key)
                    || nouns.prepositions.contains(&token.key))
        })
        .peekable();
    content.peek().is_some() && content.all(|token| token.capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) -> Vec<Quoted> {
        let language = Language::named("en").unwrap();
        let article = Article::read(text, language);
        let found = find(&article, language);
        let words: Vec<&str> = found
            .iter()
            .map(|quoted| article.slice(&quoted.span))
            .collect();
        assert_eq!(words, expected, "{text}");
        found
    }

    #[test]
    fn marks_of_every_kind_pair_up() {
        check(
            "“One two,” she said. \"Three four,\" he said.",
            &["“One two,”", "\"Three four,\""],
        );
        check("«Uno dos», dijo.", &["«Uno dos»"]);
        check("„Eins zwei“, said he.", &["„Eins zwei“"]);
        check("He said ‘one two’ and left.", &["‘one two’"]);
        check("Mixed “one two\" marks.", &["“one two\""]);
        check(
            "(\"one two\") and —\"three four\"",
            &["\"one two\"", "\"three four\""],
        );
    }

    #[test]
    fn marks_within_marks_belong_to_the_outer_ones() {
        check(
            "“She said ‘no’ to me,” he said.",
            &["“She said ‘no’ to me,”"],
        );
        check(
            "\"the 'anti-christ' of it\" he wrote",
            &["\"the 'anti-christ' of it\""],
        );
        check(
            "‘He said “no” twice,’ she said.",
            &["‘He said “no” twice,’"],
        );
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        check("The workers' rights and the '90s aren't 'em all.", &[]);
        check("The boys’ team and Mecca’s gate.", &[]);
        check("He is 6'2\" tall and 5\" wide.", &[]);
        check(
            "‘the workers’ rights’ were named",
            &["‘the workers’ rights’"],
        );
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let found = check(
            "He said: “One two three.\n\n“Four five six.” Then he left.",
            &["“One two three.\n\n“Four five six.”"],
        );
        assert_eq!(found[0].parts.len(), 2);
        check(
            "He said, \"One two three.\n\nFour five six.\" Then he left.",
            &["\"One two three.\n\nFour five six.\""],
        );
    }

    #[test]
    fn a_mark_that_is_never_closed_ends_with_its_paragraph() {
        let found = check(
            "He said: “One two three.\n\nThen he left.",
            &["“One two three."],
        );
        assert!(!found[0].closed);
    }

    #[test]
    fn titles_terms_and_clauses_look_different() {
        let looks = |text: &str| {
            check(
                text,
                &[&text[text.find('“').unwrap()..=text.rfind('”').unwrap() + 2]],
            )[0]
            .look
        };
        assert_eq!(
            looks("the song “The Long and Winding Road” was"),
            Look::Title
        );
        assert_eq!(looks("a “support movement” was"), Look::Phrase);
        assert_eq!(looks("said “it is over.”"), Look::Speech);
        assert_eq!(looks("a user “Anonymous” was"), Look::Title);
    }
}
