// Draft after draft, each beside the words that it came from: keep, edit, merge or drop it, by one key each.

import { learn, make, save, say, state, titleOf, ask } from "./ask.js";
import { open } from "./form.js";
import { elementOf } from "./places.js";

/** The less sure a draft is, the sooner it is looked at. */
const ORDER = ["low", "medium", "high"];
const rank = (record) => {
  const at = ORDER.indexOf(record.confidence);
  return at < 0 ? 0 : at;
};

const KEYS = [
  ["k", "Keep"],
  ["e", "Edit"],
  ["m", "Merge with the one before"],
  ["d", "Drop"],
  ["n", "Next"],
  ["p", "Previous"],
  ["u", "Undo"],
];

/** Opens the review of the page's drafts; `done` is called when it is left. */
export const review = (done) => {
  const { panel } = state;
  let at = 0;
  let filter = "unsure";
  let n_done = 0;
  let isEditing = false;
  state.busy += 1;

  const drafts = () => {
    const all = (state.page?.records ?? []).filter((record) => record.review);
    if (filter === "unsure") return all.toSorted((a, b) => rank(a) - rank(b));
    return filter === "all" ? all : all.filter((record) => record.list === filter);
  };

  const leave = () => {
    panel.hidden = true;
    panel.replaceChildren();
    panel.removeEventListener("keydown", pressed);
    state.busy -= 1;
    done();
  };

  const write = async (edits, said) => {
    const saved = await save(edits);
    if (!saved.ok) {
      say(saved.error ?? "This couldn't be saved.", true);
      await learn();
    } else {
      n_done += 1;
      say(said);
    }
    show();
  };

  const keep = (record) => {
    const edits = ["review", "confidence"].filter((name) => name in record.values);
    return write(edits.map((name) => ({ remove: { at: [record.list, record.index, name] } })), `Kept: ${titleOf(record.values)}`);
  };

  const drop = (record) => write([{ remove: { at: [record.list, record.index] } }], `Dropped: ${titleOf(record.values)}`);

  // What the one before doesn't say is taken from this one, and its sources are added.
  const merge = (record) => {
    if (record.index === 0) return say("There is none before it to merge it with.", true);
    const before = state.page.records.find((one) => one.list === record.list && one.index === record.index - 1);
    const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
    const edits = [];
    for (const [name, value] of Object.entries(record.values)) {
      const to = [record.list, before.index, name];
      if (["id", "review", "confidence", "notes"].includes(name) || value === null) continue;
      if (name === "source") {
        const known = list(before.values.source).map((one) => JSON.stringify(one));
        const more = list(value).filter((one) => !known.includes(JSON.stringify(one)));
        if (more.length) edits.push({ set: { at: to, value: [...list(before.values.source), ...more] } });
      } else if (before.values[name] === undefined || before.values[name] === null) {
        edits.push({ set: { at: to, value } });
      }
    }
    edits.push({ remove: { at: [record.list, record.index] } });
    return write(edits, `Merged with: ${titleOf(before.values)}`);
  };

  const edit = (record) => {
    isEditing = true;
    const place = panel.querySelector(".actions");
    panel.querySelector(".actions").hidden = true;
    open({ kind: "record", list: record.list, index: record.index, key: `${record.list}:${record.index}` }, place, () => {
      isEditing = false;
      show();
    });
  };

  const undo = async () => {
    const undone = await ask("undo");
    say(undone.ok ? "Undone." : undone.error, !undone.ok);
    await learn(undone.file === state.page?.file ? undone.hash : undefined);
    show();
  };

  const act = (key) => {
    const all = drafts();
    const record = all[at];
    if (key === "Escape") return leave();
    if (key === "u") return undo();
    if (!record) return;
    if (key === "k") return keep(record);
    if (key === "d") return drop(record);
    if (key === "m") return merge(record);
    if (key === "e") return edit(record);
    if (key === "n") at = Math.min(at + 1, all.length - 1);
    if (key === "p") at = Math.max(at - 1, 0);
    show();
  };

  const pressed = (event) => {
    const from = event.composedPath()[0];
    if (isEditing || event.ctrlKey || event.metaKey || event.altKey || from.matches("select, input, textarea")) return;
    if (event.key === "Escape" || KEYS.some(([key]) => key === event.key)) {
      event.preventDefault();
      act(event.key);
    }
  };

  const words = (record) => {
    const list = Array.isArray(record.values.source) ? record.values.source : [record.values.source];
    const passages = list.map((one) => one?.passage).filter(Boolean);
    return passages.length ? passages : [record.values.quote ?? record.values.as_printed].filter(Boolean);
  };

  const told = (value) => (typeof value === "string" ? value : JSON.stringify(value));

  const show = () => {
    const all = drafts();
    at = Math.min(at, Math.max(0, all.length - 1));
    const record = all[at];
    const lists = [...new Set(state.page.records.filter((one) => one.review).map((one) => one.list))];
    const choose = make("select", { "aria-label": "Which drafts" }, make("option", { value: "unsure" }, "unsure first"), make("option", { value: "all" }, "in order"), ...lists.map((list) => make("option", { value: list }, list)));
    choose.value = [...choose.options].some((option) => option.value === filter) ? filter : "all";
    choose.addEventListener("change", () => {
      filter = choose.value;
      at = 0;
      show();
    });
    const title = make("h2", { tabindex: -1 }, record ? `Draft ${at + 1} of ${all.length}: ${titleOf(record.values)}` : "No drafts are left here");
    const head = make("div", { class: "head" }, title, make("span", {}, `${n_done} done`), choose, make("button", { type: "button", click: leave }, "Close"));
    if (!record) {
      panel.replaceChildren(head);
    } else {
      const facts = Object.entries(record.values).filter(([name, value]) => !["review", "confidence"].includes(name) && value !== null);
      panel.replaceChildren(
        head,
        make("p", { class: "draft" }, `${record.list}, ${record.confidence ?? "unknown"} confidence · ${state.page.file}:${record.line}`),
        make("div", { class: "both" },
          make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, told(value))])),
          make("div", {}, make("h3", {}, "In the source"), ...(words(record).length ? words(record).map((one) => make("blockquote", {}, one)) : [make("p", {}, "The draft names no words.")]))),
        make("div", { class: "actions" }, ...KEYS.map(([key, name]) => make("button", { type: "button", "aria-keyshortcuts": key, click: () => act(key) }, make("kbd", {}, key), ` ${name}`))),
      );
      elementOf(record.list, record.index)?.scrollIntoView({ block: "center" });
    }
    panel.hidden = false;
    title.focus();
  };

  panel.addEventListener("keydown", pressed);
  show();
};
