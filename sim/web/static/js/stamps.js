// What a dot looks like: its shade, its shape, and the stamp that is pressed for it, far cheaper than a path for each.

import { token } from "./dom.js";
import { STATE, satisfactionOf, stateOf } from "./frames.js";

const PLEASED = 0.5; // the measure "satisfied" begins here: from it on a dot is a disc, below it a triangle
const ENDS = [0.2, 0.85]; // satisfaction of the fullest orange and of the fullest blue
const LEVELS = 10; // shades between them
const MOST_STAMPS = 2000; // kept
const SPECK = 0.34; // size of those who never were customers, against a customer's
/** @type {number[]} */
const SMALL = [STATE.RIVALS, STATE.NONE];
const [OPAQUE, OUTER, GREEN, PAPER] = [0xff000000, 0xff00ff, 0xff00, 0xffffffff]; // parts of a pixel; PAPER is `--surface`

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

/** @type {Map<string, Stamp>} */
const stamps = new Map();

/** @param {number} dot @param {number} size px of the screen @param {number} across px of a row @returns {Stamp} */
function stampOf(dot, size, across) {
  const key = `${dot} ${size} ${across}`;
  const kept = stamps.get(key) ?? drawnStamp(dot, size, across);
  if (stamps.size > MOST_STAMPS) stamps.clear();
  stamps.set(key, kept);
  return kept;
}

/** @param {number} dot @param {number} size @param {number} across @returns {Stamp} */
function drawnStamp(dot, size, across) {
  const half = reach(isSmall(dot) ? SPECK * size : size);
  const side = 2 * half + 1;
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true }));
  pen.translate(side / 2, side / 2);
  pen.beginPath();
  drawDot(pen, stateOf(dot), satisfactionOf(dot), size);
  const { data } = pen.getImageData(0, 0, side, side);
  const inked = Array.from({ length: side * side }, (_, at) => at).filter((at) => data[4 * at + 3]);
  return {
    steps: Int32Array.from(inked, (at) => (Math.floor(at / side) - half) * across + (at % side) - half),
    colours: Uint32Array.from(inked, (at) => OPAQUE + (data[4 * at + 2] << 16) + (data[4 * at + 1] << 8) + data[4 * at]),
    covers: Uint16Array.from(inked, (at) => Math.round((data[4 * at + 3] * 256) / 255)),
  };
}

/** @param {number} size @returns {number} px from the middle of a stamp to its edge */
const reach = (size) => Math.ceil(1.3 * size + 1);

/** @param {number} dot @returns {boolean} */
const isSmall = (dot) => SMALL.includes(stateOf(dot));

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

/** Order in which states are drawn: what lies on top comes last. */
const LAYERS = [SMALL, [STATE.LOST, STATE.GONE], [STATE.OURS]].map((states) => Uint8Array.from({ length: 8 }, (_, state) => Number(states.includes(state))));

/** @type {WeakMap<HTMLCanvasElement, DotPicture>} */
const pictures = new WeakMap();

/** @param {HTMLCanvasElement} canvas @param {number} edge px @returns {DotPicture} an empty one of its size */
function pictureOf(canvas, edge) {
  const [width, height] = [canvas.width + 2 * edge, canvas.height + 2 * edge];
  let picture = pictures.get(canvas);
  if (picture?.image.width !== width || picture.image.height !== height) {
    const image = new ImageData(width, height);
    picture = { image, pixels: new Uint32Array(image.data.buffer), edge };
    pictures.set(canvas, picture);
  }
  picture.pixels.fill(PAPER);
  return picture;
}

/** Draws all dots on white. @param {HTMLCanvasElement} canvas @param {CanvasRenderingContext2D} pen @param {Frame} frame @param {PlaceMap} map */
export function drawDots(canvas, pen, frame, map) {
  const ratio = window.devicePixelRatio || 1;
  const size = Math.round(4 * map.size * ratio) / 4;
  const { image, pixels, edge } = pictureOf(canvas, reach(size));
  /** @type {Stamp[]} */
  const looks = [];
  for (const layer of LAYERS) {
    for (let place = 0; place < frame.dots.length; place += 1) {
      const dot = frame.dots[place];
      if (!layer[stateOf(dot)]) continue;
      const [x, y] = [Math.round(map.x(place) * ratio) + edge, Math.round(map.y(place) * ratio) + edge];
      if (x < edge || y < edge || x >= image.width - edge || y >= image.height - edge) continue;
      press(pixels, (looks[dot] ??= stampOf(dot, size, image.width)), y * image.width + x);
    }
  }
  pen.putImageData(image, -edge, -edge);
}

/** @param {Uint32Array} pixels @param {Stamp} stamp @param {number} middle place of its middle among the pixels */
function press(pixels, { steps, colours, covers }, middle) {
  for (let i = 0; i < steps.length; i += 1) {
    const at = middle + steps[i];
    pixels[at] = covers[i] === 256 ? colours[i] : blended(pixels[at], colours[i], covers[i]);
  }
}

/** @param {number} under @param {number} over pixels without gaps @param {number} cover of 256 @returns {number} */
function blended(under, over, cover) {
  const outer = Math.imul(under & OUTER, 256 - cover) + Math.imul(over & OUTER, cover);
  const green = Math.imul(under & GREEN, 256 - cover) + Math.imul(over & GREEN, cover);
  return (OPAQUE | ((outer >>> 8) & OUTER) | ((green >>> 8) & GREEN)) >>> 0;
}
