//! Tells which lines of a text are headlines, headings, captions and other matter around the prose.

use std::ops::Range;

use super::language::Language;
use super::text::{Article, Paragraph, Role};
use super::tokens::Token;

/// How many words a heading may have; a longer line without a stop is more likely prose.
const HEADING_WORDS: usize = 14;
/// How many words a headline may have; anything longer is prose.
const HEADLINE_WORDS: usize = 30;

/// Gives every paragraph its role, and reads what the lines around the prose say about the article.
pub(super) fn assign_roles(article: &mut Article, language: &Language) {
    let roles: Vec<Role> = (0..article.paragraphs.len())
        .map(|index| role(article, index, language))
        .collect();
    for (paragraph, role) in article.paragraphs.iter_mut().zip(roles) {
        paragraph.role = role;
    }
    let top = article
        .paragraphs
        .iter()
        .position(|paragraph| paragraph.role == Role::Prose)
        .unwrap_or(article.paragraphs.len());
    keep_marked_headings(article, top);
    name_headline(article, top);
    read_furniture(article, language);
}

/// Where headings are marked, a short unmarked line is prose, such as a list item.
fn keep_marked_headings(article: &mut Article, top: usize) {
    let is_marked = |paragraph: &Paragraph| article.slice(&paragraph.span).starts_with("##");
    if !article.paragraphs.iter().any(is_marked) {
        return;
    }
    let unmarked: Vec<usize> = (top..article.paragraphs.len())
        .filter(|index| {
            let paragraph = &article.paragraphs[*index];
            paragraph.role == Role::Heading && !article.slice(&paragraph.span).starts_with('#')
        })
        .collect();
    for index in unmarked {
        article.paragraphs[index].role = Role::Prose;
    }
}

fn role(article: &Article, index: usize, language: &Language) -> Role {
    let paragraph = &article.paragraphs[index];
    let line = article.slice(&paragraph.span);
    let tokens = &article.tokens[paragraph.tokens.clone()];
    if is_address(line) || footer(line, language).is_some() || is_comment(line, tokens) {
        return Role::Furniture;
    }
    let n_words = tokens.iter().filter(|token| token.is_word()).count();
    if is_published(tokens, language) || byline(article, paragraph, language).is_some() {
        return Role::Furniture;
    }
    if is_dateline(tokens, language) {
        return Role::Dateline;
    }
    if is_credit(tokens, language) && n_words <= 40 {
        return Role::Caption;
    }
    if line.starts_with('#') {
        return Role::Heading;
    }
    let last = tokens.last();
    let ends_open = last.is_some_and(|last| {
        last.is_word()
            || last.is_number()
            || matches!(last.key.as_str(), ")" | "’" | "”" | "\"" | "'" | "?")
    });
    // `“It is over.”` is a sentence, whichever mark it ends with.
    let quoted_stop = tokens.len() > 1 && last.is_some_and(|last| !last.is_word()) && {
        let inner = &tokens[tokens.len() - 2];
        inner.is_stop() || inner.is(",")
    };
    let question = last.is_some_and(|last| last.is("?"));
    let starts_well = tokens
        .first()
        .is_some_and(|first| first.capital || first.is_number() || !first.is_word());
    let whole_quote = opens_with_mark(tokens);
    let heading = ends_open
        && !quoted_stop
        && n_words > 0
        && n_words <= if question { 8 } else { HEADING_WORDS }
        && starts_well
        && !whole_quote;
    if heading {
        return Role::Heading;
    }
    let caption = n_words <= HEADING_WORDS && !starts_well && article.paragraphs.len() > 3;
    let prose_before = index > 0;
    if caption && prose_before && !continues(article, index) {
        return Role::Caption;
    }
    Role::Prose
}

/// Whether a line continues a quotation that the previous line left open.
fn continues(article: &Article, index: usize) -> bool {
    let before = &article.tokens[article.paragraphs[index - 1].tokens.clone()];
    let marks = before
        .iter()
        .filter(|token| matches!(token.key.as_str(), "\"" | "“" | "”"))
        .count();
    marks % 2 == 1
}

fn opens_with_mark(tokens: &[Token]) -> bool {
    tokens
        .first()
        .is_some_and(|first| matches!(first.key.as_str(), "\"" | "“" | "‘" | "«" | "„"))
}

fn is_address(line: &str) -> bool {
    let web =
        line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www.");
    web && !line.contains(' ')
}

/// A line of notes for whoever keeps the file: `# Wikinews, CC BY 2.5, published 2015-05-18`.
fn is_comment(line: &str, tokens: &[Token]) -> bool {
    let iso = tokens.windows(5).any(|five| {
        five[0].is_number()
            && five[0].key.len() == 4
            && five[1].is("-")
            && five[3].is("-")
            && five[4].glued
    });
    line.starts_with('#') && iso
}

/// `Published: January 28, 2025`.
fn is_published(tokens: &[Token], language: &Language) -> bool {
    let Some(first) = tokens.first() else {
        return false;
    };
    let lead = language.tables.lines.published.iter().any(|phrase| {
        super::tokens::words_of(phrase)
            .iter()
            .zip(tokens)
            .all(|(word, token)| *word == token.key)
    });
    let digits = tokens.iter().any(Token::is_number);
    first.is_word()
        && lead
        && digits
        && tokens.len() <= 16
        && !tokens.last().is_some_and(|last| last.is("."))
}

/// `By Jane Doe` on a line of its own.
fn byline(article: &Article, paragraph: &Paragraph, language: &Language) -> Option<Vec<String>> {
    let tokens = &article.tokens[paragraph.tokens.clone()];
    let (first, rest) = tokens.split_first()?;
    let lines = &language.tables.lines;
    if !lines.by.contains(&first.key) || rest.is_empty() || rest.len() > 12 {
        return None;
    }
    let connectors = &language.tables.numbers.connectors;
    let named = rest.iter().all(|token| {
        token.capital
            || token.is(",")
            || token.is(".")
            || token.is("-")
            || connectors.contains(&token.key)
    });
    let ends_sentence = rest.last().is_some_and(|last| last.is("."));
    if !named || ends_sentence {
        return None;
    }
    let mut authors = Vec::new();
    let mut start = None;
    for (index, token) in rest.iter().enumerate() {
        if token.is(",") || connectors.contains(&token.key) {
            authors.extend(start.take().map(|from| from..index));
        } else if start.is_none() {
            start = Some(index);
        }
    }
    authors.extend(start.map(|from| from..rest.len()));
    let offset = paragraph.tokens.start + 1;
    let words = |range: Range<usize>| {
        article
            .words(&(range.start + offset..range.end + offset))
            .to_owned()
    };
    Some(authors.into_iter().map(words).collect())
}

/// A line that is a date, perhaps with a weekday and a time: `Monday, May 18, 2015`.
fn is_dateline(tokens: &[Token], language: &Language) -> bool {
    if tokens.is_empty() || tokens.len() > 12 {
        return false;
    }
    let calendar = |token: &Token| {
        language.months.contains_key(&token.key)
            || language.weekdays.contains_key(&token.key)
            || language.tables.date_words.clock.contains(&token.key)
            || language.tables.nouns.prepositions.contains(&token.key)
            || language.tables.nouns.determiners.contains(&token.key)
            || token.is_number()
            || !token.is_word()
    };
    let has_month = tokens
        .iter()
        .any(|token| language.months.contains_key(&token.key));
    let iso = tokens.len() == 5 && tokens[0].key.len() == 4;
    let year = tokens
        .iter()
        .any(|token| token.is_number() && token.key.len() == 4);
    tokens.iter().all(calendar) && year && (has_month || iso)
}

/// `Image: Nick Moreau.` at the start or the end of a line.
fn is_credit(tokens: &[Token], language: &Language) -> bool {
    let credits = &language.tables.lines.credits;
    tokens.windows(2).enumerate().any(|(index, pair)| {
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        let apart = before.is_none_or(|before| !before.is_word() || !tokens[index].glued);
        credits.contains(&pair[0].key) && pair[0].capital && pair[1].is(":") && apart
    })
}

/// `The post TITLE appeared first on PUBLISHER.`: the title and the publisher as ranges of the line.
fn footer(line: &str, language: &Language) -> Option<(Range<usize>, Range<usize>)> {
    let (before, rest) = language.tables.lines.footer.split_once("{title}")?;
    let (between, after) = rest.split_once("{publisher}")?;
    let body = line.strip_prefix(before)?;
    let end = line.trim_end_matches('.').strip_suffix(after)?.len();
    let at = body.rfind(between)? + before.len();
    let publisher = at + between.len()..end;
    (at > before.len() && !publisher.is_empty() && publisher.end <= line.len())
        .then_some((before.len()..at, publisher))
}

/// The first heading above the prose is the headline; others there are place lines or deks.
fn name_headline(article: &mut Article, top: usize) {
    let has_title = article.paragraphs[..top]
        .iter()
        .position(|paragraph| paragraph.role == Role::Heading);
    let first = match has_title {
        Some(first) => first,
        // A long headline has more words than a heading; it is the first line and has no stop at the end.
        None => {
            let Some(first) = article.paragraphs.first() else {
                return;
            };
            let tokens = &article.tokens[first.tokens.clone()];
            let open = tokens
                .last()
                .is_some_and(|last| last.is_word() || last.is("?") || last.is_number());
            let fits = open && tokens.len() <= HEADLINE_WORDS && article.paragraphs.len() > 1;
            if first.role != Role::Prose || !fits {
                return;
            }
            0
        }
    };
    article.paragraphs[first].role = Role::Headline;
    for paragraph in &mut article.paragraphs[first + 1..top.max(first + 1)] {
        if paragraph.role == Role::Heading {
            paragraph.role = Role::Caption;
        }
    }
    let line = article.slice(&article.paragraphs[first].span);
    article.about.headline = Some(line.trim_start_matches('#').trim().to_owned());
}

fn read_furniture(article: &mut Article, language: &Language) {
    let mut about = std::mem::take(&mut article.about);
    for paragraph in &article.paragraphs {
        if paragraph.role != Role::Furniture {
            continue;
        }
        let line = article.slice(&paragraph.span);
        if is_address(line) && about.url.is_none() {
            about.url = Some(line.to_owned());
        }
        if let Some((title, publisher)) = footer(line, language) {
            about.headline.get_or_insert_with(|| line[title].to_owned());
            about.publisher = Some(line[publisher].to_owned());
        }
        if let Some(authors) = byline(article, paragraph, language) {
            about.authors.extend(authors);
        }
    }
    article.about = about;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Role]) -> Article {
        let article = Article::read(text, Language::named("en").unwrap());
        let found: Vec<Role> = article
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.role)
            .collect();
        assert_eq!(found, expected, "{text}");
        article
    }

    #[test]
    fn the_lines_around_the_prose_are_told_from_it() {
        let article = check(
            "https://example.org/a\nBridge Closed After Flood\nBy Ann Poole and Raj Mehta\nMonday, May 18, 2015\nThe bridge was closed on Friday.\nWhy It Matters\nIt is the only one.\nThe bridge in 2008. Image: Ann Poole.\nThe post Bridge Closed After Flood appeared first on The Ferry.",
            &[
                Role::Furniture,
                Role::Headline,
                Role::Furniture,
                Role::Dateline,
                Role::Prose,
                Role::Heading,
                Role::Prose,
                Role::Caption,
                Role::Furniture,
            ],
        );
        assert_eq!(
            article.about.headline.as_deref(),
            Some("Bridge Closed After Flood")
        );
        assert_eq!(article.about.publisher.as_deref(), Some("The Ferry"));
        assert_eq!(article.about.authors, ["Ann Poole", "Raj Mehta"]);
        assert_eq!(article.about.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn where_headings_are_marked_short_lines_are_prose() {
        check(
            "Bridge Closed\nThe bridge was closed on Friday.\n## Why It Matters\nCars pay $12\nNobody was hurt.",
            &[
                Role::Headline,
                Role::Prose,
                Role::Heading,
                Role::Prose,
                Role::Prose,
            ],
        );
    }

    #[test]
    fn a_text_that_starts_with_prose_has_no_headline() {
        let article = check(
            "The bridge was closed on Friday.\nNobody was hurt.",
            &[Role::Prose, Role::Prose],
        );
        assert_eq!(article.about.headline, None);
    }
}
