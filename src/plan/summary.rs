//! What a page is about, in one line, for search engines and social networks.

use crate::model::Page;
use crate::plan::context::SiteContext;
use crate::plan::{markup, records};

/// About how many characters of it are shown in search results.
const LENGTH: usize = 160;

/// The page's dek, or else the start of its prose, the names of its records, or those of the pages below it; `None` for
/// an empty page.
pub(super) fn summary(site: &SiteContext<'_>, page: &Page) -> Option<String> {
    if let Some(description) = &page.head.description {
        return Some(description.clone());
    }
    let prose = markup::plain(site, &page.body);
    let texts = [
        prose,
        names(site, page).join("; "),
        below(site, page).join("; "),
    ];
    let text = texts.into_iter().find(|text| !text.is_empty());
    let text = shortened(&text.unwrap_or_default());
    (!text.is_empty()).then_some(text)
}

fn names(site: &SiteContext<'_>, page: &Page) -> Vec<String> {
    let all = &page.records;
    let events = all.events.iter().map(|event| event.title.clone());
    let figures = all.figures.iter().map(|figure| figure.title.clone());
    let reactions = all.reactions.iter().map(|reaction| {
        let said = records::reaction_title(site, reaction);
        format!("{}: {said}", reaction.speaker.name)
    });
    let people = all.people.iter().map(|person| person.name.clone());
    let terms = all.terms.iter().map(|term| term.term.clone());
    let questions = all
        .questions
        .iter()
        .map(|question| question.question.clone());
    let sources = all.sources.iter().map(|source| source.title.clone());
    let records = events.chain(figures).chain(reactions);
    let others = people.chain(terms).chain(questions).chain(sources);
    records.chain(others).collect()
}

/// The pages below the page.
fn below(site: &SiteContext<'_>, page: &Page) -> Vec<String> {
    let folder = page.head.source.folder();
    let pages = site.outline.pages_of(folder);
    let pages = pages
        .iter()
        .filter(|head| page.head.is_index && head.source != page.head.source);
    pages.map(|head| head.title.clone()).collect()
}

/// The text up to the last word that fits.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LENGTH) else {
        return text.to_owned();
    };
    let start = &text[..end];
    let start = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    format!("{}…", start.trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_after_a_word() {
        assert_eq!(shortened("short"), "short");
        let long = "wörter, ".repeat(40);
        let cut = shortened(&long);
        assert!(
            cut.ends_with("wörter…") && cut.chars().count() <= LENGTH + 1,
            "{cut}"
        );
    }
}
