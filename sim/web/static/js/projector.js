// The page for the wall: the way in, the timer, who has sent, and the market after a round. It never holds a draft.

import { $, h } from "./dom.js";
import { loadWords, t, translate } from "./i18n.js";
import { Line } from "./socket.js";
import { exchangeLink } from "./start.js";
import { Countdown, departmentName, mark, once, sentWords, stateOf } from "./team.js";
import { market } from "./workshop.js";

const state = {
  /** @type {any} */ hello: null,
  /** @type {any} */ room: null,
  /** @type {any} */ game: null,
  /** @type {any} */ standing: null,
};
const MANY = 4; // teams above which their tiles are small
const parts = Object.fromEntries(["head", "stage", "teams"].map((name) => [name, h("div", { class: `part part-${name}` })]));

/** @type {Countdown} */
let countdown;

/** @returns {HTMLElement} the room's code in large letters, and the QR code */
function wayIn() {
  const address = `${state.hello?.lan ?? location.origin}/join`;
  const code = state.room?.code ?? "";
  return h("div", { class: "way-in" }, h("div", { class: "stack" }, h("p", { class: "lead", text: t("projector.join.address") }), h("p", { class: "address", text: address.replace(/^https?:\/\//, "") }),
    h("p", { class: "lead", text: t("projector.join.code") }), h("p", { class: "giant", "aria-label": [...code].join(" "), text: code }), state.hello && !state.hello.lan ? h("p", { role: "status", text: t("workshop.join.alone") }) : null), h("img", { class: "qr", src: `/qr.svg?${code}`, alt: t("workshop.join.qr", { address }) }));
}

/** @returns {(Node | null)[]} */
function head() {
  const { game } = state;
  if (!game || game.phase === "lobby") return [h("h1", { text: t(game ? "projector.lobby" : "projector.welcome") })];
  return [h("h1", { text: t("workshop.round", { round: game.round, rounds: game.rounds }) }), h("p", { class: "lead soft", text: t(`workshop.episode.${game.episode}`) }), h("p", { class: "code-small", text: t("projector.code", { code: state.room?.code ?? "" }) })];
}

/** @returns {(Node | null)[]} the middle of the wall */
function stage() {
  const { game, standing } = state;
  if (!game || game.phase === "lobby") return [wayIn()];
  if (game.message) return [h("p", { class: "say message", dir: "auto", text: game.message.text }), ...middle(game, standing)];
  return middle(game, standing);
}

/** @param {any} game @param {any} standing @returns {(Node | null)[]} */
function middle(game, standing) {
  if (game.phase === "open") return [h("div", { class: "clock" }, countdown.element, h("p", { class: "lead", text: t(game.timer?.state === "off" ? "projector.untimed" : "projector.decide") }))];
  if (game.phase === "closing") return [h("p", { class: "display", role: "status", text: t("projector.playing", { months: game.design?.months }) })];
  if (standing) return [market(standing, game.teams)];
  return [h("div", { class: "clock" }, h("p", { class: "display", text: t("projector.closed", { round: game.round }) }), h("p", { class: "lead", text: t("projector.sealed") }))];
}

/** @returns {(Node | null)[]} the teams: who is in, who has sent */
function teams() {
  const { game } = state;
  if (!game || ["closed", "over"].includes(game.phase) && state.standing) return [];
  const tiles = game.teams.map((/** @type {Team} */ team, /** @type {number} */ place) => {
    const here = team.seats.filter((seat) => seat.by === "member").length;
    const words = game.phase === "lobby" ? t("projector.in", { here, seats: team.seats.length }) : sentWords(team);
    const pips = team.seats.map((seat) => h("span", { class: `pip ${game.phase === "lobby" && seat.by === "member" ? "in" : stateOf(seat, game.phase)}`, title: departmentName(seat.department) }));
    return h("li", { class: "card tile" }, h("strong", {}, mark(place, team.name)), h("span", { class: "pips", "aria-hidden": "true" }, ...pips), h("span", { text: words }));
  });
  return [h("ul", { class: `plain tiles ${game.teams.length > MANY ? "many" : ""}` }, ...tiles)];
}

/** @param {Partial<typeof state>} news */
function take(news) {
  Object.assign(state, news);
  const { game, room, standing } = state;
  if (!game || game.phase === "lobby") state.standing = null;
  document.body.classList.toggle("lobby", !game || game.phase === "lobby");
  once(parts.head, [game?.phase === "lobby", Boolean(game), game?.round, game?.episode, room?.code], head);
  once(parts.stage, [game?.phase, game?.message, game?.timer?.state === "off", state.standing, room?.code, game?.round], stage);
  once(parts.teams, [game?.teams, game?.phase, Boolean(standing)], teams);
  if (game) countdown.take(game.phase === "open" ? game.timer : undefined, game.now);
}

async function start() {
  await exchangeLink();
  await loadWords();
  translate();
  document.title = t("projector.title");
  const line = new Line("projector");
  countdown = new Countdown(line);
  $("#main").append(...Object.values(parts));
  line.on("hello", (hello) => take(hello.room || !state.room ? { hello, room: hello.room, game: hello.room?.game ?? null } : {})); // a studio that begins again tells of its room later
  line.on("game", ({ game }) => take({ game: game && { ...state.game, ...game } }));
  line.on("standing", ({ standing }) => take({ standing }));
  line.on("state", (now) => {
    $("#line").hidden = now === "open" || now === "joining";
    $("#line").textContent = t(`shell.line.${now}`);
  });
  line.open();
}

void start();
