// The foot of Compare: play, step, speed, and the months with the changes of both worlds marked on them.

import { button, fill, h, put } from "./dom.js";
import { SIDES } from "./frames.js";
import { t } from "./i18n.js";
import { svg } from "./team.js";

const SPEEDS = [1, 2, 4, 6, 10]; // months per second
const YEAR = 12;
const SCRUB_EVERY = 120; // ms between two messages while the slider is dragged

/** @type {Record<string, string>} drawings by stroke, so that no font is needed */
const ICONS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  start: "M5 5h2.6v14H5zM19 5v14l-10-7z",
  back: "M16 5v14L6 12z",
  on: "M8 5v14l10-7z",
};

/** @param {string} name @returns {SVGElement} */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" }, svg("path", { d: ICONS[name], fill: "currentColor" }));
}

/** @param {string} name @param {() => void} press @param {string} [drawing] @returns {HTMLButtonElement} a button with a drawing and a name */
export function iconButton(name, press, drawing = name) {
  const made = button("", press, { "aria-label": t(`compare.${name}`), title: t(`compare.${name}`) });
  return put(made, icon(drawing));
}

/** The foot: it moves the clock of the room. */
export class Timeline {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.play = button("", () => this.toggle(), { class: "primary play" });
    this.slider = h("input", { type: "range", min: 0, step: 1, value: 0, "aria-label": t("compare.month"), on: { input: () => this.#scrub() } });
    this.marks = h("div", { class: "marks", "aria-hidden": "true" });
    this.years = h("div", { class: "years", "aria-hidden": "true" });
    this.words = h("output", { class: "month" });
    this.speed = put(h("select", { "aria-label": t("compare.speed"), on: { change: () => this.move({ speed: Number(this.speed.value) }) } }));
    put(this.speed, ...SPEEDS.map((value) => h("option", { value, text: t("compare.perSecond", { count: value }) })));
    this.tools = h("div", { class: "row tools" });
    /** @type {boolean | undefined} */
    this.playing = undefined;
    this.ready = -1; // months there are, as shown on the slider
    this.later = 0;
    const steps = [iconButton("start", () => this.move({ month: 0, playing: false })), iconButton("back", () => this.step(-1)), this.play, iconButton("on", () => this.step(1))];
    const track = h("div", { class: "track" }, this.marks, this.slider, this.years);
    this.element = h("div", { class: "foot" }, h("div", { class: "row transport" }, ...steps, this.speed), this.words, track, this.tools);
  }

  /** Moves the clock: at once here, and in the room. @param {{playing?: boolean, speed?: number, month?: number}} change */
  move(change) {
    this.studio.clock.guess(change);
    return this.studio.line.ask("clock", change);
  }

  /** Plays or pauses; from the end it begins again. */
  toggle() {
    const { clock, store } = this.studio;
    if (clock.state.playing) return this.move({ playing: false, month: clock.shown() });
    return this.move({ playing: true, ...(clock.shown() >= (store.pair?.months ?? 0) ? { month: 0 } : {}) });
  }

  /** @param {number} months on, or back when negative */
  step(months) {
    const { clock, store } = this.studio;
    const month = Math.max(0, Math.min(store.pair?.months ?? 0, clock.shown() + months));
    return this.move({ playing: false, month });
  }

  #scrub() {
    this.studio.clock.guess({ playing: false, month: Number(this.slider.value) });
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.move({ playing: false, month: Number(this.slider.value) }), SCRUB_EVERY);
  }

  /** Marks the changes of both sides. @param {Pair} pair @param {(path: string, value: any) => string} say */
  setPair(pair, say) {
    this.slider.max = String(pair.months);
    const at = (/** @type {number} */ month) => ({ "--at": month / pair.months });
    const years = Array.from({ length: Math.floor(pair.months / YEAR) + 1 }, (_, year) => year);
    fill(this.years, ...years.map((year) => h("span", { css: at(YEAR * year), text: year ? t("compare.year", { year }) : "" })));
    fill(this.marks, ...SIDES.flatMap((side) => pair[side].changes.filter(({ month }) => month > 0).map((change) => mark(side, change, at(change.month), say))));
  }

  /** @param {number} month @param {boolean} [whole] or only the month in words */
  draw(month, whole = true) {
    const { clock, store } = this.studio;
    const { playing, speed } = clock.state;
    if (this.ready !== clock.last) this.slider.style.setProperty("--ready", String(clock.last / (store.pair?.months || 1)));
    this.ready = clock.last;
    const words = t("compare.monthOf", { month, months: store.pair?.months ?? 0 });
    if (this.words.textContent !== words) this.words.textContent = words;
    if (this.playing !== playing) fill(this.play, icon(playing ? "pause" : "play"), t(playing ? "compare.pause" : "compare.play"));
    this.playing = playing;
    if (document.activeElement !== this.speed) this.speed.value = String(SPEEDS.includes(speed) ? speed : "");
    if (!whole) return;
    if (document.activeElement !== this.slider || playing) this.slider.value = String(month);
    this.slider.setAttribute("aria-valuetext", words);
  }
}

/** @param {Side} side @param {Change} change @param {Record<string, number>} css
 * @param {(path: string, value: any) => string} say */
function mark(side, { settings }, css, say) {
  const text = Object.entries(settings).map(([path, value]) => say(path, value)).join(", ");
  return h("span", { class: `mark ${side}`, css }, h("b", { text: t(`compare.letter.${side}`) }), h("i", { text }));
}
