// A life in numbers and words: the chip of a change of satisfaction, how many lives are like it, and both lives as tables.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { SIDES } from "./frames.js";
import { formatted, t } from "./i18n.js";
import { sentenceOf } from "./life_events.js";

const COLUMNS = ["month", "what", "department", "cause", "change", "satisfaction"];

/** Lives as tables. @param {string} title @param {{name: string, events: Happening[]}[]} lives by world */
export function openLives(title, lives) {
  const tables = lives.map(({ name, events }) => {
    const head = h("tr", {}, ...COLUMNS.map((column) => h("th", { scope: "col", text: t(`explain.column.${column}`) })));
    return h("table", {}, h("caption", { text: name }), h("thead", {}, head), h("tbody", {}, ...events.map(tableRow)));
  });
  openDialog(title, h("div", { class: "scroll", tabindex: 0 }, ...tables)).classList.add("wide");
}

/** @param {Happening} event */
export function changeChip(event) {
  if (!event.change || Math.abs(event.change) < 0.0005) return null;
  const words = `${event.change > 0 ? "▲" : "▼"} ${formatted(event.change, "points")}`;
  return h("span", { class: `chip ${event.change > 0 ? "good" : "bad"}`, text: `${words} ${t(`explain.cause.${event.cause}`)}` });
}

/** @param {Happening} event */
function tableRow(event) {
  const { month, department, firm, cause, change, satisfaction } = event;
  const where = [department && t(`explain.lane.${department}`), firm].filter(Boolean).join(", ");
  const cells = [formatted(month, "whole"), sentenceOf(event), where, cause ? t(`explain.cause.${cause}`) : "", change ? formatted(change, "points") : "", Number.isFinite(satisfaction) ? formatted(100 * (satisfaction ?? 0), "number") : ""];
  return h("tr", {}, ...cells.map((text) => h("td", { text })));
}

/** How many lives are like this one, and what they were worth. @param {any} life @returns {Node[]} */
export function alikeParts(life) {
  const own = SIDES.find((side) => side === life.side) ?? SIDES.find((side) => life.alike[side]);
  if (!own) return [];
  const alike = life.alike[own];
  const letters = SIDES.map((side) => ({ key: `compare.letter.${side}` }));
  const [world, other] = own === "left" ? letters : letters.reverse();
  const how = { key: `explain.alike.${alike.ending}${alike.handed_on ? "_handed" : ""}` };
  const facts = Object.entries({ count: "whole", worth: "money", elsewhere: "money" });
  const parts = facts.map(([name, format]) => {
    const words = t(`explain.alike.${name}`, { ...alike, how, world, other });
    return h("p", {}, h("span", { class: "figure", text: formatted(alike[name], format) }), words);
  });
  return [h("h2", { text: t("explain.alike.title") }), ...parts];
}
