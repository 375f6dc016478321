//! A made-up explainer that fills every field of the views at least once.

use nutgraf::plan::view::*;
use nutgraf::theme;

pub(crate) fn site() -> SiteView {
    SiteView {
        search: None,
        title: "The Harbor Desk".into(),
        description: Some("Short explainers about a harbor that does not exist.".into()),
        language: "en".into(),
        direction: "ltr",
        prefix: String::new(),
        base_url: Some("https://example.org/harbor/".into()),
        author: Some("Ada Lind".into()),
        publisher: Some("Example Press".into()),
        repository: Some("https://example.org/code".into()),
        assets: theme::STATIC
            .iter()
            .map(|(name, _)| (name.to_string(), name.to_string()))
            .collect(),
        colors: None,
        changes: Some("changes.html".into()),
        has_feed: true,
        policy: "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'".into(),
        generator: "nutgraf 0.1.0".into(),
    }
}

/// Every page, by the file that it is written to.
pub(crate) fn pages() -> Vec<(&'static str, PageView)> {
    vec![
        ("index.html", home()),
        ("what-to-know.html", prose()),
        ("timeline.html", timeline()),
        ("key-figures.html", figures()),
        ("reactions.html", reactions()),
        ("people.html", people()),
        ("glossary.html", glossary()),
        ("sources.html", sources()),
        ("desk.html", desk()),
        ("changes.html", changes()),
        ("handout.html", handout()),
        ("404.html", not_found()),
    ]
}

pub(crate) fn link(title: &str, href: &str) -> LinkView {
    LinkView {
        title: title.into(),
        href: href.into(),
        is_current: false,
    }
}

const CHAPTERS: [(&str, &str); 8] = [
    ("Overview", "index.html"),
    ("What to know", "what-to-know.html"),
    ("Timeline", "timeline.html"),
    ("Key figures", "key-figures.html"),
    ("Reactions", "reactions.html"),
    ("People", "people.html"),
    ("Glossary", "glossary.html"),
    ("Sources", "sources.html"),
];

fn base(layout: &'static str, file: &str, title: &str, dek: &str) -> PageView {
    let current = CHAPTERS.iter().position(|(_, href)| *href == file);
    let navigation: Vec<LinkView> = CHAPTERS
        .iter()
        .map(|(title, href)| LinkView {
            is_current: *href == file,
            ..link(title, href)
        })
        .collect();
    let neighbor = |index: Option<usize>| navigation.get(index?).cloned();
    PageView {
        layout,
        title: title.into(),
        full_title: format!("{title} – The Harbor Desk"),
        description: Some(dek.into()),
        canonical: Some(format!("https://example.org/harbor/{file}")),
        explainer: Some(LinkView {
            is_current: file == "index.html",
            ..link("The ferry will stop at the outer pier again", "index.html")
        }),
        breadcrumbs: vec![link("Explainers", "desk.html")],
        previous: neighbor(current.and_then(|index| index.checked_sub(1))),
        next: neighbor(current.map(|index| index + 1)),
        navigation,
        authors: vec!["Ada Lind".into(), "Bo Öst".into(), "C. <Hale>".into()],
        author_links: ["Ada Lind", "Bo Öst", "C. <Hale>"]
            .map(|name| link(name, "desk.html"))
            .into(),
        date: Some(date("January 28, 2025", "2025-01-28")),
        updated: Some(date("February 3, 2025", "2025-02-03")),
        reading_minutes: 3,
        citations: vec![citation(1, source(false)), citation(2, log_book(false))],
        downloads: vec![link("Events (CSV)", "https://example.org/events.csv")],
        compared: Some("Compared with the text of its sources (2) on January 28, 2025.".into()),
        evidence: Some(EvidenceTotalsView {
            n_claims: 14,
            n_agreeing: 10,
            n_doubtful: 1,
            n_not_compared: 2,
            n_unverified: 1,
            href: Some("https://example.org/verification.json".into()),
        }),
        card: Some(ImageView {
            href: "https://example.org/card.png".into(),
            width: 1200,
            height: 630,
            alt: title.into(),
        }),
        json_ld: r#"{"@context":"https://schema.org"}"#.into(),
        footer: vec![link("Corrections policy", "https://example.org/policy")],
        tags: vec!["Harbor".into(), "Ferries".into()],
        has_records: true,
        level: 2,
        ..PageView::default()
    }
}

fn handout() -> PageView {
    let chapter = PageView {
        layout: "page",
        title: "What to know".into(),
        description: Some("What is known of the pier.".into()),
        key_points_html: vec!["The pier is old.".into()],
        body: vec![html("<h3 id=\"_2-pier\">The pier</h3>\n<p>It stands.</p>")],
        image: home().image,
        level: 3,
        ..PageView::default()
    };
    PageView {
        chapters: vec![chapter],
        changes: changes().changes,
        menu: menu(),
        ..base(
            "handout",
            "handout.html",
            "The ferry will stop at the outer pier again",
            "What the council decided.",
        )
    }
}

fn html(html: &str) -> BlockView {
    BlockView {
        html: Some(html.into()),
        ..BlockView::default()
    }
}

fn heading(level: u8, id: &str, words: &str) -> HeadingView {
    HeadingView {
        level,
        id: id.into(),
        html: words.into(),
    }
}

const CITE: &str = r##"<sup class="cite"><a id="_ref-1-1" href="#_cite-1" aria-label="Source 1: Ferry to return">1</a></sup>"##;

fn h2(id: &str, words: &str) -> String {
    format!(
        r##"<h2 id="{id}">{words} <a class="anchor" href="#{id}" aria-label="Link to this section">#</a></h2>"##
    )
}

fn home() -> PageView {
    let intro = format!(
        "<p>The harbor council has set out the terms on which the ferry returns. According to the harbor paper, its \
         chair, <a class=\"record-link person-link\" href=\"people.html#mara\">Mara Venn</a>, named them at a \
         <a href=\"timeline.html#meeting\">public meeting</a>, during a winter that the paper calls the \
         stormiest in decades.{CITE}</p>"
    );
    let why = format!(
        "{}<p>The outer pier was a central theme of the campaign for the council. The paper says the islanders \
         largely support the plan and cites a poll: <a class=\"record-link figure-link\" \
         href=\"key-figures.html#support\">55%</a> were in favor, strongly or somewhat.</p><p>Orders \
         signed in the first days have since opened the way to carrying the plans out.</p>",
        h2("why", "Why it matters")
    );
    let next = format!(
        "{}<ul><li><a href=\"what-to-know.html\">What to know</a>: the offer and its condition.</li>\
         <li><a href=\"timeline.html\">Timeline</a>: what happened when.</li></ul>",
        h2("next", "Where to go next")
    );
    PageView {
        key_points_html: vec![
            format!("The ferry <a href=\"what-to-know.html\">will stop</a> at the outer pier on request, after the pier has been repaired.{}", CITE.replace("1-1", "1-2")),
            "The decision came in reply to a question about tougher winters and about people who can’t reach the clinic.".into(),
            "Passengers numbered <a href=\"key-figures.html#passengers\">over 24,000</a> in 2023 and <a href=\"key-figures.html#passengers\">36,500</a> in 2024.".into(),
            "Whether night trips will be arranged remains open.".into(),
        ],
        headings: vec![heading(2, "why", "Why it matters"), heading(2, "next", "Where to go next")],
        children: CHAPTERS[1..]
            .iter()
            .map(|(title, href)| ChildView {
                title: title.to_string(),
                href: href.to_string(),
                description: Some("What the council offered, on what condition.".into()),
                ..ChildView::default()
            })
            .collect(),
        body: vec![
            html(&intro),
            BlockView { reaction: Some(reaction(false)), ..BlockView::default() },
            html(&why),
            BlockView { figure: Some(passengers(false)), ..BlockView::default() },
            html(&next),
        ],
        ..base(
            "home",
            "index.html",
            "The ferry will stop at the outer pier again",
            "As the council prepares for another winter of storms, its chair says the ferry returns to the outer pier once the pier is safe.",
        )
    }
}

fn prose() -> PageView {
    let body = [
        h2("offer", "The offer"),
        "<p>The paper sums up the council’s position as readiness to serve the outer pier. The words it quotes are \
         narrower. They state a <a href=\"#offer\">principle</a>: the ferry stops where a pier is “confirmed as safe \
         after inspection.”<sup class=\"footnote-ref\"><a id=\"fnref-a\" href=\"#fn-a\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\
         <blockquote><p>A quotation in prose, as Markdown has it.</p></blockquote>"
            .into(),
        "<ul><li><strong>How many people.</strong>\nIt does not say how many passengers the change could concern.</li>\
         <li><strong>How inspection works.</strong>\nIt does not say who inspects a pier.</li></ul>"
            .into(),
        h2("dates", "Dates"),
        "<section class=\"table\" tabindex=\"0\" aria-label=\"Dates\"><table><thead><tr><th>As printed</th><th>Read as</th>\
         <th class=\"align-right\">Days</th></tr></thead><tbody><tr><td>“last year”</td><td>\
         <a href=\"timeline.html#repairs\">2024</a></td><td class=\"align-right\">366</td></tr><tr><td>“on \
         Monday”</td><td>January 27, 2025, the first Monday after the storm; a later one is not ruled out</td><td \
         class=\"align-right\">1</td></tr></tbody></table></section>"
            .into(),
        "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">Note</p><p>The log book is kept by hand.</p></aside>\
         <aside class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p><p>Times are not given.</p></aside>"
            .into(),
        h2("code", "Repeat it"),
        "<p>Run <code>nutgraf verify</code>, or:</p><pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">\
         <span class=\"c\">// counts the stops</span>\n<span class=\"k\">fn</span> <span class=\"f\">stops</span>\
         <span class=\"p\">(</span><span class=\"v\">log</span><span class=\"o\">:</span> &amp;<span class=\"t\">str</span>\
         <span class=\"p\">)</span> -&gt; <span class=\"t\">usize</span> {\n    log.lines().filter(|line| \
         line.contains(<span class=\"s\">\"outer pier\"</span>)).count() + <span class=\"n\">0</span>\n}</code></pre>"
            .into(),
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\"><ol><li id=\"fn-a\"><p>As printed. \
         <a class=\"footnote-back\" href=\"#fnref-a\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩︎</a></p></li></ol></section>"
            .into(),
    ];
    let mut blocks: Vec<BlockView> = body.iter().map(|part: &String| html(part)).collect();
    blocks.insert(
        2,
        BlockView {
            term: Some(term("inspection", "Inspection", false)),
            ..BlockView::default()
        },
    );
    blocks.insert(
        4,
        BlockView {
            event: Some(EventView {
                is_home: false,
                href: "timeline.html#meeting".into(),
                ..events().remove(4)
            }),
            ..BlockView::default()
        },
    );
    blocks.insert(
        5,
        BlockView {
            person: Some(PersonView {
                is_home: false,
                reactions: Vec::new(),
                ..mara()
            }),
            ..BlockView::default()
        },
    );
    blocks.insert(
        6,
        BlockView {
            source: Some(log_book(false)),
            ..BlockView::default()
        },
    );
    PageView {
        headings: vec![
            heading(2, "offer", "The offer"),
            heading(2, "dates", "Dates"),
            heading(2, "code", "Repeat it"),
        ],
        body: blocks,
        corrections: vec![NoticeView {
            id: "_correction-2025-02-03".into(),
            kind: "correction",
            date: date("February 3, 2025", "2025-02-03"),
            text_html: "<p>An earlier version gave the wrong pier.</p>".into(),
            records: vec![link("meeting", "timeline.html#meeting")],
            page: None,
        }],
        updates: vec![NoticeView {
            id: "_update-2025-02-04".into(),
            kind: "update",
            date: date("February 4, 2025", "2025-02-04"),
            text_html: "<p>The pier opens in May.</p>".into(),
            ..NoticeView::default()
        }],
        ..base(
            "page",
            "what-to-know.html",
            "What to know",
            "What the council offered, on what condition, and what else was said around it.",
        )
    }
}

fn date(words: &str, value: &str) -> DateView {
    let is_html = !value.contains(['/', '~']);
    DateView {
        words: words.into(),
        datetime: is_html.then(|| value.to_owned()),
        edtf: value.into(),
    }
}

fn evidence(state: &'static str, words: &str) -> Option<EvidenceView> {
    Some(EvidenceView {
        state,
        reason: None,
        words: words.into(),
        href: (state == "verified").then(|| "https://example.org/#:~:text=outer%20pier".into()),
    })
}

fn source_ref() -> SourceRefView {
    SourceRefView {
        copy_of: None,
        number: 1,
        href: "#_cite-1".into(),
        title: "Ferry to return".into(),
        publisher: Some("Harbor Paper".into()),
        passage: None,
    }
}

fn event(id: &str, when: DateView, title: &str, text: &str) -> EventView {
    EventView {
        id: id.into(),
        href: format!("#{id}"),
        is_home: true,
        title: title.into(),
        date: when,
        text_html: Some(format!("<p>{text}</p>")),
        sources: vec![source_ref()],
        evidence: evidence("verified", "Verified"),
        ..EventView::default()
    }
}

fn events() -> Vec<EventView> {
    let worked_out = |event: EventView, printed: &str, why: &str| EventView {
        as_printed: Some(printed.into()),
        inferred: Some(why.into()),
        ..event
    };
    vec![
        worked_out(
            event(
                "repairs",
                date("2024", "2024"),
                "Groups of volunteers mend the inner pier",
                "The paper reports that <a href=\"key-figures.html#groups\">at least three groups</a> of volunteers mended the inner pier without pay.",
            ),
            "last year",
            "“Last year” is counted from 2025, the year worked out for the article; its passenger numbers also end with 2024.",
        ),
        worked_out(
            event(
                "poll",
                date("January 2 to January 10, 2025", "2025-01-02/2025-01-10"),
                "A poll asks islanders about the ferry",
                "The poll found <a href=\"key-figures.html#support\">55%</a> of islanders behind the plan, strongly or somewhat, and wider support where people had once needed the clinic.",
            ),
            "January 2 to 10",
            "The article gives the days but no year.",
        ),
        EventView {
            people: vec![
                link("Mara Venn", "people.html#mara"),
                link("The Pilots’ Guild", "people.html#guild"),
            ],
            ..event(
                "order",
                date("January 20, 2025", "2025-01-20"),
                "The chair signs an order",
                "In the order the chair calls keeping the pier <a href=\"reactions.html#principle\">critically important</a>.",
            )
        },
        worked_out(
            event(
                "first-orders",
                date("about January 20, 2025", "2025-01-20~"),
                "Orders open the way to night trips",
                "The orders cleared a path for trips after dark, the paper reports.",
            ),
            "first days",
            "The article names no days.",
        ),
        worked_out(
            event(
                "meeting",
                date("January 27, 2025", "2025-01-27"),
                "The council states its principle",
                "Asked by a reader about tougher winters, Mara Venn says where the ferry <a href=\"reactions.html#principle\">stops</a>.",
            ),
            "on Monday",
            "The article names the weekday only. January 20, 2025, was a Monday, so this is the Monday that followed; the article does not rule out a later one.",
        ),
        EventView {
            is_expected: true,
            evidence: evidence("unverified", "Not verified"),
            ..event(
                "inspection",
                date("spring 2026", "2026-21~"),
                "Inspection of the outer pier",
                "The council expects the inspection in spring.",
            )
        },
    ]
}

fn timeline() -> PageView {
    let mut all = events();
    let expected = vec![all.pop().unwrap()];
    let rest = all.split_off(1);
    let mark = |event: &EventView, start, end, row| StripMarkView {
        href: format!("#{}", event.id),
        title: event.title.clone(),
        date: event.date.words.clone(),
        start,
        end,
        row,
        is_expected: event.is_expected,
        is_inferred: event.inferred.is_some(),
    };
    let strip = StripView {
        marks: vec![
            mark(&all[0], 0, 430, 0),
            mark(&rest[0], 431, 441, 0),
            mark(&rest[1], 453, 453, 0),
            mark(&rest[2], 453, 453, 1),
            mark(&rest[3], 461, 461, 2),
            mark(&expected[0], 930, 1000, 0),
        ],
        n_rows: 3,
        bands: vec![
            StripBandView {
                number: 1,
                start: 0,
                end: 430,
                has_number: true,
            },
            StripBandView {
                number: 2,
                start: 430,
                end: 450,
                has_number: false,
            },
        ],
        ticks: vec![tick("2024", 0), tick("2025", 430), tick("2026", 860)],
        breaks: vec![700],
        has_given: true,
        has_inferred: true,
        has_expected: true,
        ..StripView::default()
    };
    PageView {
        body: vec![html(
            "<p>Dates marked as worked out are ours, not the article’s. <a href=\"what-to-know.html#dates\">How this was made</a> sets out the reasoning in full.</p>",
        )],
        timeline: Some(TimelineView {
            embed: None,
            periods: vec![
                period("_year-1", "2024", all),
                period("_year-2", "2025", rest),
            ],
            is_folded: false,
            expected,
            filters: vec![FilterView {
                name: "tag",
                title: "Topics".into(),
                options: vec![FilterOptionView {
                    value: "t1".into(),
                    title: "court".into(),
                    n_reactions: 3,
                    size: 1000,
                }],
            }],
            n_events: 6,
            expected_id: "_still-to-come".into(),
            eras: vec![EraView {
                title: "The long wait".into(),
                date: date("2019 to 2024", "2019/2024"),
            }],
            strip: Some(strip),
        }),
        ..base(
            "timeline",
            "timeline.html",
            "Timeline",
            "The events in the article, in order. It gives no publication date, so each date here was worked out, in whole or in part, and every entry says how.",
        )
    }
}

fn quantity(words: &str, number: &str, unit: &str, exact: &str) -> QuantityView {
    QuantityView {
        words: words.into(),
        number: number.into(),
        sign: if unit == "%" {
            "%".into()
        } else {
            String::new()
        },
        unit: if unit == "%" {
            String::new()
        } else {
            unit.into()
        },
        qualifier: None,
        qualifier_after: None,
        exact: exact.into(),
    }
}

fn period(id: &str, title: &str, events: Vec<EventView>) -> PeriodView {
    PeriodView {
        id: id.into(),
        title: title.into(),
        n_events: events.len(),
        is_open: false,
        events,
    }
}

fn tick(label: &str, place: u16) -> TickView {
    TickView {
        label: label.into(),
        place,
        anchor: "middle",
        from: "",
    }
}

fn mark(label: &str, value: &str, size: u16, place: u16) -> MarkView {
    MarkView {
        label: label.into(),
        value: value.into(),
        size,
        place,
        low: None,
        high: None,
        has_dot: true,
    }
}

fn ticks(labels: &[&str]) -> Vec<TickView> {
    let last = labels.len() - 1;
    labels
        .iter()
        .enumerate()
        .map(|(index, label)| tick(label, u16::try_from(index * 1000 / last).unwrap()))
        .collect()
}

fn passengers(is_home: bool) -> FigureView {
    let over = QuantityView {
        qualifier: Some("over".into()),
        ..quantity("over 24,000 people", "24,000", "people", "24000")
    };
    let last = quantity("36,500 people", "36,500", "people", "36500");
    FigureView {
        id: "passengers".into(),
        href: "key-figures.html#passengers".into(),
        is_home,
        title: "Passengers landed at the outer pier".into(),
        value: last.clone(),
        comparison: Some("up from over 24,000 (2023)".into()),
        population: Some("Passengers".into()),
        text_html: Some("<p>The article does not say who counted. The number for 2023 is a lower limit, printed as “over 24,000.”</p>".into()),
        points: vec![
            PointView { date: Some(date("2023", "2023")), label: None, value: over, as_printed: Some("over 24,000".into()), annotation: None },
            PointView { date: Some(date("2024", "2024")), label: None, value: last, as_printed: Some("36,500".into()), annotation: None },
        ],
        chart: Some(ChartView {
            kind: "bar",
            marks: vec![mark("2023", "over 24,000 people", 600, 0), mark("2024", "36,500 people", 912, 1000)],
            ticks: ticks(&["0", "10,000", "20,000", "30,000", "40,000"]),
            ..ChartView::default()
        }),
        data_href: Some("https://example.org/figures.csv".into()),
        sources: vec![source_ref()],
        evidence: evidence("verified", "Verified"),
        ..FigureView::default()
    }
}

fn share(id: &str, title: &str, number: &str, size: u16) -> FigureView {
    FigureView {
        id: id.into(),
        href: format!("#{id}"),
        is_home: true,
        title: title.into(),
        value: quantity(&format!("{number}%"), number, "%", number),
        date: Some(date("January 2 to January 10, 2025", "2025-01-02/2025-01-10")),
        population: Some("islanders".into()),
        sample: Some("1,128".into()),
        margin: Some("±3".into()),
        as_printed: Some(format!("{number} percent")),
        text_html: Some("<p>Islanders who were for the plans strongly or somewhat. The year of the poll is worked out.</p>".into()),
        chart: Some(ChartView {
            kind: "bar",
            marks: vec![MarkView { low: Some(size - 30), high: Some(size + 30), ..mark(title, number, size, 500) }],
            ticks: ticks(&["0%", "50%", "100%"]),
            ..ChartView::default()
        }),
        sources: vec![source_ref()],
        evidence: evidence("doubtful", "Quotation checked; with a doubt: speaker"),
        ..FigureView::default()
    }
}

fn plot(kind: &'static str) -> FigureView {
    let values = [
        ("2019", 210, 0),
        ("2020", 460, 200),
        ("2021", 380, 400),
        ("2022", 610, 600),
        ("2024", 912, 1000),
    ];
    let marks: Vec<MarkView> = values
        .iter()
        .map(|(label, size, place)| {
            let size = *size;
            let margin = (kind != "line").then_some(60);
            MarkView {
                low: margin.map(|margin| size - margin),
                high: margin.map(|margin| size + margin),
                ..mark(
                    label,
                    &format!("{} trips", u32::from(size) * 40),
                    size,
                    *place,
                )
            }
        })
        .collect();
    let path = PathView(marks.iter().map(|mark| (mark.place, mark.size)).collect());
    FigureView {
        id: format!("trips-{kind}"),
        href: format!("#trips-{kind}"),
        is_home: true,
        title: "Trips to the outer pier doubled after 2021".into(),
        value: quantity("36,500 trips", "36,500", "trips", "36500"),
        points: marks
            .iter()
            .map(|mark| PointView {
                date: Some(date(&mark.label, &mark.label)),
                label: None,
                value: quantity(&mark.value, &mark.value, "", "0"),
                as_printed: None,
                annotation: None,
            })
            .collect(),
        chart: Some(ChartView {
            kind,
            is_plot: true,
            description: "5 values, from 8,400 trips (2019) to 36,480 trips (2024).".into(),
            marks,
            ticks: ticks(&["0", "20,000", "40,000"]),
            dates: vec![tick("2019", 0), tick("2024", 1000)],
            end: "36,480".into(),
            ..ChartView::default()
        })
        .map(|chart| ChartView {
            path: if kind == "line" {
                path
            } else {
                PathView::default()
            },
            ..chart
        }),
        sources: vec![source_ref()],
        evidence: evidence("unverified", "Not verified"),
        ..FigureView::default()
    }
}

fn figures() -> PageView {
    let rise = FigureView {
        id: "rise".into(),
        href: "#rise".into(),
        is_home: true,
        title: "Rise in passengers from 2023 to 2024, at most".into(),
        value: QuantityView {
            qualifier: Some("about".into()),
            ..quantity("about 52%", "52", "%", "52.08")
        },
        text_html: Some("<p>Our calculation, not a figure from the article.</p>".into()),
        derived: Some(DerivedView {
            words: "Change from the first number to the second, in percent of the first".into(),
            inputs: vec![
                link("over 24,000 people (2023)", "#passengers"),
                link("36,500 people (2024)", "#passengers"),
            ],
            bound: Some("at most".into()),
        }),
        sources: vec![source_ref()],
        ..FigureView::default()
    };
    let groups = FigureView {
        id: "groups".into(),
        href: "#groups".into(),
        is_home: true,
        title: "Groups of volunteers who mended the inner pier".into(),
        value: QuantityView {
            qualifier: Some("at least".into()),
            ..quantity("at least 3 groups", "3", "groups", "3")
        },
        date: Some(date("2024", "2024")),
        as_printed: Some("at least three groups".into()),
        inferred: Some("The article says “last year,” which we read as 2024.".into()),
        sources: vec![source_ref()],
        evidence: evidence("verified", "Verified"),
        ..FigureView::default()
    };
    PageView {
        body: vec![html(
            "<p>Each number stands as the article has it. Where it says “over” or “at least,” so do we.</p>",
        )],
        figures: vec![
            passengers(true),
            rise,
            groups,
            share("support", "Support for the ferry plan", "55", 550),
            share("night", "Support for trips at night", "88", 880),
            plot("line"),
            plot("dot"),
            plot("range"),
        ],
        ..base(
            "figures",
            "key-figures.html",
            "Key figures",
            "The numbers in the article, each as printed, with what it leaves unsaid.",
        )
    }
}

fn mara() -> PersonView {
    PersonView {
        id: "mara".into(),
        href: "people.html#mara".into(),
        is_home: true,
        name: "Mara Venn".into(),
        role: Some("Chair".into()),
        organisation: Some("Harbor Council".into()),
        url: Some("https://example.org/mara".into()),
        image: None,
        reactions: vec![
            link(
                "“As far as the ferry is concerned, the council’s principle …”",
                "reactions.html#principle",
            ),
            link(
                "The dispute is a matter for the pilots …",
                "reactions.html#dispute",
            ),
        ],
    }
}

fn reaction(is_home: bool) -> ReactionView {
    ReactionView {
        id: "principle".into(),
        href: "reactions.html#principle".into(),
        is_home,
        speaker: PersonView { is_home: false, ..mara() },
        quote: vec!["As far as the ferry is concerned, the council’s principle is to serve the piers that are confirmed as safe after inspection".into()],
        date: Some(date("January 27, 2025", "2025-01-27")),
        as_printed: Some("Monday".into()),
        inferred: Some("The article says only “Monday”; the day is worked out as in the timeline.".into()),
        venue: Some("public meeting".into()),
        stance: Some("conditional".into()),
        sources: vec![source_ref()],
        evidence: evidence("verified", "Verified"),
        ..ReactionView::default()
    }
}

fn all_reactions(reactions: Vec<ReactionView>) -> ReactionsView {
    let option = |value: &str, title: &str, n_reactions| FilterOptionView {
        value: value.into(),
        title: title.into(),
        n_reactions,
        size: 1000,
    };
    ReactionsView {
        filters: vec![FilterView {
            name: "stance",
            title: "Stance".into(),
            options: vec![option("s1", "conditional", 1), option("s2", "supports", 1)],
        }],
        n_reactions: reactions.len(),
        is_folded: false,
        groups: vec![ReactionGroupView {
            title: Some("Harbor Council".into()),
            reactions,
        }],
    }
}

fn reactions() -> PageView {
    let guild = PersonView {
        id: "guild".into(),
        href: "people.html#guild".into(),
        name: "The Pilots’ Guild".into(),
        ..PersonView::default()
    };
    let said = |id: &str, speaker: PersonView, quote: &[&str], text: Option<&str>| ReactionView {
        id: id.into(),
        href: format!("#{id}"),
        is_home: true,
        speaker: PersonView {
            is_home: false,
            ..speaker
        },
        quote: quote
            .iter()
            .map(|paragraph| paragraph.to_string())
            .collect(),
        text_html: text.map(|text| format!("<p>{text}</p>")),
        sources: vec![source_ref()],
        evidence: evidence("verified", "Verified"),
        ..ReactionView::default()
    };
    PageView {
        body: vec![html(
            "<p>Labels such as “conditional” describe a statement’s stand on the plan. They are ours, and are left out where the words do not settle it.</p>",
        )],
        reactions: Some(all_reactions(vec![
            reaction(true),
            ReactionView {
                stance: Some("supports".into()),
                ..said(
                    "long",
                    mara(),
                    &[
                        "Keeping our harbor’s piers is critically important to the safety and welfare of the islands. The islanders deserve a council that puts their interests first and that understands its obligation to the safety and well-being of all who land here.",
                        "We have worked with the pilots and the clinic, which has been productive.",
                    ],
                    None,
                )
            },
            said(
                "dispute",
                mara(),
                &[],
                Some(
                    "The dispute over berths is a matter for the pilots and the owners, the chair said, and the council hopes they will settle it properly.",
                ),
            ),
            said(
                "respected",
                guild.clone(),
                &["The harbor is respected again."],
                Some(
                    "A claim about the owners’ agreement. The article does not say when, or through whom, it was made.",
                ),
            ),
            ReactionView {
                language: Some("sv".into()),
                translation: Some("We sail when we can.".into()),
                stance: Some("neutral".into()),
                ..said("swedish", guild, &["Vi seglar när vi kan."], None)
            },
        ])),
        ..base(
            "reactions",
            "reactions.html",
            "Reactions",
            "Who said what. Exact words stand in quotation marks; the rest is paraphrase.",
        )
    }
}

fn people() -> PageView {
    PageView {
        body: vec![html("<p>The reader who put the question is not named.</p>")],
        people: vec![
            mara(),
            PersonView {
                id: "guild".into(),
                href: "#guild".into(),
                is_home: true,
                name: "The Pilots’ Guild".into(),
                reactions: vec![link(
                    "“The harbor is respected again.”",
                    "reactions.html#respected",
                )],
                ..PersonView::default()
            },
        ],
        ..base(
            "people",
            "people.html",
            "People",
            "Those the article quotes or paraphrases, with the roles it gives them.",
        )
    }
}

fn term(id: &str, term: &str, is_home: bool) -> TermView {
    TermView {
        id: id.into(),
        href: format!("glossary.html#{id}"),
        is_home,
        term: term.into(),
        definition_html: "<p>The step that comes before the ferry stops anywhere: it must be confirmed that the pier is safe. The article does not say who does this, or how.</p>".into(),
        sources: vec![source_ref()],
    }
}

fn glossary() -> PageView {
    PageView {
        terms: vec![
            term("inspection", "Inspection", true),
            term("outer-pier", "Outer pier", true),
        ],
        ..base(
            "glossary",
            "glossary.html",
            "Glossary",
            "Terms that matter here, explained only as far as the article allows.",
        )
    }
}

fn source(is_home: bool) -> SourceView {
    SourceView {
        id: "paper".into(),
        href: "sources.html#paper".into(),
        is_home,
        title: "Ferry to return to outer pier …".into(),
        publisher: Some("Harbor Paper".into()),
        kind: Some("news article".into()),
        used_by: vec![
            link("The council states its principle", "timeline.html#meeting"),
            link("Support for the ferry plan", "key-figures.html#support"),
        ],
        claims: vec![
            ClaimView {
                title: "Support for the ferry plan".into(),
                href: "key-figures.html#support".into(),
                quoted: "over half".into(),
                evidence: evidence("verified", "Found"),
            },
            ClaimView {
                title: "The council states its principle".into(),
                href: "timeline.html#meeting".into(),
                quoted: "on <Monday>".into(),
                evidence: evidence(
                    "changed",
                    "Changed since it was verified on January 27, 2025",
                ),
            },
        ],
        ..SourceView::default()
    }
}

fn log_book(is_home: bool) -> SourceView {
    SourceView {
        id: "log".into(),
        href: "sources.html#log".into(),
        is_home,
        title: "Log of the ferry".into(),
        publisher: Some("Harbor Council".into()),
        authors: vec!["C. Hale".into(), "D. Moor".into()],
        url: Some("https://example.org/log".into()),
        archived: Some("https://archive.example/log".into()),
        published: Some(date("January 2025", "2025-01")),
        accessed: Some(date("January 30, 2025", "2025-01-30")),
        kind: Some("dataset".into()),
        rights: Some("CC BY 4.0".into()),
        ..SourceView::default()
    }
}

fn citation(number: usize, source: SourceView) -> CitationView {
    CitationView {
        number,
        source,
        back: Vec::new(),
    }
}

fn sources() -> PageView {
    PageView {
        body: vec![html(
            "<p>Everything here comes from a news article and a log book.</p>",
        )],
        sources: vec![source(true), log_book(true)],
        citations: Vec::new(),
        ..base(
            "sources",
            "sources.html",
            "Sources",
            "What this explainer rests on.",
        )
    }
}

fn changes() -> PageView {
    let notice = |kind, text: &str| NoticeView {
        id: format!("_{kind}-2025-02-03"),
        kind,
        date: date("February 3, 2025", "2025-02-03"),
        text_html: format!("<p>{text}</p>"),
        records: vec![link("The meeting", "timeline.html#meeting")],
        page: Some(link("The ferry", "what-to-know.html")),
    };
    let day = |id: &str, words: &str, notices| ChangesView {
        id: id.into(),
        date: date(words, id),
        notices,
    };
    PageView {
        layout: "changes",
        title: "What changed".into(),
        full_title: "What changed – The Harbor Desk".into(),
        menu: menu(),
        changes: vec![
            day(
                "2025-02-04",
                "February 4, 2025",
                vec![notice("update", "The pier opens in May.")],
            ),
            day(
                "2025-02-03",
                "February 3, 2025",
                vec![notice(
                    "correction",
                    "An earlier version gave the wrong pier.",
                )],
            ),
        ],
        ..PageView::default()
    }
}

fn desk() -> PageView {
    let child = |title: &str, dek: &str| ChildView {
        title: title.into(),
        href: "index.html".into(),
        image: None,
        description: Some(dek.into()),
        date: Some(date("January 28, 2025", "2025-01-28")),
        is_explainer: true,
        layout: "home",
    };
    PageView {
        layout: "section",
        title: "Explainers".into(),
        full_title: "Explainers – The Harbor Desk".into(),
        description: Some("Everything the desk has explained so far.".into()),
        navigation: vec![
            link("Explainers", "desk.html"),
            link("About", "what-to-know.html"),
        ],
        menu: menu(),
        children: vec![
            child(
                "The ferry will stop at the outer pier again",
                "As the council prepares for another winter of storms, its chair says the ferry returns.",
            ),
            child(
                "Who owns the inner pier?",
                "Three families, one deed, and a log book that ends in 1911.",
            ),
            child(
                "Why the harbor light is green",
                "A short answer to a question that readers keep asking.",
            ),
        ],
        ..PageView::default()
    }
}

fn menu() -> Vec<MenuItemView> {
    let item = |title: &str, link: Option<LinkView>, children: Vec<LinkView>| MenuItemView {
        title: title.into(),
        link,
        is_around: children.is_empty(),
        children,
    };
    let children = [
        "Harbor",
        "Roads and the old bridge",
        "What the council decided",
    ];
    let children = children.map(|title| link(title, "what-to-know.html"));
    vec![
        item(
            "Explainers",
            Some(link("Explainers", "desk.html")),
            Vec::new(),
        ),
        item("Sections", None, children.into()),
    ]
}

fn not_found() -> PageView {
    PageView {
        layout: "404",
        title: "Page not found".into(),
        full_title: "Page not found – The Harbor Desk".into(),
        navigation: vec![link("Explainers", "desk.html")],
        ..PageView::default()
    }
}
