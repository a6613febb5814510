"""The opening: the numbers of the first minute of a demonstration, each from a run or from a table of results."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.experiments.live.band import PairWorlds, better_of
from sim.experiments.live.case import CaseTable, case_of, case_table, most_handed_on
from sim.experiments.live.customer_life import Lives
from sim.experiments.live.frame_measures import DEPARTMENT_FIGURES, MEASURE_NAMES
from sim.experiments.live.opening_evidence import decisions_apart, flagship_answer, market_answer
from sim.experiments.live.pair import SIDES, TimelinePair
from sim.experiments.live.watched_world import WatchedWorld
from sim.model.measures import BY_NAME
from sim.model.randomness import resampling
from sim.statistics.intervals import interval
from sim.statistics.verdicts import read_interval

HANDOFF_ANSWERS = ("0", "1", "2", "3", "4", "5")
SIDE_OF_READING = {"higher": "right", "lower": "left"}
FULL_DESK = 1.0  # hours wanted for each hour of the desk, above which it cannot reach its work
FLOWS = (
    "handoffs",
    "incidents",
    "losses",
    "losses_voluntary",
    "losses_silent",
    "losses_complained",
    "gross_adds",
    "complaints",
)


def opening_script(pair: TimelinePair, lives: Lives, worlds: PairWorlds) -> dict[str, Any]:
    """Everything that the first minute says, as keys and numbers; it follows the runs, whichever side they favour.

    Args:
        pair: The two timelines.
        lives: Of both watched worlds, seen to the end.
        worlds: Paired worlds run so far; with more of them the last sentence becomes surer.

    Returns:
        ``first`` is the side with more hand-offs, with which the story begins; ``customer`` is None if there was no
        incident. ``months`` are whole months, since the model's step is a month.
    """
    cases = {side: case_table(world) for side, world in lives.worlds.items()}
    first = _side_with_more(cases)
    customer = _customer(lives, cases, first)
    totals = {side: _totals(world) for side, world in lives.worlds.items()}
    return {
        "firm": pair.firm,
        "months": pair.months,
        "weight": lives.worlds["left"].weight,
        "names": {side: line.scenario_at(0).firms[line.seat_of(pair.firm)].policy for side, line in _sides(pair)},
        "differences": pair.differences,
        "decisions": decisions_apart(pair),
        "first": first,
        "customer": customer,
        "alike": _alike(lives, cases, customer, first),
        "totals": totals,
        "silent": {side: _silent(numbers) for side, numbers in totals.items()},
        "figures": {side: _figures(world, world.month) for side, world in lives.worlds.items()},
        "bets": _bets(customer, first, lives),
        "profit": _profit(lives, worlds),
        "markets": market_answer(pair),
        "evidence": flagship_answer(pair),
    }


def _sides(pair: TimelinePair) -> Any:
    return zip(SIDES, pair.sides, strict=True)


def _side_with_more(cases: Mapping[str, CaseTable]) -> str:
    return "left" if int(cases["left"].handoffs.sum()) >= int(cases["right"].handoffs.sum()) else "right"


def _other(side: str) -> str:
    return "right" if side == "left" else "left"


def _customer(lives: Lives, cases: Mapping[str, CaseTable], first: str) -> dict[str, Any] | None:
    """The customer whose case was handed on most on the first side, and the same case on the other."""
    table = cases[first]
    row = most_handed_on(table, cases[_other(first)])
    if row < 0:
        return None
    place, month = int(table.place[row]), int(table.month[row])
    life = lives.life(place, month)
    both = {side: case_of(own["events"], month) if own else None for side, own in life["sides"].items()}
    return {
        "place": place,
        "person": life["sides"][first]["person"],
        "month": month,
        "cases": both,
        "worse": _worse(both),
        "figures": {side: _figures(world, month) for side, world in lives.worlds.items()},
        "wait": {side: _at(world, "wait_mean", month) for side, world in lives.worlds.items()},
        "end": {side: own["end"] if own else None for side, own in life["sides"].items()},
        "satisfaction": {side: own["satisfaction"] if own else None for side, own in life["sides"].items()},
    }


def _worse(cases: Mapping[str, dict[str, Any] | None]) -> str:
    """Side on which the customer was sent on, told the story and waited more: these are compared in this order."""
    marks = {side: _marks(case) for side, case in cases.items()}
    if marks["left"] == marks["right"]:
        return "alike"
    return "left" if marks["left"] > marks["right"] else "right"


def _marks(case: Mapping[str, Any] | None) -> tuple[float, ...]:
    if case is None:
        return 0.0, 0.0, 0.0, 0.0
    return case["handoffs"], case["repeats"], case["months"], case["before"] - case["after"]


def _alike(
    lives: Lives, cases: Mapping[str, CaseTable], customer: Mapping[str, Any] | None, first: str
) -> dict[str, Any] | None:
    """On each side: customers with a case, those handed on at least once, and those handed on as often as this one."""
    if customer is None:
        return None
    often = customer["cases"][first]["handoffs"]
    return {"handoffs": often} | {side: _counts(lives, side, cases[side], often) for side in SIDES}


def _counts(lives: Lives, side: str, table: CaseTable, often: int) -> dict[str, Any]:
    people = table.place + lives.worlds[side].places * table.generation
    counts = {
        "customers": len(lives.tables[side].place),
        "with_case": len(np.unique(people)),
        "handed_on": len(np.unique(people[table.handoffs > 0])),
        "as_often": len(np.unique(people[table.handoffs >= often])),
    }
    return counts | {"people": {name: count * lives.worlds[side].weight for name, count in counts.items()}}


def _at(world: WatchedWorld, name: str, month: int) -> float:
    return float(world.months[month].measures[MEASURE_NAMES.index(name)])


def _totals(world: WatchedWorld) -> dict[str, float]:
    """Sums of all months."""
    table = world.measures[1:]
    return {name: float(table[:, MEASURE_NAMES.index(name)].sum()) for name in FLOWS}


def _silent(totals: Mapping[str, float]) -> float | None:
    """Part of those who left of their own accord that had not complained; None if nobody left."""
    return totals["losses_silent"] / totals["losses_voluntary"] if totals["losses_voluntary"] else None


def _figures(world: WatchedWorld, month: int) -> list[dict[str, Any]]:
    """The figure that each department keeps and is judged by, and whether it looks good to that department.

    It looks good if it is no worse than in the first month; the desk's, if it has hours for all its work.
    """
    return [_figure(world, month, department, name) for department, name in DEPARTMENT_FIGURES.items()]


def _figure(world: WatchedWorld, month: int, department: str, name: str) -> dict[str, Any]:
    value, at_first = _at(world, name, month), _at(world, name, 1)
    limit = FULL_DESK if name == "utilisation" else at_first
    good = value <= limit if name == "utilisation" else value >= limit
    return {"department": department, "figure": name, "value": value, "limit": limit, "good": good}


def _bets(customer: Mapping[str, Any] | None, first: str, lives: Lives) -> list[dict[str, Any]]:
    """What the room bets on, with the answer that the shown world gives."""
    bets: list[dict[str, Any]] = []
    if customer is not None:
        handoffs = customer["cases"][first]["handoffs"]
        bets.append({"question": "opening.handoffs", "answers": list(HANDOFF_ANSWERS), "truth": str(handoffs)})
    ends = {side: _at(world, "profit_total", world.month) for side, world in lives.worlds.items()}
    truth = "alike" if ends["left"] == ends["right"] else max(ends, key=lambda side: ends[side])
    return [*bets, {"question": "opening.profit", "answers": ["left", "right", "alike"], "truth": truth}]


def _profit(lives: Lives, worlds: PairWorlds) -> dict[str, Any]:
    """Profit of all months: in the shown world, and right less left over the paired worlds with its 95 % interval."""
    shown = {side: _at(world, "profit_total", world.month) for side, world in lives.worlds.items()}
    about = {"measure": "profit_total", "unit": BY_NAME["profit"].unit, "better": better_of("profit_total")}
    of_shown = {"shown": shown, "shown_difference": shown["right"] - shown["left"], "worlds": len(worlds)}
    return about | of_shown | (_over_worlds(worlds) if len(worlds) > 1 else {"reading": None})


def _over_worlds(worlds: PairWorlds) -> dict[str, Any]:
    left, right = (side[:, -1] for side in worlds.values("profit_total"))
    gaps = right - left
    estimate = interval(gaps, resampling(worlds.pair.left.seed, "profit of an opening"))
    reading = SIDE_OF_READING.get(read_interval(estimate.low, estimate.high), "alike")
    ahead = {"left": int((gaps < 0.0).sum()), "right": int((gaps > 0.0).sum())}
    ends = {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "method": estimate.method}
    return ends | {"ahead": ahead, "reading": reading, "left": float(left.mean()), "right": float(right.mean())}
