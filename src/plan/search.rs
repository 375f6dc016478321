//! The search: a page for readers, and the index that its script reads.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Markup, Page, PartialDate};
use crate::plan::context::SiteContext;
use crate::plan::view::PageView;
use crate::plan::{markup, page, records};
use crate::project::{OutputPath, Permalink};

/// The address of the search.
pub(super) fn permalink() -> Permalink {
    Permalink::new("search/")
}

/// The path of the index.
pub(super) fn index_path() -> OutputPath {
    OutputPath::new("search.json")
}

/// The link to the search from the site's root; `None` if the site has none.
pub fn search_link(site: &SiteContext<'_>) -> Option<String> {
    let link = permalink().link_from(&Permalink::new(""), site.link_style());
    site.config.search.then_some(link)
}

/// The view of the search: without its script, a list of pages.
pub fn search(site: &SiteContext<'_>) -> PageView {
    let title = site.words.get("search").to_owned();
    let permalink = permalink();
    PageView {
        layout: "search",
        full_title: format!("{title} – {}", site.config.title),
        title,
        canonical: site.absolute(&permalink),
        root: permalink.root_prefix(),
        home: Permalink::new("").link_from(&permalink, site.link_style()),
        policies: page::policies(site, |address| {
            address.link_from(&permalink, site.link_style())
        }),
        children: page::top_children(site, &permalink),
        ..PageView::default()
    }
}

/// What can be found: pages and records, in the order of their files, each with its title (`t`), its address from the
/// site's root (`u`), what it belongs to (`p`) and its text (`x`).
pub fn search_index(site: &SiteContext<'_>, pages: &[Arc<Page>]) -> Vec<u8> {
    let entries: Vec<Value> = pages.iter().flat_map(|page| entries(site, page)).collect();
    Value::Array(entries).to_string().into_bytes()
}

fn entries(site: &SiteContext<'_>, page: &Page) -> Vec<Value> {
    let records = &page.records;
    let address = page
        .head
        .permalink
        .link_from(&Permalink::new(""), site.link_style());
    let part = |date: Option<&PartialDate>| match date {
        Some(date) => format!("{} · {}", page.head.title, site.phrases().date(date).words),
        None => page.head.title.clone(),
    };
    let entry = |id: &str, title: &str, part: String, text: String| json!({ "t": title, "u": format!("{address}#{id}"), "p": part, "x": text });
    let plain = |text: Option<&Markup>| {
        text.map(|text| markup::plain(site, text))
            .unwrap_or_default()
    };
    let texts = page.key_points.iter().chain([&page.body]);
    let texts = texts.map(|text| markup::plain(site, text));
    let description = page.head.description.clone();
    let texts: Vec<String> = description.into_iter().chain(texts).collect();
    let mut found = vec![json!({
        "t": page.head.title,
        "u": address,
        "p": "",
        "x": texts.join(" ").trim(),
    })];
    found.extend(records.events.iter().map(|event| {
        let text = plain(event.text.as_ref());
        entry(
            event.anchor.id.as_str(),
            &event.title,
            part(Some(&event.date)),
            text,
        )
    }));
    found.extend(records.figures.iter().map(|figure| {
        let value = site.phrases().quantity(figure.value.headline()).words;
        let text = format!("{value}. {}", plain(figure.text.as_ref()));
        entry(
            figure.anchor.id.as_str(),
            &figure.title,
            part(figure.date.as_ref()),
            text,
        )
    }));
    found.extend(records.reactions.iter().map(|reaction| {
        let said = records::reaction_title(site, reaction);
        let title = format!("{}: {said}", reaction.speaker.name);
        let quote = reaction.quote.iter().chain(&reaction.translation);
        let mut text: Vec<String> = quote.cloned().collect();
        text.push(plain(reaction.text.as_ref()));
        entry(
            reaction.anchor.id.as_str(),
            &title,
            part(reaction.date.as_ref()),
            text.join(" "),
        )
    }));
    found.extend(records.people.iter().map(|person| {
        let words = [&person.role, &person.organisation];
        let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
        entry(
            person.anchor.id.as_str(),
            &person.name,
            part(None),
            words.join(", "),
        )
    }));
    found.extend(records.terms.iter().map(|term| {
        let text = markup::plain(site, &term.definition);
        entry(term.anchor.id.as_str(), &term.term, part(None), text)
    }));
    found.extend(records.sources.iter().map(|source| {
        let text = source.publisher.clone().unwrap_or_default();
        entry(source.anchor.id.as_str(), &source.title, part(None), text)
    }));
    found
}
