// The demonstration site under axe: no violations of WCAG 2.2 AA, light and dark, wide and narrow.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { launch, Preview } from "./preview.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;
let preview;
before(async () => {
  browser = await launch();
  preview = await Preview.demonstration();
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

/** Every page of the site, found by following its links. */
const pages = async () => {
  const tab = await browser.newPage();
  const found = new Set();
  const waiting = [preview.url];
  while (waiting.length > 0) {
    const url = waiting.pop();
    if (found.has(url)) continue;
    found.add(url);
    await tab.goto(url);
    const links = await tab.$$eval("a[href]", (links) => links.map((link) => link.href.split("#")[0]));
    waiting.push(...links.filter((link) => link.startsWith(preview.url) && link.endsWith("/")));
  }
  await tab.close();
  return [...found].sort();
};

describe("every page of the demonstration site", () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      it(`is accessible in ${colorScheme} at ${width} pixels`, async () => {
        // The policy of the pages would keep axe out as it keeps out everything else.
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
        const tab = await context.newPage();
        const urls = await pages();
        assert.ok(urls.length > 3, `only ${urls.length} pages were found`);
        for (const url of urls) {
          await tab.goto(url);
          await tab.evaluate(axe);
          const { violations } = await tab.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
          const told = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join("\n")}`);
          assert.deepEqual(told, [], url);
          const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(overflow <= 0, `${url} is ${overflow} pixels too wide`);
        }
        await context.close();
      });
    }
  }
});
