//! The fields of `site.yaml`.

use super::{Field, Group, NOTES, Shape, flag, text, words};

/// `site.yaml`.
pub const SITE: &[Field] = &[
    text("title", "The site's name.").required(),
    text("description", "What the site is, in one or two sentences."),
    text(
        "base_url",
        "The address at which the site is published: `https://example.org/explainers/`.",
    ),
    text(
        "language",
        "The language of the pages (BCP 47); `en` by default.",
    ),
    text("author", "Who writes the site."),
    text("publisher", "Who publishes the site."),
    text(
        "repository",
        "The address of the repository that holds the sources.",
    ),
    Field::new(
        "navigation",
        Shape::Refs(NAV_ITEM),
        "The pages in the menu, in order; by default those of the top folder.",
    ),
    flag("feeds", "Whether there is an Atom feed; `true` by default."),
    flag(
        "search",
        "Whether the site can be searched; `true` by default.",
    ),
    flag(
        "cards",
        "Whether pages have a picture for where their address is shared; `true` by default.",
    ),
    flag(
        "pretty_urls",
        "Whether links leave out `index.html`; `true` by default. `false` is for sites that are opened from a folder.",
    ),
    Field::new(
        "colors",
        Shape::Map(COLORS),
        "Colors of the theme, as CSS hexadecimal numbers.",
    ),
    Field::new("markdown", Shape::Map(MARKDOWN), "How Markdown is read."),
    Field::new("preview", Shape::Map(PREVIEW), "The live preview."),
    words(
        "ignore",
        "Glob patterns of files to leave out, relative to the project's root.",
    ),
    Field::new(
        "policies",
        Shape::Records(POLICY),
        "Links in the footer, to pages on ethics, corrections, privacy.",
    ),
    text("cname", "The custom domain on GitHub Pages."),
    flag(
        "headers",
        "Whether `_headers` and `_redirects` are written, for hosts that read them (Netlify, Cloudflare Pages).",
    ),
    NOTES,
];

/// An item of `navigation:`.
pub const NAV_ITEM: &[Field] = &[
    text(
        "path",
        "The page's file, relative to `content/`: `timeline.md`.",
    )
    .required(),
    text("title", "Its name in the menu; by default its `nav_title`."),
];

/// An item of `policies:`.
pub const POLICY: &[Field] = &[
    text("title", "The link's words.").required(),
    text("path", "The page's file, relative to `content/`."),
    text("url", "An address elsewhere, instead of `path`."),
];

/// `markdown:`.
pub const MARKDOWN: &[Field] = &[
    flag(
        "unsafe_html",
        "Whether raw HTML in Markdown goes through as it is.",
    ),
    flag(
        "smart",
        "Whether quotation marks, dashes and dots become typographic ones; `true` by default.",
    ),
];

/// `preview:`.
pub const PREVIEW: &[Field] = &[text(
    "port",
    "The port of the live preview; 1414 by default.",
)];

/// `colors:`.
pub const COLORS: &[Field] = &[
    text("background", "Behind everything."),
    text("surface", "Behind cards, tables and code."),
    text("text", "Prose."),
    text("muted", "Captions and small print."),
    text("border", "Lines."),
    text("accent", "Links and marks."),
    text("notice", "What was worked out, is expected or is in doubt."),
    Field::new(
        "dark",
        Shape::Map(DARK_COLORS),
        "The same colors for readers who prefer a dark page.",
    ),
];

/// `colors: dark:`.
pub const DARK_COLORS: &[Field] = &[
    text("background", "Behind everything."),
    text("surface", "Behind cards, tables and code."),
    text("text", "Prose."),
    text("muted", "Captions and small print."),
    text("border", "Lines."),
    text("accent", "Links and marks."),
    text("notice", "What was worked out, is expected or is in doubt."),
];

/// Every mapping of `site.yaml`, from the outside in.
pub const SITE_GROUPS: &[Group] = &[
    Group {
        fields: SITE,
        name: "`site.yaml`",
    },
    Group {
        fields: NAV_ITEM,
        name: "an item of `navigation`",
    },
    Group {
        fields: POLICY,
        name: "an item of `policies`",
    },
    Group {
        fields: MARKDOWN,
        name: "`markdown`",
    },
    Group {
        fields: PREVIEW,
        name: "`preview`",
    },
    Group {
        fields: COLORS,
        name: "`colors`",
    },
];
