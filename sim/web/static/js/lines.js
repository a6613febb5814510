// Curves of two worlds over months as a small drawing that stretches, with numbers in plain text around it; it prints.

import { h, put } from "./dom.js";
import { formatted, t } from "./i18n.js";
import { svg } from "./team.js";

const [WIDE, HIGH] = [1000, 300];

/** One measure in two worlds. @param {string} title @param {number[]} months @param {Curve[]} curves
 * @param {(value: number) => string} words @param {Marker[]} [markers] decisions, numbered, above
 * @returns {HTMLElement} */
export function linesChart(title, months, curves, words, markers = []) {
  const known = /** @type {number[]} */ (curves.flatMap((curve) => curve.values).filter((value) => Number.isFinite(value)));
  const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1];
  const [first, last] = [months[0], months[months.length - 1]];
  const x = (/** @type {number} */ month) => (last > first ? (WIDE * (month - first)) / (last - first) : 0);
  const y = (/** @type {number} */ value) => (high > low ? HIGH - (HIGH * (value - low)) / (high - low) : HIGH / 2);
  const paths = curves.map((curve) => svg("path", { class: `curve ${curve.side}`, d: path(curve.values, months, x, y) }));
  const zero = low < 0 && high > 0 ? [svg("line", { class: "zero", x1: 0, x2: WIDE, y1: y(0), y2: y(0) })] : [];
  const stems = markers.map((marker) => svg("line", { class: "stem", x1: x(marker.month), x2: x(marker.month), y1: 0, y2: HIGH }));
  const ends = curves.map((curve) => `${curve.name} ${words(Number(curve.values[curve.values.length - 1] ?? NaN))}`).join("; ");
  const drawing = svg("svg", { viewBox: `0 -4 ${WIDE} ${HIGH + 8}`, preserveAspectRatio: "none", role: "img", "aria-label": t("debrief.curve.label", { title, ends }) }, ...stems, ...zero, ...paths);
  const buttons = markers.map((marker) => h("button", { type: "button", class: "marker", text: marker.words, "aria-label": marker.label, css: { left: `${x(marker.month) / (WIDE / 100)}%` }, on: { click: marker.press } }));
  return h("figure", { class: "curves" }, h("figcaption", {}, h("h3", { text: title }), h("span", { class: "row curve-ends" }, ...curves.map((curve) => h("span", { class: `curve-end ${curve.side}`, text: words(Number(curve.values[curve.values.length - 1] ?? NaN)) })))),
    h("span", { class: "low-high" }, h("span", { text: words(high) }), h("span", { text: words(low) })), put(h("div", { class: "field-of-curves" }), drawing, ...buttons), h("span", { class: "from-to" }, h("span", { text: t("debrief.month", { month: formatted(first, "whole") }) }), h("span", { text: t("debrief.month", { month: formatted(last, "whole") }) })));
}

/** @param {(number | null)[]} values @param {number[]} months @param {(month: number) => number} x
 * @param {(value: number) => number} y @returns {string} a path that lifts the pen where there is no value */
function path(values, months, x, y) {
  let pen = "M";
  return values.map((value, place) => {
    if (value === null || !Number.isFinite(value)) return (pen = "M", "");
    const step = `${pen}${x(months[place]).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
    return step;
  }).join("");
}
