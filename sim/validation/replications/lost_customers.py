"""What a lost customer is worth: some customers leave in one month, and the tail of the world goes on without them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.parameters import Scenario
from sim.simulation.engines.compiled import CompiledEngine
from sim.simulation.fork import copy_state
from sim.simulation.headless import Simulation
from sim.validation.closed_forms_of_spreading import Losses, value_of_lost_adopter
from sim.validation.limits_diffusion import SPEAKS, spreading
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.row import Curve, Reading

ONCE_GONE_FOR_GOOD = {  # who looks around as a customer prefers none, who has not tried the firm prefers it
    "market.satisfaction.start": 0.2, "market.word_of_mouth.positive": SPEAKS,
    "market.word_of_mouth.positive_power": 0.0, "market.choice.experience_weight": 15.0, "market.choice.outside": 6.0,
    "mechanisms.burning": True, "market.choice.burn_threshold": 1.0, "market.choice.burn_months": 240.0,
}  # fmt: skip


class Tails(NamedTuple):
    """Customers by step in a world and in its forks. customers: shape (steps + 1,); without: by step of the losses"""

    customers: NDArray[np.float64]
    without: dict[int, NDArray[np.float64]]


def world_of(setup: Setup, former: float) -> Scenario:
    """The scenario of a firm that nobody knows. former: talk of who has left, against that of a customer"""
    numbers = setup.numbers
    cut, degree = numbers["cut"], numbers["degree"]
    at = setup.changed({**ONCE_GONE_FOR_GOOD, "market.word_of_mouth.former": former})
    chances = numbers["innovation"] / cut, numbers["imitation"] / cut / SPEAKS / degree
    network = {"kind": "small_world", "degree": degree, "rewiring": 1.0}
    short = spreading(at, chances, network, {"months": 1})
    return short.scenario.with_settings({"months": numbers["years"] * cut})


def tails_of(setup: Setup, scenario: Scenario) -> Tails:
    """A world, and for each time of the losses a fork in which a part of the customers leaves in that month."""
    engine, number = CompiledEngine(), setup.here.replicate
    leaving = scenario.with_settings({"market.choice.consider": setup.numbers["part"]})
    when = [round(year * setup.numbers["cut"]) for year in setup.numbers["lost_after"]]
    base, customers, without = Simulation(scenario, engine, replicate=number), [0.0], {}
    while base.month < scenario.months:
        if base.month + 1 in when:
            pulse, tail = (Simulation(changed, engine, replicate=number) for changed in (leaving, scenario))
            copy_state(base.world, pulse.world)
            pulse.advance()
            copy_state(pulse.world, tail.world)
            without[base.month + 1] = np.array([_customers(pulse), *_later(tail, scenario.months)])
        base.advance()
        customers.append(_customers(base))
    return Tails(np.array(customers), without)


def _customers(simulation: Simulation) -> float:
    return float((simulation.world.people.supplier >= 0).sum())


def _later(simulation: Simulation, months: int) -> list[float]:
    later = []
    while simulation.month < months:
        simulation.advance()
        later.append(_customers(simulation))
    return later


def values_lost(setup: Setup, former: float) -> NDArray[np.float64]:
    """Value of a customer by time of the loss, in payments of a year at that time, shape (times,)."""
    tails, cut = tails_of(setup, world_of(setup, former)), setup.numbers["cut"]
    factor = 1.0 / (1.0 + setup.numbers["discount"] / cut)
    values = []
    for step, fewer in tails.without.items():
        gap = tails.customers[step:] - fewer
        values.append(float((gap * factor ** np.arange(len(gap))).sum() / gap[0]) / cut)
    return np.array(values)


def values_in_theory(setup: Setup, talks_on: bool) -> NDArray[np.float64]:
    """The same by the mean field."""
    numbers, cut = setup.numbers, setup.numbers["cut"]
    chances = numbers["innovation"] / cut, numbers["imitation"] / cut
    return np.array([
        value_of_lost_adopter(
            chances, Losses(round(year * cut), numbers["part"], talks_on), numbers["years"] * cut,
            numbers["discount"] / cut,
        ) / cut
        for year in numbers["lost_after"]
    ])  # fmt: skip


def read_lost(setup: Setup) -> Sequence[Reading]:
    """Value of the first loss against the last, its fall, and the value where who leaves goes on talking."""
    silent, talking = values_lost(setup, 0.0), values_lost(setup, 1.0)
    theory, theory_talking = values_in_theory(setup, False), values_in_theory(setup, True)
    falls = silent[:-1] - silent[1:]
    readings = [
        Reading(f"value when lost after {year:g} years", float(value), float(expected))
        for year, value, expected in zip(setup.numbers["lost_after"], silent, theory, strict=True)
    ]
    return [
        *readings,
        Reading("first against last", float(silent[0] / silent[-1]), float(theory[0] / theory[-1])),
        Reading("least fall from one time to the next", float(falls.min())),
        Reading(
            "first against last, who leaves talks on",
            float(talking[0] / talking[-1]), float(theory_talking[0] / theory_talking[-1]),
        ),
        Reading("indirect against direct value, first", float(silent[0] / talking[0]) - 1.0),
    ]  # fmt: skip


def draw_lost(setup: Setup) -> Curve:
    """Value by time of the loss, beside the mean field."""
    years = np.array(setup.numbers["lost_after"], float)
    lines = {
        "Model": values_lost(setup, 0.0),
        "Mean field": values_in_theory(setup, False),
        "Model, leavers talk": values_lost(setup, 1.0),
        "Mean field, leavers talk": values_in_theory(setup, True),
    }
    return Curve("Value of a lost customer, in payments of a year", "Year of the loss", years, lines)


LOST_CUSTOMERS_RECIPE = Recipe(read_lost, draw_lost)
