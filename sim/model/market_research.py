"""Market research: whom a firm asks, and where lines would serve best what these people say they want."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.model.randomness import SAMPLE, uniform
from sim.model.state import DIMENSIONS, MOST_LINES, Floats, IntArray
from sim.numeric.compiling import compiled, rule

ROUNDS = 12  # of Lloyd's algorithm; the centres hardly move after that


def luck_of_sample(key: int, month: int, firm: int, size: int) -> Floats:
    """Luck of whom one firm asks, shape (size,). key: of the world; firm: key of the firm"""
    luck = np.empty(size)
    _draw_places(key, month, firm, luck)
    return luck


@compiled
def _draw_places(key: int, month: int, firm: int, luck: Floats) -> None:
    for number in range(luck.shape[0]):
        luck[number] = uniform(key, 0, 0, month, SAMPLE, number, firm)


def own_sample(stated: Floats, present: NDArray[np.bool_], luck: Floats) -> Floats:
    """What the people asked by one firm say, shape (people asked, K); places are drawn, and some may be empty.

    They are drawn with replacement, so that the error follows from the size of the sample alone.

    Args:
        stated: What each person who is there says, shape (people there, K).
        present: Whether somebody is there, of each place, shape (N,).
        luck: A uniform number for each place that is drawn.
    """
    places = (luck * len(present)).astype(np.int64)
    row = np.cumsum(present) - 1
    return stated[row[places[present[places]]]]


def line_positions(stated: Floats, lines: int) -> Floats:
    """Positions of product lines that serve the sample best, shape (MOST_LINES, K); unused rows repeat the last.

    Source:
        Lloyd (1982), started from the farthest points.
    """
    placed = np.zeros((MOST_LINES, DIMENSIONS))
    if len(stated):
        scratch = np.zeros((MOST_LINES, DIMENSIONS)), np.zeros(MOST_LINES, np.int64)
        _place_lines(stated, lines, placed, np.zeros(len(stated), np.int64), *scratch)
    placed[lines:] = placed[lines - 1]
    return placed


@compiled
def _place_lines(stated: Floats, lines: int, placed: Floats, nearest: IntArray, sums: Floats, counts: IntArray) -> None:
    _move_to_means(stated, nearest, 1, placed, sums, counts)
    for line in range(1, lines):
        farthest = _farthest(stated, line, placed)
        for k in range(DIMENSIONS):
            placed[line, k] = stated[farthest, k]
    for _ in range(ROUNDS if lines > 1 else 0):
        moved = False
        for i in range(stated.shape[0]):
            best, _ = _nearest(stated, i, lines, placed)
            moved = moved or best != nearest[i]
            nearest[i] = best
        if not moved:
            break
        _move_to_means(stated, nearest, lines, placed, sums, counts)


@rule
def _nearest(stated: Floats, i: int, lines: int, placed: Floats) -> tuple[int, float]:
    """The line nearest to person i, and its squared distance."""
    best, least = 0, math.inf
    for line in range(lines):
        distance = 0.0
        for k in range(DIMENSIONS):
            gap = stated[i, k] - placed[line, k]
            distance += gap * gap
        if distance < least:
            best, least = line, distance
    return best, least


@rule
def _farthest(stated: Floats, lines: int, placed: Floats) -> int:
    """The person farthest from the lines placed so far."""
    farthest, most = 0, -1.0
    for i in range(stated.shape[0]):
        _, distance = _nearest(stated, i, lines, placed)
        if distance > most:
            farthest, most = i, distance
    return farthest


@rule
def _move_to_means(
    stated: Floats, nearest: IntArray, lines: int, placed: Floats, sums: Floats, counts: IntArray
) -> None:
    """Put each line at the mean of the people nearest to it, if there are any. sums, counts: room to work in."""
    sums[:] = 0.0
    counts[:] = 0
    for i in range(stated.shape[0]):
        line = nearest[i]
        counts[line] += 1
        for k in range(DIMENSIONS):
            sums[line, k] += stated[i, k]
    for line in range(lines):
        if counts[line] > 0:
            for k in range(DIMENSIONS):
                placed[line, k] = sums[line, k] / counts[line]
