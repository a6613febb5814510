// The lesson that is on in the room, which also gives the two worlds their names.

import { currentLanguage, t } from "./i18n.js";

/** @type {any} */
let lesson = null;
/** @type {Set<() => void>} */
const watchers = new Set();

/** @returns {any} the lesson that is on, null for none */
export const currentLesson = () => lesson;

/** @param {() => void} watcher called when a lesson begins or ends */
export const onLesson = (watcher) => watchers.add(watcher);

/** Follows what the server says of the lesson that is on. @param {Studio} studio */
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

/** A text of a lesson in the language of the page.
 * @param {Record<string, string> | string | undefined} texts by language
 * @returns {string} English where the language has none */
export const textOf = (texts) => (typeof texts === "string" ? texts : texts?.[currentLanguage()] ?? texts?.en ?? "");

/** @param {Pair} pair @param {Side} side @param {import("./setting_words.js").SettingWords} words @returns {string} what sets this world apart, and the policy it has now */
export function titleOf(pair, side, words) {
  const named = pair.differences.find(({ path }) => path.endsWith(".policy")) ?? pair.differences[0];
  const start = lesson ? textOf(lesson[side].name) : named ? words.both(named.path, named[side]) : t("compare.alike");
  const own = (/** @type {string} */ path) => path.endsWith(".policy") && (words.known.has(path) || !words.known.size);
  const later = pair[side].changes.findLast(({ month, settings }) => month > 0 && Object.keys(settings).some(own));
  if (!later) return start;
  const now = words.both(".policy", later.settings[Object.keys(later.settings).find(own) ?? ""]);
  return lesson || named?.month === 0 ? t("compare.since", { start, now, month: later.month }) : t("compare.fromMonthOn", { month: later.month, changes: now });
}

/** @param {Studio} studio @param {Side} side
 * @param {import("./setting_words.js").SettingWords} words @returns {string} letter and name of a world */
export function worldName({ store }, side, words) {
  const title = store.pair ? titleOf(store.pair, side, words) : "";
  return `${t(`compare.letter.${side}`)} · ${title}`;
}
