// What the head of one department has in hand: what it sees, its pay, its decisions, what it may buy, and what came of it.

import { button, field, h } from "./dom.js";
import { formatted, t, wordsOr } from "./i18n.js";
import { departmentName, inUnit, mark, money, signedMoney, stateChip, stateOf } from "./team.js";

const FACT_UNITS = /** @type {Record<string, string>} */ ({
  customers: "people", customers_year_ago: "people", revenue_per_customer: "EUR", margin_per_customer: "EUR", utilisation: "share",
  quality: "0-1", best_quality: "0-1", price: "ratio", overdue_share: "share", spending: "EUR",
});
const FIRM_FIGURES = ["profit", "customer_equity", "customers"];

/** @param {string} name @returns {string} */
export const decisionName = (name) => t(`settings.decisions.${name}.label`);

/** A card with a heading. @param {string} title @param {...(Node | null | false)} parts @returns {HTMLElement} */
export function card(title, ...parts) {
  return h("section", { class: "card stack" }, h("h2", { text: title }), ...parts);
}

/** What this department sees, and what is behind the wall. @param {DepartmentView} view
 * @param {string[]} own facts that it keeps @returns {HTMLElement} */
export function sightCard(view, own) {
  const seen = Object.keys(view.facts).filter((fact) => fact in FACT_UNITS);
  const mine = seen.filter((fact) => own.includes(fact));
  const rows = [...mine, ...seen.filter((fact) => !own.includes(fact))].map((fact) => factRow(fact, view, own));
  const hidden = Object.entries(view.hidden).map(([fact, keeper]) =>
    h("div", { class: "fact" }, h("dt", { text: t(`phone.fact.${fact}`) }), h("dd", { text: departmentName(keeper) })));
  const wall = hidden.length > 0 && h("div", { class: "wall" }, h("h3", { text: t("phone.sees.wall") }), h("dl", { class: "facts" }, ...hidden));
  return card(t("phone.sees.title"), h("dl", { class: "facts" }, ...rows), wall);
}

/** @param {string} fact @param {DepartmentView} view @param {string[]} own */
function factRow(fact, view, own) {
  const note = own.includes(fact) ? h("small", { class: "own-books", text: t("phone.sees.own") }) : null;
  return h("div", { class: "fact" }, h("dt", {}, t(`phone.fact.${fact}`), note), h("dd", { text: inUnit(view.facts[fact], FACT_UNITS[fact]) }));
}

/** @param {string} label @param {string} figure @param {string} [note] */
function figure(label, figure, note) {
  return h("div", { class: "pair-figure" }, h("span", { class: "soft", text: label }), h("strong", { class: "figure", text: figure }), note && h("small", { class: "soft", text: note }));
}

/** One's own pay beside the figures of the firm. @param {string} title
 * @param {{pay?: Pay, before?: Pay, firm?: Record<string, number>}} result
 * @param {{volume: string, value?: string}} paid names of what the pay hangs on @returns {HTMLElement} */
export function payCard(title, { pay, before, firm = {} }, paid) {
  const figures = FIRM_FIGURES.filter((name) => firm[name] !== undefined).map((name) => figure(t(`phone.firm.${name}`), firmFigure(name, firm[name])));
  const beside = h("div", { class: "stack firm-figures" }, ...figures);
  if (!pay) return card(title, h("p", { class: "soft", text: t("phone.pay.none") }), beside);
  const moved = before === undefined ? undefined : t(pay.index > before.index ? "phone.pay.up" : pay.index < before.index ? "phone.pay.down" : "phone.pay.level", { index: before.index });
  const formula = t("phone.pay.formula", { volume: t(`phone.kpi.${paid.volume}`), value: t(`phone.kpi.${paid.value ?? "customer_equity"}`), share: 1 - pay.weight, rest: pay.weight });
  return card(title, h("div", { class: "pay-beside" }, figure(t("phone.pay.own"), formatted(pay.index, "percent1"), moved), beside), h("p", { class: "small soft", text: formula }));
}

/** @param {string} name @param {number} value @returns {string} */
export const firmFigure = (name, value) => (name === "customers" ? formatted(value, "whole") : name === "customers_kept" ? formatted(value, "percent1") : money(value));

/** The decisions of one department with its reason, kept while the page lives. */
export class DecisionForm {
  /** @param {Record<string, DecisionRow>} rows @param {Record<string, number>} standing decisions as they stand
   * @param {DraftChoice | null} draft @param {string[]} holds decisions that the rules of the episode hold
   * @param {() => void} [changed] called after each change */
  constructor(rows, standing, draft, holds, changed = () => {}) {
    this.standing = standing;
    this.holds = holds;
    /** @type {Record<string, number>} */
    this.values = { ...standing, ...(draft?.decisions ?? {}) };
    this.touched = false;
    this.changed = () => {
      this.touched = true;
      changed();
    };
    this.why = h("textarea", { id: "why", rows: 2, maxlength: 140, placeholder: t("phone.why.example"), on: { input: this.changed } });
    this.why.value = draft?.why ?? "";
    this.parts = h("fieldset", { class: "decisions" }, h("legend", { class: "unseen", text: t("phone.decide.title") }), ...Object.entries(rows).map(([name, row]) => this.#control(name, row)));
    this.element = h("div", { class: "stack" }, this.parts, field(t("phone.why.title"), this.why, t("phone.why.note")));
  }

  /** @returns {{decisions: Record<string, number>, why: string}} what differs from what stands, and the reason */
  choice() {
    const changes = Object.entries(this.values).filter(([name, value]) => value !== this.standing[name]);
    return { decisions: Object.fromEntries(changes), why: this.why.value.trim() };
  }

  /** @param {boolean} on whether nothing may be changed */
  lock(on) {
    this.parts.disabled = on;
    this.why.disabled = on;
  }

  /** @param {string} name @param {DecisionRow} row */
  #control(name, row) {
    const shown = h("output", { class: "decided" });
    const note = h("p", { class: "small soft" });
    const set = (/** @type {number} */ value) => {
      this.values[name] = Math.min(row.high, Math.max(row.low, Number(value.toPrecision(6))));
      shown.textContent = this.#words(name, row, this.values[name]);
      const before = this.standing[name];
      const range = { low: this.#words(name, row, row.low), high: this.#words(name, row, row.high), now: this.#words(name, row, before) };
      note.textContent = t(this.values[name] === before ? "phone.decide.same" : "phone.decide.moved", range);
    };
    const held = this.holds.includes(name);
    const control = held ? null : row.values?.length ? this.#choices(name, row, set) : this.#slider(name, row, set);
    set(this.values[name]);
    if (held) note.textContent = t("phone.decide.held");
    const [label, meaning] = [decisionName(name), t(`phone.decision.${name}.meaning`)];
    return h("div", { class: "decision" }, h("div", { class: "row between" }, h("h3", { text: label }), shown), h("p", { class: "small", text: meaning }), control, note, ...(held ? [] : (row.prices ?? [])).map(priceLine));
  }

  /** @param {string} name @param {DecisionRow} row @param {number} value */
  #words(name, row, value) {
    return wordsOr(`phone.decision.${name}.at.${String(value).replace(".", "_")}`, inUnit(value, row.unit.replace(/^share.*/, "share")));
  }

  /** @param {string} name @param {DecisionRow} row @param {(value: number) => void} set */
  #slider(name, row, set) {
    const slider = h("input", { type: "range", id: `at-${name}`, min: row.low, max: row.high, step: row.step, value: this.values[name], "aria-label": decisionName(name) });
    const move = (/** @type {number} */ value) => {
      set(value);
      slider.value = String(this.values[name]);
      slider.setAttribute("aria-valuetext", this.#words(name, row, this.values[name]));
      this.changed();
    };
    slider.addEventListener("input", () => move(slider.valueAsNumber));
    slider.setAttribute("aria-valuetext", this.#words(name, row, this.values[name]));
    const step = (/** @type {string} */ sign, /** @type {number} */ by) =>
      button(sign, () => move(this.values[name] + by), { class: "step-by", "aria-label": t(by < 0 ? "phone.decide.less" : "phone.decide.more", { what: decisionName(name) }) });
    return h("div", { class: "slide" }, step("−", -row.step), slider, step("+", row.step));
  }

  /** @param {string} name @param {DecisionRow} row @param {(value: number) => void} set */
  #choices(name, row, set) {
    const options = (row.values ?? []).map((value) => {
      const radio = h("input", { type: "radio", id: `at-${name}-${value}`, name: `choice-${name}`, value, checked: value === this.values[name], on: { change: () => (set(value), this.changed()) } });
      return h("label", { class: "check" }, radio, this.#words(name, row, value));
    });
    return h("div", { class: "choices", role: "radiogroup", "aria-label": decisionName(name) }, ...options);
  }
}

/** @param {Price} price @returns {HTMLElement} what a decision costs, by the model */
function priceLine({ path, value, unit }) {
  return h("p", { class: "small price" }, h("span", { class: "tag", text: t("phone.decide.cost") }), t("phone.decide.price", { what: t(`phone.price.${path}`), value: inUnit(value, unit) }));
}

/** What may be bought for the next round, and what is on its way.
 * @param {Record<string, {values: number[], prices: Price[]}>} goods on sale in this episode
 * @param {string} department who buys @param {Buy[]} bought this round @param {(what: Buy) => void} buy
 * @returns {HTMLElement | null} */
export function shopCard(goods, department, bought, buy) {
  if (!Object.keys(goods).length) return null;
  const others = ["marketing", "sales", "product", "service", "finance"].filter((name) => name !== department);
  const lines = Object.entries(goods).map(([kind, good]) => {
    const about = h("select", { id: `about-${kind}` }, ...others.map((name) => h("option", { value: name, text: departmentName(name) })));
    const people = h("select", { id: `people-${kind}` }, ...good.values.map((value) => h("option", { value, text: formatted(value, "whole") })));
    const what = () => (kind === "survey" ? { buy: kind, people: Number(people.value) } : kind === "figures" ? { buy: kind, about: about.value } : { buy: kind });
    const choice = kind === "survey" ? field(t("phone.shop.people"), people) : kind === "figures" ? field(t("phone.shop.about"), about) : null;
    return h("div", { class: "on-sale stack tight" }, h("h3", { text: t(`phone.shop.${kind}.title`) }), h("p", { class: "small", text: t(`phone.shop.${kind}.meaning`) }), ...good.prices.map(priceLine),
      h("div", { class: "row" }, choice, button(t("phone.shop.buy"), () => buy(what()), { id: `buy-${kind}` })));
  });
  const coming = bought.map((item) => h("li", { text: `${t(`phone.shop.${item.buy}.title`)}${item.about ? `: ${departmentName(item.about)}` : item.people ? `: ${formatted(item.people, "whole")}` : ""}` }));
  return card(t("phone.shop.title"), coming.length > 0 && h("div", { class: "got", role: "status" }, h("h3", { text: t("phone.shop.coming") }), h("ul", { class: "bought" }, ...coming)), ...lines);
}

/** What was bought last round and has come. @param {any} found `bought` of a view @returns {HTMLElement | null} */
export function boughtCard(found) {
  if (!found || !Object.keys(found).length) return null;
  const { report, survey } = found;
  const reasons = Object.entries(report ?? {}).map(([name, share]) => h("div", { class: "fact" }, h("dt", { text: t(`phone.reason.${name}`) }), h("dd", { text: formatted(Number(share), "percent") })));
  return card(t("phone.shop.came"), report && h("h3", { text: t("phone.shop.report.got") }), reasons.length > 0 && h("dl", { class: "facts" }, ...reasons), report && !reasons.length && h("p", { text: t("phone.shop.report.nobody") }),
    survey && h("h3", { text: t("phone.shop.survey.got", { people: survey.people }) }), survey && h("p", { text: t("phone.shop.survey.found", survey) }));
}

/** @param {DraftChoice | null} draft @returns {string} what a draft costs at first, where the model was asked */
export const quoteWords = (draft) => (draft?.quote ? t("phone.decide.quote", { total: signedMoney(draft.quote.total) }) : "");

/** How the teams stand at the end. @param {Record<string, Record<string, number>>} scores by team @param {Team[]} teams
 * @returns {HTMLElement} */
export function standingCard(scores, teams) {
  const figures = ["profit", "customer_equity"];
  const cell = (/** @type {string} */ team, /** @type {string} */ name) =>
    h("td", { class: "number", text: firmFigure(name, scores[team][name]) });
  const rows = teams.map(({ name }, place) =>
    h("tr", {}, h("th", { scope: "row" }, mark(place, name)), ...figures.map((figure) => cell(name, figure))));
  const heads = figures.map((name) => h("th", { scope: "col", class: "number", text: t(`phone.firm.${name}`) }));
  const head = h("tr", {}, h("th", { scope: "col", text: t("phone.result.team") }), ...heads);
  return card(t("phone.result.market"), h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows)));
}

/** How far the others of the team are. @param {Team | null} team @param {string[]} own departments @param {string} phase
 * @returns {HTMLElement[]} none where there are no others */
export function matesCards(team, own, phase) {
  const others = (team?.seats ?? []).filter((seat) => !own.includes(seat.department));
  const rows = others.map((seat) =>
    h("li", { class: "row between" }, departmentName(seat.department), stateChip(stateOf(seat, phase))));
  return rows.length ? [card(t("phone.mates"), h("ul", { class: "plain" }, ...rows))] : [];
}
