// Drawings and long pages at their worst, measured in a browser: nothing overlaps, nothing is cut, nothing scrolls sideways.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { faults } from "./boxes.mjs";
import { gallery, PAGES } from "./gallery.mjs";
import { overflow } from "./pages.mjs";
import { launch, Preview } from "./preview.mjs";

const VIEWS = [
  { width: 320, text: 100 },
  { width: 360, text: 100 },
  { width: 768, text: 100 },
  { width: 1280, text: 100 },
  { width: 320, text: 200 },
  { width: 1280, text: 200 },
];

for (const language of ["en", "de", "ar", "zh"]) {
  describe(`the gallery in ${language}`, () => {
    let browser;
    let preview;
    before(async () => {
      browser = await launch();
      preview = await Preview.start(gallery(language));
    });
    after(async () => {
      await browser?.close();
      await preview?.stop();
    });

    for (const { width, text } of VIEWS) {
      it(`holds at ${width} pixels and ${text} % text`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 } });
        const tab = await context.newPage();
        const session = await context.newCDPSession(tab);
        await session.send("Page.setFontSizes", { fontSizes: { standard: (16 * text) / 100 } });
        const wrong = [];
        for (const path of PAGES) {
          await tab.goto(new URL(path, preview.url).href);
          const wide = await overflow(tab);
          if (wide > 0) wrong.push(`${path} is ${wide} pixels too wide`);
          wrong.push(...(await tab.evaluate(faults)).map((fault) => `${path}: ${fault}`));
        }
        await context.close();
        assert.deepEqual(wrong, []);
      });
    }
  });
}
