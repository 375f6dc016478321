// Where on the page is each thing that can be edited? Puts a button there.

import { host, make, state, titleOf } from "./ask.js";

const shown = new Set();

/** The part of a record into which a button can go without breaking its list, grid or caption. */
const holder = (element) => {
  if (element.matches("details")) return { place: element, after: true };
  if (element.parentElement?.matches("dl")) return { place: element.querySelector("dd") ?? element };
  return { place: element.querySelector(":scope > figcaption:last-child") ?? element };
};

const button = (key, label, words, open, { place, after }) => {
  const { element, root } = host("nutgraf-edit", state.nonce);
  const edit = make("button", { type: "button", class: "edit", "aria-label": `${label} ${words}`, click: () => open(element) }, label);
  root.append(edit);
  element.dataset.key = key;
  if (after) place.after(element);
  else place.append(element);
  shown.add(element);
  return element;
};

/** The draft's state beside it: waiting for review, how sure, and where it is written. Never a sign that all is well. */
const mark = (record) => {
  const { element, root } = host("nutgraf-draft", state.nonce);
  const sure = record.confidence ? `, ${record.confidence} confidence` : "";
  root.append(make("p", { class: "draft" }, `Draft, waiting for review${sure} · ${state.page.file}:${record.line}`));
  shown.add(element);
  return element;
};

/** Puts a button at each thing; `open(thing, place)` is called when one is pressed. */
export const place = (open) => {
  for (const old of shown) old.remove();
  shown.clear();
  const page = state.page;
  // Front matter that can't be read can't be edited here.
  if (!page?.head) return;
  const main = document.querySelector("main") ?? document.body;
  const title = main.querySelector("h1");
  const own = (name, element, label) => {
    if (!element) return null;
    const thing = { kind: "field", name, key: `field:${name}` };
    return button(thing.key, label, "", (at) => open(thing, at), { place: element, after: true });
  };
  const headline = own("title", title, "Edit headline");
  own("description", main.querySelector(".dek") ?? headline, "Edit dek");
  main.querySelectorAll(".key-points li").forEach((item, index) => {
    const thing = { kind: "point", index, key: `point:${index}` };
    button(thing.key, "Edit", `key point ${index + 1}`, (at) => open(thing, at), { place: item });
  });
  const paragraphs = [...main.querySelectorAll(".prose > p")];
  if (paragraphs.length === page.paragraphs?.length) {
    paragraphs.forEach((paragraph, index) => {
      const thing = { kind: "paragraph", index, key: `paragraph:${index}` };
      const words = paragraph.textContent.trim().slice(0, 40);
      button(thing.key, "Edit", `paragraph: ${words}`, (at) => open(thing, at), { place: paragraph, after: true });
    });
  }
  for (const record of page.records ?? []) {
    const element = record.anchor && document.getElementById(record.anchor);
    if (!element) continue;
    const thing = { kind: "record", list: record.list, index: record.index, key: `${record.list}:${record.index}` };
    const where = holder(element);
    if (record.review) {
      if (where.after) where.place.after(mark(record));
      else where.place.append(mark(record));
    }
    button(thing.key, "Edit", `${record.kind ?? record.list}: ${titleOf(record.values)}`, (at) => open(thing, at), where);
  }
};

/** Moves the focus to the button of a thing, if it is still there. */
export const focus = (key) => {
  const element = [...shown].find((one) => one.dataset.key === key);
  element?.shadowRoot.querySelector("button")?.focus();
  return Boolean(element);
};

/** The element that shows a record. */
export const elementOf = (list, index) => {
  const record = state.page?.records.find((one) => one.list === list && one.index === index);
  return record?.anchor ? document.getElementById(record.anchor) : null;
};
