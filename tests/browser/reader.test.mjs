// What readers can do without scripts: open the explanation of a term, choose reactions, show a figure in a frame.

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
