// The demonstration site under axe: no violations of WCAG 2.2 AA, light and dark, wide and narrow.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { overflow, pages, violations } from "./pages.mjs";
import { launch, Preview } from "./preview.mjs";

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

describe("every page of the demonstration site", () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      it(`is accessible in ${colorScheme} at ${width} pixels`, async () => {
        // The policy of the pages would keep axe out as it keeps out everything else.
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
        const tab = await context.newPage();
        const urls = await pages(browser, preview.url);
        assert.ok(urls.length > 3, `only ${urls.length} pages were found`);
        for (const url of urls) {
          await tab.goto(url);
          assert.deepEqual(await violations(tab), [], url);
          const pixels = await overflow(tab);
          assert.ok(pixels <= 0, `${url} is ${pixels} pixels too wide`);
        }
        await context.close();
      });
    }
  }
});
