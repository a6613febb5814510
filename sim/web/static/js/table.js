// The table behind a chart: the same numbers for those who read rather than look.

import { h, put } from "./dom.js";
import { openDialog } from "./dialog.js";

/** Shows a table in a dialog. @param {string} title @param {string[]} heads
 * @param {string[][]} rows the first cell of each is its head @returns {HTMLDialogElement} */
export function openTable(title, heads, rows) {
  const head = put(h("tr"), ...heads.map((text, i) => h("th", { scope: "col", class: i ? "number" : "", text })));
  const body = rows.map(([first, ...rest]) =>
    h("tr", {}, h("th", { scope: "row", text: first }), ...rest.map((text) => h("td", { class: "number", text }))),
  );
  const table = h("table", {}, h("caption", { class: "unseen", text: title }), h("thead", {}, head), put(h("tbody"), ...body));
  return openDialog(title, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table));
}
