"""Price elasticity of a scenario: paired worlds in which one firm, or every firm, is a little cheaper or dearer."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.model.calendar import MONTHS_PER_YEAR
from sim.parameters.errors import RunFailed
from sim.parameters.firm_settings import FirmSettings
from sim.parameters.scenario import Scenario
from sim.policies import policy_of
from sim.simulation.headless import seed_of
from sim.simulation.warm_up import warmed_up
from sim.statistics.intervals import students_interval

STEP = 0.05  # relative move of the price to each side
ANSWERS = ("conduct", "leadership")  # mechanisms by which firms answer the month; off while this is measured
STAYING = {"market.finance.exit": 0.0}  # owners refinance a firm that loses by its price, since demand is asked for


class Elasticity(NamedTuple):
    """Elasticity of the quantity sold in a year, with its 95 % t interval over replications.

    Args:
        mean: Mean.
        low: Lower end; NaN for a single replication.
        high: Upper end.
    """

    mean: float
    low: float
    high: float


def own_elasticity(
    scenario: Scenario, year: int = 1, replications: int = 1, seed: int | None = None, firm: int = 0
) -> Elasticity:
    """Relative change of what one firm sells, per relative change of its price from the first month on.

    Args:
        scenario: The market, with its policies and decisions as they are; nobody answers.
        year: Year after the change in which sales are counted, from 1.
        replications: Paired worlds.
        seed: Seed of all draws; the scenario's own if left out.
        firm: Seat of the firm.

    Raises:
        RunFailed: The firm sells nothing at one of the prices, for instance with very few agents.
    """
    return _elasticity(scenario, year, replications, seed, firm, (firm,))


def category_elasticity(
    scenario: Scenario, year: int = 1, replications: int = 1, seed: int | None = None
) -> Elasticity:
    """Relative change of what all firms together sell, per relative change of the price of all.

    Args:
        scenario: The market, with its policies and decisions as they are; nobody answers.
        year: Year after the change in which sales are counted, from 1.
        replications: Paired worlds.
        seed: Seed of all draws; the scenario's own if left out.

    Raises:
        RunFailed: Nothing is sold at one of the prices.
    """
    return _elasticity(scenario, year, replications, seed, None, tuple(range(len(scenario.firms))))


def _elasticity(
    scenario: Scenario, year: int, replications: int, seed: int | None, of: int | None, moved: tuple[int, ...]
) -> Elasticity:
    off = {f"mechanisms.{name}": False for name in ANSWERS}
    still = scenario.with_settings({"months": year * MONTHS_PER_YEAR, **STAYING, **off})
    cheaper, dearer = (still.with_settings(_prices(still, moved, 1.0 + sign * STEP)) for sign in (-1, 1))
    chosen, distance = seed_of(scenario, seed), math.log((1.0 + STEP) / (1.0 - STEP))
    estimates = np.array([
        math.log(_sold(dearer, chosen, k, of) / _sold(cheaper, chosen, k, of)) / distance for k in range(replications)
    ])  # fmt: skip
    return Elasticity(float(estimates.mean()), *students_interval(estimates))


def _prices(scenario: Scenario, moved: tuple[int, ...], factor: float) -> Mapping[str, float]:
    return {f"firms.{seat}.decisions.price": factor * _price(scenario.firms[seat]) for seat in moved}


def _price(firm: FirmSettings) -> float:
    """List price that a firm plans before it has seen anything. [ratio]"""
    decided = firm.settings["decisions.price"]
    return policy_of(firm).start.price if decided is None else decided


def _sold(scenario: Scenario, seed: int, replicate: int, of: int | None) -> float:
    """What was sold in the last year, at list price 1. [money]"""
    columns = warmed_up(scenario, seed, replicate).run().measures()
    counted = columns["month"] > scenario.months - MONTHS_PER_YEAR
    if of is not None:
        counted &= columns["firm"] == scenario.firms[of].name
    sold = float((columns["revenue"][counted] / columns["price"][counted]).sum())
    if sold <= 0.0:
        year, who = scenario.months // MONTHS_PER_YEAR, "the market" if of is None else scenario.firms[of].name
        raise RunFailed(
            f"{scenario.name}: {who} sells nothing in year {year} with prices {STEP:.0%} off, so no elasticity: "
            "too few customers are simulated, or nobody wants what is sold; raise market.customers"
        )
    return sold
