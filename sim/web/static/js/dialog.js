// A dialog with a title, parts and a way out.

import { button, h, put } from "./dom.js";
import { t } from "./i18n.js";

/** Shows a dialog; it is gone when closed, by the button or by Escape. @param {string} title @param {...Node} parts @returns {HTMLDialogElement} */
export function openDialog(title, ...parts) {
  const dialog = h("dialog", { "aria-label": title });
  const close = button(t("shell.close"), () => dialog.close(), { class: "quiet" });
  put(dialog, h("header", {}, h("h2", { text: title }), close), ...parts);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
