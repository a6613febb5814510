// One world as dots: each customer where the needs lie, colour and shape by satisfaction, hollow when gone; words as short arrows.

import { h, penOf, token } from "./dom.js";
import { STATE, satisfactionOf, stateOf } from "./frames.js";

/** @typedef {import("./frames.js").Frame} Frame */
/** @typedef {{x: (place: number) => number, y: (place: number) => number, size: number}} Map2 where places lie on the canvas, in px */

const PLEASED = 0.5; // the measure "satisfied" begins here: from it on a dot is a disc, below it a triangle
const ENDS = [0.2, 0.85]; // satisfaction of the fullest orange and of the fullest blue
const LEVELS = 10; // shades between them
const REACH = 16; // px within which a click finds a dot
const WORD = 17; // px, length of a word's arrow
const WORDS = 90; // most arrows drawn, evenly thinned
const MARGIN = 12; // px
const MOST_STAMPS = 2000; // kept

/** @typedef {[number, number, number]} Colour */

/** @param {string} name @returns {Colour} a token such as #1457ad as red, green, blue */
function colourOf(name) {
  const value = Number.parseInt(token(name).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** @returns {string[]} shades from displeased over neither to pleased */
function shades() {
  const [low, middle, high] = ["--orange", "--middle", "--blue"].map(colourOf);
  return Array.from({ length: LEVELS }, (_, level) => {
    const way = (2 * level + 1) / LEVELS - 1;
    return mixed(middle, way < 0 ? low : high, Math.abs(way));
  });
}

/** @param {Colour} from @param {Colour} to @param {number} share @returns {string} */
function mixed(from, to, share) {
  const [r, g, b] = from.map((part, i) => Math.round(part + (to[i] - part) * share));
  return `rgb(${r} ${g} ${b})`;
}

/** @type {string[]} */
let palette = [];

/** @param {number} satisfaction 0 to 1 @returns {string} */
export function shadeOf(satisfaction) {
  if (!palette.length) palette = shades();
  const end = satisfaction < PLEASED ? ENDS[0] : ENDS[1];
  const way = (0.5 * (satisfaction - PLEASED)) / Math.abs(end - PLEASED) + 0.5;
  return palette[Math.max(0, Math.min(LEVELS - 1, Math.floor(way * LEVELS)))];
}

/** @typedef {(pen: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, x: number, y: number, size: number) => void} Shape */

/** @type {Shape} */
export function disc(pen, x, y, size) {
  pen.moveTo(x + size, y);
  pen.arc(x, y, size, 0, 2 * Math.PI);
}

/** @type {Shape} */
export function triangle(pen, x, y, size) {
  const r = size * 1.25;
  pen.moveTo(x, y + r);
  pen.lineTo(x - r, y - 0.75 * r);
  pen.lineTo(x + r, y - 0.75 * r);
  pen.closePath();
}

/** @type {Shape} */
export function cross(pen, x, y, size) {
  const r = size * 0.8;
  pen.moveTo(x - r, y - r);
  pen.lineTo(x + r, y + r);
  pen.moveTo(x + r, y - r);
  pen.lineTo(x - r, y + r);
}

/** @param {number} satisfaction @returns {Shape} */
export const shapeOf = (satisfaction) => (satisfaction >= PLEASED ? disc : triangle);

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

  /**
   * Draws one month.
   * @param {Frame | undefined} frame
   * @param {Float32Array | undefined} positions
   * @param {number} [mark] place of a customer to ring
   * @param {number} [scale] how near that customer is seen
   */
  draw(frame, positions, mark = -1, scale = 1) {
    Object.assign(this, { frame, positions, mark });
    const { pen, width, height } = penOf(this.canvas);
    pen.clearRect(0, 0, width, height);
    if (!frame || !positions) return;
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

/** @param {Float32Array} positions @param {number} width @param {number} height @returns {Map2} */
export function mapped(positions, width, height) {
  const size = Math.max(1.3, Math.min(5, 0.36 * Math.sqrt((width * height) / (positions.length / 2))));
  return {
    x: (place) => MARGIN + positions[2 * place] * (width - 2 * MARGIN),
    y: (place) => height - MARGIN - positions[2 * place + 1] * (height - 2 * MARGIN),
    size,
  };
}

/** @param {Map2} map @param {number} place @param {number} scale @param {number} x @param {number} y the middle @returns {Map2} the map seen from near a place */
function near(map, place, scale, x, y) {
  if (scale <= 1 || place < 0) return map;
  const [placeX, placeY, share] = [map.x(place), map.y(place), Math.min(1, (scale - 1) / 2)];
  const shift = (/** @type {number} */ at, /** @type {number} */ own, /** @type {number} */ middle) => own + (middle - own) * share + (at - own) * scale;
  return { x: (other) => shift(map.x(other), placeX, x), y: (other) => shift(map.y(other), placeY, y), size: map.size * Math.sqrt(scale) };
}

/** @typedef {{side: number, bytes: Uint8ClampedArray, pixels: Uint32Array}} Stamp a dot as drawn once, to be pressed many times: far cheaper than paths */
/** @type {Map<number, Stamp>} */
const stamps = new Map();

/** @param {number} dot @param {number} size px of the screen @returns {Stamp} */
function stampOf(dot, size) {
  const key = 1024 * size + dot;
  const kept = stamps.get(key) ?? drawnStamp(size, (pen) => drawDot(pen, stateOf(dot), satisfactionOf(dot), size));
  if (stamps.size > MOST_STAMPS) stamps.clear();
  stamps.set(key, kept);
  return kept;
}

/** @param {number} size @param {(pen: OffscreenCanvasRenderingContext2D) => void} draw around 0, 0 @returns {Stamp} */
function drawnStamp(size, draw) {
  const side = 2 * Math.ceil(1.3 * size + 1) + 1;
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true }));
  pen.translate(side / 2, side / 2);
  pen.beginPath();
  draw(pen);
  const bytes = pen.getImageData(0, 0, side, side).data;
  return { side, bytes, pixels: new Uint32Array(bytes.buffer) };
}

/** @param {OffscreenCanvasRenderingContext2D} pen @param {number} state @param {number} satisfaction @param {number} size */
function drawDot(pen, state, satisfaction, size) {
  const colour = state === STATE.OURS ? shadeOf(satisfaction) : token(state === STATE.LOST || state === STATE.GONE ? "--orange" : "--middle");
  Object.assign(pen, { fillStyle: colour, strokeStyle: colour, lineWidth: Math.max(1, size * 0.34) });
  if (state === STATE.OURS) shapeOf(satisfaction)(pen, 0, 0, size);
  else if (state === STATE.LOST) disc(pen, 0, 0, size * 0.72);
  else if (state === STATE.GONE) cross(pen, 0, 0, size * 0.8);
  else disc(pen, 0, 0, size * 0.34);
  if (state === STATE.LOST || state === STATE.GONE) pen.stroke();
  else pen.fill();
}

/** @type {number[][]} */
const ORDER = [[STATE.RIVALS, STATE.NONE], [STATE.LOST, STATE.GONE], [STATE.OURS]]; // what lies on top comes last

/** @type {WeakMap<HTMLCanvasElement, ImageData>} */
const pictures = new WeakMap();

/** @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Map2} map */
function drawDots(canvas, pen, frame, map) {
  const kept = pictures.get(canvas);
  const picture = kept?.width === canvas.width && kept.height === canvas.height ? kept : pen.createImageData(canvas.width, canvas.height);
  pictures.set(canvas, picture);
  picture.data.fill(0);
  const pixels = new Uint32Array(picture.data.buffer);
  const ratio = window.devicePixelRatio || 1;
  const size = Math.round(4 * map.size * ratio) / 4;
  for (const states of ORDER) {
    for (let place = 0; place < frame.dots.length; place += 1) {
      const dot = frame.dots[place];
      if (states.includes(stateOf(dot))) press(picture, pixels, stampOf(dot, size), Math.round(map.x(place) * ratio), Math.round(map.y(place) * ratio));
    }
  }
  pen.putImageData(picture, 0, 0);
}

/** Presses a stamp on a picture. @param {ImageData} picture @param {Uint32Array} whole its pixels @param {Stamp} stamp @param {number} x the middle @param {number} y */
function press({ width, height, data }, whole, { side, bytes, pixels }, x, y) {
  const half = side >> 1;
  const [first, end] = [Math.max(0, half - x), Math.min(side, width - x + half)];
  for (let row = Math.max(0, half - y); row < Math.min(side, height - y + half); row += 1) {
    const start = (y - half + row) * width + x - half;
    for (let column = first; column < end; column += 1) {
      const from = row * side + column;
      const cover = bytes[4 * from + 3];
      if (cover === 255) whole[start + column] = pixels[from];
      else if (cover) blend(data, 4 * (start + column), bytes, 4 * from, cover / 255);
    }
  }
}

/** @param {Uint8ClampedArray} data @param {number} to @param {Uint8ClampedArray} bytes @param {number} from @param {number} cover 0 to 1 */
function blend(data, to, bytes, from, cover) {
  const under = (data[to + 3] / 255) * (1 - cover);
  const sum = cover + under;
  for (let i = 0; i < 3; i += 1) data[to + i] = (bytes[from + i] * cover + data[to + i] * under) / sum;
  data[to + 3] = 255 * sum;
}

/** @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Map2} map */
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

/**
 * A short arrow towards who hears it: an open head for praise, a bar for blame, a plain end for "I left".
 * @param {CanvasRenderingContext2D} pen @param {Map2} map @param {import("./frames.js").Word} word
 */
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

/** @param {CanvasRenderingContext2D} pen @param {Map2} map @param {number} place */
export function drawMark(pen, map, place) {
  pen.beginPath();
  disc(pen, map.x(place), map.y(place), map.size + 5);
  pen.strokeStyle = token("--ink");
  pen.lineWidth = 2.5;
  pen.stroke();
}

/** @param {Map2} map @param {Uint8Array} dots @param {number} x @param {number} y @returns {number} the place, -1 where none is near */
function nearest(map, dots, x, y) {
  let [best, least] = [-1, REACH];
  for (let place = 0; place < dots.length; place += 1) {
    if (stateOf(dots[place]) === STATE.EMPTY) continue;
    const distance = Math.hypot(map.x(place) - x, map.y(place) - y);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

/** How many dots are in each state. @param {Uint8Array} dots @returns {number[]} by state */
export function countStates(dots) {
  const counts = [0, 0, 0, 0, 0, 0];
  for (const dot of dots) counts[stateOf(dot)] += 1;
  return counts;
}
