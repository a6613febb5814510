// Between the two worlds: departments as lanes. Open cases pile up at the service desk, hand-offs travel from it; left and right mirror each other.

import { h, penOf, token, wipe } from "./dom.js";
import { SIDES } from "./frames.js";
import { number, t } from "./i18n.js";

const HUB = "service"; // all hand-offs start there: it has the lane in the middle
const PILL = 0.42; // share of the width for the names
const BLOCK = 8; // px
const GAP = 2; // px
const ROWS = 4; // blocks on top of each other
const BEADS = 6; // most beads on one arc
const HEAP = 0.9; // share of a half's width that the fullest heap takes
const WIDEST = 9; // px of the thickest arc
const FONT = "px system-ui, sans-serif";

/** The lanes of both worlds. */
export class Lanes {
  /** @param {string[]} departments @param {string[]} measures names of measures, in the order of frames */
  constructor(departments, measures) {
    const others = departments.filter((name) => name !== HUB);
    this.hub = Math.floor(others.length / 2);
    this.rows = [...others.slice(0, this.hub), HUB, ...others.slice(this.hub)];
    this.sent = this.rows.map((name) => measures.indexOf(`handoffs_to_${name}`));
    this.waiting = measures.indexOf("waiting_at_service");
    this.handed = measures.indexOf("handoffs");
    this.canvas = h("canvas", { class: "lanes", role: "img" });
    this.element = h("div", { class: "lanes-box" }, this.canvas);
    this.fullest = this.busiest = 1;
    /** @type {OffscreenCanvas | undefined} */
    this.names = undefined;
  }

  /** Forgets how full the heaps were, for a new pair. */
  reset() {
    this.fullest = this.busiest = 1;
  }

  /** Draws a month. @param {Frames} frames @param {number} fraction of the month gone, for beads that travel */
  draw(frames, fraction) {
    const { pen, width, height } = penOf(this.canvas);
    const lane = height / (this.rows.length + 0.75);
    wipe(pen, width, height, "--paper");
    pen.textBaseline = "middle";
    for (const side of SIDES) this.#measure(frames[side]);
    for (const side of SIDES) this.#side(pen, side, frames[side], { width, lane, fraction });
    pen.drawImage(this.#names(width, height, lane), 0, 0, width, height);
    write(pen, t("compare.block", { count: this.#unit(width) }), width / 2, height - lane * 0.3, "--soft", 13);
  }

  /** The names of the lanes, drawn once for each size. @param {number} width @param {number} height @param {number} lane @returns {OffscreenCanvas} */
  #names(width, height, lane) {
    const { width: across, height: down } = this.canvas;
    if (this.names?.width === across && this.names.height === down) return this.names;
    this.names = new OffscreenCanvas(across || 1, down || 1);
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (this.names.getContext("2d"));
    pen.scale(across / width, down / height);
    pen.textBaseline = "middle";
    this.rows.forEach((name, row) => pill(pen, t(`compare.department.${name}`), width, lane * (row + 0.5), Math.min(38, lane * 0.62)));
    return this.names;
  }

  /** @param {Frame | undefined} frame */
  #measure(frame) {
    if (!frame) return;
    this.fullest = Math.max(this.fullest, frame.measures[this.waiting] || 0);
    for (const at of this.sent) this.busiest = Math.max(this.busiest, frame.measures[at] || 0);
  }

  /** @param {number} width @returns {number} people that a block stands for: 1, 2 or 5 times a power of ten */
  #unit(width) {
    const blocks = ROWS * Math.max(1, Math.floor((HEAP * (1 - PILL) * width) / 2 / (BLOCK + GAP)));
    const wanted = Math.max(1, this.fullest / blocks);
    const power = 10 ** Math.floor(Math.log10(wanted));
    return power * ([1, 2, 5].find((step) => step * power >= wanted) ?? 10);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Side} side @param {Frame | undefined} frame @param {{width: number, lane: number, fraction: number}} room */
  #side(pen, side, frame, { width, lane, fraction }) {
    if (!frame) return;
    const out = side === "left" ? -1 : 1;
    const x = width / 2 + (out * PILL * width) / 2;
    const hub = lane * (this.hub + 0.5);
    this.sent.forEach((at, row) => {
      const sent = frame.measures[at] || 0;
      if (!sent) return;
      const y = lane * (row + 0.5);
      const [start, steps] = [hub + Math.sign(y - hub) * (BLOCK + GAP) * 2.2, Math.abs(row - this.hub)];
      arc(pen, side, { x, out, start, end: y, bulge: x + out * (12 + 0.34 * steps * (width * (1 - PILL)) * 0.5) }, sent / this.busiest, fraction);
      write(pen, number(sent), x + out * 12, y + Math.sign(y - hub) * 15, `--${side}`, 14, side === "left" ? "right" : "left");
    });
    heap(pen, side, x, hub, out, Math.ceil((frame.measures[this.waiting] || 0) / this.#unit(width)));
  }

  /** Says what is waiting and what was handed on. @param {Frames} frames */
  describe(frames) {
    const parts = SIDES.map((side) => {
      const [waiting, handed] = [this.waiting, this.handed].map((at) => number(frames[side]?.measures[at] ?? NaN));
      return t("compare.lanesSentence", { side: t(`compare.letter.${side}`), waiting, handed });
    });
    this.canvas.setAttribute("aria-label", parts.join(" "));
  }
}

/**
 * An arc from the desk to a lane with beads on it.
 * @param {CanvasRenderingContext2D} pen @param {Side} side @param {{x: number, out: number, start: number, end: number, bulge: number}} way
 * @param {number} share of the busiest arc @param {number} fraction of the month gone
 */
function arc(pen, side, { x, start, end, bulge }, share, fraction) {
  pen.strokeStyle = token(`--${side}-wash`);
  pen.lineWidth = 1.5 + WIDEST * share;
  pen.beginPath();
  pen.moveTo(x, start);
  pen.bezierCurveTo(bulge, start, bulge, end, x, end);
  pen.stroke();
  pen.fillStyle = token(`--${side}`);
  const beads = Math.ceil(BEADS * share);
  for (let i = 0; i < beads; i += 1) bead(pen, [x, bulge, start, end], (fraction + i / beads) % 1);
}

/** @param {CanvasRenderingContext2D} pen @param {number[]} way @param {number} s how far along, 0 to 1 */
function bead(pen, [x, bulge, start, end], s) {
  const middle = 3 * s * (1 - s);
  const late = s * s * (3 - 2 * s);
  pen.beginPath();
  pen.arc(x * (1 - middle) + bulge * middle, start * (1 - late) + end * late, 3.2, 0, 2 * Math.PI);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {Side} side @param {number} x @param {number} y @param {number} out @param {number} blocks */
function heap(pen, side, x, y, out, blocks) {
  const step = BLOCK + GAP;
  pen.fillStyle = token(`--${side}`);
  for (let i = 0; i < blocks; i += 1) {
    const left = x + out * (6 + Math.floor(i / ROWS) * step) - (out < 0 ? BLOCK : 0);
    pen.fillRect(left, y + (ROWS / 2 - 1 - (i % ROWS)) * step + GAP / 2, BLOCK, BLOCK);
  }
}

/** @param {Pen} pen @param {string} text @param {number} x @param {number} y @param {string} colour a token
 * @param {number} size px @param {CanvasTextAlign} [align] */
function write(pen, text, x, y, colour, size, align = "center") {
  pen.fillStyle = token(colour);
  pen.textAlign = align;
  pen.font = `600 ${size}${FONT}`;
  pen.fillText(text, x, y);
}

/** @param {Pen} pen @param {string} text @param {number} width @param {number} y @param {number} height */
function pill(pen, text, width, y, height) {
  const wide = PILL * width - 8;
  Object.assign(pen, { fillStyle: token("--surface"), strokeStyle: token("--edge"), lineWidth: 1.25 });
  pen.beginPath();
  pen.roundRect((width - wide) / 2, y - height / 2, wide, height, height / 2);
  pen.fill();
  pen.stroke();
  pen.font = `600 15${FONT}`;
  write(pen, text, width / 2, y, "--ink", Math.min(15, (15 * (wide - 14)) / pen.measureText(text).width));
}
