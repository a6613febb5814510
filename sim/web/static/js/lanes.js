// Between the two worlds: departments as lanes. Cases that wait pile up outwards, hand-offs travel along arcs; left and right mirror each other.

import { h, penOf, token } from "./dom.js";
import { SIDES } from "./frames.js";
import { number, t } from "./i18n.js";

/** @typedef {import("./frames.js").Frame} Frame */
/** @typedef {{x: number, y: number, out: number}} Place start of a lane's heap and the way outwards, -1 or 1 */

const HUB = "service"; // all hand-offs start there: it has the lane in the middle
const PILL = 0.4; // share of the width for the names
const BLOCK = 9; // px
const GAP = 2; // px
const ROWS = 3; // blocks on top of each other
const BEADS = 6; // most beads on one arc
const HEAP = 0.62; // share of a half's width that the fullest heap takes
const WIDEST = 7; // px of the thickest arc

/** The lanes of both worlds. */
export class Lanes {
  /** @param {string[]} departments @param {string[]} measures names of measures, in the order of frames */
  constructor(departments, measures) {
    this.departments = departments;
    this.order = around(departments.indexOf(HUB), departments.length);
    this.waiting = departments.map((name) => waitingAt(name, measures));
    this.handed = measures.indexOf("handoffs");
    this.canvas = h("canvas", { class: "lanes", role: "img" });
    this.element = h("div", { class: "lanes-box" }, this.canvas);
    this.fullest = 1;
    this.busiest = 1;
  }

  /** Forgets how full the heaps were, for a new pair. */
  reset() {
    this.fullest = this.busiest = 1;
  }

  /**
   * Draws a month.
   * @param {{left: Frame | undefined, right: Frame | undefined}} frames
   * @param {number} fraction of the month gone, for beads that travel
   */
  draw(frames, fraction) {
    const { pen, width, height } = penOf(this.canvas);
    pen.clearRect(0, 0, width, height);
    const lane = height / (this.departments.length + 0.9);
    this.#measure(frames);
    for (const side of SIDES) this.#drawSide(pen, side, frames[side], { width, lane, fraction });
    this.departments.forEach((name, i) => pill(pen, t(`compare.department.${name}`), width, lane * (this.order[i] + 0.5), Math.min(34, lane * 0.6)));
    pen.fillStyle = token("--soft");
    pen.textAlign = "center";
    pen.font = "600 12px system-ui, sans-serif";
    pen.fillText(t("compare.block", { count: this.#unit(width) }), width / 2, height - lane * 0.42);
    this.#describe(frames);
  }

  /** @param {{left: Frame | undefined, right: Frame | undefined}} frames */
  #measure(frames) {
    for (const side of SIDES) {
      const frame = frames[side];
      if (!frame) continue;
      for (const at of this.waiting) this.fullest = Math.max(this.fullest, frame.measures[at] || 0);
      for (const { count } of arcsOf(frame)) this.busiest = Math.max(this.busiest, count);
    }
  }

  /** @param {number} width @returns {number} people that a block stands for: 1, 2 or 5 times a power of ten */
  #unit(width) {
    const blocks = ROWS * Math.max(1, Math.floor((HEAP * (1 - PILL) * width) / 2 / (BLOCK + GAP)));
    const wanted = Math.max(1, this.fullest / blocks);
    const power = 10 ** Math.floor(Math.log10(wanted));
    return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= wanted) ?? power;
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {import("./frames.js").Side} side @param {Frame | undefined} frame
   * @param {{width: number, lane: number, fraction: number}} room
   */
  #drawSide(pen, side, frame, { width, lane, fraction }) {
    const out = side === "left" ? -1 : 1;
    const x = width / 2 + (out * PILL * width) / 2;
    const places = this.order.map((row) => ({ x, y: lane * (row + 0.5), out }));
    if (!frame) return;
    for (const arc of arcsOf(frame)) this.#arc(pen, side, places, arc, fraction);
    pen.fillStyle = token(`--${side}`);
    this.waiting.forEach((at, row) => heap(pen, places[row], Math.ceil((frame.measures[at] || 0) / this.#unit(width))));
    pen.textAlign = side === "left" ? "left" : "right";
    pen.font = "700 14px system-ui, sans-serif";
    const text = t("compare.handed", { count: frame.measures[this.handed] || 0 });
    pen.fillText(text, side === "left" ? 4 : width - 4, lane * (this.departments.length + 0.62));
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {import("./frames.js").Side} side @param {Place[]} places
   * @param {{from: number, to: number, count: number}} arc @param {number} fraction
   */
  #arc(pen, side, places, { from, to, count }, fraction) {
    const [start, end] = [places[from], places[to]];
    const bulge = start.x + start.out * (18 + Math.abs(end.y - start.y) * 0.55);
    const thick = Math.max(1, WIDEST * (count / this.busiest));
    pen.strokeStyle = token(`--${side}-wash`);
    pen.lineWidth = thick + 1;
    pen.beginPath();
    pen.moveTo(start.x, start.y);
    pen.bezierCurveTo(bulge, start.y, bulge, end.y, end.x, end.y);
    pen.stroke();
    pen.fillStyle = token(`--${side}`);
    const beads = Math.ceil(BEADS * (count / this.busiest));
    for (let i = 0; i < beads; i += 1) bead(pen, start, end, bulge, (fraction + i / beads) % 1);
  }

  /** @param {{left: Frame | undefined, right: Frame | undefined}} frames */
  #describe(frames) {
    const parts = SIDES.map((side) => {
      const [waiting, handed] = [this.waiting[this.departments.indexOf(HUB)], this.handed].map((at) => frames[side]?.measures[at] ?? NaN);
      return t("compare.lanesSentence", { side: t(`compare.letter.${side}`), waiting: number(waiting), handed: number(handed) });
    });
    this.canvas.setAttribute("aria-label", parts.join(" "));
  }
}

/** @param {number} hub @param {number} count @returns {number[]} the row of each department, with the hub in the middle */
function around(hub, count) {
  const others = Array.from({ length: count }, (_, i) => i).filter((i) => i !== hub);
  others.splice(Math.floor(count / 2), 0, hub);
  return others.map((_, department) => others.indexOf(department));
}

/** @param {string} name @param {string[]} measures @returns {number} */
function waitingAt(name, measures) {
  return measures.indexOf(name === HUB ? "waiting_at_service" : `waiting_for_${name}`);
}

/** @param {Frame} frame @returns {{from: number, to: number, count: number}[]} hand-offs added up by way */
function arcsOf(frame) {
  /** @type {Map<number, {from: number, to: number, count: number}>} */
  const arcs = new Map();
  for (const { from, to } of frame.handoffs) {
    const key = 16 * from + to;
    const arc = arcs.get(key) ?? { from, to, count: 0 };
    arc.count += 1;
    arcs.set(key, arc);
  }
  return [...arcs.values()].filter(({ from, to }) => from !== to);
}

/** @param {CanvasRenderingContext2D} pen @param {Place} place @param {number} blocks */
function heap(pen, { x, y, out }, blocks) {
  for (let i = 0; i < blocks; i += 1) {
    const column = Math.floor(i / ROWS);
    const left = x + out * (6 + column * (BLOCK + GAP)) - (out < 0 ? BLOCK : 0);
    const step = BLOCK + GAP;
    pen.fillRect(left, y + step - (i % ROWS) * step - BLOCK / 2, BLOCK, BLOCK);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Place} start @param {Place} end @param {number} bulge @param {number} s */
function bead(pen, start, end, bulge, s) {
  const r = 1 - s;
  const [a, b, c, d] = [r * r * r, 3 * r * r * s, 3 * r * s * s, s * s * s];
  pen.beginPath();
  pen.arc(a * start.x + (b + c) * bulge + d * end.x, (a + b) * start.y + (c + d) * end.y, 3, 0, 2 * Math.PI);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {string} text @param {number} width @param {number} y @param {number} height */
function pill(pen, text, width, y, height) {
  const wide = PILL * width - 10;
  pen.fillStyle = token("--surface");
  pen.strokeStyle = token("--edge");
  pen.lineWidth = 1.25;
  pen.beginPath();
  pen.roundRect((width - wide) / 2, y - height / 2, wide, height, height / 2);
  pen.fill();
  pen.stroke();
  pen.fillStyle = token("--ink");
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = "600 14px system-ui, sans-serif";
  pen.fillText(text, width / 2, y, wide - 12);
}
