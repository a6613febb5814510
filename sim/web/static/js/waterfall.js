// A bridge between two results as a waterfall in a table: each term a bar from where the one before it ended, the sum below.

import { button, h, put } from "./dom.js";
import { formatted, t, wordsOr } from "./i18n.js";
import { bar, signedMoney, spanOf } from "./team.js";

const HIDDEN = 3; // of the largest terms, at most, are hidden until somebody has guessed which is the largest of them

/** @param {string} kind @param {string} term @returns {string} */
const termName = (kind, term) => term.split("+").map((part) => wordsOr(`debrief.term.${kind}.${part}`, part)).join(" + ");

/** The bridge with its largest terms hidden; a guess shows them, and so does paper.
 * @param {string} kind reap, decisions or mechanisms @param {Bridge} bridge @returns {HTMLElement} */
export function waterfall(kind, bridge) {
  const bySize = Object.keys(bridge.terms).filter((term) => bridge.terms[term] !== 0).sort((a, b) => Math.abs(bridge.terms[b]) - Math.abs(bridge.terms[a]));
  const secret = bySize.length > 1 ? bySize.slice(0, HIDDEN) : [];
  const element = h("section", { class: "card stack bridge" });
  /** @type {string | null} */
  let last = null;
  const draw = (/** @type {string | null} */ guess, paper = false) => {
    const reply = guess === null ? guessPart(kind, secret, draw) : replyPart(kind, guess, bySize[0]);
    element.replaceChildren(h("h2", { text: t(`debrief.bridge.${kind}.title`) }), h("p", { class: "small soft", text: t(`debrief.bridge.${kind}.note`) }), table(kind, bridge, guess === null && !paper ? secret : []), ...(secret.length ? [reply] : []));
    if (guess !== last) /** @type {HTMLElement | null} */ (element.querySelector(".reply"))?.focus();
    last = guess;
  };
  window.addEventListener("beforeprint", () => draw(last, true));
  window.addEventListener("afterprint", () => draw(last));
  draw(null);
  return element;
}

/** @param {string} kind @param {string[]} secret @param {(guess: string) => void} take @returns {HTMLElement} */
function guessPart(kind, secret, take) {
  const choices = [...secret].sort().map((term) => button(termName(kind, term), () => take(term)));
  return h("div", { class: "stack tight guess no-print" }, h("p", {}, h("strong", { text: t("debrief.guess.question", { count: secret.length }) })), h("div", { class: "row" }, ...choices));
}

/** @param {string} kind @param {string} guess @param {string} largest @returns {HTMLElement} */
function replyPart(kind, guess, largest) {
  const key = guess === largest ? "debrief.guess.right" : "debrief.guess.wrong";
  return h("p", { class: "say reply", role: "status", tabindex: "-1", text: t(key, { guess: termName(kind, guess), largest: termName(kind, largest) }) });
}

/** @param {string} kind @param {Bridge} bridge @param {string[]} secret @returns {HTMLElement} */
function table(kind, bridge, secret) {
  const names = [...Object.keys(bridge.terms).filter((term) => !secret.includes(term)), ...[...secret].sort()]; // hidden ones last: their neighbours' ends must not tell them
  let end = 0;
  const steps = names.map((name) => ({ name, from: end, to: (end += bridge.terms[name]) }));
  const span = spanOf(steps.map((step) => step.to));
  const rows = steps.map(({ name, from, to }) => (secret.includes(name) ? hiddenRow(kind, name, span) :
    row(termName(kind, name), bar(from, to, span, to < from ? "down" : "up"), signedMoney(bridge.terms[name]))));
  const total = row(t("debrief.bridge.sum"), bar(0, end, span, "total"), signedMoney(bridge.sum));
  total.className = "sum";
  const check = t("debrief.bridge.check", { sum: signedMoney(bridge.sum), gap: signedMoney(bridge.gap) });
  const worlds = bridge.worlds ? ` ${t("debrief.bridge.worlds", { worlds: formatted(bridge.worlds, "whole") })}` : "";
  return h("div", { class: "stack tight" }, h("table", { class: "bar-table waterfall" }, h("caption", { class: "unseen", text: t(`debrief.bridge.${kind}.title`) }), h("tbody", {}, ...rows, total)), h("p", { class: "small soft", text: check + worlds }));
}

/** @param {string} name @param {SVGElement} drawing @param {string} figure @returns {HTMLElement} */
function row(name, drawing, figure) {
  return h("tr", {}, h("th", { scope: "row", text: name }), put(h("td", { class: "drawing" }), drawing), h("td", { class: "number", text: figure }));
}

/** @param {string} kind @param {string} name @param {[number, number]} span */
function hiddenRow(kind, name, span) {
  const line = row(termName(kind, name), bar(span[0], span[1], span, "secret"), "?");
  line.className = "hidden-term";
  return line;
}
