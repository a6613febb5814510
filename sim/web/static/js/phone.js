// The players' page: joining, a seat, and the rounds as the head of one department; made for a phone.

import { betAsked } from "./bet.js";
import { $, button, h, toast } from "./dom.js";
import { loadWords, t, translate, wordsOr } from "./i18n.js";
import { joinForm } from "./join.js";
import { showRefusal } from "./refusal.js";
import { DecisionForm, boughtCard, card, matesCards, payCard, quoteWords, shopCard, sightCard, standingCard } from "./role.js";
import { Line } from "./socket.js";
import { Countdown, departmentName, mark, once } from "./team.js";

const DRAFT_AFTER = 700; // ms without a change until a draft is kept
const SEATED = new Set(["draft", "send", "revise", "quote", "buy", "release"]); // commands for the department that is shown

/** Everything the page knows; each part is replaced by what the server says. */
const state = {
  role: "guest",
  /** @type {any} */ room: null,
  /** @type {any} */ game: null,
  /** @type {{member?: number, team: string | null, department: string | null, departments: string[], watches?: boolean}} */ you: { team: null, department: null, departments: [] },
  at: "", // department that is shown, of those that are headed
  /** @type {Record<string, DepartmentView>} */ views: {},
  /** @type {Record<string, DraftChoice>} */ drafts: {},
  /** @type {Record<string, any[]>} */ bought: {},
  /** @type {Record<string, any>} */ results: {},
};
const seat = () => (state.you.departments.includes(state.at) ? state.at : (state.you.department ?? ""));
const viewNow = () => state.views[seat()] ?? null;
const draftNow = () => state.drafts[seat()] ?? null;
const resultNow = () => state.results[seat()] ?? null;

/** @type {Line} */
let line;
/** @type {Countdown} */
let countdown;
/** @type {DecisionForm | null} */
let form = null;
let later = 0;
let fresh = 0; // drafts that came from elsewhere, such as before a reload

const parts = Object.fromEntries(["top", "note", "bet", "result", "seat", "sees", "pay", "decide", "shop", "mates"].map((name) => [name, h("div", { class: `part part-${name}` })]));
const foot = h("footer", { class: "send-foot", hidden: true });

/** @param {string} name @param {Record<string, any>} fields @returns {Promise<boolean>} whether it was done */
async function ask(name, fields = {}) {
  const answer = await line.ask(name, { ...(SEATED.has(name) ? { department: seat() } : {}), ...fields });
  if (answer.say !== "refused") return true;
  showRefusal(answer);
  return false;
}

/** @param {any} team @returns {string[]} departments that nobody heads */
const freeSeats = (team) => (team?.seats ?? []).filter((/** @type {any} */ one) => one.state === "free").map((/** @type {any} */ one) => one.department);

/** @param {string} team @returns {(department: string) => HTMLElement} a button that takes a seat */
const claimButton = (team) => (department) => button(departmentName(department), () => ask("claim", { team, department }), { class: "seat" });

/** @returns {(Node | null)[]} seats that are free, by team */
function seatChoice() {
  const { game } = state;
  if (!game) return [card(t("phone.seat.wait_title"), h("p", { text: t("phone.seat.wait") }))];
  const teams = game.teams.map((/** @type {any} */ team, /** @type {number} */ place) => {
    const free = freeSeats(team);
    const buttons = free.map(claimButton(team.name));
    return h("section", { class: "stack tight" }, h("h3", {}, mark(place, team.name)), h("div", { class: "seats" }, ...buttons), free.length === 0 && h("p", { class: "soft", text: t("phone.seat.full") }));
  });
  return [card(t("phone.seat.title"), h("p", { text: t("phone.seat.note") }), ...teams)];
}

/** @returns {any} what the design of the game says of one's department */
const roleOf = () => state.game?.design?.departments?.[seat()];

/** @returns {any} one's team with its place in the game */
function teamOf() {
  const place = state.game?.teams.findIndex((/** @type {any} */ team) => team.name === state.you.team) ?? -1;
  return place < 0 ? null : { place, ...state.game.teams[place] };
}

const isOpen = () => state.game?.phase === "open";
const isSent = () => draftNow()?.sent === true;

function drawTop() {
  const [team, { game, you }] = [teamOf(), state];
  const round = game && game.phase !== "lobby" ? t("phone.round", { round: game.round, rounds: game.rounds, months: game.design?.months }) : "";
  once(parts.top, [team?.name, team?.place, you.departments, seat(), round, state.role], () => [
    h("div", { class: "who" }, h("h1", {}, team ? mark(team.place, team.name) : t("phone.title")), seat() && you.departments.length < 2 && h("span", { class: "role", text: departmentName(seat()) }), round && h("small", { class: "soft", text: round })),
    countdown.element,
    you.departments.length > 1 && h("div", { class: "tabs" }, ...you.departments.map((name) => button(departmentName(name), () => take({ at: name }), { id: `tab-${name}`, "aria-pressed": String(name === seat()) }))),
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
  const free = freeSeats(teamOf());
  const more = free.length > 0 && h("div", { class: "stack tight" }, h("h3", { text: t("phone.seat.more") }), h("div", { class: "seats" }, ...free.map(claimButton(you.team ?? ""))));
  return [card(t("phone.role.title", { department: departmentName(seat()) }), h("p", { text: wordsOr(`phone.role.${seat()}`, "") }), h("p", { text: pay }),
    button(t("phone.seat.leave"), () => ask("release"), { class: "quiet" }), more)];
}

/** @returns {(Node | null)[]} */
function decideCard() {
  const role = roleOf();
  const view = viewNow();
  if (!role || !view) return [];
  form = new DecisionForm(role.decisions, view.decisions, draftNow(), state.game.design.episodes[state.game.episode]?.holds ?? [], keepLater);
  return [card(t("phone.decide.title"), form.element)];
}

function keepLater() {
  window.clearTimeout(later);
  later = window.setTimeout(async () => {
    if (form && isOpen() && !isSent() && (await ask("draft", form.choice()))) await line.ask("quote", { department: seat() });
  }, DRAFT_AFTER);
}

function drawFoot() {
  const shown = Boolean(form && viewNow() && isOpen());
  foot.hidden = !shown;
  if (!shown) return;
  form?.lock(isSent());
  const send = async () => {
    window.clearTimeout(later);
    if (form) await ask("send", form.choice());
  };
  once(foot, [seat(), isSent(), draftNow()?.quote?.total], () => [
    h("span", { class: "small", role: "status", text: isSent() ? t("phone.decide.done") : quoteWords(draftNow()) }),
    isSent() ? button(t("phone.decide.revise"), () => ask("revise"), { id: "go" }) : button(t("phone.decide.send"), send, { class: "primary", id: "go" }),
  ]);
}

const betNow = () => betAsked(state.room, state.game?.teams ?? []);

/** @returns {Node[]} */
function betCard() {
  const bet = betNow();
  if (!bet || state.role === "guest" || state.room.bets?.[bet.question]?.revealed) return [];
  const options = bet.choices.map(([answer, words]) => button(words, async () => {
    if (await ask("bet", { question: bet.question, answer })) toast(t("phone.bet.done"));
  }, { class: "seat" }));
  return [card(t("phone.bet.title"), h("p", { text: bet.words }), h("div", { class: "seats" }, ...options))];
}

function draw() {
  const { game, you, role } = state;
  const [view, result, bought] = [viewNow(), resultNow(), state.bought[seat()] ?? []];
  const [guest, seated, phase] = [role === "guest", Boolean(seat()), game?.phase];
  const playing = seated && phase !== "lobby" && view;
  const round = [you, seat(), view, game?.episode, game?.round, roleOf()];
  drawTop();
  once(parts.note, [noteWords(), game?.message], () => [noteWords() ? h("p", { class: "say", role: "status", text: noteWords() }) : null, game?.message ? h("p", { class: "say message", dir: "auto", text: `✉ ${game.message.text}` }) : null]);
  once(parts.seat, [guest, seated, phase, seat(), game?.teams], () => (guest ? [joinForm()] : !seated ? seatChoice() : phase === "lobby" ? roleWords() : []));
  once(parts.result, [result, view?.firm, phase, roleOf()], () => (result && roleOf() && phase !== "lobby" ? led([...(phase === "over" && result.standing ? [standingCard(result.standing, game.teams)] : []), payCard(t("phone.result.title", { round: result.round }), { ...result, firm: view?.firm }, roleOf())]) : []));
  once(parts.sees, [view, Boolean(playing), roleOf()?.sees], () => (playing ? [sightCard(view, roleOf()?.sees ?? []), boughtCard(view.bought)] : []));
  once(parts.pay, [view, result === null, Boolean(playing), roleOf()], () => (playing && roleOf() && !result ? [payCard(t("phone.pay.title"), view, roleOf())] : []));
  once(parts.decide, [round, fresh, playing ? phase : ""], () => (form = null, playing && phase === "open" ? decideCard() : []));
  once(parts.shop, [bought, round, phase], () => (playing && phase === "open" ? [shopCard(goodsNow(), seat(), bought, ({ buy, ...what }) => ask("buy", { what: buy, ...what }))] : []));
  once(parts.mates, [teamOf()?.seats, you.departments, phase], () => (you.department ? matesCards(teamOf(), you.departments, phase) : []));
  once(parts.bet, [betNow(), state.room?.bets, guest], betCard);
  drawFoot();
}

/** @returns {Record<string, any>} what is on sale in this episode */
function goodsNow() {
  const { design, episode } = state.game;
  return Object.fromEntries((design?.episodes[episode]?.buys ?? []).map((/** @type {string} */ kind) => [kind, design.buys[kind]]));
}

/** @param {Partial<typeof state>} news */
function take(news) {
  Object.assign(state, news);
  draw();
}

/** A new round, an earlier one or another episode begins without drafts and goods of before. @param {any} game */
function takeGame(game) {
  const old = state.game;
  game = game && { ...old, ...game };
  const same = old && game && old.round === game.round && old.episode === game.episode && (old.phase === game.phase || game.phase !== "open");
  take({ game, ...(same ? {} : { drafts: {}, bought: {} }), ...(game && game.phase !== "lobby" ? {} : { views: {}, results: {} }) });
}

/** @param {string} department @param {string} now how far a department of one's own team is */
function decided(department, now) {
  const teams = state.game?.teams.map((/** @type {any} */ team) => (team.name !== state.you.team ? team :
    { ...team, seats: team.seats.map((/** @type {any} */ one) => (one.department === department ? { ...one, state: now } : one)) }));
  take({ game: { ...state.game, teams } });
}

/** @param {Node[]} cards @returns {Node[]} the same; the first heading can have the focus, and keeps it when it is drawn again */
function led(cards) {
  const heading = cards[0] instanceof HTMLElement && cards[0].querySelector("h2");
  if (heading) Object.assign(heading, { id: "result-title", tabIndex: -1 });
  return cards;
}

/** A round came to something: the page leads there, also where its reader was at the foot of a form. @param {string} department @param {any} result */
function takeResult(department, result) {
  const old = state.results[department];
  take({ results: { ...state.results, [department]: result } });
  const heading = parts.result.querySelector("h2");
  if (department !== seat() || !heading || !state.game || state.game.phase === "open" || old?.round === result.round) return;
  heading.focus({ preventScroll: true });
  parts.result.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
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
  line.on("hello", ({ role, room, ready }) => (room || ready || role === "guest" ? take({ role, room, game: room?.game ? { design: state.game?.design, ...room.game } : null }) : take({ role }))); // a studio that begins again tells of its room and of the rules later
  line.on("lesson", ({ lesson }) => take({ room: { ...state.room, lesson } }));
  line.on("question", ({ question, answers }) => take({ room: { ...state.room, question: { question, answers } } }));
  line.on("bets", ({ bets }) => take({ room: { ...state.room, bets } }));
  line.on("game", ({ game }) => takeGame(game));
  line.on("you", (you) => take({ you: { departments: you.department ? [you.department] : [], ...you } }));
  line.on("decided", ({ department, state: now }) => decided(department, now));
  line.on("view", ({ view, changed }) => take({ views: { ...state.views, [view.department]: changed ? { ...state.views[view.department], ...view } : view } }));
  line.on("draft", ({ department, draft }) => (form && !form.touched && (fresh += 1), take({ drafts: { ...state.drafts, [department]: draft } })));
  line.on("bought", ({ department, bought }) => take({ bought: { ...state.bought, [department]: bought } }));
  line.on("result", ({ department, result }) => takeResult(department, result));
  line.on("deleted", () => location.reload());
  line.on("state", (now) => {
    $("#line").hidden = now === "open" || now === "joining";
    $("#line").textContent = t(`shell.line.${now}`);
  });
  line.open();
}

void start();
