//! How to cite the page itself: in words, as BibTeX, as CSL-JSON.

use serde_json::{Value, json};

use crate::plan::context::PageContext;
use crate::plan::data::bibtex;
use crate::plan::view::{CiteView, PageView};
use crate::project::{ContentHash, ascii_slug};

/// How to cite the page, of which `view` is all the rest; `None` if it has no address, or belongs to no explainer.
pub(super) fn cite(context: &PageContext<'_>, view: &PageView) -> Option<CiteView> {
    let site = context.site;
    let head = &context.page.head;
    let folder = site.outline.explainer_of(&head.source)?;
    let url = site.absolute(&head.permalink)?;
    let explainer = site.outline.index_of(&folder);
    let explainer = explainer.as_ref();
    let config = site.config;
    let dates = [Some(head), explainer].into_iter().flatten();
    let date = dates
        .flat_map(|head| [&head.updated, &head.date])
        .flatten()
        .next();
    let day = date.map(|date| date.day);
    let authors: Vec<String> = if head.authors.is_empty() {
        config
            .author
            .iter()
            .chain(&config.publisher)
            .take(1)
            .cloned()
            .collect()
    } else {
        head.authors.clone()
    };
    let key = key(head.permalink.as_str(), &config.title);
    let revision = revision(view, config.base_url.as_deref().unwrap_or_default());
    let words = site.words;
    let version = words.fill("cite_revision", &[("revision", &revision)]);

    let mut entry = bibtex::Entry::new("misc", &key);
    entry.authors(&authors);
    entry.title(&head.title);
    entry.text("howpublished", Some(&config.title));
    if let Some(day) = day {
        entry.day(day);
    }
    entry.verbatim("url", Some(url.clone()));
    entry.text("note", Some(&version));

    let mut csl = json!({
        "id": key,
        "type": "webpage",
        "title": head.title,
        "container-title": config.title,
        "language": config.language,
        "URL": url,
        "version": revision,
    });
    if !authors.is_empty() {
        let names = authors.iter().map(|name| json!({ "literal": name }));
        csl["author"] = names.collect();
    }
    if let Some(day) = day {
        csl["issued"] = json!({ "date-parts": [[day.year(), day.month(), day.day()]] });
    }
    if let Some(publisher) = &config.publisher {
        csl["publisher"] = json!(publisher);
    }

    let (open, close) = (words.get("quote_open"), words.get("quote_close"));
    let mut text = String::new();
    if !authors.is_empty() {
        text.push_str(&format!("{}. ", authors.join(", ")));
    }
    text.push_str(&format!("{open}{}{close}. {}", head.title, config.title));
    if let Some(date) = date {
        text.push_str(&format!(", {}", site.phrases().published(date).words));
    }
    text.push_str(&format!(" ({version}). {url}"));
    Some(CiteView {
        text,
        bibtex: entry.to_string().trim_end().to_owned(),
        csl: format!("{:#}", Value::Array(vec![csl])),
    })
}

/// The revision of a page: another one whenever it says something else, and the same for the same words, wherever the site
/// stands.
fn revision(view: &PageView, base: &str) -> String {
    let data = view.json_ld.replace(base, "");
    let blocks = view.body.iter().filter_map(|block| block.html.as_deref());
    let words = view
        .key_points_html
        .iter()
        .map(String::as_str)
        .chain(blocks);
    let said = words.chain([data.as_str()]);
    ContentHash::of_parts(said.map(str::as_bytes)).short()
}

/// The key by which the page is cited, made from its address or from its site's.
fn key(address: &str, site: &str) -> String {
    let address = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
    match ascii_slug(&address) {
        key if key.is_empty() => ascii_slug(site),
        key => key,
    }
}
