//! Faults of a site's settings that `site.yaml` alone doesn't reveal.

use crate::config::{self, CONFIG, Config, LinkTarget};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::FieldPath;
use crate::model::Outline;
use crate::project::{SourceFile, SourcePath};
use crate::theme;

/// The site has no address.
pub fn no_base_url() -> Diagnostic {
    let place = Place::file(&SourcePath::new(CONFIG));
    let message =
        "there is no `base_url`, so the site has no feed, no sitemap and no canonical links";
    Diagnostic::new(Code::NoBaseUrl, place, message)
        .help("add `base_url: https://…` once the site has an address, or build with `--base-url`")
}

/// The interface is in English on a site that isn't.
pub fn no_words(language: &str) -> Diagnostic {
    let message = format!("the interface is in English: it has no translation for `{language}`");
    let help = format!(
        "write them in `templates/words/{language}.yaml`, such as `sources: …`; those in English are in `templates/words/en.yaml` of nutgraf's repository"
    );
    Diagnostic::new(
        Code::NoWords,
        Place::file(&SourcePath::new(CONFIG)),
        message,
    )
    .help(help)
}

/// The interface has words in a language, and lacks some.
pub fn missing_words(language: &str, keys: &[&str]) -> Diagnostic {
    const SHOWN: usize = 5;
    let named: Vec<String> = keys
        .iter()
        .take(SHOWN)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = match keys.len().saturating_sub(SHOWN) {
        0 => String::new(),
        _ => " and others".to_owned(),
    };
    let message = format!(
        "words of the interface are missing in `{language}` and shown in English: {}{more}",
        named.join(", ")
    );
    let file = SourcePath::new(format!("templates/words/{language}.yaml"));
    Diagnostic::new(Code::MissingWords, Place::file(&file), message)
        .help("add them to this file; those in English are in `templates/words/en.yaml` of nutgraf's repository")
}

/// Custom colors with too little contrast to read text.
pub fn contrast_faults(config: &Config, file: &SourceFile) -> Vec<Diagnostic> {
    let found = theme::colors::low_contrasts(&config.colors).into_iter();
    let faults = found.map(|low| {
        let colors = FieldPath::field("colors");
        let colors = if low.is_dark {
            colors.key("dark")
        } else {
            colors
        };
        let scheme = if low.is_dark { "dark" } else { "light" };
        let message = format!(
            "on {scheme} pages `{}` on `{}` has a contrast of {}, and text needs 4.5 (WCAG AA)",
            low.text, low.ground, low.contrast
        );
        let place = config::place(file, &colors.key(low.given));
        Diagnostic::new(Code::LowContrast, place, message)
            .help("take a darker color for one of the two and a lighter one for the other")
    });
    faults.collect()
}

/// Fonts named in `site.yaml` that can't be used: those of `card_fonts` for which `is_font` isn't `Some(true)`, `None` being
/// a file that isn't there.
pub fn card_fonts(
    config: &Config,
    file: &SourceFile,
    is_font: impl Fn(&SourcePath) -> Option<bool>,
) -> Vec<Diagnostic> {
    let fonts = config.card_fonts.iter().enumerate();
    let faults = fonts.filter_map(|(index, font)| {
        let message = match is_font(font) {
            Some(true) => return None,
            Some(false) => format!("`{font}` isn't a font that can be read (OpenType or TrueType)"),
            None => format!("there is no file `{font}`"),
        };
        let place = config::place(file, &FieldPath::item("card_fonts", index));
        let fault = Diagnostic::new(Code::BadConfig, place, message);
        Some(fault.help(
            "put the font's `.ttf` or `.otf` file into `static/`, and write its path from there",
        ))
    });
    faults.collect()
}

/// Pages named in `site.yaml` that don't exist.
pub fn missing_pages(config: &Config, file: &SourceFile, outline: &dyn Outline) -> Vec<Diagnostic> {
    let named = pages_of_menu(config).into_iter();
    let footer = config.footer.iter().enumerate();
    let footer = footer.filter_map(|(index, link)| {
        let place = FieldPath::item("footer", index).key("page");
        Some((place, page(&link.target)?))
    });
    let missing = named.chain(footer);
    let missing =
        missing.filter(|(_, path)| outline.head(path).is_none() && !outline.is_unreadable(path));
    let faults = missing.map(|(place, path)| {
        let place = config::place(file, &place);
        let message = format!("there is no page `{path}`");
        let fault = Diagnostic::new(Code::BrokenLink, place, message);
        if let Some(held) = outline.held_back(path) {
            return fault.help(held.help());
        }
        let pages = outline.heads();
        let pages = pages.iter().map(|head| head.source.as_str());
        fault.suggest(path.as_str(), pages)
    });
    faults.collect()
}

/// The pages that the menu leads to, and the fields that name them.
fn pages_of_menu(config: &Config) -> Vec<(FieldPath, &SourcePath)> {
    let mut pages = Vec::new();
    for (index, item) in config.menu.iter().enumerate() {
        let place = FieldPath::item("menu", index);
        let own = item.target.as_ref().and_then(page);
        pages.extend(own.map(|path| (place.key("page"), path)));
        for (index, child) in item.children.iter().enumerate() {
            let place = place.key("children").index(index).key("page");
            pages.extend(page(&child.target).map(|path| (place, path)));
        }
    }
    pages
}

fn page(target: &LinkTarget) -> Option<&SourcePath> {
    match target {
        LinkTarget::Page(path) => Some(path),
        LinkTarget::Url(_) => None,
    }
}
