// Questions to the preview, and what the whole workbench shares.

const own = "/__nutgraf/workbench/";

/** What a question gives: `{ ok, status, ...answer }`. */
export const ask = async (question, asked = {}) => {
  try {
    const answer = await fetch(own + question, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
      cache: "no-store",
    });
    const text = await answer.text();
    const said = text ? JSON.parse(text) : {};
    return Array.isArray(said) ? { ok: answer.ok, status: answer.status, all: said } : { ...said, ok: answer.ok, status: answer.status };
  } catch {
    return { ok: false, status: 0, error: "The preview doesn't answer. Is it still running?" };
  }
};

/** An element: `make("p", { class: "doc" }, "words", child)`. Functions become listeners. */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/**
 * A list to choose from, and a button that does something with what is chosen. Nothing happens before it is pressed:
 * with a keyboard, one goes through a list's values one by one.
 */
export const chooser = (label, options, words, chosen) => {
  const select = make("select", { "aria-label": label }, make("option", { value: "" }, `${label} …`), ...options.map(([value, name]) => make("option", { value }, name)));
  const press = () => {
    const { value } = select;
    if (!value) return select.focus();
    select.value = "";
    chosen(value, select);
  };
  return make("span", { class: "chooser" }, select, make("button", { type: "button", "aria-label": `${label}: ${words.toLowerCase()}`, click: press }, words));
};

/** A host whose inside no style of the site reaches. */
export const host = (name, nonce) => {
  const element = document.createElement(name);
  const root = element.attachShadow({ mode: "open" });
  const styles = make("link", { rel: "stylesheet", href: "/__nutgraf/assets/workbench.css" });
  if (nonce) styles.nonce = nonce;
  root.append(styles);
  return { element, root };
};

/** What is known of the page that is shown. `pane` says what of the open pane is kept when the page is loaded anew. */
export const state = { page: null, fields: null, nonce: "", busy: 0, wantsReload: false, pane: null };

const RETURN = "nutgraf-return";

/** Loads this page anew, or another one: what is kept of this one is there again. */
export const follow = (path, pane, kept = {}) => {
  sessionStorage.setItem(RETURN, JSON.stringify({ ...kept, path, pane }));
  if (path === location.pathname) location.reload();
  else location.assign(path);
};

/** What was kept when this page was loaded. */
export const returned = () => {
  const kept = JSON.parse(sessionStorage.getItem(RETURN) ?? "null");
  sessionStorage.removeItem(RETURN);
  return kept?.path === location.pathname ? kept : null;
};

const same = (way, other) => JSON.stringify(way) === JSON.stringify(other);

/** The faults of a value, those below it included. */
export const faultsAt = (faults, at) => faults.filter((fault) => fault.at && same(fault.at.slice(0, at.length), at));

/** What a record is called. */
export const titleOf = (values) => {
  const words = values.title ?? values.name ?? values.term ?? values.question ?? values.quote ?? values.text ?? values.id ?? "";
  return words.length > 60 ? `${words.slice(0, 57)}…` : words;
};

/** Asks about the page until the preview shows the text with `hash`; gives up after some seconds. */
export const learn = async (hash) => {
  const asked = { path: location.pathname };
  const end = Date.now() + 5000;
  for (;;) {
    const page = await ask("page", asked);
    if (!page.ok) return page;
    if (!hash || page.hash === hash || Date.now() > end) {
      state.page = page.file ? page : null;
      return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};

/** Says something to a screen reader, and shows it for a while. */
export const say = (words, isFault = false) => {
  const line = state.line;
  if (!line) return;
  line.textContent = words;
  line.className = isFault ? "is-fault" : "";
};

/** Writes edits of the page's file. */
export const save = async (edits, hash = state.page.hash) => {
  const saved = await ask("save", { file: state.page.file, hash, edits });
  if (saved.ok) await learn(saved.hash);
  return saved;
};
