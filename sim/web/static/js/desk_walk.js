// One case on its way from desk to desk at one firm: as often as it was sent on there, and how it ended.

import { h, stillness } from "./dom.js";
import { t } from "./i18n.js";
import { shadeOf } from "./stamps.js";

const HUB = "service";
const STEP = 2; // s for one hand-off

/** A dot that is carried from desk to desk. */
export class DeskWalk {
  /** @param {any} found the case at this firm @param {string[]} stops of the firm where the story begins @param {any[]} figures of the departments */
  constructor(found, stops, figures) {
    this.found = found;
    this.desks = [HUB, ...stops].map((name) => deskOf(name, figures));
    this.dot = h("div", { class: "walker", css: { background: shadeOf(found.before) } });
    this.note = h("p", { class: "lead" });
    this.seat = -1;
  }

  /** @param {number} gone seconds since the desk took the case @param {string} reply to the bet; empty where nobody bet */
  walk(gone, reply) {
    const { stops, before, after } = this.found;
    const at = Math.min(stops.length, stillness() ? stops.length : Math.floor(gone / STEP));
    const done = gone >= STEP * Math.max(1, stops.length);
    const text = done ? `${this.#end()}${stops.length ? ` ${reply}` : ""}`.trim() : t("opening.sentOn", { count: at });
    if (this.note.textContent === text && at === this.seat) return;
    this.seat = at;
    this.note.textContent = text;
    const seat = /** @type {HTMLElement} */ (this.desks[at].firstElementChild);
    this.dot.style.setProperty("transform", `translate(${seat.offsetLeft + seat.offsetWidth / 2}px, ${seat.offsetTop + seat.offsetHeight / 2}px)`);
    this.dot.style.setProperty("background", shadeOf(done ? after : before));
    this.desks.forEach((one, i) => one.classList.toggle("seen", i <= at));
  }

  /** @returns {string} how it ended, in a sentence */
  #end() {
    const { handoffs, repeats, months, outcome, before, after } = this.found;
    return t(`opening.outcome.${outcome}`, { handoffs: t("opening.sentOn", { count: handoffs }), again: t("opening.again", { count: repeats }), months: t("opening.months", { count: months }), before, after });
  }
}

/** @param {string} name of a department @param {any[]} figures @returns {HTMLElement} */
function deskOf(name, figures) {
  const own = figures.find(({ department }) => department === name);
  const figure = own ? h("span", { class: `chip ${own.good ? "good" : "bad"}`, text: t(own.good ? "opening.green" : "opening.red", { figure: t(`measures.${own.figure}.label`) }) }) : "";
  return h("div", { class: "desk" }, h("i", { class: "seat" }), h("b", { text: t(`compare.department.${name}`) }), figure);
}
