// The facilitator's console: who is in, who has sent, the timer, and what happens next. Drafts stay hidden unless asked for.

import { button, field, h } from "./dom.js";
import { openDialog } from "./dialog.js";
import { formatted, t } from "./i18n.js";
import { showRefusal } from "./refusal.js";
import { DecisionForm, decisionName } from "./role.js";
import { Countdown, barTable, betWords, departmentName, inUnit, mark, money, once, sentOf, sentWords, stateChip, stateOf } from "./team.js";

const NAMES = 8; // teams at most
const USUAL_TEAMS = 3;
const SLOW = 400; // ms without an answer after which the console says that it waits
const EXTRA = 60; // s that one press adds
const ROUND_SECONDS = 240; // s of a round where the timer is switched on
const EPISODES = ["walls", "joined_up"];
const BET_ON = ["profit", "customer_equity"];

/** The console of one room. */
class Console {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.room = studio.hello.room;
    this.game = this.room?.game ?? null;
    /** @type {any} */
    this.standing = null;
    this.countdown = new Countdown(studio.line);
    this.parts = Object.fromEntries(["head", "teams", "market", "side"].map((name) => [name, h("div", { class: `part part-${name} stack` })]));
    const { head, teams, market, side } = this.parts;
    this.element = h("section", { class: "screen console" }, h("p", { class: "waits", role: "status" }, h("span", { text: t("workshop.working") })), head, h("div", { class: "console-body" }, h("div", { class: "stack" }, market, teams), side));
    studio.line.on("game", ({ game }) => this.take({ game: game && { ...this.game, ...game } }));
    studio.line.on("room", ({ locked }) => this.take({ room: { ...this.room, locked } }));
    studio.line.on("hello", ({ room }) => room && this.take({ room, game: room.game ? { design: this.game?.design, ...room.game } : null }));
    studio.line.on("standing", ({ standing }) => this.take({ standing }));
    this.draw();
  }

  /** @param {Record<string, any>} news */
  take(news) {
    Object.assign(this, news);
    if (!this.game || this.game.phase === "lobby") this.standing = null;
    this.draw();
  }

  /** @param {string} name @param {Record<string, any>} [fields] @returns {Promise<any>} the answer, null where it was refused */
  async ask(name, fields = {}) {
    const late = window.setTimeout(() => this.element.classList.add("busy"), SLOW);
    const answer = await this.studio.line.ask(name, fields);
    window.clearTimeout(late);
    this.element.classList.remove("busy");
    if (answer.say !== "refused") return answer;
    showRefusal(answer);
    return null;
  }

  draw() {
    const { game, room, standing } = this;
    once(this.parts.head, game && [game.phase, game.episode, game.round, game.teams.map(sentOf), game.timer?.state], () => (game ? this.#head() : [this.#invitation()]));
    if (game) this.countdown.take(game.phase === "open" ? game.timer : undefined, game.now);
    once(this.parts.market, [standing, game?.phase], () => (standing && ["closed", "over"].includes(game?.phase) ? [market(standing, game.teams)] : []));
    once(this.parts.teams, game && [game.teams, game.phase], () => (game ? [h("div", { class: "teams" }, ...game.teams.map((/** @type {Team} */ team, /** @type {number} */ place) => this.#team(team, place)))] : []));
    once(this.parts.side, game && [room?.code, room?.locked, game.waiting, game.phase, game.message, game.episode, game.round], () => (game ? this.#side() : []));
  }

  /** @returns {HTMLElement} the form that opens a lobby */
  #invitation() {
    const count = h("select", { id: "teams" }, ...Array.from({ length: NAMES - 1 }, (_, place) => h("option", { value: place + 2, text: String(place + 2) })));
    count.value = String(USUAL_TEAMS);
    const names = h("div", { class: "columns" });
    const rename = () => names.replaceChildren(...Array.from({ length: Number(count.value) }, (_, place) =>
      field(t("workshop.new.name", { number: place + 1 }), h("input", { maxlength: 20, value: t(`workshop.team.${place + 1}`) }))));
    count.addEventListener("change", rename);
    rename();
    const { least, most, months } = this.studio.hello.rounds;
    const rounds = h("select", { id: "rounds" }, ...Array.from({ length: most - least + 1 }, (_, place) => h("option", { value: most - place, text: t("workshop.new.of", { rounds: most - place, months }) })));
    const open = () => this.ask("game", { teams: [...names.querySelectorAll("input")].map((input) => input.value.trim()), episode: EPISODES[0], rounds: Number(rounds.value) });
    return h("div", { class: "card stack invitation" }, h("h1", { text: t("workshop.title") }), h("p", { class: "lead", text: t("workshop.new.idea") }),
      h("ol", { class: "game-steps" }, ...["lobby", "walls", "joined_up", "debrief"].map((step) => h("li", { text: t(`workshop.new.step.${step}`) }))),
      h("div", { class: "row" }, field(t("workshop.new.teams"), count), field(t("workshop.new.rounds"), rounds)), names, button(t("workshop.new.open"), open, { class: "primary large" }));
  }

  /** @returns {(Node | null)[]} round, timer and the one thing that comes next */
  #head() {
    const { game } = this;
    const open = game.phase === "open";
    const sent = game.teams.map(sentOf).reduce((/** @type {number[]} */ sum, /** @type {any} */ one) => [sum[0] + one.sent, sum[1] + one.seats], [0, 0]);
    const words = game.phase === "lobby" ? t("workshop.phase.lobby") : t("workshop.round", { round: game.round, rounds: game.rounds });
    const lobby = game.phase === "lobby" && t("workshop.new.of", { rounds: game.rounds, months: game.design?.months ?? 0 });
    const rest = open ? t("workshop.sent", { sent: sent[0], seats: sent[1] }) : lobby || t(`workshop.phase.${game.phase}`);
    return [h("div", { class: "row between console-head" }, h("div", {}, h("h1", { text: words }), h("p", { class: "soft", text: `${t(`workshop.episode.${game.episode}`)} · ${rest}` })),
      h("div", { class: "row" }, open && this.countdown.element, ...(open ? this.#timerButtons() : []), ...this.#next())), h("p", { class: "unseen", role: "status", text: rest })];
  }

  /** @returns {HTMLElement[]} */
  #timerButtons() {
    const { state } = this.game.timer ?? { state: "off" };
    const set = (/** @type {Record<string, any>} */ fields) => () => this.ask("timer", fields);
    if (state === "off") return [button(t("workshop.timer.on"), set({ seconds: ROUND_SECONDS }))];
    const [pause, resume] = [button(t("workshop.timer.pause"), set({ pause: true }), { id: "hold" }), button(t("workshop.timer.go"), set({ resume: true }), { id: "hold" })];
    return [state === "paused" ? resume : pause, button(t("workshop.timer.extend"), set({ extend: EXTRA }), { id: "extend" }), button(t("workshop.timer.off"), set({ off: true }), { class: "quiet", id: "off" })];
  }

  /** @returns {HTMLElement[]} the button for what comes next */
  #next() {
    const { phase, round, rounds, episode } = this.game;
    if (phase === "open") return [button(t("workshop.close"), () => this.ask("close"), { class: "primary large", id: "next" })];
    if (phase === "closing") return [h("span", { class: "chip", role: "status", text: t("workshop.playing") })];
    if (phase === "over" || round >= rounds && phase === "closed") return this.#after(episode);
    return [button(t(phase === "lobby" ? "workshop.start" : "workshop.next", { round: round + 1 }), () => this.ask("start"), { class: "primary large", id: "next" })];
  }

  /** @param {string} episode @returns {HTMLElement[]} */
  #after(episode) {
    const second = episode === EPISODES[0];
    const debrief = button(t("workshop.debrief"), () => this.studio.go("debrief"), { class: second ? "" : "primary large" });
    return second ? [debrief, button(t("workshop.second"), () => this.ask("episode", { number: 2 }), { class: "primary large", id: "next" })] : [debrief];
  }

  /** @param {Team} team @param {number} place @returns {HTMLElement} */
  #team(team, place) {
    const rows = team.seats.map((seat) => h("li", { class: "seat-row" }, h("div", { class: "grow" }, h("span", { class: "seat-name", text: departmentName(seat.department) }), h("small", { class: "soft", dir: "auto", text: who(seat, this.game.phase) })),
      stateChip(stateOf(seat, this.game.phase)), this.#menu(team, seat)));
    const state = this.game.phase === "open" ? h("strong", { text: sentWords(team) }) : null;
    return h("section", { class: "card stack tight team" }, h("header", { class: "row between" }, h("h2", {}, mark(place, team.name)), state), h("ul", { class: "plain" }, ...rows));
  }

  /** @param {Team} team @param {Seat} seat @returns {HTMLElement | null} what the facilitator may do for a department */
  #menu(team, { department, by }) {
    const title = t("workshop.seat.title", { team: team.name, department: departmentName(department) });
    const computer = by === "computer";
    const open = () => {
      const dialog = openDialog(title, h("p", { text: t("workshop.seat.note") }), h("div", { class: "row" },
        button(t(computer ? "workshop.seat.human" : "workshop.seat.computer"), async () => (await this.ask("carry_on", { team: team.name, department, on: !computer })) && dialog.close()),
        button(t("workshop.seat.enter"), () => (dialog.close(), this.#enter(team.name, department, title)), { disabled: this.game.phase !== "open" })));
    };
    return button("⋯", open, { class: "quiet", "aria-label": title });
  }

  /** @param {string} team @param {string} department @param {string} title */
  async #enter(team, department, title) {
    const answer = await this.ask("seat", { team, department });
    if (!answer) return;
    const form = new DecisionForm(this.game.design.departments[department].decisions, answer.view.decisions, answer.draft ?? null, this.game.design.episodes[this.game.episode]?.holds ?? []);
    const dialog = openDialog(title, form.element, button(t("workshop.seat.send"), async () => (await this.ask("play_for", { team, department, ...form.choice() })) && dialog.close(), { class: "primary" }));
  }

  /** @returns {(Node | null)[]} the way in, who waits, words to all, and the way back */
  #side() {
    const { game, room } = this;
    const address = `${this.studio.hello.lan ?? location.origin}/join`;
    const waiting = game.waiting?.length ?? 0;
    const lock = h("input", { type: "checkbox", id: "lock", checked: Boolean(room?.locked), on: { change: () => this.ask("lock", { on: lock.checked }) } });
    const join = h("section", { class: "card stack tight" }, h("h2", { text: t("workshop.join.title") }), h("div", { class: "join-card" }, h("img", { class: "qr", src: `/qr.svg?${room?.code}`, alt: t("workshop.join.qr", { address }) }),
      h("div", {}, h("p", { class: "room-code", text: room?.code ?? "" }), h("label", { class: "check" }, lock, t("workshop.join.lock")))), h("p", { class: "small soft", text: this.studio.hello.lan ? address : t("workshop.join.alone") }),
      h("a", { class: "button", href: "/projector", target: "_blank", text: t("workshop.projector") }));
    const guests = waiting > 0 && h("section", { class: "card stack tight" }, h("h2", { text: t("workshop.waiting", { count: waiting }) }), h("p", { class: "small", dir: "auto", text: game.waiting.map((/** @type {any} */ guest) => guest.nickname || t("workshop.guest", { number: guest.member })).join(", ") }), button(t("workshop.assign"), () => this.ask("assign")));
    return [join, guests || null, this.#message(), this.#more()];
  }

  /** @returns {HTMLElement} */
  #message() {
    const [text, to] = [h("input", { id: "message", maxlength: 140, "aria-label": t("workshop.message.text"), placeholder: t("workshop.message.text") }), h("select", { id: "message-to", "aria-label": t("workshop.message.to") }, h("option", { value: "", text: t("workshop.message.all") }), ...this.game.teams.map((/** @type {Team} */ { name }) => h("option", { value: name, text: name })))];
    const send = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (text.value.trim() && (await this.ask("message", { text: text.value.trim(), ...(to.value ? { team: to.value } : {}) }))) text.value = "";
    };
    const last = this.game.message && h("p", { class: "small soft", dir: "auto", text: t("workshop.message.last", { text: this.game.message.text }) });
    return h("form", { class: "card stack tight", on: { submit: send } }, h("h2", { text: t("workshop.message.title") }), text, h("div", { class: "message-to" }, to, h("button", { type: "submit", text: t("workshop.message.send") })), last);
  }

  /** @returns {HTMLElement} */
  #more() {
    const { phase, round } = this.game;
    const sure = (/** @type {string} */ key, /** @type {() => Promise<any>} */ act) => () => {
      const dialog = openDialog(t(`workshop.${key}.title`), h("p", { text: t(`workshop.${key}.note`, { round }) }), button(t(`workshop.${key}.do`), async () => (await act()) && dialog.close(), { class: "primary" }));
    };
    return h("section", { class: "card stack tight" }, h("h2", { text: t("workshop.more") }), button(t("workshop.bet.title"), () => this.#bet()), button(t("workshop.drafts.show"), () => this.#drafts(), { disabled: phase !== "open" }),
      button(t("workshop.back.title"), sure("back", () => this.ask("back", { round })), { disabled: phase === "lobby" || phase === "closing" }), button(t("workshop.delete.title"), sure("delete", () => this.ask("delete_room", { code: this.room?.code })), { class: "quiet" }));
  }

  /** The room bets on the game before it is played: which team, or which episode, brings more. */
  #bet() {
    const { teams, episode } = this.game;
    const questions = BET_ON.flatMap((measure) => [`game.teams.${episode}.${measure}`, ...teams.map((/** @type {Team} */ _, /** @type {number} */ number) => `game.episodes.${number}.${measure}`)]);
    const choice = h("select", {}, ...questions.map((question) => h("option", { value: question, text: betWords(question, teams) })));
    const answers = () => (choice.value.startsWith("game.teams") ? teams.map((/** @type {Team} */ { name }) => name) : EPISODES);
    const dialog = openDialog(t("workshop.bet.title"), h("p", { text: t("workshop.bet.note") }), choice, button(t("workshop.bet.ask"), async () => (await this.ask("question", { question: choice.value, answers: answers() })) && dialog.close(), { class: "primary" }));
  }

  async #drafts() {
    const answer = await this.ask("drafts");
    if (!answer) return;
    const rows = Object.entries(answer.drafts).flatMap(([team, departments]) => Object.entries(/** @type {Record<string, any>} */ (departments)).map(([department, draft]) => this.#draftRow(team, department, draft)));
    openDialog(t("workshop.drafts.title"), rows.length ? h("div", { class: "scroll" }, h("table", {}, h("tbody", {}, ...rows))) : h("p", { text: t("workshop.drafts.none") }));
  }

  /** @param {string} team @param {string} department @param {any} draft */
  #draftRow(team, department, draft) {
    const rows = this.game.design.departments[department].decisions;
    const changes = Object.entries(draft.decisions ?? {}).map(([name, value]) => `${decisionName(name)} ${inUnit(Number(value), rows[name].unit)}`).join(", ");
    return h("tr", {}, h("th", { scope: "row", text: team }), h("td", { text: departmentName(department) }), h("td", {}, changes || t("workshop.drafts.same"), draft.why && h("q", { class: "soft", dir: "auto", text: draft.why })), h("td", {}, stateChip(draft.sent ? "sent" : "drafting")));
  }
}

/** @param {Seat} seat @param {string} phase @returns {string} who heads a department */
function who({ by, nickname, here, member }, phase) {
  if (by === "computer" || by === "facilitator") return t(`workshop.by.${by}`);
  if (by === "nobody" || !member) return t(phase === "lobby" ? "workshop.by.nobody" : "workshop.by.computer");
  return (nickname || t("workshop.guest", { number: member })) + (here === false ? ` · ${t("workshop.away")}` : "");
}

/** Profit and the value of customers of all teams, side by side. @param {any} standing @param {Team[]} teams
 * @returns {HTMLElement} */
export function market(standing, teams) {
  const rows = (/** @type {string} */ name) => teams.map((team, place) => ({ place, name: team.name, value: standing.scores[team.name]?.[name] ?? NaN })).filter((row) => Number.isFinite(row.value));
  const pictures = ["profit", "customer_equity"].map((name) => barTable(t(`workshop.market.${name}`), rows(name), money));
  const kept = teams.map((team, place) => h("li", {}, mark(place, team.name), ` ${formatted(standing.scores[team.name]?.customers_kept ?? NaN, "percent")}`));
  return h("section", { class: "card stack market-pictures" }, h("h2", { text: t("workshop.market.title", { round: standing.round }) }), h("div", { class: "pictures" }, ...pictures), h("h3", { text: t("workshop.market.kept") }), h("ul", { class: "plain kept" }, ...kept));
}

/** @param {Studio} studio @returns {Promise<ScreenPart>} */
export async function build(studio) {
  return { element: new Console(studio).element };
}
