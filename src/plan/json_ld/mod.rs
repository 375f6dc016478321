//! A page for machines: JSON-LD by schema.org.
//!
//! Says only what the page says itself, and nothing that has to be guessed: whether a speaker is a person, or the day
//! of something that is dated by its year. Addresses are absolute, so without a `base_url` there are none.

mod records;

use serde_json::{Map, Value, json};

use crate::model::{Correction, Layout, Page, PageHead, Published, SourceRef};
use crate::plan::context::Sheet;
use crate::plan::markup;
use crate::plan::view::{CitationView, ImageView};

/// An article that gives background to the news.
const ARTICLE: &str = "BackgroundNewsArticle";

/// The JSON-LD of a page, safe inside a script element: `<` is written as an escape.
pub(super) fn page(sheet: &Sheet<'_>, image: Option<&ImageView>) -> String {
    let mut page = about(sheet);
    page.set("@context", json!("https://schema.org"));
    page.set_if_any("image", image.map(picture));
    page.set_list("citation", sheet.citations().iter().map(work));
    page.set_list("isBasedOn", based_on(sheet));
    page.set_list(
        "correction",
        sheet
            .page
            .records
            .corrections
            .iter()
            .map(|item| correction(sheet, item)),
    );
    page.set_list("hasPart", records::parts(sheet));
    page.set_list("mentions", records::mentions(sheet));
    page.value().to_string().replace('<', "\\u003c")
}

/// An object, field by field.
#[derive(Default)]
struct Node(Map<String, Value>);

impl Node {
    fn of(kind: &str) -> Self {
        let mut node = Self::default();
        node.set("@type", json!(kind));
        node
    }

    fn set(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    fn set_if_any(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value.into());
        }
    }

    /// Sets a list, unless there is nothing in it.
    fn set_list(&mut self, key: &str, values: impl IntoIterator<Item = Value>) {
        let values: Vec<Value> = values.into_iter().collect();
        if !values.is_empty() {
            self.set(key, Value::Array(values));
        }
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

/// What the page is, and what it says of itself.
fn about(sheet: &Sheet<'_>) -> Node {
    let page = sheet.page;
    let head = &page.head;
    let explainer = explainer(sheet);
    let published = head
        .date
        .as_ref()
        .or(explainer.and_then(|head| head.date.as_ref()));
    let updated = head
        .updated
        .as_ref()
        .or(explainer.and_then(|head| head.updated.as_ref()));
    let authors = authors(sheet);
    // An article needs a date and somebody who answers for it; what lacks one is a page like any other.
    let is_article = explainer.is_some() && published.is_some() && !authors.is_empty();
    let kind = kind(head.layout, is_article);
    let mut node = Node::of(kind);
    let title = if kind == ARTICLE { "headline" } else { "name" };
    node.set(title, json!(head.title));
    node.set_if_any("description", head.description.as_deref());
    match sheet.desk.absolute(&head.permalink) {
        Some(url) => {
            node.set("@id", json!(url));
            node.set("url", json!(url));
            node.set("mainEntityOfPage", json!(url));
        }
        None => node.set("@id", json!("#_content")),
    }
    node.set("inLanguage", json!(sheet.desk.config.language));
    node.set_if_any("datePublished", published.map(moment));
    node.set_if_any("dateModified", updated.or(published).map(moment));
    node.set_list("author", authors);
    node.set_if_any("publisher", publisher(sheet));
    node.set_list("keywords", head.tags.iter().map(|tag| json!(tag)));
    node.set("isAccessibleForFree", json!(true));
    if kind == ARTICLE {
        node.set_if_any("backstory", backstory(sheet));
    }
    let whole = explainer.filter(|explainer| explainer.permalink != head.permalink);
    let whole = whole.and_then(|explainer| sheet.desk.absolute(&explainer.permalink));
    node.set_if_any("isPartOf", whole.map(|url| json!({ "@id": url })));
    node
}

/// The schema.org type of a page. Lists of people, terms and sources are collections, not articles.
fn kind(layout: Layout, is_article: bool) -> &'static str {
    match layout {
        Layout::Home
        | Layout::Page
        | Layout::Section
        | Layout::Timeline
        | Layout::Figures
        | Layout::Reactions
            if is_article =>
        {
            ARTICLE
        }
        Layout::Page | Layout::Timeline | Layout::Figures | Layout::Reactions => "WebPage",
        Layout::Home | Layout::Section | Layout::People | Layout::Glossary | Layout::Sources => {
            "CollectionPage"
        }
    }
}

/// The front page of the page's explainer.
fn explainer<'a>(sheet: &Sheet<'a>) -> Option<&'a PageHead> {
    let outline = sheet.desk.outline;
    let folder = outline.explainer_of(&sheet.page.head.source)?;
    outline.index_of(folder).map(|head| &**head)
}

/// Who answers for the page: the authors that it names, else the site's author, else its publisher.
fn authors(sheet: &Sheet<'_>) -> Vec<Value> {
    let config = sheet.desk.config;
    let site = config.author.iter().chain(&config.publisher).take(1);
    let names: Vec<&String> = match sheet.page.head.authors.is_empty() {
        true => site.collect(),
        false => sheet.page.head.authors.iter().collect(),
    };
    let is_publisher = |name: &String| config.publisher.as_ref() == Some(name);
    let authors = names.into_iter().map(|name| match is_publisher(name) {
        true => json!({ "@type": "Organization", "name": name }),
        false => json!({ "@type": "Person", "name": name }),
    });
    authors.collect()
}

fn publisher(sheet: &Sheet<'_>) -> Option<Value> {
    let config = sheet.desk.config;
    let name = config.publisher.as_ref()?;
    let mut publisher = Node::of("Organization");
    publisher.set("name", json!(name));
    publisher.set_if_any("url", config.base_url.as_deref());
    Some(publisher.value())
}

/// How the article was made, as far as the program knows it.
fn backstory(sheet: &Sheet<'_>) -> Option<String> {
    let n_sources = sheet.citations().len();
    let words = sheet.desk.words;
    (n_sources > 0).then(|| words.fill("backstory", &[("n", &n_sources.to_string())]))
}

fn picture(image: &ImageView) -> Value {
    json!({
        "@type": "ImageObject",
        "url": image.href,
        "width": image.width,
        "height": image.height,
    })
}

fn moment(published: &Published) -> String {
    let time = published.time.clone();
    time.unwrap_or_else(|| published.day.to_string())
}

/// A source that the page names.
fn work(citation: &CitationView) -> Value {
    let source = &citation.source;
    let mut work = Node::of("CreativeWork");
    work.set("name", json!(source.title));
    let organization = |name: &String| json!({ "@type": "Organization", "name": name });
    work.set_if_any("publisher", source.publisher.as_ref().map(organization));
    let published = source.published.as_ref();
    let published = published.and_then(|date| date.datetime.clone());
    work.set_if_any("datePublished", published);
    work.set_if_any("url", source.url.as_deref());
    work.set_if_any("archivedAt", source.archived.as_deref());
    work.value()
}

/// The works that the page's records were made from, by their addresses, or by name if they have none.
fn based_on(sheet: &Sheet<'_>) -> Vec<Value> {
    let Page { records, .. } = sheet.page;
    let events = records.events.iter().flat_map(|event| &event.sources);
    let figures = records.figures.iter().flat_map(|figure| &figure.sources);
    let reactions = records.reactions.iter();
    let reactions = reactions.flat_map(|reaction| &reaction.sources);
    let mut works: Vec<Value> = Vec::new();
    for SourceRef { source, .. } in events.chain(figures).chain(reactions) {
        let work = match &source.url {
            Some(url) => json!(url),
            None => json!({ "@type": "CreativeWork", "name": source.title }),
        };
        if !works.contains(&work) {
            works.push(work);
        }
    }
    works
}

fn correction(sheet: &Sheet<'_>, correction: &Correction) -> Value {
    json!({
        "@type": "CorrectionComment",
        "text": markup::plain(sheet.desk, &correction.text),
        "datePublished": correction.date.to_string(),
    })
}
