//! The fields of `site.yaml`.

use super::{About, Group, Record, flag, free, language, list, path, record, text, url, whole};
use crate::document::reader::{Named, Notes, Refs, Switch, Words};

const NOTES: About = free("Notes for the writers, which never reach the site.")
    .example("the host is paid until May");

const BACKGROUND: About = text("Behind everything.").example("\"#ffffff\"");
const SURFACE: About = text("Behind cards, tables and code.").example("\"#f4f1ea\"");
const TEXT: About = text("Prose.").example("\"#1a1a1a\"");
const MUTED: About = text("Captions and small print.").example("\"#5c5c5c\"");
const BORDER: About = text("Lines.").example("\"#d0d0d0\"");
const ACCENT: About = text("Links and marks.").example("\"#1a5fb4\"");
const NOTICE: About =
    text("What was worked out, is expected or is in doubt.").example("\"#7a4f01\"");

/// Every field of `site.yaml`.
pub const SITE: Group = RawConfig::GROUP;

record! {
    /// `site.yaml`, as written.
    pub struct RawConfig: "`site.yaml`" {
        title: Option<String> = text("The site's name.").judged().example("Harbor explained"),
        description: Option<String> = text("What the site is, in one or two sentences.").example("El puerto y su gente.").example("The harbor and its people, explained."),
        base_url: Option<String> = url("The address at which the site is published: `https://example.org/explainers/`."),
        language: Option<String> = language("The language of the pages (BCP 47); `en` by default."),
        languages: Named<RawLanguage> = list("The other languages of the site, by their tags (BCP 47). `a/timeline.es.md` is the translation of `a/timeline.md`, and is published at `/es/a/timeline/`.").example("{es: {title: El puerto}}"),
        author: Option<String> = text("Who writes the site.").example("Ada Moreno"),
        publisher: Option<String> = text("Who publishes the site.").example("The Gazette"),
        repository: Option<String> = url("The address of the repository that holds the sources."),
        menu: Refs<RawMenuItem> = list("The links in the header of every page, in order.").example("[timeline.md, sources.md]"),
        footer: Refs<RawFooterLink> = list("The links at the bottom of every page, in order: to ethics, privacy, an imprint.").example("[ethics.md, imprint.md]"),
        feeds: Switch<RawFeeds> = list("Whether there are Atom and JSON feeds, `true` by default, and what they hold.").example("{full_text: true}"),
        search: Option<bool> = flag("Whether the site can be searched; `true` by default."),
        cards: Option<bool> = flag("Whether pages have preview pictures for social networks; `true` by default."),
        card_fonts: Words = path("Fonts in `static/` for the preview pictures of headlines in other scripts than Latin, Greek and Cyrillic. They are published, so their license has to allow that.").example("[fonts/NotoNaskhArabic-Bold.ttf]"),
        handouts: Option<bool> = flag("Whether each explainer of several pages is also on one page, at `handout/`, for paper; `true` by default."),
        embeds: Option<bool> = flag("Whether other sites can show figures, reactions and timelines in a frame, each at an address of its own; `true` by default."),
        embed_script: bool = flag("Whether embeds come with a script that makes their frames on other sites as high as they are, in columns of any width; without it, frames have a height that fits on a phone and in a column of text."),
        pretty_urls: Option<bool> = flag("Whether links leave out `index.html`; `true` by default. `false` is for sites that are opened from a folder."),
        colors: RawColors = list("Colors of the theme, as CSS hexadecimal numbers."),
        markdown: RawMarkdown = list("How Markdown is read.").example("{smart: false}"),
        preview: RawPreview = list("The live preview."),
        files: Words = text("Kinds of files that are published from `content/` without a link to them, by their endings.").example("[csv, pdf]"),
        ignore: Words = path("Glob patterns of files to leave out, relative to the project's root.").example("[content/notes/*]"),
        policies: RawPolicies = list("What the newsroom has promised its readers, and the program holds it to.").example("{corrections: required}"),
        policy: RawPolicy = list("Other hosts that pages may load from (Content-Security-Policy), by kind. Without it, pages load nothing from elsewhere.").example("{fonts: [https://fonts.example.org]}"),
        cname: Option<String> = text("The custom domain on GitHub Pages.").example("www.example.org"),
        headers: Option<bool> = flag("Whether `_headers` and `_redirects` are written, for hosts that read them (Netlify, Cloudflare Pages)."),
        notes: Notes = NOTES,
    }
}

record! {
    /// A language of `languages:`, as it was typed.
    pub struct RawLanguage: "a language of `languages`" {
        title: Option<String> = text("The site's name in that language; by default its `title`.").example("El puerto, explicado"),
        name: Option<String> = text("What the language is called by those who speak it; known of those that the interface has words for.").example("Español"),
        description: Option<String> = text("What the site is, in one or two sentences.").example("El puerto y su gente."),
        menu: Refs<RawMenuItem> = list("The links in the header of its pages; by default those of `menu`, by the names of the translated pages.").example("[timeline.md, sources.md]"),
    }
}

record! {
    /// An item of `menu:`, as written.
    pub struct RawMenuItem: "an item of `menu`" {
        page: Option<String> = path("The page's file, relative to `content/`: `timeline.md`.").example("timeline.md"),
        title: Option<String> = text("Its name in the menu; by default the page's `nav_title`.").example("What happened"),
        url: Option<String> = url("An address elsewhere, instead of `page`."),
        children: Refs<RawMenuLink> = list("The links that it opens.").example("[border/index.md, harbor/index.md]"),
    }
}

record! {
    /// An item of `children:`, as written.
    pub struct RawMenuLink: "an item of `children`" {
        page: Option<String> = path("The page's file, relative to `content/`: `timeline.md`.").example("timeline.md"),
        title: Option<String> = text("Its name in the menu; by default the page's `nav_title`.").example("What happened"),
        url: Option<String> = url("An address elsewhere, instead of `page`."),
    }
}

record! {
    /// An item of `footer:`, as written.
    pub struct RawFooterLink: "an item of `footer`" {
        page: Option<String> = path("The page's file, relative to `content/`: `ethics.md`.").example("ethics.md"),
        title: Option<String> = text("The link's words; by default the page's `nav_title`.").example("Ethics"),
        url: Option<String> = url("An address elsewhere, instead of `page`."),
    }
}

record! {
    /// `feeds:`, as written.
    pub struct RawFeeds: "`feeds`" {
        full_text: Option<bool> = flag("Whether entries hold the whole text of a page, instead of its dek."),
    }
}

record! {
    /// `policies:`, as written.
    pub struct RawPolicies: "`policies`" {
        corrections: Option<String> = text("`required`: what a published record says is changed only with a correction or an update that names it.").one_of(&["required"]),
    }
}

record! {
    /// `policy:`, as written.
    pub struct RawPolicy: "`policy`" {
        scripts: Words = url("Hosts of scripts, as of analytics.").example("[https://stats.example.org]"),
        styles: Words = url("Hosts of style sheets.").example("[https://fonts.example.org]"),
        images: Words = url("Hosts of pictures.").example("[https://images.example.org]"),
        fonts: Words = url("Hosts of typefaces.").example("[https://fonts.example.org]"),
        media: Words = url("Hosts of sound and film.").example("[https://media.example.org]"),
        frames: Words = url("Hosts of what is embedded: maps, videos.").example("[https://www.youtube-nocookie.com]"),
        connections: Words = url("Hosts that scripts may ask.").example("[https://stats.example.org]"),
    }
}

record! {
    /// `markdown:`, as written.
    pub struct RawMarkdown: "`markdown`" {
        unsafe_html: Option<bool> = flag("Whether raw HTML in Markdown is passed through."),
        smart: Option<bool> = flag("Whether straight quotation marks, hyphens and dots become typographic ones; `true` by default.").example("false"),
    }
}

record! {
    /// `preview:`, as written.
    pub struct RawPreview: "`preview`" {
        port: Option<String> = whole("The port of the live preview; 1414 by default.").example("1414"),
    }
}

record! {
    /// `colors:`, as written.
    pub struct RawColors: "`colors`" {
        background: Option<String> = BACKGROUND,
        surface: Option<String> = SURFACE,
        text: Option<String> = TEXT,
        muted: Option<String> = MUTED,
        border: Option<String> = BORDER,
        accent: Option<String> = ACCENT,
        notice: Option<String> = NOTICE,
        dark: RawPalette = list("The same colors for readers who prefer a dark page."),
    }
}

record! {
    /// `dark:` of `colors:`, as written.
    pub struct RawPalette: "`dark`" {
        background: Option<String> = BACKGROUND,
        surface: Option<String> = SURFACE,
        text: Option<String> = TEXT,
        muted: Option<String> = MUTED,
        border: Option<String> = BORDER,
        accent: Option<String> = ACCENT,
        notice: Option<String> = NOTICE,
    }
}

impl RawColors {
    /// The colors on a light background, by name.
    pub fn light(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("background", self.background.as_deref()),
            ("surface", self.surface.as_deref()),
            ("text", self.text.as_deref()),
            ("muted", self.muted.as_deref()),
            ("border", self.border.as_deref()),
            ("accent", self.accent.as_deref()),
            ("notice", self.notice.as_deref()),
        ]
    }
}

impl RawPalette {
    /// The colors by name.
    pub fn named(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("background", self.background.as_deref()),
            ("surface", self.surface.as_deref()),
            ("text", self.text.as_deref()),
            ("muted", self.muted.as_deref()),
            ("border", self.border.as_deref()),
            ("accent", self.accent.as_deref()),
            ("notice", self.notice.as_deref()),
        ]
    }
}
