// The search of the demonstration site: its own script, loaded by its own page alone.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
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

/** A page, the scripts and indexes of ours that it asks for, and what the browser complains of. */
const look = async (path, options = {}) => {
  const tab = await (await browser.newContext(options)).newPage();
  tab.asked = [];
  tab.complaints = [];
  tab.on("request", (request) => /\/search(\.\w+\.js|\/.*\.json)$/.test(request.url()) && tab.asked.push(new URL(request.url()).pathname));
  tab.on("console", (message) => message.type() === "error" && tab.complaints.push(message.text()));
  tab.on("pageerror", (error) => tab.complaints.push(String(error)));
  await tab.goto(new URL(path, preview.url).href);
  return tab;
};

describe("the search", () => {
  it("is loaded by no other page", async () => {
    const tab = await look("timeline/");
    assert.deepEqual(tab.asked, []);
    await tab.context().close();
  });

  it("finds pages and records whatever their accents and capitals, best first", async () => {
    const tab = await look("search/");
    assert.equal(tab.asked.length, 1, "the index waits for a question");
    await tab.getByRole("searchbox").fill("MÁO migration");
    const first = tab.locator(".results li").first();
    await first.waitFor();
    assert.match(await first.innerText(), /Mao Ning/);
    assert.match(await tab.getByRole("status").innerText(), /^\d+ found$/);
    assert.equal(await tab.locator(".search-fallback").isVisible(), false);
    await first.getByRole("link").click();
    await tab.waitForURL(/#mao-/);
    const target = await tab.evaluate(() => document.querySelector(":target")?.textContent);
    assert.match(target, /Mao Ning/);
    assert.deepEqual(tab.complaints, []);
    await tab.context().close();
  });

  it("answers the question of an address, and says when there is no answer", async () => {
    const tab = await look("search/?q=zzzz");
    await tab.waitForFunction(() => document.querySelector("[role=status]").textContent === "0 found");
    await tab.getByRole("searchbox").fill("");
    await tab.locator(".search-fallback").waitFor();
    assert.equal(await tab.locator(".results li").count(), 0);
    await tab.context().close();
  });

  it("marks what was found, in titles and texts", async () => {
    const tab = await look("search/?q=Migra");
    const hit = tab.locator(".results mark").first();
    await hit.waitFor();
    const hits = await tab.locator(".results mark").allInnerTexts();
    assert.ok(hits.every((hit) => /^migra/i.test(hit)), hits.join());
    await tab.context().close();
  });

  it("answers a mistyped word with what is near", async () => {
    const tab = await look("search/?q=migratoin");
    await tab.locator(".results li").first().waitFor();
    assert.match(await tab.getByRole("status").innerText(), /^0 found\. \d+ found for “migration”\.$/);
    assert.ok((await tab.locator(".results mark").count()) > 0);
    await tab.context().close();
  });

  it("asks for a few files a question, and for none twice", async () => {
    const tab = await look("search/");
    let n_bytes = 0;
    tab.on("response", async (response) => {
      if (response.url().endsWith(".json")) n_bytes += (await response.body()).length;
    });
    const field = tab.getByRole("searchbox");
    for (const question of ["migration", "migration a", "migration"]) {
      await field.fill(question);
      await tab.locator(".results mark").first().waitFor();
    }
    await tab.waitForLoadState("networkidle");
    assert.equal(new Set(tab.asked).size, tab.asked.length, tab.asked.join());
    assert.ok(n_bytes > 0 && n_bytes < 100_000, `${n_bytes} bytes`);
    assert.deepEqual(tab.complaints, []);
    await tab.context().close();
  });

  it("lists the pages without scripts", async () => {
    const tab = await look("search/", { javaScriptEnabled: false });
    assert.equal(await tab.getByRole("searchbox").isVisible(), false);
    assert.ok((await tab.locator(".search-fallback a").count()) > 3);
    await tab.context().close();
  });
});
