// What the server refused, in words by the key of its reason; what the model says of it is English, and stands there small.

import { h, toast } from "./dom.js";
import { knows, t } from "./i18n.js";

/** @param {any} answer @returns {string} the reason */
export function reasonOf({ why, key = why, seconds = 30 }) {
  const known = `refused.${key}`;
  return knows(known) ? t(known, { count: seconds }) : t("refused.other", { reason: key });
}

/** @param {any} answer @returns {HTMLElement | false} what the model says of it */
export function detailOf({ detail, field, allowed }) {
  const words = detail ?? [field, allowed].filter(Boolean).join(": ");
  return Boolean(words) && h("small", { lang: "en", text: t("refused.detail", { detail: words }) });
}

/** Shows why. @param {any} answer */
export const showRefusal = (answer) => toast(reasonOf(answer), "refusal", detailOf(answer));
