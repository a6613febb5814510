// The panel at the side in which any policy, wall, decision or mechanism of either world is changed from a month on, and the history.

import { button, field, fill, h, put, toast } from "./dom.js";
import { openDialog } from "./dialog.js";
import { SIDES } from "./frames.js";
import { settingKey, t, unitName, wordsOr } from "./i18n.js";
import { showRefusal } from "./refusal.js";

/** @typedef {import("./setting_words.js").Setting} Setting */
/** @typedef {import("./setting_words.js").SettingWords} SettingWords */

const STEPS = 20; // of an arrow key from the lowest to the highest value
const GROUPS = ["policy", "walls", "service", "price"]; // shown first
/** The panel. */
export class ChangePanel {
  /** @param {Studio} studio @param {SettingWords} words */
  constructor(studio, words) {
    Object.assign(this, { studio, words });
    this.studio = studio;
    this.words = words;
    /** @type {Map<string, any>} */
    this.wanted = new Map();
    this.body = h("div", { class: "stack settings" });
    this.search = h("input", { type: "search", on: { input: () => this.#filter() } });
    this.when = h("input", { type: "number", min: 0, step: 1 });
    this.side = put(h("select", { on: { change: () => this.#list() } }), ...["left", "right", "both"].map((side) => h("option", { value: side, text: t(`compare.side.${side}`) })));
    const title = h("h2", { class: "grow", text: t("compare.changeTitle"), tabindex: "-1" });
    const close = button(t("shell.close"), () => this.close(), { class: "quiet" });
    this.send = button("", () => void this.#send(), { class: "primary" });
    const asks = h("div", { class: "columns" }, field(t("compare.whichWorld"), this.side), field(t("compare.fromMonth"), this.when));
    const head = h("header", { class: "stack" }, h("div", { class: "row" }, title, close), asks, field(t("compare.find"), this.search));
    this.element = h("aside", { class: "change", hidden: true, "aria-label": t("compare.changeTitle") }, head, this.body, h("footer", {}, this.send));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.title = title;
    /** @type {HTMLElement | undefined} */
    this.opener = undefined;
  }

  /** Opens at a month. @param {number} month @param {HTMLElement} [opener] gets the focus back */
  async open(month, opener) {
    this.opener = opener;
    if (!this.words.known.size) await this.load();
    this.when.value = String(month);
    this.when.max = String((this.studio.store.pair?.months ?? 1) - 1);
    this.element.hidden = false;
    this.element.parentElement?.classList.add("changing");
    this.#list();
    this.title.focus();
  }

  close() {
    this.element.hidden = true;
    this.element.parentElement?.classList.remove("changing");
    this.opener?.focus();
  }

  /** Asks the server what may be changed. */
  async load() {
    const { settings } = await this.studio.line.ask("settings");
    if (Array.isArray(settings)) this.words.take(settings);
  }

  /** @returns {Side} the side whose values are shown */
  #shown() {
    return this.side.value === "left" ? "left" : "right";
  }

  #list() {
    this.wanted.clear();
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    for (const setting of this.words.known.values()) {
      const group = setting.group ?? setting.department ?? "mechanisms";
      groups.set(group, [...(groups.get(group) ?? []), this.#row(setting)]);
    }
    const order = (/** @type {string} */ group) => (GROUPS.indexOf(group) + 1 || GROUPS.length + 1);
    const parts = [...groups].sort(([a], [b]) => order(a) - order(b)).map(([group, rows], i) => put(h("details", { open: i < 2 }, h("summary", { text: groupName(group) })), ...rows));
    fill(this.body, ...parts);
    this.#filter();
    this.#count();
  }

  /** @param {Setting} setting @returns {HTMLElement} */
  #row(setting) {
    const now = valueOf(this.studio.store.pair?.[this.#shown()], setting);
    const control = controlOf(setting, now, this.words);
    control.addEventListener("input", () => this.#want(setting, control, now));
    const range = setting.choices || setting.low === undefined ? "" : t("compare.range", { low: setting.low, high: setting.high, unit: unitName(setting.unit) }).trim();
    const note = [wordsOr(`${settingKey(setting.path)}.meaning`, ""), range].filter(Boolean).join(". ").replace("..", ".");
    return put(h("div", { class: "setting", data: { words: `${this.words.label(setting.path)} ${note}`.toLowerCase() } }), field(this.words.label(setting.path), control, note));
  }

  /** @param {Setting} setting @param {HTMLInputElement | HTMLSelectElement} control @param {any} now */
  #want(setting, control, now) {
    const value = control.value === "" ? now : typeof now === "number" || (setting.low !== undefined && !setting.choices) ? Number(control.value) : chosen(setting, control.value);
    if (value === now) this.wanted.delete(setting.path);
    else this.wanted.set(setting.path, value);
    this.#count();
  }

  #count() {
    this.send.disabled = this.wanted.size === 0;
    this.send.textContent = t("compare.fork", { count: this.wanted.size });
  }

  #filter() {
    const wanted = this.search.value.trim().toLowerCase();
    for (const row of this.body.querySelectorAll(".setting")) row.toggleAttribute("hidden", !row.getAttribute("data-words")?.includes(wanted));
    for (const group of this.body.querySelectorAll("details")) {
      group.hidden = !group.querySelector(".setting:not([hidden])");
      if (wanted && !group.hidden) group.open = true;
    }
  }

  async #send() {
    const settings = Object.fromEntries(this.wanted);
    const answer = await this.studio.line.ask("change", { side: this.side.value, month: Number(this.when.value), settings });
    if (answer.say === "refused") return showRefusal(answer);
    this.close();
    return toast(t("compare.forked", { month: Number(this.when.value) }));
  }
}

/** @param {string} group */
const groupName = (group) => t(`compare.group.${group}`);

/** @param {PairSide | undefined} side @param {Setting} setting @returns {any} the value that holds last on this side */
function valueOf(side, setting) {
  const change = side?.changes.findLast(({ settings }) => setting.path in settings);
  return change ? change.settings[setting.path] : setting.default;
}

/** @param {Setting} setting @param {any} now @param {SettingWords} words */
function controlOf(setting, now, words) {
  const { low = 0, high = 1 } = setting;
  if (!setting.choices) return h("input", { type: "number", min: low, max: high, step: (high - low) / STEPS, value: now ?? "", placeholder: t("compare.byPolicy") });
  const options = setting.choices.map((choice) => h("option", { value: String(choice), text: words.value(setting.path, choice) }));
  const control = put(h("select"), ...options);
  control.value = String(now);
  return control;
}

/** @param {Setting} setting @param {string} text @returns {any} the choice as the server named it */
const chosen = (setting, text) => setting.choices?.find((choice) => String(choice) === text);

/** Every timeline that was made, with the way back to each. @param {Studio} studio @param {SettingWords} words */
export async function openHistory(studio, words) {
  const { timelines = [] } = await studio.line.ask("history");
  const rows = timelines.map((/** @type {any} */ made) => h("tr", {}, h("td", { text: storyOf(made, words) }), put(h("td", { class: "row" }), ...SIDES.map((side) => choice(side, made.timeline)))));
  const dialog = openDialog(t("compare.history"), h("div", { class: "scroll" }, h("table", {}, put(h("tbody"), ...rows))));

  /** @param {Side} side @param {string} timeline */
  function choice(side, timeline) {
    const here = studio.store.pair?.[side].timeline === timeline;
    const press = () => (dialog.close(), void studio.line.ask("choose", { [side]: timeline }));
    return button(t("compare.showOn", { side: t(`compare.letter.${side}`) }), press, { disabled: here, "aria-pressed": String(here) });
  }
}

/** @param {any} timeline @param {SettingWords} words @returns {string} */
function storyOf({ changes }, words) {
  const parts = changes.map((/** @type {Change} */ { month, settings }) =>
    t("compare.fromMonthOn", { month, changes: Object.entries(settings).map(([path, value]) => words.both(path, value)).join(", ") }),
  );
  return parts.join("; ") || t("compare.unchanged");
}
