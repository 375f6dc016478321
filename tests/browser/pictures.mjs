// Takes the pictures of the manual's page about reviewing a draft anew: `node pictures.mjs`, with the browser and the
// program that the tests use.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launch, leave, Preview, program, repository } from "./preview.mjs";

const run = promisify(execFile);
const page = join(repository, "docs/content/tutorial/review");

const temporary = await mkdtemp(join(tmpdir(), "nutgraf-"));
const folder = join(temporary, "barrier");
await run(program, ["init", folder, "--quiet"]);
await run(program, ["import", join(page, "barrier.txt"), "--published", "2025-03-04", "--publisher", "Harbor City Gazette", "-r", folder]);

const browser = await launch();
const preview = await Preview.start({}, { folder, args: ["--drafts"] });
const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
const tab = await context.newPage();
const ready = () => tab.waitForFunction(() => document.documentElement.dataset.workbench === "ready");
const button = (name) => tab.getByRole("button", { name });
const take = async (name) => {
  // Fonts are there, and nothing moves any more.
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: join(page, `${name}.png`), animations: "disabled" });
};
const open = async (path) => {
  await tab.goto(new URL(path, preview.url).href);
  await ready();
};

await tab.goto(preview.editing);
await ready();
await open("timeline/");
await tab.locator("nutgraf-draft").first().scrollIntoViewIfNeeded();
await take("drafts");
await open("key-figures/");
await button(/^Review/).click();
await tab.getByRole("heading", { name: /^Draft 1 of/ }).waitFor();
await tab.locator("nutgraf-workbench .both mark").first().waitFor();
await take("record");
await tab.keyboard.press("e");
await tab.locator("nutgraf-form").getByRole("textbox", { name: "title" }).fill("People in Harbor City");
await take("form");
await tab.keyboard.press("Escape");
await tab.locator("nutgraf-workbench").getByRole("heading", { name: /^All/ }).evaluate((heading) => heading.scrollIntoView({ block: "start" }));
await tab.locator("nutgraf-workbench .drafts mark").nth(3).waitFor();
await take("list");
await tab.getByRole("button", { name: "Close", exact: true }).click();
await button("Source").click();
await tab.getByLabel("Text of the source").locator("mark").first().waitFor();
await take("source");
await tab.getByRole("button", { name: "Close", exact: true }).click();
await button("Desk").click();
await tab.getByRole("heading", { name: /^The desk/ }).waitFor();
await button("Check").click();
await tab.locator("nutgraf-workbench").getByText(/^Errors:/).waitFor();
await take("desk");

await leave(context);
await browser.close();
await preview.stop();
await rm(temporary, { recursive: true, force: true });
