// What is left to do on which page, and where new pages begin.

import { ask, follow, make, say, state } from "./ask.js";

const COLUMNS = ["drafts", "errors", "warnings", "hints", "doubts"];

/** Opens the desk; `done` is called when it is left. */
export const desk = (done) => {
  const { panel } = state;
  state.busy += 1;
  const leave = () => {
    panel.hidden = true;
    panel.replaceChildren();
    state.busy -= 1;
    done();
  };
  const results = make("div", { role: "status" });

  const link = (page, base) => (page.href === null ? make("span", {}, page.file) : make("a", { href: base + page.href }, page.title));
  const row = (page, base) => make("tr", {}, make("td", {}, link(page, base), make("div", { class: "doc" }, page.file)), ...COLUMNS.map((name) => make("td", {}, page[name] ? String(page[name]) : "")));

  const title = make("input", { type: "text", id: "new-title", required: true });
  const what = make("select", { id: "new-what" }, make("option", { value: "page" }, "a page here"), make("option", { value: "explainer" }, "an explainer"));
  const begin = async (event) => {
    event.preventDefault();
    const here = state.page?.file.replace(/\/[^/]*$/, "") ?? "content";
    const made = await ask("new", { title: title.value, what: what.value, folder: what.value === "page" ? here : "content" });
    if (!made.ok) return say(made.error ?? "The page couldn't be made.", true);
    title.value = "";
    await show(made.file);
    say(`Made ${made.file}.`);
  };
  const fresh = make("form", { "aria-label": "New page", submit: begin }, make("label", { for: "new-title" }, "Title "), title, " ", make("label", { for: "new-what" }, "of "), what, " ", make("button", { type: "submit" }, "Begin it"));

  /** Where a fault is, as a way to the thing on its page that has it. */
  let pages = [];
  let base = "";
  const place = (fault) => {
    const words = fault.line ? `${fault.file}:${fault.line}` : fault.file;
    const page = pages.find((one) => one.file === fault.file && one.href !== null);
    if (!page) return words;
    const address = new URL(base + page.href, location.href);
    const go = (event) => {
      event.preventDefault();
      follow(address.pathname, undefined, { line: fault.line });
    };
    return make("a", { href: address.href, click: go }, words);
  };

  /** What a command would say: one line, its faults and, if it can go on, a button for that. */
  const run = (question, doing, asked) => async () => {
    results.textContent = doing;
    const told = await ask(question, asked);
    if (!told.ok) return results.replaceChildren(told.error ?? "");
    const faults = (told.faults ?? []).map((fault) => make("li", { class: fault.severity }, place(fault), fault.file && ": ", fault.message));
    const really = told.is_possible && make("button", { type: "button", class: "main", click: run(question, "Publishing …", { really: true }) }, "Really publish");
    results.replaceChildren(make("p", {}, told.says), make("ul", {}, ...faults.slice(0, 200)), ...(really ? [really] : []));
  };

  /** Shows the pages, as soon as the file that was made is among them. */
  const show = async (file) => {
    let found = await ask("desk");
    for (const end = Date.now() + 5000; file && Date.now() < end && found.ok && !found.pages.some((page) => page.file === file); ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      found = await ask("desk");
    }
    if (!found.ok) return say(found.error, true);
    ({ pages, base } = found);
    const heads = ["Page", ...COLUMNS].map((name) => make("th", { scope: "col" }, name));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...found.pages.map((page) => row(page, found.base))));
    panel.replaceChildren(
      make(
        "div",
        { class: "head" },
        make("h2", { tabindex: -1 }, `The desk: ${found.all} pages`),
        make("button", { type: "button", click: run("check", "Checking …") }, "Check"),
        make("button", { type: "button", click: run("verify", "Comparing …") }, "Verify"),
        make("button", { type: "button", click: run("publish", "Comparing with what is published …") }, "Publish"),
        make("button", { type: "button", click: leave }, "Close"),
      ),
      results,
      make("div", { class: "scrolls", tabindex: 0, role: "region", "aria-label": "Pages" }, table),
      fresh,
    );
    panel.hidden = false;
    panel.querySelector("h2").focus();
  };
  show();
};
