// The lesson that is on in the room, which also gives the two worlds their names.

import { currentLanguage } from "./i18n.js";

/** @type {any} */
let lesson = null;
/** @type {Set<() => void>} */
const watchers = new Set();

/** @returns {any} the lesson that is on, null for none */
export const currentLesson = () => lesson;

/** @param {() => void} watcher called when a lesson begins or ends */
export const onLesson = (watcher) => watchers.add(watcher);

/** Follows what the server says of the lesson that is on. @param {import("./app.js").Studio} studio */
export function followLesson({ line, hello }) {
  lesson = hello.room?.lesson ?? null;
  line.on("lesson", (message) => take(message.lesson));
  line.on("pair", (message) => message.lesson === null && take(null));
}

/** @param {any} now */
function take(now) {
  const same = lesson?.id === now?.id;
  lesson = now;
  if (!same) for (const watcher of watchers) watcher();
}

/**
 * A text of a lesson in the language of the page.
 * @param {Record<string, string> | string | undefined} texts by language
 * @returns {string} English where the language has none
 */
export const textOf = (texts) => (typeof texts === "string" ? texts : texts?.[currentLanguage()] ?? texts?.en ?? "");
