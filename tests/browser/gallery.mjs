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

const event = (id, index, year) => ({ id: `${id}${index}`, date: day(year, (index * 7) % 12, 1 + ((index * 5) % 27)), title: `"Event ${index} at the harbor"`, source: "paper" });

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

/** The files of the gallery in a language, by path. */
export const gallery = (language) => ({
  "site.yaml": `title: The harbor desk\nlanguage: ${language}\ncards: false\n`,
  "content/index.md": `---
title: The harbor desk
${list("people", times(60, (index) => ({ id: `p${index}`, name: `Person Number ${index}`, role: "speaker of the committee", organisation: BODIES[index % 5] })))}${list("sources", [{ id: "paper", title: "The harbor is to grow", publisher: "The Gazette" }])}---
Made up [@paper].
`,
  "content/harbor/index.md": `---
title: The harbor is to grow
description: A second quay, what it would cost, and who is against it.
explainer: true
key_points: ["The quay would bring [more ships](figure:f0).", Nobody knows the cost yet., Residents fear the noise.]
---
The town wants a second quay [@paper].

## What is planned

A quay.

## Who is for it

The port.

## What comes next

A vote.
`,
  "content/harbor/many.md": page("Timeline of 150", list("events", times(150, (index) => event("e", index, 2012 + Math.floor(index / 12.5))))),
  "content/harbor/thousand.md": page("Timeline of a thousand", list("events", times(1000, (index) => event("k", index, 1860 + Math.floor(index / 6.1)))), 2),
  "content/harbor/broken.md": page(
    "Timeline with a gap",
    list("events", [
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
  "content/harbor/compounds.md": page("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "", 6).replace(/$/, "Text.\n"),
});

/** The addresses of the gallery's pages. */
export const PAGES = ["", "harbor/", "harbor/many/", "harbor/thousand/", "harbor/broken/", "harbor/figures/", "harbor/voices/", "harbor/compounds/"];
