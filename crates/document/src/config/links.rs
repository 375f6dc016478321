//! The links in `site.yaml`: those of the menu and those of the footer.

use super::{Check, is_address, present};
use crate::document::{FieldPath, RawFooterLink, RawMenuItem};
use crate::project::{SourcePath, is_markdown};

/// An item of the menu. It has a target, children, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// Its name, if that differs from its page's; always present if it doesn't lead to a page.
    pub title: Option<String>,
    /// Where it leads; `None` for one that only opens its children.
    pub target: Option<LinkTarget>,
    /// The links that it opens, in order.
    pub children: Vec<MenuLink>,
}

/// A link that an item of the menu opens, or one of the footer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuLink {
    /// Its name, if that differs from its page's; always present if it doesn't lead to a page.
    pub title: Option<String>,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LinkTarget {
    /// To a page of the site: its file.
    Page(SourcePath),
    /// To an `http`, `https` or `mailto` address.
    Url(String),
}

/// A link as it was typed.
struct Written<'a> {
    title: Option<&'a str>,
    page: Option<&'a str>,
    url: Option<&'a str>,
}

impl Check<'_> {
    pub(super) fn menu(&mut self, menu: &FieldPath, items: &[RawMenuItem]) -> Vec<MenuItem> {
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| self.menu_item(&menu.index(index), item))
            .collect()
    }

    fn menu_item(&mut self, place: &FieldPath, raw: &RawMenuItem) -> Option<MenuItem> {
        let is_faulty = ["page", "url", "children"]
            .iter()
            .any(|name| raw.faulty.has(name));
        let children = raw.children.0.iter().enumerate();
        let children = children.filter_map(|(index, child)| {
            let place = place.key("children").index(index);
            let written = Written {
                title: child.title.as_deref(),
                page: child.page.as_deref(),
                url: child.url.as_deref(),
            };
            if child.faulty.has("page") || child.faulty.has("url") {
                return None;
            }
            self.link(&place, &written, "menu")
        });
        let children: Vec<MenuLink> = children.collect();
        if is_faulty {
            return None;
        }
        let written = Written {
            title: raw.title.as_deref(),
            page: raw.page.as_deref(),
            url: raw.url.as_deref(),
        };
        let title = present(written.title);
        let is_heading = present(written.page).is_none() && present(written.url).is_none();
        if is_heading && !raw.children.0.is_empty() {
            if title.is_none() && !raw.faulty.has("title") {
                let help = "add `title:`, the words that open its `children`";
                self.fault(
                    place,
                    "an item of `menu` without a page has no `title`",
                    help,
                );
            }
            return title
                .filter(|_| !children.is_empty())
                .map(|title| MenuItem {
                    title: Some(title),
                    target: None,
                    children,
                });
        }
        let MenuLink { title, target } = self.link(place, &written, "menu")?;
        Some(MenuItem {
            title,
            target: Some(target),
            children,
        })
    }

    /// A link of a list.
    fn link(&mut self, place: &FieldPath, written: &Written<'_>, list: &str) -> Option<MenuLink> {
        let target = self.target(place, written, list)?;
        let title = present(written.title);
        if matches!(target, LinkTarget::Url(_)) && title.is_none() {
            let message = format!("an item of `{list}` with a `url` has no `title`");
            self.fault(place, message, "add `title:`, the words of the link");
            return None;
        }
        Some(MenuLink { title, target })
    }

    pub(super) fn footer(&mut self, raw: &[RawFooterLink]) -> Vec<MenuLink> {
        let links = raw.iter().enumerate();
        let links = links.filter_map(|(index, link)| {
            if link.faulty.has("page") || link.faulty.has("url") {
                return None;
            }
            let written = Written {
                title: link.title.as_deref(),
                page: link.page.as_deref(),
                url: link.url.as_deref(),
            };
            self.link(&FieldPath::item("footer", index), &written, "footer")
        });
        links.collect()
    }

    fn target(
        &mut self,
        place: &FieldPath,
        written: &Written<'_>,
        list: &str,
    ) -> Option<LinkTarget> {
        match (present(written.page), present(written.url)) {
            (Some(path), None) => Some(LinkTarget::Page(self.page(&path, &place.key("page"))?)),
            (None, Some(url)) if is_address(&url, &["http", "https", "mailto"]) => {
                Some(LinkTarget::Url(url))
            }
            (None, Some(url)) => {
                let message =
                    format!("`url` should be an address that a browser can open, not `{url}`");
                let help = "write a whole address: `url: https://example.org/ethics`";
                self.fault(&place.key("url"), message, help);
                None
            }
            (Some(_), Some(_)) | (None, None) => {
                let message = format!("an item of `{list}` should have either `page` or `url`");
                let help =
                    "write `page: ethics.md` for a page of this site, `url: https://…` for another";
                self.fault(place, message, help);
                None
            }
        }
    }

    /// The file of a page given relative to `content/`.
    fn page(&mut self, written: &str, place: &FieldPath) -> Option<SourcePath> {
        let below = written.strip_prefix("content/").unwrap_or(written);
        let is_path = is_markdown(&SourcePath::new(below))
            && !below.starts_with('/')
            && !below.contains([':', '\\']);
        let path = SourcePath::new("content/index.md").join(below);
        let path = path.filter(|path| is_path && path.as_str().starts_with("content/"));
        if path.is_none() {
            let message = format!("`{written}` isn't the path of a Markdown file below `content/`");
            let help =
                "write the file's path as it is below `content/`: `timeline.md`, `border/index.md`";
            self.fault(place, message, help);
        }
        path
    }
}
