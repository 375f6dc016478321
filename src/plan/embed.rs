//! Figures, reactions and timelines on pages of their own, which other sites show in a frame.
//!
//! The address of an embed is `embed/`, then the address of its page, then its id; every link on it leads out of the
//! frame. The address doesn't mention the kind, because ids are unique on a page.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::{Anchor, Page, PageHead, RecordKind};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::embed_size::{Heights, NARROW, WIDE};
use crate::plan::view::{EmbedView, FrameView, LinkView, PageView};
use crate::plan::{card, embed_size, markup, reactions, records, timeline};
use crate::project::{OutputPath, Permalink, encode, is_slug_letter};

/// The script that makes frames as high as what they show. It has one address for all time, as other sites have it in
/// their pages.
pub const SCRIPT: &str = include_str!("embed.js");

/// The name of that script, at the top of the site.
pub(super) const SCRIPT_NAME: &str = "embed.js";

/// What an embed shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A figure, by its id.
    Figure(Arc<str>),
    /// A reaction, by its id.
    Reaction(Arc<str>),
    /// Every event of the page.
    Timeline,
}

/// The parts that a page with these records can offer.
pub fn parts(records: &[(RecordKind, Arc<str>)]) -> Vec<Part> {
    let has_events = records.iter().any(|(kind, _)| *kind == RecordKind::Event);
    let records = records.iter().filter(|(_, id)| is_slug(id));
    let records = records.filter_map(|(kind, id)| match kind {
        RecordKind::Figure => Some(Part::Figure(id.clone())),
        RecordKind::Reaction => Some(Part::Reaction(id.clone())),
        RecordKind::Event
        | RecordKind::Person
        | RecordKind::Term
        | RecordKind::Question
        | RecordKind::Source => None,
    });
    records
        .chain(has_events.then_some(Part::Timeline))
        .collect()
}

/// An invalid id is reported, and its record is left out.
fn is_slug(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || is_slug_letter(c))
}

/// The address of an embed.
pub(super) fn permalink(head: &PageHead, part: &Part) -> Permalink {
    let name = match part {
        Part::Figure(id) | Part::Reaction(id) => id,
        // No record's id starts with this character.
        Part::Timeline => "_events",
    };
    let name = encode(name);
    Permalink::new(format!("embed/{}{name}/", head.permalink.as_str()))
}

/// The address that tells other sites how to show an embed (oEmbed).
pub(super) fn oembed_permalink(head: &PageHead, part: &Part) -> Permalink {
    Permalink::new(format!("{}oembed.json", permalink(head, part).as_str()))
}

/// The address of the page to which an embed at a path, or its description, would belong; `None` if the path can't be that of
/// an embed.
pub fn page_of_embed(path: &OutputPath) -> Option<Permalink> {
    let (part, _) = path.as_str().strip_prefix("embed/")?.rsplit_once('/')?;
    let (page, _) = part.rsplit_once('/').unwrap_or_default();
    Some(Permalink::new(match page {
        "" => String::new(),
        page => format!("{page}/"),
    }))
}

/// The view of an embed; `None` if the page doesn't have it, for example because it is held back.
pub fn embed(site: &SiteContext<'_>, page: &Page, part: &Part) -> Option<PageView> {
    let head = &page.head;
    let from = permalink(head, part);
    let mut context = PageContext::framed(site, page, from.clone());
    let mut view = PageView {
        layout: "embed",
        root: from.root_prefix(),
        title: title(site, page, part)?,
        canonical: site.absolute(&from),
        ..PageView::default()
    };
    let records = &page.records;
    match part {
        Part::Figure(id) => {
            let figure = find(&records.figures, |figure| &figure.anchor, id)?;
            view.figures = vec![records::figure(&mut context, figure)];
        }
        Part::Reaction(id) => {
            let reaction = find(&records.reactions, |reaction| &reaction.anchor, id)?;
            view.reactions = reactions::reactions(&mut context, std::slice::from_ref(reaction));
        }
        Part::Timeline => view.timeline = timeline::timeline(&mut context, &records.events),
    }
    let explainer = site.outline.explainer_of(&head.source);
    let explainer = explainer.and_then(|folder| site.outline.index_of(&folder));
    let whole = explainer.as_ref();
    let whole = whole.map_or(&site.config.title, |explainer| &explainer.title);
    view.full_title = format!("{} – {whole}", view.title);
    view.frame = Some(FrameView {
        page: LinkView {
            title: head.title.clone(),
            href: context.link(&head.permalink),
            is_current: false,
        },
        oembed: site.absolute(&oembed_permalink(head, part)),
        script: has_script(site, part).then(|| format!("{}{SCRIPT_NAME}", view.root)),
    });
    Some(view)
}

/// How to show an embed, in oEmbed 1.0; `None` without a `base_url`.
pub fn oembed(site: &SiteContext<'_>, page: &Page, part: &Part) -> Option<Value> {
    let head = &page.head;
    let title = title(site, page, part)?;
    let code = code(site, page, part, &title)?;
    let mut oembed = json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site.config.title,
        "provider_url": site.config.base_url,
        "html": code.html,
        "width": WIDE,
        "height": code.height,
    });
    if let Some(image) = card::of_page(site, head, page.card.as_ref()) {
        oembed["thumbnail_url"] = json!(image.href);
        oembed["thumbnail_width"] = json!(image.width);
        oembed["thumbnail_height"] = json!(image.height);
    }
    Some(oembed)
}

/// How to embed a part of a page, for its own page; `None` elsewhere, on a site without embeds, or without a `base_url`.
pub(super) fn offer(context: &PageContext<'_>, part: &Part) -> Option<EmbedView> {
    if context.is_elsewhere() || !context.site.config.embeds {
        return None;
    }
    let (site, page) = (context.site, context.page);
    let mut view = code(site, page, part, &title(site, page, part)?)?;
    view.href = context.link(&permalink(&page.head, part));
    Some(view)
}

/// The HTML that shows an embed on another site.
fn code(site: &SiteContext<'_>, page: &Page, part: &Part, title: &str) -> Option<EmbedView> {
    let url = site.absolute(&permalink(&page.head, part))?;
    let Heights { narrow, wide } = heights(site, page, part)?;
    let mut html = String::from("<iframe src=\"");
    markup::escape(&url, &mut html);
    html.push_str("\" title=\"");
    markup::escape(title, &mut html);
    html.push_str(&format!(
        "\" width=\"100%\" height=\"{wide}\" loading=\"lazy\" style=\"border: 0; height: {}\"></iframe>",
        css_height(narrow, wide)
    ));
    let script = site.absolute(&Permalink::new(SCRIPT_NAME));
    if let Some(script) = script.filter(|_| has_script(site, part)) {
        html.push_str("<script src=\"");
        markup::escape(&script, &mut html);
        html.push_str("\" async></script>");
    }
    Some(EmbedView {
        href: String::new(),
        address: url,
        html,
        height: wide,
    })
}

/// Whether a frame becomes as high as what it shows: a timeline of any length is scrolled.
fn has_script(site: &SiteContext<'_>, part: &Part) -> bool {
    site.config.embed_script && *part != Part::Timeline
}

/// The height of a frame in CSS: it decreases linearly from that of a narrow frame to that of a wide one, and then
/// stays the same.
///
/// A height can't depend on the width of its container, only on that of the window: on a phone, a frame is as wide as
/// the window minus the page's margins; in a column beside others, it scrolls.
fn css_height(narrow: u32, wide: u32) -> String {
    /// The margins of a page beside a frame on a phone, in pixels.
    const MARGINS: u32 = 32;
    let fall = narrow - wide;
    if fall == 0 {
        return format!("{wide}px");
    }
    let percent = fall * 100 / (WIDE - NARROW);
    let start = narrow + percent * (NARROW + MARGINS) / 100;
    format!("max({wide}px, {start}px - {percent}vw)")
}

/// The heights of an embed; `None` if the page doesn't have it.
fn heights(site: &SiteContext<'_>, page: &Page, part: &Part) -> Option<Heights> {
    let records = &page.records;
    let title = &page.head.title;
    match part {
        Part::Figure(id) => {
            let figure = find(&records.figures, |figure| &figure.anchor, id)?;
            Some(embed_size::figure(site, figure, title))
        }
        Part::Reaction(id) => {
            let reaction = find(&records.reactions, |reaction| &reaction.anchor, id)?;
            Some(embed_size::reaction(site, reaction, title))
        }
        Part::Timeline => Some(embed_size::TIMELINE),
    }
}

/// A record by its id.
fn find<'a, T>(records: &'a [Arc<T>], anchor: fn(&T) -> &Anchor, id: &str) -> Option<&'a Arc<T>> {
    let mut records = records.iter();
    records.find(|record| anchor(record).id.as_str() == id)
}

/// The title of an embed; `None` if the page doesn't have it.
fn title(site: &SiteContext<'_>, page: &Page, part: &Part) -> Option<String> {
    let records = &page.records;
    match part {
        Part::Figure(id) => {
            let figure = find(&records.figures, |figure| &figure.anchor, id)?;
            Some(figure.title.clone())
        }
        Part::Reaction(id) => {
            let reaction = find(&records.reactions, |reaction| &reaction.anchor, id)?;
            let said = records::reaction_title(site, reaction);
            Some(format!("{}: {said}", reaction.speaker.name))
        }
        Part::Timeline => (!records.events.is_empty()).then(|| page.head.title.clone()),
    }
}
