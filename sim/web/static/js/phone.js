// The players' page: joining, a seat, and the rounds as the head of one department; made for a phone.

import { $, button, field, fill, h, toast } from "./dom.js";
import { knows, loadWords, t, translate } from "./i18n.js";
import { DecisionForm, card, firmFigure, payCard, quoteWords, shopCard, sightCard, wordsOr } from "./role.js";
import { Line } from "./socket.js";
import { Countdown, departmentName, mark, once, stateChip, stateOf } from "./team.js";

/** @typedef {import("./role.js").View} View */
/** @typedef {import("./role.js").Choice} Choice */

const DRAFT_AFTER = 700; // ms without a change until a draft is kept

/** Everything the page knows; each part is replaced by what the server says. */
const state = {
  role: "guest",
  /** @type {any} */ room: null,
  /** @type {any} */ game: null,
  /** @type {{member?: number, team: string | null, department: string | null}} */ you: { team: null, department: null },
  /** @type {View | null} */ view: null,
  /** @type {Choice | null} */ draft: null,
  /** @type {any[]} */ bought: [],
  /** @type {any} */ result: null,
  /** @type {any} */ standing: null,
};

/** @type {Line} */
let line;
/** @type {Countdown} */
let countdown;
/** @type {DecisionForm | null} */
let form = null;
let later = 0;

const parts = Object.fromEntries(["top", "note", "result", "seat", "sees", "pay", "decide", "shop", "mates", "bet"].map((name) => [name, h("div", { class: `part part-${name}` })]));
const foot = h("footer", { class: "foot", hidden: true });

/** @param {string} name @param {Record<string, any>} fields @returns {Promise<boolean>} whether it was done */
async function ask(name, fields = {}) {
  const answer = await line.ask(name, fields);
  if (answer.say !== "refused") return true;
  const key = `phone.refused.${answer.why}`;
  toast(t(knows(key) ? key : "phone.refused.other", { reason: answer.why }), "refusal");
  return false;
}

/** @param {SubmitEvent} event */
async function join(event) {
  event.preventDefault();
  const asked = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const body = { code: String(asked.get("code")).trim().toUpperCase(), nickname: String(asked.get("nickname")).trim() };
  const answer = await fetch("/join", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
  if (answer?.ok) return location.replace(location.pathname + location.search);
  const why = answer ? await answer.json().catch(() => ({})) : { why: "lost" };
  const key = `phone.refused.${why.why}`;
  fill($("#join-note"), t(knows(key) ? key : "phone.refused.other", { reason: why.why ?? answer?.status, count: why.seconds ?? 30 }));
}

/** @returns {HTMLElement} */
function joinForm() {
  const code = h("input", { id: "code", name: "code", required: true, maxlength: 6, minlength: 6, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", class: "code", value: new URLSearchParams(location.search).get("code") ?? "" });
  const nickname = h("input", { id: "nickname", name: "nickname", maxlength: 20, autocomplete: "off" });
  return h("form", { class: "card stack join", on: { submit: join } }, h("h1", { text: t("phone.join.title") }), field(t("phone.join.code"), code, t("phone.join.code_note")),
    field(t("phone.join.nickname"), nickname, t("phone.join.nickname_note")), h("button", { class: "primary large", type: "submit", text: t("phone.join.go") }), h("p", { id: "join-note", role: "alert", class: "refused" }));
}

/** @returns {(Node | null)[]} seats that are free, by team */
function seatChoice() {
  const { game } = state;
  if (!game) return [card(t("phone.seat.wait_title"), h("p", { text: t("phone.seat.wait") }))];
  const teams = game.teams.map((/** @type {any} */ team, /** @type {number} */ place) => {
    const free = team.seats.filter((/** @type {any} */ seat) => seat.state === "free" || seat.by === "computer" || seat.by === "nobody");
    const buttons = free.map((/** @type {any} */ { department }) => button(departmentName(department), () => ask("claim", { team: team.name, department }), { class: "seat" }));
    return h("section", { class: "stack tight" }, h("h3", {}, mark(place, team.name)), h("div", { class: "seats" }, ...buttons), free.length === 0 && h("p", { class: "soft", text: t("phone.seat.full") }));
  });
  return [card(t("phone.seat.title"), h("p", { text: t("phone.seat.note") }), ...teams)];
}

/** @returns {any} what the design of the game says of one's department */
const roleOf = () => state.game?.design?.departments?.[state.you.department ?? ""];

/** @returns {any} one's team with its place in the game */
function teamOf() {
  const place = state.game?.teams.findIndex((/** @type {any} */ team) => team.name === state.you.team) ?? -1;
  return place < 0 ? null : { place, ...state.game.teams[place] };
}

const isOpen = () => state.game?.phase === "open";
const isSent = () => state.draft?.sent === true;

function drawTop() {
  const [team, { game, you }] = [teamOf(), state];
  const round = game && game.phase !== "lobby" ? t("phone.round", { round: game.round, rounds: game.rounds, months: game.months }) : "";
  once(parts.top, [team?.name, team?.place, you.department, round, state.role], () => [
    h("div", { class: "who" }, team ? mark(team.place, team.name) : h("strong", { text: t("phone.title") }), you.department && h("span", { class: "role", text: departmentName(you.department) }), round && h("small", { class: "soft", text: round })),
    countdown.element,
  ]);
  if (game) countdown.take(game.phase === "open" ? game.timer : undefined, game.now);
}

/** @returns {string} what happens now, in a line */
function noteWords() {
  const { game, you } = state;
  if (state.role === "guest" || !game || !you.department) return "";
  if (game.phase === "open") return isSent() ? t("phone.note.sent") : t("phone.note.open");
  return t(`phone.note.${game.phase}`);
}

/** @returns {(Node | null)[]} the role in words, while the game has not begun */
function roleWords() {
  const [role, { you }] = [roleOf(), state];
  if (!role || !you.department) return [];
  const pay = t("phone.role.pay", { volume: t(`phone.kpi.${role.volume}`) });
  return [card(t("phone.role.title", { department: departmentName(you.department) }), h("p", { text: wordsOr(`phone.role.${you.department}`, "") }), h("p", { text: pay }),
    button(t("phone.seat.leave"), () => ask("release"), { class: "quiet" }))];
}

/** @returns {(Node | null)[]} */
function decideCard() {
  const role = roleOf();
  if (!role || !state.view) return [];
  form = new DecisionForm(role.decisions, state.view.decisions, state.draft, keepLater);
  return [card(t("phone.decide.title"), form.element)];
}

function keepLater() {
  window.clearTimeout(later);
  later = window.setTimeout(() => form && isOpen() && !isSent() && ask("draft", form.choice()), DRAFT_AFTER);
}

function drawFoot() {
  const shown = Boolean(form && state.view && isOpen());
  foot.hidden = !shown;
  if (!shown) return;
  form?.lock(isSent());
  const send = async () => {
    window.clearTimeout(later);
    if (form) await ask("send", form.choice());
  };
  once(foot, [isSent(), state.draft?.quote?.total], () => [
    h("span", { class: "small", role: "status", text: isSent() ? t("phone.decide.done") : quoteWords(state.draft) }),
    isSent() ? button(t("phone.decide.revise"), () => ask("revise"), { id: "go" }) : button(t("phone.decide.send"), send, { class: "primary", id: "go" }),
  ]);
}

/** @returns {Node[]} how far the others of the team are */
function matesCard() {
  const team = teamOf();
  if (!team || !state.you.department) return [];
  const rows = team.seats.filter((/** @type {any} */ seat) => seat.department !== state.you.department).map((/** @type {any} */ seat) =>
    h("li", { class: "row between" }, h("span", {}, departmentName(seat.department), seat.nickname && h("span", { class: "soft", dir: "auto", text: ` ${seat.nickname}` })), stateChip(stateOf(seat))));
  return [card(t("phone.mates"), h("ul", { class: "plain" }, ...rows))];
}

/** @returns {Node[]} the bet of a lesson that the room is asked for */
function betCard() {
  const bet = state.room?.lesson?.bet;
  const known = state.room?.bets?.[bet?.question];
  if (!bet || state.role === "guest" || known?.revealed) return [];
  const lang = document.documentElement.lang;
  const options = bet.answers.map((/** @type {any} */ answer) => button(answer.text?.[lang] ?? answer.text?.en ?? answer.text ?? answer.key, async () => {
    if (await ask("bet", { question: bet.question, answer: answer.key })) toast(t("phone.bet.done"));
  }, { class: "seat" }));
  return [card(t("phone.bet.title"), h("div", { class: "seats" }, ...options))];
}

/** @returns {Node[]} how the teams stand, where it may be known */
function standingCard() {
  const { standing, game } = state;
  if (!standing) return [];
  const rows = game.teams.map((/** @type {any} */ { name }, /** @type {number} */ place) => h("tr", {}, h("th", { scope: "row" }, mark(place, name)),
    ...["profit", "customer_equity"].map((figure) => h("td", { class: "number", text: firmFigure(figure, standing.scores[name][figure]) }))));
  const head = h("tr", {}, h("th", { scope: "col", text: t("phone.result.team") }), ...["profit", "customer_equity"].map((name) => h("th", { scope: "col", class: "number", text: t(`phone.firm.${name}`) })));
  return [card(t("phone.result.market"), h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows)))];
}

function draw() {
  const { game, you, view, draft, bought, result, role } = state;
  const [guest, seated, phase] = [role === "guest", Boolean(you.department), game?.phase];
  const playing = seated && phase !== "lobby" && view;
  const round = [you, view, game?.episode, game?.round, roleOf()];
  drawTop();
  once(parts.note, [noteWords(), game?.message], () => [noteWords() ? h("p", { class: "say", role: "status", text: noteWords() }) : null, game?.message ? h("p", { class: "say message", dir: "auto", text: `✉ ${game.message.text}` }) : null]);
  once(parts.seat, [guest, seated, phase, seated ? you : game?.teams], () => (guest ? [joinForm()] : !seated ? seatChoice() : phase === "lobby" ? roleWords() : []));
  once(parts.result, [result, state.standing, phase], () => (result && roleOf() && phase !== "lobby" ? [...standingCard(), payCard(t("phone.result.title", { round: result.round }), result, roleOf())] : []));
  once(parts.sees, [view, seated], () => (playing && phase !== "closing" ? [sightCard(view, roleOf()?.sees ?? [])] : []));
  once(parts.pay, [view, result === null, seated], () => (playing && roleOf() && !result ? [payCard(t("phone.pay.title"), view, roleOf())] : []));
  once(parts.decide, [round, playing ? phase : ""], () => (form = null, playing && phase === "open" ? decideCard() : []));
  once(parts.shop, [bought, round, phase], () => (playing && phase === "open" ? [shopCard(goodsNow(), you.department ?? "", bought, (what) => ask("buy", { what }), isOpen())] : []));
  once(parts.mates, [teamOf()?.seats, phase], matesCard);
  once(parts.bet, [state.room?.lesson?.bet, state.room?.bets, guest], betCard);
  drawFoot();
}

/** @returns {Record<string, any>} what is on sale in this episode */
function goodsNow() {
  const { design, episode } = state.game;
  return Object.fromEntries((design.episodes[episode]?.buys ?? []).map((/** @type {string} */ kind) => [kind, design.buys[kind]]));
}

/** @param {Partial<typeof state>} news */
function take(news) {
  Object.assign(state, news);
  draw();
}

async function start() {
  await loadWords();
  translate();
  document.title = t("phone.title");
  line = new Line("phone");
  countdown = new Countdown(line);
  $("#main").append(...Object.values(parts).slice(1));
  $("#top").append(parts.top);
  document.body.append(foot);
  line.on("hello", (hello) => take({ role: hello.role, room: hello.room, game: hello.room?.game ?? null }));
  line.on("room", ({ room }) => take({ room, game: room.game ?? state.game }));
  line.on("lesson", ({ lesson }) => take({ room: { ...state.room, lesson } }));
  line.on("bets", ({ bets }) => take({ room: { ...state.room, bets } }));
  line.on("game", ({ game }) => take({ game, ...(game ? {} : { view: null, result: null }) }));
  line.on("you", (you) => take({ you }));
  line.on("view", ({ view }) => take({ view }));
  line.on("draft", ({ draft }) => take({ draft }));
  line.on("bought", ({ bought }) => take({ bought }));
  line.on("result", ({ result }) => take({ result, draft: null, bought: [] }));
  line.on("standing", ({ standing }) => take({ standing }));
  line.on("state", (now) => {
    $("#line").hidden = now === "open" || now === "joining";
    $("#line").textContent = t(`shell.line.${now}`);
  });
  line.open();
}

void start();
