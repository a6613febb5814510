// The last sentence of the sixty seconds and what is said below it, turned round when the worlds are.

import { SIDES } from "./frames.js";
import { t } from "./i18n.js";

/** @typedef {(side: Side) => string} Name name of a firm's policy */

/** @param {any} script @param {Record<string, string>} said bets by question
 * @param {Name} name @param {string} reply to the bet on profit; empty where nobody bet
 * @returns {{key: string, numbers: any, lines: string[]}} */
export function lastWords(script, said, name, reply) {
  const { profit, months, bets } = script;
  const reading = profit.reading ?? "one";
  const [ahead, behind] = /** @type {Side[]} */ (reading === "left" ? ["left", "right"] : ["right", "left"]);
  const ends = [profit.low, profit.high, profit.mean].map(Math.abs);
  const names = { ahead: name(ahead), behind: name(behind), left: name("left"), right: name("right") };
  const numbers = { ...names, years: months / 12, low: Math.min(ends[0], ends[1]), high: Math.max(ends[0], ends[1]), mean: ends[2], count: profit.ahead?.[ahead] ?? 0, worlds: profit.worlds };
  const lines = [
    profit.reading && t(`opening.interval${reading === "alike" ? "Alike" : ""}`, { ...numbers, from: profit.low, to: profit.high }),
    reply && t(`opening.replyProfit.${said["opening.profit"] === bets.at(-1).truth ? "right" : "wrong"}`),
    figuresOf(script, name),
    marketsOf(script.markets),
    evidenceOf(script.evidence),
  ];
  return { key: `end.${reading}`, numbers, lines: lines.filter(Boolean) };
}

/** What departments find of themselves in both firms, and who left without a word. @param {any} script @param {Name} name @returns {string} */
function figuresOf({ figures, silent }, name) {
  const [left, right] = SIDES.map((side) => figures[side].filter((/** @type {any} */ one) => one.good).length);
  const numbers = { left: name("left"), right: name("right"), count: left, other: right, of: figures.left.length };
  const found = t(`opening.figures.${left === right ? "alike" : "apart"}`, numbers);
  const known = silent.left !== null && silent.right !== null;
  const gone = known ? t("opening.silent", { ...numbers, ofLeft: silent.left, ofRight: silent.right }) : "";
  return `${found} ${t("opening.good")} ${gone}`.trim();
}

/** In how many markets each policy clearly earns most. @param {any} markets @returns {string} empty where it was not asked of these two */
function marketsOf(markets) {
  if (!markets) return "";
  const wins = /** @type {[string, number][]} */ (Object.entries(markets.clear)).sort((one, other) => other[1] - one[1]);
  const list = wins.map(([policy, count]) => t("opening.markets.wins", { policy: t(`compare.value.policy.${policy}`), count })).join(", ");
  return t(`opening.markets.${markets.here ? "here" : "elsewhere"}`, { ...markets, wins: list, world: t(`lessons.world.${markets.world}`) });
}

/** What the flagship says of the two policies. @param {any} evidence @returns {string} empty where it has nothing on them */
function evidenceOf(evidence) {
  if (!evidence) return "";
  const { higher, lower, precise, policy } = evidence;
  const said = t(higher || lower ? "opening.evidence.some" : "opening.evidence.none", { ...evidence, policy: t(`compare.value.policy.${policy}`) });
  return `${said} ${t("opening.precise", { count: precise })}`;
}
