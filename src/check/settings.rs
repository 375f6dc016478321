//! What is wrong with the settings of a site, beyond what `site.yaml` says by itself.

use crate::config::{self, CONFIG, Config, PolicyTarget};
use crate::diag::{Code, Diagnostic, Place};
use crate::document::FieldPath;
use crate::model::Outline;
use crate::project::{SourceFile, SourcePath};
use crate::theme;

/// The site doesn't know where it is published.
pub fn no_base_url() -> Diagnostic {
    let place = Place::file(&SourcePath::new(CONFIG));
    let message =
        "there is no `base_url`, so the site has no feed, no sitemap and no canonical links";
    Diagnostic::new(Code::NoBaseUrl, place, message)
        .help("add `base_url: https://…` once the site has an address, or build with `--base-url`")
}

/// The interface speaks English on a site that doesn't.
pub fn no_words(language: &str) -> Diagnostic {
    let message = format!("the interface is in English: there are no words for `{language}`");
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

/// Colors of the site's own that text can't be read in.
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

/// Pages that `site.yaml` names and that aren't there.
pub fn missing_pages(config: &Config, file: &SourceFile, outline: &dyn Outline) -> Vec<Diagnostic> {
    let navigation = config
        .navigation
        .iter()
        .map(|entry| &entry.path)
        .enumerate();
    let navigation = navigation.map(|(index, path)| ("navigation", index, path));
    let policies = config.policies.iter().enumerate();
    let policies = policies.filter_map(|(index, policy)| match &policy.target {
        PolicyTarget::Page(path) => Some(("policies", index, path)),
        PolicyTarget::Url(_) => None,
    });
    let named = navigation.chain(policies);
    let missing =
        named.filter(|(_, _, path)| outline.head(path).is_none() && !outline.is_unreadable(path));
    let faults = missing.map(|(list, index, path)| {
        let place = config::place(file, &FieldPath::field(list).index(index));
        let fault = Diagnostic::new(
            Code::BrokenLink,
            place,
            format!("there is no page `{path}`"),
        );
        if let Some(held) = outline.held_back(path) {
            return fault.help(held.help());
        }
        let pages = outline.heads();
        let pages = pages.iter().map(|head| head.source.as_str());
        fault.suggest(path.as_str(), pages)
    });
    faults.collect()
}
