//! The pieces of the index, which say on which pages each term occurs.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde_json::{Map, Value, json};

use super::SearchFile;
use super::text::{fold, words};

/// How many pages there are per piece of the terms: few enough for small pieces, and enough for few pieces.
const PAGES_A_PIECE: usize = 8;

/// How many letters of a term determine its piece. Longer words with the same beginning are in the same piece.
const HEAD: usize = 6;

/// Beginnings of these lengths are terms of their own, marked with a star, because the words of a query may be
/// unfinished.
const BEGINNINGS: [usize; 3] = [3, 4, 5];

/// From this many pages on, words on more than half of them are no longer listed: they don't narrow a query, and their
/// lists would be the largest.
const LARGE: usize = 1_000;

/// How many frequent words are kept for correcting typos. With seven letters and a space each, the file has 48 KB.
const NEAR: usize = 6_000;

/// The shortest word worth correcting; shorter ones are near too many others.
const NEAR_LETTERS: usize = 4;

/// The number of pieces of the terms, which depends only on the number of pages.
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

/// An index to which pages are being added.
pub struct IndexBuilder {
    n_pages: usize,
    /// The number of the next page.
    next: usize,
    terms: HashMap<String, Pages, FixedState>,
}

/// The index of a site, in the form in which it is written.
pub struct SearchIndex {
    n_pages: usize,
    /// The terms of each piece with their pages, in order.
    pieces: Vec<Vec<(String, String)>>,
    /// The words that are on the most pages, most frequent first.
    near: String,
}

impl IndexBuilder {
    /// Starts the index of a site with this many pages, which are [added](Self::add) in order.
    pub fn new(n_pages: usize) -> Self {
        Self {
            n_pages,
            next: 0,
            terms: HashMap::default(),
        }
    }

    /// Adds the next page: its titles, and its other texts.
    pub fn add<'a>(
        &mut self,
        titles: impl IntoIterator<Item = &'a str>,
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        for title in titles {
            words(&fold(title), |word| self.add_term(word, true));
        }
        for text in texts {
            words(&fold(text), |word| self.add_term(word, false));
        }
        self.next += 1;
    }

    fn add_term(&mut self, term: &str, is_title: bool) {
        match self.terms.get_mut(term) {
            Some(pages) => pages.add(self.next, is_title),
            None => {
                let mut pages = Pages::default();
                pages.add(self.next, is_title);
                self.terms.insert(term.to_owned(), pages);
            }
        }
    }

    /// The index of the added pages.
    pub fn finish(self) -> SearchIndex {
        let Self { n_pages, terms, .. } = self;
        let mut terms: Vec<(String, Pages)> = terms.into_iter().collect();
        terms.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let near = near(&terms);
        let starred: Vec<(String, Pages)> = BEGINNINGS
            .into_iter()
            .flat_map(|length| beginnings(&terms, length, n_pages))
            .collect();
        let most = if n_pages < LARGE {
            usize::MAX
        } else {
            n_pages / 2
        };
        let n_pieces = n_pieces(n_pages);
        let mut pieces: Vec<Vec<(String, String)>> = vec![Vec::new(); n_pieces];
        for (term, pages) in terms.into_iter().chain(starred) {
            if let Some(piece) = pieces.get_mut(piece(&term, n_pieces)) {
                piece.push((term, pages.written(most)));
            }
        }
        for piece in &mut pieces {
            piece.sort_unstable();
        }
        SearchIndex {
            n_pages,
            pieces,
            near,
        }
    }
}

impl SearchIndex {
    /// The bytes of one file; `None` for a piece that doesn't exist.
    pub fn file(&self, file: SearchFile) -> Option<Vec<u8>> {
        let value = match file {
            SearchFile::Index => json!({ "pages": self.n_pages, "words": self.pieces.len() }),
            SearchFile::Near => json!({ "words": self.near }),
            SearchFile::Words(n) => {
                let terms = self
                    .pieces
                    .get(n)?
                    .iter()
                    .map(|(term, pages)| (term.clone(), pages.as_str().into()));
                Value::Object(terms.collect::<Map<String, Value>>())
            }
        };
        Some(value.to_string().into_bytes())
    }
}

/// The words that are on the most pages, most frequent first, separated by spaces.
fn near(terms: &[(String, Pages)]) -> String {
    let mut words: Vec<(usize, &str)> = terms
        .iter()
        .filter(|(term, _)| term.chars().all(char::is_alphabetic))
        .filter(|(term, _)| term.chars().nth(NEAR_LETTERS - 1).is_some())
        .map(|(term, pages)| (pages.n_titles + pages.n_texts, term.as_str()))
        .collect();
    words.sort_unstable_by(|(a, one), (b, other)| b.cmp(a).then(one.cmp(other)));
    words.truncate(NEAR);
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    words.join(" ")
}

/// The beginnings of words of more than `length` letters, each with the pages of all of them; `terms` are sorted.
fn beginnings(terms: &[(String, Pages)], length: usize, n_pages: usize) -> Vec<(String, Pages)> {
    let starts: Vec<(&str, &Pages)> = terms
        .iter()
        .filter_map(|(term, pages)| {
            let (end, _) = term.char_indices().nth(length)?;
            Some((&term[..end], pages))
        })
        .collect();
    let alike = starts.chunk_by(|(a, _), (b, _)| a == b);
    let starred = alike.filter_map(|words| {
        let (start, _) = words.first()?;
        Some((format!("{start}*"), Pages::of_all(words, n_pages)))
    });
    starred.collect()
}

/// The pages of a term: those that have it in a title, and those that have it in their text.
#[derive(Clone, Debug, Default)]
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
    /// Adds a page, which must not come before any added so far; only the first time counts, and titles come first.
    fn add(&mut self, page: usize, is_title: bool) {
        let is_there = [self.after_title, self.after_text].contains(&(page + 1));
        if is_there {
            return;
        }
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

    /// The pages of several terms.
    fn of_all(terms: &[(&str, &Self)], n_pages: usize) -> Self {
        if let [(_, only)] = terms {
            return (*only).clone();
        }
        let mut all = Self::default();
        let n_listed: usize = terms
            .iter()
            .map(|(_, pages)| pages.n_titles + pages.n_texts)
            .sum();
        if n_listed < n_pages / 8 {
            let mut listed: Vec<(usize, bool)> = Vec::with_capacity(n_listed);
            for (_, pages) in terms {
                // Titles come first: `false` sorts before `true`.
                listed.extend(numbers(&pages.titles).map(|page| (page, false)));
                listed.extend(numbers(&pages.texts).map(|page| (page, true)));
            }
            listed.sort_unstable();
            listed
                .into_iter()
                .for_each(|(page, is_text)| all.add(page, !is_text));
            return all;
        }
        let mut titled = vec![false; n_pages];
        let mut texted = vec![false; n_pages];
        for (_, pages) in terms {
            numbers(&pages.titles).for_each(|page| titled[page] = true);
            numbers(&pages.texts).for_each(|page| texted[page] = true);
        }
        for page in 0..n_pages {
            if titled[page] || texted[page] {
                all.add(page, titled[page]);
            }
        }
        all
    }

    fn written(&self, most: usize) -> String {
        let is_listed = self.n_titles + self.n_texts <= most;
        let texts = if is_listed { &self.texts } else { "*" };
        format!("{}.{texts}", self.titles)
    }
}

/// The digits from 0 to 31, and again for digits that are followed by others.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The numbers that were written as distances.
fn numbers(written: &str) -> impl Iterator<Item = usize> {
    let mut next = 0;
    let mut number = 0;
    let mut shift = 0;
    written.bytes().filter_map(move |byte| {
        let digit = usize::from(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        });
        number += (digit & 31) << shift;
        shift += 5;
        if digit & 32 != 0 {
            return None;
        }
        let found = next + number;
        next = found + 1;
        number = 0;
        shift = 0;
        Some(found)
    })
}

/// Writes a number in digits of five bits, lowest first.
fn digits(mut number: usize, out: &mut String) {
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
        let mut index = IndexBuilder::new(70);
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
        let index = index.finish();
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
    fn a_beginning_lists_the_pages_of_all_its_words() {
        let mut index = IndexBuilder::new(40);
        for page in 0..40 {
            let word = ["harbor", "harvest", "har"][page % 3];
            let title = if page == 3 { "harbors" } else { "" };
            index.add([title], [word]);
        }
        let index = index.finish();
        let written = read(&index, "har*").unwrap();
        let (titles, texts) = written.split_once('.').unwrap();
        assert_eq!(numbers(titles).collect::<Vec<_>>(), [3]);
        let longer = (0..40).filter(|page| page % 3 < 2 && *page != 3);
        assert_eq!(
            numbers(texts).collect::<Vec<_>>(),
            longer.collect::<Vec<_>>()
        );
        assert_eq!(read(&index, "harvest*"), None);
        assert_eq!(
            read(&index, "harve*").unwrap(),
            read(&index, "harvest").unwrap()
        );
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
        assert_eq!(numbers("AAgBo8E").collect::<Vec<_>>(), [0, 1, 34, 5_035]);
    }

    #[test]
    fn longer_words_and_beginnings_are_in_the_piece_of_their_first_letters() {
        for n in [1, 7, 750] {
            assert_eq!(piece("harbor", n), piece("harbormaster", n));
            assert_eq!(piece("har", n), piece("har*", n));
        }
    }

    /// The words of a language by frequency: the first, the second... following Zipf's law.
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
        let mut words: Vec<String> = MIDDLES
            .iter()
            .flat_map(|a| {
                MIDDLES.iter().flat_map(move |b| {
                    ENDS.iter().flat_map(move |end| {
                        STARTS
                            .iter()
                            .map(move |start| format!("{start}{a}{b}{end}"))
                    })
                })
            })
            .collect();
        // In an order unrelated to the letters.
        words.sort_by_cached_key(|word| {
            word.bytes().fold(7_u32, |hash, byte| {
                hash.wrapping_mul(31) ^ u32::from(byte).wrapping_mul(0x9e37_79b9)
            })
        });
        words.truncate(30_000);
        words
    }

    /// The text of the page with a number: 200 words, frequent ones more often.
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
        let mut index = IndexBuilder::new(n_pages);
        for number in 0..n_pages {
            let text = page(&vocabulary, number);
            let title = text.splitn(5, ' ').take(4).collect::<Vec<_>>().join(" ");
            index.add([title.as_str()], [text.as_str()]);
        }
        let index = index.finish();
        let sizes: Vec<usize> = (0..index.pieces.len())
            .map(|n| index.file(SearchFile::Words(n)).unwrap().len())
            .collect();
        let size = |word: &str| sizes[piece(word, sizes.len())];
        let shown = 8 * super::super::entries::MOST_BYTES;
        // The most frequent words, the rarest, and some in between.
        for at in [0, 1, 10, 100, 250, 500, 1_000, 5_000, 20_000, 29_990] {
            let question: usize = vocabulary[at..at + 3].iter().map(|word| size(word)).sum();
            assert!(question + shown <= 100_000, "{at}: {question} + {shown}");
        }
        let near = index.file(SearchFile::Near).unwrap().len();
        let unknown = 3 * sizes.iter().max().unwrap();
        assert!(unknown + near <= 200_000, "{unknown} + {near}");
    }
}
