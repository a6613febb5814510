// A customer's life as a picture: satisfaction above, then lanes of the customer and the five departments, month by month.

import { formatted, t } from "./i18n.js";
import { ENDS, FELT, pathsOf, sentenceOf, signOf } from "./life_events.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const REM = parseFloat(getComputedStyle(document.documentElement).fontSize); // px
const STRIP = 5.7 * REM; // px, height of the satisfaction above the lanes
const LANE = REM * Math.min(2, Math.max(1.4, 1.4 + (innerHeight / REM - 47.5) / 14)); // px, height of a lane: more where the screen is high
const CHIP = 1.25 * REM; // px, height of a chip
const AXIS = 1.4 * REM; // px
const LETTER = 0.5 * REM; // px, about the width of a letter in a chip
const NARROW = 35 * REM; // px, width below which labels are short
const NEAR = 40; // px, how far a click may be from an event

/** An element of a picture. @param {string} tag @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children @returns {SVGElement} */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The sign of a kind of event: a shape, and what stands in it. @param {string} word @param {number} x middle [px]
 * @param {number} y middle [px] @param {number} size [px] */
export function mark(word, x, y, size) {
  const sign = signOf(word);
  const [shape, inner] = pathsOf(sign);
  const lift = { bubble: -2.4, triangle: 1 }[/** @type {"bubble"} */ (sign.shape)] ?? 0;
  const at = `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})`;
  const parts = [draw("path", { class: "shape", d: shape }), draw("path", { class: "inner", d: inner, transform: `translate(0 ${lift})` })];
  return draw("g", { class: `mark ${sign.tone}`, transform: at }, ...parts);
}

/** A small picture of a sign, for lists and the legend. @param {string} word @param {number} [size] [px] */
export const icon = (word, size = 18) =>
  draw("svg", { class: "icon", width: size + 2, height: size + 2, "aria-hidden": "true" }, mark(word, size / 2 + 1, size / 2 + 1, size));

/** One world's picture of a life. */
export class SwimLane {
  /** @param {WorldLife} life @param {Happening[]} events in order @param {LaneOptions} options */
  constructor(life, events, options) {
    const { lanes, width, span } = options;
    this.life = life;
    this.options = options;
    this.all = events;
    this.events = events.filter(({ month }) => month >= span.from && month <= span.to);
    this.label = (width < NARROW ? 5.6 : 7) * REM; // px
    this.step = (width - this.label - 8) / (span.to - span.from + 1); // px of a month
    this.size = Math.min(0.8 * LANE, Math.max(0.85 * REM, this.step)); // px of a sign
    this.foot = STRIP + LANE * lanes.length; // px, where the lanes end
    this.height = this.foot + (options.axis ? AXIS : 0);
    this.cursor = draw("g", { class: "cursor" });
    this.element = draw("svg", { class: "swimlane", width, height: this.height, "aria-hidden": "true" });
    this.element.append(this.#ground(), this.#years(), this.cursor, this.#membership(), this.#waiting(), this.#marks(), this.#satisfaction());
    this.element.addEventListener("click", (event) => this.#click(/** @type {MouseEvent} */ (event)));
  }

  /** @param {number} month @returns {number} middle of a month [px] */
  x(month) {
    return this.label + (month - this.options.span.from + 0.5) * this.step;
  }

  /** @param {string} lane @returns {number} middle of a lane [px]; of the desk's where a stop has none */
  y(lane) {
    const { lanes } = this.options;
    return STRIP + LANE * (lanes.indexOf(lanes.includes(lane) ? lane : "service") + 0.5);
  }

  /** @param {number} value satisfaction [0-1] @returns {number} [px] */
  level(value) {
    const { low, high } = this.options.span;
    return STRIP - CHIP - 9 - ((value - low) / (high - low)) * (STRIP - 2 * CHIP - 17);
  }

  /** Shows where we are: the month, and a ring around the event when it is one of this world's.
   * @param {number} month @param {Happening | null} event */
  point(month, event) {
    this.cursor.replaceChildren();
    const { from, to } = this.options.span;
    if (month < from || month > to) return;
    const half = Math.max(this.step, this.size) / 2 + 1;
    this.cursor.append(draw("rect", { x: this.x(month) - half, y: 0, width: 2 * half, height: this.foot, rx: 4 }));
    if (event) this.cursor.append(draw("circle", { cx: this.x(month), cy: this.y(event.lane), r: this.size / 2 + 4 }));
  }

  #ground() {
    const { lanes, width } = this.options;
    const ground = draw("g", { class: "ground" });
    lanes.forEach((lane, row) => {
      const y = STRIP + LANE * row;
      ground.append(draw("rect", { class: row % 2 ? "odd" : "even", x: 0, y, width, height: LANE }));
      ground.append(draw("text", { x: 6, y: y + LANE / 2, dy: "0.35em" }, t(`explain.lane.${lane}`)));
    });
    return ground;
  }

  /** Lines at the ends of years, and their months under the picture. */
  #years() {
    const { span, axis } = this.options;
    const group = draw("g", { class: "years" });
    const every = 12 * this.step >= 44 ? 12 : 24;
    if (axis) group.append(draw("text", { x: 6, y: this.height - 6 }, t("explain.month_axis")));
    for (let month = every * Math.ceil(span.from / every) || every; month <= span.to; month += every) {
      const x = this.x(month) + this.step / 2;
      group.append(draw("line", { x1: x, x2: x, y1: 0, y2: this.foot }));
      if (axis) group.append(draw("text", { x: this.x(month), y: this.height - 6, "text-anchor": "middle" }, formatted(month, "whole")));
    }
    return group;
  }

  #satisfaction() {
    const { low, high } = this.options.span;
    const group = draw("g", { class: "satisfaction" });
    group.append(draw("text", { x: 6, y: STRIP / 2, dy: "0.35em" }, t("explain.lane.satisfaction")));
    for (const value of [low, high]) {
      const y = this.level(value);
      group.append(draw("line", { class: "scale", x1: this.label, x2: this.options.width, y1: y, y2: y }));
      group.append(draw("text", { class: "value", x: this.label - 6, y, dy: "0.35em", "text-anchor": "end" }, formatted(100 * value, "whole")));
    }
    group.append(draw("path", { class: "line past", d: this.#line(false) }), draw("path", { class: "line", d: this.#line(true) }));
    group.append(...this.#chips());
    return group;
  }

  /** Path of the satisfaction at the ends of months.
   * @param {boolean} here the months as a customer of the firm, or the others */
  #line(here) {
    const { firm, span } = this.options;
    const { satisfaction, supplier } = this.life;
    let path = "";
    for (let month = span.from; month <= span.to; month += 1) {
      const value = satisfaction[month] ?? null;
      if (value === null || (supplier[month] === firm) !== here) continue;
      const joined = path && (satisfaction[month - 1] ?? null) !== null && (supplier[month - 1] === firm) === here;
      path += `${joined ? "L" : "M"}${this.x(month).toFixed(1)} ${this.level(value).toFixed(1)}`;
    }
    return path;
  }

  /** The largest changes that have room, losses below the line and gains above it. */
  #chips() {
    const changes = this.events.filter(({ change }) => Math.abs(change) >= 2 * FELT);
    changes.sort((one, two) => Math.abs(two.change) - Math.abs(one.change));
    /** @type {{up: boolean, from: number, to: number}[]} */
    const taken = [];
    return changes.flatMap((event) => {
      const up = event.change > 0;
      const words = `${up ? "▲" : "▼"} ${formatted(event.change, "points")} ${t(`explain.cause.${event.cause}`)}`;
      const wide = 18 + LETTER * words.length;
      const from = Math.max(this.label, Math.min(this.options.width - wide - 2, this.x(event.month) - wide / 2));
      if (taken.some((other) => other.up === up && from < other.to + 8 && other.from < from + wide + 8)) return [];
      taken.push({ up, from, to: from + wide });
      return [this.#chip(event, words, from, wide)];
    });
  }

  /** @param {Happening} event @param {string} words @param {number} from @param {number} wide */
  #chip(event, words, from, wide) {
    const up = event.change > 0;
    const y = up ? 1 : STRIP - CHIP - 3;
    const x = this.x(event.month);
    return draw(
      "g",
      { class: `change ${up ? "good" : "bad"}` },
      draw("line", { x1: x, x2: x, y1: up ? y + CHIP : y, y2: this.level(event.satisfaction ?? this.options.span.low) }),
      draw("rect", { x: from, y, width: wide, height: CHIP, rx: CHIP / 2 }),
      draw("text", { x: from + wide / 2, y: y + CHIP / 2, dy: "0.35em", "text-anchor": "middle" }, words),
    );
  }

  /** Whose customer: a full line for the firm, a broken one for a rival, none for nobody. */
  #membership() {
    const group = draw("g", { class: "membership" });
    const { from, to } = this.options.span;
    for (const term of terms(this.life.supplier)) {
      const [x1, x2] = [this.x(Math.max(term.from, from) - 0.5), this.x(Math.min(term.to, to) + 0.5)];
      const y = this.y("customer");
      if (x2 > x1) group.append(draw("line", { class: term.firm === this.options.firm ? "own" : "rival", x1, x2, y1: y, y2: y }));
    }
    return group;
  }

  /** Months in which the case lay at the desk. */
  #waiting() {
    const waits = this.events.filter(({ event, routine }) => event === "waited" && !routine);
    const bars = waits.map(({ month, lane }) => draw("rect", { x: this.x(month - 0.5), y: this.y(lane) - 9, width: this.step, height: 18 }));
    return draw("g", { class: "waiting" }, ...bars);
  }

  /** Dots of every month, lines of hand-offs, and one sign a month and lane: the one that matters most. */
  #marks() {
    const [dots, ties, marks] = ["dots", "ties", "marks"].map((name) => draw("g", { class: name }));
    /** @type {Map<string, Happening>} */
    const best = new Map();
    for (const event of this.events) {
      const [x, y, place] = [this.x(event.month), this.y(event.lane), `${event.month} ${event.lane}`];
      if (event.routine) dots.append(draw("circle", { cx: x, cy: y, r: 1.8 }));
      else if (signOf(event.word).weight > signOf(best.get(place)?.word ?? "").weight) best.set(place, event);
      if (event.event === "handed_on" && !event.routine) ties.append(draw("path", { class: event.word, d: `M${x} ${this.y("service")}V${y}` }));
    }
    const signs = [...best.values()].sort((one, two) => signOf(one.word).weight - signOf(two.word).weight);
    for (const event of signs) {
      const sign = mark(event.word, this.x(event.month), this.y(event.lane), ENDS.has(event.event) ? 1.3 * REM : this.size);
      sign.append(draw("title", {}, sentenceOf(event)));
      marks.append(sign);
    }
    return draw("g", {}, dots, ties, marks);
  }

  /** @param {MouseEvent} click */
  #click(click) {
    const box = this.element.getBoundingClientRect();
    const [x, y] = [click.clientX - box.left, click.clientY - box.top];
    let [nearest, distance] = [-1, NEAR];
    this.all.forEach((event, index) => {
      const away = Math.hypot(this.x(event.month) - x, y < STRIP ? 0 : this.y(event.lane) - y);
      if (!event.routine && away < distance) [nearest, distance] = [index, away];
    });
    if (nearest >= 0) this.options.pick(nearest);
  }
}

/** Runs of months with the same supplier.
 * @param {(string | null)[]} suppliers at the end of each month from 0 on; empty or null for none
 * @returns {{from: number, to: number, firm: string}[]} */
function terms(suppliers) {
  /** @type {{from: number, to: number, firm: string}[]} */
  const all = [];
  suppliers.forEach((firm, month) => {
    const last = all.at(-1);
    if (firm && last && last.firm === firm && last.to === month - 1) last.to = month;
    else if (firm) all.push({ from: month, to: month, firm });
  });
  return all;
}
