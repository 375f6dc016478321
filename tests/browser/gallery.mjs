// A site that holds each kind of record at its worst: a thousand events, 72 months, long names, large and small numbers.

const item = (fields) => `  - {${Object.entries(fields).map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
const list = (name, records) => `${name}:\n${records.map(item).join("\n")}\n`;
const page = (title, text, weight = 1) => `---\ntitle: ${title}\nweight: ${weight}\n${text}---\n`;
const times = (n, make) => Array.from({ length: n }, (_, index) => make(index));

const day = (year, month, day) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
const month = (index) => `${2019 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
const series = (n, value, date = (index) => 2020 + index) => `[${times(n, (index) => `{date: ${date(index)}, value: ${value(index)}}`).join(", ")}]`;

const BODIES = ["Port authority", "Residents of the old town", "Union of dockers", "Ministry of transport", "Gesellschaft für Hafenerweiterungsangelegenheiten"];
const STANCES = ["for", "against", "undecided", "wants a vote"];

const TAGS = ["court", "street", "Hafenerweiterungsangelegenheiten", "money"];

const event = (id, index, year) => ({
  id: `${id}${index}`,
  date: day(year, (index * 7) % 12, 1 + ((index * 5) % 27)),
  title: `"Event ${index} at the harbor"`,
  people: `[p${index % 14}, p${(index * 3) % 5}]`,
  tags: `[${TAGS[index % 4]}]`,
  source: "paper",
});

/** Six series of one unit, three of which end at the same value. */
const TOGETHER = ["Harbor City", "Upriver", "The federal republic as a whole", "Abroad", "Neighbors", "Donaudampfschifffahrtsgesellschaft"].map((label, index) => ({
  id: `t${index}`,
  title: `"Unemployment, ${label}"`,
  label,
  unit: "percent",
  chart: index === 0 ? "line" : "none",
  ...(index === 0 ? { with: "[t1, t2, t3, t4, t5]" } : {}),
  series: series(24, (n) => (5 + (index % 3) + Math.sin((n + index) / 5) - (n / 23) * (index % 3)).toFixed(1), (n) => month(n + index)),
}));

/** Annotations at the ends and close to each other, ranges, parts with long names, and a dozen small plots. */
const ANNOTATED = [2, 3, 4, 5, 30, 31, 60, 70, 71];
const DESK = [
  {
    id: "annotated",
    title: "\"Unemployment, explained\"",
    unit: "percent",
    chart: "line",
    series: `[${times(72, (n) => `{date: ${month(n)}, value: ${(6 + 2.5 * Math.sin(n / 9)).toFixed(1)}${ANNOTATED.includes(n) ? `, annotation: Decision ${n} on the Hafenerweiterungsangelegenheiten` : ""}}`).join(", ")}]`,
  },
  { id: "estimates", title: "Estimates", unit: "people", chart: "range", series: `[${times(12, (n) => `{date: ${2010 + n}, value: ${300 + n * 40}, to: ${420 + n * 90}}`).join(", ")}]` },
  { id: "seats", title: "Seats", unit: "percent", chart: "stacked", series: `[${[40, 22, 18, 10, 6, 4].map((value, n) => `{label: ${[...BODIES, "Others"][n]}, value: ${value}}`).join(", ")}]` },
  { id: "share0", title: "Shares over time", label: "Gesellschaft für Hafenerweiterungsangelegenheiten", unit: "percent", chart: "stacked", with: "[share1, share2]", series: series(12, (n) => 30 + n) },
  { id: "share1", title: "The second share", label: "Residents", unit: "percent", series: series(12, (n) => 40 - 2 * n) },
  { id: "share2", title: "The third share", label: "Port", unit: "percent", series: series(12, (n) => 30 + n) },
  { id: "small", title: "Each by itself", label: "The federal republic as a whole", unit: "percent", chart: "multiples", with: "[share0, share1, share2]", series: series(12, (n) => 10 + 3 * n) },
];

/** A drawing of a face, and one of a quay. */
const FACE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"><rect width="80" height="100" fill="#b96"/><circle cx="40" cy="40" r="24" fill="#fdc"/></svg>`;
const QUAY = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="#9bd"/><path d="M0 150h300v50H0z"/></svg>`;

const FIGURES = [
  { title: "Ships that called", unit: "ships", chart: "line", series: series(4, (index) => [700, 820, 410, 1250][index]) },
  { title: "Unemployment in the town", unit: "percent", chart: "line", series: series(72, (index) => (6 + 2.5 * Math.sin(index / 9)).toFixed(1), month) },
  { title: "Cargo in each month", unit: "tons", chart: "bar", series: series(72, (index) => Math.round(120000 + 40000 * Math.sin(index / 4)), month) },
  { title: "Losses turned into gains", unit: "EUR", chart: "bar", series: series(3, (index) => [-4500000, -1500000, 2000000][index]) },
  { title: "Support has grown", unit: "percent", margin: 3.5, chart: "range", series: series(3, (index) => [44, 47, 51][index]) },
  { title: "Support in each month", unit: "percent", margin: 2.5, chart: "range", series: series(60, (index) => (45 + 5 * Math.sin(index / 7)).toFixed(1), month) },
  { title: "A small majority", unit: "percent", margin: 3.5, chart: "dot", value: 51.5 },
  { title: "What the Hafenerweiterungsgesellschaft would spend", unit: "EUR", qualifier: "about", value: 1250000000 },
  { title: "Shares of long stretches", unit: "percent", chart: "bar", series: "[{date: 2024-01-02/2025-01-10, value: 12.5}, {date: 2025-01-11/2026-02-20, value: 55}]" },
  { title: "Balance", unit: "USD", chart: "line", series: series(8, (index) => [-300, -120, 50, 200, -40, 90, 310, 420][index], (index) => `2024-0${index + 1}`) },
  { title: "Frost", unit: "°C", chart: "dot", series: series(5, (index) => [-11.9, -3, 4, 9.5, 12][index], (index) => `2024-01-${10 + index * 4}`) },
];

/** Periods that are long, short, close to each other, and not over. */
const ERAS = [["2012", "2016"], ["2016", "2023-11"], ["2023-12", "2024-01"], ["2024-02", "2024-02"], ["2024-03", ".."]];
const eras = list("eras", ERAS.map(([from, to], index) => ({ title: `Period ${index} of the Hafenerweiterungsangelegenheiten`, date: `${from}/${to}` })));

/** The files of the gallery in a language, by path. */
export const gallery = (language) => ({
  "site.yaml": `title: The harbor desk\nlanguage: ${language}\ncards: false\n`,
  "content/face.svg": FACE,
  "content/quay.svg": QUAY,
  "content/index.md": `---
title: The harbor desk
${list(
  "people",
  times(60, (index) => ({
    id: `p${index}`,
    name: `Person Number ${index}`,
    role: "speaker of the committee",
    organisation: BODIES[index % 5],
    ...(index < 10 ? { image: "{file: /face.svg, alt: A face, credit: Cy Falk, focus: top}" } : {}),
  })),
)}${list("sources", [{ id: "paper", title: "The harbor is to grow", publisher: "The Gazette" }])}---
Made up [@paper].
`,
  "content/harbor/index.md": `---
title: The harbor is to grow
description: A second quay, what it would cost, and who is against it.
explainer: true
date: 2024-03-01
authors: [Cy Falk]
tags: [harbor, Hafenerweiterungsangelegenheiten]
series: A year at the harbor
image: {file: /quay.svg, alt: A quay, caption: The old quay in March, credit: Cy Falk, license: CC BY 4.0, focus: 30% 80%}
key_points: ["The quay would bring [more ships](figure:f0).", Nobody knows the cost yet., Residents fear the noise.]
---
The town wants a second quay [@paper].

## What is planned

A quay.

![The quay](/quay.svg "The quay at night"){credit="Ada Lind" license="CC BY 4.0"}

## Who is for it

The port.

## What comes next

A vote.
`,
  "content/harbor/many.md": page("Timeline of 150", eras + list("events", times(150, (index) => event("e", index, 2012 + Math.floor(index / 12.5))))),
  "content/harbor/thousand.md": page("Timeline of a thousand", list("events", times(1000, (index) => event("k", index, 1860 + Math.floor(index / 6.1)))), 2),
  "content/harbor/broken.md": page(
    "Timeline with a gap",
    eras + list("events", [
      { id: "b0", date: "1987-05-01", title: "The breakwater", source: "paper" },
      { id: "b1", date: "2023-11~", title: "The plan", inferred: "Counted.", as_printed: "late last year", source: "paper" },
      { id: "b2", date: "2024-01-10", title: "The hearing", source: "paper" },
      { id: "b3", date: "2024-02-01/2024-02-14", title: "The town is heard", source: "paper" },
      { id: "b4", date: "2024-06", title: "The vote", expected: true, source: "paper" },
    ]),
    3,
  ),
  "content/harbor/figures.md": page("Key figures", list("figures", FIGURES.map((figure, index) => ({ id: `f${index}`, source: "paper", ...figure }))), 4),
  "content/harbor/voices.md": page(
    "Reactions",
    list("reactions", times(60, (index) => ({ id: `r${index}`, speaker: `p${index % 30}`, quote: `"We need the quay, they know it, and they wait for another to say so ${index}."`, stance: STANCES[(index * 3) % 4], source: "paper" }))),
    5,
  ),
  "content/harbor/together.md": page("Several lines", list("figures", TOGETHER.map((figure) => ({ source: "paper", ...figure }))), 7),
  "content/harbor/sides.md": page(
    "Side by side",
    list("figures", [
      { id: "sides", title: "Votes by district", unit: "percent", chart: "bar", source: "paper", series: `[${BODIES.map((body, index) => `{label: ${body}, value: ${12.5 * index}}`).join(", ")}]` },
      { id: "dots", title: "Votes by age", unit: "votes", chart: "dot", source: "paper", series: "[{label: 18 to 24, value: 120}, {label: 25 and older, value: 2400}]" },
    ]),
    8,
  ),
  "content/harbor/desk.md": page("The desk's charts", list("figures", DESK.map((figure) => ({ source: "paper", ...figure }))), 10),
  "content/harbor/quay.mp4": "",
  "content/harbor/quay.vtt": "WEBVTT\n",
  "content/harbor/siren.mp3": "",
  "content/harbor/media.md": page("Pictures, sound and film", "", 11).replace(
    /$/,
    `${times(5, (index) => `![A quay](/quay.svg "Quay ${index} of the Hafenerweiterungsangelegenheiten"){credit="Ada Lind"}`).join("\n")}

![A quay](/quay.svg "Before"){compare="2019"}
![A face](/face.svg "After"){compare="2024, after the Hafenerweiterungsangelegenheiten"}

![The quay at night](quay.mp4 "At night"){subtitles="quay.vtt" transcript="questions.md" poster="/quay.svg"}

![The siren](siren.mp3){transcript="questions.md" credit="Ada Lind"}
`,
  ),
  "content/harbor/questions.md": page(
    "Questions",
    list("questions", times(12, (index) => ({ id: `q${index}`, question: `"Who pays for part ${index} of the Hafenerweiterungsangelegenheiten?"`, answer: `"The town pays for part ${index} of it."`, source: "paper" }))),
    9,
  ),
  "content/news/index.md": "---\ntitle: News\nsort_by: date\npaginate_by: 5\narchive: true\nlatest: 3\nfeatured: [n1.md]\n---\n",
  ...Object.fromEntries(
    times(12, (index) => [
      `content/news/n${index}.md`,
      `---\ntitle: "News ${index} of the Hafenerweiterungsangelegenheiten"\ndate: ${day(2023, index, 3)}\nauthors: [Cy Falk, Ada Lind]\ntags: [harbor, tag ${index}]\nseries: A year at the harbor\n${index % 2 ? "image: {file: /quay.svg, alt: A quay}\n" : ""}---\nText.\n`,
    ]),
  ),
  "content/harbor/compounds.md": page("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "", 6).replace(/$/, "Text.\n"),
});

/** The addresses of the gallery's pages. */
export const PAGES = [
  "",
  ...["", "many/", "thousand/", "broken/", "figures/", "voices/", "together/", "sides/", "questions/", "desk/", "compounds/", "media/", "handout/"].map((path) => `harbor/${path}`),
  ...["", "n1/", "page/2/", "archive/2023/"].map((path) => `news/${path}`),
  ...["tags/", "tags/harbor/", "authors/", "authors/cy-falk/", "series/", "series/a-year-at-the-harbor/"],
];
