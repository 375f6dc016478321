// Drawings and long pages at their worst, measured in a browser: nothing overlaps, nothing is cut, nothing scrolls sideways.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { faults } from "./boxes.mjs";
import { gallery, PAGES } from "./gallery.mjs";
import { overflow, violations } from "./pages.mjs";
import { launch, Preview } from "./preview.mjs";

const VIEWS = [
  { width: 320, text: 100 },
  { width: 360, text: 100 },
  { width: 768, text: 100 },
  { width: 1280, text: 100 },
  { width: 320, text: 200 },
  { width: 1280, text: 200 },
  { width: 642, text: 100, media: "print" },
];

/** The most that a page may weigh, with its stylesheets and without pictures, as it goes over the wire. */
const MOST_BYTES = 60_000;

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

    for (const { width, text, media } of VIEWS) {
      it(`holds at ${width} pixels and ${text} % text${media ? ` in ${media}` : ""}`, async () => {
        const context = await browser.newContext({ viewport: { width, height: 800 } });
        const tab = await context.newPage();
        await tab.emulateMedia({ media: media ?? "screen" });
        // Not on paper: setting the text's size sets the medium back to the screen.
        if (text !== 100) {
          const session = await context.newCDPSession(tab);
          await session.send("Page.setFontSizes", { fontSizes: { standard: (16 * text) / 100 } });
        }
        const wrong = [];
        // The handout has all the others on one page: the narrowest and paper say enough of it.
        const isTold = (path) => !path.includes("handout") || media || (width === 320 && text === 100);
        for (const path of PAGES.filter(isTold)) {
          await tab.goto(new URL(path, preview.url).href);
          assert.ok(await tab.evaluate((medium) => matchMedia(medium).matches, media ?? "screen"), path);
          const wide = await overflow(tab);
          if (wide > 0) wrong.push(`${path} is ${wide} pixels too wide`);
          wrong.push(...(await tab.evaluate(faults)).map((fault) => `${path}: ${fault}`));
        }
        await context.close();
        assert.deepEqual(wrong, []);
      });
    }

    for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
      it(`is accessible in ${colorScheme} at ${width} pixels`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
        const tab = await context.newPage();
        const wrong = [];
        // A thousand events say no more to axe than 150, and take minutes.
        for (const path of PAGES.filter((path) => !/thousand|handout/.test(path))) {
          await tab.goto(new URL(path, preview.url).href);
          wrong.push(...(await violations(tab)).map((violation) => `${path}: ${violation}`));
        }
        await context.close();
        assert.deepEqual(wrong, []);
      });
    }
  });
}

describe("readers of the gallery", () => {
  let browser;
  let preview;
  before(async () => {
    browser = await launch();
    preview = await Preview.start(gallery("en"));
  });
  after(async () => {
    await browser?.close();
    await preview?.stop();
  });

  it("choose among events without scripts, and see how many are left", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(new URL("harbor/many/", preview.url).href);
    await tab.getByRole("radio", { name: "court" }).check();
    const shown = await tab.locator(".timeline .events > li").evaluateAll((events) => events.filter((event) => event.checkVisibility()).length);
    assert.equal(shown, 38);
    assert.ok(await tab.locator(".n-shown.of-events").isVisible());
    await context.close();
  });

  it("compare two pictures in one place without scripts, and see both on paper", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(new URL("harbor/media/", preview.url).href);
    const seen = async () => Promise.all([0, 1].map((index) => tab.locator(".both > figure").nth(index).isVisible()));
    assert.deepEqual(await seen(), [true, false]);
    await tab.getByRole("radio", { name: "2024" }).focus();
    await tab.keyboard.press("Space");
    assert.deepEqual(await seen(), [false, true]);
    await tab.emulateMedia({ media: "print" });
    assert.deepEqual(await seen(), [true, true]);
    await context.close();
  });

  it("load no page that is too heavy", async () => {
    const { gzipSync } = await import("node:zlib");
    for (const path of PAGES.filter((path) => !/thousand|handout/.test(path))) {
      const page = await (await fetch(new URL(path, preview.url))).text();
      const styles = [...page.matchAll(/<link rel="stylesheet"[^>]* href="([^"]+)"/g)].map(([, href]) => new URL(href, new URL(path, preview.url)));
      const parts = [page, ...(await Promise.all(styles.map(async (style) => (await fetch(style)).text())))];
      const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
      assert.ok(bytes <= MOST_BYTES, `${path} weighs ${bytes} bytes`);
    }
  });
});

for (const language of ["en", "ar"]) {
  describe(`the embeds of the gallery in ${language}`, () => {
    let browser;
    let preview;
    before(async () => {
      browser = await launch();
      preview = await Preview.start(gallery(language), { args: ["-u", "https://harbor.example/"] });
    });
    after(async () => {
      await browser?.close();
      await preview?.stop();
    });

    it("fit into the frames that other sites are told to make, from 320 to 1,000 pixels", async () => {
      const tab = await browser.newPage();
      const embeds = new Set();
      for (const path of PAGES.filter((path) => !/thousand|handout/.test(path))) {
        const page = await (await fetch(new URL(path, preview.url))).text();
        for (const [, embed] of page.matchAll(/https:\/\/harbor\.example\/(embed\/[^"&<]+\/)/g)) embeds.add(embed);
      }
      // Reactions differ in little but their words.
      const told = [...embeds].filter((embed) => !embed.endsWith("_events/") && (!embed.includes("/voices/") || embed.endsWith("0/")));
      assert.ok(told.length > 25, `only ${told.length} embeds were found`);
      const misfits = [];
      for (const embed of told) {
        const { html } = await (await fetch(new URL(`${embed}oembed.json`, preview.url))).json();
        const [, height] = html.match(/height: ([^"]+)"/);
        for (const width of [320, 480, 640, 1000]) {
          // On a phone, a frame is as wide as the window but for its margins.
          await tab.setViewportSize({ width: width + 32, height: 800 });
          await tab.goto("about:blank");
          const given = await tab.evaluate((height) => {
            document.body.append(Object.assign(document.createElement("div"), { style: `height: ${height}` }));
            return document.body.lastElementChild.offsetHeight;
          }, height);
          await tab.setViewportSize({ width, height: given });
          await tab.goto(new URL(embed, preview.url).href);
          const needed = await tab.evaluate(() => {
            document.body.classList.add("is-measured");
            return document.body.offsetHeight;
          });
          if (needed > given || needed + 300 < given) misfits.push(`${embed} needs ${needed} of ${given} pixels at ${width}`);
        }
      }
      assert.deepEqual(misfits, []);
      await tab.close();
    });
  });
}
