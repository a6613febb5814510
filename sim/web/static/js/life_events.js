// Events of a life: their lane, their sign, their sentence; which belong to every month and which matter.

import { knows, t } from "./i18n.js";

/** @type {Record<string, string>} */
const SHAPES = {
  circle: "M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14Z",
  triangle: "M8 .5 16 15H0Z",
  diamond: "M8 0 16 8 8 16 0 8Z",
  bubble: "M2 0h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H7l-4 5v-5H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2Z",
  square: "M1 1h14v14H1Z",
};
/** @type {Record<string, string>} */
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

/** Kinds of event with shape, sign and tone, by how much they matter in a month: the later, the more. */
const KINDS = `
  heard_of bubble none plain, forgot circle minus plain, heard_departure bubble cross bad, heard_good bubble down good,
  heard_bad bubble down bad, took_category square plus plain, gave_up_category square minus plain, returned_category square minus bad,
  called_on circle none plain, reminded circle bang plain, did_not_pay circle bang plain, held_supply square bang bad,
  collected square bang bad, written_off square cross bad, saw_newcomer_offer circle bang bad, discount_granted circle check plain,
  discount_refused circle minus bad, said_dissatisfied circle down bad, incident triangle bang bad, handed_on diamond none bad,
  waited circle glass bad, served circle check good, handed_on_again bubble loop bad, served_in_vain circle loop bad,
  gave_up_waiting square glass bad, resolved circle plus good, considered_leaving circle question plain, silent circle dots bad,
  praised bubble up good, blamed bubble up bad, said_left bubble cross bad, complained bubble bang bad, given_notice square bang bad,
  turned_away square minus bad, came square plus plain, joined_rival square plus plain, left_rival square cross plain,
  joined square plus good, gone square cross plain, left_silent square dots bad, left_complained square cross bad`;
/** @param {any[]} row kind, shape, sign, tone @param {number} weight @returns {[string, Sign]} */
const signIn = ([kind, shape, sign, tone], weight) => [kind, { shape, sign, tone, weight }];
const SIGN_OF = new Map(KINDS.trim().split(/,\s+/).map((kind, weight) => signIn(kind.split(" "), weight)));

/** Ends of a relation that nobody chose. */
const GONE = new Set(["lapsed", "not_kept", "lost_supplier", "dropped_out", "relation_over", "died", "left_category", "failed"]);
export const ENDS = new Set(["left", ...GONE]);

/** @param {string} word @returns {Sign} */
export const signOf = (word) => SIGN_OF.get(GONE.has(word) ? "gone" : word) ?? { shape: "circle", sign: "none", tone: "plain", weight: -1 };

/** @param {Sign} sign @returns {[string, string]} paths of the shape and of what stands in it, in a box of 16 */
export const pathsOf = ({ shape, sign }) => [SHAPES[shape], SIGNS[sign]];

/** @type {Record<string, (numbers: Record<string, any>, event: LifeEvent) => string>} */
const VARIANTS = {
  heard_words: (_, { value }) => (value >= 0 ? "heard_good" : "heard_bad"),
  left: ({ complained }) => (complained ? "left_complained" : "left_silent"),
  handed_on: ({ again }) => (again ? "handed_on_again" : "handed_on"),
  served: ({ again }) => (again ? "served_in_vain" : "served"),
  asked_discount: ({ granted }) => (granted > 0 ? "discount_granted" : "discount_refused"),
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
    const rival = !own && (event.event === "left" || event.event === "joined") ? `${event.event}_rival` : "";
    const lane = own && event.department && !AT_HOME.has(event.event) ? event.department : "customer";
    return { ...event, word: rival || word, lane, routine: own ? signOf(word).weight < 0 || quiet(event) : !rival };
  });
}

/** @param {LifeEvent} event @returns {boolean} whether it is talk of others that changed next to nothing */
const quiet = ({ event, change }) => TALK.has(event) && Math.abs(change ?? 0) < FELT;

const TALK = new Set(["heard_of", "heard_words", "heard_departure", "saw_newcomer_offer"]);
export const FELT = 0.005; // change of satisfaction that is worth a sign [0-1]

/** Events of the customer's own lane, whichever department they concern. */
const AT_HOME = new Set(["left", "considered_leaving", "joined", "saw_newcomer_offer"]);

/** An event in words of the language, without the reasons. @param {Happening} event @returns {string} */
export function plainSentence(event) {
  const { department, value, firm, numbers = {}, to = [] } = event;
  const key = [`explain.event.${event.word}${to.length ? "_to" : ""}`, `explain.event.${event.word}`, "explain.event.other"].find(knows) ?? "";
  return t(key, { value, firm, event: event.word, ...numbers, count: to.length || value, department: { key: `explain.lane.${department}` } });
}

/** An event in words of the language, with why somebody left or thought of it. @param {Happening} event
 * @returns {string} */
export function sentenceOf(event) {
  const sentence = plainSentence(event);
  const why = reasonsOf(event).map((reason) => t(`explain.reason.${reason}`));
  return why.length ? t("explain.because", { sentence, why: why.join(", ") }) : sentence;
}

/** @param {Happening} event @returns {string[]} why somebody left, or thought of it */
const reasonsOf = ({ event, numbers = {} }) => (event === "left" ? [numbers.reason] : event === "considered_leaving" ? numbers.reasons ?? [] : []);
