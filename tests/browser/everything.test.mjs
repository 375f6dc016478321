// A site with every kind of record and chart: in colors of its own, from right to left, with large text, on paper.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { overflow, pages, violations } from "./pages.mjs";
import { launch, Preview } from "./preview.mjs";

const series = (...values) => `[${values.map((value, index) => `{date: ${2020 + index}, value: ${value}}`).join(", ")}]`;

const CONTENT = {
  "content/index.md": `---
title: The harbor desk
description: What is going on at the harbor.
people:
  - {id: ada, name: Ada Lind, role: harbor master, organisation: Port authority}
  - {id: bo, name: Bo Dahl, role: chair, organisation: Residents}
sources:
  - {id: paper, title: The harbor is to grow, publisher: The Gazette, published: 2024-03-05, url: "https://paper.example/harbor"}
---
Everything here is made up [@paper].
`,
  "content/harbor/index.md": `---
title: The harbor is to grow
explainer: true
date: 2024-03-07
authors: [Cy Falk]
key_points: ["The [quay](term:quay) would bring [more ships](figure:line) [@paper]."]
corrections:
  - {date: 2024-03-09, text: The number of ships was wrong., records: "figure:line"}
updates:
  - {date: 2024-03-12, text: The day is set., records: ["figure:line"]}
---
The town wants a second quay [@paper, page 2].[^1]

![](figure:loss)

## A table

| Year | Ships | Largest ship, by its length | Remarks of the harbor master |
|------|------:|-----------------------------|------------------------------|
| 2022 | [](figure:line) | long | a quiet year, all in all, said the master |

> [!WARNING]
> Nobody knows the cost.

\`\`\`rust
fn main() { println!("quay"); }
\`\`\`

[^1]: So it says.
`,
  "content/harbor/timeline.md": `---
title: Timeline
events:
  - {date: 201X, title: The idea, source: paper}
  - {date: 2023-11~, title: The plan, inferred: Counted from the article., as_printed: late last year, source: paper}
  - {date: 2024-02-01/2024-02-14, title: The town is heard, people: [ada], source: paper}
  - {date: 2099-07-01, title: The quay opens, expected: true, source: paper}
---
`,
  "content/harbor/numbers.md": `---
title: Numbers
figures:
  - {id: line, title: More ships call, unit: ships, chart: line, source: paper, series: ${series(700, 820, 410, 1250)}}
  - {id: loss, title: Losses turned into gains, unit: million euros, chart: bar, source: paper, series: ${series(-4.5, -1.5, 2)}}
  - {id: range, title: Support has grown, unit: percent, margin: 3.5, sample: 800, chart: range, source: paper, series: ${series(44, 47, 51)}}
  - {id: dot, title: A small majority, value: 51.5, unit: percent, margin: 3.5, chart: dot, source: paper}
  - {id: cost, title: What it would cost, value: 1250000000, unit: euros, qualifier: about, chart: none, source: paper}
---
`,
  "content/harbor/voices.md": `---
title: Voices
reactions:
  - {speaker: ada, quote: We need the quay., date: 2024-02-14, venue: hearing, stance: for, source: paper}
  - {speaker: bo, quote: لا نحتاج إليه., language: ar, translation: We do not need it., stance: against, source: paper}
  - {speaker: ada, text: She would say no more., source: paper}
---
`,
  "content/harbor/glossary.md": "---\ntitle: Glossary\nterms:\n  - {id: quay, term: Quay, definition: A wall where ships lie.}\n---\n",
};

const COLORS = `colors:
  background: "#fff8f2"
  surface: "#9a8f88"
  text: "#000000"
  muted: "#1c1412"
  accent: "#5a0000"
  notice: "#3d1f00"
  dark: {background: "#1b1024", surface: "#2a1a38", text: "#f2e9f7", muted: "#c3b0d0", accent: "#e8a6f0"}
`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const SITES = { "in colors of its own": COLORS, "from right to left": "language: ar\n" };

for (const [name, settings] of Object.entries(SITES)) {
  describe(`a site ${name}`, () => {
    let preview;
    let urls;
    before(async () => {
      const site = { "site.yaml": `title: The harbor desk\n${settings}`, ...CONTENT };
      preview = await Preview.start(site, { args: ["-u", "https://harbor.example/"] });
      urls = await pages(browser, preview.url);
      assert.ok(urls.length > 12, `only ${urls.length} pages and embeds were found`);
    });
    after(() => preview?.stop());

    for (const colorScheme of ["light", "dark"]) {
      it(`is accessible in ${colorScheme}`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 }, bypassCSP: true });
        const tab = await context.newPage();
        for (const url of urls) {
          await tab.goto(url);
          assert.deepEqual(await violations(tab), [], url);
        }
        await context.close();
      });
    }

    it("is no wider than 320 pixels, even with text of twice the size", async () => {
      const context = await browser.newContext({ viewport: { width: 320, height: 800 }, bypassCSP: true });
      const tab = await context.newPage();
      for (const url of urls) {
        await tab.goto(url);
        assert.ok((await overflow(tab)) <= 0, url);
        await tab.addStyleTag({ content: "html { font-size: 200% !important }" });
        assert.ok((await overflow(tab)) <= 0, `${url} with large text`);
      }
      await context.close();
    });

    it("fits its embeds into the frames that other sites are told to make", async () => {
      const tab = await browser.newPage({ viewport: { width: 640, height: 100 } });
      const embeds = urls.filter((url) => url.includes("/embed/") && !url.endsWith("_events/"));
      assert.ok(embeds.length > 6, `only ${embeds.length} embeds were found`);
      const misfits = [];
      for (const url of embeds) {
        const { height } = await (await tab.request.get(new URL("oembed.json", url).href)).json();
        await tab.goto(url);
        // The record scrolls by itself, so that the link back is always in sight: what it needs, and what is around it.
        const needed = await tab.evaluate(() => {
          const main = document.querySelector("main");
          return document.body.offsetHeight - main.offsetHeight + main.scrollHeight;
        });
        if (needed > height || needed + 150 <= height) misfits.push(`${url} needs ${needed} of ${height} pixels`);
      }
      assert.deepEqual(misfits, []);
      await tab.close();
    });

    it("shows on paper what is folded on the screen, in dark ink", async () => {
      const context = await browser.newContext({ colorScheme: "dark" });
      const tab = await context.newPage();
      await tab.goto(new URL("harbor/timeline/", preview.url).href);
      const why = tab.getByText("Counted from the article.");
      assert.equal(await why.isVisible(), false);
      await tab.emulateMedia({ media: "print" });
      assert.equal(await why.isVisible(), true);
      assert.equal(await tab.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
      await context.close();
    });
  });
}
