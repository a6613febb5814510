// The shell: tabs, addresses, keys, the line to the server, and one screen at a time.

import { $, button, fill, h, put } from "./dom.js";
import { RoomClock } from "./clock.js";
import { currentLesson, followLesson } from "./current_lesson.js";
import { openDialog } from "./dialog.js";
import { FrameStore } from "./frames.js";
import { Line } from "./socket.js";
import { exchangeLink } from "./start.js";
import { currentLanguage, languages, loadWords, t, translate } from "./i18n.js";

const SCREENS = ["play", "compare", "explain", "lessons", "workshop", "debrief"];
/** @type {Record<string, () => Promise<{build: (studio: Studio) => Promise<ScreenPart>}>>} */
const MODULES = {
  play: () => import("./opening.js"),
  compare: () => import("./compare.js"),
  explain: () => module("explain"),
  lessons: () => module("lessons"),
  workshop: () => module("workshop"),
  debrief: () => module("debrief"),
};
/** @param {string} name @returns {Promise<any>} */
const module = (name) => import(`./${name}.js`);

/** @type {Map<string, ScreenPart>} */
const built = new Map();
/** @type {ScreenPart | undefined} */
let current;
/** @type {Studio} */
let studio;

/** @returns {{name: string, params: URLSearchParams}} the screen and parameters of the address, such as #/explain?place=12 */
function address() {
  const [name, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { name: SCREENS.includes(name) ? name : SCREENS[0], params: new URLSearchParams(query) };
}

/** @param {string} name @param {Record<string, string | number>} [params] */
function go(name, params = {}) {
  const query = new URLSearchParams(Object.entries(params).map(([key, value]) => [key, String(value)])).toString();
  location.hash = `#/${name}${query ? `?${query}` : ""}`;
}

async function route() {
  const { name, params } = address();
  const screen = await screenOf(name);
  if (address().name !== name) return;
  if (current !== screen) current?.hide?.();
  if (current !== screen) fill($("#main"), screen.element);
  current = screen;
  screen.show?.(params);
  for (const tab of $("#tabs").children) tab.toggleAttribute("data-here", tab.getAttribute("href") === `#/${name}`);
  for (const tab of $("#tabs").children) markTab(tab);
  document.title = `${t(`shell.tab.${name}`)} · ${t("shell.name")}`;
}

/** @param {Element} tab */
function markTab(tab) {
  if (tab.hasAttribute("data-here")) tab.setAttribute("aria-current", "page");
  else tab.removeAttribute("aria-current");
}

/** @param {string} name @returns {Promise<ScreenPart>} */
async function screenOf(name) {
  const kept = built.get(name);
  if (kept) return kept;
  const { build } = await MODULES[name]();
  const screen = await build(studio);
  screen.element.classList.add("screen");
  built.set(name, screen);
  return screen;
}

function drawShell() {
  translate();
  fill($("#tabs"), ...SCREENS.map((name) => h("a", { href: `#/${name}`, text: t(`shell.tab.${name}`) })));
  fill($("#tools"), keysButton(), languageChoice());
}

/** @returns {HTMLSelectElement} */
function languageChoice() {
  const options = languages().map((name) => h("option", { value: name, lang: name, text: t(`shell.language.${name}`) }));
  const choice = put(h("select", { "aria-label": t("shell.language.label"), on: { change } }), ...options);
  choice.value = languages().includes(currentLanguage()) ? currentLanguage() : languages()[0];
  function change() {
    const here = new URL(location.href);
    here.searchParams.set("lang", choice.value);
    location.href = here.href;
  }
  return choice;
}

const keysOn = () => localStorage.getItem("keys") !== "off";

/** @returns {HTMLButtonElement} opens the list of keys, where they are switched off */
function keysButton() {
  return button(t("shell.keys.title"), () => {
    const off = h("input", { type: "checkbox", checked: keysOn() });
    off.addEventListener("change", () => localStorage.setItem("keys", off.checked ? "on" : "off"));
    const rows = ["space", "arrows", "numbers", "question"].map((name) =>
      h("tr", {}, h("th", { scope: "row", text: t(`shell.keys.${name}.key`) }), h("td", { text: t(`shell.keys.${name}.what`) })),
    );
    openDialog(t("shell.keys.title"), h("table", {}, h("tbody", {}, ...rows)), h("label", { class: "check" }, off, t("shell.keys.use")));
  }, { class: "quiet" });
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest("input, select, textarea, [contenteditable]")) return;
  if (event.key === " " && target.closest("button, a, summary")) return;
  const place = Number(event.key) - 1;
  const action = SCREENS[place] ? () => go(SCREENS[place]) : current?.keys?.[event.key];
  if (!action) return;
  event.preventDefault();
  action(event);
}

/** @param {LineState} state */
function showLine(state) {
  const note = $("#line");
  note.hidden = state === "open" || state === "joining";
  note.textContent = t(`shell.line.${state}`);
}

async function start() {
  await exchangeLink();
  window.addEventListener("hashchange", () => location.hash.startsWith("#start=") && location.reload());
  const line = new Line();
  const hello = new Promise((answer) => line.on("hello", (/** @type {any} */ said) => answer(said)));
  const clock = new RoomClock(() => line.now());
  const store = new FrameStore().attach(line, clock);
  line.on("state", showLine);
  line.open();
  await loadWords();
  drawShell();
  const first = await hello;
  if (first.role === "guest") return put($("#main"), h("p", { class: "card lead page", text: t("shell.guest") }));
  if (!first.ready) await loaded(line, first);
  studio = { line, clock, store, hello: first, go };
  line.on("hello", (/** @type {any} */ said) => Object.assign(first, said));
  line.on("game", ({ game }) => (first.room.game = game && { ...first.room.game, ...game })); // for a screen built later
  if (first.own_lesson && !location.hash) history.replaceState(null, "", `#/lessons?lesson=${encodeURIComponent(first.own_lesson)}`);
  followLesson(studio);
  if (currentLesson()) await screenOf("lessons"); // its strip goes along to the other screens
  window.addEventListener("hashchange", () => void route());
  document.addEventListener("keydown", press);
  return route();
}

/** Waits until the worlds can be shown, and says so. @param {Line} line @param {any} hello */
async function loaded(line, hello) {
  const gone = h("p", { class: "lead soft" });
  const count = () => (gone.textContent = t("shell.waited", { count: Math.round((line.now() - hello.since) / 1000) }));
  fill($("#main"), h("section", { class: "loading stack" }, h("h1", { text: t("shell.loading") }), h("p", { class: "lead", role: "status", text: t("shell.compiling") }), h("progress", { "aria-label": t("shell.loading") }), gone));
  const counting = window.setInterval(count, 1000);
  count();
  Object.assign(hello, await new Promise((answer) => line.on("ready", answer)));
  window.clearInterval(counting);
}

void start();
