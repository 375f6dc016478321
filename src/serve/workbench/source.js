// The text of a source beside the page, which stays on this machine: which of its words are used, and records made of
// others.

import { ask, learn, make, say, state } from "./ask.js";
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

/** Opens the pane, with the source of an id if there is one; `done` is called when it is left, and when a record was made. */
export const source = (done, { id, top } = {}) => {
  const { panel } = state;
  const names = state.page.known.filter((one) => one.kind === "source");
  const choose = make("select", { "aria-label": "Source" }, ...names.map((one) => make("option", { value: one.id }, `${one.id}: ${one.words}`)));
  if (names.some((one) => one.id === id)) choose.value = id;
  const text = make("div", { class: "text", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": "Text of the source: select words", contenteditable: "true", spellcheck: "false", tabindex: 0 });
  const used = make("p", { class: "doc" });
  const paste = make("textarea", { rows: 4, "aria-label": "Paste the text" });
  const keep = make("button", { type: "button", click: () => kept() }, "Keep it on this machine");
  const missing = make("div", { hidden: true }, paste, keep);
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

  const lightKey = (key, isOn) => {
    const [list, index] = key.split(":");
    light(list, Number(index), isOn);
  };

  const unlight = () => {
    for (const [element, over, out] of lit) {
      out();
      for (const event of ["mouseenter", "focusin"]) element.removeEventListener(event, over);
      for (const event of ["mouseleave", "focusout"]) element.removeEventListener(event, out);
    }
    lit = [];
  };

  // Words under the caret show their record, as words under the mouse do.
  let under = null;
  const moved = () => {
    const at = selection()?.startContainer;
    const mark = (at?.parentElement ?? null)?.closest("mark");
    if (mark === under) return;
    for (const [one, isOn] of [[under, false], [mark, true]]) {
      for (const key of one?.dataset.of.split(" ").filter(Boolean) ?? []) lightKey(key, isOn);
    }
    under = mark;
  };

  const show = async () => {
    unlight();
    shown = choose.value ? await ask("source", { file: state.page.file, id: choose.value }) : { text: null };
    if (!shown.text) {
      text.replaceChildren();
      used.textContent = choose.value ? "There is no text of this source on this machine. It is kept in `sources/private/`, and never published." : "The page can cite no source yet: add one.";
    }
    missing.hidden = !choose.value || Boolean(shown.text);
    text.hidden = actions.hidden = !shown.text;
    if (!shown.text) return;
    const parts = pieces(shown.text, shown.marks);
    text.replaceChildren(
      ...parts.map(({ words, of }) => {
        if (!of.length) return words;
        const mark = make("mark", {
          "data-of": [...new Set(of.filter(isHere).map((one) => `${one.list}:${one.index}`))].join(" "),
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
      for (const event of ["mouseenter", "focusin"]) element.addEventListener(event, over);
      for (const event of ["mouseleave", "focusout"]) element.addEventListener(event, out);
      lit.push([element, over, out]);
      if (element.contains(document.activeElement)) over();
    }
    const n_used = parts.reduce((sum, { words, of }) => sum + (of.length ? words.length : 0), 0);
    used.textContent = `${Math.round((100 * n_used) / shown.text.length)} % of the text is used by records. Select words, and make a record of them.`;
  };

  /** What is selected in the text, or where the caret is; `null` if that is elsewhere. */
  const selection = () => {
    const root = text.getRootNode();
    const selected = root.getSelection?.() ?? document.getSelection();
    const [range] = selected.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
    const found = range && text.contains(range.startContainer) ? range : selected.rangeCount ? selected.getRangeAt(0) : null;
    return found && text.contains(found.startContainer) && text.contains(found.endContainer) ? found : null;
  };

  /** The selected words, as places in the text. */
  const selected = () => {
    const found = selection();
    if (!found) return null;
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

  const kept = async () => {
    const saved = await ask("paste", { file: state.page.file, id: choose.value, text: paste.value });
    if (!saved.ok) return say(saved.error ?? "The text couldn't be kept.", true);
    paste.value = "";
    // The preview reads the text once it has seen the edit.
    await learn(saved.file === state.page.file ? saved.hash : undefined);
    say("The text is kept, and named at the source.");
    await show();
    text.focus();
  };

  const leave = () => {
    unlight();
    document.removeEventListener("selectionchange", moved);
    state.pane = null;
    panel.hidden = true;
    panel.replaceChildren();
    done();
  };

  const actions = make("div", { class: "actions" }, ...KINDS.map(([list, name]) => make("button", { type: "button", mousedown: (event) => event.preventDefault(), click: () => take(list) }, name)));
  choose.addEventListener("change", show);
  const head = make("div", { class: "head" }, make("h2", { tabindex: -1 }, "The source beside the page"), choose, make("button", { type: "button", click: leave }, "Close"));
  panel.replaceChildren(head, used, missing, text, actions);
  panel.hidden = false;
  head.querySelector("h2").focus();
  document.addEventListener("selectionchange", moved);
  // The pane is open again when an edit has loaded the page anew.
  state.pane = () => (head.isConnected ? { name: "source", id: choose.value, top: text.scrollTop } : undefined);
  show().then(() => (text.scrollTop = top ?? 0));
};
