// Small helpers to build the page: text goes in as text only, never as markup.

/** An element. Props: `class`, `text`, `hidden`, `disabled`, `value`, …; `on` = handlers by event; `data` = dataset;
 * `css` = custom properties or styles by name; `aria-…`, `role` and the rest become attributes.
 * @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Props} [props] @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]} */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) assign(element, name, value);
  return put(element, ...children);
}

/** @param {HTMLElement} element @param {string} name @param {any} value */
function assign(element, name, value) {
  if (value === undefined || value === null) return;
  if (name === "class") element.className = value;
  else if (name === "text") element.textContent = value;
  else if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "css") for (const [rule, size] of Object.entries(value)) element.style.setProperty(rule, String(size));
  else if (typeof value === "boolean" && !name.startsWith("aria-")) element.toggleAttribute(name, value);
  else if (name === "value") /** @type {HTMLInputElement} */ (element).value = String(value);
  else element.setAttribute(name, String(value));
}

/** Appends children; text becomes text nodes. @template {Element} E @param {E} element @param {...Child} children @returns {E} */
export function put(element, ...children) {
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(asNode(child));
  return element;
}

/** @param {Node | string | number | true} child @returns {Node} */
function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/** Replaces the children of an element. @template {Element} E @param {E} element @param {...Child} children @returns {E} */
export function fill(element, ...children) {
  element.replaceChildren();
  return put(element, ...children);
}

/** A button of at least 44 px with words. @param {string} words @param {(event: MouseEvent) => void} press @param {Props} [props] @returns {HTMLButtonElement} */
export function button(words, press, props = {}) {
  return h("button", { type: "button", text: words, on: { click: press }, ...props });
}

/** A field with its label above and a note below. @param {string} words
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control @param {string} [note]
 * @returns {HTMLLabelElement} */
export function field(words, control, note) {
  return h("label", { class: "field" }, h("span", { text: words }), control, note && h("small", { text: note }));
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement} @throws {Error} when nothing matches */
export function $(selector, root = document) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`Nothing on the page matches ${selector}.`);
  return element;
}

const SPOKEN_EVERY = 5000; // ms
let spoken = -SPOKEN_EVERY;
let waiting = 0;

/** Says a line to a screen reader, politely, at most every five seconds; the newest line wins. @param {string} words */
export function announce(words) {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    spoken = performance.now();
    const region = document.getElementById("spoken");
    if (region) region.textContent = words;
  }, Math.max(0, spoken + SPOKEN_EVERY - performance.now()));
}

/** Shows a line at the foot of the screen for some seconds: what was refused, what was done. @param {string} words @param {"note" | "refusal"} [kind] @param {HTMLElement | false} [detail] */
export function toast(words, kind = "note", detail = false) {
  const line = h("p", { class: `toast ${kind}`, role: kind === "refusal" ? "alert" : "status", text: words }, detail);
  document.body.append(line);
  window.setTimeout(() => line.remove(), kind === "refusal" ? 9000 : 5000);
}

const motion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** @returns {boolean} whether the viewer asked for little motion */
export const stillness = () => motion.matches;

/** @type {WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>} */
const pens = new WeakMap();
/** @type {WeakMap<HTMLCanvasElement, {width: number, height: number}>} */
const sizes = new WeakMap();
const sizer = new ResizeObserver((entries) => {
  for (const { target, contentRect: { width, height } } of entries) {
    if (width && height) sizes.set(/** @type {HTMLCanvasElement} */ (target), { width, height });
  }
});

/**
 * A canvas sized for the screen's pixels, not to be seen through, which is cheaper. Returns its 2D context, scaled so that drawing uses CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @returns {{pen: CanvasRenderingContext2D, width: number, height: number}}
 */
export function penOf(canvas) {
  if (!sizes.has(canvas)) sizer.observe(canvas);
  const { width, height } = sizes.get(canvas) ?? { width: canvas.clientWidth, height: canvas.clientHeight };
  const ratio = window.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  const pen = pens.get(canvas) ?? /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  pens.set(canvas, pen);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { pen, width, height };
}

/** Fills a canvas with a colour. @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {string} colour a token */
export function wipe(pen, width, height, colour) {
  pen.fillStyle = token(colour);
  pen.fillRect(0, 0, width, height);
}

/** @type {Map<string, string>} */
const tokens = new Map();

/** A colour or other token of the style sheet, such as `token("--ink")`. @param {string} name @returns {string} */
export function token(name) {
  const kept = tokens.get(name) ?? getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  tokens.set(name, kept);
  return kept;
}
