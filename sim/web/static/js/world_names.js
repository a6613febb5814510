// What the two worlds are called: by the lesson, else by what differs between them.

import { SettingWords } from "./change.js";
import { titleOf } from "./compare.js";
import { currentLanguage, t } from "./i18n.js";

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
export function worldName({ store }, side) {
  const title = lesson ? textOf(lesson[side].name) : store.pair ? titleOf(store.pair, side, new SettingWords()) : "";
  return `${t(`compare.letter.${side}`)} · ${title}`;
}
