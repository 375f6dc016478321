// Draft after draft, each beside the words that it came from: keep, edit, merge or drop it, by one key each.

import { ask, follow, learn, make, save, say, state, titleOf } from "./ask.js";
import { open } from "./form.js";
import { merging } from "./merge.js";
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
  ["a", "Keep all of these"],
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

  const isOneKind = () => new Set(drafts().map((record) => record.list)).size === 1;

  const leave = () => {
    panel.hidden = true;
    panel.replaceChildren();
    panel.removeEventListener("keydown", pressed);
    state.busy -= 1;
    done();
  };

  const write = async (edits, said, n = 1) => {
    const saved = await save(edits);
    if (!saved.ok) {
      say(saved.error ?? "This couldn't be saved.", true);
      await learn();
    } else {
      n_done += n;
      say(said);
    }
    show();
  };

  const kept = (record) => ["review", "confidence"].filter((name) => name in record.values).map((name) => ({ remove: { at: [record.list, record.index, name] } }));

  const keep = (record) => write(kept(record), `Kept: ${titleOf(record.values)}`);

  /** Keeps all drafts of the kind that is shown, each of which is in sight with its words. */
  const keepAll = (records) => write(records.flatMap(kept), `Kept: ${records.length} ${records[0].list}`, records.length);

  const drop = (record) => write([{ remove: { at: [record.list, record.index] } }], `Dropped: ${titleOf(record.values)}`);

  const merge = (record) => {
    const merged = merging(record);
    if (!merged) return say("There is none before it to merge it with.", true);
    return write(merged.edits, `Merged with: ${titleOf(merged.before.values)}`);
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
    if (!record) return key === "n" && panel.querySelector("[data-next]")?.click();
    if (key === "k") return keep(record);
    if (key === "a") return isOneKind() ? keepAll(all) : say("Choose one kind of record first: then all of them are shown, and can be kept at once.", true);
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

  /** The texts of sources, by id, as far as they are on this machine. */
  const texts = new Map();
  const text_of = async (id) => {
    if (!texts.has(id)) {
      const found = await ask("source", { file: state.page.file, id });
      texts.set(id, found.text ?? null);
    }
    return texts.get(id);
  };

  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);

  /** The words that a draft takes from its sources: each with its source. */
  const words = (record) => {
    const references = list(record.values.source);
    const passages = references.filter((one) => one?.passage).map((one) => [one.id, one.passage]);
    const own = record.values.quote ?? record.values.as_printed;
    const first = references[0]?.id ?? references[0];
    return passages.length || !own ? passages : [[first, own]];
  };

  /** Words in the sentence of the source that they are from, once it is known. */
  const quoted = ([id, passage]) => {
    const element = make("blockquote", {}, passage);
    text_of(id).then((text) => {
      const at = text?.indexOf(passage) ?? -1;
      if (at < 0) return;
      const end = at + passage.length;
      const segments = [...new Intl.Segmenter(document.documentElement.lang || undefined, { granularity: "sentence" }).segment(text)];
      const around = segments.filter((one) => one.index < end && at < one.index + one.segment.length);
      const start = around[0].index;
      const last = around.at(-1);
      const mark = make("mark", {}, passage);
      element.replaceChildren(text.slice(start, at).trimStart(), mark, text.slice(end, last.index + last.segment.length).trimEnd());
    });
    return element;
  };

  /** A draft beside the sentence that it came from. */
  const both = (record) => {
    const names = state.fields[record.list].map((field) => field.name);
    const facts = Object.entries(record.values).filter(([name, value]) => !["review", "confidence", "source"].includes(name) && value !== null);
    facts.sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
    const found = words(record);
    return make("div", { class: "both" },
      make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, told(value))])),
      make("div", {}, make("h3", {}, "In the source"), ...(found.length ? found.map(quoted) : [make("p", {}, "The draft names no words.")])));
  };

  /** All drafts of one kind, one below the other. */
  const listed = (records) =>
    make("ol", { class: "drafts" }, ...records.map((record, n) => {
      const go = () => {
        at = n;
        show();
      };
      const value = [record.values.value, record.values.unit, record.values.date].filter(Boolean).join(" · ");
      return make("li", n === at ? { "aria-current": "true" } : {},
        make("button", { type: "button", click: go }, titleOf(record.values)),
        value && make("span", {}, ` ${value}`),
        make("span", { class: "doc" }, ` ${record.confidence ?? "unknown"} confidence`),
        ...words(record).map(quoted));
    }));

  /** Leads to the next page that has drafts, and goes on there. */
  const elsewhere = async (place) => {
    const found = await ask("desk");
    const page = found.ok && found.pages.find((one) => one.drafts && one.href !== null && one.file !== state.page.file);
    if (!page) return place.replaceChildren(make("p", {}, found.ok ? "None are left on other pages either." : found.error));
    const go = () => follow(new URL(found.base + page.href, location.href).pathname, { name: "review" });
    place.replaceChildren(make("button", { type: "button", "data-next": "", "aria-keyshortcuts": "n", click: go }, make("kbd", {}, "n"), ` Go on with ${page.title} (${page.drafts})`));
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
      panel.querySelector("select").focus();
    });
    const title = make("h2", { tabindex: -1 }, record ? `Draft ${at + 1} of ${all.length}: ${titleOf(record.values)}` : "No drafts are left here");
    const head = make("div", { class: "head" }, title, make("span", {}, `${n_done} done`), choose, make("button", { type: "button", click: leave }, "Close"));
    const keys = KEYS.filter(([key]) => key !== "a" || isOneKind());
    if (!record) {
      const others = make("div", { class: "actions" });
      panel.replaceChildren(head, others);
      elsewhere(others);
    } else {
      panel.replaceChildren(
        head,
        make("p", { class: "draft" }, `${record.list}, ${record.confidence ?? "unknown"} confidence · ${state.page.file}:${record.line}`),
        both(record),
        make("div", { class: "actions" }, ...keys.map(([key, name]) => make("button", { type: "button", "aria-keyshortcuts": key, click: () => act(key) }, make("kbd", {}, key), ` ${name}`))),
      );
      if (isOneKind()) panel.append(make("h3", {}, `All ${all.length}`), listed(all));
      elementOf(record.list, record.index)?.scrollIntoView({ block: "center" });
    }
    panel.hidden = false;
    title.focus();
  };

  panel.addEventListener("keydown", pressed);
  show();
};
