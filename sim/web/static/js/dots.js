// One world as dots: each customer where the needs lie, colour and shape by satisfaction, hollow when gone; words as short arrows.

import { h, penOf, token, wipe } from "./dom.js";
import { STATE, stateOf } from "./frames.js";
import { formatted, t } from "./i18n.js";
import { disc, drawDots } from "./stamps.js";

const REACH = 16; // px within which a click finds a dot
const WORD = 17; // px, length of a word's arrow
const WORDS = 90; // most arrows drawn, evenly thinned
const MARGIN = 12; // px

/** A panel of dots. */
export class DotPanel {
  /** @param {(place: number) => void} pick called with the place of a dot that is clicked @param {(place: number) => void} hover -1 for none */
  constructor(pick, hover) {
    this.canvas = h("canvas", { class: "dots", role: "img" });
    this.element = h("div", { class: "panel" }, this.canvas);
    /** @type {Frame | undefined} */
    this.frame = undefined;
    this.mark = -1;
    this.canvas.addEventListener("click", (event) => this.#at(event, pick));
    this.canvas.addEventListener("pointermove", (event) => this.#at(event, hover));
    this.canvas.addEventListener("pointerleave", () => hover(-1));
  }

  /** Draws one month. @param {Frame | undefined} frame @param {Float32Array | undefined} positions
   * @param {number} [mark] place of a customer to ring @param {number} [scale] how near that customer is seen */
  draw(frame, positions, mark = -1, scale = 1) {
    Object.assign(this, { frame, positions, mark });
    const { pen, width, height } = penOf(this.canvas);
    if (!frame || !positions || !width || !height) return wipe(pen, width, height, "--surface");
    this.map = near(mapped(positions, width, height), mark, scale, width / 2, height / 2);
    drawDots(this.canvas, pen, frame, this.map);
    drawWords(pen, frame, this.map);
    if (mark >= 0) drawMark(pen, this.map, mark);
  }

  /** @param {MouseEvent} event @param {(place: number) => void} then */
  #at(event, then) {
    const place = this.frame && this.map ? nearest(this.map, this.frame.dots, event.offsetX, event.offsetY) : -1;
    if (place >= 0 || event.type !== "click") then(place);
  }
}

/** @param {Float32Array} positions @param {number} width @param {number} height @returns {PlaceMap} */
export function mapped(positions, width, height) {
  const size = Math.max(1.3, Math.min(5, 0.36 * Math.sqrt((width * height) / (positions.length / 2))));
  return {
    x: (place) => MARGIN + positions[2 * place] * (width - 2 * MARGIN),
    y: (place) => height - MARGIN - positions[2 * place + 1] * (height - 2 * MARGIN),
    size,
  };
}

/** @param {PlaceMap} map @param {number} place @param {number} scale @param {number} x @param {number} y the middle @returns {PlaceMap} the map seen from near a place */
function near(map, place, scale, x, y) {
  if (scale <= 1 || place < 0) return map;
  const [placeX, placeY, share] = [map.x(place), map.y(place), Math.min(1, (scale - 1) / 2)];
  const shift = (/** @type {number} */ at, /** @type {number} */ own, /** @type {number} */ middle) => own + (middle - own) * share + (at - own) * scale;
  return { x: (other) => shift(map.x(other), placeX, x), y: (other) => shift(map.y(other), placeY, y), size: map.size * Math.sqrt(scale) };
}

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {PlaceMap} map */
function drawWords(pen, frame, map) {
  const every = Math.max(1, frame.words.length / WORDS);
  const some = frame.words.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
  for (const praise of [false, true]) {
    pen.beginPath();
    for (const word of some) if (word.sign > 0 === praise) arrow(pen, map, word);
    pen.strokeStyle = token(praise ? "--blue" : "--orange");
    pen.lineWidth = 1.3;
    pen.stroke();
  }
}

/** A short arrow towards who hears it: an open head for praise, a bar for blame, a plain end for "I left".
 * @param {CanvasRenderingContext2D} pen @param {PlaceMap} map @param {Word} word */
function arrow(pen, map, { from, to, sign }) {
  const [x, y] = [map.x(from), map.y(from)];
  const [across, down] = [map.x(to) - x, map.y(to) - y];
  const length = Math.hypot(across, down) || 1;
  const [dx, dy] = [across / length, down / length];
  const reach = Math.min(WORD, length);
  const [tipX, tipY] = [x + dx * reach, y + dy * reach];
  const back = sign < 0 ? 0 : 5;
  pen.moveTo(x + dx * map.size, y + dy * map.size);
  pen.lineTo(tipX, tipY);
  if (!sign) return;
  pen.moveTo(tipX - dx * back - dy * 3.5, tipY - dy * back + dx * 3.5);
  if (back) pen.lineTo(tipX, tipY);
  pen.lineTo(tipX - dx * back + dy * 3.5, tipY - dy * back - dx * 3.5);
}

/** @param {CanvasRenderingContext2D} pen @param {PlaceMap} map @param {number} place */
export function drawMark(pen, map, place) {
  pen.beginPath();
  disc(pen, map.x(place), map.y(place), map.size + 5);
  pen.strokeStyle = token("--ink");
  pen.lineWidth = 2.5;
  pen.stroke();
}

/** @param {PlaceMap} map @param {Uint8Array} dots @param {number} x @param {number} y @returns {number} the place, -1 where none is near */
function nearest(map, dots, x, y) {
  let [best, least] = [-1, REACH];
  for (let place = 0; place < dots.length; place += 1) {
    if (stateOf(dots[place]) === STATE.EMPTY) continue;
    const distance = Math.hypot(map.x(place) - x, map.y(place) - y);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

/** How many people are customers and how many have gone, in words. @param {Frame | undefined} frame @param {number} weight people a dot stands for @returns {string} */
export function statsOf(frame, weight) {
  if (!frame) return "";
  const people = [0, 0, 0, 0, 0, 0];
  for (const dot of frame.dots) people[stateOf(dot)] += weight;
  return t("compare.stats", { customers: formatted(people[STATE.OURS], "whole"), gone: formatted(people[STATE.LOST] + people[STATE.GONE], "whole") });
}
