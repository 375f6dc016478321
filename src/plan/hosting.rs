//! The files from which some hosts read headers and redirects (Netlify, Cloudflare Pages).
//!
//! Paths are relative to the root of the host, where the site has to be.

use crate::config::Config;
use crate::plan::context::SiteContext;
use crate::project::Permalink;

/// How many rules Cloudflare Pages reads from `_headers`.
const RULES: usize = 100;

/// What pages may load, as a Content-Security-Policy: the site's own files, and what `policy:` of `site.yaml` names.
pub fn content_policy(config: &Config) -> String {
    let mut policy = String::from("default-src 'none'; ");
    for (kind, hosts) in &config.policy.hosts {
        policy.push_str(&format!("{kind} 'self'"));
        for host in hosts {
            policy.push_str(&format!(" {host}"));
        }
        policy.push_str("; ");
    }
    policy + "base-uri 'none'; form-action 'none'"
}

/// The file `_headers`: security headers for everything, and permission to cache forever what has the hash of its
/// content in its name. Everything else is left to the host's default, which is to revalidate each time.
///
/// It has the pages' Content-Security-Policy unless templates may have one `of_their_own`.
pub fn headers(site: &SiteContext<'_>, of_their_own: bool) -> String {
    let mut text = String::from("/*\n");
    if !of_their_own {
        let policy = content_policy(site.config);
        text.push_str(&format!("  Content-Security-Policy: {policy}\n"));
    }
    text.push_str("  Referrer-Policy: strict-origin-when-cross-origin\n");
    text.push_str("  X-Content-Type-Options: nosniff\n");
    let assets = site.outline.assets();
    let hashed = assets
        .values()
        .filter(|asset| {
            let hash = format!(".{}.", asset.hash.short());
            asset.permalink.as_str().contains(&hash)
        })
        .map(|asset| asset.permalink.as_str().to_owned());
    let colors = crate::plan::colors(site.config);
    let colors = colors.map(|(permalink, _)| permalink.as_str().to_owned());
    let cards = has_only_cards(site).then(|| "cards/*".to_owned());
    let kept = cards.into_iter().chain(colors).chain(hashed);
    for path in kept.take(RULES - 1) {
        text.push_str(&format!(
            "/{path}\n  Cache-Control: public, max-age=31536000, immutable\n"
        ));
    }
    text
}

/// Whether there are cards, and nothing else in their folder.
fn has_only_cards(site: &SiteContext<'_>) -> bool {
    let is_there = |permalink: &Permalink| permalink.as_str().starts_with("cards/");
    let (assets, heads) = (site.outline.assets(), site.outline.heads());
    !assets.values().any(|asset| is_there(&asset.permalink))
        && !heads.iter().any(|head| is_there(&head.permalink))
        && heads
            .iter()
            .any(|head| crate::plan::card(site, head, None).is_some())
}

/// The file `_redirects`: every old address with that of its page; `None` if there are no old addresses.
pub fn redirects(site: &SiteContext<'_>) -> Option<String> {
    let base = site.config.base_path();
    let heads = site.outline.heads();
    let mut lines: Vec<String> = heads
        .iter()
        .flat_map(|head| head.aliases.iter().map(move |alias| (alias, head)))
        .map(|(alias, head)| {
            // Both are wildcards in these files.
            let from = alias.as_str().replace('*', "%2A").replace(':', "%3A");
            format!("/{from} {base}{} 301\n", head.permalink.as_str())
        })
        .collect();
    lines.sort();
    (!lines.is_empty()).then(|| lines.concat())
}
