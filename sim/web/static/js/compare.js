// compare: to come in the next step of this screen.
import { h } from "./dom.js";
/** @param {import("./app.js").Studio} _ @returns {Promise<import("./app.js").Screen>} */
export async function build(_) {
  return { element: h("section") };
}
