//! The pieces of the index: which terms are on which pages.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::SearchFile;
use super::text::{fold, words};

/// How many pages there are to a piece of the terms, so that a piece stays small and there are few.
const PAGES_A_PIECE: usize = 8;

/// The first letters of a term, by which its piece is found. Longer words that begin with them are in the same piece.
const HEAD: usize = 5;

/// Beginnings of this many letters are terms of their own, with a star: words of a question may be unfinished.
const BEGINNINGS: [usize; 2] = [3, 4];

/// From this many pages on, words on more than half of them are no longer listed: a question isn't narrowed by them.
const LARGE: usize = 1_000;

/// How many frequent words there are to correct mistyped ones by.
const NEAR: usize = 6_000;

/// The shortest word that is worth correcting.
const NEAR_LETTERS: usize = 4;

/// The number of pieces of the terms, which rests on nothing but the number of pages.
pub(super) fn n_pieces(n_pages: usize) -> usize {
    n_pages.div_ceil(PAGES_A_PIECE).max(1)
}

/// The piece of a term: the hash of its first letters (FNV-1a over code points), modulo the number of pieces.
pub(super) fn piece(term: &str, n_pieces: usize) -> usize {
    let letters = term.chars().filter(|c| *c != '*').take(HEAD);
    let hash = letters.fold(0x811c_9dc5_u32, |hash, letter| {
        (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193)
    });
    hash as usize % n_pieces
}

/// The index of a site, kept in the form it is written in.
pub struct SearchIndex {
    n_pages: usize,
    /// The number of the page that comes next.
    next: usize,
    pieces: Vec<HashMap<String, Pages>>,
}

impl SearchIndex {
    /// The index of a site that will have so many pages; they are [added](Self::add) in their order.
    pub fn new(n_pages: usize) -> Self {
        let pieces = (0..n_pieces(n_pages)).map(|_| HashMap::new());
        Self {
            n_pages,
            next: 0,
            pieces: pieces.collect(),
        }
    }

    /// Adds the next page: its titles, and its other texts.
    pub fn add<'a>(
        &mut self,
        titles: impl IntoIterator<Item = &'a str>,
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        let mut terms: Vec<(String, bool)> = Vec::new();
        let mut collect = |text: &str, is_title: bool| {
            words(&fold(text), |word| terms.push((word.to_owned(), is_title)));
        };
        titles.into_iter().for_each(|title| collect(title, true));
        texts.into_iter().for_each(|text| collect(text, false));
        let beginnings: Vec<(String, bool)> = terms
            .iter()
            .flat_map(|(term, is_title)| {
                beginnings(term).map(|start| (format!("{start}*"), *is_title))
            })
            .collect();
        terms.extend(beginnings);
        // Titles first, so that what is left of two is the one in the title.
        terms.sort_unstable_by(|(a, one), (b, other)| a.cmp(b).then(other.cmp(one)));
        terms.dedup_by(|(later, _), (first, _)| later == first);
        for (term, is_title) in terms {
            let piece = piece(&term, self.pieces.len());
            if let Some(piece) = self.pieces.get_mut(piece) {
                piece.entry(term).or_default().add(self.next, is_title);
            }
        }
        self.next += 1;
    }

    /// The bytes of one file; `None` for a piece that there isn't.
    pub fn file(&self, file: SearchFile) -> Option<Vec<u8>> {
        let value = match file {
            SearchFile::Index => json!({ "pages": self.n_pages, "words": self.pieces.len() }),
            SearchFile::Words(n) => self.words(self.pieces.get(n)?),
            SearchFile::Near => json!({ "words": self.near().join(" ") }),
        };
        Some(value.to_string().into_bytes())
    }

    fn words(&self, piece: &HashMap<String, Pages>) -> Value {
        let most = if self.n_pages < LARGE {
            usize::MAX
        } else {
            self.n_pages / 2
        };
        let mut terms: Vec<(String, Value)> = piece
            .iter()
            .map(|(term, pages)| (term.clone(), Value::String(pages.written(most))))
            .collect();
        terms.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Value::Object(terms.into_iter().collect::<Map<String, Value>>())
    }

    /// The words on the most pages, those on most first.
    fn near(&self) -> Vec<&str> {
        let terms = self.pieces.iter().flatten();
        let mut words: Vec<(usize, &str)> = terms
            .filter(|(term, _)| term.chars().all(char::is_alphabetic))
            .filter(|(term, _)| term.chars().nth(NEAR_LETTERS - 1).is_some())
            .map(|(term, pages)| (pages.n_titles + pages.n_texts, term.as_str()))
            .collect();
        words.sort_unstable_by(|(a, one), (b, other)| b.cmp(a).then(one.cmp(other)));
        words.truncate(NEAR);
        words.into_iter().map(|(_, word)| word).collect()
    }
}

/// The beginnings of a word that are terms of their own.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    let ends = BEGINNINGS.into_iter();
    ends.filter_map(|n| word.char_indices().nth(n).map(|(end, _)| &word[..end]))
}

/// The pages of a term: those with it in a title, and those with it in their text.
#[derive(Debug, Default)]
struct Pages {
    titles: String,
    texts: String,
    n_titles: usize,
    n_texts: usize,
    /// The number after the last page of each list.
    after_title: usize,
    after_text: usize,
}

impl Pages {
    fn add(&mut self, page: usize, is_title: bool) {
        if is_title {
            digits(page - self.after_title, &mut self.titles);
            self.after_title = page + 1;
            self.n_titles += 1;
        } else {
            digits(page - self.after_text, &mut self.texts);
            self.after_text = page + 1;
            self.n_texts += 1;
        }
    }

    fn written(&self, most: usize) -> String {
        let is_listed = self.n_titles + self.n_texts <= most;
        let texts = if is_listed { &self.texts } else { "*" };
        format!("{}.{texts}", self.titles)
    }
}

/// Writes a number in digits of five bits, the lowest first.
fn digits(mut number: usize, out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    loop {
        let more = number >> 5;
        let digit = number & 31 | if more > 0 { 32 } else { 0 };
        out.push(char::from(DIGITS[digit]));
        if more == 0 {
            break;
        }
        number = more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(index: &SearchIndex, term: &str) -> Option<String> {
        let piece = piece(term, index.pieces.len());
        let bytes = index.file(SearchFile::Words(piece)).unwrap();
        let words: Value = serde_json::from_slice(&bytes).unwrap();
        words[term].as_str().map(str::to_owned)
    }

    #[test]
    fn a_term_lists_its_pages_titles_first() {
        let mut index = SearchIndex::new(70);
        for page in 0..70 {
            let title = if page % 32 == 1 {
                "The Harbor"
            } else {
                "Other"
            };
            let text = if page % 2 == 0 {
                "A harbor, harbors"
            } else {
                ""
            };
            index.add([title], [text]);
        }
        let even = format!("A{}", "B".repeat(34));
        assert_eq!(read(&index, "harbor"), Some(format!("Bff.{even}")));
        assert_eq!(
            read(&index, "harb*").unwrap().split_once('.').unwrap().0,
            "Bff"
        );
        assert_eq!(
            read(&index, "other").unwrap().split_once('.').unwrap().1,
            ""
        );
        assert_eq!(read(&index, "ship"), None);
        assert_eq!(read(&index, "harborx"), None);
    }

    #[test]
    fn large_distances_take_several_digits() {
        let written = |number| {
            let mut out = String::new();
            digits(number, &mut out);
            out
        };
        assert_eq!(written(0), "A");
        assert_eq!(written(31), "f");
        assert_eq!(written(32), "gB");
        assert_eq!(written(5_000), "o8E");
    }

    #[test]
    fn longer_words_and_beginnings_are_in_the_piece_of_their_first_letters() {
        for n in [1, 7, 750] {
            assert_eq!(piece("harbo", n), piece("harbormaster", n));
            assert_eq!(piece("har", n), piece("har*", n));
        }
    }

    /// The words of a language by how often they are used: the first, the second... as Zipf has it.
    fn vocabulary() -> Vec<String> {
        const STARTS: [&str; 20] = [
            "con", "pro", "in", "re", "de", "com", "dis", "ex", "un", "inter", "st", "tr", "a",
            "ma", "pa", "se", "ho", "li", "mo", "fe",
        ];
        const MIDDLES: [&str; 16] = [
            "te", "ma", "si", "ra", "no", "li", "ve", "cu", "do", "ga", "pe", "ri", "to", "mu",
            "sa", "ne",
        ];
        const ENDS: [&str; 12] = [
            "", "s", "tion", "ed", "ing", "er", "ment", "al", "ly", "ity", "or", "ance",
        ];
        let words = MIDDLES.iter().flat_map(|a| {
            MIDDLES.iter().flat_map(move |b| {
                ENDS.iter().flat_map(move |end| {
                    STARTS
                        .iter()
                        .map(move |start| format!("{start}{a}{b}{end}"))
                })
            })
        });
        let mut words: Vec<String> = words.collect();
        // In an order that has nothing to do with the letters.
        words.sort_by_cached_key(|word| {
            word.bytes().fold(7_u32, |hash, byte| {
                hash.wrapping_mul(31) ^ u32::from(byte).wrapping_mul(0x9e37_79b9)
            })
        });
        words.truncate(30_000);
        words
    }

    /// What the page of a number says: 200 words, the frequent ones more often.
    fn page(words: &[String], number: usize) -> String {
        let mut state = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
        let mut text = String::new();
        for _ in 0..200 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let share = (state >> 33) as f64 / f64::from(1_u32 << 31);
            let rank = (words.len() as f64).powf(share) as usize - 1;
            text.push_str(&words[rank.min(words.len() - 1)]);
            text.push(' ');
        }
        text
    }

    #[test]
    fn a_question_of_three_words_loads_little_of_a_large_site() {
        let vocabulary = vocabulary();
        let n_pages = 6_000;
        let mut index = SearchIndex::new(n_pages);
        for number in 0..n_pages {
            let text = page(&vocabulary, number);
            let title = text.splitn(5, ' ').take(4).collect::<Vec<_>>().join(" ");
            index.add([title.as_str()], [text.as_str()]);
        }
        let sizes: Vec<usize> = (0..index.pieces.len())
            .map(|n| index.file(SearchFile::Words(n)).unwrap().len())
            .collect();
        let size = |word: &str| sizes[piece(word, sizes.len())];
        let shown = 8 * super::super::entries::MOST_BYTES;
        // The most frequent words, the rarest, and some between.
        for at in [0, 1, 10, 100, 250, 500, 1_000, 5_000, 20_000, 29_990] {
            let question: usize = vocabulary[at..at + 3].iter().map(|word| size(word)).sum();
            assert!(question + shown <= 100_000, "{at}: {question} + {shown}");
        }
        let near = index.file(SearchFile::Near).unwrap().len();
        let unknown = 3 * sizes.iter().max().unwrap();
        assert!(unknown + near <= 200_000, "{unknown} + {near}");
    }
}
