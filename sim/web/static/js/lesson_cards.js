// What stands on the pages of a lesson: the names of the two worlds, what they gave, and what the ledger says.

import { textOf } from "./current_lesson.js";
import { h, put } from "./dom.js";
import { SIDES } from "./frames.js";
import { formatted, number, t, wordsOr } from "./i18n.js";

/** @typedef {{left: number, right: number, difference: number, low: number | null, high: number | null, worlds: number, ahead: number, reading: "left" | "right" | "alike"}} Revealed */

const WHOLE_UNITS = new Set(["count", "points", "hours", "people"]);
const VERDICT_SIGNS = /** @type {Record<string, string>} */ ({ supported: "●", refuted: "✕", depends: "◐", equivalent: "=", inconclusive: "?" });
/** The two worlds by name. @param {any} lesson */
export function worlds(lesson) {
  return h("div", { class: "two-sides" }, ...SIDES.map((side) => h("p", { class: `card lead side-name ${side}` }, h("span", { class: "swatch" }), textOf(lesson[side].name))));
}

/** One measure of the reveal: its sentence, both figures, and how sure that is. @param {any} lesson @param {any} row
 * @param {Revealed} value */
export function revealCard(lesson, row, value) {
  const write = (/** @type {number} */ amount) => inUnit(amount, row);
  const gap = (/** @type {number} */ amount) => (row.display === "share" ? t("lessons.points", { value: 100 * amount }) : row.unit === "points" ? formatted(amount, "number") : write(amount));
  const parts = { left: write(value.left), right: write(value.right), difference: gap(value.difference) };
  const sentence = textOf(row.forms[value.reading]).replace(/\{(\w+)\}/g, (_, name) => parts[/** @type {"left"} */ (name)] ?? "");
  const { worlds: count, ahead, low, high } = value;
  const sure = low === null || high === null ? "" : t("lessons.reveal.range", { count, ahead, name: textOf(lesson.right.name), low: gap(low), high: gap(high) });
  return h("article", { class: "card stack" }, h("p", { class: "lead", text: sentence }), h("p", { class: "soft small", text: sure }));
}

/** @param {number} amount @param {{display: string, unit: string}} row */
function inUnit(amount, { display, unit }) {
  if (display === "money") return number(amount, { maximumSignificantDigits: 3, maximumFractionDigits: 0, ...(/^[A-Z]{3}$/.test(unit) && { style: "currency", currency: unit }) });
  if (display === "share") return formatted(amount, "percent1");
  return formatted(amount, display === "people" || WHOLE_UNITS.has(unit) ? "whole" : "two");
}

/** What the ledger says of a claim. @param {any} claim */
export function claimCard({ id, sentence, verdict }) {
  const word = verdict?.verdict ?? "none";
  const chip = h("p", { class: `chip verdict ${word}` }, `${VERDICT_SIGNS[word] ?? "–"} ${t(`lessons.verdict.${word}`)}`);
  const reach = typeof verdict?.reach === "number" ? t("lessons.verdict.reach", { reach: verdict.reach, worlds: verdict.reach_worlds }) : "";
  const fails = verdict && h("p", { class: "soft", text: inWords(textOf(verdict.fails_where), verdict.worlds) });
  return put(h("article", { class: "card stack claim", data: { claim: id } }, h("h3", { text: textOf(sentence) }), chip), h("p", { text: `${t(`lessons.verdict.means.${word}`)} ${reach}`.trim() }), fails || null);
}

/** A sentence of the ledger with its markets in words. @param {string} text @param {string[]} worlds */
const inWords = (text, worlds) =>
  worlds.reduce((said, name) => said.replaceAll(name, wordsOr(`lessons.world.${name}`, name)), text);
