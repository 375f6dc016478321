//! Decides which outputs there are and what each shows.
//!
//! It names every output once ([`claims`], [`redirects_and_data`], [`extras`], [`card_of`], [`embeds_of`]) and makes
//! the typed view of each. It renders nothing. A view contains no positions in sources, so that moving a line in a file
//! changes no page.

mod accounts;
mod addresses;
mod annotations;
mod card;
mod card_drawing;
mod changes;
mod chart;
mod citations;
mod cite;
mod contents;
mod context;
mod data;
mod embed;
mod embed_size;
mod evidence;
mod feed;
mod filter;
mod fragment;
mod full_text;
mod graphics;
mod handout;
mod hosting;
mod in_words;
mod json_ld;
mod languages;
mod lines;
mod listing;
mod locale;
mod markup;
mod menu;
mod numbers;
mod outputs;
mod page;
mod panels;
mod phrase;
mod picture;
mod reactions;
mod records;
mod scale;
mod search;
mod site;
mod sitemap;
mod stacked;
mod strip;
mod summary;
mod taxonomy;
mod timeline;
mod uses;
pub mod view;
mod words;

pub use addresses::{Claim, faults as address_faults, is_among_parts, is_fit};
pub use card::{CardFonts, card, card_subject, may_be_card, photo};
pub use changes::{changes, changes_feed, changes_permalink};
pub use context::SiteContext;
pub use data::{DataFile, data};
pub use embed::{Part, SCRIPT as EMBED_SCRIPT, embed, oembed, page_of_embed, parts};
pub use feed::{
    Channel, FeedFormat, FeedOwner, FindPage, as_json, channel, feed, feed_of, feeds, json_feed,
    json_feed_of, may_be_feed,
};
pub use fragment::text_fragment;
pub use handout::{handout, handouts, may_be_handout};
pub use hosting::{content_policy, headers, redirects};
pub use languages::LanguageHome;
pub use listing::{ListingPart, listing_page, listings, may_be_listing};
pub use locale::Locale;
pub use menu::{FooterLink, Links, MenuEntry, links};
pub use outputs::{
    Output, card_of, claims, colors, embeds_of, extras, has_feed, redirect, redirects_and_data,
    redirects_to, search_files,
};
pub use page::{looks_around, not_found, page};
pub use phrase::Phrases;
pub use search::{
    IndexBuilder, SearchEntry, SearchFile, SearchIndex, may_be_search_file, search, search_entry,
    search_link,
};
pub use site::site;
pub use sitemap::{may_be_sitemap_part, sitemap, sitemap_part, sitemap_parts};
pub use taxonomy::{may_be_word_page, word_page, word_pages, words_page};
pub use words::Words;
