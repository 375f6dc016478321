// Makes one record of two that say the same.

import { state } from "./ask.js";

/** What stays with the record that it belongs to. */
const OWN = ["id", "review", "confidence", "notes"];

const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);

/**
 * The edits that merge a record with the one before it in its list, and that one; `null` for the first of a list.
 * What the one before doesn't say is taken from this one, and its sources are added.
 */
export const merging = (record) => {
  const before = state.page.records.find((one) => one.list === record.list && one.index === record.index - 1);
  if (!before) return null;
  const edits = [];
  for (const [name, value] of Object.entries(record.values)) {
    const at = [record.list, before.index, name];
    if (OWN.includes(name) || value === null) continue;
    if (name === "source") {
      const known = list(before.values.source).map((one) => JSON.stringify(one));
      const more = list(value).filter((one) => !known.includes(JSON.stringify(one)));
      if (more.length) edits.push({ set: { at, value: [...list(before.values.source), ...more] } });
    } else if (before.values[name] === undefined || before.values[name] === null) {
      edits.push({ set: { at, value } });
    }
  }
  edits.push({ remove: { at: [record.list, record.index] } });
  return { before, edits };
};
