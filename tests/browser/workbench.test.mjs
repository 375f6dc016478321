// Editing in the preview, in a real browser: by mouse and by the keyboard alone.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { promisify } from "node:util";
import { overflow, violations } from "./pages.mjs";
import { launch, leave, Preview, program, repository } from "./preview.mjs";

const run = promisify(execFile);

const INDEX = `---
title: The harbor   # ours
description: "A dek."
explainer: true
key_points:
  - First point
  - Second point
sources:
  - id: gazette
    title: Council backs the harbor
    text: sources/private/gazette.txt
    published: 2025-01-28
people:
  - id: ada
    name: Ada Moreno
events:
  # the first
  - id: vote
    date: 2025-01-27
    title: 'The vote'
    source: gazette
  - id: start
    date: 2025-03
    title: Work starts
    source: {id: gazette, passage: "The council backed the new quay on Monday"}
    confidence: high
    review: true
  - id: signed
    date: 2025-02
    title: People sign
    source: gazette
    confidence: low
    review: true
---
First paragraph.

Second paragraph.
`;

/** A picture of one pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

const FILES = {
  "site.yaml": "title: A site\nlanguage: en\n",
  "content/index.md": INDEX,
  "content/about.md": "---\ntitle: About\n---\nAbout us.\n",
  "sources/private/gazette.txt": "HARBOR CITY — The council backed the new quay on Monday.\n\n“We will not go back,” Ada Moreno said. Some 24,000 people signed.\n",
};

let browser;
let context;
let preview;
let tab;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const file = (path = "content/index.md") => readFile(join(preview.folder, path), "utf8");

/** Waits until a file is as it should be; it may not be there yet. */
const becomes = async (expected, path) => {
  const end = Date.now() + 15000;
  const read = () => file(path).catch((error) => `${error}`);
  let now = await read();
  while (now !== expected && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now = await read();
  }
  assert.equal(now, expected);
};

const ready = (where = tab) => where.waitForFunction(() => document.documentElement.dataset.workbench === "ready");
const enter = async (size) => {
  context = await browser.newContext(size);
  tab = await context.newPage();
  // What axe tries with styles, and answers that refuse an edit, are no faults of the page.
  tab.complaints = [];
  tab.on("console", (message) => message.type() === "error" && !/inline style|status of 4\d\d/.test(message.text()) && tab.complaints.push(message.text()));
  tab.on("pageerror", (error) => tab.complaints.push(String(error)));
  await tab.goto(preview.editing);
  await ready();
};

const button = (name, options = {}) => tab.getByRole("button", { name, exact: true, ...options });
/** Waits until a file has some words, and returns it. */
const has = async (words, path) => {
  const end = Date.now() + 15000;
  let now = await file(path);
  while (!now.includes(words) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    now = await file(path);
  }
  assert.ok(now.includes(words), now);
  return now;
};

/** Goes on with Tab until something has the focus. */
const reach = async (locator) => {
  await locator.waitFor();
  const has_focus = () => locator.evaluate((element) => element.getRootNode().activeElement === element);
  for (let n = 0; n < 300; n += 1) {
    if (await has_focus()) return;
    await tab.keyboard.press("Tab");
  }
  assert.fail(`Tab doesn't lead to ${locator}`);
};

/** What hands do: with a mouse, and with the keyboard alone. */
const HANDS = {
  mouse: {
    press: (locator) => locator.click(),
    fill: (locator, words) => locator.fill(words),
    choose: (locator, value) => locator.selectOption(value),
  },
  keyboard: {
    press: async (locator) => {
      await reach(locator);
      await tab.keyboard.press("Enter");
    },
    fill: async (locator, words) => {
      await reach(locator);
      await tab.keyboard.press("ControlOrMeta+a");
      await tab.keyboard.type(words);
    },
    choose: async (locator, value) => {
      await reach(locator);
      const values = await locator.evaluate((select) => [...select.options].map((option) => option.value));
      for (let n = 0; n < values.length && (await locator.inputValue()) !== value; n += 1) await tab.keyboard.press("ArrowDown");
      assert.equal(await locator.inputValue(), value);
    },
  },
};

/** Waits until no form is open and the page is at rest. */
const closed = async () => {
  await tab.locator("nutgraf-form").waitFor({ state: "detached" });
  await ready();
};

const field = (name) => tab.locator("nutgraf-form").getByRole("textbox", { name });

describe("the workbench", () => {
  beforeEach(async () => {
    preview = await Preview.start(FILES, { args: ["--drafts"] });
    await enter();
  });
  afterEach(async () => {
    const { complaints } = tab;
    await leave(context);
    await preview.stop();
    assert.deepEqual(complaints, []);
  });

  it("opens by the terminal's address, whose key no address or storage keeps", async () => {
    const key = new URL(preview.editing).hash.slice(1);
    assert.equal(tab.url(), preview.url);
    assert.equal((await context.cookies(preview.url)).length, 0, "cookies of pages");
    const kept = await tab.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.documentElement.outerHTML]));
    assert.ok(!kept.includes(key));
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(preview.url);
    await other.waitForLoadState("networkidle");
    assert.equal(await other.locator("nutgraf-edit, nutgraf-workbench").count(), 0);
    await leave(stranger);
  });

  it("edits a record by mouse", async () => {
    await button("Edit event: The vote").click();
    await field("title (required)").fill("It's: the #vote");
    await button("Save").click();
    await becomes(INDEX.replace("'The vote'", "'It''s: the #vote'"));
    await tab.getByRole("heading", { name: "It's: the #vote" }).waitFor();
  });

  it("edits a record by the keyboard alone, and gives the focus back", async () => {
    const focused = () => tab.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label"));
    for (let n = 0; n < 80 && (await focused()) !== "Edit event: The vote"; n += 1) await tab.keyboard.press("Tab");
    await tab.keyboard.press("Enter");
    // The id comes first, then the date, then the title.
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("ControlOrMeta+a");
    await tab.keyboard.type("Voted");
    await tab.keyboard.press("ControlOrMeta+Enter");
    await becomes(INDEX.replace("'The vote'", "'Voted'"));
    await tab.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label") === "Edit event: Voted");
  });

  it("tells dates in words and faults at the field while one types", async () => {
    await button("Edit event: The vote").click();
    await field("date (required)").fill("2025-01-02/2025-01-10");
    await tab.locator("nutgraf-form output", { hasText: "10" }).waitFor();
    await field("date (required)").fill("2025-13-40");
    await tab.locator("nutgraf-form .faults .error").first().waitFor();
    assert.equal(await field("date (required)").getAttribute("aria-invalid"), "true");
    assert.deepEqual(await violations(tab), []);
    await tab.keyboard.press("Escape");
    await tab.locator("nutgraf-form").waitFor({ state: "detached" });
    assert.equal(await file(), INDEX);
  });

  for (const [hand, { press, fill, choose }] of Object.entries(HANDS)) {
    const add = async (list) => {
      await choose(tab.getByLabel("Add a record", { exact: true }), list);
      await press(button("Add a record: add"));
    };

    it(`edits headline, dek, key points and paragraphs, by ${hand}`, async () => {
      let now = INDEX;
      const edit = async (name, label, words, from, to) => {
        await press(button(name));
        await fill(field(label), words);
        await press(button("Save"));
        now = now.replace(from, to);
        await becomes(now);
        await closed();
        await tab.waitForFunction((words) => document.querySelector("main")?.innerText.includes(words), words);
        await ready();
      };
      await edit("Edit headline", "title (required)", "A harbor", "The harbor", "A harbor");
      await edit("Edit dek", "description", 'The "dek"', '"A dek."', '"The \\"dek\\""');
      await edit("Edit key point 2", "key point", "Another point", "Second point", "Another point");
      await edit("Edit paragraph: Second paragraph.", "words", "Other words.", "Second paragraph.", "Other words.");
      // A citation is chosen, and shown as it will look.
      await press(button("Edit paragraph: First paragraph."));
      await fill(field("words"), "First, says the paper ");
      await choose(tab.getByLabel("Insert a link or a citation", { exact: true }), "[@gazette]");
      await press(button("Insert a link or a citation: insert"));
      await tab.locator("nutgraf-form .view").getByText("First, says the paper").waitFor();
      await press(button("Save"));
      await becomes(now.replace("First paragraph.", "First, says the paper [@gazette]"));
      await closed();
    });

    it(`adds, copies, moves, merges and deletes records, and takes all of it back, by ${hand}`, async () => {
      await add("terms");
      await fill(field("term (required)"), "tonnage");
      await fill(field("definition (required)"), "How much a ship can carry.");
      await press(button("Save"));
      await tab.getByText("How much a ship can carry.").first().waitFor();
      await closed();
      const added = await has("  - term: tonnage\n    definition: How much a ship can carry.\n");
      assert.equal(added.length, INDEX.length + "terms:\n  - term: tonnage\n    definition: How much a ship can carry.\n".length);
      await press(button("Edit event: The vote"));
      await press(button("Move down"));
      await closed();
      await press(button("Edit event: The vote"));
      await press(button("Duplicate"));
      await has("  - id: vote-2\n");
      await closed();
      await tab.waitForFunction(() => document.querySelectorAll("[id^=vote]").length > 1);
      await ready();
      // The copy says nothing that the first doesn't; its draft's marks aren't the other's.
      await press(button("Edit event: The vote").nth(1));
      await press(button("Merge with the one before"));
      await closed();
      const end = Date.now() + 10000;
      while ((await file()).includes("vote-2") && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
      await tab.waitForFunction(() => document.querySelectorAll("[id^=vote]").length === 1);
      await ready();
      await press(button("Edit event: The vote"));
      await press(button("Delete"));
      await press(button("Really delete?"));
      await button("Edit event: The vote").waitFor({ state: "detached" });
      for (let n = 0; n < 5; n += 1) {
        const before = await file();
        await ready();
        await press(button("Undo"));
        const end = Date.now() + 10000;
        while ((await file()) === before && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
        await tab.getByRole("status").filter({ hasText: "Undone" }).waitFor();
      }
      await becomes(INDEX);
      await ready();
      await press(button("Redo"));
      await has("term: tonnage");
      await ready();
    });

    it(`edits the points of a series, and touches no other, by ${hand}`, async () => {
      const series = `figures:
  - id: ships
    title: Ships a year
    unit: ships
    chart: bar
    series:
      # counted at the lock
      - {date: 2023, value: 10}   # low water
      - date: 2024
        value: 20
    source: gazette
`;
      await preview.write("content/index.md", INDEX.replace("events:\n", `${series}events:\n`));
      await button("Edit figure: Ships a year").waitFor();
      await ready();
      await press(button("Edit figure: Ships a year"));
      const group = (number) => tab.getByRole("group", { name: `series ${number}`, exact: true });
      await fill(group(2).getByLabel("value"), "25");
      await press(button("Add to series"));
      await fill(group(3).getByLabel("date"), "2025");
      await fill(group(3).getByLabel("value"), "30");
      await choose(group(3).getByLabel("Add a field to series 3", { exact: true }), "annotation");
      await press(group(3).getByRole("button", { name: "Add a field to series 3: add" }));
      await fill(group(3).getByLabel("annotation"), "A new quay");
      assert.deepEqual(await violations(tab), []);
      await press(button("Save"));
      await closed();
      await becomes(INDEX.replace("events:\n", `${series.replace("value: 20\n", "value: 25\n      - date: 2025\n        value: 30\n        annotation: A new quay\n")}events:\n`));
      await tab.getByText("A new quay").first().waitFor();
      await ready();
      await press(button("Edit figure: Ships a year"));
      await press(button("Take out series 2"));
      await press(button("Save"));
      await closed();
      await becomes(INDEX.replace("events:\n", `${series.replace("- date: 2024\n        value: 20\n", "- date: 2025\n        value: 30\n        annotation: A new quay\n")}events:\n`));
    });

    it(`keeps the text of a source on this machine, and makes a record of its words, by ${hand}`, async () => {
      await preview.write("content/index.md", INDEX.replace("    text: sources/private/gazette.txt\n", ""));
      await tab.waitForFunction(() => !document.querySelector("nutgraf-form"));
      await press(button("Source"));
      await fill(tab.getByLabel("Paste the text"), "The ferry made 300 trips.");
      await press(button("Keep it on this machine"));
      const text = tab.getByLabel("Text of the source");
      await text.getByText("The ferry made 300 trips.").waitFor();
      // The first name is another text's.
      assert.equal(await file("sources/private/gazette-2.txt"), "The ferry made 300 trips.\n");
      await has("    text: sources/private/gazette-2.txt\n");
      await ready();
      await text.getByText("The ferry made 300 trips.").waitFor();
      if (hand === "mouse") {
        await text.selectText();
      } else {
        await reach(text);
        await tab.keyboard.press("ControlOrMeta+a");
      }
      await press(button("Figure"));
      assert.equal(await field("value").inputValue(), "300");
      await fill(field("title (required)"), "Trips");
      await press(button("Save"));
      await has("figures:\n  - title: Trips\n    value: 300\n    unit: trips\n");
      await tab.locator("#trips").waitFor();
      await ready();
      // The pane is still there, and shows which words are used.
      await text.locator("mark").first().waitFor();
      await press(button("Close"));
      await press(button("Source"));
      await text.locator("mark").first().waitFor();
      // The record shows its words, and they show the record.
      const lit = text.locator("mark.is-lit");
      const is_outlined = (is) => tab.waitForFunction((is) => (document.querySelector("#trips").style.outline !== "") === is, is);
      assert.equal(await lit.count(), 0);
      if (hand === "mouse") {
        await tab.locator("#trips").hover();
        await lit.first().waitFor();
        await button("Close").hover();
        await is_outlined(false);
        await text.locator("mark").first().hover();
      } else {
        await button("Edit figure: Trips").focus();
        await lit.first().waitFor();
        await text.focus();
        await is_outlined(false);
        await tab.keyboard.press("ControlOrMeta+Home");
        await tab.keyboard.press("ArrowRight");
      }
      await is_outlined(true);
      await press(button("Close"));
      await ready();
    });

    it(`lists what is to do, begins a page and an explainer, and says what commands would, by ${hand}`, async () => {
      await press(button("Desk"));
      await tab.getByRole("heading", { name: "The desk: 2 pages" }).waitFor();
      assert.deepEqual(await violations(tab), []);
      await fill(tab.getByLabel("Title"), "What comes next");
      await press(button("Begin it"));
      await becomes("---\ntitle: What comes next\n---\n", "content/what-comes-next.md");
      await press(button("Check"));
      await tab.locator("nutgraf-workbench").getByText(/^Errors: 0/).waitFor();
      // A fault leads to its place.
      await press(tab.locator("nutgraf-workbench").getByRole("link", { name: "content/index.md:25", exact: true }));
      await tab.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label") === "Edit event: Work starts");
      await ready();
      await press(button("Desk"));
      await press(button("Verify"));
      await tab.locator("nutgraf-workbench").getByText(/Texts at hand: 1/).waitFor();
      // Nothing is in a repository here, and the reason is said.
      await press(button("Publish"));
      await tab.locator("nutgraf-workbench").getByText(/isn't in a git repository/).waitFor();
      await press(button("Close"));
      await ready();
    });
  }

  for (const [hand, { press, fill }] of Object.entries(HANDS)) {
    it(`never overwrites what was changed outside, and shows both, by ${hand}`, async () => {
      await press(button("Edit event: The vote"));
      await fill(field("title (required)"), "Mine");
      const theirs = INDEX.replace("First paragraph.", "Theirs.");
      await preview.write("content/index.md", theirs);
      await press(button("Save"));
      await tab.getByText("What is there now").waitFor();
      assert.equal(await file(), theirs);
      assert.deepEqual(await violations(tab), []);
      await press(button("Make my edit in what is there"));
      await becomes(theirs.replace("'The vote'", "'Mine'"));
    });

    it(`reviews drafts, the unsure first, by ${hand}`, async () => {
      const act = async (key, name) => {
        if (hand === "mouse") await tab.locator("nutgraf-workbench").getByRole("button", { name: `${key} ${name}`, exact: true }).click();
        else await tab.keyboard.press(key);
      };
      assert.equal(await tab.locator("nutgraf-draft").count(), 2);
      await press(button("Review (2)"));
      await tab.getByRole("heading", { name: "Draft 1 of 2: People sign" }).waitFor();
      assert.deepEqual(await violations(tab), []);
      await act("d", "Drop");
      await tab.getByRole("heading", { name: "Draft 1 of 1: Work starts" }).waitFor();
      await tab.locator("nutgraf-workbench blockquote", { hasText: "The council backed the new quay on Monday" }).first().waitFor();
      await act("e", "Edit");
      await fill(field("title (required)"), "Work begins");
      await press(button("Save"));
      await tab.getByRole("heading", { name: "Draft 1 of 1: Work begins" }).waitFor();
      await act("k", "Keep");
      await tab.getByRole("heading", { name: "No drafts are left here" }).waitFor();
      if (hand === "keyboard") {
        await tab.keyboard.press("u");
        await tab.getByRole("heading", { name: "Draft 1 of 1: Work begins" }).waitFor();
        await tab.keyboard.press("k");
        await tab.getByRole("heading", { name: "No drafts are left here" }).waitFor();
      }
      await press(button("Close"));
      await ready();
      await press(button("Undo"));
      await tab.locator("nutgraf-draft").waitFor();
      await ready();
      await press(button("Review (1)"));
      await tab.getByRole("heading", { name: "Draft 1 of 1: Work begins" }).waitFor();
      await act("a", "Keep all of these");
      await tab.getByRole("heading", { name: "No drafts are left here" }).waitFor();
      await press(button("Close"));
      const dropped = INDEX.replace(/ {2}- id: signed[^]*?review: true\n/, "");
      await becomes(dropped.replace("Work starts", "Work begins").replace("    confidence: high\n    review: true\n", ""));
      await tab.waitForFunction(() => document.querySelectorAll("nutgraf-draft").length === 0);
    });
  }

  it("makes records of words of the source, by mouse and by the keyboard", async () => {
    await button("Source").click();
    const text = tab.getByLabel("Text of the source");
    await text.getByText("The council backed the new quay on Monday").waitFor();
    assert.equal(await text.locator("mark").count(), 1);
    assert.deepEqual(await violations(tab), []);
    // From the end of the text back over the last sentence.
    await text.focus();
    await tab.keyboard.press("ControlOrMeta+End");
    for (let n = 0; n < "24,000 people signed.".length; n += 1) await tab.keyboard.press("Shift+ArrowLeft");
    await tab.keyboard.type("nothing is changed");
    await button("Figure").click();
    await field("title (required)").fill("Signatures");
    assert.equal(await field("value").inputValue(), "24000");
    assert.equal(await field("unit").inputValue(), "people");
    await button("Save").click();
    const end = Date.now() + 10000;
    while (!(await file()).includes("Signatures") && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(await file(), /figures:\n {2}- title: Signatures\n {4}value: 24000\n {4}unit: people\n/);
  });

  it("puts a picture into the project, chosen or dropped, once it is said what it shows", async () => {
    const choosing = tab.waitForEvent("filechooser");
    await button("Picture").press("Enter");
    await (await choosing).setFiles({ name: "Old quay.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") });
    const form = tab.getByRole("form", { name: "Picture" });
    await form.waitFor();
    assert.deepEqual(await violations(tab), []);
    await tab.keyboard.press("Enter");
    await form.getByRole("alert").getByText(/say what the picture shows/).waitFor();
    await form.getByLabel("What it shows").fill("A quay");
    await form.getByLabel("Credit").fill("Cy Falk");
    await tab.keyboard.press("Enter");
    await form.waitFor({ state: "detached" });
    await becomes(`${INDEX}\n![A quay](old-quay.png){credit="Cy Falk"}\n`);
    await tab.locator('main img[alt="A quay"]').waitFor();
    await ready();
    // The same picture, dropped on the page, becomes the picture of the page.
    await tab.evaluate((pixel) => {
      const bytes = Uint8Array.from(atob(pixel), (c) => c.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], "Old quay.png", { type: "image/png" }));
      document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, PIXEL);
    await form.getByLabel("What it shows").fill("The quay");
    await form.getByLabel("Where").selectOption("page");
    await form.getByRole("button", { name: "Put it in" }).click();
    await form.waitFor({ state: "detached" });
    await tab.locator('main img[alt="The quay"]').waitFor();
    await ready();
    // Escape leaves everything as it is.
    const before = await file();
    await tab.evaluate((pixel) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([pixel], "no.png", { type: "image/png" }));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, PIXEL);
    await form.waitFor();
    await tab.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    assert.equal(await file(), before);
  });
});

describe("the review of an article", () => {
  /** The article, which has 949 words, as a draft in a new site. */
  const drafted = async () => {
    const temporary = await mkdtemp(join(tmpdir(), "nutgraf-"));
    const folder = join(temporary, "site");
    await run(program, ["init", folder, "--quiet"]);
    const article = join(repository, "docs/content/tutorial/review/barrier.txt");
    await run(program, ["import", article, "--published", "2025-03-04", "--publisher", "The Gazette", "-r", folder]);
    return { temporary, folder };
  };

  it("makes a draft of 949 words publishable in at most 40 operations, by the keyboard alone", async () => {
    const { temporary, folder } = await drafted();
    preview = await Preview.start({}, { folder, args: ["--drafts"] });
    await enter();
    // Whatever changes, opens or saves something is an operation; to read on, and to move the focus, isn't.
    let operations = 0;
    const key = async (name) => {
      operations += 1;
      await tab.keyboard.press(name);
    };
    const press = async (locator) => {
      await reach(locator);
      await key("Enter");
    };
    const heading = (words) => tab.locator("nutgraf-workbench").getByRole("heading", { name: words });
    const n_left = () => tab.getByRole("heading", { name: /^Draft \d+ of \d+/ }).textContent().then((words) => Number(/of (\d+)/.exec(words)[1]));
    const look_for = async (title) => {
      await heading(/^Draft 1 of/).waitFor();
      for (let n = await n_left(); n > 1 && (await heading(title).count()) === 0; n -= 1) await tab.keyboard.press("n");
      await heading(title).waitFor();
    };
    const first = async () => {
      for (let n = await n_left(); n > 1 && (await heading(/^Draft 1 of/).count()) === 0; n -= 1) await tab.keyboard.press("p");
    };
    const drop = async (title) => {
      await look_for(title);
      const n = await n_left();
      await key("d");
      await heading(new RegExp(`^Draft \\d+ of ${n - 1}:|^No drafts`)).waitFor();
      await first();
    };
    const fix = async (title, name, words) => {
      await look_for(title);
      await key("e");
      await reach(field(name));
      await tab.keyboard.press("ControlOrMeta+a");
      operations += 1;
      await tab.keyboard.type(words);
      await key("ControlOrMeta+Enter");
      await heading(words).waitFor();
      await first();
    };
    const keep_all = async () => {
      await key("a");
      await heading("No drafts are left here").waitFor();
    };
    const go_on = async (title) => {
      await button(new RegExp(`Go on with ${title}`)).waitFor();
      await key("n");
      await tab.waitForFunction((title) => document.querySelector("h1")?.textContent.includes(title), title);
      await ready();
      await heading(/^Draft 1 of/).waitFor();
    };

    await press(button("Edit dek"));
    await reach(field("description"));
    operations += 1;
    await tab.keyboard.type("What the barrier is to do, what it costs, and who pays.");
    await key("ControlOrMeta+Enter");
    await closed();
    await press(button("Review (0)"));
    await go_on("Key figures");
    // All were compared with the article, and none says that all is well before somebody has looked at it.
    assert.doesNotMatch(await tab.locator("main").innerText(), /Verified|Checked/);
    for (const title of [/300 more than it needed|Her group collected/, /which moved 3.4 million/, /rather pay nine/, /One in six|one in six/]) await drop(title);
    await fix(/The city council voted/, "title (required)", "People in Harbor City");
    await keep_all();
    await go_on("Reactions");
    await keep_all();
    await go_on("People");
    await keep_all();
    await go_on("Timeline");
    await drop(/The port authority moved/);
    await fix(/From 2026 on/, "title (required)", "Households begin to pay a levy of $9 a month");
    assert.deepEqual(await violations(tab), []);
    await keep_all();
    await tab.locator("nutgraf-workbench").getByText("None are left on other pages either.").waitFor();
    await key("Escape");
    await press(button("Desk"));
    await press(button("Check"));
    await tab.locator("nutgraf-workbench").getByText(/^Errors: 0/).waitFor();
    await leave(context);
    await preview.stop();
    assert.ok(operations <= 40, `${operations} operations`);
    console.log(`# ${operations} operations`);
    // Nothing is in the way of publishing it, and nothing that was kept is contradicted by the article.
    await run(program, ["check", "-r", folder]);
    await run(program, ["verify", "-r", folder]);
    await rm(temporary, { recursive: true, force: true });
  });
});

describe("the workbench on a small and dark screen", () => {
  it("fits 320 pixels and passes axe, form and bar open", async () => {
    preview = await Preview.start(FILES, { args: ["--drafts"] });
    await enter({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });
    try {
      await button("Edit event: The vote").click();
      await field("date (required)").waitFor();
      assert.ok((await overflow(tab)) <= 0);
      assert.deepEqual(await violations(tab), []);
      await tab.keyboard.press("Escape");
      await button("Review (2)").click();
      await tab.getByRole("heading", { name: /Draft 1 of 2/ }).waitFor();
      assert.ok((await overflow(tab)) <= 0);
      assert.deepEqual(await violations(tab), []);
    } finally {
      await leave(context);
      await preview.stop();
    }
  });
});
