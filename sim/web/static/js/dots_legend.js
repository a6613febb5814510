// What stands around a picture of dots: what its marks mean, drawn as they are drawn, and a heading.

import { fill, h } from "./dom.js";
import { DotPanel } from "./dots.js";
import { t } from "./i18n.js";

const ENTRIES = ["pleased", "displeased", "lost", "gone", "other", "praise", "blame", "departure"];

/** @returns {HTMLElement} */
export function legend() {
  return fill(h("ul", { class: "row keys" }), ...ENTRIES.map((name) => h("li", {}, h("i", { class: `key ${name}`, "aria-hidden": "true" }), t(`compare.legend.${name}`))));
}

/** A panel of dots under the letter of its world, with room for a name and a month. @param {Studio} studio @param {Side} side
 * @returns {DotPanel} */
export function headedPanel(studio, side) {
  const panel = new DotPanel((place) => studio.go("explain", { place }), () => {});
  const badge = h("span", { class: `badge ${side}`, text: t(`compare.letter.${side}`) });
  panel.element.prepend(h("h2", { class: "row" }, badge, h("span", { class: "grow" }), h("output")));
  return panel;
}
