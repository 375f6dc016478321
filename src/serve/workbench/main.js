// The workbench: buttons at what can be edited, and a bar with what isn't at any place. Sent by `nutgraf serve` alone,
// to a writer's browser.

import { ask, chooser, follow, host, learn, make, returned, say, state } from "./ask.js";
import { desk } from "./desk.js";
import { open } from "./form.js";
import { picture, pictureButton } from "./picture.js";
import { focus, place } from "./places.js";
import { review } from "./review.js";
import { source } from "./source.js";

/** Shows everything anew; the focus goes to the thing with `key`. */
export const refresh = (key) => {
  place(edit);
  draw();
  if (key) focus(key);
  if (state.busy === 0 && state.wantsReload) reload(key);
};

const reload = (key) => follow(location.pathname, state.pane?.(), { key, top: scrollY, said: state.line?.textContent });

/** What is written at a line of the page's file, or begins last before it. */
const keyAt = (line) => {
  if (!line) return null;
  const records = (state.page?.records ?? []).map((record) => [record.line, `${record.list}:${record.index}`]);
  const paragraphs = (state.page?.paragraphs ?? []).map((one, index) => [one.line, `paragraph:${index}`]);
  const before = [[1, "field:title"], ...records, ...paragraphs].filter(([at]) => at <= line);
  return before.sort(([a], [b]) => a - b).at(-1)[1];
};

/** The panes that are open again on a page that is loaded. */
const PANES = { review, source };

const edit = (thing, at) => {
  open(thing, at, refresh);
};

const LISTS = ["events", "figures", "reactions", "people", "terms", "questions", "sources"];
const bar = {};

const step = async (what) => {
  // The page is loaded again once it is said what was done.
  state.busy += 1;
  const done = await ask(what);
  if (!done.ok) {
    state.busy -= 1;
    return say(done.error ?? "Nothing was changed.", true);
  }
  await learn(done.file === state.page?.file ? done.hash : undefined);
  say(`${what === "undo" ? "Undone" : "Done again"} in ${done.file}.`);
  state.busy -= 1;
  refresh();
};

const draw = () => {
  const page = state.page;
  const drafts = page?.records?.filter((record) => record.review).length ?? 0;
  bar.review.textContent = `Review (${drafts})`;
  bar.undo.disabled = page?.undo === 0;
  bar.redo.disabled = page?.redo === 0;
  bar.source.disabled = bar.picture.disabled = !page?.records;
  for (const part of bar.add.children) part.disabled = !page?.records;
};

const build = () => {
  const { element, root } = host("nutgraf-workbench", state.nonce);
  const button = (words, click) => make("button", { type: "button", click }, words);
  state.line = make("p", { role: "status" });
  state.panel = make("div", { class: "panel", hidden: true });
  bar.desk = button("Desk", () => desk(refresh));
  bar.review = button("Review", () => review(refresh));
  bar.source = button("Source", () => source(refresh));
  bar.undo = button("Undo", () => step("undo"));
  bar.redo = button("Redo", () => step("redo"));
  bar.add = chooser("Add a record", LISTS.map((list) => [list, list]), "Add", (list) => {
    const index = state.page.records.filter((record) => record.list === list).length;
    const end = (document.querySelector("main article") ?? document.querySelector("main") ?? document.body).lastElementChild;
    open({ kind: "new", list, index, key: `${list}:${index}` }, end, refresh);
  });
  // Only one thing is asked at a time.
  const chosen = pictureButton((file) => state.panel.hidden && state.page?.file && picture(file, refresh));
  bar.picture = chosen.button;
  const tools = make("div", { class: "tools" }, bar.desk, bar.review, bar.source, bar.picture, chosen.input, bar.add, bar.undo, bar.redo);
  root.append(make("section", { class: "bar", "aria-label": "Workbench" }, state.panel, tools, state.line));
  document.body.append(element);
  // What is at the end of the page isn't below the bar.
  new ResizeObserver(() => (document.body.style.paddingBlockEnd = `${tools.offsetHeight + 48}px`)).observe(tools);
};

export const start = async (nonce) => {
  state.nonce = nonce;
  const [page, fields] = await Promise.all([learn(), ask("fields")]);
  if (!page.ok || !fields.ok) return;
  state.fields = fields;
  build();
  refresh();
  document.addEventListener("nutgraf:reload", (event) => {
    // Nothing that is being typed is lost to an edit that somebody makes elsewhere.
    event.preventDefault();
    state.wantsReload = true;
    if (state.busy === 0) reload(document.activeElement?.dataset?.key);
  });
  const before = returned();
  if (before) {
    if (before.pane) PANES[before.pane.name](refresh, before.pane);
    if (before.said) say(before.said);
    const key = before.key ?? keyAt(before.line);
    if (key) focus(key);
    if (before.top) scrollTo(0, before.top);
  }
  document.documentElement.dataset.workbench = "ready";
};
