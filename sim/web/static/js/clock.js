// The room's clock: the server says month, speed and since when; everybody computes the month of now from it.

/** The month that is shown, never past the last month there is. */
export class RoomClock {
  /** @param {() => number} now the server's clock, ms */
  constructor(now) {
    this.now = now;
    /** @type {ClockState} */
    this.state = { playing: false, speed: 1, month: 0, at: 0 };
    this.last = 0; // last month that is computed
  }

  /** Takes what the server says. @param {ClockState} state */
  take(state) {
    const { playing, speed, month, at } = state;
    this.state = { playing, speed, month, at };
  }

  /** Takes a state at once, before the server has answered. @param {Partial<ClockState>} change */
  guess(change) {
    this.state = { ...this.state, month: this.month(), at: this.now(), ...change };
  }

  /** @returns {number} the month of now, with a fraction */
  month() {
    const { playing, speed, month, at } = this.state;
    const gone = playing ? Math.max(0, this.now() - at) / 1000 : 0;
    return Math.max(0, Math.min(this.last, month + speed * gone));
  }

  /** @returns {number} the whole month of now */
  shown() {
    return Math.floor(this.month() + 1e-6);
  }
}

/** Seconds left of a timer that ends at a moment of the server's clock. @param {number} ends server ms
 * @param {number} now server ms @returns {number} whole seconds, never negative */
export function secondsLeft(ends, now) {
  return Math.max(0, Math.ceil((ends - now) / 1000));
}

/** Minutes and seconds of a timer, such as 1:05. @param {number} seconds @returns {string} */
export function minutesAndSeconds(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
