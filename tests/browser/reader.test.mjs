// What readers can do without scripts: open the explanation of a term, choose reactions, show a figure in a frame. And what the
// script of embeds does, on a site that has one.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch, Preview } from "./preview.mjs";

const FILES = {
  "site.yaml": "title: A site\n",
  "content/index.md":
    "---\ntitle: Home\nexplainer: true\nsources:\n  - {id: paper, title: The paper}\n---\nThe [quay](term:quay) is old [@paper].\n",
  "content/glossary.md": "---\ntitle: Glossary\nterms:\n  - {id: quay, term: Quay, definition: A wall where ships lie.}\n---\n",
  "content/figures.md":
    "---\ntitle: Figures\nfigures:\n  - {id: ships, title: Ships that called, value: 1250, source: paper}\n---\n",
  "static/host.html":
    '<!DOCTYPE html><title>Another site</title><iframe src="embed/figures/ships/" width="320" height="480"></iframe>',
  "content/voices.md": `---
title: Voices
people:
  - {id: ada, name: Ada Lind, organisation: Harbor}
  - {id: bo, name: Bo Dahl, organisation: Town}
reactions:
  - {id: yes, speaker: ada, quote: Yes., stance: for, source: paper}
  - {speaker: bo, quote: No., stance: against, source: paper}
  - {speaker: bo, quote: Indeed., stance: for, source: paper}
---
`,
};

let browser;
let preview;
before(async () => {
  browser = await launch();
  preview = await Preview.start(FILES, { args: ["-u", "https://example.org/"] });
});
after(async () => {
  await browser?.close();
  await preview?.stop();
});

const look = async (path) => {
  const tab = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await tab.goto(new URL(path, preview.url).href);
  return tab;
};

describe("without scripts", () => {
  it("a term is explained by a button that the keyboard reaches, and the explanation goes away again", async () => {
    const tab = await look("");
    const explanation = tab.getByText("A wall where ships lie.");
    assert.equal(await explanation.isVisible(), false);
    const button = tab.getByRole("button", { name: "What “Quay” means" });
    await button.focus();
    await tab.keyboard.press("Enter");
    await explanation.waitFor({ state: "visible" });
    await tab.keyboard.press("Escape");
    await explanation.waitFor({ state: "hidden" });
    await button.click();
    await tab.getByRole("button", { name: "Close" }).click();
    await explanation.waitFor({ state: "hidden" });
    await tab.context().close();
  });

  it("reactions are chosen by stance and by organization together", async () => {
    const tab = await look("voices/");
    const shown = async () => (await tab.locator(".reaction:visible blockquote").allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(await shown(), ["“Yes.”", "“No.”", "“Indeed.”"]);
    await tab.getByRole("radio", { name: "for", exact: true }).check();
    assert.deepEqual(await shown(), ["“Yes.”", "“Indeed.”"]);
    await tab.getByRole("radio", { name: "Town" }).check();
    assert.deepEqual(await shown(), ["“Indeed.”"]);
    await tab.context().close();
  });

  it("a figure can be shown in a frame, and its links leave the frame", async () => {
    const tab = await look("host.html");
    const frame = tab.frameLocator("iframe");
    await frame.getByText("1,250").waitFor();
    await frame.getByRole("link", { name: "Ships that called" }).click();
    await tab.waitForURL(/\/figures\/#ships$/);
    await tab.context().close();
  });
});

describe("the script of embeds", () => {
  const HOME = "https://example.org/";
  let scripted;
  before(async () => {
    const files = { ...FILES, "site.yaml": "title: A site\nembed_script: true\n" };
    scripted = await Preview.start(files, { args: ["-u", HOME] });
  });
  after(() => scripted?.stop());

  /** A page of another site with some HTML, to which the site is at its public address. */
  const host = async (html) => {
    const tab = await (await browser.newContext({ viewport: { width: 1000, height: 800 } })).newPage();
    await tab.route(`${HOME}**`, async (route) => {
      const path = route.request().url().slice(HOME.length);
      // The preview's own events never end.
      if (path.startsWith("__nutgraf/")) return route.abort();
      const answer = await tab.request.get(new URL(path, scripted.url).href);
      await route.fulfill({ status: answer.status(), contentType: answer.headers()["content-type"], body: await answer.body() });
    });
    const page = `<!DOCTYPE html><title>Another site</title>${html}`;
    await tab.route("https://news.example/**", (route) => route.fulfill({ contentType: "text/html", body: page }));
    await tab.route("https://stranger.example/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "<script>parent.postMessage({ embedHeight: 5000 }, '*')</script>" }),
    );
    await tab.goto("https://news.example/");
    return tab;
  };
  const code = async (embed) => {
    const answer = await fetch(new URL(`embed/${embed}/oembed.json`, scripted.url));
    return (await answer.json()).html;
  };

  it("makes frames as high as what they show in columns of any width, and again when it changes", async () => {
    const both = `${await code("figures/ships")}${await code("voices/yes")}`;
    const tab = await host(`<div style="width: 230px">${both}</div>`);
    /** How much of a frame's content doesn't fit, and how much room is left. */
    const fits = () =>
      Promise.all(
        tab.frames().slice(1).map(async (frame) => {
          const [needed, height] = await frame.evaluate(() => {
            const main = document.querySelector("main");
            const last = main.lastElementChild.getBoundingClientRect().bottom - main.getBoundingClientRect().top;
            return [document.body.offsetHeight - main.offsetHeight + Math.max(last, 0), innerHeight];
          });
          return Math.abs(needed - height) <= 24;
        }),
      );
    const settled = async () => {
      while (!(await fits()).every((is) => is)) await tab.evaluate(() => new Promise(requestAnimationFrame));
    };
    await tab.waitForFunction(() => document.querySelectorAll("iframe").length === 2);
    await settled();
    await tab.evaluate(() => (document.querySelector("div").style.width = "700px"));
    await settled();
    await tab.context().close();
  });

  it("obeys no other site's frames", async () => {
    const script = (await code("figures/ships")).match(/<script.*<\/script>/)[0];
    const tab = await host(`${script}<iframe src="https://stranger.example/" style="height: 150px"></iframe>`);
    await tab.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("message", resolve, { once: true });
          document.querySelector("iframe").src = "https://stranger.example/again";
        }),
    );
    assert.equal(await tab.locator("iframe").evaluate((frame) => frame.offsetHeight), 154);
    await tab.context().close();
  });
});
