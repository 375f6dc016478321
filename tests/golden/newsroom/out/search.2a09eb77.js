// Searches the site's own index. Loaded by the search page alone; all other pages do without scripts.
const form = document.querySelector("form[data-index]");
const field = form.querySelector("input");
const status = form.querySelector("[role=status]");
const results = document.querySelector(".results");
const listing = document.querySelector(".search-fallback");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let entries;

// How well an entry answers: every word must be in it, and words in the title count most.
const score = (entry, words) => {
  let sum = 0;
  for (const word of words) {
    const inTitle = entry.title.indexOf(word);
    if (inTitle < 0 && !entry.text.includes(word)) return 0;
    sum += inTitle < 0 ? 1 : inTitle === 0 || entry.title[inTitle - 1] === " " ? 4 : 2;
  }
  return sum;
};

// The words around the first hit. Folding may change lengths, so the place is only about right.
const excerpt = (text, folded, word) => {
  const at = Math.max(0, folded.indexOf(word) - 60);
  const start = at && text.indexOf(" ", at) + 1;
  const cut = text.slice(start, start + 180);
  return (start ? "… " : "") + (start + 180 < text.length ? cut.replace(/\s\S*$/, " …") : cut);
};

const item = ({ t, u, p, x, text }, words, base) => {
  const li = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(u, base);
  link.textContent = t;
  const heading = document.createElement("h2");
  heading.append(link);
  li.append(heading);
  for (const [name, words_] of [["when", p], ["text", x && excerpt(x, text, words[0])]]) {
    if (!words_) continue;
    const line = document.createElement("p");
    line.className = name;
    line.textContent = words_;
    li.append(line);
  }
  return li;
};

const search = async () => {
  const base = new URL(form.dataset.index, location.href);
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  history.replaceState(null, "", words.length ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
  try {
    entries ??= fetch(base)
      .then((answer) => answer.json())
      .then((found) => found.map((entry) => ({ ...entry, title: fold(entry.t), text: fold(entry.x) })));
    const found = (await entries)
      .map((entry) => [words.length ? score(entry, words) : 0, entry])
      .filter(([points]) => points)
      .sort(([a], [b]) => b - a);
    if (words.join() !== fold(field.value).split(/\s+/).filter(Boolean).join()) return;
    listing.hidden = words.length > 0;
    results.replaceChildren(...found.slice(0, 50).map(([, entry]) => item(entry, words, base)));
    status.textContent = words.length ? form.dataset.found.replace("{n}", found.length) : "";
  } catch {
    entries = undefined;
    status.textContent = form.dataset.failed;
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
