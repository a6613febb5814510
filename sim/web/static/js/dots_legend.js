// What the marks of a picture of dots mean, drawn as they are drawn.

import { fill, h } from "./dom.js";
import { t } from "./i18n.js";

const ENTRIES = ["pleased", "displeased", "lost", "gone", "other", "praise", "blame", "departure"];

/** @returns {HTMLElement} */
export function legend() {
  return fill(h("ul", { class: "row keys" }), ...ENTRIES.map((name) => h("li", {}, h("i", { class: `key ${name}`, "aria-hidden": "true" }), t(`compare.legend.${name}`))));
}
