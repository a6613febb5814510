// What is said before and during the sixty seconds: what is waited for, how the firms differ, how many are like her, and the reply to a bet.

import { t } from "./i18n.js";

/** @param {Side} side @returns {Side} */
export const otherOf = (side) => (side === "left" ? "right" : "left");

/** What is going on until the worlds are there. @param {FrameStore} store @param {number} gone seconds @returns {string} */
export function waitingWords({ last, pair }, gone) {
  const step = last < 1 ? "start" : last < (pair?.months ?? 0) ? "months" : "read";
  const seconds = t("opening.seconds", { count: Math.round(gone) });
  return t(`opening.waiting.${step}`, { month: last, months: pair?.months ?? 0, seconds });
}

/** In how many decisions the firms differ. @param {{count: number, acting: number, walls: boolean}} decisions
 * @returns {string} empty where in none */
export function apartWords({ count, acting, walls }) {
  if (!count) return "";
  const quiet = acting < count ? ` ${t("opening.acting", { count: acting })}` : "";
  return `${t(`opening.decisions.${walls ? "walls" : "others"}`, { count })}${quiet}`;
}

/** How many have a case like hers in both firms. @param {any} script @param {(side: Side) => string} name of a firm's policy
 * @returns {[string, any, string]} key and numbers of the headline, and the line below it */
export function alikeWords({ alike, first, weight }, name) {
  const of = (/** @type {Side} */ side) =>
    ({ ...alike?.[side].people, name: name(side), count: alike?.[side].people.as_often ?? 0 });
  const other = of(otherOf(first));
  const often = [t("opening.asOften", of(first)), t("opening.alikeOn", { ...other, often: t("opening.asOften", other) })];
  return ["alike", of(first), `${often.join(" ")} ${t("opening.dot", { weight })}`];
}

/** The reply to a bet. @param {any[]} bets @param {Record<string, string>} said answers by question @param {string} question
 * @returns {string} empty where nobody bet */
export function replyTo(bets, said, question) {
  const bet = bets.find((one) => one.question === question);
  const answer = said[question];
  if (answer === undefined || !bet) return "";
  return t(`opening.reply.${answer === bet.truth ? "right" : "wrong"}`, { said: answer, truth: bet.truth });
}
