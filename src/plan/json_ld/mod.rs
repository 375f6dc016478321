//! A page for machines: JSON-LD with schema.org.
//!
//! It says only what the page itself says, and nothing that would have to be guessed, such as whether a speaker is a
//! person, or the day of something dated only by year. Addresses are absolute, so without a `base_url` there are none.

mod records;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::model::{Layout, Notice, Page, PageHead, Published, SourceRef};
use crate::plan::context::PageContext;
use crate::plan::view::{CitationView, ImageView};
use crate::plan::{citations, markup};

/// The schema.org type of an article that gives background to the news.
const ARTICLE: &str = "BackgroundNewsArticle";

/// The JSON-LD of a page, safe inside a script element: `<` is escaped.
pub(super) fn page(context: &PageContext<'_>, image: Option<&ImageView>) -> String {
    let mut page = about(context);
    page.set("@context", json!("https://schema.org"));
    page.set_if_any("image", image.map(picture));
    page.set_list("citation", citations::citations(context).iter().map(work));
    page.set_list("isBasedOn", based_on(context));
    page.set_list(
        "correction",
        context
            .page
            .records
            .corrections
            .iter()
            .map(|item| correction(context, item)),
    );
    if context.page.head.layout == Layout::Questions {
        page.set_list("mainEntity", records::questions(context));
    }
    page.set_list("hasPart", records::parts(context));
    page.set_list("mentions", records::mentions(context));
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

    /// Sets a list, unless it is empty.
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

/// What the page is, and what it says about itself.
fn about(context: &PageContext<'_>) -> Node {
    let page = context.page;
    let head = &page.head;
    let explainer = explainer(context);
    let explainer = explainer.as_deref();
    let published = head
        .date
        .as_ref()
        .or(explainer.and_then(|head| head.date.as_ref()));
    let updated = head
        .updated
        .as_ref()
        .or(explainer.and_then(|head| head.updated.as_ref()));
    let authors = authors(context);
    // An article needs a date and somebody responsible for it; without them it is an ordinary page.
    let is_article = explainer.is_some() && published.is_some() && !authors.is_empty();
    let kind = kind(head.layout, is_article);
    let mut node = Node::of(kind);
    let title = if kind == ARTICLE { "headline" } else { "name" };
    node.set(title, json!(head.title));
    node.set_if_any("description", head.description.as_deref());
    match context.site.absolute(&head.permalink) {
        Some(url) => {
            node.set("@id", json!(url));
            node.set("url", json!(url));
            node.set("mainEntityOfPage", json!(url));
        }
        None => node.set("@id", json!("#_content")),
    }
    node.set("inLanguage", json!(context.site.config.language));
    node.set_if_any("datePublished", published.map(moment));
    node.set_if_any("dateModified", updated.or(published).map(moment));
    node.set_list("author", authors);
    node.set_if_any("publisher", publisher(context));
    node.set_list("keywords", head.tags.iter().map(|tag| json!(tag)));
    node.set("isAccessibleForFree", json!(true));
    if kind == ARTICLE {
        node.set_if_any("backstory", backstory(context));
    }
    let whole = explainer.filter(|explainer| explainer.permalink != head.permalink);
    let whole = whole.and_then(|explainer| context.site.absolute(&explainer.permalink));
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
        Layout::Questions => "FAQPage",
        Layout::Page
        | Layout::Timeline
        | Layout::Figures
        | Layout::Reactions
        | Layout::Accounts => "WebPage",
        Layout::Home | Layout::Section | Layout::People | Layout::Glossary | Layout::Sources => {
            "CollectionPage"
        }
    }
}

/// The front page of the page's explainer.
fn explainer(context: &PageContext<'_>) -> Option<Arc<PageHead>> {
    let outline = context.site.outline;
    let folder = outline.explainer_of(&context.page.head.source)?;
    outline.index_of(&folder)
}

/// Who is responsible for the page: the authors that it names, or else the site's author, or else its publisher.
fn authors(context: &PageContext<'_>) -> Vec<Value> {
    let config = context.site.config;
    let of_site = config.author.iter().chain(&config.publisher).take(1);
    let names: Vec<&String> = if context.page.head.authors.is_empty() {
        of_site.collect()
    } else {
        context.page.head.authors.iter().collect()
    };
    let is_publisher = |name: &String| config.publisher.as_ref() == Some(name);
    let authors = names.into_iter().map(|name| {
        if is_publisher(name) {
            json!({ "@type": "Organization", "name": name })
        } else {
            json!({ "@type": "Person", "name": name })
        }
    });
    authors.collect()
}

fn publisher(context: &PageContext<'_>) -> Option<Value> {
    let config = context.site.config;
    let name = config.publisher.as_ref()?;
    let mut publisher = Node::of("Organization");
    publisher.set("name", json!(name));
    publisher.set_if_any("url", config.base_url.as_deref());
    Some(publisher.value())
}

/// How the article was made, as far as the program knows.
fn backstory(context: &PageContext<'_>) -> Option<String> {
    let n_sources = citations::citations(context).len();
    let words = context.site.words;
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

/// A source that the page cites.
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

/// The works that the page's records were made from, identified by address or, without one, by name.
fn based_on(context: &PageContext<'_>) -> Vec<Value> {
    let Page { records, .. } = context.page;
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

fn correction(context: &PageContext<'_>, correction: &Notice) -> Value {
    json!({
        "@type": "CorrectionComment",
        "text": markup::plain(context.site, &correction.text),
        "datePublished": correction.date.to_string(),
    })
}
