// What the screens of the workshop share: marks of teams, the timer, values with their unit, bars in rows.

import { announce, h, put } from "./dom.js";
import { minutesAndSeconds } from "./clock.js";
import { formatted, knows, number, t, unitName } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing, with attributes and children. @param {string} tag
 * @param {Record<string, string | number>} [attributes] @param {...(Node | string)} children @returns {SVGElement} */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const SHAPES = [ // of the eight teams, in a square of 24
  "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z", "M3 3h18v18h-18z", "M12 2l11 20h-22z", "M12 1l11 11l-11 11l-11-11z",
  "M7 2h10l5 10l-5 10h-10l-5-10z", "M8 2h8v6h6v8h-6v6h-8v-6h-6v-8h6z", "M12 1l3.2 7.2l7.8.8l-5.8 5.3l1.6 7.7l-6.8-3.9l-6.8 3.9l1.6-7.7l-5.8-5.3l7.8-.8z",
  "M1 4h22l-11 18z",
];

/** A team's shape and name: teams differ by shape, name and colour.
 * @param {number} place of the team in the game, from 0 @param {string} name @returns {HTMLElement} */
export function mark(place, name) {
  const shape = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: SHAPES[place % SHAPES.length] }));
  return h("span", { class: `team-mark team-${place % SHAPES.length}` }, shape, h("span", { text: name, dir: "auto" }));
}

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/** Fills an element again only where what it shows has changed; what has the focus keeps it, by its id.
 * @param {HTMLElement} element @param {any} shown all that the content depends on
 * @param {() => (Node | null | false)[]} content */
export function once(element, shown, content) {
  const key = JSON.stringify(shown) ?? "";
  if (drawn.get(element) === key) return;
  drawn.set(element, key);
  const focus = element.contains(document.activeElement) ? document.activeElement?.id : "";
  element.replaceChildren();
  put(element, ...content());
  if (focus) document.getElementById(focus)?.focus();
}

const SIGNS = /** @type {Record<string, string>} */ ({ free: "○", in: "●", drafting: "✎", sent: "✓", computer: "⚙" });

/**
 * How far a seat is: free, in, drafting, sent or computer, which also plays seats that are free once a round is open.
 * @param {Seat} seat @param {string} phase of the game @returns {string} */
export const stateOf = ({ by, state }, phase) => (state !== "sent" && (by === "computer" || (state === "free" && phase !== "lobby")) ? "computer" : state);

/** How far somebody is: a sign and a word. @param {string} state @returns {HTMLElement} */
export function stateChip(state) {
  return h("span", { class: `chip state ${state}` }, h("span", { "aria-hidden": "true", text: SIGNS[state] ?? "" }), t(`workshop.state.${state}`));
}

/** @param {string} department @returns {string} */
export const departmentName = (department) => t(`workshop.department.${department}`);

/** @param {Team} team @returns {{sent: number, seats: number}} how many of the departments that people head have sent */
export function sentOf(team) {
  const people = team.seats.filter((seat) => seat.by === "member" || seat.by === "facilitator");
  return { sent: people.filter((seat) => seat.state === "sent").length, seats: people.length };
}

/** @param {Team} team @returns {string} how many have sent, in words */
export const sentWords = (team) => t(sentOf(team).seats ? "workshop.team_sent" : "workshop.team_computer", sentOf(team));

/** @param {number} value @param {Intl.NumberFormatOptions} [options] @returns {string} money of the market */
export function money(value, options = {}) {
  const whole = Math.abs(value) >= 10000 ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: value !== 0 && Math.abs(value) < 100 ? 2 : 0 };
  return number(value, /** @type {Intl.NumberFormatOptions} */ ({ style: "currency", currency: "EUR", ...whole, ...options }));
}

/** @param {number} value @returns {string} money with its sign */
export const signedMoney = (value) => money(value, { signDisplay: "exceptZero" });

const FINE = 0.1; // shares below have two decimals

/** A value in the words of its unit. @param {number} value @param {string} unit of the table of parameters
 * @returns {string} */
export function inUnit(value, unit = "") {
  if (unit.startsWith("EUR")) return money(value) + unit.slice(3).split("/").filter(Boolean).map((part) => ` ${t(`phone.per.${part}`)}`).join("");
  const share = () => number(value, { style: "percent", maximumFractionDigits: Math.abs(value) < FINE ? 2 : 1 });
  if (/^(share|ratio|0-1)/.test(unit)) return share() + (unit.startsWith("share of") ? ` ${t(`phone.of.${unit.slice(9).replaceAll(" ", "_")}`)}` : "");
  if (["people", "count", "sd", "1", "0, 1 or 2"].includes(unit)) return formatted(value, unit === "people" ? "whole" : "number");
  const key = `phone.unit.${unit.replaceAll("/", "_").replaceAll(" ", "_")}`;
  return knows(key) ? t(key, { value: number(value, { maximumSignificantDigits: 3 }), count: value }) : `${number(value, { maximumSignificantDigits: 3 })} ${unitName(unit)}`.trim();
}

/** A question on the game in words: `game.teams.EPISODE.MEASURE` or `game.episodes.NUMBER.MEASURE`.
 * @param {string} question @param {{name: string}[]} teams
 * @returns {string} the question itself where it is of another kind */
export function betWords(question, teams) {
  const [, about, which, measure] = question.split(".");
  if (!question.startsWith("game.")) return question;
  return t(`debrief.bets.about.${about}`, { measure: t(`phone.firm.${measure}`), team: teams[Number(which)]?.name, episode: t(`workshop.episode.${which}`) });
}

const WARNINGS = [60, 30, 10]; // seconds left that are said aloud

/** Minutes and seconds of the round, counted down on the page. */
export class Countdown {
  /** @param {Line} line whose clock it follows */
  constructor(line) {
    this.line = line;
    /** @type {Timer & {now: number} | null} */
    this.timer = null;
    this.element = h("span", { class: "countdown", role: "timer" });
    this.before = Infinity;
    window.setInterval(() => this.draw(), 250);
  }

  /** @param {Timer | undefined} timer @param {number} now server ms at which its seconds held */
  take(timer, now) {
    this.timer = timer ? { ...timer, now } : null;
    this.draw();
  }

  /** @returns {number} seconds left */
  left() {
    if (!this.timer) return 0;
    const gone = this.timer.state === "running" ? (this.line.now() - this.timer.now) / 1000 : 0;
    return Math.max(0, Math.ceil(this.timer.left - gone));
  }

  draw() {
    const [state, left] = [this.timer?.state ?? "off", this.left()];
    this.element.hidden = state === "off";
    this.element.classList.toggle("short", left <= WARNINGS[1]);
    const words = state === "paused" ? t("workshop.timer.paused", { left: minutesAndSeconds(left) }) : minutesAndSeconds(left);
    if (this.element.textContent !== words) this.element.textContent = words;
    if (state === "running" && WARNINGS.some((at) => left === at && this.before > at)) announce(t("workshop.timer.say", { count: left }));
    this.before = left;
  }
}

/** The span of values that bars share; it holds zero. @param {number[]} values @returns {[number, number]} */
export function spanOf(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high > low ? [low, high] : [0, 1];
}

/**
 * A bar from one value to another, in a span; the zero line is drawn. The number stands beside it, so it is not read out.
 * @param {number} from
 * @param {number} to
 * @param {[number, number]} span
 * @param {string} kind class of the bar
 * @returns {SVGElement}
 */
export function bar(from, to, [low, high], kind) {
  const at = (/** @type {number} */ value) => (1000 * (value - low)) / (high - low);
  const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
  return svg("svg", { class: "drawn-bar", viewBox: "0 0 1000 20", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: kind, x: left, y: 2, width: Math.max(3, right - left), height: 16 }),
    svg("line", { class: "zero", x1: at(0), x2: at(0), y1: 0, y2: 20 }));
}

/** One measure of all teams as bars in a table, in the order of the teams: not a ranking. @param {string} title
 * @param {{place: number, name: string, value: number}[]} rows @param {(value: number) => string} words
 * @returns {HTMLElement} */
export function barTable(title, rows, words) {
  const span = spanOf(rows.map((row) => row.value));
  const body = rows.map((row) =>
    h("tr", {}, h("th", { scope: "row" }, mark(row.place, row.name)),
      put(h("td", { class: "drawing" }), bar(0, row.value, span, `fill team-${row.place}`)), h("td", { class: "number", text: words(row.value) })));
  return h("table", { class: "bar-table" }, h("caption", { text: title }), h("tbody", {}, ...body));
}
