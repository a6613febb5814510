// Lessons: a list of cards, and one lesson in steps: question, bet, the two worlds, reveal, customer, discussion, verdict.

import { HandCount, betBars } from "./bet.js";
import { currentLesson, onLesson, textOf } from "./current_lesson.js";
import { announce, button, fill, h, put } from "./dom.js";
import { t } from "./i18n.js";
import { claimCard, revealCard, worlds } from "./lesson_cards.js";
import { showRefusal } from "./refusal.js";

const STEPS = ["question", "bet", "watch", "reveal", "customer", "discussion", "verdict"];
const LOOK_EVERY = 150; // ms
const HERE = /^#\/lessons/;
const FEWEST_WORLDS = 4; // pairs before anything is said of what came out

/** The screen, and the strip that goes with a lesson to the other screens. */
class Lessons {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.step = 0;
    /** @type {any} */
    this.result = null;
    /** @type {HandCount | null} */
    this.hands = null;
    this.bets = studio.hello.room?.bets ?? {};
    this.seen = 0; // months up to which stops were shown
    this.element = h("section", { class: "lessons" });
    this.strip = h("aside", { class: "lesson-strip", "aria-label": t("lessons.strip"), hidden: !currentLesson() || HERE.test(location.hash) });
    document.querySelector("main")?.before(this.strip);
    onLesson(() => this.#change());
    studio.line.on("bets", ({ bets }) => this.#takeBets(bets));
    studio.line.on("reveal", (message) => this.#takeResult(message));
    window.setInterval(() => this.#watch(), LOOK_EVERY);
  }

  /** @param {URLSearchParams} params lesson, step */
  show(params) {
    const id = params.get("lesson");
    const step = STEPS.indexOf(params.get("step") ?? "");
    this.strip.hidden = true;
    if (!id) return void this.#list();
    if (currentLesson()?.id !== id) return void this.#open(id, Math.max(0, step));
    if (step >= 0) this.step = step;
    this.#draw();
    this.element.closest("main")?.scrollTo(0, 0);
  }

  hide() {
    this.strip.hidden = !currentLesson();
    this.#drawStrip();
  }

  async #list() {
    fill(this.element, h("h1", { text: t("lessons.title") }), h("p", { class: "lead", role: "status", text: t("lessons.patience") }));
    const answer = await this.studio.line.ask("lessons");
    if (answer.say !== "lessons") return showRefusal(answer);
    const cards = answer.lessons.map((/** @type {any} */ lesson) => {
      const here = h("a", { href: `#/lessons?lesson=${encodeURIComponent(lesson.id)}`, text: textOf(lesson.title) });
      const facts = t("lessons.facts", { world: { key: `lessons.world.${lesson.world}` }, months: lesson.months });
      return h("li", { class: "card" }, h("h2", {}, here), h("p", { text: textOf(lesson.question) }), h("p", { class: "soft small", text: facts }));
    });
    fill(this.element, h("h1", { text: t("lessons.title") }), h("p", { class: "soft", text: t("lessons.lead") }), h("ul", { class: "lesson-list" }, ...cards));
  }

  /** @param {string} id @param {number} step */
  async #open(id, step) {
    fill(this.element, h("p", { class: "lead", role: "status", text: t("lessons.loading") }));
    const answer = await this.studio.line.ask("lesson", { lesson: id });
    if (isRefusal(answer)) {
      showRefusal(answer);
      return void this.#list();
    }
    this.step = step;
    this.#draw();
  }

  /** A lesson began or ended. */
  #change() {
    Object.assign(this, { step: 0, result: null, seen: 0 });
    this.strip.hidden = !currentLesson() || this.element.isConnected;
    if (!currentLesson() && this.element.isConnected) void this.#list();
  }

  /** @param {any} bets */
  #takeBets(bets) {
    this.bets = bets;
    this.hands?.show(bets);
  }

  /** @param {any} message */
  #takeResult({ question, result }) {
    if (question !== this.question) return;
    this.result = result;
    if (STEPS[this.step] === "reveal" && this.element.isConnected) this.#draw();
  }

  get question() {
    return `lesson.${currentLesson()?.id}`;
  }

  /** @param {number} step */
  #go(step) {
    this.studio.go("lessons", { lesson: currentLesson().id, step: STEPS[step] });
  }

  #draw() {
    const lesson = currentLesson();
    if (!lesson) return;
    const name = STEPS[this.step];
    const steps = STEPS.map((step, at) => h("li", {}, h("a", { href: `#/lessons?lesson=${lesson.id}&step=${step}`, "aria-current": at === this.step ? "step" : null, text: t(`lessons.step.${step}`) })));
    const page = h("div", { class: `step ${name}`, tabindex: -1 }, ...this.#page(name, lesson).filter(Boolean));
    const back = this.step > 0 && button(`← ${t(`lessons.step.${STEPS[this.step - 1]}`)}`, () => this.#go(this.step - 1), { class: "quiet" });
    const next = this.step < STEPS.length - 1 && button(`${t(`lessons.step.${STEPS[this.step + 1]}`)} →`, () => this.#go(this.step + 1), { class: `next large${page.querySelector(".primary") ? "" : " primary"}` });
    const all = h("a", { class: "button quiet", href: "#/lessons", text: t("lessons.all") });
    const head = h("header", { class: "row" }, h("h1", { class: "grow", text: textOf(lesson.title) }), all);
    fill(this.element, head, h("nav", { "aria-label": t("lessons.steps") }, h("ol", { class: "steps" }, ...steps)), page, h("footer", { class: "row" }, back || "", next || ""));
    announce(t(`lessons.step.${name}`));
  }

  /** @param {string} name @param {any} lesson @returns {(HTMLElement | false | null)[]} */
  #page(name, lesson) {
    /** @type {Record<string, () => (HTMLElement | false | null)[]>} */
    const pages = {
      question: () => [h("p", { class: "display", text: textOf(lesson.question) }), h("p", { class: "lead", text: textOf(lesson.story) }), worlds(lesson)],
      bet: () => this.#bet(lesson),
      watch: () => this.#plan(lesson),
      reveal: () => this.#reveal(lesson),
      customer: () => this.#customer(lesson),
      discussion: () => [h("ol", { class: "discussion" }, ...lesson.discussion.map((/** @type {any} */ text) => h("li", { class: "lead", text: textOf(text) })))],
      verdict: () => [h("p", { class: "lead", text: t("lessons.verdict.idea", { idea: textOf(lesson.idea) }) }), h("h2", { text: t("lessons.verdict.title") }), ...lesson.claims.map(claimCard), h("p", { class: "soft", text: t("lessons.verdict.note") })],
    };
    return pages[name]();
  }

  /** @param {any} lesson */
  choices(lesson) {
    return lesson.bet.choices.map((/** @type {any} */ { id, text }) => ({ id, text: textOf(text) }));
  }

  /** @param {any} lesson */
  #bet(lesson) {
    this.hands = new HandCount(this.studio, this.question, this.choices(lesson));
    this.hands.show(this.bets);
    const closed = this.bets[this.question]?.revealed;
    return [h("p", { class: "display", text: textOf(lesson.bet.question) }), h("p", { class: "soft", text: t(closed ? "lessons.bet.closed" : "lessons.bet.lead") }), this.hands.element];
  }

  /** Where to stop and what changes, then Compare. @param {any} lesson */
  #plan(lesson) {
    const rows = markers(lesson).map(({ month, text, side }) => {
      const whose = side && h("span", { class: "chip", text: side === "both" ? t("lessons.both") : textOf(lesson[side].name) });
      return put(h("li", {}, h("strong", { text: t("lessons.month", { month }) })), whose, h("span", { text: textOf(text) }));
    });
    const start = button(`▶ ${t("lessons.start")}`, () => this.#start(0), { class: "primary large" });
    return [worlds(lesson), h("ol", { class: "plan" }, ...rows), h("p", {}, start)];
  }

  /** @param {number} month */
  async #start(month) {
    this.seen = month;
    this.studio.go("compare");
    const answer = await this.studio.line.ask("clock", { playing: true, month });
    if (isRefusal(answer)) showRefusal(answer);
  }

  /** Stops the clock where the lesson says so. */
  #watch() {
    const lesson = currentLesson();
    const { clock, line } = this.studio;
    if (!lesson || this.strip.hidden) return;
    const next = markers(lesson).find(({ month, side }) => month > this.seen && !side);
    if (clock.state.playing && next && clock.month() >= next.month) {
      this.seen = next.month;
      void line.ask("clock", { playing: false, month: next.month });
    }
    this.#drawStrip();
  }

  #drawStrip() {
    const lesson = currentLesson();
    if (!lesson) return;
    const month = this.studio.clock.shown();
    const now = markers(lesson).filter((marker) => marker.month <= month).at(-1);
    const told = this.step > STEPS.indexOf("watch");
    const ended = !told && month >= lesson.months;
    const key = `${lesson.id} ${now?.month} ${ended} ${this.step}`;
    if (this.strip.dataset.key === key) return;
    this.strip.dataset.key = key;
    const text = told ? textOf(lesson.title) : ended ? t("lessons.ended") : textOf(now?.text ?? lesson.bet.question);
    const when = now && !ended && !told && h("strong", { text: `${t("lessons.month", { month: now.month })}: ` });
    const further = told || ended;
    const step = Math.min(STEPS.length - 1, told ? this.step + 1 : STEPS.indexOf("reveal"));
    const next = further ? button(`${t(`lessons.step.${STEPS[step]}`)} →`, () => this.#go(step), { class: "primary" }) : button(t("lessons.on"), () => this.studio.line.ask("clock", { playing: true }), { class: "primary" });
    const back = h("a", { class: "button quiet", href: `#/lessons?lesson=${lesson.id}&step=${STEPS[this.step]}`, text: t("lessons.back") });
    fill(this.strip, h("p", { class: "grow lead", role: "status" }, when, text), next, back);
  }

  /** Bet against outcome, then what the worlds gave. @param {any} lesson */
  #reveal(lesson) {
    const answers = this.bets[this.question]?.answers ?? {};
    if (!this.result) {
      const ask = button(t("lessons.reveal.show"), async () => {
        ask.disabled = true;
        const answer = await this.studio.line.ask("reveal", { question: this.question });
        if (isRefusal(answer)) showRefusal(answer);
      }, { class: "primary large" });
      return [h("p", { class: "display", text: textOf(lesson.bet.question) }), h("p", {}, ask)];
    }
    const { worlds: lived, of } = this.result;
    const grows = lived < of && h("p", { class: "row soft", role: "status" }, h("progress", { value: lived, max: of, "aria-hidden": "true" }), t("lessons.reveal.lived", { done: lived, of }));
    if (lived < FEWEST_WORLDS) return [h("h2", { text: textOf(lesson.bet.question) }), betBars(this.choices(lesson), answers, ""), grows, h("p", { class: "lead", text: t("lessons.reveal.few") })];
    const sentences = lesson.reveal.map((/** @type {any} */ row, /** @type {number} */ at) => revealCard(lesson, row, this.result.reveal[at]));
    const tries = lesson.what_if.map((/** @type {any} */ change) => button(`${t("lessons.month", { month: change.month })}: ${textOf(change.text)}`, () => this.#try(change)));
    return [
      h("h2", { text: textOf(lesson.bet.question) }),
      betBars(this.choices(lesson), answers, this.result.answer),
      grows,
      h("div", { class: "columns" }, ...sentences),
      this.result.goes_against && h("p", { class: "card lead", text: t("lessons.reveal.against") }),
      tries.length > 0 && h("section", { class: "stack tries" }, h("h2", { text: t("lessons.reveal.try") }), ...tries),
    ];
  }

  /** @param {any} change */
  async #try({ month, side, settings }) {
    const answer = await this.studio.line.ask("change", { side, month, settings });
    if (isRefusal(answer)) return showRefusal(answer);
    await this.#start(month);
  }

  /** @param {any} lesson */
  #customer({ customer }) {
    const open = button(t("lessons.customer.open"), () => this.studio.go("explain", { rule: customer.rule, side: customer.side }), { class: "primary large" });
    return [h("p", { class: "display", text: textOf(customer.text) }), h("p", {}, open)];
  }
}

/** @param {any} answer @returns {boolean} */
const isRefusal = (answer) => answer.say === "refused" || answer.say === "error";

/** @param {any} lesson @returns {{month: number, text: any, side?: string}[]} stops and changes by month */
const markers = (lesson) => [...lesson.stops, ...lesson.changes].sort((one, two) => one.month - two.month);

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  const screen = new Lessons(studio);
  return { element: screen.element, show: (params) => screen.show(params), hide: () => screen.hide() };
}
