// A form for a record, a field, a key point or a paragraph, at the place where it is shown. Made from the declaration
// of the fields; what is typed is tried at once, and its faults and dates in words are told at the field.

import { ask, chooser, faultsAt, host, learn, make, say, state, titleOf } from "./ask.js";
import { merging } from "./merge.js";

const LONG_NAMES = new Set(["description", "quote", "translation", "doubt", "passage"]);
/** How long to wait for the next letter. */
const PAUSE = 250;

let count = 0;

const without = (text) => (text ?? "").replace(/\n+$/, "");
/** The text as it is to be written: the line break at the end of a block stays one. */
const written = (text, before) => (typeof before === "string" && before.endsWith("\n") && text !== "" ? `${text}\n` : text);

/** What a control gives: a text, a list, a mapping; `undefined` for nothing. */
const control = (field, value, id) => {
  const described = { id, "aria-describedby": `${id}-doc ${id}-says ${id}-faults`, required: field.required };
  const box = (attributes, text) => make("textarea", { ...described, rows: 1, ...attributes, value: text });
  if (field.shape === "flag") {
    const input = make("input", { ...described, required: false, type: "checkbox" });
    input.checked = value === "true";
    return { element: input, read: () => (input.checked ? "true" : undefined) };
  }
  if (field.shape === "words") {
    const items = Array.isArray(value) ? value : value ? [value] : [];
    const input = box({ rows: Math.max(2, items.length) }, items.join("\n"));
    const read = () => {
      const words = input.value.split("\n").map((word) => word.trim()).filter(Boolean);
      return words.length ? words : undefined;
    };
    return { element: input, read, hint: "One on each line." };
  }
  if (field.shape === "refs") return references(value, id);
  if (field.shape === "records") return items(field, value ?? [], id);
  if (field.shape === "map") return mapping(field, value ?? {}, id);
  if (field.values.length && !field.takesOthers) {
    const input = make("select", described, make("option", { value: "" }, "—"), ...field.values.map((word) => make("option", { value: word }, word)));
    input.value = value ?? "";
    return { element: input, read: () => input.value || undefined };
  }
  const text = without(value);
  if (field.kind === "markdown") {
    const input = box({ rows: 3 }, text);
    const view = make("div", { class: "view", role: "group", "aria-label": `how ${field.name} looks` });
    const look = async () => {
      const shown = input.value ? await ask("view", { words: input.value }) : { html: "" };
      view.innerHTML = shown.html ?? "";
    };
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    });
    look();
    return { element: input, extra: view, read: () => (input.value ? written(input.value, value) : undefined) };
  }
  if (LONG_NAMES.has(field.name) || text.includes("\n")) {
    const input = box({ rows: 3 }, text);
    return { element: input, read: () => (input.value ? written(input.value, value) : undefined) };
  }
  const input = make("input", { ...described, type: "text", autocomplete: "off", spellcheck: field.kind === "text", value: text });
  const known = field.kind === "ids" ? state.page.known.filter((one) => one.kind === "person") : field.values.map((id) => ({ id }));
  let extra = null;
  if (known.length) {
    extra = make("datalist", { id: `${id}-known` }, ...known.map((one) => make("option", { value: one.id }, one.words ?? "")));
    input.setAttribute("list", extra.id);
  }
  return { element: input, extra, read: () => (input.value ? written(input.value, value) : undefined) };
};

/** Sources with their passages: an id, `{ id, passage }`, or a list of them. */
const references = (value, id) => {
  const all = Array.isArray(value) ? value : value ? [value] : [];
  const sources = state.page.known.filter((one) => one.kind === "source");
  const rows = make("div", { class: "rows" });
  const add = (reference) => {
    const named = typeof reference === "string" ? reference : reference?.id;
    const number = rows.children.length + 1;
    const names = sources.some((one) => one.id === named) || !named ? sources : [...sources, { id: named, words: "unknown" }];
    const choose = make("select", { "aria-label": `source ${number}` }, make("option", { value: "" }, "—"), ...names.map((one) => make("option", { value: one.id }, `${one.id}: ${one.words}`)));
    if (number === 1) choose.id = id;
    choose.value = named ?? "";
    const passage = make("textarea", { rows: 2, "aria-label": `passage of source ${number}`, placeholder: "The source's words, if some hold this up", value: reference?.passage ?? "" });
    rows.append(make("div", { class: "row" }, choose, passage));
  };
  (all.length ? all : [null]).forEach(add);
  const read = () => {
    const found = [...rows.children].map((row) => [row.querySelector("select").value, row.querySelector("textarea").value]);
    const references = found.filter(([name]) => name).map(([name, passage]) => (passage ? { id: name, passage } : name));
    if (!references.length) return undefined;
    return references.length === 1 && !Array.isArray(value) ? references[0] : references;
  };
  const more = make("button", { type: "button", click: () => add(null) }, "Another source");
  return { element: make("div", { role: "group", "aria-label": "source" }, rows, more), isGroup: true, read };
};

const mapping = (field, value, id) => {
  const inputs = field.fields.map((inner, index) => {
    const input = make("input", { id: index ? `${id}-${inner.name}` : id, type: "text", value: value[inner.name] ?? "", title: inner.doc });
    return [inner.name, input, make("label", { for: input.id }, inner.name)];
  });
  const read = () => {
    const entries = inputs.filter(([, input]) => input.value).map(([name, input]) => [name, input.value]);
    return entries.length ? Object.fromEntries(entries) : undefined;
  };
  return { element: make("div", { role: "group", "aria-label": field.name, class: "map" }, ...inputs.flatMap(([, input, label]) => [label, input])), isGroup: true, read };
};

/** A list of small records inside a record, such as the points of a series: each with its fields, one after the other. */
const items = (field, value, id) => {
  const list = make("div", { class: "rows" });
  const known = [];
  const isShown = (inner) => inner.required || inner.begun || value.some((one) => one && inner.name in one);
  const add = (before, index) => {
    const number = known.length + 1;
    const item = { index, controls: [], isGone: false };
    const fields = make("div", { class: "map" });
    const show = (inner) => {
      const made = control(inner, before?.[inner.name], `${id}-${number}-${inner.name}`);
      const name = made.isGroup ? make("span", {}, inner.name) : make("label", { for: made.element.id }, inner.name);
      made.element.title = inner.doc;
      item.controls.push({ name: inner.name, before: before?.[inner.name], read: made.read });
      fields.append(name, made.element);
      return made.element;
    };
    const others = [];
    for (const inner of field.fields.filter((one) => !isElsewhere(one))) {
      if (isShown(inner)) show(inner);
      else others.push(inner);
    }
    const more = chooser(`Add a field to ${field.name} ${number}`, others.map(({ name }) => [name, name]), "Add", (name, select) => {
      select.querySelector(`[value="${name}"]`).remove();
      focusIn(show(others.find((one) => one.name === name)));
    });
    const take = make("button", { type: "button", "aria-label": `Take out ${field.name} ${number}` }, "Take out");
    const group = make("div", { role: "group", "aria-label": `${field.name} ${number}`, class: "item" }, fields, make("div", { class: "actions" }, more, take));
    take.addEventListener("click", () => {
      item.isGone = true;
      group.remove();
      another.focus();
      another.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    });
    known.push(item);
    list.append(group);
    return group;
  };
  const another = make("button", { type: "button", click: () => focusIn(add(null, null)) }, `Add to ${field.name}`);
  value.forEach(add);
  const of = (item) => Object.fromEntries(item.controls.map((one) => [one.name, one.read()]).filter(([, now]) => now !== undefined));
  const there = () => known.filter((item) => !item.isGone);
  const read = () => (there().length ? there().map(of) : undefined);
  // Each value by itself, so that comments and the order of what is around them stay.
  const edits = (at) => {
    const now = read();
    if (!value.length || !now) return now ? [{ set: { at, value: now } }] : value.length ? [{ remove: { at } }] : [];
    const old = known.filter((item) => item.index !== null);
    const within = old.filter((item) => !item.isGone).flatMap((item) => item.controls.flatMap((one) => change([...at, item.index, one.name], one.before, one.read())));
    // What is new comes before what goes, so that the list is never empty in between.
    const fresh = there().filter((item) => item.index === null);
    const added = fresh.map((item, n) => ({ insert: { list: at, index: old.length + n, value: of(item) } }));
    const gone = old.filter((item) => item.isGone).map((item) => ({ remove: { at: [...at, item.index] } }));
    return [...within, ...added, ...gone.reverse()];
  };
  return { element: make("div", { role: "group", "aria-label": field.name }, list, another), isGroup: true, read, edits };
};

const focusIn = (element) => (element.matches("input, textarea, select") ? element : element.querySelector("input, textarea, select, button"))?.focus();

/** A field with its name, its documentation, what it says in words, and its faults. */
const row = (field, value, at) => {
  const id = `field-${(count += 1)}`;
  const made = control(field, value, id);
  const says = make("output", { id: `${id}-says`, for: id });
  const faults = make("div", { id: `${id}-faults`, class: "faults", "aria-live": "polite" });
  const name = made.isGroup ? make("span", { class: "name" }, field.name) : make("label", { for: id }, field.name);
  if (field.required) name.append(make("span", { class: "needed" }, " (required)"));
  const doc = make("p", { id: `${id}-doc`, class: "doc" }, [field.doc, made.hint, field.example && `Example: ${field.example}`].filter(Boolean).join(" "));
  const element = make("div", { class: "field" }, name, doc, made.element, made.extra, says, faults);
  const tell = (found, words) => {
    says.textContent = words ?? "";
    faults.replaceChildren(...found.map((fault) => make("p", { class: fault.severity }, fault.message, fault.help ? ` (${fault.help})` : "")));
    made.element.setAttribute("aria-invalid", String(found.some((fault) => fault.severity === "error")));
  };
  return { field, at, before: value, read: made.read, edits: made.edits ?? ((at) => change(at, value, made.read())), tell, element };
};

/** What can't be filled in here and stays as it is. */
const isElsewhere = (field) => field.shape === "any";

/** The edit that a value takes, if it takes one. */
const change = (at, before, now) => {
  if (JSON.stringify(before ?? null) === JSON.stringify(now ?? null)) return [];
  return [now === undefined ? { remove: { at } } : { set: { at, value: now } }];
};

/**
 * Opens a form at a place. `thing` says what is edited; `values` fill in a record that isn't there yet.
 * `done(key)` is called once it is closed.
 */
export const open = (thing, place, done) => {
  const { element, root } = host("nutgraf-form", state.nonce);
  const rows = [];
  const body = make("div", { class: "fields" });
  const message = make("div", { role: "alert", class: "message" });
  const versions = make("div", { role: "alert", class: "message" });
  const page = state.page;
  const record = thing.kind === "record" ? page.records.find((one) => one.list === thing.list && one.index === thing.index) : null;
  const values = record?.values ?? thing.values ?? {};
  const at = thing.kind === "record" || thing.kind === "new" ? [thing.list, thing.index] : [];
  let hash = page.hash;

  const add = (field, value) => {
    const one = row(field, value, [...at, field.name]);
    rows.push(one);
    body.append(one.element);
    return one;
  };
  let words = null;
  let heading = "";
  if (thing.kind === "record" || thing.kind === "new") {
    const fields = state.fields[thing.list];
    heading = thing.kind === "new" ? `New: ${thing.list}` : `${record.kind ?? thing.list}: ${titleOf(values)}`;
    const isShown = (field) => field.name in values || field.begun || (thing.kind === "new" && field.required);
    const others = [];
    for (const field of fields.filter((one) => !isElsewhere(one))) {
      if (isShown(field)) add(field, values[field.name]);
      else others.push(field);
    }
    const more = chooser("Add a field", others.map(({ name }) => [name, name]), "Add", (name, select) => {
      select.querySelector(`[value="${name}"]`).remove();
      focusIn(add(others.find((one) => one.name === name), undefined).element);
    });
    body.after(more);
    element.more = more;
  } else if (thing.kind === "field") {
    const field = state.fields[""].find((one) => one.name === thing.name);
    heading = field.name;
    add(field, page.head[thing.name]);
  } else if (thing.kind === "point") {
    heading = `Key point ${thing.index + 1}`;
    const field = { name: "key point", doc: "One line of Markdown.", kind: "markdown", shape: "one", values: [] };
    const one = row(field, page.head.key_points[thing.index], ["key_points", thing.index]);
    rows.push(one);
    body.append(one.element);
  } else {
    heading = "Paragraph";
    words = page.paragraphs[thing.index];
    const field = { name: "words", doc: "Markdown. Leave it empty to take the paragraph out.", kind: "markdown", shape: "one", values: [] };
    const one = row(field, words.words, null);
    const box = one.element.querySelector("textarea");
    const records = page.known.map((known) => [known.kind === "source" ? `[@${known.id}]` : `[](${known.kind}:${known.id})`, `${known.kind}: ${known.words}`]);
    const insert = chooser("Insert a link or a citation", records, "Insert", (text) => {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    });
    one.element.append(insert);
    rows.push(one);
    body.append(one.element);
  }

  const edits = () => {
    if (words) {
      const text = rows[0].read() ?? "";
      return text === words.words ? [] : [{ prose: { start: words.start, end: words.end, words: text } }];
    }
    if (thing.kind === "new") {
      const entries = rows.map((one) => [one.field.name, one.read()]).filter(([, value]) => value !== undefined);
      return [{ insert: { list: [thing.list], index: thing.index, value: Object.fromEntries(entries) } }];
    }
    return rows.toReversed().flatMap((one) => one.edits(one.at));
  };

  let waiting = 0;
  let asked = 0;
  const attempt = async () => {
    const number = (asked += 1);
    const tried = await ask("try", { file: page.file, hash, edits: edits() });
    if (number !== asked) return;
    if (!tried.ok) {
      message.textContent = tried.error ?? "";
      return;
    }
    message.textContent = "";
    if (words) {
      const length = new TextEncoder().encode(rows[0].read() ?? "").length;
      const isHere = (fault) => fault.start !== null && words.start <= fault.start && fault.start <= words.start + length;
      rows[0].tell(tried.faults.filter(isHere));
    }
    for (const one of rows) if (one.at) one.tell(faultsAt(tried.faults, one.at), tried.says[one.at.join("/")]);
    const others = tried.faults.filter((fault) => at.length && JSON.stringify(fault.at) === JSON.stringify(at));
    message.replaceChildren(...others.map((fault) => make("p", { class: fault.severity }, fault.message)));
  };
  const typed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(attempt, PAUSE);
  };

  const close = (key) => {
    clearTimeout(waiting);
    asked += 1;
    element.remove();
    state.busy -= 1;
    done(key ?? thing.key);
  };

  const conflict = (both) => {
    const pane = (title, text) => make("div", {}, make("p", { class: "heading" }, title), make("pre", { tabindex: 0 }, text ?? "The file is gone."));
    const again = async () => {
      await learn();
      if (!state.page) return;
      hash = state.page.hash;
      versions.replaceChildren();
      await write();
    };
    const parts = [
      make("p", {}, `${both.error}.`),
      make("div", { class: "both" }, pane("What is there now", both.now), both.yours && pane("With your edit", both.yours)),
      make("button", { type: "button", click: () => close() }, "Leave what is there"),
      both.now !== null && !words && thing.kind !== "new" && make("button", { type: "button", click: again }, "Make my edit in what is there"),
    ];
    versions.replaceChildren(...parts.filter(Boolean));
  };

  const write = async (asked = edits(), key) => {
    if (!asked.length) return close();
    const saved = await ask("save", { file: page.file, hash, edits: asked });
    if (saved.ok) {
      await learn(saved.hash);
      say("Saved.");
      return close(key);
    }
    if (saved.status === 409 && "now" in saved) return conflict(saved);
    message.replaceChildren(make("p", { class: "error" }, saved.error ?? "This couldn't be saved."));
  };

  const actions = make("div", { class: "actions" }, make("button", { type: "submit", class: "main" }, "Save"), make("button", { type: "button", click: () => close() }, "Cancel"));
  if (thing.kind === "record" || thing.kind === "point") {
    const list = thing.kind === "point" ? ["key_points"] : [thing.list];
    const n = thing.kind === "point" ? page.head.key_points.length : page.records.filter((one) => one.list === thing.list).length;
    const name = thing.kind === "point" ? "point" : thing.list;
    const move = (to) => write([{ move: { list, from: thing.index, to } }], `${name}:${to}`);
    const copy = [{ duplicate: { list, index: thing.index } }];
    if (values.id) copy.push({ set: { at: [...list, thing.index + 1, "id"], value: freshId(values.id) } });
    const remove = make("button", { type: "button", class: "danger" }, "Delete");
    remove.addEventListener("click", () => {
      if (remove.dataset.asked) return write([{ remove: { at: [...list, thing.index] } }]);
      remove.dataset.asked = "yes";
      remove.textContent = "Really delete?";
    });
    const more = [
      thing.index > 0 && make("button", { type: "button", click: () => move(thing.index - 1) }, "Move up"),
      thing.index < n - 1 && make("button", { type: "button", click: () => move(thing.index + 1) }, "Move down"),
      make("button", { type: "button", click: () => write(copy, `${name}:${thing.index + 1}`) }, "Duplicate"),
      record && thing.index > 0 && make("button", { type: "button", click: () => write(merging(record).edits, `${name}:${thing.index - 1}`) }, "Merge with the one before"),
      remove,
    ];
    actions.append(...more.filter(Boolean));
  }

  const form = make(
    "form",
    {
      "aria-label": heading,
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        write();
      },
      input: typed,
      keydown: (event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          close();
        }
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          write();
        }
      },
    },
    make("p", { class: "heading" }, heading),
    body,
    element.more,
    message,
    versions,
    actions,
  );
  root.append(form);
  if (place.after) place.after(element);
  state.busy += 1;
  body.querySelector("input, textarea, select")?.focus();
  element.scrollIntoView({ block: "nearest" });
  attempt();
  return element;
};

/** An id that no record on the page has. */
const freshId = (id) => {
  const taken = new Set(state.page.known.map((one) => one.id));
  for (let n = 2; ; n += 1) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
};
