// What happened and why: the gap as bridges, decisions with their reasons against the curves, bets, other worlds, the best change.

import { $, button, field, h, put } from "./dom.js";
import { openDialog } from "./dialog.js";
import { formatted, number, settingKey, t, unitName, wordsOr } from "./i18n.js";
import { linesChart } from "./lines.js";
import { decisionName, firmFigure } from "./role.js";
import { departmentName, inUnit, money, once, signedMoney } from "./team.js";
import { detailOf, showRefusal } from "./refusal.js";
import { waterfall } from "./waterfall.js";

/** @typedef {{episode: string, team: string, as_before?: boolean}} Side */
/** @typedef {{round: number, month: number, department: string, decision: string, before: number, after: number, why?: string}} Taken */

const KINDS = ["episodes", "walls", "joined_up"]; // what is compared: the two episodes, or an episode with nothing decided in it
const BRIDGES = ["reap", "decisions", "mechanisms"];
const CURVES = ["cumulated_profit", "profit", "customer_equity", "customers", "satisfaction_mean", "attrition_annual"]; // shown where the game has them
const MOST_CURVES = 4;
const PARTS = ["timeline", "episodes", "reap", "paired", "luck", "decisions", "best", "information", "mechanisms"]; // the quick ones first

/** The debrief of one room. */
class Debrief {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    /** @type {Record<string, any>} */
    this.found = {};
    /** @type {Record<string, {done: number, of: number}>} */
    this.progress = {};
    /** @type {Record<string, string>} */
    this.refused = {};
    this.asked = "";
    this.parts = Object.fromEntries(["ask", "answer", "bridges", "time", "more"].map((name) => [name, h("div", { class: `part part-${name}` })]));
    this.element = h("section", { class: "screen" }, h("div", { class: "page stack debrief" }, ...Object.values(this.parts)));
    this.game = studio.hello.room?.game ?? null;
    studio.line.on("game", ({ game }) => this.take({ game: game && { ...this.game, ...game } }));
    studio.line.on("debrief", (message) => this.#part(message));
    studio.line.on("progress", (step) => this.#step(step));
    this.draw();
  }

  /** @param {Record<string, any>} news */
  take(news) {
    Object.assign(this, news);
    this.draw();
  }

  /** @param {{part: string, done?: number, of?: number, refused?: string, failed?: boolean}} step */
  #step({ part, done = 0, of, refused, failed }) {
    const { [part]: _, ...others } = this.progress;
    this.take({ progress: of === undefined ? others : { ...others, [part]: { done, of } } });
    if (failed) refused = t("refused.failed");
    if (refused) this.take({ refused: { ...this.refused, [part]: refused } });
  }

  /** @param {{part: string, left?: Side, right?: Side, value: any}} message */
  #part({ part, left, right, value }) {
    if (left && right && JSON.stringify([left, right]) !== this.asked) [this.asked, this.found] = [JSON.stringify([left, right]), {}];
    const { [part]: _, ...progress } = this.progress;
    this.take({ found: { ...this.found, [part]: value }, progress });
  }

  draw() {
    const { parts, found, game } = this;
    const teams = game?.teams.map((/** @type {any} */ team) => team.name) ?? [];
    once(parts.ask, [teams, game?.episode], () => (teams.length ? this.#controls(teams) : [h("div", { class: "card stack" }, h("h1", { text: t("debrief.title") }), h("p", { class: "lead", text: t("debrief.empty") }), button(t("debrief.to_workshop"), () => this.studio.go("workshop")))]));
    once(parts.answer, [found.reap, found.paired, this.progress, this.refused, this.asked], () => this.#answer());
    once(parts.bridges, BRIDGES.map((kind) => found[kind]), () => BRIDGES.filter((kind) => found[kind]).map((kind) => waterfall(kind, found[kind])));
    once(parts.time, [found.timeline, game?.design], () => (found.timeline ? [this.#timeline(found.timeline)] : []));
    once(parts.more, [found.best, found.bets, found.luck, found.information], () => [this.#best(found.best), this.#bets(found.bets), this.#luck(found.luck), this.#information(found.information)]);
  }

  /** @returns {[Side, Side]} what was asked: from the left to the right */
  #sides() {
    const [left, right] = this.asked ? JSON.parse(this.asked) : [null, null];
    return [left, right];
  }

  /** @param {string[]} teams @returns {Node[]} */
  #controls(teams) {
    const kinds = KINDS.filter((kind) => this.game?.episode === "joined_up" || kind === "walls");
    const team = h("select", { id: "debrief-team" }, ...teams.map((name) => h("option", { value: name, text: name })));
    const kind = h("select", { id: "debrief-kind" }, ...kinds.map((name) => h("option", { value: name, text: t(`debrief.kind.${name}`) })));
    const ask = async () => {
      const of = { team: team.value };
      const sides = kind.value === "episodes" ? [{ episode: "walls", ...of }, { episode: "joined_up", ...of }] : [{ episode: kind.value, ...of, as_before: true }, { episode: kind.value, ...of }];
      this.take({ asked: JSON.stringify(sides), found: {}, progress: {}, refused: {} });
      void this.studio.line.ask("debrief_bets");
      const answer = await this.studio.line.ask("debrief", { left: sides[0], right: sides[1], parts: PARTS });
      if (answer.say === "refused") showRefusal(answer);
    };
    return [h("div", { class: "row between" }, h("h1", { text: t("debrief.title") }), h("div", { class: "row no-print" }, h("a", { class: "button", href: "/export/replay.html", download: "", text: t("debrief.export.replay") }),
      h("a", { class: "button", href: "/export/decisions.csv", download: "", text: t("debrief.export.csv") }), button(t("debrief.export.print"), () => window.print()), button(t("debrief.assumptions.title"), () => this.#assumptions(), { class: "quiet" }))),
      h("div", { class: "card row asked no-print" }, field(t("debrief.team"), team), field(t("debrief.compare"), kind), button(t("debrief.ask"), ask, { class: "primary", disabled: kinds.length === 0 }))];
  }

  /** @returns {(Node | null)[]} the gap in a sentence, and how often it has that sign */
  #answer() {
    const { reap, paired } = this.found;
    const [left, right] = this.#sides();
    const waiting = Object.entries(this.progress).map(([part, { done, of }]) => h("p", { class: "small soft row no-print" }, t("debrief.progress", { part: t(`debrief.part.${part}`), done, of }), h("progress", { value: done, max: of, "aria-label": t(`debrief.part.${part}`) })));
    waiting.push(...Object.entries(this.refused).map(([part, why]) => h("p", { class: "small soft", text: `${t(`debrief.part.${part}`)}: ${t("refused.setting")}` }, " ", detailOf({ detail: why }))));
    const done = PARTS.filter((part) => this.found[part] !== undefined || this.refused[part]).length;
    if (this.asked && done < PARTS.length) waiting.unshift(h("p", { class: "soft no-print", role: "status", text: t("debrief.working", { done, of: PARTS.length }) }));
    if (!reap || !right) return waiting;
    const kind = left.as_before ? "decided" : "episodes";
    const sign = signOf(reap.gap);
    const words = { team: right.team, gap: money(Math.abs(reap.gap)), episode: t(`workshop.episode.${right.episode}`) };
    const [profit, customers] = [paired?.measures.npv, paired?.measures.customer_equity];
    const worth = customers && h("p", { class: "headline-words", text: t(`debrief.equity.${signOf(customers.played)}`, { gap: money(Math.abs(customers.played)) }) });
    const worlds = [[t(`debrief.worlds.${kind}`, { ahead: profit?.ahead, worlds: profit?.of }), profit], [t("debrief.equity.worlds", { ahead: customers?.ahead, worlds: customers?.of }), customers]].filter(([, sum]) => sum)
      .flatMap(([words, sum]) => [h("p", { class: "lead", text: sum.low === 0 && sum.high === 0 ? t("debrief.worlds.alike", { worlds: sum.of }) : words }), sum.low !== undefined && sum.low !== null && h("p", { class: "soft", text: t("debrief.worlds.mean", moneyOf(sum)) })]);
    return [h("div", { class: "card stack headline" }, h("p", { class: "headline-words", text: t(`debrief.headline.${kind}.${sign}`, words) }), worth || null, ...worlds, h("p", { class: "small soft on-paper", text: t("debrief.paper") })), ...waiting];
  }

  /** @param {{left: any, right: any}} timeline @returns {HTMLElement} */
  #timeline({ left, right }) {
    const [before] = this.#sides();
    const names = before?.as_before ? [t("debrief.side.before"), t("debrief.side.decided")] : [t("workshop.episode.walls"), t("workshop.episode.joined_up")];
    /** @type {(Taken & {side: "left" | "right"})[]} */
    const taken = [...(left.decisions ?? []).map((/** @type {Taken} */ row) => ({ ...row, side: "left" })), ...(right.decisions ?? []).map((/** @type {Taken} */ row) => ({ ...row, side: "right" }))];
    const rows = taken.map((row, place) => this.#decisionRow(row, place + 1, names));
    const months = [...new Set(taken.map((row) => row.month))].map((month) => taken.findIndex((row) => row.month === month));
    const markers = months.map((place) => ({ month: taken[place].month, words: `${place + 1}${taken.filter((row) => row.month === taken[place].month).length > 1 ? "+" : ""}`, label: t("debrief.timeline.marker", { number: place + 1, month: taken[place].month }), press: () => $(`#decision-${place + 1}`).focus() }));
    const charts = CURVES.filter((name) => right.curves[name] && left.curves[name]).slice(0, MOST_CURVES).map((name) => linesChart(t(`debrief.measure.${name}`), left.months.length > right.months.length ? left.months : right.months,
      [{ name: names[0], values: left.curves[name], side: "left" }, { name: names[1], values: right.curves[name], side: "right" }], (value) => curveFigure(name, value), markers));
    const head = ["number", "when", "department", "decision", "change", "why"].map((name) => h("th", { scope: "col", text: t(`debrief.timeline.${name}`) }));
    return h("section", { class: "card stack" }, h("h2", { text: t("debrief.timeline.title") }), h("p", { class: "row world-legend" }, h("span", { class: "world-key left", text: names[0] }), h("span", { class: "world-key right", text: names[1] })), h("div", { class: "game-charts" }, ...charts),
      rows.length ? h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("debrief.timeline.title") }, h("table", { class: "taken" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows))) : h("p", { class: "soft", text: t("debrief.timeline.none") }));
  }

  /** @param {Taken & {side: string}} row @param {number} number @param {string[]} names */
  #decisionRow(row, number, names) {
    const known = this.game.design?.departments?.[row.department]?.decisions?.[row.decision];
    const [before, after] = [row.before, row.after].map((value) => inUnit(value, known?.unit ?? ""));
    return h("tr", { id: `decision-${number}`, tabindex: "-1" }, h("th", { scope: "row", text: String(number) }), h("td", { text: t("debrief.timeline.at", { side: names[row.side === "left" ? 0 : 1], round: row.round, month: row.month }) }), h("td", { text: departmentName(row.department) }),
      h("td", { text: decisionName(row.decision) }), h("td", { class: "nowrap", text: `${before} → ${after}` }), h("td", { dir: "auto" }, row.why ? h("q", { text: row.why }) : h("span", { class: "soft", text: t("debrief.timeline.no_reason") })));
  }

  /** @param {any} found @returns {HTMLElement | null} the one change of a decision that would have brought most, by profit and with the value of customers */
  #best(found) {
    if (!found) return null;
    const lines = Object.entries(found.best ?? {}).flatMap(([worth, { change, gain, paired }]) => {
      const known = this.game.design?.departments?.[change.department]?.decisions?.[change.decision];
      const words = { round: change.round, department: departmentName(change.department), decision: decisionName(change.decision), before: inUnit(change.before, known?.unit), after: inUnit(change.after, known?.unit), gain: signedMoney(gain) };
      return [h("h3", { text: t(`debrief.best.by.${worth}`) }), h("p", { class: "lead", text: t("debrief.best.sentence", words) }), paired.low !== undefined && h("p", { text: t("debrief.best.worlds", { ahead: paired.ahead, worlds: paired.of, ...moneyOf(paired) }) })];
    });
    const tried = h("p", { class: "small soft", text: t("debrief.best.tried", { tried: found.tried, possible: found.possible }) });
    return put(h("section", { class: "card stack" }, h("h2", { text: t("debrief.best.title") })), ...(lines.length ? lines : [h("p", { text: t("debrief.best.none") })]), tried);
  }

  /** @param {any[]} found @returns {HTMLElement | null} */
  #bets(found) {
    if (!found?.length) return null;
    const answer = (/** @type {string} */ key) => wordsOr(`debrief.bets.answer.${key}`, key);
    const rows = found.map(({ question, outcome, answers, right, of }) => h("tr", {}, h("th", { scope: "row", text: t(`debrief.bets.about.${question.about}`, { measure: t(`phone.firm.${question.measure}`), team: question.team, episode: question.episode && t(`workshop.episode.${question.episode}`) }) }),
      h("td", { text: Object.entries(answers).map(([key, count]) => `${answer(key)} ${formatted(Number(count), "whole")}`).join(" · ") }), h("td", { text: answer(outcome) }), h("td", { class: "number", text: t("debrief.bets.right", { right, of }) })));
    const head = ["question", "said", "happened", "score"].map((name) => h("th", { scope: "col", text: t(`debrief.bets.${name}`) }));
    return h("section", { class: "card stack" }, h("h2", { text: t("debrief.bets.title") }), h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)));
  }

  /** @param {any} found @returns {HTMLElement | null} how much of the score was luck */
  #luck(found) {
    if (!found) return null;
    const lines = Object.entries(found.measures).map(([name, value]) => h("li", { text: t("debrief.luck.line", { measure: t(`phone.firm.${name}`), share: /** @type {any} */ (value).luck }) }));
    return h("section", { class: "card stack" }, h("h2", { text: t("debrief.luck.title") }), h("p", { class: "small soft", text: t("debrief.luck.note", { worlds: found.worlds }) }), h("ul", {}, ...lines));
  }

  /** @param {any[]} found @returns {HTMLElement | null} what bought information was worth */
  #information(found) {
    if (!found?.length) return null;
    const rows = found.map((row) => h("tr", {}, h("th", { scope: "row", text: t("debrief.information.by", { department: departmentName(row.department), round: row.round }) }), h("td", { text: t(`phone.shop.${row.buy.buy}.title`) }), h("td", { class: "number", text: signedMoney(row.alone.mean) }), h("td", { class: "number", text: signedMoney(row.with_decisions.mean) })));
    const head = ["who", "what", "alone", "worth"].map((name) => h("th", { scope: "col", text: t(`debrief.information.${name}`) }));
    return h("section", { class: "card stack" }, h("h2", { text: t("debrief.information.title") }), h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)));
  }

  async #assumptions() {
    const answer = await this.studio.line.ask("assumptions");
    const rows = (answer.rows ?? []).map((/** @type {any} */ row) => h("tr", {}, h("th", { scope: "row" }, t(`${settingKey(row.path)}.meaning`), sourceWords(row.source)), h("td", { text: `${number(row.value, { maximumSignificantDigits: 4 })} ${unitName(row.unit)}` })));
    openDialog(t("debrief.assumptions.title"), h("p", { text: t("debrief.assumptions.note") }), h("div", { class: "scroll" }, h("table", {}, h("tbody", {}, ...rows))));
  }
}

/** @param {number} gap */
const signOf = (gap) => (gap > 0 ? "more" : gap < 0 ? "less" : "same");

/** @param {{mean: number, low: number, high: number}} sum @returns {Record<string, string>} in words */
const moneyOf = ({ mean, low, high }) => ({ mean: signedMoney(mean), low: signedMoney(low), high: signedMoney(high) });

/** @param {string} source of a number: assumed, or more in English @returns {HTMLElement} */
const sourceWords = (source) => h("small", { class: "source soft", ...(source === "assumed" ? { text: t("debrief.assumptions.assumed") } : { lang: "en", text: source }) });

/** @param {string} name @param {number} value @returns {string} */
function curveFigure(name, value) {
  return /satisfaction|attrition/.test(name) ? formatted(value, "percent1") : name === "customers" ? formatted(value, "whole") : firmFigure(name, value);
}

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  return { element: new Debrief(studio).element };
}
