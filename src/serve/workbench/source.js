// The text of a source beside the page, which stays on this machine: which of its words are used, and records made of
// others.

import { ask, make, say, state } from "./ask.js";
import { open } from "./form.js";
import { elementOf, focus } from "./places.js";

const KINDS = [
  ["reactions", "Quotation"],
  ["figures", "Figure"],
  ["events", "Event"],
  ["terms", "Term"],
  ["people", "Person"],
];

/** The text in pieces: plain words, and words that records use. */
const pieces = (text, marks) => {
  const ends = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  return ends.slice(0, -1).map((start, index) => {
    const end = ends[index + 1];
    const of = marks.filter((mark) => mark.start <= start && end <= mark.end);
    return { words: text.slice(start, end), of };
  });
};

/** Opens the pane; `done` is called when it is left, and when a record was made. */
export const source = (done) => {
  const { panel } = state;
  const names = state.page.known.filter((one) => one.kind === "source");
  const choose = make("select", { "aria-label": "Source" }, ...names.map((one) => make("option", { value: one.id }, `${one.id}: ${one.words}`)));
  const text = make("div", { class: "text", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": "Text of the source: select words", contenteditable: "true", spellcheck: "false", tabindex: 0 });
  const used = make("p", { class: "doc" });
  let shown = null;
  let lit = [];

  // The caret can be moved and words selected by the keyboard, and nothing can be changed.
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const event of ["drop", "paste", "cut"]) text.addEventListener(event, (happened) => happened.preventDefault());

  const isHere = (mark) => mark.file === state.page.file;
  const light = (list, index, isOn) => {
    const element = elementOf(list, index);
    if (element) element.style.outline = isOn ? "3px solid #c58b00" : "";
    for (const mark of text.querySelectorAll("mark")) mark.classList.toggle("is-lit", isOn && mark.dataset.of.split(" ").includes(`${list}:${index}`));
  };

  const show = async () => {
    for (const [element, over, out] of lit) {
      element.removeEventListener("mouseenter", over);
      element.removeEventListener("mouseleave", out);
    }
    lit = [];
    shown = choose.value ? await ask("source", { file: state.page.file, id: choose.value }) : { text: null };
    if (!shown.text) {
      text.replaceChildren();
      used.textContent = "There is no text of this source on this machine. `text:` of the source names it.";
      return;
    }
    const parts = pieces(shown.text, shown.marks);
    text.replaceChildren(
      ...parts.map(({ words, of }) => {
        if (!of.length) return words;
        const mark = make("mark", {
          "data-of": of.filter(isHere).map((one) => `${one.list}:${one.index}`).join(" "),
          title: of.map((one) => `${one.list}: ${one.anchor ?? one.index + 1} (${one.file})`).join(", "),
          mouseenter: () => of.filter(isHere).forEach((one) => light(one.list, one.index, true)),
          mouseleave: () => of.filter(isHere).forEach((one) => light(one.list, one.index, false)),
          dblclick: () => of.filter(isHere).slice(0, 1).forEach((one) => focus(`${one.list}:${one.index}`)),
        });
        mark.append(words);
        return mark;
      }),
    );
    for (const { list, index } of shown.marks.filter(isHere)) {
      const element = elementOf(list, index);
      if (!element) continue;
      const over = () => light(list, index, true);
      const out = () => light(list, index, false);
      element.addEventListener("mouseenter", over);
      element.addEventListener("mouseleave", out);
      lit.push([element, over, out]);
    }
    const n_used = parts.reduce((sum, { words, of }) => sum + (of.length ? words.length : 0), 0);
    used.textContent = `${Math.round((100 * n_used) / shown.text.length)} % of the text is used by records. Select words, and make a record of them.`;
  };

  /** The selected words, as places in the text. */
  const selected = () => {
    const root = text.getRootNode();
    const selection = root.getSelection?.() ?? document.getSelection();
    const [range] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
    const found = range && text.contains(range.startContainer) ? range : selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!found || !text.contains(found.startContainer) || !text.contains(found.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(found.startContainer, found.startOffset);
    const inside = document.createRange();
    inside.setStart(found.startContainer, found.startOffset);
    inside.setEnd(found.endContainer, found.endOffset);
    const start = before.toString().length;
    return { start, end: start + inside.toString().length };
  };

  const take = async (list) => {
    const words = selected();
    if (!words || words.start === words.end) return say("Select some words of the source first.", true);
    const made = await ask("take", { file: state.page.file, id: choose.value, kind: list, ...words });
    if (!made.ok) return say(made.error, true);
    const { ok, status, named, ...values } = made;
    const index = state.page.records.filter((record) => record.list === list).length;
    const after = async (key) => {
      await show();
      done(key);
    };
    if (named) say(`The words are ${named}'s, who isn't among the people yet.`);
    open({ kind: "new", list, index, values, key: `${list}:${index}` }, actions, after);
  };

  const leave = () => {
    for (const [element, over, out] of lit) {
      element.removeEventListener("mouseenter", over);
      element.removeEventListener("mouseleave", out);
    }
    panel.hidden = true;
    panel.replaceChildren();
    done();
  };

  const actions = make("div", { class: "actions" }, ...KINDS.map(([list, name]) => make("button", { type: "button", mousedown: (event) => event.preventDefault(), click: () => take(list) }, name)));
  choose.addEventListener("change", show);
  const head = make("div", { class: "head" }, make("h2", { tabindex: -1 }, "The source beside the page"), choose, make("button", { type: "button", click: leave }, "Close"));
  panel.replaceChildren(head, used, text, actions);
  panel.hidden = false;
  head.querySelector("h2").focus();
  show();
};
