// Every page of a preview, and what is wrong with it.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The addresses of every page of a site, found by following its links. */
export const pages = async (browser, start) => {
  const tab = await browser.newPage();
  const found = new Set();
  const waiting = [start];
  while (waiting.length > 0) {
    const url = waiting.pop();
    if (found.has(url)) continue;
    found.add(url);
    await tab.goto(url);
    // A link in a drawing (SVG) has an object as its `href`; the attribute is text in both.
    const links = await tab.$$eval("a[href]", (links) =>
      links.map((link) => new URL(link.getAttribute("href"), document.baseURI).href.split("#")[0]),
    );
    waiting.push(...links.filter((link) => link.startsWith(start) && link.endsWith("/")));
  }
  await tab.close();
  return [...found].sort();
};

/** What axe has against the page that a tab shows. */
export const violations = async (tab) => {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join("\n")}`);
};

/** By how many pixels the page is too wide. */
export const overflow = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
