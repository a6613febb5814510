// Play: the sixty seconds. One customer, a bet, the hand-offs, the other firm, how many like her, a bet, five years, one sentence.

import { announce, button, fill, h, put, stillness } from "./dom.js";
import { DeskWalk } from "./desk_walk.js";
import { headedPanel, legend } from "./dots_legend.js";
import { SIDES } from "./frames.js";
import { t } from "./i18n.js";
import { lastWords } from "./last_words.js";
import { alikeWords, apartWords, otherOf, replyTo, waitingWords } from "./opening_words.js";
import { shadeOf } from "./stamps.js";

/** @typedef {{from: number, draw: (stage: Opening) => void, each?: (stage: Opening, gone: number, length: number) => void}} Scene seconds since Play */

const LENGTH = 62; // s, untouched
const ZOOM = 9; // how near the first dot is
const REST = 25; // ms between two pictures
const SECOND = 1000; // ms between two looks at what is still to come
const FLIGHT = 5; // s from there to everybody
/** @type {Scene[]} */
const SCENES = [
  { from: 0, draw: (stage) => stage.one() },
  { from: 5, draw: (stage) => stage.bet(0) },
  { from: 10, draw: (stage) => stage.carry(stage.script.first), each: (stage, gone) => stage.walk(gone) },
  { from: 20, draw: (stage) => stage.carry(otherOf(stage.script.first)), each: (stage, gone) => stage.walk(gone) },
  { from: 28, draw: (stage) => stage.zoomOut(), each: (stage, gone) => stage.zoom(gone) },
  { from: 40, draw: (stage) => stage.bet(1) },
  { from: 45, draw: (stage) => stage.years(), each: (stage, gone, length) => stage.showMonth(Math.floor(Math.min(1, gone / (length - 2)) * stage.script.months)) },
  { from: 57, draw: (stage) => stage.end() },
];

/** The sixty seconds on their stage. */
class Opening {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    /** @type {any} what the server computed: every number that is said */
    this.script = undefined;
    /** @type {Record<string, string>} */
    this.said = {};
    this.scale = 0;
    this.scene = -1;
    this.shown = -1;
    this.gone = 0;
    this.running = false;
    this.words = h("div", { class: "words" });
    this.stage = h("div", { class: "stage" });
    this.bar = h("progress", { max: LENGTH, value: 0, "aria-label": t("opening.progress") });
    this.pauseButton = button("", () => this.toggle());
    this.controls = h("div", { class: "row controls", hidden: true }, this.bar, this.pauseButton, button(t("opening.next"), () => this.next()), button(t("opening.skip"), () => this.skip()));
    this.element = h("section", { class: "opening", "aria-label": t("shell.tab.play") }, this.words, this.stage, this.controls);
    this.customers = studio.hello.measures.findIndex((/** @type {any} */ one) => one.name === "customers");
    this.panels = { left: headedPanel(studio, "left"), right: headedPanel(studio, "right") };
  }

  /** The screen before Play: one button. */
  async show() {
    if (this.scene >= 0) return void (this.gone < LENGTH && this.#run(true));
    const play = button(t("opening.play"), () => this.start(), { class: "primary large", disabled: true });
    const [about, waiting] = [h("p", { class: "lead soft", text: t("opening.about") }), h("p", { class: "lead" })];
    this.say("title", {}, about, play, waiting);
    await this.#load(waiting);
    waiting.remove();
    about.textContent = `${apartWords(this.script.decisions)} ${about.textContent}`.trim();
    play.disabled = false;
    play.focus();
  }

  /** Asks for the worlds and the script, and says meanwhile what is being done. @param {HTMLElement} note */
  async #load(note) {
    const { line, store } = this.studio;
    const begun = performance.now();
    announce(waitingWords(store, 0));
    const look = window.setInterval(() => (note.textContent = waitingWords(store, (performance.now() - begun) / 1000)), SECOND);
    if (!store.pair) await line.ask("open");
    line.on("opening", (message) => {
      this.script = message.opening;
      if (this.scene === SCENES.length - 1) this.conclude();
    });
    await line.ask("opening");
    window.clearInterval(look);
  }

  start() {
    Object.assign(this, { scene: -1, gone: 0, said: {} });
    this.controls.hidden = false;
    this.#run(true);
  }

  toggle() {
    if (this.script && this.scene < 0) this.start();
    else if (this.gone < LENGTH) this.#run(!this.running);
  }

  /** @param {boolean} running */
  #run(running) {
    const already = this.running;
    this.running = running;
    this.before = performance.now();
    this.pauseButton.textContent = t(running ? "compare.pause" : "opening.goOn");
    if (running && !already) this.#tick();
  }

  /** Time passes only while the tab is seen. */
  #tick() {
    if (!this.running) return;
    const now = performance.now();
    if (!document.hidden) this.gone += Math.min(0.25, (now - (this.before ?? now)) / 1000);
    this.before = now;
    this.#draw();
    if (this.gone >= LENGTH) this.#run(false);
    window.setTimeout(() => requestAnimationFrame(() => this.#tick()), REST);
  }

  #draw() {
    this.bar.value = this.gone;
    const scene = SCENES.findLastIndex(({ from }) => from <= this.gone);
    if (scene !== this.scene) SCENES[(this.scene = scene)].draw(this);
    const { from, each } = SCENES[scene];
    each?.(this, this.gone - from, (SCENES[scene + 1]?.from ?? LENGTH) - from);
  }

  next() {
    this.gone = SCENES[this.scene + 1]?.from ?? LENGTH;
    this.#draw();
  }

  skip() {
    this.gone = LENGTH;
    this.#draw();
    this.#run(false);
  }

  /** A headline and what stands below it. @param {string} key @param {any} numbers @param {...Node} below */
  say(key, numbers, ...below) {
    const line = h("h1", { class: "display", text: t(`opening.${key}`, numbers) });
    fill(this.words, line, ...below);
    announce(line.textContent ?? "");
  }

  /** @param {Side} side @returns {string} the name of the firm's policy */
  name(side) {
    return t(`compare.value.policy.${this.script.names[side]}`);
  }

  one() {
    const found = this.script.customer?.cases[this.script.first];
    this.say(found ? "one" : "nobody", { count: found?.needed.length ?? 0 });
    fill(this.stage, h("div", { class: "lone", css: { background: shadeOf(found?.before ?? 0) } }));
  }

  /** @param {number} number of the bet in the script */
  bet(number) {
    const bet = this.script.bets.at(number ? -1 : 0);
    const [area, name] = bet.question.split(".");
    const answers = bet.answers.map((/** @type {string} */ answer) => {
      const words = SIDES.some((side) => side === answer) ? `${t(`compare.letter.${answer}`)} · ${this.name(/** @type {Side} */ (answer))}` : t(`opening.answer.${answer}`);
      return button(words.startsWith("opening.") ? answer : words, () => this.#answer(bet.question, answer), { class: "large" });
    });
    this.say(`bet.${name}`, { months: this.script.months, years: this.script.months / 12 }, h("p", { class: "lead soft", text: t("opening.place") }));
    fill(this.stage, put(h("div", { class: "row answers", role: "group", "aria-label": t(`${area}.bet.${name}`) }), ...answers));
  }

  /** @param {string} question @param {string} answer */
  #answer(question, answer) {
    this.said[question] = answer;
    void this.studio.line.ask("bet", { question, answer });
    this.next();
    if (!this.running) this.#run(true);
  }

  /** The same case at one of the firms. @param {Side} side */
  carry(side) {
    const { customer, first } = this.script;
    this.desks = undefined;
    if (!customer?.cases[side]) return this.say("noCase", { name: this.name(side) });
    this.desks = new DeskWalk(customer.cases[side], customer.cases[first].stops, customer.figures[side]);
    this.say("at", { name: this.name(side) }, this.desks.note);
    fill(this.stage, h("div", { class: `desks ${side}` }, ...this.desks.desks, this.desks.dot));
    this.walk(0);
  }

  /** @param {number} gone seconds of the scene */
  walk(gone) {
    this.desks?.walk(gone, replyTo(this.script.bets, this.said, "opening.handoffs"));
  }

  /** Both worlds, with her place marked. */
  zoomOut() {
    const [key, numbers, line] = alikeWords(this.script, (side) => this.name(side));
    this.say(key, numbers, h("p", { class: "lead", text: line }));
    this.#twoPanels();
  }

  /** From near her to everybody. @param {number} gone seconds of the scene */
  zoom(gone) {
    const { customer } = this.script;
    const way = stillness() ? 1 : Math.min(1, gone / FLIGHT);
    const scale = 1 + (ZOOM - 1) * (1 - way) ** 2;
    if (this.scale !== scale || gone < 0.1) this.showMonth(customer?.month ?? 0, customer?.place ?? -1, scale);
    this.scale = scale;
  }

  #twoPanels() {
    for (const side of SIDES) this.panels[side].element.querySelector(".grow")?.replaceChildren(this.name(side));
    fill(this.stage, h("div", { class: "pair" }, this.panels.left.element, this.panels.right.element));
  }

  years() {
    this.say(this.said["opening.profit"] ? "yearsAfterBet" : "years", { years: this.script.months / 12 }, h("div", { class: "legend" }, legend()));
    this.#twoPanels();
  }

  /** @param {number} month @param {number} [mark] place to ring @param {number} [scale] how near */
  showMonth(month, mark = -1, scale = 1) {
    const still = stillness() ? month - (month % 12) : month;
    if (this.shown === still && mark < 0 && this.stage.contains(this.panels.left.element)) return;
    this.shown = still;
    for (const side of SIDES) {
      const frame = this.studio.store[side].frames[still];
      this.panels[side].draw(frame, this.studio.store[side].positions[still], mark, scale);
      const output = this.panels[side].element.querySelector("output");
      if (output && frame) output.textContent = t("opening.month", { month: still, customers: frame.measures[this.customers] });
      this.panels[side].canvas.setAttribute("aria-label", `${this.name(side)}: ${output?.textContent ?? ""}`);
    }
  }

  /** The last words, again as more worlds were run. */
  conclude() {
    const { key, numbers, lines } = lastWords(this.script, this.said, (side) => this.name(side), replyTo(this.script.bets, this.said, "opening.profit"));
    this.say(key, numbers, ...lines.map((text) => h("p", { class: "lead last", text })));
  }

  end() {
    this.conclude();
    fill(this.stage, h("div", { class: "row answers" }, button(t("opening.toCompare"), () => this.studio.go("compare"), { class: "primary large" }), button(t("opening.toLife"), () => this.studio.go("explain", { place: this.script.customer?.place ?? 0 }), { class: "large" }), button(t("opening.again_"), () => this.start(), { class: "large" })));
    this.controls.hidden = true;
  }
}

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  const opening = new Opening(studio);
  const keys = { " ": () => opening.toggle(), ArrowRight: () => opening.scene >= 0 && opening.next(), Escape: () => opening.scene >= 0 && opening.skip() };
  return { element: opening.element, show: () => void opening.show(), hide: () => (opening.running = false), keys };
}
