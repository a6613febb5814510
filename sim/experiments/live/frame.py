"""A frame: what one month of a world looks like, as bytes; the page that draws them reads the same layout.

Little endian: a header of 16 bytes, a byte for each place, the measures, then newcomers, words and hand-offs.
"""

import struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.state import Floats, IntArray

FRAME_VERSION = 1
HEADER = struct.Struct("<BBHHHHHHH")  # version, side, month, places, measures, newcomers, words, hand-offs, serial
SIDE_AT, SERIAL_AT = 1, 14  # bytes of the header that hold the side and the serial
SHADES = 31  # steps of satisfaction that a dot can show
STATE_SHIFT = 5  # bits of a dot below its state
MOST_MOVING = 200  # words, and hand-offs, that one frame carries
MOST_DOTS = 20_000
FULL_SCALE = 65_535.0  # of a coordinate

_MIX, _MIX_TOO, _MODULUS = (np.uint64(number) for number in (2_654_435_761, 40_503, 2**32))  # spread places evenly

EMPTY, OURS, RIVALS, NOBODYS, GONE_TO_RIVAL, GONE = range(6)  # states of a dot
NEWCOMER_ROW = np.dtype([("place", "<u2"), ("x", "<u2"), ("y", "<u2")])
WORD_ROW = np.dtype([("speaker", "<u2"), ("listener", "<u2"), ("sign", "i1"), ("spare", "u1")])  # 1, -1; 0 departure
HANDOFF_ROW = np.dtype([("place", "<u2"), ("stop", "u1"), ("flags", "u1")])


class Bounds(NamedTuple):
    """Where needs are drawn: ends of the first two dimensions of the goals, in the unit of the goals."""

    x0: float
    x1: float
    y0: float
    y1: float


class MonthParts(NamedTuple):
    """What a frame is packed from.

    Args:
        month: Recorded months lived. [months]
        dots: State and shade of each place, shape (N,).
        measures: In the order of `FRAME_MEASURES`, shape (K,).
        newcomers: Rows of `NEWCOMER_ROW`.
        words: Rows of `WORD_ROW`.
        handoffs: Rows of `HANDOFF_ROW`.
    """

    month: int
    dots: NDArray[np.uint8]
    measures: Floats
    newcomers: NDArray[np.void]
    words: NDArray[np.void]
    handoffs: NDArray[np.void]


def pack_frame(parts: MonthParts) -> bytes:
    """A frame of the left side; see `on_side`."""
    moving = (parts.newcomers, parts.words, parts.handoffs)
    sizes = (len(parts.dots), len(parts.measures), *map(len, moving))
    header = HEADER.pack(FRAME_VERSION, 0, parts.month, *sizes, 0)
    body = (parts.dots, parts.measures.astype("<f4"), *moving)
    return b"".join([header, *(part.tobytes() for part in body)])


def on_side(frame: bytes, side: int, serial: int = 0) -> bytes:
    """The frame for a side. side: 0 left, 1 right; serial: number of the timeline where it is shown, 0 to 65,535"""
    head = frame[:SIDE_AT] + bytes([side]) + frame[SIDE_AT + 1 : SERIAL_AT]
    return head + struct.pack("<H", serial) + frame[SERIAL_AT + 2 :]


def read_frame(frame: bytes) -> MonthParts:
    """The parts of a frame.

    Raises:
        ValueError: A frame of another version, or one that was cut.
    """
    version, _, month, *sizes = HEADER.unpack_from(frame)[:8]
    kinds: tuple[np.dtype[Any], ...] = (np.dtype(np.uint8), np.dtype("<f4"), NEWCOMER_ROW, WORD_ROW, HANDOFF_ROW)
    if version != FRAME_VERSION:
        raise ValueError(f"a frame of version {version}; this program reads version {FRAME_VERSION}")
    parts: list[Any] = []
    at = HEADER.size
    for kind, count in zip(kinds, sizes, strict=True):
        parts.append(np.frombuffer(frame, kind, count, at))
        at += count * kind.itemsize
    dots, measures, newcomers, words, handoffs = parts
    return MonthParts(int(month), dots, measures.astype(np.float64), newcomers, words, handoffs)


def dots_of(supplier: IntArray, was_ours: NDArray[np.bool_], satisfaction: Floats, firm: int) -> NDArray[np.uint8]:
    """Dots of all places.

    Args:
        supplier: Seat of each place's supplier; -1 for none, -2 for an empty place, shape (N,).
        was_ours: Whether its holder was the firm's customer at the end of some month, shape (N,).
        satisfaction: With the firm, shape (N,). [0-1]
        firm: Seat of the firm.

    >>> dots_of(np.array([0, -2]), np.array([True, False]), np.array([1.0, 0.5]), 0).tolist()
    [63, 0]
    """
    rival, none = supplier >= 0, supplier == -1
    states = np.select(
        [supplier == firm, rival & was_ours, none & was_ours, rival, none],
        [OURS, GONE_TO_RIVAL, GONE, RIVALS, NOBODYS],
        EMPTY,
    )
    known = (states == OURS) | (states == GONE_TO_RIVAL) | (states == GONE)
    shades = np.where(known, np.rint(np.clip(satisfaction, 0.0, 1.0) * SHADES), 0.0)
    return np.asarray((states.astype(np.int64) << STATE_SHIFT) + shades.astype(np.int64), np.uint8)


def newcomers_at(places: IntArray, goals: Floats, bounds: Bounds) -> NDArray[np.void]:
    """Rows of newcomers. places: shape (n,); goals: of all places, shape (N, K); bounds: where needs are drawn"""
    rows = np.zeros(len(places), NEWCOMER_ROW)
    rows["place"] = places
    rows["x"] = _scaled(goals[places, 0], bounds.x0, bounds.x1)
    rows["y"] = _scaled(goals[places, 1], bounds.y0, bounds.y1)
    return rows


def _scaled(values: Floats, low: float, high: float) -> Floats:
    return np.asarray(np.rint(np.clip((values - low) / (high - low), 0.0, 1.0) * FULL_SCALE))


def thinned(rows: NDArray[np.void], about: tuple[str, str], most: int = MOST_MOVING) -> NDArray[np.void]:
    """At most so many rows, chosen by what they are about, so that both sides show the same people where they can.

    Args:
        rows: Rows of words or hand-offs.
        about: Two fields that a row is about.
        most: Rows wanted.
    """
    if len(rows) <= most:
        return rows
    first, second = (rows[name].astype(np.uint64) for name in about)
    order = (first * _MIX + second * _MIX_TOO) % _MODULUS
    return rows[np.sort(np.argsort(order, kind="stable")[:most])]
