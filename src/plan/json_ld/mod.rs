//! A page for machines: JSON-LD by schema.org.

use serde_json::{Map, Value, json};

use crate::model::Page;
use crate::plan::context::Sheet;

/// The JSON-LD of a page, safe inside a script element: `<` is written as an escape.
pub(super) fn page(sheet: &Sheet<'_>) -> String {
    let value = article(sheet, sheet.page);
    value.to_string().replace('<', "\\u003c")
}

/// The page as an article that gives background (schema.org `BackgroundNewsArticle`).
fn article(sheet: &Sheet<'_>, page: &Page) -> Value {
    let head = &page.head;
    let config = sheet.desk.config;
    let mut article = Map::new();
    let mut set = |key: &str, value: Value| {
        article.insert(key.to_owned(), value);
    };
    set("@context", json!("https://schema.org"));
    set("@type", json!("BackgroundNewsArticle"));
    set("headline", json!(head.title));
    set("inLanguage", json!(config.language));
    if let Some(description) = &head.description {
        set("description", json!(description));
    }
    if let Some(url) = sheet.desk.absolute(&head.permalink) {
        set("url", json!(url));
    }
    if let Some(date) = &head.date {
        set("datePublished", json!(moment(date)));
    }
    if let Some(date) = head.updated.as_ref().or(head.date.as_ref()) {
        set("dateModified", json!(moment(date)));
    }
    if !page.authors.is_empty() {
        let authors = page.authors.iter();
        let authors: Vec<Value> = authors
            .map(|name| json!({"@type": "Person", "name": name}))
            .collect();
        set("author", json!(authors));
    }
    if let Some(publisher) = &config.publisher {
        set(
            "publisher",
            json!({"@type": "Organization", "name": publisher}),
        );
    }
    let citations: Vec<Value> = sheet.citations().iter().map(citation).collect();
    if !citations.is_empty() {
        set("citation", json!(citations));
    }
    Value::Object(article)
}

fn moment(published: &crate::model::Published) -> String {
    let time = published.time.clone();
    time.unwrap_or_else(|| published.day.to_string())
}

fn citation(citation: &crate::plan::view::CitationView) -> Value {
    let source = &citation.source;
    let mut value = Map::new();
    value.insert("@type".to_owned(), json!("CreativeWork"));
    value.insert("name".to_owned(), json!(source.title));
    if let Some(publisher) = &source.publisher {
        let publisher = json!({"@type": "Organization", "name": publisher});
        value.insert("publisher".to_owned(), publisher);
    }
    if let Some(url) = &source.url {
        value.insert("url".to_owned(), json!(url));
    }
    Value::Object(value)
}
