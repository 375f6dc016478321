// A picture that is dropped on the page, or chosen: what it shows, who made it, and where it goes are asked for before it
// is put into the project.

import { ask, learn, make, say, state } from "./ask.js";

const base64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });

/** The picture, small. The policy of the page lets no image come from memory, and a canvas asks nobody. */
const small = (file) => {
  const canvas = make("canvas", { class: "small", width: 0, height: 0, "aria-hidden": "true" });
  const draw = (bitmap) => {
    const scale = Math.min(1, 240 / bitmap.width, 180 / bitmap.height);
    canvas.width = Math.max(1, bitmap.width * scale);
    canvas.height = Math.max(1, bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
  };
  // What no browser can draw is refused when it is put in, with the reason.
  createImageBitmap(file).then(draw, () => canvas.remove());
  return canvas;
};

const field = (id, label, hint, attributes = {}) => {
  const input = make("input", { type: "text", id, "aria-describedby": `${id}-doc`, ...attributes });
  const doc = make("p", { class: "doc", id: `${id}-doc` }, hint);
  return { input, element: make("div", { class: "field" }, make("label", { for: id }, label), doc, input) };
};

/** Asks about a picture and puts it into the project; `done` is called when that is left. */
export const picture = (file, done) => {
  const { panel } = state;
  state.busy += 1;
  const leave = () => {
    panel.hidden = true;
    panel.replaceChildren();
    state.busy -= 1;
    done();
  };
  const alt = field("picture-alt", "What it shows", "In a sentence, for people who can’t see it.");
  const silent = make("input", { type: "checkbox", id: "picture-silent" });
  const caption = field("picture-caption", "Caption", "The text under it, if there is to be one.");
  const credit = field("picture-credit", "Credit", "Who made it.");
  const license = field("picture-license", "License", "The terms under which it may be shown: CC BY 4.0.");
  const place = make("select", { id: "picture-place" }, make("option", { value: "prose" }, "at the end of the text"), make("option", { value: "page" }, "as the picture of the page"));
  const faults = make("div", { class: "faults", role: "alert" });
  const put = async (event) => {
    event.preventDefault();
    const put = await ask("picture", {
      file: state.page.file,
      name: file.name,
      data: await base64(file),
      alt: alt.input.value,
      silent: silent.checked,
      caption: caption.input.value,
      credit: credit.input.value,
      license: license.input.value,
      place: place.value,
    });
    if (!put.ok) return faults.replaceChildren(make("p", { class: "error" }, put.error ?? "The picture couldn’t be saved."));
    await learn(put.hash);
    say(`${put.picture} is in the project.`);
    leave();
  };
  const form = make(
    "form",
    { "aria-label": "Picture", submit: put },
    small(file),
    alt.element,
    make("p", {}, silent, " ", make("label", { for: "picture-silent" }, "It says nothing that the text doesn’t")),
    caption.element,
    credit.element,
    license.element,
    make("p", {}, make("label", { for: "picture-place" }, "Where "), place),
    faults,
    make("div", { class: "actions" }, make("button", { type: "submit", class: "main" }, "Put it in"), make("button", { type: "button", click: leave }, "Cancel")),
  );
  form.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  panel.replaceChildren(make("h2", { tabindex: -1 }, `Picture: ${file.name}`), form);
  panel.hidden = false;
  alt.input.focus();
};

/** A button that lets a picture be chosen; one may be dropped anywhere on the page, too. */
export const pictureButton = (open) => {
  const input = make("input", { type: "file", accept: "image/*", hidden: true, "aria-label": "Choose a picture" });
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.value = "";
    if (file) open(file);
  });
  const held = (event) => [...(event.dataTransfer?.items ?? [])].some((item) => item.kind === "file");
  document.addEventListener("dragover", (event) => held(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    const file = [...(event.dataTransfer?.files ?? [])].find((file) => file.type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    open(file);
  });
  return { input, button: make("button", { type: "button", click: () => input.click() }, "Picture") };
};
