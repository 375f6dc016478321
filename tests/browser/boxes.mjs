// What a browser shows of drawings, box by box.

/** What is wrong with the boxes on a page. Runs in the page. */
export const faults = () => {
  const found = [];
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const name = (element) => `"${element.textContent.trim().slice(0, 40)}" of ${element.closest("[id]")?.id ?? "the page"}`;
  const overlap = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  // The top and bottom of a line box are air.
  const box = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const air = (bottom - top) * 0.12;
    return { left, right, top: top + air, bottom: bottom - air };
  };
  const pairs = (elements, what) => {
    const boxes = elements.filter(isSeen).map((element) => [element, box(element)]);
    boxes.forEach(([one, first], index) => {
      for (const [other, second] of boxes.slice(index + 1)) if (overlap(first, second)) found.push(`${what} overlap: ${name(one)} and ${name(other)}`);
    });
  };
  for (const drawing of document.querySelectorAll(".strip, .plot")) {
    const texts = [...drawing.querySelectorAll("text, .scale span, .counted, .key li")];
    pairs(texts, "labels");
    for (const text of texts.filter(isSeen)) {
      const { left, right } = text.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) found.push(`a label is cut: ${name(text)}`);
    }
    const key = drawing.querySelector(".key")?.getBoundingClientRect();
    for (const mark of drawing.querySelectorAll(".strip > svg .moment")) {
      if (key && mark.getBoundingClientRect().bottom > key.top) found.push(`a mark hangs over the key: ${name(mark.parentElement)}`);
    }
  }
  for (const bar of document.querySelectorAll(".bar")) {
    if (isSeen(bar) && bar.getBoundingClientRect().width < 60) found.push(`a bar has no room: ${name(bar.parentElement)}`);
  }
  for (const row of document.querySelectorAll(".bars li, .option")) pairs([...row.children].filter((child) => child.tagName !== "svg"), "parts of a row");
  return [...new Set(found)];
};
