"""Rows on choice: logit shares and their elasticities, and two firms among which customers switch."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms import logit_shares, two_state_share
from sim.validation.judging import ClosedForm
from sim.validation.limit_worlds import firm
from sim.validation.limits_retention import average, proportion
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

STEP = 0.05  # of a price, on either side
NO_MEMORY = {"consider_price": 0.0}


def newcomers(here: Situation, prices: tuple[float, float], weight: float) -> RecordedRun:
    """Everybody is new and chooses once, between two firms that differ in price alone and having none."""
    firms = [firm("first", 0.0, price=prices[0]), firm("second", 0.0, price=prices[1])]
    choice = NO_MEMORY | {"entry": 1.0, "outside": 0.0, "experience_weight": 0.0, "fit_weight": 0.0}
    market = {"choice": choice, "economics": {"price_weight": weight}}
    shape = {"months": 1, "firms": firms, "on": ["price_response"]}
    return here.limit(shape, market, ("supplier",))


def utilities(prices: tuple[float, float], weight: float) -> NDArray[np.float64]:
    """Utility of the two firms and of none."""
    return np.array([weight * (1.0 - prices[0]), weight * (1.0 - prices[1]), 0.0])


def read_logit(here: Situation) -> Sequence[Reading]:
    """Shares of the three alternatives, and own and cross elasticity over a step of the first price."""
    weight = here.parameter(0, 2.0, 0.5, 4.0)
    first, second = here.parameter(1, 0.5, 0.6, 1.4), here.parameter(2, 0.75, 0.6, 1.4)
    took = newcomers(here, (first, second), weight).panel["supplier"][-1]
    shares = logit_shares(utilities((first, second), weight))
    readings = [proportion(f"share {k + 1}", took == seat, float(shares[k])) for k, seat in enumerate((0, 1, -1))]
    dear, cheap = first * (1.0 + STEP), max(0.5, first * (1.0 - STEP))
    ends = [newcomers(here, (price, second), weight).panel["supplier"][-1] for price in (dear, cheap)]
    expected = [logit_shares(utilities((price, second), weight)) for price in (dear, cheap)]
    for name, seat in (("own", 0), ("cross", 1)):
        scale = (dear - cheap) / first * float(shares[seat])
        change = ((ends[0] == seat).astype(float) - (ends[1] == seat).astype(float)) / scale
        readings.append(average(f"{name} elasticity", change, float(expected[0][seat] - expected[1][seat]) / scale))
    return readings


def switching_world(here: Situation, chances: tuple[float, float], months: int) -> RecordedRun:
    """Half look around every month; price and switching cost are such that a tenth and a fifth of all switch."""
    looks = 0.5
    first, second = (np.log(chance / looks / (1.0 - chance / looks)) for chance in chances)
    cost, lead = -(first + second) / 2.0, (second - first) / 2.0
    weight = 2.0
    firms = [firm("first", 0.5, price=1.0 - lead / weight / 2.0), firm("second", 0.5, price=1.0 + lead / weight / 2.0)]
    choice = NO_MEMORY | {"consider": looks, "outside": -10.0, "switching_cost": float(cost), "habit_weight": 0.0}
    market = {"choice": choice, "economics": {"price_weight": weight}}
    return here.limit({"months": months, "firms": firms, "on": ["price_response"]}, market, ("supplier",))


def read_switching(here: Situation) -> Sequence[Reading]:
    """Share of the first firm after ten months and at rest."""
    chances = here.parameter(0, 0.1, 0.05, 0.2), here.parameter(1, 0.2, 0.05, 0.2)
    seats = switching_world(here, chances, 40).panel["supplier"]
    return [
        proportion(f"share after {t}", seats[t] == 0, float(two_state_share(0.5, *chances, np.array(t))))
        for t in (10, 40)
    ]


def draw_switching(here: Situation) -> Curve:
    """Share of the first firm against the chain."""
    months, run = np.arange(41), switching_world(here, (0.1, 0.2), 40)
    lines: dict[str, Any] = {"Model": (run.panel["supplier"] == 0).mean(axis=1)}
    lines["Markov chain"] = two_state_share(0.5, 0.1, 0.2, months)
    return Curve("Share of the first of two firms among which customers switch", "Month", months, lines)


LIMITS_CHOICE_ROWS = (
    Entry("F4", "Shares of a choice without memory are logit, with elasticity −w p (1 − P) to the own price",
        "McFadden (1974)", ClosedForm(), read_logit,
        Control("customers differ in lasting taste", {"market.choice.taste": 2.0})),
    Entry("F11", "Shares of two firms follow the switching chain to c₂ / (c₁ + c₂)", "two-state Markov chain",
        ClosedForm(), read_switching, Control("customers differ in lasting taste", {"market.choice.taste": 2.0}),
        picture=draw_switching),
)  # fmt: skip
