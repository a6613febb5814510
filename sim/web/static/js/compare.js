// Compare: two worlds with the same people and the same luck, side by side, month by month.

import { announce, button, h, put, stillness } from "./dom.js";
import { ChangePanel, openHistory } from "./change.js";
import { liveCharts } from "./charts.js";
import { onLesson, titleOf } from "./current_lesson.js";
import { DotPanel, statsOf } from "./dots.js";
import { Finder } from "./finder.js";
import { legend } from "./dots_legend.js";
import { SIDES } from "./frames.js";
import { t } from "./i18n.js";
import { Lanes } from "./lanes.js";
import { showRefusal } from "./refusal.js";
import { SettingWords } from "./setting_words.js";
import { Timeline } from "./timeline.js";

const MOVE_EVERY = 66; // ms between two steps of what travels
const FLOW = 1000; // ms in which it travels the whole way
const SLOW = 4; // months a second up to which all is drawn in each month, and hand-offs travel within it
const FRAMES_EVERY = 150; // ms between two looks while frames come in
const REST = 20; // ms between two looks at the clock
const LATE = 50; // ms from which a look comes late
const RUSHED = 4; // months between two drawings of the rest where looks come late
const BEHIND = 3; // months that are still shown one by one when looks come late; more are passed over
const QUARTER = 3; // months of a still picture, for those who asked for little motion
const YEAR = 12;

/** The screen. */
class Compare {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.words = new SettingWords();
    this.mark = -1;
    this.month = -1;
    this.dirty = true;
    this.turn = 0; // of the charts and words that take turns
    this.due = 0; // ms of performance.now() at which the next look is wanted
    this.timer = 0;
    this.movedAt = 0;
    this.late = 0; // part of the last looks that came late: then less moves, so that every month is shown
    /** @type {Record<Side, Frame | undefined>} the frames that are drawn */
    this.drawn = { left: undefined, right: undefined };
    this.shown = false;
    onLesson(() => this.#nameWorlds());
    /** @type {[string, string][]} pairs shown before, for undo */
    this.past = [];
    this.names = studio.hello.measures.map((/** @type {{name: string}} */ measure) => measure.name);
    this.seek = (/** @type {number} */ place) => studio.go("explain", { place, at: studio.clock.shown() });
    this.panels = { left: this.#panel(), right: this.#panel() };
    this.titles = { left: h("h2", { tabindex: "-1" }), right: h("h2") };
    this.stats = { left: h("p", { class: "stats" }), right: h("p", { class: "stats" }) };
    this.caption = h("p", { class: "grow" });
    this.ahead = h("p", { class: "soft", text: t("compare.clickDot") });
    this.lanes = new Lanes(studio.hello.departments.map((/** @type {any} */ one) => one.name ?? one), this.names);
    this.charts = liveCharts(studio.store, studio.hello.measures);
    this.timeline = new Timeline(studio);
    this.fork = button(t("compare.forkHere"), () => void this.panel.open(studio.clock.shown(), this.fork), { class: "change-here" });
    this.back = button(t("compare.undo"), () => void this.#undo(), { disabled: true });
    this.panel = new ChangePanel(studio, this.words);
    this.element = h("section", { class: "compare", "aria-label": t("shell.tab.compare") });
    this.#arrange();
    studio.store.watch((kind) => this.#heard(kind));
    new ResizeObserver(() => this.#stir()).observe(this.element);
    document.addEventListener("visibilitychange", () => this.#stir());
  }

  #panel() {
    return new DotPanel(this.seek, (place) => this.#point(place));
  }

  #arrange() {
    const world = (/** @type {Side} */ side) => {
      const badge = h("span", { class: `badge ${side}`, text: t(`compare.letter.${side}`) });
      return h("section", { class: `world ${side}` }, h("header", { class: "row" }, badge, this.titles[side], this.stats[side]), this.panels[side].element);
    };
    const finder = new Finder(() => this.drawn, (place) => this.#point(place), this.seek);
    const life = button(t("compare.oneLife"), () => this.studio.go("explain", { rule: "typical" }), { class: "quiet" });
    put(this.timeline.tools, this.fork, this.back, button(t("compare.history"), () => void openHistory(this.studio, this.words)));
    put(this.element, h("h1", { class: "unseen", text: t("shell.tab.compare") }),
      h("div", { class: "worlds" }, world("left"), this.lanes.element, world("right")),
      h("div", { class: "row legend" }, legend(), this.ahead), h("div", { class: "row legend" }, this.caption, finder.element, life),
      h("div", { class: "charts" }, ...this.charts.map((chart) => chart.element)),
      this.timeline.element, this.panel.element);
  }

  /** @param {"pair" | "frame" | "band" | "clock"} kind */
  #heard(kind) {
    this.dirty = this.dirty || kind !== "frame";
    this.#look(kind === "frame" ? FRAMES_EVERY : 0);
    if (kind === "pair") this.#setPair();
    if (kind === "clock" && !this.studio.clock.state.playing) announce(this.sentence());
  }

  #setPair() {
    const { pair } = this.studio.store;
    if (!pair) return;
    const ids = /** @type {[string, string]} */ (SIDES.map((side) => pair[side].timeline));
    if (String(ids) !== String(this.past.at(-1))) this.past.push(ids);
    this.back.disabled = this.past.length < 2;
    this.#nameWorlds();
    this.lanes.reset();
    if (this.shown) void this.studio.line.ask("band");
  }

  /** What is said of two worlds, at once and not only when the settings are described. */
  #nameWorlds() {
    const { pair } = this.studio.store;
    if (!pair) return;
    for (const side of SIDES) this.titles[side].textContent = titleOf(pair, side, this.words);
    this.caption.textContent = t("compare.dot", { count: pair.weight ?? 1 });
    this.timeline.setPair(pair, (path, value) => this.words.both(path, value));
  }

  async #undo() {
    const [left, right] = this.past.at(-2) ?? [];
    this.past.splice(-2);
    const answer = await this.studio.line.ask("choose", { left, right });
    if (answer.say === "refused") showRefusal(answer);
  }

  /** @param {number} place */
  #point(place) {
    if (place === this.mark) return;
    this.mark = place;
    this.#stir();
  }

  /** @returns {string} what both worlds look like now */
  sentence() {
    const month = this.studio.clock.shown();
    return [t("compare.monthOf", { month, months: this.studio.store.pair?.months ?? 0 }), ...SIDES.map((side) => this.#sentenceOf(side, month))].join(" ");
  }

  /** @param {Side} side @param {number} month */
  #sentenceOf(side, month) {
    return t("compare.worldSentence", { letter: t(`compare.letter.${side}`), title: this.titles[side].textContent, stats: this.#stats(side, month) });
  }

  /** @param {Side} side @param {number} month @returns {string} */
  #stats(side, month) {
    return statsOf(this.studio.store[side].frames[month], this.studio.store.pair?.weight ?? 1);
  }

  show() {
    this.shown = true;
    this.#nameWorlds();
    if (!this.studio.store.pair) void this.studio.line.ask("open");
    else if (!this.studio.store.band) void this.studio.line.ask("band");
    if (!this.words.known.size) void this.panel.load().then(() => this.#setPair());
    this.#stir();
  }

  hide() {
    this.shown = false;
  }

  /** Draws everything again, soon. */
  #stir() {
    this.dirty = true;
    this.#look(0);
  }

  /** Looks at the clock after a while; no picture is asked for in between, since each costs as much as drawing. @param {number} wait ms */
  #look(wait) {
    const due = performance.now() + wait;
    if (!this.shown || (this.timer && this.due <= due)) return;
    window.clearTimeout(this.timer);
    this.due = due;
    this.timer = window.setTimeout(() => this.#tick(), wait);
  }

  /** Draws what changed, and looks again soon while the months go on. */
  #tick() {
    this.timer = 0;
    if (document.hidden) return;
    const { clock } = this.studio;
    const still = stillness();
    const month = this.#next();
    const late = performance.now() - this.due > LATE || (this.#isFast() && month < clock.shown());
    this.late = 0.8 * this.late + 0.2 * Number(late);
    if (this.dirty || month !== this.month || SIDES.some((side) => this.#frames(month)[side] !== this.drawn[side])) this.#draw(month);
    else if (!clock.state.playing) this.timeline.draw(month);
    else if (!still && this.late < 0.5 && clock.state.speed <= SLOW && performance.now() - this.movedAt > MOVE_EVERY) this.#move();
    if (month < clock.shown() && this.#isFast()) requestAnimationFrame(() => this.#look(0)); // each month in a picture of its own
    else if (clock.state.playing && clock.month() < clock.last) this.#look(this.#isFast() ? 1 + (1000 * (1 - (clock.month() % 1))) / clock.state.speed : REST);
  }

  /** @returns {number} the month to draw: that of the clock, or the one after the last where that is a little behind */
  #next() {
    const month = this.studio.clock.shown();
    if (stillness() && this.studio.clock.state.playing) return month - (month % QUARTER);
    const behind = month - this.month;
    return this.#isFast() && behind > 1 && behind <= BEHIND ? this.month + 1 : month;
  }

  /** @returns {boolean} whether months come so fast that only dots, lanes and the timeline are drawn in each of them */
  #isFast() {
    const { playing, speed } = this.studio.clock.state;
    return playing && speed > SLOW && !stillness();
  }

  /** Draws the lanes, with what travels as far as it has come. */
  #move() {
    this.movedAt = performance.now();
    this.lanes.draw(this.drawn, this.studio.clock.state.playing && !stillness() ? (this.movedAt / FLOW) % 1 : 0);
  }

  /** @param {number} month @returns {{left: Frame | undefined, right: Frame | undefined}} */
  #frames(month) {
    const { left, right } = this.studio.store;
    return { left: left.frames[month], right: right.frames[month] };
  }

  /** @param {number} month */
  #draw(month) {
    const { store } = this.studio;
    Object.assign(this, { month, dirty: false, drawn: this.#frames(month) });
    for (const side of SIDES) this.panels[side].draw(this.drawn[side], store[side].positions[month], this.mark);
    this.#move();
    const due = !this.#isFast() || this.late < 0.5 || month % RUSHED === 0; // for what need not be drawn in every month
    this.timeline.draw(month, due);
    this.element.dataset.month = String(month);
    const others = [...this.charts.map((chart) => () => chart.draw(month)), () => this.#write(month)];
    if (!this.#isFast()) for (const draw of others) draw();
    else if (due) others[(this.turn += 1) % others.length]();
  }

  /** Says in words what the month has come to. @param {number} month */
  #write(month) {
    for (const side of SIDES) {
      this.stats[side].textContent = this.#stats(side, month);
      this.panels[side].canvas.setAttribute("aria-label", this.#sentenceOf(side, month));
    }
    this.lanes.describe(this.drawn);
    const { band } = this.studio.store;
    const share = band?.measures.profit_total?.ahead.right[band.months.indexOf(month)];
    this.ahead.textContent = share === undefined ? t("compare.clickDot") : t("compare.ahead", { share, worlds: band.worlds });
  }

  /** @returns {Record<string, (event: KeyboardEvent) => void>} */
  keys() {
    const step = (/** @type {number} */ way) => (/** @type {KeyboardEvent} */ event) => void this.timeline.step(way * (event.shiftKey ? YEAR : 1));
    return { " ": () => void this.timeline.toggle(), ArrowRight: step(1), ArrowLeft: step(-1) };
  }
}

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  const compare = new Compare(studio);
  return { element: compare.element, show: () => compare.show(), hide: () => compare.hide(), keys: compare.keys() };
}
