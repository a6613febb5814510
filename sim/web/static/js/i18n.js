// Words of the page: t(key, numbers) from locales/<language>/<area>.json, keys as area.name, with numbers, money and plurals of the language.

/** @typedef {Record<string, any>} Numbers values by name; a value of `{key, numbers}` is translated first */

const PSEUDO = "en-XA"; // English, accented and 40 % longer, to test the layout
const LANGUAGES = ["en", "de", PSEUDO];
const FALLBACK = "en";

/** @type {Map<string, Words>} */
const words = new Map();
let language = FALLBACK;

/** @returns {string} the language of the page */
export const currentLanguage = () => language;

/** @returns {string[]} languages the page knows */
export const languages = () => LANGUAGES.filter((name) => name !== PSEUDO);

/** @returns {string} the locale for numbers and plurals */
const locale = () => (language === PSEUDO ? FALLBACK : language);

/** The language asked for: the pseudo-locale by `?lang=en-XA`, else the one that the server wrote into the page. @returns {string} */
export function preferredLanguage() {
  if (new URLSearchParams(location.search).get("lang") === PSEUDO) return PSEUDO;
  const asked = document.documentElement.lang;
  return LANGUAGES.includes(asked) ? asked : FALLBACK;
}

/**
 * Sets the language and loads its words, all areas at once: shell, opening, compare, explain, lessons, workshop, phone, projector,
 * debrief, measures, settings, figures. What a language lacks is filled with English by the server.
 * @param {string} [name]
 * @returns {Promise<void>}
 */
export async function loadWords(name = preferredLanguage()) {
  language = name;
  document.documentElement.lang = locale();
  const answer = await fetch(`/words/${locale()}.json`);
  takeWords(await answer.json(), name);
}

/** Takes words that are at hand, by area. @param {Record<string, any>} areas @param {string} name the language */
export function takeWords(areas, name) {
  language = name;
  words.clear();
  rules = undefined;
  for (const [area, tree] of Object.entries(areas)) flatten(tree, area, words);
}

const CATEGORIES = new Set(["zero", "one", "two", "few", "many", "other"]);

/** @param {Record<string, any>} tree @param {string} prefix @param {Map<string, Words>} into */
function flatten(tree, prefix, into) {
  for (const [name, value] of Object.entries(tree)) {
    const key = `${prefix}.${name}`;
    if (typeof value === "string" || Object.keys(value).every((part) => CATEGORIES.has(part))) into.set(key, value);
    else flatten(value, key, into);
  }
}

/**
 * A sentence. `{name}` is replaced by the value as it is, numbers as numbers; `{name|format}` by a format of `FORMATS`.
 * A sentence given by plural categories is chosen by `numbers.count`. @param {string} key such as "compare.play"
 * @param {Numbers} [numbers] @returns {string} the key itself where no language has it */
export function t(key, numbers = {}) {
  const found = words.get(key);
  if (found === undefined) return key;
  const sentence = typeof found === "string" ? found : plural(found, Number(numbers.count));
  const filled = sentence.replace(/\{(\w+)(?:\|(\w+))?\}/g, (_, name, format) => shown(numbers[name], format));
  return language === PSEUDO ? pseudo(filled) : filled;
}

/** @param {string} key @returns {boolean} whether the page has words for it */
export const knows = (key) => words.has(key);

/** @param {string} key @param {string} fallback @returns {string} the words for a key, or else the fallback */
export const wordsOr = (key, fallback) => (knows(key) ? t(key) : fallback);

/** @param {string} path of the table of parameters @returns {string} key of its words, the same for every firm */
export const settingKey = (path) => `settings.${path.replace(/^firms\.[\w*]+\./, "")}`;

/** @param {string} [unit] of the table of parameters @returns {string} the unit in words */
export const unitName = (unit = "") => wordsOr(`settings.unit.${unit.replace(/[^a-z0-9]+/gi, "_")}`, unit);

/** @type {Intl.PluralRules | undefined} */
let rules;

/** @param {Record<string, string>} forms @param {number} count */
function plural(forms, count) {
  if (count === 0 && forms.zero) return forms.zero;
  rules ??= new Intl.PluralRules(locale());
  return forms[rules.select(count)] ?? forms.other ?? "";
}

/** @param {any} value @param {string} [format] @returns {string} */
function shown(value, format) {
  if (value && typeof value === "object" && "key" in value) return t(value.key, value.numbers);
  if (typeof value !== "number") return value === undefined || value === null ? "–" : String(value);
  return (FORMATS[format ?? "number"] ?? number)(value);
}

/** @type {Map<string, Intl.NumberFormat>} */
const formatters = new Map();

/** @param {number} value @param {Intl.NumberFormatOptions} [options] @returns {string} an en dash for what is not a number */
export function number(value, options = {}) {
  if (!Number.isFinite(value)) return "–";
  const name = locale() + JSON.stringify(options);
  const kept = formatters.get(name) ?? new Intl.NumberFormat(locale(), { maximumFractionDigits: 1, ...options });
  formatters.set(name, kept);
  return kept.format(value).replace("-", "−");
}

const SHORT = /** @type {const} */ ({ notation: "compact", maximumSignificantDigits: 3 });

/** @type {Record<string, (value: number) => string>} */
const FORMATS = {
  number,
  whole: (value) => number(value, { maximumFractionDigits: 0 }),
  precise: (value) => number(value, { maximumSignificantDigits: 4 }),
  two: (value) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 3 }),
  percent: (value) => number(value, { style: "percent", maximumFractionDigits: 0 }),
  percent1: (value) => number(value, { style: "percent", maximumFractionDigits: 1 }),
  amount: (value) => number(value, { style: "currency", currency: "EUR", maximumSignificantDigits: 3 }),
  money: (value) => number(value, Math.abs(value) >= 10000 ? SHORT : { maximumFractionDigits: 0 }),
  signed: (value) => number(value, { signDisplay: "exceptZero" }),
  signedMoney: (value) => number(value, { ...SHORT, signDisplay: "exceptZero" }),
  points: (value) => number(100 * value, { signDisplay: "exceptZero" }),
};

/**
 * A value in the format of a name: number, whole, two, percent, percent1, money (short), amount (with its currency), signed, signedMoney, points.
 * @param {number} value
 * @param {string} format
 * @returns {string}
 */
export const formatted = (value, format) => shown(value, format);

const ACCENTS = /** @type {Record<string, string>} */ ({ a: "á", e: "é", i: "í", o: "ö", u: "ü", A: "Á", E: "É", O: "Ö", U: "Ü" });

/** @param {string} sentence @returns {string} 40 % longer */
function pseudo(sentence) {
  const accented = sentence.replace(/[aeiouAEOU]/g, (letter) => ACCENTS[letter] ?? letter);
  return `${accented}${"~".repeat(Math.ceil(sentence.length * 0.4))}`;
}

/** Puts words where the page names keys: `data-t` for text, `data-t-label` for the accessible name. @param {ParentNode} [root] */
export function translate(root = document) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.getAttribute("data-t") ?? "");
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.getAttribute("data-t-label") ?? ""));
  }
}
