// A bet of the room: hands that the trainer counts, bets that come from phones, and bars of all of them at the reveal.

import { textOf } from "./current_lesson.js";
import { button, fill, h, put } from "./dom.js";
import { formatted, t, wordsOr } from "./i18n.js";
import { betWords } from "./team.js";

const MOST_HANDS = 999;
/** @typedef {{id: string, text: string}} Choice */

/** Hands for each answer, sent as they are counted. */
export class HandCount {
  /** @param {Studio} studio @param {string} question id of the bet @param {Choice[]} choices */
  constructor(studio, question, choices) {
    Object.assign(this, { studio, question });
    this.studio = studio;
    this.question = question;
    this.phones = h("p", { class: "soft", "aria-live": "polite" });
    this.element = h("div", { class: "stack hands" }, ...choices.map((choice) => this.#row(choice)), this.phones);
    this.show(studio.hello.room?.bets ?? {});
  }

  /** @param {Choice} choice */
  #row({ id, text }) {
    const label = t("lessons.bet.hands", { answer: text });
    const count = h("input", { type: "number", min: 0, max: MOST_HANDS, value: this.#kept(id), inputmode: "numeric", "aria-label": label });
    const put = (/** @type {number} */ hands) => {
      count.value = String(Math.max(0, Math.min(MOST_HANDS, Math.round(hands) || 0)));
      sessionStorage.setItem(this.#name(id), count.value);
      void this.studio.line.ask("bet", { question: this.question, answer: id, count: Number(count.value) });
    };
    count.addEventListener("change", () => put(Number(count.value)));
    const less = button("−", () => put(Number(count.value) - 1), { "aria-label": t("lessons.bet.less", { answer: text }) });
    const more = button("+", () => put(Number(count.value) + 1), { "aria-label": t("lessons.bet.more", { answer: text }) });
    return h("div", { class: "card hand" }, h("span", { class: "lead", text }), less, count, more);
  }

  /** @param {string} id */
  #name = (id) => `${this.question} ${id}`;

  /** @param {string} id @returns {number} */
  #kept = (id) => Number(sessionStorage.getItem(this.#name(id)) ?? 0);

  /** How many have bet, and whether one still can. @param {Record<string, any>} bets */
  show(bets) {
    const { count = 0, revealed = false } = bets[this.question] ?? {};
    for (const control of this.element.querySelectorAll("button, input")) control.toggleAttribute("disabled", revealed);
    this.phones.textContent = count ? t("lessons.bet.count", { count }) : "";
  }
}

/** What the room bet against what happened: a bar for each answer. @param {Choice[]} choices
 * @param {Record<string, number>} answers hands by answer @param {string} right the answer that happened
 * @returns {HTMLElement} */
export function betBars(choices, answers, right) {
  const most = Math.max(1, ...Object.values(answers));
  const list = h("ul", { class: "bars", "aria-label": t("lessons.bet.result") });
  return fill(list, ...choices.map(({ id, text }) => {
    const bar = h("span", { class: "bar", "aria-hidden": "true", css: { "--share": (answers[id] ?? 0) / most } });
    const row = h("li", { class: id === right ? "happened" : "" }, h("span", { text }), bar, h("strong", { text: formatted(answers[id] ?? 0, "whole") }));
    return put(row, id === right && h("span", { class: "chip", text: `✓ ${t("lessons.bet.happened")}` }));
  }));
}

/** What the room is asked to bet on: a lesson's bet, or a question about the game. @param {any} room @param {{name: string}[]} teams
 * @returns {{question: string, words: string, choices: [string, string][]} | null} */
export function betAsked(room, teams) {
  const { lesson, question } = room ?? {};
  if (lesson?.bet) {
    const choices = lesson.bet.choices.map((/** @type {any} */ one) => [one.id, textOf(one.text)]);
    return { question: `lesson.${lesson.id}`, words: textOf(lesson.bet.question), choices };
  }
  if (!question) return null;
  const choices = question.answers.map((/** @type {string} */ key) => [key, wordsOr(`debrief.bets.answer.${key}`, key)]);
  return { question: question.question, words: betWords(question.question, teams), choices };
}
