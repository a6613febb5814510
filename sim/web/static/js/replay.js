// A replay without a server: the two worlds of a room as they were shown, month by month, and what a workshop decided.

import { liveCharts } from "./charts.js";
import { button, h, put, stillness } from "./dom.js";
import { DotPanel, statsOf } from "./dots.js";
import { FrameStore, SIDES, parseFrame } from "./frames.js";
import { formatted, number, t, takeWords, wordsOr } from "./i18n.js";
import { SettingWords } from "./setting_words.js";

const PACE = 6; // months per second

/** @param {string} text base64 @returns {ArrayBuffer} */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
}

/** The two worlds with a slider. */
class Replay {
  /** @param {any} kept */
  constructor(kept) {
    this.kept = kept;
    this.store = new FrameStore();
    this.store.takePair(kept.pair);
    for (const frame of kept.frames) this.store.takeFrame(parseFrame(bytesOf(frame)));
    this.panels = SIDES.map(() => new DotPanel(() => {}, () => {}));
    this.heads = SIDES.map(() => h("p", { class: "small" }));
    this.charts = liveCharts(this.store, kept.measures);
    this.slider = h("input", { type: "range", min: 0, max: this.store.last, value: 0, class: "grow", "aria-label": t("compare.month") });
    this.slider.addEventListener("input", () => this.#show(Number(this.slider.value)));
    this.button = button(t("compare.play"), () => this.#press(), { class: "primary" });
    this.words = h("output", {});
    this.playing = false;
  }

  /** @returns {HTMLElement[]} */
  elements() {
    const worlds = SIDES.map((side, at) => h("section", { class: "grow" }, h("h2", { text: `${t(`compare.letter.${side}`)} · ${this.#titleOf(side)}` }), this.heads[at], this.panels[at].element));
    const charts = h("div", { class: "charts" }, ...this.charts.map((chart) => chart.element));
    return [h("div", { class: "row worlds" }, ...worlds), h("div", { class: "row" }, this.button, this.slider, this.words), charts];
  }

  /** @param {Side} side @returns {string} */
  #titleOf(side) {
    const words = new SettingWords();
    const named = (/** @type {any} */ row) => words.both(row.path, row[side]);
    const later = (/** @type {any} */ row) => t("compare.fromMonthOn", { month: row.month, changes: named(row) });
    return this.kept.pair.differences.map((/** @type {any} */ row) => (row.month ? later(row) : named(row))).join(", ");
  }

  #press() {
    this.playing = !this.playing;
    if (this.playing && Number(this.slider.value) >= this.store.last) this.#show(0);
    this.button.textContent = t(this.playing ? "compare.pause" : "compare.play");
    this.from = { month: Number(this.slider.value), at: performance.now() };
    if (this.playing) requestAnimationFrame((now) => this.#step(now));
  }

  /** @param {number} now */
  #step(now) {
    if (!this.playing || !this.from) return;
    const pace = stillness() ? 1 : PACE;
    const month = Math.min(this.store.last, Math.floor(this.from.month + (pace * (now - this.from.at)) / 1000));
    if (month !== Number(this.slider.value)) this.#show(month);
    if (month >= this.store.last) this.#press();
    else requestAnimationFrame((next) => this.#step(next));
  }

  /** @param {number} month */
  #show(month) {
    this.slider.value = String(month);
    this.words.textContent = t("compare.monthOf", { month, months: this.store.last });
    SIDES.forEach((side, at) => {
      const frame = this.store[side].frames[month];
      if (!frame) return;
      this.heads[at].textContent = statsOf(frame, this.kept.pair.weight);
      this.panels[at].draw(frame, this.store[side].positions[month]);
    });
    for (const chart of this.charts) chart.draw(month);
  }

  begin() {
    this.#show(0);
  }
}

const CELLS = /** @type {Record<string, (key: string) => string>} */ ({
  episode: (key) => `workshop.episode.${key}`, department: (key) => `workshop.department.${key}`, value: (key) => `workshop.department.${key}`,
  decision: (key) => (key.startsWith("buy ") ? `phone.shop.${key.slice(4)}.title` : `settings.decisions.${key}.label`),
});

const SHARES = ["customers_kept"]; // columns that are shown in per cent

/** @param {string} head @param {number} cell @returns {string} */
const figure = (head, cell) => (SHARES.includes(head) ? formatted(cell, "percent1") : number(cell, { maximumSignificantDigits: 6 }));

/** @param {string} head @param {any} cell @returns {string} a cell in words, where its column holds keys */
const cellWords = (head, cell) => (typeof cell === "number" ? figure(head, cell) : wordsOr(CELLS[head]?.(cell) ?? "", String(cell ?? "")));

/** @param {string} title @param {string[]} names of columns @param {any[][]} rows @returns {HTMLElement} */
function tableOf(title, names, rows) {
  const head = h("tr", {}, ...names.map((name) => h("th", { scope: "col", text: t(`replay.${name}`) })));
  const body = rows.map((row) => h("tr", {}, ...row.map((cell, i) => h("td", { text: cellWords(names[i], cell) }))));
  return h("section", { class: "card scroll" }, h("h2", { text: title }), h("table", {}, h("thead", {}, head), h("tbody", {}, ...body)));
}

/** @param {any} kept @returns {HTMLElement[]} what the workshop decided and came to */
function workshop(kept) {
  const parts = [];
  if (kept.scores.length) parts.push(tableOf(t("replay.scores"), kept.scores_heads, kept.scores));
  if (kept.decisions.length) parts.push(tableOf(t("replay.decisions"), kept.decisions_heads, kept.decisions));
  return parts;
}

const kept = JSON.parse(document.getElementById("kept")?.textContent ?? "{}");
takeWords(kept.words, kept.language);
document.title = t("replay.title", { code: kept.code });
const replay = kept.pair ? new Replay(kept) : null;
put(document.body, h("main", { class: "page stack" }, h("h1", { text: t("replay.title", { code: kept.code }) }), h("p", { class: "soft", text: t("replay.note", { model: kept.model }) }), ...(replay?.elements() ?? []), ...workshop(kept)));
replay?.begin();
