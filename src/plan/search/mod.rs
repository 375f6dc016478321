//! The search: a page for readers, and the index that its script reads, in pieces.
//!
//! Each language of a site has a search of its own, below its home page.
//!
//! A query loads the pieces with its words, and the pages that are shown: some ten files of a few kilobytes, however
//! large the site is. All are JSON, below `search/`:
//!
//! | file | holds |
//! |---|---|
//! | `index.json` | the number of `pages` and of pieces of `words` |
//! | `words/N.json` | terms, each with the pages it is on: `{"harbor": "CF.BAA"}` |
//! | `near.json` | the most frequent words, for correcting typos |
//! | `pages/N.json` | what is shown of a page: its title `t`, address `u` from the site's root, text `x`, and records `r`, each with its title `t`, fragment `i`, date `d` and text `x` |
//!
//! Pages are numbered from 0 in the order of their files. The pages of a term are two lists separated by a dot: first
//! those that have it in a title, then those that have it in their text. Each is ascending and stored as the distances
//! from one page to the next, minus one; a distance is written in digits of 5 bits, lowest first, each as one of `A`–`Z
//! a`–`z 0`–`9 - _`, of which the upper half means that another digit follows. `*` in place of the second list means
//! that the word is on too many pages to matter.
//!
//! A term is in the piece that [`index::piece`] returns for its first letters. A word of three to five letters with a
//! star represents all longer words that begin with it.
//!
//! # Design
//!
//! *Why not Pagefind?* It would read the finished pages again, and its script is WebAssembly, which needs
//! `'wasm-unsafe-eval'` in the policy of every site that uses it. Also, our records have addresses of their own, and a
//! result links to the record.
//!
//! *Why is nothing named after its content?* The file names have to be known before the site's pages are read: the
//! preview knows the number of pages, and reads them when somebody searches.

mod entries;
mod index;
mod text;

use crate::plan::context::SiteContext;
use crate::plan::view::PageView;
use crate::plan::{languages, menu, page};
use crate::project::{OutputPath, Permalink};

pub use entries::{SearchEntry, search_entry};
pub use index::{IndexBuilder, SearchIndex};

/// A file of the index that depends on the whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchFile {
    /// How many there are of the others.
    Index,
    /// The most frequent words.
    Near,
    /// A piece of the terms.
    Words(usize),
}

impl SearchFile {
    /// The path of the file, in the language of a home page.
    pub(super) fn path(self, home: &Permalink) -> OutputPath {
        let name = match self {
            Self::Index => "index.json".to_owned(),
            Self::Near => "near.json".to_owned(),
            Self::Words(n) => format!("words/{n}.json"),
        };
        OutputPath::new(format!("{}search/{name}", home.as_str()))
    }
}

/// The files of a site with this many pages, without those of the pages.
pub(super) fn files(n_pages: usize) -> impl Iterator<Item = SearchFile> {
    let words = (0..index::n_pieces(n_pages)).map(SearchFile::Words);
    [SearchFile::Index, SearchFile::Near]
        .into_iter()
        .chain(words)
}

/// The path of a page's file, by the page's position in the order of files, in the language of a home page.
pub(super) fn page_path(home: &Permalink, number: usize) -> OutputPath {
    OutputPath::new(format!("{}search/pages/{number}.json", home.as_str()))
}

/// Whether a path could be that of a file that the search reads.
pub fn may_be_search_file(path: &OutputPath) -> bool {
    // Below the home page of a language there is one folder more.
    path.as_str().split('/').take(2).any(|top| top == "search")
}

/// The address of the search in the language of a home page.
pub(super) fn permalink(home: &Permalink) -> Permalink {
    Permalink::new(format!("{}search/", home.as_str()))
}

/// The link to the search from the site's root; `None` if the site has no search.
pub fn search_link(site: &SiteContext<'_>) -> Option<String> {
    let link = permalink(&site.outline.home()).link_from(&Permalink::new(""), site.link_style());
    site.config.search.then_some(link)
}

/// The view of the search page; without its script, it is a list of pages.
pub fn search(site: &SiteContext<'_>) -> PageView {
    let title = site.words.get("search").to_owned();
    let permalink = permalink(&site.outline.home());
    PageView {
        layout: "search",
        full_title: format!("{title} – {}", site.config.title),
        title,
        canonical: site.absolute(&permalink),
        root: permalink.root_prefix(),
        home: site.outline.home().link_from(&permalink, site.link_style()),
        languages: languages::switch(site, None, &|address| {
            address.link_from(&permalink, site.link_style())
        }),
        menu: menu::view(&site.links.menu, None, &|address| {
            address.link_from(&permalink, site.link_style())
        }),
        footer: menu::footer(&site.links.footer, None, |address| {
            address.link_from(&permalink, site.link_style())
        }),
        children: page::top_children(site, &permalink),
        ..PageView::default()
    }
}
