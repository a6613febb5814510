// Frames: what one month of one side looks like, read from bytes, and the store of all that came.

/** States of a dot. */
export const STATE = /** @type {const} */ ({ EMPTY: 0, OURS: 1, RIVALS: 2, NONE: 3, LOST: 4, GONE: 5 });
export const MOST_SATISFIED = 31;
const VERSION = 1;
const HEADER = 16;
const LARGEST = 65535;
const COARSE = 6; // bits that do not matter for drawing
const SPREAD = 0.6; // weight of the rank against the place on the axis

/** @type {Side[]} */
export const SIDES = ["left", "right"];

/** Reads one frame. @param {ArrayBuffer} buffer @returns {Frame} @throws {RangeError} when the version is not the one this page reads, or bytes are missing */
export function parseFrame(buffer) {
  const view = new DataView(buffer);
  if (view.getUint8(0) !== VERSION) throw new RangeError(`Frames of version ${view.getUint8(0)} are not known here.`);
  const [month, places, measures, newcomers, words, serial] = [2, 4, 6, 8, 10, 14].map((at) => view.getUint16(at, true));
  const ends = [HEADER + places, 4 * measures, 6 * newcomers].map(running());
  return {
    side: SIDES[view.getUint8(1)],
    month,
    dots: new Uint8Array(buffer, HEADER, places),
    measures: new Float32Array(buffer.slice(ends[0], ends[1])),
    newcomers: new Uint16Array(buffer.slice(ends[1], ends[2])),
    words: Array.from({ length: words }, (_, i) => wordAt(view, ends[2] + 6 * i)),
    serial,
  };
}

/** @returns {(size: number) => number} sums of what came so far */
function running() {
  let sum = 0;
  return (size) => (sum += size);
}

/** @param {DataView} view @param {number} at @returns {Word} */
function wordAt(view, at) {
  return { from: view.getUint16(at, true), to: view.getUint16(at + 2, true), sign: view.getInt8(at + 4) };
}

/** @param {number} dot @returns {number} one of `STATE` */
export const stateOf = (dot) => dot >> 5;

/** @param {number} dot @returns {number} 0 to 1 */
export const satisfactionOf = (dot) => (dot & 31) / MOST_SATISFIED;

/** Frames of one side in order of months, and where the dots stand in each. */
export class SideFrames {
  constructor() {
    /** @type {Float32Array[] | undefined} */
    this.spread = undefined;
    /** @type {(Frame | undefined)[]} */
    this.frames = [];
    /** @type {(Float32Array | undefined)[]} */
    this.positions = []; // pairs x, y from 0 to 1
    this.known = -1;
  }

  /** @returns {number} last month up to which there is no gap; -1 for none */
  get last() {
    let month = this.known;
    while (this.frames[month + 1]) month += 1;
    return (this.known = month);
  }

  /** Forgets all months from one on. @param {number} month */
  cut(month) {
    this.frames.length = Math.min(this.frames.length, month);
    this.positions.length = Math.min(this.positions.length, month);
    this.known = Math.min(this.known, month - 1);
  }

  /** @param {Frame} frame */
  take(frame) {
    this.frames[frame.month] = frame;
    if (frame.month === 0) this.spread = [1, 2].map((axis) => spreadOf(frame.newcomers, axis));
    const before = this.positions[frame.month - 1] ?? new Float32Array(2 * frame.dots.length);
    this.positions[frame.month] = frame.newcomers.length ? moved(before, frame.newcomers, this.spread ?? []) : before;
  }

  /** A measure month by month as far as there are frames. @param {number} index place in `hello.measures`
   * @returns {(number | null)[]} null where it is not a number */
  series(index) {
    return this.frames.slice(0, this.last + 1).map((frame) => finite(frame?.measures[index]));
  }
}

/** @param {number | undefined} value */
const finite = (value) => (value !== undefined && Number.isFinite(value) ? value : null);

/** @param {Float32Array} before @param {Uint16Array} newcomers @param {Float32Array[]} spread by axis */
function moved(before, newcomers, spread) {
  const after = before.slice();
  for (let i = 0; i < newcomers.length; i += 3) {
    for (const axis of [0, 1]) after[2 * newcomers[i] + axis] = spread[axis]?.[newcomers[i + 1 + axis] >> COARSE] ?? 0;
  }
  return after;
}

/**
 * Where to draw a coordinate so that a crowd is spread out: between where it lies and its rank among the first holders.
 * @param {Uint16Array} newcomers triples @param {number} axis 1 or 2
 * @returns {Float32Array} from 0 to 1, by coordinate without its last bits */
function spreadOf(newcomers, axis) {
  const steps = (LARGEST + 1) >> COARSE;
  const below = new Float32Array(steps);
  for (let i = axis; i < newcomers.length; i += 3) below[newcomers[i] >> COARSE] += 3 / newcomers.length;
  let rank = 0;
  return below.map((share, step) => SPREAD * ((rank += share) - share / 2) + (1 - SPREAD) * (step / steps));
}

/** The pair of worlds that is shown, its frames and its band, kept in step with the server. */
export class FrameStore {
  constructor() {
    /** @type {Pair | undefined} */
    this.pair = undefined;
    /** @type {any} */
    this.band = undefined;
    this.left = new SideFrames();
    this.right = new SideFrames();
    /** @type {Set<(kind: "pair" | "frame" | "band" | "clock") => void>} */
    this.watchers = new Set();
  }

  /** @param {(kind: "pair" | "frame" | "band" | "clock") => void} watcher @returns {() => void} */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** @returns {number} last month that both sides have; -1 for none */
  get last() {
    return Math.min(this.left.last, this.right.last);
  }

  /** Listens to a line before it opens. @param {Line} line @param {RoomClock} clock @returns {this} */
  attach(line, clock) {
    this.clock = clock;
    line.on("frame", (buffer) => this.takeFrame(parseFrame(buffer)));
    line.on("hello", (hello) => hello.room && this.#takeRoom(hello.room));
    line.on("ready", (ready) => ready.room && this.#takeRoom(ready.room));
    line.on("pair", (message) => this.#takeRoom(message));
    line.on("clock", (message) => this.#takeClock(message.clock));
    line.on("band", (message) => this.#takeBand(message));
    return this;
  }

  /** @param {Frame} frame */
  takeFrame(frame) {
    const serial = this.pair?.[frame.side].serial;
    if (serial !== undefined && serial !== frame.serial) return;
    this[frame.side].take(frame);
    this.#count();
    this.#tell("frame");
  }

  /** @param {{pair: Pair | null, clock: any}} room */
  #takeRoom({ pair, clock }) {
    if (pair) this.takePair(pair);
    if (clock) this.#takeClock(clock);
  }

  /** A new pair: keeps the months that are the same as before. @param {Pair} pair */
  takePair(pair) {
    for (const side of SIDES) if (this.pair?.[side].timeline !== pair[side].timeline) this[side].cut(pair[side].from);
    if (this.pair?.left.timeline !== pair.left.timeline || this.pair?.right.timeline !== pair.right.timeline) this.band = undefined;
    this.pair = pair;
    this.#count();
    this.#tell("pair");
  }

  #count() {
    if (this.clock) this.clock.last = Math.max(0, this.last);
  }

  /** @param {{pair: Record<Side, string>, band: any}} message */
  #takeBand({ pair, band }) {
    if (SIDES.some((side) => pair[side] !== this.pair?.[side].timeline)) return;
    this.band = band;
    this.#tell("band");
  }

  /** @param {any} clock */
  #takeClock(clock) {
    this.clock?.take(clock);
    this.#tell("clock");
  }

  /** @param {"pair" | "frame" | "band" | "clock"} kind */
  #tell(kind) {
    for (const watcher of this.watchers) watcher(kind);
  }
}
