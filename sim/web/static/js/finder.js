// Choosing a customer by keyboard: by number, or from one who left to the next; a ring shows the dot in both worlds.

import { announce, button, h } from "./dom.js";
import { SIDES, STATE, stateOf } from "./frames.js";
import { t } from "./i18n.js";
import { iconButton } from "./timeline.js";

/** A number, the one before and the next who left, and the way to the life. */
export class Finder {
  /** @param {() => Frames} frames that are shown @param {(place: number) => void} point rings a dot @param {(place: number) => void} open shows a life */
  constructor(frames, point, open) {
    this.frames = frames;
    this.point = point;
    this.number = h("input", { type: "number", min: 0, step: 1, inputmode: "numeric", placeholder: t("compare.customer"), "aria-label": t("compare.customer") });
    this.number.addEventListener("input", () => this.#ring(this.place()));
    this.number.addEventListener("keydown", ({ key }) => key === "Enter" && this.place() >= 0 && open(this.place()));
    const life = button(t("compare.life"), () => this.place() >= 0 && open(this.place()));
    this.element = h("div", { class: "row finder" }, this.number, iconButton("leaverBack", () => this.#step(-1), "back"), iconButton("leaverOn", () => this.#step(1), "on"), life);
  }

  /** @returns {number} the place chosen, -1 for none */
  place() {
    const places = this.frames().left?.dots.length ?? 0;
    return this.number.value === "" ? -1 : Math.min(places - 1, Math.max(0, Math.round(Number(this.number.value))));
  }

  /** To the next who left in either world until the month shown, round the end. @param {1 | -1} way */
  #step(way) {
    const places = this.frames().left?.dots.length ?? 0;
    for (let i = 1, from = this.place(); i <= places; i += 1) {
      const place = (Math.max(from, way < 0 ? 0 : -1) + way * i + 2 * places) % places;
      if (this.#worlds(place)) return this.#ring(place);
    }
    announce(t("compare.noLeaver"));
  }

  /** @param {number} place @returns {string} letters of the worlds in which the customer has left */
  #worlds(place) {
    const gone = SIDES.filter((side) => [STATE.LOST, STATE.GONE].some((state) => state === stateOf(this.frames()[side]?.dots[place] ?? 0)));
    return gone.map((side) => t(`compare.letter.${side}`)).join(", ");
  }

  /** @param {number} place */
  #ring(place) {
    if (place >= 0) this.number.value = String(place);
    this.point(place);
    if (place >= 0) announce(t(this.#worlds(place) ? "compare.leaver" : "compare.chosen", { place, worlds: this.#worlds(place) }));
  }
}
