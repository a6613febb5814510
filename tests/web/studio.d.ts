// Types that pages of the studio share; only the type checker reads this file.

type Line = import("../../sim/web/static/js/socket.js").Line;
type RoomClock = import("../../sim/web/static/js/clock.js").RoomClock;
type FrameStore = import("../../sim/web/static/js/frames.js").FrameStore;

/** What every screen gets. */
interface Studio {
  /** the line to the server */
  line: Line;
  /** the clock of the room */
  clock: RoomClock;
  /** frames and the pair that is shown */
  store: FrameStore;
  /** what the server said first: role, room, measures, departments, bounds, places */
  hello: any;
  /** opens a screen: `go("explain", {place: 12})` */
  go: (name: string, params?: Record<string, string | number>) => void;
}

/** What the module of a screen gives: `export async function build(studio)` returns it. */
interface ScreenPart {
  element: HTMLElement;
  /** called each time the screen is opened or its address changes */
  show?: (params: URLSearchParams) => void;
  hide?: () => void;
  /** by KeyboardEvent.key, " " for the space bar */
  keys?: Record<string, (event: KeyboardEvent) => void>;
}

/** A child of an element; text becomes a text node. */
type Child = Node | string | number | null | undefined | false;
/** Properties, attributes and handlers of an element. */
type Props = Record<string, any>;
/** A sentence, or sentences by plural category of `count`. */
type Words = string | Record<string, string>;
/** Values by name; a value of `{key, numbers}` is translated first. */
type Numbers = Record<string, any>;

/** A message of the server. */
type Message = { say: string; seq?: number; id?: string; [field: string]: any };
type LineState = "joining" | "open" | "lost" | "closed";
/** Speed in months per second, at in ms of the server's clock. */
type ClockState = { playing: boolean; speed: number; month: number; at: number };

type Side = "left" | "right";
/** Who told whom: 1 praise, -1 blame, 0 "I left". */
type Word = { from: number; to: number; sign: number };

/** One month of one side. */
interface Frame {
  side: Side;
  month: number;
  /** one byte a place: state in the upper 3 bits, satisfaction 0..31 in the lower 5 */
  dots: Uint8Array;
  /** in the order of `hello.measures` */
  measures: Float32Array;
  /** triples: place, x, y */
  newcomers: Uint16Array;
  words: Word[];
  /** number of the timeline in the room */
  serial: number;
}

/** The frames of a month. */
type Frames = Record<Side, Frame | undefined>;
/** What was changed in a month. */
type Change = { month: number; settings: Record<string, any> };
type PairSide = { timeline: string; changes: Change[]; from: number; ready: number; serial?: number };

/** The two worlds that are shown. */
interface Pair {
  left: PairSide;
  right: PairSide;
  differences: any[];
  months: number;
  firm: string;
  world: string;
  seed: number;
  /** people a dot stands for */
  weight: number;
}

/** A measure month by month; null where it is not known. */
type Series = (number | null)[];
/** A measure in one of two worlds, with its name beside it. */
type Curve = { name: string; values: Series; side: Side };
/** A decision above a curve. */
type Marker = { month: number; words: string; label: string; press: () => void };
/** Where places lie on the canvas, in px. */
type PlaceMap = { x: (place: number) => number; y: (place: number) => number; size: number };
type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Shape = (pen: Pen, x: number, y: number, size: number) => void;
type Colour = [number, number, number];
/** A dot as drawn once: how far each of its pixels lies from the middle, its colour and its cover of 256. */
type Stamp = { steps: Int32Array; colours: Uint32Array; covers: Uint16Array };
/** Dots of a canvas, with an edge around what is seen, so that a dot at the border need not be cut. */
type DotPicture = { image: ImageData; pixels: Uint32Array; edge: number };

/** An event of a life as the server sends it. */
interface LifeEvent {
  month: number;
  event: string;
  /** empty for none */
  department: string;
  /** empty for none */
  firm: string;
  value: number;
  /** with the firm that is watched, afterwards [0-1] */
  satisfaction: number | null;
  /** why satisfaction changed */
  cause: string;
  /** of that satisfaction [0-1] */
  change: number;
  /** details by name */
  numbers?: Record<string, any>;
  /** places that hear it */
  to?: number[];
}

/** An event with its kind, its lane, and whether it is of every month. */
type Happening = LifeEvent & { word: string; lane: string; routine: boolean };
/** What the sign of an event looks like: names of shape and of what stands in it. */
type Sign = { shape: string; sign: string; tone: "good" | "bad" | "plain"; weight: number };
/** Months, and satisfaction from low to high; alike in both worlds. */
type Span = { from: number; to: number; low: number; high: number };
/** A life in a world, month by month from 0 on. */
type WorldLife = { satisfaction: Series; supplier: (string | null)[]; [field: string]: any };
type LaneOptions = {
  lanes: string[];
  firm: string;
  span: Span;
  width: number;
  axis: boolean;
  pick: (index: number) => void;
};

type Seat = {
  department: string;
  by?: string;
  nickname?: string;
  here?: boolean;
  state: string;
  member?: number | null;
};
type Team = { name: string; seats: Seat[] };
type Timer = { state: "off" | "running" | "paused"; left: number; of: number };

/** A decision of a department, as the model allows it. */
type DecisionRow = {
  unit: string;
  low: number;
  high: number;
  step: number;
  kind: string;
  values?: number[];
  prices?: Price[];
};
type Price = { path: string; value: number; unit: string };
type Pay = { volume: number; value: number; weight: number; index: number };
type Buy = { buy: string; about?: string; people?: number };
/** What a department has decided so far. */
type DraftChoice = {
  decisions?: Record<string, number>;
  buys?: Buy[];
  why?: string;
  sent?: boolean;
  quote?: { total: number };
};

/** What a department sees in the model. */
interface DepartmentView {
  episode: string;
  round: number;
  department: string;
  facts: Record<string, number>;
  /** department that keeps it, by hidden fact */
  hidden: Record<string, string>;
  /** as they stand */
  decisions: Record<string, number>;
  pay?: Pay;
  firm?: Record<string, number>;
  /** what came of what was bought for the last round */
  bought?: any;
}

/** A difference as a sum of its terms. */
type Bridge = { gap: number; sum: number; terms: Record<string, number>; worlds?: number };
