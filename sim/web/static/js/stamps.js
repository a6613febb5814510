// What a dot looks like: its shade, its shape, and the stamp that is pressed for it, far cheaper than a path for each.

import { token } from "./dom.js";
import { STATE, satisfactionOf, stateOf } from "./frames.js";

/** @typedef {import("./frames.js").Frame} Frame */
/** @typedef {import("./dots.js").Map2} Map2 */

const PLEASED = 0.5; // the measure "satisfied" begins here: from it on a dot is a disc, below it a triangle
const ENDS = [0.2, 0.85]; // satisfaction of the fullest orange and of the fullest blue
const LEVELS = 10; // shades between them
const MOST_STAMPS = 2000; // kept
const SPECK = 0.34; // size of those who never were customers, against a customer's
/** @type {number[]} */
const SMALL = [STATE.RIVALS, STATE.NONE];

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

/** @typedef {{side: number, bytes: Uint8ClampedArray, pixels: Uint32Array}} Stamp a dot as drawn once, to be pressed many times: far cheaper than paths */
/** @type {Map<number, Stamp>} */
const stamps = new Map();

/** @param {number} dot @param {number} size px of the screen @returns {Stamp} */
function stampOf(dot, size) {
  const key = 1024 * size + dot;
  const kept = stamps.get(key) ?? drawnStamp(SMALL.includes(stateOf(dot)) ? SPECK * size : size, (pen) => drawDot(pen, stateOf(dot), satisfactionOf(dot), size));
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
  else disc(pen, 0, 0, size * SPECK);
  if (state === STATE.LOST || state === STATE.GONE) pen.stroke();
  else pen.fill();
}

/** @type {number[][]} */
const ORDER = [SMALL, [STATE.LOST, STATE.GONE], [STATE.OURS]]; // what lies on top comes last

/** @type {WeakMap<HTMLCanvasElement, ImageData>} */
const pictures = new WeakMap();

/** @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {Map2} map */
export function drawDots(canvas, pen, frame, map) {
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
      if (cover === 255 || !whole[start + column]) whole[start + column] = pixels[from];
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
