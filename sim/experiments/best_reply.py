"""Best replies in turn: each firm improves one decision at a time while the others stay, until nobody gains much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

Decided = tuple[tuple[float, ...], ...]  # decisions of all firms, shape (firms, decisions)
Payoff = Callable[[Sequence[Decided]], Sequence[Sequence[float]]]  # of each set of decisions, a value for each firm

POINTS = 5  # values tried at a time over a bracket
NEAR = 0.125  # half of a bracket around a decision that was searched before, as a share of its range
SMALLEST_STEP = 0.015  # distance of values at which a search stops, as a share of the range
DECIMALS = 6  # of decisions; values that agree to so many are tried once


class Game(NamedTuple):
    """What firms play for.

    Args:
        ranges: Smallest and largest value of each decision.
        payoff: Value of all firms for each of several sets of decisions.
        tolerance: Gain that is not worth a move, as a share of a firm's value.
        most_rounds: Rounds after which the search stops.
    """

    ranges: Sequence[tuple[float, float]]
    payoff: Payoff
    tolerance: float
    most_rounds: int


class Reply(NamedTuple):
    """The best value found for one decision of one firm. gain: what it brings, as a share of the firm's value"""

    value: float
    gain: float


@dataclass(frozen=True)
class Replies:
    """Replies from one start.

    Args:
        rounds: Decisions at the start and after each round, each of shape (firms, decisions).
        gains: Gains found in each round, each of shape (firms, decisions). [share]
        at_rest: Whether the last round brought nobody more than the tolerance.
    """

    rounds: tuple[Decided, ...]
    gains: tuple[Decided, ...]
    at_rest: bool


def replies_from(start: Decided, game: Game, watch: Callable[[int], object] = bool) -> Replies:
    """Rounds of best replies until nobody gains more than the tolerance anywhere in the ranges.

    The first round searches the whole ranges, later ones near what was found. When such a round brings nobody more than
    the tolerance, a last one over the whole ranges must confirm it.

    Args:
        start: Decisions to begin from.
        game: What firms play for.
        watch: Called with the number of each round that is done.

    Source:
        Iterated best replies: Cournot (1838); where they come to rest is an equilibrium of Nash (1950).
    """
    here, rounds, gains, wide = start, [start], [], True
    for number in range(1, game.most_rounds + 1):
        here, gained = _one_round(here, game, wide)
        rounds.append(here)
        gains.append(gained)
        watch(number)
        settled = max(sum(firm) for firm in gained) <= game.tolerance
        if settled and wide:
            return Replies(tuple(rounds), tuple(gains), True)
        wide = settled
    return Replies(tuple(rounds), tuple(gains), False)


def _one_round(here: Decided, game: Game, wide: bool) -> tuple[Decided, Decided]:
    gains = []
    for firm in range(len(here)):
        row = []
        for place in range(len(game.ranges)):
            reply = best_reply(here, game, (firm, place), wide)
            here = replaced(here, (firm, place), reply.value)
            row.append(reply.gain)
        gains.append(tuple(row))
    return here, tuple(gains)


def replaced(here: Decided, where: tuple[int, int], value: float) -> Decided:
    """The decisions with one of one firm replaced. where: firm and decision

    >>> replaced(((1.0, 2.0), (3.0, 4.0)), (1, 0), 5.0)
    ((1.0, 2.0), (5.0, 4.0))
    """
    firm, place = where
    row = (*here[firm][:place], round(float(value), DECIMALS), *here[firm][place + 1 :])
    return (*here[:firm], row, *here[firm + 1 :])


def best_reply(here: Decided, game: Game, where: tuple[int, int], wide: bool) -> Reply:
    """Search one decision of one firm: points over a bracket, then over smaller ones around the best of them.

    Args:
        here: Decisions of all firms.
        game: What firms play for.
        where: Firm and decision.
        wide: Whether to search the whole range, or near the present value only.
    """
    firm, place = where
    low, high = game.ranges[place]
    now, span = here[firm][place], high - low
    known: dict[float, float] = {}

    def attempt(values: Sequence[float]) -> None:
        new = list(dict.fromkeys(round(float(value), DECIMALS) for value in values))
        new = [value for value in new if value not in known]
        paid = game.payoff([replaced(here, where, value) for value in new]) if new else []
        known.update({value: values[firm] for value, values in zip(new, paid, strict=True)})

    bracket = (low, high) if wide else (max(low, now - NEAR * span), min(high, now + NEAR * span))
    attempt([now, *np.linspace(*bracket, POINTS)])
    step = (bracket[1] - bracket[0]) / (POINTS - 1)
    while step > SMALLEST_STEP * span:
        step /= 2.0
        best = max(known, key=known.__getitem__)
        attempt([max(low, best - step), min(high, best + step)])
    attempt([min(high, max(low, top_of_parabola(known)))])
    return _reply(known, now)


def _reply(known: dict[float, float], now: float) -> Reply:
    """The best value tried; the present one unless another is better."""
    kept = known[round(now, DECIMALS)]
    best = max(known, key=known.__getitem__)
    if known[best] <= kept:
        return Reply(now, 0.0)
    return Reply(best, (known[best] - kept) / abs(kept) if kept else float("inf"))


def top_of_parabola(known: dict[float, float]) -> float:
    """Where a parabola through the best point and those next to it is highest; the best point at either end.

    >>> top_of_parabola({0.0: -4.0, 1.0: -1.0, 4.0: -4.0})
    2.0
    """
    points = sorted(known)
    place = points.index(max(known, key=known.__getitem__))
    if not 0 < place < len(points) - 1:
        return points[place]
    a, b, c = points[place - 1 : place + 2]
    left, right = (b - a) * (known[b] - known[c]), (b - c) * (known[b] - known[a])
    if left == right:
        return b
    return b - 0.5 * ((b - a) * left - (b - c) * right) / (left - right)
