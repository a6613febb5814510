// Explain: one customer's life as a swim lane in both worlds, step by step, and how many lives look like it.

import { onLesson, worldName } from "./current_lesson.js";
import { announce, button, fill, h, put, toast } from "./dom.js";
import { SIDES } from "./frames.js";
import { knows, t } from "./i18n.js";
import { happenings, plainSentence, sentenceOf, signOf } from "./life_events.js";
import { detailOf, reasonOf } from "./refusal.js";
import { alikeParts, changeChip, openLives } from "./life_table.js";
import { SettingWords } from "./setting_words.js";
import { SwimLane, icon } from "./swimlane.js";

const RULES = ["typical", "silent", "saved"];
const WORDS = new SettingWords(); // without a table of settings
const YEAR = 12; // months
const GRADES = 20; // steps of the scale of satisfaction
const MONTH_WIDTH = 13; // px that a month needs; where there is less room, fewer months are shown

const NOBODY = { satisfaction: [], supplier: [] }; // where the person never was

/** The screen. */
class Explain {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    /** @type {any} */
    this.life = null;
    /** @type {["life" | "pick", Record<string, any>] | null} */
    this.waiting = null; // what was asked before there were worlds
    /** @type {Record<Side, Happening[]>} */
    this.events = { left: [], right: [] };
    /** @type {Partial<Record<Side, SwimLane>>} */
    this.lanes = {};
    /** @type {Side} */
    this.side = "left";
    this.index = -1;
    this.from = 1;
    this.title = h("h1");
    this.picks = RULES.map((rule) => button(t(`explain.pick.${rule}`), () => this.ask("pick", { rule, side: "left" }), { data: { rule }, "aria-pressed": "false" }));
    this.number = h("input", { type: "number", min: 0, class: "place", inputmode: "numeric", "aria-label": t("explain.number"), on: { change: () => this.#choose() } });
    const table = button(t("explain.table"), () => openLives(this.title.textContent ?? "", SIDES.map((side) => ({ name: worldName(studio, side, WORDS), events: this.events[side] }))), { class: "quiet" });
    this.steps = h("div", { class: "row steps" }, button("◀", () => this.move(-1), { "aria-label": t("explain.before") }), button("▶", () => this.move(1), { "aria-label": t("explain.next") }));
    const head = h("header", { class: "row" }, this.title, h("div", { class: "row picks" }, ...this.picks), this.number, this.steps, table);
    this.pictures = { left: h("div", { class: "picture" }), right: h("div", { class: "picture" }) };
    this.cards = { left: this.#card("left"), right: this.#card("right") };
    this.figure = h("div", { class: "lives", role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0, on: { keydown: (/** @type {KeyboardEvent} */ event) => this.#press(event) } });
    put(this.figure, this.pictures.left, this.pictures.right);
    this.alike = h("section", { class: "alike" });
    this.legend = h("ul", { class: "signs", "aria-label": t("explain.legend") });
    this.rule = h("p", { class: "soft rule" });
    this.body = h("div", { class: "life-body" }, this.figure, h("div", { class: "cards" }, this.cards.left, this.cards.right));
    this.element = h("section", { class: "explain" }, head, this.body, this.alike, this.rule, this.legend);
    studio.line.on("pair", () => this.#again());
    onLesson(() => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(this.figure);
  }

  /** @param {Side} side */
  #card(side) {
    return h("section", { class: `card now ${side}`, tabindex: 0, "aria-label": worldName(this.studio, side, WORDS) });
  }

  /** @param {URLSearchParams} params place and at, or rule */
  show(params) {
    const [place, rule] = [params.get("place"), params.get("rule")];
    if (place !== null) void this.ask("life", { place: Number(place), at: Number(params.get("at") ?? 0) });
    else if (rule || !this.life) void this.ask("pick", { rule: rule ?? RULES[0], side: params.get("side") ?? "left" });
  }

  #choose() {
    const place = Math.min(Math.max(0, Math.round(Number(this.number.value))), (this.studio.hello.places ?? Infinity) - 1);
    void this.ask("life", { place, at: Math.max(0, this.month) });
  }

  /** Asks for a life and shows it. @param {"life" | "pick"} name @param {Record<string, any>} fields */
  async ask(name, fields) {
    this.element.setAttribute("aria-busy", "true");
    const answer = await this.studio.line.ask(name, fields);
    this.element.removeAttribute("aria-busy");
    this.waiting = answer.why === "no_pair" ? [name, fields] : null;
    if (answer.say === "life") this.take(answer.life, fields.rule);
    else this.#refused(answer);
  }

  /** Worlds were opened or changed: asks again for what is shown, or for what was refused while there were none. */
  #again() {
    if (this.waiting) void this.ask(...this.waiting);
    else if (this.life && this.element.isConnected) void this.ask("life", { place: this.life.place, at: this.month });
  }

  /** @param {any} answer */
  #refused(answer) {
    const reason = answer.why ?? answer.key;
    const known = `explain.refused.${reason}`;
    if (reason === "no_pair") this.title.textContent = t(known);
    else toast(knows(known) ? t(known) : reasonOf(answer), "refusal", detailOf(answer));
  }

  /** @param {any} life @param {string} [rule] */
  take(life, rule) {
    this.life = life;
    for (const side of SIDES) this.events[side] = happenings(life.sides[side]?.events ?? [], life.firm);
    for (const pick of this.picks) pick.setAttribute("aria-pressed", String(pick.dataset.rule === (rule ?? life.rule)));
    this.title.textContent = t("explain.title", { place: String(life.place) });
    this.number.value = String(life.place);
    this.rule.textContent = rule ? t(`explain.rule.${rule}`) : "";
    this.#legend();
    fill(this.alike, ...alikeParts(life));
    const side = SIDES.find((one) => one === life.side) ?? SIDES.find((one) => this.#loud(one).length) ?? "left";
    [this.side, this.index] = [side, this.#nearest(side, rule ? 0 : life.at)];
    this.#draw();
  }

  get firm() {
    return this.life?.firm ?? "";
  }

  get months() {
    return this.life?.months ?? 0;
  }

  get month() {
    return this.events[this.side][this.index]?.month ?? 0;
  }

  /** Satisfaction from low to high that both worlds share, in round steps. */
  #scale() {
    const known = SIDES.flatMap((side) => this.life.sides[side]?.satisfaction ?? []).filter(Number.isFinite);
    return known.length ? [Math.floor(GRADES * Math.min(...known)) / GRADES, Math.ceil(GRADES * Math.max(...known)) / GRADES] : [0, 1];
  }

  #draw() {
    const width = this.pictures.left.clientWidth;
    if (!this.life || !width) return;
    const room = Math.min(this.months, Math.max(YEAR, Math.floor((width - 90) / MONTH_WIDTH)));
    if (this.month < this.from || this.month > this.from + room - 1) this.from = Math.max(1, Math.min(this.month - 1, this.months - room + 1));
    const [low, high] = this.#scale();
    const span = { from: this.from, to: this.from + room - 1, low, high: Math.max(high, low + 0.1) };
    const stops = this.studio.hello.departments.map((/** @type {any} */ one) => one.name ?? one);
    const lanes = ["customer", ...stops];
    for (const side of SIDES) {
      const pick = (/** @type {number} */ index) => this.select(side, index);
      this.lanes[side] = new SwimLane(this.life.sides[side] ?? NOBODY, this.events[side], { lanes, firm: this.firm, span, width, axis: side === "right", pick });
      fill(this.pictures[side], h("h2", { class: side }, h("span", { class: "swatch" }), worldName(this.studio, side, WORDS), h("span", { class: "end", text: this.#end(side) })), this.lanes[side]?.element);
      this.pictures[side].className = `picture ${side}`;
    }
    this.room = room;
    this.select(this.side, this.index);
  }

  /** Goes to an event. @param {Side} side @param {number} index */
  select(side, index) {
    [this.side, this.index] = [side, index];
    const event = this.events[side][index];
    if (!event) return;
    if (event.month < this.from || event.month > this.from + (this.room ?? 0) - 1) return this.#draw();
    for (const each of SIDES) {
      this.lanes[each]?.point(event.month, each === side ? event : null);
      this.#now(each);
    }
    const words = t("explain.at", { month: event.month, world: worldName(this.studio, side, WORDS), sentence: sentenceOf(event) });
    const loud = this.#loud(side);
    const values = { label: t("explain.slider"), valuemax: loud.length, valuemin: 1, valuenow: loud.indexOf(index) + 1, valuetext: words };
    for (const [name, value] of Object.entries(values)) this.figure.setAttribute(`aria-${name}`, String(value));
    if (document.activeElement !== this.figure) announce(words);
  }

  /** @param {Side} side @returns {number[]} places of the events that matter */
  #loud(side) {
    return this.events[side].flatMap((event, index) => (event.routine ? [] : [index]));
  }

  /** Goes some events on or back in this world. @param {number} by */
  move(by) {
    const loud = this.#loud(this.side);
    const at = loud.indexOf(this.index);
    this.select(this.side, loud[Math.max(0, Math.min(loud.length - 1, at + by))]);
  }

  /** @param {Side} side @param {number} month @returns {number} place of the event nearest to a month; 0 for none */
  #nearest(side, month) {
    const away = (/** @type {number} */ index) => Math.abs(this.events[side][index].month - month);
    return this.#loud(side).reduce((best, index) => (away(index) < away(best) ? index : best), this.#loud(side)[0] ?? 0);
  }

  /** Goes to the event nearest to a month. @param {Side} side @param {number} month */
  moveTo(side, month) {
    this.select(side, this.#nearest(side, month));
  }

  /** @type {Record<string, () => void>} */
  keys = {
    ArrowLeft: () => this.move(-1),
    ArrowRight: () => this.move(1),
    ArrowUp: () => this.moveTo("left", this.month),
    ArrowDown: () => this.moveTo("right", this.month),
    PageUp: () => this.moveTo(this.side, this.month - YEAR),
    PageDown: () => this.moveTo(this.side, this.month + YEAR),
    Home: () => this.move(-Infinity),
    End: () => this.move(Infinity),
  };

  /** @param {KeyboardEvent} event on the pictures, also where single keys are switched off */
  #press(event) {
    const action = this.keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** What happens in this month in a world. @param {Side} side */
  #now(side) {
    const here = this.events[side].filter(({ month }) => month === this.month);
    const rows = here.filter(({ routine }) => !routine).map((event) => this.#row(event, side));
    const every = [...new Set(here.filter(({ routine }) => routine).map(sentenceOf))];
    const none = h("p", { class: "soft", text: t("explain.nothing") });
    const head = h("h3", { text: t("explain.month", { month: this.month }) }, h("span", { class: "swatch" }));
    fill(this.cards[side], head, rows.length ? h("ol", {}, ...rows) : none);
    if (every.length) put(this.cards[side], h("p", { class: "soft small", text: t("explain.routine", { list: every.join(" · ") }) }));
  }

  /** @param {Happening} event @param {Side} side */
  #row(event, side) {
    const here = side === this.side && event === this.events[side][this.index];
    const row = h("li", { "aria-current": here ? "step" : null }, icon(event.word), h("span", { text: sentenceOf(event) }));
    return put(row, changeChip(event));
  }

  /** How it ended with the firm. @param {Side} side */
  #end(side) {
    const life = this.life.sides[side];
    if (!life?.satisfaction.some(Number.isFinite)) return t("explain.end.never");
    if (!life.end) return t("explain.end.stays", { month: this.months });
    return t("explain.end.gone", { month: life.end.month, how: plainSentence(happenings([life.end], this.firm)[0]) });
  }

  #legend() {
    const words = new Set(SIDES.flatMap((side) => this.events[side].filter(({ routine }) => !routine).map(({ word }) => word)));
    const sorted = [...words].sort((one, two) => signOf(two).weight - signOf(one).weight);
    fill(this.legend, ...sorted.map((word) => h("li", {}, icon(word), t(`explain.sign.${word}`))));
  }
}

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  const screen = new Explain(studio);
  return { element: screen.element, show: (params) => screen.show(params), keys: screen.keys };
}
