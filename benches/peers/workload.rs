//! The site that is built: explainers of six pages each, in the format of each generator.
//!
//! | page | what is on it |
//! |---|---|
//! | overview | some 500 words with three headings, an emphasis, a link, two tags and a date |
//! | background | the same without tags |
//! | timeline | 12 events in the front matter, and a paragraph |
//! | figures | 8 figures, likewise |
//! | reactions | 6 quotations, likewise |
//! | sources | 4 sources, likewise |
//!
//! The home page leads to all explainers. Of the words, only the number of the explainer differs, so that sites of any
//! size are made in no time; no generator makes use of that. The layouts for Hugo and Zola are as lean as they can be:
//! title, navigation, prose, records. Ours is built three times: with such a layout, and with what it always makes, which is
//! much more: data files, pages to embed, a search, structured data.

use std::fs;
use std::io;
use std::path::Path;

/// A generator, and what of its abilities the site makes use of.
#[derive(Clone, Copy)]
pub(crate) enum Workload {
    Nutgraf(Extent),
    Hugo,
    Zola,
}

/// How much of what ours makes is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Pages as lean as those of the others, a feed, and the data of each page; nothing to embed or print, no search.
    Lean,
    /// Everything but the pictures for social networks.
    WithoutCards,
    /// Everything.
    Whole,
}

/// What a page of an explainer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Overview,
    Background,
    Timeline,
    Figures,
    Reactions,
    Sources,
}

const KINDS: [(Kind, &str); 6] = [
    (Kind::Overview, "overview"),
    (Kind::Background, "background"),
    (Kind::Timeline, "timeline"),
    (Kind::Figures, "figures"),
    (Kind::Reactions, "reactions"),
    (Kind::Sources, "sources"),
];

/// How many pages the explainers have.
pub(crate) fn n_pages(n_explainers: usize) -> usize {
    n_explainers * KINDS.len()
}

/// The address of each page, its title and its kind.
pub(crate) fn pages(n_explainers: usize) -> impl Iterator<Item = (String, String, Kind)> {
    (1..=n_explainers).flat_map(|n| {
        KINDS.map(|(kind, name)| {
            (
                format!("e{n}/{name}"),
                format!("The {name} of matter {n}"),
                kind,
            )
        })
    })
}

/// Words of the first record of a page.
pub(crate) fn first_record(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Overview | Kind::Background => None,
        Kind::Timeline => Some("Event number 1"),
        Kind::Figures => Some("Figure number 1"),
        Kind::Reactions => Some("We see it in way 1"),
        Kind::Sources => Some("Report number 1"),
    }
}

/// Writes the site to a folder.
pub(crate) fn write(site: &Path, workload: Workload, n_explainers: usize) -> io::Result<()> {
    let put = |path: &str, text: &str| {
        let path = site.join(path);
        fs::create_dir_all(path.parent().unwrap_or(site))?;
        fs::write(path, text)
    };
    for (path, text) in frame(workload) {
        put(path, &text)?;
    }
    for n in 1..=n_explainers {
        for (weight, (kind, name)) in KINDS.into_iter().enumerate() {
            let title = format!("The {name} of matter {n}");
            let text = match workload {
                Workload::Zola => toml(&title, weight, kind),
                Workload::Nutgraf(_) | Workload::Hugo => yaml(&title, weight, kind),
            };
            put(&format!("content/e{n}/{name}.md"), &text)?;
        }
        match workload {
            Workload::Nutgraf(_) => {}
            Workload::Hugo => put(
                &format!("content/e{n}/_index.md"),
                &format!("---\ntitle: Matter {n}\n---\n"),
            )?,
            Workload::Zola => put(
                &format!("content/e{n}/_index.md"),
                &format!("+++\ntitle = \"Matter {n}\"\nsort_by = \"weight\"\n+++\n"),
            )?,
        }
    }
    Ok(())
}

/// The files besides the pages of explainers.
fn frame(workload: Workload) -> Vec<(&'static str, String)> {
    match workload {
        Workload::Nutgraf(extent) => {
            let without = match extent {
                Extent::Lean => "cards: false\nembeds: false\nhandouts: false\nsearch: false\n",
                Extent::WithoutCards => "cards: false\n",
                Extent::Whole => "",
            };
            let lean = [
                ("templates/base.html", OUR_BASE),
                ("templates/home.html", OUR_LIST),
                ("templates/section.html", OUR_LIST),
            ];
            let lean = lean.into_iter().filter(|_| extent == Extent::Lean);
            [
                ("site.yaml", format!("title: Matters\nbase_url: https://example.org\n{without}")),
                ("content/index.md", "---\ntitle: Matters\n---\n".to_owned()),
            ]
            .into_iter()
            .chain(lean.map(|(path, text)| (path, text.to_owned())))
            .collect()
        }
        Workload::Hugo => vec![
            ("hugo.yaml", "title: Matters\nbaseURL: https://example.org/\n".to_owned()),
            ("content/_index.md", "---\ntitle: Matters\n---\n".to_owned()),
            ("layouts/_default/baseof.html", HUGO_BASE.to_owned()),
            ("layouts/_default/single.html", HUGO_PAGE.to_owned()),
            ("layouts/_default/list.html", HUGO_LIST.to_owned()),
        ],
        Workload::Zola => vec![
            (
                "config.toml",
                "title = \"Matters\"\nbase_url = \"https://example.org\"\ngenerate_feeds = true\ntaxonomies = [{ name = \"tags\" }]\n".to_owned(),
            ),
            ("content/_index.md", "+++\ntitle = \"Matters\"\n+++\n".to_owned()),
            ("templates/base.html", ZOLA_BASE.to_owned()),
            ("templates/page.html", ZOLA_PAGE.to_owned()),
            ("templates/section.html", ZOLA_LIST.to_owned()),
            ("templates/index.html", ZOLA_LIST.to_owned()),
            ("templates/taxonomy_list.html", "{% extends \"base.html\" %}".to_owned()),
            ("templates/taxonomy_single.html", "{% extends \"base.html\" %}".to_owned()),
        ],
    }
}

const OUR_BASE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">{% block head %}{% endblock head %}<title>{{ page.full_title }}</title></head><body><nav>{% for other in page.navigation %}<a href=\"{{ other.href }}\">{{ other.title }}</a> {% endfor %}</nav>{% block header %}{% endblock header %}{% block content %}{% block title %}<h1>{{ page.title }}</h1>{% endblock title %}{% for block in page.body %}{{ block.html | safe }}{% endfor %}{% for child in page.children %}<li><a href=\"{{ child.href }}\">{{ child.title }}</a></li>{% endfor %}{% if page.timeline %}{% for period in page.timeline.periods %}{% for event in period.events %}<h2>{{ event.title }}</h2><p>{{ event.date.words }}</p>{% endfor %}{% endfor %}{% endif %}{% for figure in page.figures %}<h2>{{ figure.title }}</h2><p>{{ figure.value }}</p>{% endfor %}{% if page.reactions %}{% for group in page.reactions.groups %}{% for reaction in group.reactions %}<blockquote>{{ reaction.quote }}</blockquote><p>{{ reaction.speaker.name }}</p>{% endfor %}{% endfor %}{% endif %}{% for source in page.sources %}<p>{{ source.title }}</p>{% endfor %}{% endblock content %}{% block foot %}{% endblock foot %}</body></html>\n";
const OUR_LIST: &str = "{% extends \"base.html\" %}\n";

const HUGO_BASE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body>{{ block \"main\" . }}{{ end }}</body></html>\n";
const HUGO_PAGE: &str = "{{ define \"main\" }}<nav>{{ range .CurrentSection.Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> {{ end }}</nav><h1>{{ .Title }}</h1>{{ .Content }}{{ range .Params.events }}<h2>{{ .title }}</h2><p>{{ .date }}</p>{{ end }}{{ range .Params.figures }}<h2>{{ .title }}</h2><p>{{ .value }}</p>{{ end }}{{ range .Params.reactions }}<blockquote>{{ .quote }}</blockquote><p>{{ .speaker }}</p>{{ end }}{{ range .Params.sources }}<p>{{ .title }}</p>{{ end }}{{ end }}\n";
const HUGO_LIST: &str = "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n";
const ZOLA_BASE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ config.title }}</title></head><body>{% block main %}{% endblock main %}</body></html>\n";
const ZOLA_PAGE: &str = "{% extends \"base.html\" %}{% block main %}{% set section = get_section(path=page.ancestors | last) %}<nav>{% for other in section.pages %}<a href=\"{{ other.path }}\">{{ other.title }}</a> {% endfor %}</nav><h1>{{ page.title }}</h1>{{ page.content | safe }}{% for event in page.extra.events | default(value=[]) %}<h2>{{ event.title }}</h2><p>{{ event.date }}</p>{% endfor %}{% for figure in page.extra.figures | default(value=[]) %}<h2>{{ figure.title }}</h2><p>{{ figure.value }}</p>{% endfor %}{% for reaction in page.extra.reactions | default(value=[]) %}<blockquote>{{ reaction.quote }}</blockquote><p>{{ reaction.speaker }}</p>{% endfor %}{% for source in page.extra.sources | default(value=[]) %}<p>{{ source.title }}</p>{% endfor %}{% endblock main %}\n";
const ZOLA_LIST: &str = "{% extends \"base.html\" %}{% block main %}<h1>{{ section.title }}</h1><ul>{% for path in section.subsections %}<li>{{ path }}</li>{% endfor %}{% for page in section.pages %}<li><a href=\"{{ page.path }}\">{{ page.title }}</a></li>{% endfor %}</ul>{% endblock main %}\n";

/// A record: its fields with their values, in order.
type Fields = Vec<(&'static str, String)>;

/// The records of a page: the name of their list, and the fields of each.
fn records(kind: Kind) -> Option<(&'static str, Vec<Fields>)> {
    let source = || ("source", "s1".to_owned());
    let some = |list, n: usize, record: &dyn Fn(usize) -> Vec<(&'static str, String)>| {
        Some((list, (1..=n).map(record).collect()))
    };
    match kind {
        Kind::Overview | Kind::Background => None,
        Kind::Timeline => some("events", 12, &|n| {
            vec![
                ("date", format!("2024-{n:02}-01")),
                ("title", format!("Event number {n}")),
                source(),
            ]
        }),
        Kind::Figures => some("figures", 8, &|n| {
            vec![
                ("id", format!("f{n}")),
                ("title", format!("Figure number {n}")),
                ("value", n.to_string()),
                source(),
            ]
        }),
        Kind::Reactions => some("reactions", 6, &|n| {
            vec![
                ("id", format!("r{n}")),
                ("speaker", "ann".to_owned()),
                ("quote", format!("We see it in way {n}")),
                source(),
            ]
        }),
        Kind::Sources => some("sources", 4, &|n| {
            vec![
                ("id", format!("s{n}")),
                ("title", format!("Report number {n}")),
                ("publisher", "Gazette".to_owned()),
            ]
        }),
    }
}

fn yaml(title: &str, weight: usize, kind: Kind) -> String {
    let mut text = format!("---\ntitle: {title}\nweight: {weight}\n");
    if kind == Kind::Overview {
        text.push_str("date: 2024-05-01\ntags: [matters, news]\n");
    }
    if kind == Kind::Reactions {
        text.push_str("people:\n  - {id: ann, name: Ann Lee}\n");
    }
    if let Some((list, records)) = records(kind) {
        text.push_str(&format!("{list}:\n"));
        for record in records {
            let fields: Vec<String> = record
                .iter()
                .map(|(key, value)| format!("{key}: {value}"))
                .collect();
            text.push_str(&format!("  - {{{}}}\n", fields.join(", ")));
        }
    }
    text + "---\n\n" + &prose(kind)
}

fn toml(title: &str, weight: usize, kind: Kind) -> String {
    let mut text = format!("+++\ntitle = \"{title}\"\nweight = {weight}\n");
    if kind == Kind::Overview {
        text.push_str("date = 2024-05-01\n[taxonomies]\ntags = [\"matters\", \"news\"]\n");
    }
    if kind == Kind::Reactions {
        text.push_str("[[extra.people]]\nid = \"ann\"\nname = \"Ann Lee\"\n");
    }
    if let Some((list, records)) = records(kind) {
        for record in records {
            text.push_str(&format!("[[extra.{list}]]\n"));
            for (key, value) in record {
                text.push_str(&format!("{key} = \"{value}\"\n"));
            }
        }
    }
    text + "+++\n\n" + &prose(kind)
}

fn prose(kind: Kind) -> String {
    let paragraph = "A sentence of the prose *explains* the matter to those who read it, and [leads](https://example.org/) them on. ";
    match kind {
        Kind::Overview | Kind::Background => (1..=3)
            .map(|n| {
                format!(
                    "## Part {n} of the matter\n\n{}\n\n",
                    paragraph.repeat(9).trim_end()
                )
            })
            .collect(),
        _ => format!("{}\n", paragraph.repeat(3).trim_end()),
    }
}
