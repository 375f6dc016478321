//! Pictures as pages show them: in the sizes that browsers choose from.

use crate::check::named_asset;
use crate::model::{Focus, Image, PageHead, Picture, PictureSize, Pixels};
use crate::plan::context::{PageContext, SiteContext};
use crate::plan::view::PictureView;
use crate::project::Permalink;

/// Finds the link to an address.
type Link<'a> = dyn Fn(&Permalink) -> String + 'a;

/// A picture, as it is shown on one page.
pub(super) fn view(context: &PageContext<'_>, image: Option<&Image>) -> Option<PictureView> {
    let image = image?;
    let link = |permalink: &Permalink| context.link(permalink);
    let shown = in_sizes(&image.permalink, image.pixels.as_ref(), image.focus, &link);
    Some(PictureView {
        alt: image.alt.clone(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
        ..shown
    })
}

/// The picture of a page beside the link to it, which says enough of it; `None` if it has none.
pub(super) fn thumbnail(
    site: &SiteContext<'_>,
    head: &PageHead,
    link: &Link<'_>,
) -> Option<PictureView> {
    let image = head.image.as_ref()?;
    let (_, asset) = named_asset(site.outline, &head.source, &image.file)?;
    let pixels = match &asset.picture {
        Some(Picture::Sized(pixels)) => Some(pixels),
        Some(Picture::Broken(_)) => return None,
        None => None,
    };
    Some(in_sizes(&asset.permalink, pixels, image.focus, link))
}

/// A picture by its addresses and sizes, without words.
pub(super) fn in_sizes(
    permalink: &Permalink,
    pixels: Option<&Pixels>,
    focus: Option<Focus>,
    link: &Link<'_>,
) -> PictureView {
    let usual = pixels.and_then(Pixels::usual);
    let size: Option<PictureSize> = pixels.map(|pixels| pixels.size);
    let smaller = pixels.map_or(&[][..], |pixels| &pixels.smaller);
    let srcset: Vec<String> = match smaller {
        [] | [_] => Vec::new(),
        several => several
            .iter()
            .map(|one| format!("{} {}w", link(&one.permalink), one.size.width))
            .collect(),
    };
    PictureView {
        src: link(usual.map_or(permalink, |usual| &usual.permalink)),
        srcset: srcset.join(", "),
        width: size.map(|size| size.width),
        height: size.map(|size| size.height),
        focus_x: focus.map(|focus| (focus.x + 5) / 10),
        focus_y: focus.map(|focus| (focus.y + 5) / 10),
        ..PictureView::default()
    }
}
