"""Strong and weak ties: personal groups with random ties between them, and how fast each brings adoption about."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.validation.closed_forms_of_spreading import bass_by_draws
from sim.validation.limits_diffusion import SPEAKS, adopters, spreading
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.replications.ties import group_list
from sim.validation.row import Curve, Reading

SHARES_READ = (0.16, 0.5, 0.95)  # shares of people at which the source reads the time


class TieDesign(NamedTuple):
    """One point of the source's design.

    Args:
        group: People of a personal group; each is strongly tied to all others. [count]
        weak: Weak ties of a person. [count]
        innovation: Chance to adopt by advertising. [1/step]
        weak_chance: Chance to adopt by a weak tie to an adopter. [1/step]
        strong_chance: Chance by a strong tie. [1/step]
    """

    group: int
    weak: float
    innovation: float
    weak_chance: float
    strong_chance: float


def spread_over(setup: Setup, design: TieDesign) -> NDArray[np.float64]:
    """Share of adopters by step. All ties have the chance of strong ones; weaker ties are fewer in proportion."""
    people = -(-setup.here.people // design.group) * design.group
    ties = group_list(setup.folder, people, design.group, design.weak * design.weak_chance / design.strong_chance)
    network = {"kind": "edge_list", "file": str(ties)}
    chances = design.innovation, design.strong_chance / SPEAKS
    shape = {"months": setup.numbers["steps"], "customers": people}
    return adopters(spreading(setup.here, chances, network, shape)) / people


def steps_to(shares: NDArray[np.float64], part: float) -> float:
    """First step at which a share has adopted; the number of steps if it never has.

    >>> steps_to(np.array([0.0, 0.1, 0.6]), 0.5)
    2.0
    """
    reached = np.flatnonzero(shares >= part)
    return float(reached[0]) if len(reached) else float(len(shares))


def times_of(setup: Setup, design: TieDesign) -> NDArray[np.float64]:
    """Steps to each share of `SHARES_READ`, shape (3,)."""
    shares = spread_over(setup, design)
    return np.array([steps_to(shares, part) for part in SHARES_READ])


def designs(setup: Setup) -> dict[str, TieDesign]:
    """Points of the design by name."""
    return {name: TieDesign(*values) for name, values in setup.numbers["designs"].items()}


def read_ties(setup: Setup) -> Sequence[Reading]:
    """Times to 16, 50 and 95 % at each point, and what further ties and further advertising do."""
    readings = [
        Reading(f"{name}: steps to {100 * part:.0f} %", time)
        for name, design in designs(setup).items()
        for part, time in zip(SHARES_READ, times_of(setup, design), strict=True)
    ]
    return [*readings, *_effects(setup)]


def _effects(setup: Setup) -> list[Reading]:
    """Effects of a further tie of each kind at one chance, of advertising by stage, and of strong ties by group."""
    alike, more = TieDesign(*setup.numbers["alike"]), setup.numbers["further_ties"]
    plain = times_of(setup, alike)
    weaker = times_of(setup, alike._replace(weak=alike.weak + more))
    stronger = times_of(setup, alike._replace(group=alike.group + more))
    loud = times_of(setup, alike._replace(innovation=2.0 * alike.innovation))
    gains = [
        Reading(f"gain by weak ties less gain by strong ties, {100 * part:.0f} %", float(stronger[i] - weaker[i]))
        for i, part in enumerate(SHARES_READ)
    ]
    early, late = 1.0 - loud[0] / plain[0], 1.0 - (loud[2] - loud[0]) / (plain[2] - plain[0])
    large, small = (
        _gain_by_strength(setup, TieDesign(*setup.numbers["alike"])._replace(group=group))
        for group in setup.numbers["groups"]
    )
    return [
        *gains,
        Reading("gain by advertising before 16 % less after it", float(early - late)),
        Reading("gain by strength of strong ties, large less small groups", large - small),
    ]


def _gain_by_strength(setup: Setup, design: TieDesign) -> float:
    """Part of the time to one half that stronger strong ties save."""
    stronger = design._replace(strong_chance=2.0 * design.strong_chance)
    return float(1.0 - times_of(setup, stronger)[1] / times_of(setup, design)[1])


def draw_ties(setup: Setup) -> Curve:
    """Two points of the design, beside an endless population in which all ties are drawn anew in each step."""
    name, design = next(iter(designs(setup).items()))
    words = (design.group - 1) * design.strong_chance + design.weak * design.weak_chance
    steps = setup.numbers["drawn_steps"]
    lines: dict[str, Any] = {
        "Model": spread_over(setup, design)[: steps + 1],
        "Ties drawn anew": bass_by_draws(design.innovation, words, steps),
        "Model, no weak ties": spread_over(setup, design._replace(weak=0.0))[: steps + 1],
    }
    return Curve(f"Share of adopters by strong and weak ties ({name})", "Step", np.arange(steps + 1), lines)


STRONG_TIES_RECIPE = Recipe(read_ties, draw_ties)
