//! Takes the text out of a PDF.
//!
//! The only user of the PDF library. What comes out is plain text, a paragraph per line, without what is printed at the
//! head or foot of its pages.

use std::collections::BTreeMap;
use std::panic;

/// A line of fewer hundredths of the width of its block ends a paragraph, if a sentence ends there.
const SHORT: usize = 75;

/// The text of a PDF.
///
/// # Errors
///
/// In a sentence, if it is broken, locked, or pictures of pages.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    let pages = pages(bytes)?;
    let text = joined(&pages);
    if text.split_whitespace().count() < 3 {
        return Err("its pages are pictures without text, as a scanner makes them; let a program read them first, such as `ocrmypdf FILE OUT.pdf`".to_owned());
    }
    Ok(text)
}

/// The library gives up on some files by a panic, and goes deep on others: it works on a thread of its own.
fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    const STACK: usize = 64 << 20;
    let bytes = bytes.to_vec();
    let told_by_us = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let read = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || pdf_extract::extract_text_from_mem_by_pages(&bytes))
        .map(std::thread::JoinHandle::join);
    panic::set_hook(told_by_us);
    match read {
        Ok(Ok(Ok(pages))) => Ok(pages),
        Ok(Ok(Err(error))) => Err(match error.to_string() {
            error if error.to_lowercase().contains("crypt") || error.contains("password") => {
                "it is locked with a password; save it without one".to_owned()
            }
            error => broken(&error),
        }),
        Ok(Err(_)) => Err(broken("it is built in a way that isn't understood")),
        Err(error) => Err(broken(&error.to_string())),
    }
}

fn broken(reason: &str) -> String {
    format!("its text can't be taken out ({reason}); `pdftotext FILE` may do it")
}

/// Pages as one text.
fn joined(pages: &[String]) -> String {
    let furniture = furniture(pages);
    let mut paragraphs: Vec<String> = Vec::new();
    for page in pages {
        let lines = page.lines().map(tidy);
        let lines: Vec<String> = lines
            .filter(|line| !is_furniture(line, &furniture))
            .collect();
        let mut is_first = true;
        for block in lines
            .split(String::is_empty)
            .filter(|block| !block.is_empty())
        {
            for paragraph in paragraphs_of(block) {
                match paragraphs.last_mut() {
                    // A sentence goes on behind the turn of a page.
                    Some(last) if is_first && !ends_sentence(last) && starts_small(&paragraph) => {
                        append(last, &paragraph);
                    }
                    _ => paragraphs.push(paragraph),
                }
                is_first = false;
            }
        }
    }
    paragraphs.join("\n\n")
}

/// A line with letters that print as one, spelled out.
fn tidy(line: &str) -> String {
    let mut tidy = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            'ﬀ' => tidy.push_str("ff"),
            'ﬁ' => tidy.push_str("fi"),
            'ﬂ' => tidy.push_str("fl"),
            'ﬃ' => tidy.push_str("ffi"),
            'ﬄ' => tidy.push_str("ffl"),
            'ﬅ' | 'ﬆ' => tidy.push_str("st"),
            c => tidy.push(c),
        }
    }
    tidy.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines that several pages have, but for their numbers.
fn furniture(pages: &[String]) -> Vec<String> {
    let mut n: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let mut lines: Vec<String> = page.lines().map(|line| shape(&tidy(line))).collect();
        lines.sort();
        lines.dedup();
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            *n.entry(line).or_default() += 1;
        }
    }
    let is_often = |n: &usize| *n >= 2 && *n * 2 > pages.len();
    n.into_iter()
        .filter(|(_, n)| is_often(n))
        .map(|(line, _)| line)
        .collect()
}

/// A line without its numbers and spaces.
fn shape(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_ascii_digit() && !c.is_whitespace())
        .collect()
}

fn is_furniture(line: &str, furniture: &[String]) -> bool {
    if line.is_empty() {
        return false;
    }
    let words: Vec<&str> = line.split(' ').collect();
    let n_letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = n_letters == 0 && line.chars().count() <= 12;
    let is_address = line.replace(' ', "").contains("://") && words.len() <= 12;
    // What a browser prints above a page is so small that its letters come one by one.
    let n_single = words
        .iter()
        .filter(|word| word.chars().count() <= 2)
        .count();
    let is_scattered = words.len() >= 5 && n_single * 10 > words.len() * 6;
    is_number || is_address || is_scattered || furniture.contains(&shape(line))
}

/// Lines without a gap between them, as paragraphs: a new one begins behind a short line that ends a sentence.
fn paragraphs_of(lines: &[String]) -> Vec<String> {
    let width = lines
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or_default();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in lines {
        match paragraphs.last_mut() {
            Some(last) if is_open => append(last, line),
            _ => paragraphs.push(line.clone()),
        }
        is_open = !(ends_sentence(line) && line.chars().count() * 100 < width * SHORT);
    }
    paragraphs
}

/// Adds a line; a word that was broken at the end of the one before is made whole.
fn append(text: &mut String, line: &str) {
    let is_broken = text.ends_with('-')
        && text.trim_end_matches('-').ends_with(char::is_lowercase)
        && starts_small(line);
    match is_broken {
        true => {
            text.pop();
        }
        false if text.ends_with('\u{ad}') => {
            text.pop();
        }
        false => text.push(' '),
    }
    text.push_str(line);
}

fn starts_small(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '»', '«', '“', ')', '\''])
        .ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_paragraphs_without_their_heads_and_feet() {
        let page = |n: u8, body: &str| format!("\n\nThe Gazette 5 March 2024\n\n{body}\n\n{n}/2\n");
        let pages = [
            page(
                1,
                "Council backs quay\n\nThe council voted on Monday for a sec-\nond quay. The ﬁrst ships\nare to call there.\nNobody objected, and the meeting was over before it got\ndark, as a long line of",
            ),
            page(2, "people had hoped.\n\nNext"),
        ];
        assert_eq!(
            joined(&pages),
            "Council backs quay\n\nThe council voted on Monday for a second quay. The first ships are to call there.\n\nNobody objected, and the meeting was over before it got dark, as a long line of people had hoped.\n\nNext"
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_way_out() {
        for bytes in [
            &b"%PDF-1.7"[..],
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        ] {
            let refused = text(bytes).unwrap_err();
            assert!(refused.contains('`'), "{refused}");
        }
    }
}
