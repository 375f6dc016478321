//! The links in the header and at the bottom of every page.

use std::sync::Arc;

use crate::config::{Config, LinkTarget, MenuLink};
use crate::model::{Foreign, Outline, PageHead};
use crate::plan::view::{LinkView, MenuItemView};
use crate::project::{Permalink, SourcePath};

/// The links that all pages of a language have. Those to missing pages are left out, and reported elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The menu, in the header.
    pub menu: Vec<MenuEntry>,
    /// Those at the bottom.
    pub footer: Vec<FooterLink>,
}

/// A link at the bottom of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterLink {
    title: String,
    target: Target,
}

/// An item of the menu whose pages exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuEntry {
    title: String,
    target: Option<Target>,
    children: Vec<(String, Target)>,
}

/// The target of a menu link.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// A page; for a folder's own page, the whole folder.
    Page {
        permalink: Permalink,
        folder: Option<Arc<str>>,
    },
    /// An address elsewhere.
    Url(String),
}

/// The links set in `site.yaml`.
///
/// `main` is the tag of the site's main language: a page that nobody has translated is called by its name in that one.
pub fn links(config: &Config, outline: &dyn Outline, main: &str) -> Links {
    let home = outline.home();
    let found = |title: &Option<String>, target: &LinkTarget| {
        let (usual, target) = match target {
            LinkTarget::Page(source) => {
                let head = outline.head(source)?;
                let words = head.nav_title.as_str();
                let name = match head.language == outline.language() {
                    true => words.to_owned(),
                    false => Foreign { tag: main, words }.to_string(),
                };
                (name, Target::of(&head, &home))
            }
            LinkTarget::Url(url) => (url.clone(), Target::Url(url.clone())),
        };
        Some((title.clone().unwrap_or(usual), target))
    };
    let items = config.menu.iter().filter_map(|item| {
        let children = item.children.iter();
        let children = children.filter_map(|child| found(&child.title, &child.target));
        let children: Vec<(String, Target)> = children.collect();
        let own = item.target.as_ref();
        let own = own.and_then(|target| found(&item.title, target));
        let (title, target) = match own {
            Some((title, target)) => (title, Some(target)),
            None => (item.title.clone()?, None),
        };
        (target.is_some() || !children.is_empty()).then_some(MenuEntry {
            title,
            target,
            children,
        })
    });
    let footer = config.footer.iter();
    let footer = footer.filter_map(|MenuLink { title, target }| {
        let (title, target) = found(title, target)?;
        Some(FooterLink { title, target })
    });
    Links {
        menu: items.collect(),
        footer: footer.collect(),
    }
}

/// The view of the links at the bottom of the page `current`, with addresses made by `link`.
pub(super) fn footer(
    footer: &[FooterLink],
    current: Option<&PageHead>,
    link: impl Fn(&Permalink) -> String,
) -> Vec<LinkView> {
    let links = footer.iter();
    let links = links.map(|FooterLink { title, target }| target.view(title, current, &link));
    links.collect()
}

/// The view of a menu for the page `current`, with addresses made by `link`.
pub(super) fn view(
    menu: &[MenuEntry],
    current: Option<&PageHead>,
    link: &dyn Fn(&Permalink) -> String,
) -> Vec<MenuItemView> {
    let link_of = |title: &str, target: &Target| target.view(title, current, link);
    let items = menu.iter().map(|entry| {
        let link = entry.target.as_ref();
        let link = link.map(|target| link_of(&entry.title, target));
        let children = entry.children.iter();
        let children = children.map(|(title, target)| link_of(title, target));
        let targets = entry.target.iter();
        let mut targets = targets.chain(entry.children.iter().map(|(_, target)| target));
        let holds = |head: &PageHead| targets.any(|target| target.is(head) || target.holds(head));
        MenuItemView {
            title: entry.title.clone(),
            link,
            is_around: current.is_some_and(holds),
            children: children.collect(),
        }
    });
    items.collect()
}

impl Target {
    fn of(head: &PageHead, home: &Permalink) -> Self {
        let folder = head.source.folder();
        let is_section = head.is_index && head.permalink != *home;
        Self::Page {
            permalink: head.permalink.clone(),
            folder: is_section.then(|| Arc::from(folder)),
        }
    }

    fn view(
        &self,
        title: &str,
        current: Option<&PageHead>,
        link: &dyn Fn(&Permalink) -> String,
    ) -> LinkView {
        LinkView {
            title: title.to_owned(),
            href: match self {
                Self::Page { permalink, .. } => link(permalink),
                Self::Url(url) => url.clone(),
            },
            is_current: current.is_some_and(|head| self.is(head)),
        }
    }

    fn is(&self, head: &PageHead) -> bool {
        matches!(self, Self::Page { permalink, .. } if *permalink == head.permalink)
    }

    /// Whether it is the page of a folder that contains the other page.
    fn holds(&self, head: &PageHead) -> bool {
        matches!(self, Self::Page { folder: Some(folder), .. } if is_below(&head.source, folder))
    }
}

fn is_below(page: &SourcePath, folder: &str) -> bool {
    let rest = page.as_str().strip_prefix(folder);
    rest.is_some_and(|rest| rest.starts_with('/'))
}
