// The last sentence of the sixty seconds and what is said below it, turned round when the worlds are.

import { t } from "./i18n.js";

/** @typedef {import("./frames.js").Side} Side */

/**
 * @param {any} script @param {Record<string, string>} said bets by question
 * @param {(side: Side) => string} name of a firm's policy @param {string} reply to the bet on profit; empty where nobody bet
 * @returns {{key: string, numbers: any, lines: string[]}}
 */
export function lastWords({ profit, totals, months, ledger, evidence, figures, first, bets }, said, name, reply) {
  const reading = profit.reading ?? "one";
  const [ahead, behind] = /** @type {Side[]} */ (reading === "left" ? ["left", "right"] : ["right", "left"]);
  const ends = [profit.low, profit.high, profit.mean].map(Math.abs);
  const names = { ahead: name(ahead), behind: name(behind), left: name("left"), right: name("right") };
  const numbers = { ...names, years: months / 12, low: Math.min(ends[0], ends[1]), high: Math.max(ends[0], ends[1]), mean: ends[2], count: profit.ahead?.[ahead] ?? 0, worlds: profit.worlds };
  const good = figures[first].filter((/** @type {any} */ one) => one.good).length;
  const lines = [
    profit.reading && t(`opening.interval${reading === "alike" ? "Alike" : ""}`, { ...numbers, from: profit.low, to: profit.high }),
    reply && t(`opening.replyProfit.${said["opening.profit"] === bets.at(-1).truth ? "right" : "wrong"}`),
    t("opening.figures", { name: name(first), count: good, of: figures[first].length, silent: totals[first].losses_silent, losses: totals[first].losses_voluntary }),
    ledger && t(`opening.ledger.${ledger.claim}`, { count: ledger.holds, of: ledger.reach_worlds }),
    evidence && t(evidence.higher || evidence.lower ? "opening.evidence.some" : "opening.evidence.none", { ...evidence, policy: t(`compare.value.policy.${evidence.policy}`) }),
  ];
  return { key: `end.${reading}`, numbers, lines: lines.filter(Boolean) };
}
