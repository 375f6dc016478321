//! The picture that represents a page where its address is shared.

use crate::cards::{self, Card, CardColors, CardWords};
use crate::model::{Page, PageHead};
use crate::plan::context::SiteContext;
use crate::plan::view::ImageView;
use crate::project::{ContentHash, OutputPath, Permalink};
use crate::theme;

/// The card of a page; `None` if the site has no cards, or no address to publish them at.
pub fn card(site: &SiteContext<'_>, head: &PageHead) -> Option<Card> {
    let config = site.config;
    let base_url = config.base_url.as_deref().filter(|_| config.cards)?;
    let address = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    let explainer = site
        .outline
        .explainer_of(&head.source)
        .and_then(|folder| site.outline.index_of(&folder));
    let kicker = match explainer.as_deref() {
        Some(explainer) if explainer.permalink == head.permalink => site.words.get("explainer"),
        Some(explainer) => &explainer.title,
        None => "",
    };
    let names = [Some(&config.title), config.publisher.as_ref()];
    let owner = names
        .into_iter()
        .flatten()
        .find(|name| **name != head.title);
    let heads = [Some(head), explainer.as_deref()];
    let date = heads.into_iter().flatten().find_map(|head| {
        let words = |date| site.phrases().published(date).words;
        let updated = head
            .updated
            .as_ref()
            .map(|day| format!("{} {}", site.words.get("updated"), words(day)));
        updated.or(head.date.as_ref().map(words))
    });
    let words = CardWords {
        kicker: kicker.to_owned(),
        title: head.title.clone(),
        address: address.trim_end_matches('/').to_owned(),
        dek: head.description.clone().unwrap_or_default(),
        site: owner.cloned().unwrap_or_default(),
        date: date.unwrap_or_default(),
    };
    let color = |name| theme::colors::light(&config.colors, name);
    let colors = CardColors {
        background: color("background"),
        text: color("text"),
        muted: color("muted"),
        border: color("border"),
        accent: color("accent"),
    };
    Card::new(words, colors)
}

/// The address of a card. It changes with the card, so that networks that cache pictures notice.
pub(super) fn permalink(head: &PageHead, card: &Card) -> Permalink {
    let page = head.permalink.as_str().trim_end_matches('/');
    let page = page.strip_suffix(".html").unwrap_or(page);
    let name = match page {
        "" => "index".to_owned(),
        page => page.replace('/', "-"),
    };
    let hash = ContentHash::of_parts(card.parts().map(str::as_bytes));
    Permalink::new(format!("cards/{name}.{}.png", hash.short()))
}

/// Whether a path could be that of a card.
pub fn may_be_card(path: &OutputPath) -> bool {
    path.as_str().starts_with("cards/")
}

/// The card of a page as its head names it.
pub(super) fn image(site: &SiteContext<'_>, head: &PageHead) -> Option<ImageView> {
    let card = card(site, head)?;
    Some(ImageView {
        href: site.absolute(&permalink(head, &card))?,
        width: cards::WIDTH,
        height: cards::HEIGHT,
        alt: card.alt(),
    })
}

/// The picture shown where a page's address is shared: its own, or else its card.
pub(super) fn of_page(site: &SiteContext<'_>, page: &Page) -> Option<ImageView> {
    let own = page.image.as_ref().and_then(|image| {
        let size = image.size?;
        Some(ImageView {
            href: site.absolute(&image.permalink)?,
            width: size.width,
            height: size.height,
            alt: image.alt.clone(),
        })
    });
    own.or_else(|| image(site, &page.head))
}
