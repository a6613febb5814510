"""Rows on brands that differ in nothing but how many people know them (section E)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.parameters import Scenario
from sim.validation.judging import RightSign, Within
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

KNOWN = (0.95, 0.7, 0.5, 0.35, 0.25, 0.15)  # share of people who know each brand
QUARTER = 3
PANEL_SIZE = 5000  # people, about those of the panel of the source
QUIET = ("advertising", "word_of_mouth", "forgetting", "incidents", "conduct")
BUY_LESS = 0.9  # purchases a month of a category such as toothpaste, against four of a grocery store


def brands(here: Situation) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Penetration of each brand in a quarter, and purchases per buyer; shape (brands,)."""
    contents = Scenario.load("grocery").as_mapping()
    contents["firms"] = [
        {"name": f"brand{k}", "policy": "osfa", "offers": {"start_share": 0.0, "awareness": known}}
        for k, known in enumerate(KNOWN)
    ]
    contents["months"] = 2 * QUARTER
    settings: dict[str, Any] = {f"mechanisms.{name}": False for name in QUIET}
    settings |= {
        "market.economics.purchase_rate": BUY_LESS,
        "market.customers": PANEL_SIZE,
        "market.size": 10.0 * PANEL_SIZE,
    }
    scenario = Scenario.from_mapping(contents).with_settings({**settings, **here.changes})
    bought = here.bank.run(scenario, here.replicate, ("bought",)).panel["bought"][-QUARTER:].astype(float).sum(axis=0)
    buyers = (bought > 0).sum(axis=0)
    return buyers / len(bought), bought.sum(axis=0) / np.maximum(1, buyers)


def read_constant(here: Situation) -> Sequence[Reading]:
    """Coefficient of variation over brands of purchases per buyer times the share of people who do not buy."""
    penetration, each = brands(here)
    product = each * (1.0 - penetration)
    return [Reading("CV of w(1 − b)", float(product.std() / product.mean()))]


def read_jeopardy(here: Situation) -> Sequence[Reading]:
    """Rank correlation over brands of penetration and purchases per buyer, less 0.8."""
    penetration, each = brands(here)
    return [Reading("rank correlation less 0.8", float(stats.spearmanr(penetration, each).statistic) - 0.8)]


DOUBLE_JEOPARDY = "Ehrenberg, Goodhardt and Barwise (1990), Journal of Marketing 54(3)"
LOYAL = Control(
    "everybody has one brand and keeps to it", {"market.choice.taste": 4.0, "market.choice.habit_weight": 5.0}
)
PATTERNS_BRANDS_ROWS = (
    Entry("E1", "Small brands have fewer buyers who also buy a little less: double jeopardy", DOUBLE_JEOPARDY,
        RightSign("rank correlation less 0.8"), read_jeopardy, LOYAL, world="grocery", replicates=(2, 30),
        is_quick=False),
    Entry("E1-constant", "Purchases per buyer times the share of non-buyers is nearly the same for all brands",
        DOUBLE_JEOPARDY,
        Within(0.0, 0.1, 0.03), read_constant, LOYAL, world="grocery", replicates=(2, 30),
        is_quick=False),
)  # fmt: skip
