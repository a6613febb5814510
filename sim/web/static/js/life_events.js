// Events of a life: their lane, their sign, their sentence; which belong to every month and which matter.

import { knows, t } from "./i18n.js";

/**
 * An event as the server sends it.
 * @typedef {object} LifeEvent
 * @property {number} month
 * @property {string} event
 * @property {string} department empty for none
 * @property {string} firm empty for none
 * @property {number} value
 * @property {number | null} satisfaction with the firm afterwards [0-1]
 * @property {string} cause why satisfaction changed
 * @property {number} change of satisfaction [0-1]
 * @property {Record<string, any>} [numbers] details by name
 */
/** @typedef {LifeEvent & {word: string, lane: string, routine: boolean}} Happening an event with its kind, lane, and whether it is of every month */

const SHAPES = {
  circle: "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14Z",
  triangle: "M8 .5 16 15H0Z",
  diamond: "M8 0 16 8 8 16 0 8Z",
  bubble: "M2 0h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H7l-4 5v-5H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2Z",
  square: "M1 1h14v14H1Z",
};
const SIGNS = {
  plus: "M8 4.5v7M4.5 8h7",
  minus: "M4.5 8h7",
  cross: "M5 5l6 6M11 5l-6 6",
  check: "M4.5 8.3l2.5 2.6 4.5-5.2",
  bang: "M8 6v4M8 12.3v.2",
  dots: "M4.4 8h.01M8 8h.01M11.6 8h.01",
  question: "M6 6.2a2 2 0 1 1 2.7 1.9c-.6.3-.7.7-.7 1.4M8 12v.2",
  loop: "M11.2 6a3.8 3.8 0 1 0 .5 3.2M11.8 3.4v3h-3",
  up: "M8 12V4.5M5 7.2l3-2.9 3 2.9",
  down: "M8 4v7.5M5 8.8l3 2.9 3-2.9",
  glass: "M5.5 4.5h5M5.5 11.5h5M6 4.6l4 6.8M10 4.6l-4 6.8",
  none: "",
};
/** @typedef {{shape: keyof typeof SHAPES, sign: keyof typeof SIGNS, tone: "good" | "bad" | "plain"}} Sign */

/** Kinds of event by how much they matter in a month: the later, the more. @type {[string, keyof typeof SHAPES, keyof typeof SIGNS, Sign["tone"]][]} */
const KINDS = [
  ["HEARD_OF", "bubble", "none", "plain"],
  ["FORGOT", "circle", "minus", "plain"],
  ["HEARD_DEPARTURE", "bubble", "cross", "bad"],
  ["HEARD_GOOD", "bubble", "down", "good"],
  ["HEARD_BAD", "bubble", "down", "bad"],
  ["TOOK_CATEGORY", "square", "plus", "plain"],
  ["GAVE_UP_CATEGORY", "square", "minus", "plain"],
  ["RETURNED_CATEGORY", "square", "minus", "bad"],
  ["CALLED_ON", "circle", "none", "plain"],
  ["REMINDED", "circle", "bang", "plain"],
  ["DID_NOT_PAY", "circle", "bang", "plain"],
  ["HELD_SUPPLY", "square", "bang", "bad"],
  ["COLLECTED", "square", "bang", "bad"],
  ["WRITTEN_OFF", "square", "cross", "bad"],
  ["SAW_NEWCOMER_OFFER", "circle", "bang", "bad"],
  ["DISCOUNT_GRANTED", "circle", "check", "plain"],
  ["DISCOUNT_REFUSED", "circle", "minus", "bad"],
  ["SAID_DISSATISFIED", "circle", "down", "bad"],
  ["INCIDENT", "triangle", "bang", "bad"],
  ["HANDED_ON", "diamond", "none", "bad"],
  ["WAITED", "circle", "glass", "bad"],
  ["SERVED", "circle", "check", "good"],
  ["HANDED_ON_AGAIN", "bubble", "loop", "bad"],
  ["SERVED_IN_VAIN", "circle", "loop", "bad"],
  ["GAVE_UP_WAITING", "square", "glass", "bad"],
  ["RESOLVED", "circle", "plus", "good"],
  ["CONSIDERED_LEAVING", "circle", "question", "plain"],
  ["SILENT", "circle", "dots", "bad"],
  ["PRAISED", "bubble", "up", "good"],
  ["BLAMED", "bubble", "up", "bad"],
  ["SAID_LEFT", "bubble", "cross", "bad"],
  ["COMPLAINED", "bubble", "bang", "bad"],
  ["GIVEN_NOTICE", "square", "bang", "bad"],
  ["TURNED_AWAY", "square", "minus", "bad"],
  ["CAME", "square", "plus", "plain"],
  ["JOINED", "square", "plus", "good"],
  ["JOINED_RIVAL", "square", "plus", "plain"],
  ["LEFT_RIVAL", "square", "cross", "plain"],
  ["GONE", "square", "cross", "plain"],
  ["LEFT_SILENT", "square", "dots", "bad"],
  ["LEFT_COMPLAINED", "square", "cross", "bad"],
];
/** @type {Map<string, Sign & {weight: number}>} */
const SIGN_OF = new Map(KINDS.map(([kind, shape, sign, tone], weight) => [kind, { shape, sign, tone, weight }]));

/** Ends of a relation that nobody chose. */
const GONE = new Set(["LAPSED", "NOT_KEPT", "LOST_SUPPLIER", "DROPPED_OUT", "RELATION_OVER", "DIED", "LEFT_CATEGORY", "FAILED"]);
export const ENDS = new Set(["LEFT", ...GONE]);

/** @param {string} word @returns {Sign & {weight: number}} */
export const signOf = (word) => SIGN_OF.get(GONE.has(word) ? "GONE" : word) ?? { shape: "circle", sign: "none", tone: "plain", weight: -1 };

/** @param {Sign} sign @returns {[string, string]} paths of the shape and of what stands in it, in a box of 16 */
export const pathsOf = ({ shape, sign }) => [SHAPES[shape], SIGNS[sign]];

/** @type {Record<string, (numbers: Record<string, any>, event: LifeEvent) => string>} */
const VARIANTS = {
  HEARD_WORDS: (_, { value }) => (value >= 0 ? "HEARD_GOOD" : "HEARD_BAD"),
  LEFT: ({ complained }) => (complained ? "LEFT_COMPLAINED" : "LEFT_SILENT"),
  HANDED_ON: ({ again }) => (again ? "HANDED_ON_AGAIN" : "HANDED_ON"),
  SERVED: ({ again }) => (again ? "SERVED_IN_VAIN" : "SERVED"),
  ASKED_DISCOUNT: ({ discount }) => (discount > 0 ? "DISCOUNT_GRANTED" : "DISCOUNT_REFUSED"),
};

/**
 * Events with their kinds and lanes. What happens at a rival stands in the customer's lane, and only coming and going matters there.
 * @param {LifeEvent[]} events
 * @param {string} firm the firm whose departments are the lanes
 * @returns {Happening[]}
 */
export function happenings(events, firm) {
  return events.map((event) => {
    const own = event.firm === firm || !event.firm;
    const word = VARIANTS[event.event]?.(event.numbers ?? {}, event) ?? event.event;
    const rival = !own && (event.event === "LEFT" || event.event === "JOINED") ? `${event.event}_RIVAL` : "";
    const lane = own && event.department && !AT_HOME.has(event.event) ? event.department : "customer";
    return { ...event, word: rival || word, lane, routine: own ? signOf(word).weight < 0 || quiet(event) : !rival };
  });
}

/** @param {LifeEvent} event @returns {boolean} whether it is talk of others that changed next to nothing */
const quiet = ({ event, change }) => TALK.has(event) && Math.abs(change ?? 0) < FELT;

const TALK = new Set(["HEARD_OF", "HEARD_WORDS", "HEARD_DEPARTURE", "SAW_NEWCOMER_OFFER"]);
export const FELT = 0.005; // change of satisfaction that is worth a sign [0-1]

/** Events of the customer's own lane, whichever department they concern. */
const AT_HOME = new Set(["LEFT", "CONSIDERED_LEAVING", "JOINED", "SAW_NEWCOMER_OFFER"]);

/**
 * An event in words of the language.
 * @param {Happening} event
 * @returns {string}
 */
export function sentenceOf(event) {
  const { department, value, firm, numbers = {} } = event;
  const key = knows(`explain.event.${event.word}`) ? `explain.event.${event.word}` : "explain.event.OTHER";
  const stop = department ? { key: `explain.lane.${department}` } : "";
  const reason = numbers.reason ? { key: `explain.reason.${numbers.reason}` } : "";
  return t(key, { count: value, value, firm, event: event.word, ...numbers, department: stop, reason });
}
