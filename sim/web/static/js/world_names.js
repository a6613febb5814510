// What the two worlds are called: by the lesson, else by what differs between them.

import { currentLanguage, knows, t } from "./i18n.js";

/** @typedef {"left" | "right"} Side */

/** @type {any} */
let lesson = null;

/** @param {any} now the lesson that is on, null for none */
export const setLesson = (now) => (lesson = now);
/** @returns {any} the lesson that is on, null for none */
export const currentLesson = () => lesson;

/**
 * A text of a lesson in the language of the page.
 * @param {Record<string, string> | string | undefined} texts by language
 * @returns {string} English where the language has none
 */
export const textOf = (texts) => (typeof texts === "string" ? texts : texts?.[currentLanguage()] ?? texts?.en ?? "");

/**
 * @param {import("./app.js").Studio} studio
 * @param {Side} side
 * @returns {string}
 */
export function worldName(studio, side) {
  if (lesson) return textOf(lesson[side].name);
  const differences = studio.store.pair?.differences ?? [];
  const policy = differences.find((/** @type {{path: string}} */ { path }) => path.endsWith(".policy"))?.[side];
  const key = `explain.policy.${policy}`;
  return knows(key) ? t(key) : t(`explain.world.${side}`);
}
