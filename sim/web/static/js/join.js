// The way in for phones: the room's code and a name.

import { $, field, fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { reasonOf } from "./refusal.js";

/** @param {SubmitEvent} event */
async function join(event) {
  event.preventDefault();
  const asked = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const body = { code: String(asked.get("code")).trim().toUpperCase(), nickname: String(asked.get("nickname")).trim() };
  const answer = await fetch("/join", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
  if (answer?.ok) return location.replace(location.pathname + location.search);
  const why = answer ? await answer.json().catch(() => ({})) : { why: "lost" };
  fill($("#join-note"), reasonOf({ key: answer?.status, ...why }));
}

/** @returns {HTMLElement} */
export function joinForm() {
  const code = h("input", { id: "code", name: "code", required: true, maxlength: 6, minlength: 6, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", class: "code", value: new URLSearchParams(location.search).get("code") ?? "" });
  const nickname = h("input", { id: "nickname", name: "nickname", maxlength: 20, autocomplete: "off" });
  return h("form", { class: "card stack join", on: { submit: join } }, h("h2", { text: t("phone.join.title") }), field(t("phone.join.code"), code, t("phone.join.code_note")),
    field(t("phone.join.nickname"), nickname, t("phone.join.nickname_note")), h("button", { class: "primary large", type: "submit", text: t("phone.join.go") }), h("p", { id: "join-note", role: "alert", class: "refused" }));
}
