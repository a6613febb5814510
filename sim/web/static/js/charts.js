// Four live lines for both worlds, each with the band over paired worlds, drawn by uPlot; and their tables.

import { button, h, token } from "./dom.js";
import { SIDES } from "./frames.js";
import { formatted, t } from "./i18n.js";
import { openTable } from "./table.js";

/** @typedef {{measure: string, format: string}} ChartOf */

const CHARTS = [
  { measure: "attrition_annual", format: "percent" },
  { measure: "messages_net", format: "whole" },
  { measure: "satisfaction_mean", format: "two" },
  { measure: "profit_total", format: "money" },
];

/** @type {any} the classic script of uPlot puts it there */
const UPlot = Reflect.get(window, "uPlot");
const DASH = [7, 5];
const NARROWEST_AXIS = 60; // px of the vertical axis
const GLYPH = 9; // px of a sign of its labels, at most

/** The four charts, as far as the worlds tell their measures. @param {FrameStore} store @param {{name: string}[]} measures */
export function liveCharts(store, measures) {
  const place = (/** @type {ChartOf} */ { measure }) => measures.findIndex(({ name }) => name === measure);
  return CHARTS.filter((about) => place(about) >= 0).map((about) => new LineChart(store, place(about), about));
}

/** One chart: a measure of both worlds over the months. */
export class LineChart {
  /** @param {FrameStore} store @param {number} index place in `hello.measures` @param {ChartOf} about */
  constructor(store, index, about) {
    this.store = store;
    this.index = index;
    this.about = about;
    this.title = t(`measures.${about.measure}.label`);
    this.plot = h("div", { class: "plot", role: "img" });
    const table = button(t("compare.table"), () => this.openTable(), { class: "quiet", "aria-label": t("compare.tableOf", { title: this.title }) });
    const caption = h("figcaption", { class: "row" }, h("h3", { class: "grow", text: this.title }), table);
    this.element = h("figure", { class: "chart" }, caption, this.plot);
    new ResizeObserver(() => this.#fit()).observe(this.plot);
  }

  /** Draws up to a month. @param {number} month */
  draw(month) {
    this.month = month;
    const data = this.#data(month);
    if (this.chart) this.chart.setData(data, false), this.#rescale(data);
    else if (this.plot.clientWidth) this.#build(data);
    this.plot.setAttribute("aria-label", this.sentence());
  }

  /** @returns {string} what the chart shows, in a sentence */
  sentence() {
    const [left, right] = this.#ends().map((value) => formatted(value ?? NaN, this.about.format));
    return t("compare.chartSentence", { title: this.title, month: this.month ?? 0, left, right });
  }

  /** @returns {(number | null)[]} the values of both sides at the month shown */
  #ends() {
    return SIDES.map((side) => this.#series(side)[this.month ?? 0] ?? null);
  }

  /** @param {Side} side @returns {Series} */
  #series(side) {
    return this.store[side].series(this.index);
  }

  /** @param {number} month @returns {Series[]} months, then line, high, low of each side */
  #data(month) {
    const months = Array.from({ length: (this.store.pair?.months ?? 0) + 1 }, (_, i) => i);
    const until = (/** @type {Series} */ series) => months.map((m) => (m <= month ? series[m] ?? null : null));
    return [months, ...SIDES.flatMap((side) => [until(this.#series(side)), ...this.#band(side).map(until)])];
  }

  /** @param {Side} side @returns {Series[]} ends of the range of paired worlds; empty before it is there */
  #band(side) {
    const band = this.store.band;
    const values = band?.measures[this.about.measure]?.[side];
    if (!values) return [[], []];
    return ["range_high", "range_low"].map((name) => byMonth(band.months, values[name]));
  }

  /** @param {Series[]} data */
  #build(data) {
    this.chart = new UPlot(this.#options(), data, this.plot);
    this.#rescale(data);
  }

  /** Keeps the vertical axis on what is drawn, with zero where it is near. @param {Series[]} data */
  #rescale(data) {
    const values = data.slice(1).flat().filter((value) => value !== null);
    const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
    this.empty = !values.length;
    const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
    this.chart.batch(() => {
      this.chart.setScale("x", { min: 0, max: Math.max(1, data[0].length - 1) });
      this.chart.setScale("y", { min: low >= 0 && low < (high - low) ? 0 : low - room, max: high + room });
    });
  }

  #options() {
    const axis = { stroke: token("--soft"), font: "13px system-ui, sans-serif", ticks: { show: false }, grid: { stroke: token("--line"), width: 1 } };
    const format = this.about.format === "percent" ? "percent1" : this.about.format;
    const values = (/** @type {any} */ _, /** @type {number[]} */ splits) => splits.map((value) => (this.empty ? "" : formatted(value, format)));
    return {
      ...this.#size(),
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 26, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [{ ...axis, size: 22, gap: 3, incrs: [12, 24], grid: { show: false } }, { ...axis, size: (/** @type {any} */ _, /** @type {string[] | null} */ shown) => Math.max(NARROWEST_AXIS, GLYPH * Math.max(0, ...(shown ?? []).map((text) => text.length)) + 8), gap: 4, space: 26, values }],
      series: [{}, ...SIDES.flatMap(linesOf)],
      bands: [{ series: [2, 3], fill: token("--left-wash") }, { series: [5, 6], fill: token("--right-wash") }],
      hooks: { draw: [() => this.#name()] },
    };
  }

  /** Puts A and B at the ends of the lines. */
  #name() {
    const { chart, month = 0 } = this;
    if (!chart) return;
    const ratio = window.devicePixelRatio;
    const heights = this.#ends().map((value) => (value === null ? null : chart.valToPos(value, "y", true)));
    const close = heights[0] !== null && heights[1] !== null && Math.abs(heights[0] - heights[1]) < 13 * ratio;
    SIDES.forEach((side, i) => {
      const y = heights[i];
      if (y === null) return;
      const other = heights[1 - i] ?? y;
      const shift = close ? 6.5 * ratio * (y > other || (y === other && i === 0) ? 1 : -1) + (other - y) / 2 : 0;
      chart.ctx.font = `700 ${13 * ratio}px system-ui, sans-serif`;
      Object.assign(chart.ctx, { textBaseline: "middle", textAlign: "left" });
      chart.ctx.fillStyle = token(`--${side}`);
      chart.ctx.fillText(t(`compare.letter.${side}`), chart.valToPos(month, "x", true) + 5 * ratio, y + shift);
    });
  }

  #size() {
    return { width: Math.max(80, this.plot.clientWidth), height: Math.max(60, this.plot.clientHeight) };
  }

  #fit() {
    if (this.chart) this.chart.setSize(this.#size());
    else if (this.month !== undefined) this.draw(this.month);
  }

  /** Opens the numbers of the months shown as a table. */
  openTable() {
    const [left, right] = SIDES.map((side) => this.#series(side));
    const shown = (/** @type {number | null | undefined} */ value) => formatted(value ?? NaN, this.about.format);
    const rows = left.slice(0, (this.month ?? 0) + 1).map((value, m) => [String(m), shown(value), shown(right[m])]);
    openTable(this.title, [t("compare.month"), t("compare.letter.left"), t("compare.letter.right")], rows);
  }
}

/** @param {Side} side @returns {object[]} the line and the unseen edges of its band */
function linesOf(side) {
  const edge = { width: 0, points: { show: false }, spanGaps: true };
  const line = { stroke: token(`--${side}`), width: 2.5, dash: side === "left" ? DASH : undefined, points: { show: false } };
  return [line, edge, edge];
}

/** @param {number[]} months @param {Series} values @returns {Series} */
function byMonth(months, values) {
  /** @type {Series} */
  const series = [];
  months.forEach((month, i) => (series[month] = values[i]));
  return series;
}
