// The live preview in a real browser: what a writer sees with the page on one side and the editor on the other.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { violations } from "./pages.mjs";
import { close, launch, leave, Preview } from "./preview.mjs";

const paragraphs = (word) => Array.from({ length: 120 }, (_, n) => `Paragraph ${n} ${n === 60 ? word : ""}\n`).join("\n");
const page = (title, text) => `---\ntitle: ${title}\n---\n${text}\n`;

const FILES = {
  "site.yaml": "title: A site\n",
  "content/index.md": page("Home", "Hello. See [more](about.md)."),
  "content/about.md": page("About", paragraphs("before")),
  "static/style.css": "body { color: rgb(0, 0, 0) }\n",
};

let browser;
let preview;
let tab;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Looks at a page, and counts how often the browser loads one. */
const look = async (path, context = browser) => {
  const tab = await context.newPage();
  tab.loads = 0;
  tab.complaints = [];
  // Not the event "load": it may come after what a test waits for is in sight.
  tab.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === tab.mainFrame()) tab.loads += 1;
  });
  tab.on("console", (message) => message.type() === "error" && tab.complaints.push(message.text()));
  tab.on("pageerror", (error) => tab.complaints.push(String(error)));
  const listening = tab.waitForRequest(/__nutgraf\/events/);
  await tab.goto(new URL(path, preview.url).href);
  await listening;
  return tab;
};

const shows = (text, where = tab) => where.waitForFunction((text) => document.body.innerText.includes(text), text);
const faults = () => tab.locator("dialog.nutgraf-faults");

describe("a page that is being edited", () => {
  beforeEach(async () => {
    preview = await Preview.start(FILES);
    tab = await look("about/");
  });
  afterEach(async () => {
    await close(tab);
    await preview.stop();
  });

  it("shows the edit, and keeps its scroll place", async () => {
    await tab.evaluate(() => window.scrollTo(0, 1500));
    await preview.write("content/about.md", page("About", paragraphs("after")));
    await shows("after");
    await tab.waitForFunction(() => window.scrollY === 1500);
    assert.deepEqual(tab.complaints, []);
  });

  it("isn't loaded again when another page changes", async () => {
    await preview.write("content/index.md", page("Home", "Changed."));
    const other = await look("");
    await shows("Changed.", other);
    await preview.write("content/about.md", page("About", paragraphs("after")));
    await shows("after");
    assert.equal(tab.loads, 2);
    await close(other);
  });

  it("gets a report of its faults, which goes when they are mended, without a reload", async () => {
    await tab.evaluate(() => window.scrollTo(0, 1500));
    await preview.write("content/about.md", page("About", `${paragraphs("broken")}\n[Gone](gone.md)`));
    await faults().waitFor();
    assert.match(await faults().innerText(), /gone\.md/);
    assert.match(await faults().innerText(), /content\/about\.md:\d+:1/);
    assert.equal(await faults().evaluate((report) => getComputedStyle(report).position), "fixed");
    assert.deepEqual(await violations(tab), []);
    await shows("before");
    assert.equal(await tab.evaluate(() => window.scrollY), 1500);
    await preview.write("content/about.md", page("About", paragraphs("before")));
    await faults().waitFor({ state: "detached" });
    assert.equal(tab.loads, 1);
    assert.deepEqual(tab.complaints, []);
  });

  it("shows faults of other files too, and the report can be closed", async () => {
    await preview.write("content/index.md", page("Home", "[Gone](gone.md)"));
    await faults().waitFor();
    await faults().getByRole("button", { name: "Close" }).click();
    assert.equal(await faults().isVisible(), false);
  });

  it("shows a report as text, whatever is in it", async () => {
    await preview.write("content/about.md", "---\ntitle: About\n</style><img src=x onerror=document.title='hit'>: 1\n---\n");
    await faults().waitFor();
    assert.equal(await tab.title(), "About – A site");
    assert.equal(await tab.locator("img").count(), 0);
  });

  it("swaps its styles without a reload", async () => {
    await tab.evaluate(() => window.scrollTo(0, 1500));
    const nLinks = await tab.evaluate(() => document.querySelectorAll("link[rel=stylesheet]").length);
    await preview.write("static/style.css", "body { color: rgb(0, 0, 128) }\n");
    await tab.waitForFunction(() => getComputedStyle(document.body).color === "rgb(0, 0, 128)");
    // The link to the former styles is gone once the new ones are there.
    await tab.waitForFunction(
      (n) => document.querySelectorAll("link[rel=stylesheet]").length === n,
      nLinks,
    );
    await preview.write("static/style.css", "body { color: rgb(128, 0, 0) }\n");
    await tab.waitForFunction(() => getComputedStyle(document.body).color === "rgb(128, 0, 0)");
    assert.equal(tab.loads, 1);
    assert.equal(await tab.evaluate(() => window.scrollY), 1500);
  });

  it("is followed to its new address", async () => {
    await preview.write("content/index.md", page("Home", "No links."));
    await preview.move("content/about.md", "content/us/who.md");
    await tab.waitForURL("**/us/who/");
    await preview.write("content/us/who.md", `---\ntitle: About\nslug: team\n---\n${paragraphs("renamed")}`);
    await tab.waitForURL("**/us/team/");
    await shows("renamed");
  });

  it("comes back after a restart, and isn't loaded again if it is the same", async () => {
    await preview.end();
    const listening = tab.waitForResponse(/__nutgraf\/events/);
    await preview.run([], preview.port);
    await listening;
    await preview.write("content/about.md", page("About", paragraphs("restarted")));
    await shows("restarted");
    assert.equal(tab.loads, 2);
  });

  it("shows up once it is there", async () => {
    const missing = await look("new/");
    await preview.write("content/new.md", page("New", "Here it is"));
    await shows("Here it is", missing);
    await close(missing);
  });

  it("stays where it is without --follow", async () => {
    await preview.write("content/index.md", page("Home", "Edited elsewhere"));
    const other = await look("");
    await shows("Edited elsewhere", other);
    assert.equal(new URL(tab.url()).pathname, "/about/");
    await close(other);
  });
});

describe("a preview", () => {
  afterEach(() => preview.stop());

  it("moves to the page that is edited with --follow", async () => {
    preview = await Preview.start(FILES, { args: ["--follow"] });
    tab = await look("");
    await preview.write("content/about.md", page("About", paragraphs("followed")));
    await tab.waitForURL("**/about/");
    await shows("followed");
    await close(tab);
  });

  it("serves more tabs than a browser has connections", async () => {
    preview = await Preview.start(FILES);
    const context = await browser.newContext();
    const tabs = [];
    for (let n = 0; n < 9; n += 1) {
      const tab = await context.newPage();
      // A tab behind others is hidden; a browser without windows has to be told.
      await tab.addInitScript(() => {
        let hidden = false;
        Object.defineProperty(document, "hidden", { get: () => hidden });
        window.hide = (value) => {
          hidden = value;
          document.dispatchEvent(new Event("visibilitychange"));
        };
      });
      for (const other of tabs) await other.evaluate(() => window.hide(true));
      await tab.goto(new URL("about/", preview.url).href);
      tabs.push(tab);
    }
    await preview.write("content/about.md", page("About", paragraphs("seen by all")));
    await shows("seen by all", tabs[8]);
    await tabs[0].evaluate(() => window.hide(false));
    await shows("seen by all", tabs[0]);
    await leave(context);
  });

  it("stands below the path of its base address", async () => {
    preview = await Preview.start({ ...FILES, "site.yaml": "title: A site\nbase_url: https://example.org/repo/\n" });
    tab = await look("");
    assert.equal(new URL(tab.url()).pathname, "/repo/");
    await tab.getByRole("link", { name: "more" }).click();
    await tab.waitForURL("**/repo/about/");
    await preview.write("content/about.md", page("About", paragraphs("below a path")));
    await shows("below a path");
    await close(tab);
  });

  it("ends at once when it is told to", async () => {
    preview = await Preview.start(FILES);
    tab = await look("");
    const start = Date.now();
    assert.equal(await preview.end(), 0);
    assert.ok(Date.now() - start < 1000);
    await close(tab);
  });
});
