// Searches the site's own index, whose format src/plan/search/mod.rs describes. Loaded by the search page alone.
const form = document.querySelector("form[data-index]");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const results = document.querySelector(".results");
const listing = document.querySelector(".search-fallback");
const more = document.querySelector(".search-more");
const base = new URL(form.dataset.index, location.href);

// Words, as src/plan/search/text.rs splits them: a change here is a change there.
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };
const POINTS = /[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/([A-\u02ff\u0370-\u0482\u048a-\u052f])\p{M}+/gu, "$1")
    .replace(POINTS, (point) => (/\p{M}/u.test(point) ? "" : point))
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff\u0640]/gu, "")
    .replace(/[ßæœþøđðłıς]/gu, (letter) => LETTERS[letter])
    .normalize("NFKC");
const UNSPACED = "\\u0e00-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const BETWEEN = new RegExp(`([${UNSPACED}])\\s+(?=[${UNSPACED}])`, "gu");
const RUN = new RegExp(`[${UNSPACED}]+|[\\p{Alphabetic}\\p{M}\\p{N}]+`, "gu");
const PART = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const isUnspaced = (word) => new RegExp(`^[${UNSPACED}]`, "u").test(word);
const parts = (text) => (text.match(/[\p{Alphabetic}\p{M}\p{N}]+/gu) ?? []).flatMap((word) => word.match(PART));
const split = (question) =>
  [...new Set(parts(fold(question).replace(BETWEEN, "$1")))].slice(0, 8).map((word) => [...word].slice(0, 40).join(""));

// Files, each asked for once.
const files = new Map();
const load = (path) => {
  if (!files.has(path)) {
    const answer = fetch(new URL(path, base)).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
      return answer.json();
    });
    answer.catch(() => files.delete(path));
    files.set(path, answer);
  }
  return files.get(path);
};

// The terms that stand for a word: itself, longer words that begin so, or its letters in twos.
const terms = (word) => {
  const letters = [...word];
  if (isUnspaced(word)) {
    const joined = word.match(/[^\p{M}]\p{M}*/gu) ?? [];
    const pairs = joined.slice(1).map((letter, at) => joined[at] + letter);
    return { all: pairs.length ? pairs : joined, any: [] };
  }
  return { all: [word], any: letters.length > 2 && letters.length < 6 ? [`${word}*`] : [], begins: letters.length > 5 };
};
const piece = (term, pieces) => {
  let hash = 0x811c9dc5;
  for (const letter of [...term.replace("*", "")].slice(0, 6)) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return hash % pieces;
};
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const numbers = (written) => {
  const found = [];
  let next = 0;
  let number = 0;
  let shift = 0;
  for (const letter of written) {
    const digit = DIGITS.indexOf(letter);
    number += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(next + number);
    next += number + 1;
    number = shift = 0;
  }
  return found;
};

// The pages of a word with their points, or `undefined` for a word that is on most pages and narrows nothing.
const pagesOf = async (word, site) => {
  const points = new Map();
  let isEverywhere = false;
  const add = (listed, weight) => {
    const [titles, texts] = listed.split(".");
    const found = [[numbers(titles), 4]];
    if (texts === "*") isEverywhere = true;
    else found.push([numbers(texts), 1]);
    const n = found.reduce((sum, [pages]) => sum + pages.length, 0);
    const rare = 1 + Math.log(1 + site.pages / (1 + n));
    for (const [pages, place] of found)
      for (const page of pages) points.set(page, Math.max(points.get(page) ?? 0, place * weight * rare));
  };
  const { all, any, begins } = terms(word);
  if (all.length > 1) {
    const lists = await Promise.all(all.map((pair) => pagesOf(pair, site)));
    return both(lists);
  }
  const words = await load(`words/${piece(word, site.words)}.json`);
  const get = (term) => (Object.hasOwn(words, term) ? words[term] : undefined);
  if (get(word)) add(get(word), 1);
  for (const term of any) if (get(term)) add(get(term), 0.6);
  if (begins) for (const term of Object.keys(words)) if (term !== word && term.startsWith(word) && !term.endsWith("*")) add(words[term], 0.6);
  return { points, isEverywhere };
};
// The pages that every word is on.
const both = (lists) => {
  const narrow = lists.filter((list) => !list.isEverywhere);
  const [first, ...others] = narrow.length ? narrow : lists;
  const points = new Map();
  for (const [page, own] of first.points)
    if (others.every((other) => other.points.has(page)))
      points.set(page, lists.reduce((sum, list) => sum + (list.points.get(page) ?? 0), 0) || own);
  return { points, isEverywhere: narrow.length === 0 };
};
const ranked = ({ points }) => [...points].sort(([a, one], [b, other]) => other - one || a - b).map(([page]) => page);

// How many letters are wrong, missing, too many or in the wrong order; `most + 1` for more than `most`.
const apart = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
};
// The most frequent of the nearest words; the word itself if none is near.
const corrected = async (word) => {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (!most || isUnspaced(word)) return word;
  let best = [most + 1, word];
  for (const other of (await load("near.json")).words.split(" ")) {
    const distance = apart(word, other, most);
    if (distance && distance < best[0]) best = [distance, other];
  }
  return best[1];
};

// The pages that answer, best first, and the words that they answer.
const answer = async (words) => {
  const site = await load("index.json");
  const lists = await Promise.all(words.map((word) => pagesOf(word, site)));
  const found = ranked(both(lists));
  if (found.length) return { found, words };
  const near = await Promise.all(
    words.map(async (word, at) => (lists[at].points.size || lists[at].isEverywhere ? word : corrected(word))),
  );
  if (near.join() === words.join()) return { found, words };
  return { found: ranked(both(await Promise.all(near.map((word) => pagesOf(word, site))))), words: near, isNear: true };
};

// The places of words in a text, as `[start, end]`, in the order of the text.
const hits = (text, words) => {
  const found = [];
  for (const run of text.matchAll(RUN)) {
    const folded = fold(run[0]);
    for (const word of words) {
      if (!isUnspaced(word) ? folded.startsWith(word) : folded === word) {
        found.push([run.index, run.index + run[0].length]);
        break;
      }
      // Where folding changes no lengths, a place in the folded run is one in the text.
      if (!isUnspaced(word) || folded.length !== run[0].length) continue;
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
        found.push([run.index + at, run.index + at + word.length]);
    }
  }
  return found.sort(([a], [b]) => a - b);
};
const wordsIn = (text, words) => words.filter((word) => hits(text, [word]).length);

// An element with a text in which the hits are marked.
const marked = (name, text, words) => {
  const element = document.createElement(name);
  let end = 0;
  for (const [from, to] of hits(text, words)) {
    if (from < end) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    element.append(text.slice(end, from), mark);
    end = to;
  }
  element.append(text.slice(end));
  return element;
};
// The words around the first hit.
const excerpt = (text, words) => {
  const [[first] = [0]] = hits(text, words);
  const at = Math.max(0, first - 60);
  const space = at ? text.indexOf(" ", at) + 1 : 0;
  const start = space && space <= first ? space : at;
  const cut = text.slice(start, start + 180);
  return (start ? "… " : "") + (start + 180 < text.length ? `${cut.replace(/\s\S*$/u, "")} …` : cut);
};

const item = (entry, words) => {
  const li = document.createElement("li");
  const heading = document.createElement("h2");
  const link = marked("a", entry.title, words);
  link.href = new URL(entry.address, new URL("../", base));
  heading.append(link);
  li.append(heading);
  for (const [name, text] of [["when", entry.part], ["text", entry.text && excerpt(entry.text, words)]]) {
    if (!text) continue;
    const line = name === "text" ? marked("p", text, words) : Object.assign(document.createElement("p"), { textContent: text });
    line.className = name;
    li.append(line);
  }
  return li;
};
// What answers best on a page: its records with all of the words, else the page.
const items = (page, words) => {
  const whole = { title: page.t, address: page.u, text: page.x, part: "" };
  const records = page.r.map(({ t, i, d, x }) => ({
    title: t,
    address: `${page.u}#${i}`,
    text: x ?? "",
    part: [page.t, d].filter(Boolean).join(" · "),
  }));
  const entries = [whole, ...records].map((entry) => {
    const inTitle = wordsIn(entry.title, words).length;
    const all = wordsIn(`${entry.title} ${entry.text}`, words).length;
    return [all === words.length ? 1 + inTitle : 0, entry];
  });
  const best = entries.filter(([points]) => points).sort(([a], [b]) => b - a);
  const shown = best.length ? best.slice(0, 3).map(([, entry]) => entry) : [whole];
  return { isWhole: best.length > 0, items: shown.map((entry) => item(entry, words)) };
};

const SHOWN = 8;
let asked = 0;
const show = async ({ found, words }, from, question) => {
  const pages = await Promise.all(found.slice(from, from + SHOWN).map((page) => load(`pages/${page}.json`)));
  if (question !== asked) return;
  // What has all words in one place comes before what has them here and there.
  const answers = pages.map((page) => items(page, words)).sort((a, b) => b.isWhole - a.isWhole);
  const shown = answers.flatMap((answer) => answer.items);
  if (from) results.append(...shown);
  else results.replaceChildren(...shown);
  more.hidden = found.length <= from + SHOWN;
  more.onclick = () => show({ found, words }, from + SHOWN, question);
};
const count = (n) => form.dataset.found.replace("{n}", n);
const search = async () => {
  const question = (asked += 1);
  const words = split(field.value);
  history.replaceState(null, "", words.length ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
  listing.hidden = words.length > 0;
  if (!words.length) {
    results.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    return;
  }
  try {
    const answered = await answer(words);
    if (question !== asked) return;
    await show(answered, 0, question);
    if (question !== asked) return;
    const n = answered.found.length;
    const near = form.dataset.near.replace("{n}", n).replace("{words}", answered.words.join(" "));
    status.textContent = answered.isNear && n ? `${count(0)}. ${near}` : count(n);
  } catch {
    if (question === asked) status.textContent = form.dataset.failed;
  }
};

form.hidden = false;
document.querySelector(".needs-script").remove();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
field.addEventListener("input", search);
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
