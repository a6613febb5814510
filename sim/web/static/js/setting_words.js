// Words for settings and their values: in the panel of changes, in the titles of worlds and in a replay.

import { knows, number, settingKey, t, unitName, wordsOr } from "./i18n.js";

/**
 * A setting as the server describes it.
 * @typedef {{path: string, unit?: string, low?: number, high?: number, default?: any, department?: string, group?: string, choices?: any[]}} Setting
 */

/** Words for settings and values, once the server has described them. */
export class SettingWords {
  constructor() {
    /** @type {Map<string, Setting>} */
    this.known = new Map();
  }

  /** @param {Setting[]} settings */
  take(settings) {
    for (const setting of settings) this.known.set(setting.path, setting);
  }

  /** @param {string} path @returns {string} */
  label(path) {
    return wordsOr(`${settingKey(path)}.label`, wordsOr(`${settingKey(path)}.meaning`, path));
  }

  /** @param {string} path @param {any} value @returns {string} */
  value(path, value) {
    const key = `compare.value.${path.split(".").at(-1)}.${value}`;
    if (knows(key)) return t(key);
    if (typeof value === "number") return `${number(value, { maximumSignificantDigits: 4 })} ${unitName(this.known.get(path)?.unit)}`.trim();
    return typeof value === "boolean" ? t(`compare.value.${value}`) : String(value ?? "–").replaceAll("_", " ");
  }

  /** @param {string} path @param {any} value @returns {string} label and value */
  both(path, value) {
    return path.endsWith(".policy") ? this.value(path, value) : `${this.label(path)} ${this.value(path, value)}`;
  }
}
