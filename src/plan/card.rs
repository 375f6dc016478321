//! The picture that represents a page where its address is shared.

use std::ops::Deref;
use std::sync::Arc;

use crate::cards::{self, Card, CardColors, CardWords, Fonts};
use crate::check::named_asset;
use crate::model::{CardSubject, Focus, PageHead, Picture};
use crate::plan::FindPage;
use crate::plan::card_drawing::drawing;
use crate::plan::context::SiteContext;
use crate::plan::view::ImageView;
use crate::project::{ContentHash, OutputPath, Permalink, SourcePath};
use crate::theme;
use nutgraf_pictures::SHARED;

/// The fonts of a site's cards.
#[derive(Debug, Default)]
pub struct CardFonts {
    fonts: Fonts,
    /// The hashes of the files that the site names.
    hashes: Vec<ContentHash>,
}

impl CardFonts {
    /// The program's own font, and these files with their hashes.
    pub fn new(named: impl Iterator<Item = (Arc<[u8]>, ContentHash)>) -> Self {
        let (files, hashes) = named.unzip();
        Self {
            fonts: Fonts::new(files),
            hashes,
        }
    }
}

impl Deref for CardFonts {
    type Target = Fonts;

    fn deref(&self) -> &Fonts {
        &self.fonts
    }
}

/// What the card of a page draws; the page itself is looked up only if it says so.
pub fn card_subject(head: &PageHead, page: &FindPage<'_>) -> Option<CardSubject> {
    let page = head.names_card.then(|| page(&head.source));
    page.flatten()?.card.clone()
}

/// The card of a page, which draws a record if the page says so; `None` if the site has no cards, or no address to publish
/// them at.
pub fn card(
    site: &SiteContext<'_>,
    head: &PageHead,
    subject: Option<&CardSubject>,
) -> Option<Card> {
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
    let card = Card::new(words, colors, site.fonts)?;
    Some(match subject {
        Some(subject) => card.with_drawing(drawing(site, subject), site.fonts),
        None => card,
    })
}

/// The address of a card. It changes with the card, so that networks that cache pictures notice.
pub(super) fn permalink(site: &SiteContext<'_>, head: &PageHead, card: &Card) -> Permalink {
    let parts = card.parts();
    let parts = parts.iter().map(|part| part.as_bytes());
    let fonts = site.fonts.hashes.iter().map(|hash| hash.as_bytes());
    let hash = ContentHash::of_parts(parts.chain(fonts));
    Permalink::new(format!("cards/{}.{}.png", name(head), hash.short()))
}

/// What the picture of a page is named after: the page's address.
fn name(head: &PageHead) -> String {
    let page = head.permalink.as_str().trim_end_matches('/');
    match page.strip_suffix(".html").unwrap_or(page) {
        "" => "index".to_owned(),
        page => page.replace('/', "-"),
    }
}

/// Whether a path could be that of a card.
pub fn may_be_card(path: &OutputPath) -> bool {
    path.as_str().starts_with("cards/")
}

/// The card of a page as its head names it.
fn image(
    site: &SiteContext<'_>,
    head: &PageHead,
    subject: Option<&CardSubject>,
) -> Option<ImageView> {
    let card = card(site, head, subject)?;
    Some(ImageView {
        href: site.absolute(&permalink(site, head, &card))?,
        width: cards::WIDTH,
        height: cards::HEIGHT,
        alt: card.alt(),
    })
}

/// A photograph of the writer's that is cut for where a page's address is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The file.
    pub source: SourcePath,
    /// What is to stay in sight.
    pub focus: Focus,
    /// The hash of the file.
    hash: ContentHash,
}

/// The photograph of a page for where its address is shared; `None` if it has none that is large enough, or nothing is
/// to be made for that, or its card draws something else.
pub fn photo(site: &SiteContext<'_>, head: &PageHead) -> Option<Photo> {
    let config = site.config;
    config.base_url.as_deref().filter(|_| config.cards)?;
    let image = head.image.as_ref().filter(|_| !head.names_card)?;
    let (source, asset) = named_asset(site.outline, &head.source, &image.file)?;
    let Some(Picture::Sized(pixels)) = &asset.picture else {
        return None;
    };
    pixels.can_be_shared.then(|| Photo {
        source,
        focus: image.focus.unwrap_or(Focus { x: 50, y: 50 }),
        hash: asset.hash,
    })
}

/// The address of a photograph, another one for every other cut.
pub(super) fn photo_permalink(head: &PageHead, photo: &Photo) -> Permalink {
    let Focus { x, y } = photo.focus;
    let hash = ContentHash::of_parts([photo.hash.as_bytes(), &[x, y], b"1"]);
    Permalink::new(format!("cards/{}.{}.jpg", name(head), hash.short()))
}

/// The picture shown where a page's address is shared: what it says its card draws, its own picture, or else a card with
/// its headline.
pub(super) fn of_page(
    site: &SiteContext<'_>,
    head: &PageHead,
    subject: Option<&CardSubject>,
) -> Option<ImageView> {
    if subject.is_some()
        && let Some(image) = image(site, head, subject)
    {
        return Some(image);
    }
    let alt = head.image.as_ref().map(|image| image.alt.clone());
    if let Some(photo) = photo(site, head) {
        return Some(ImageView {
            href: site.absolute(&photo_permalink(head, &photo))?,
            width: SHARED.width,
            height: SHARED.height,
            alt: alt.unwrap_or_default(),
        });
    }
    let own = head.image.as_ref().and_then(|image| {
        let (_, asset) = named_asset(site.outline, &head.source, &image.file)?;
        let Some(Picture::Sized(pixels)) = &asset.picture else {
            return None;
        };
        Some(ImageView {
            href: site.absolute(&asset.permalink)?,
            width: pixels.size.width,
            height: pixels.size.height,
            alt: image.alt.clone(),
        })
    });
    own.or_else(|| image(site, head, subject))
}
