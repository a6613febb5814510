// The line to the server: commands with ids, sent again until they are answered in full; messages by their kind; frames.

const FIRST_WAIT = 250; // ms before the first try again
const LONGEST_WAIT = 5000; // ms
const PATIENCE = 15000; // ms until an unanswered command is sent again on an open line
const CLOSED = new Set([4001, 4003, 4004]); // the server does not know us any more: do not try again

/** One line to the server. */
export class Line {
  /** @param {"facilitator" | "projector" | "phone"} [view] */
  constructor(view = "facilitator") {
    this.path = `/ws?view=${view}&lang=${document.documentElement.lang}`;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {LineState} */
    this.state = "joining";
    /** @type {Map<string, Set<(message: any) => void>>} */
    this.listeners = new Map();
    /** @type {Map<string, {text: string, answer: (message: Message) => void, sent: number}>} */
    this.pending = new Map();
    this.wait = FIRST_WAIT;
    this.count = 0;
    this.prefix = Math.random().toString(36).slice(2, 10);
    this.offset = 0; // server clock minus ours, ms
    window.setInterval(() => this.#repeat(), PATIENCE / 3);
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
    window.addEventListener("online", () => this.#wake());
  }

  /** Opens the line. @returns {this} */
  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.path}`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#take(event.data);
    socket.onclose = (event) => this.#lost(event.code);
    this.socket = socket;
    return this;
  }

  /** Listens to a kind of message; "frame" brings ArrayBuffers, "state" brings a LineState, "*" every message.
   * @param {string} kind @param {(message: any) => void} listener @returns {() => void} stops listening */
  on(kind, listener) {
    const all = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, all.add(listener));
    return () => all.delete(listener);
  }

  /** Sends a command and waits for its answer: the first message with the same id. Survives a lost line.
   * @param {string} name the command's `do` @param {Record<string, any>} [fields]
   * @returns {Promise<Message>} also for a refusal: look at `say === "refused"` */
  ask(name, fields = {}) {
    const id = `${this.prefix}-${++this.count}`;
    const text = JSON.stringify({ do: name, id, ...fields });
    return new Promise((answer) => {
      this.pending.set(id, { text, answer, sent: performance.now() });
      if (this.state === "open") this.socket?.send(text);
    });
  }

  /** @returns {number} the server's clock now, ms */
  now() {
    return Date.now() + this.offset;
  }

  #opened() {
    this.wait = FIRST_WAIT;
    this.#enter("open");
    for (const command of this.pending.values()) this.#resend(command);
  }

  /** @param {{text: string, sent: number}} command */
  #resend(command) {
    command.sent = performance.now();
    this.socket?.send(command.text);
  }

  #repeat(patience = PATIENCE) {
    if (this.state !== "open") return;
    const late = performance.now() - patience;
    for (const command of this.pending.values()) if (command.sent < late) this.#resend(command);
  }

  /** @param {string | ArrayBuffer} data */
  #take(data) {
    if (typeof data !== "string") return this.#tell("frame", data);
    /** @type {Message} */
    const message = JSON.parse(data);
    if (message.say === "hello") this.offset = message.now - Date.now();
    const command = this.pending.get(message.id ?? "");
    if (!command && message.id?.startsWith(this.prefix)) return; // answered in full before it was sent again
    if (message.say === "done" || message.say === "refused") this.pending.delete(message.id ?? "");
    this.#tell(message.say, message);
    this.#tell("*", message);
    command?.answer(message);
  }

  /** @param {string} kind @param {any} message */
  #tell(kind, message) {
    for (const listener of this.listeners.get(kind) ?? []) listener(message);
  }

  /** @param {number} code */
  #lost(code) {
    if (CLOSED.has(code)) return this.#enter("closed");
    this.#enter("lost");
    window.setTimeout(() => this.open(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
  }

  /** A tab that slept, or a network that came back, tries at once. */
  #wake() {
    if (this.state === "open") this.#repeat(0);
    else this.wait = FIRST_WAIT;
  }

  /** @param {LineState} state */
  #enter(state) {
    this.state = state;
    this.#tell("state", state);
  }
}
