//! Collects the addresses of other sites that readers can follow, with their places. Never touches the network.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;
use url::Url;

use crate::diag::{Place, Span};
use crate::edition::Edition;
use crate::plan::Output;
use crate::project::{SourceFile, SourcePath};

/// How many places of one address are listed; a link in a footer would have hundreds.
const PLACES: usize = 5;

/// An address, without its fragment.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) url: Url,
    /// Its first place.
    pub(super) place: Place,
    /// Its other places.
    pub(super) others: Vec<Place>,
    /// The archived copy that a source gives for it.
    pub(super) archived: Option<String>,
}

/// Every address on the pages that leads to another site, by address.
pub(super) fn links(edition: &Edition) -> Vec<Link> {
    let own = edition.config().and_then(|config| config.base_url);
    let mut found: BTreeMap<String, (Url, Vec<Place>)> = BTreeMap::new();
    for (path, output) in edition.outputs() {
        let (Output::Page(source) | Output::Section(source)) = &output else {
            continue;
        };
        // Failing templates have been reported.
        let Some(Ok(page)) = edition.renderer().render(&path, &output) else {
            continue;
        };
        let html = String::from_utf8_lossy(page.bytes());
        for (written, url) in addresses(&html) {
            if own
                .as_ref()
                .is_some_and(|own| url.as_str().starts_with(own.as_str()))
            {
                continue;
            }
            let (_, places) = found
                .entry(url.to_string())
                .or_insert_with(|| (url, Vec::new()));
            let place = place(edition, source, &written);
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let archived = archived(edition);
    let links = found.into_iter().map(|(key, (url, places))| {
        // A page that only shows what another file contains comes after that file.
        let is_exact = |place: &&Place| place.span.is_some();
        let exact: Vec<Place> = places.iter().filter(is_exact).cloned().collect();
        let mut places = if exact.is_empty() { places } else { exact }.into_iter();
        let first = places
            .next()
            .unwrap_or_else(|| Place::file(&SourcePath::new("site.yaml")));
        Link {
            archived: archived.get(&key).cloned(),
            others: places.take(PLACES).collect(),
            place: first,
            url,
        }
    });
    links.collect()
}

/// The addresses on a page that start with `http`, each as written there.
fn addresses(html: &str) -> Vec<(String, Url)> {
    // `<link>` is for programs; what a reader can follow is an `<a>`.
    let Ok(anchor) = Regex::new(r#"<a\s[^>]*?href="(https?://[^"]*)""#) else {
        return Vec::new();
    };
    let found = anchor.captures_iter(html).filter_map(|found| {
        let written = unescape(&found[1]);
        let mut url = Url::parse(&written).ok()?;
        url.set_fragment(None);
        Some((written, url))
    });
    found.collect()
}

/// An attribute's value without HTML escapes.
fn unescape(value: &str) -> String {
    let entities = [
        ("&#x2F;", "/"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let mut text = value.to_owned();
    for (entity, character) in entities {
        text = text.replace(entity, character);
    }
    // Last, so that nothing is taken for an entity that isn't one.
    text.replace("&amp;", "&")
}

/// The place of an address: on its page, in another file, or, if it can't be found, the page as a whole.
fn place(edition: &Edition, page: &SourcePath, written: &str) -> Place {
    let snapshot = edition.snapshot();
    let own = snapshot.get(page).into_iter();
    let others = snapshot
        .below("content")
        .filter(|file| file.path.extension() == "md");
    let config = snapshot.get(&SourcePath::new("site.yaml")).into_iter();
    let mut files = own.chain(others).chain(config);
    let found = files.find_map(|file| Some(Place::new(&file.path, span(find(file, written)?))));
    found.unwrap_or_else(|| Place::file(page))
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// The whole address in a file, not as the beginning of a longer one.
fn find(file: &SourceFile, written: &str) -> Option<Range<usize>> {
    let text = std::str::from_utf8(&file.bytes).ok()?;
    let decoded = percent_encoding::percent_decode_str(written)
        .decode_utf8()
        .ok();
    let forms = [Some(written), decoded.as_deref(), written.strip_suffix('/')];
    forms.into_iter().flatten().find_map(|form| {
        let mut starts = text.match_indices(form);
        let is_whole = |start: usize| {
            let next = text[start + form.len()..].chars().next();
            next.is_none_or(|next| {
                !next.is_alphanumeric() && !"/-_.~%?=&#+".contains(next) || next == '.'
            })
        };
        let start = starts.find(|(start, _)| is_whole(*start))?.0;
        Some(start..start + form.len())
    })
}

/// The archived copies that sources give, by original address.
fn archived(edition: &Edition) -> BTreeMap<String, String> {
    let mut archived = BTreeMap::new();
    for page in edition.all_pages() {
        for source in &page.records.sources {
            let url = source.url.as_deref().and_then(|url| Url::parse(url).ok());
            if let (Some(mut url), Some(copy)) = (url, &source.archived) {
                url.set_fragment(None);
                archived.insert(url.to_string(), copy.clone());
            }
        }
    }
    archived
}
