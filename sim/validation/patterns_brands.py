"""Rows on brands that differ in nothing but how many people know them (section E)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.parameters import Scenario
from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import share_of_top
from sim.validation.dirichlet import expected, fit_dirichlet, measured
from sim.validation.judging import RightSign, Within
from sim.validation.limits_buying import TOOTHPASTE
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

KNOWN = (0.95, 0.7, 0.5, 0.35, 0.25, 0.15)  # share of people who know each brand
QUARTER, YEAR_OF_BRANDS = 3, 12
MONTHS_LEFT_OUT = 12  # in which habits form
QUARTERLY, YEARLY = (20_000, QUARTER), (5000, 2 * YEAR_OF_BRANDS)  # people, and months after habits have formed
QUIET = ("advertising", "word_of_mouth", "forgetting", "incidents", "conduct", "finance")  # firms stay as they are
HEAVY_FIFTH = 0.2


def brands(here: Situation, size: tuple[int, int] = QUARTERLY) -> RecordedRun:
    """A category in which brands differ in how many people know them. size: people, and months after the first"""
    people, months = size
    contents = Scenario.load("grocery").as_mapping()
    contents["firms"] = [
        {"name": f"brand{k}", "policy": "osfa", "offers": {"start_share": 0.0, "awareness": known}}
        for k, known in enumerate(KNOWN)
    ]
    contents["months"] = MONTHS_LEFT_OUT + months
    settings: dict[str, Any] = {f"mechanisms.{name}": False for name in QUIET}
    bought_in_quarter, shape = TOOTHPASTE
    category = {"market.economics.purchase_rate": bought_in_quarter / QUARTER, "market.economics.rate_shape": shape}
    settings |= {"seed": 2, **category}  # luck of its own for the recipes of 2026-11-30
    settings |= {"market.customers": people, "market.size": 10.0 * people}
    scenario = Scenario.from_mapping(contents).with_settings({**settings, **here.changes})
    return here.bank.run(scenario, here.replicate, ("bought", "generation"))


def bought_in(run: RecordedRun, first: int, months: int) -> NDArray[np.int64]:
    """Purchases of those who were there all the time, shape (people, brands). first: month before the first"""
    there = run.panel["generation"][first] == run.panel["generation"][first + months]
    return np.asarray(run.panel["bought"][first + 1 : first + months + 1].astype(np.int64).sum(axis=0)[there])


def quarter_of(here: Situation) -> NDArray[np.int64]:
    """Purchases of a quarter after habits have formed."""
    return bought_in(brands(here), MONTHS_LEFT_OUT, QUARTER)


def read_constant(here: Situation) -> Sequence[Reading]:
    """Coefficient of variation over brands of purchases per buyer times the share of people who do not buy."""
    seen = measured(quarter_of(here))
    product = seen.rate * (1.0 - seen.penetration)
    return [Reading("CV of w(1 − b)", float(product.std() / product.mean()))]


def read_jeopardy(here: Situation) -> Sequence[Reading]:
    """Rank correlation over brands of share and purchases per buyer, less 0.8."""
    bought = quarter_of(here)
    rank = stats.spearmanr(bought.sum(axis=0), measured(bought).rate).statistic
    return [Reading("rank correlation less 0.8", float(rank) - 0.8)]


def read_dirichlet(here: Situation) -> Sequence[Reading]:
    """Mean relative distance from a Dirichlet fitted to the panel: of purchases per buyer, or of share of requirements.

    The larger of both, since each has to be near.
    """
    bought = quarter_of(here)
    seen, theory = measured(bought), expected(fit_dirichlet(bought))
    off = [abs(a / b - 1.0).mean() for a, b in ((seen.rate, theory.rate), (seen.requirements, theory.requirements))]
    return [Reading("mean relative distance, the larger", float(max(off)))]


def read_repertoire(here: Situation) -> Sequence[Reading]:
    """How alike people are in their choice of brands."""
    return [Reading("S", fit_dirichlet(quarter_of(here)).s)]


def years_of_brands(here: Situation) -> NDArray[np.int64]:
    """Purchases of two years of those who were there for both, shape (2, people, brands)."""
    run = brands(here, YEARLY)
    both = run.panel["generation"][MONTHS_LEFT_OUT] == run.panel["generation"][-1]
    starts = (MONTHS_LEFT_OUT, MONTHS_LEFT_OUT + YEAR_OF_BRANDS)
    bought = run.panel["bought"].astype(np.int64)
    return np.stack([bought[start + 1 : start + YEAR_OF_BRANDS + 1].sum(axis=0)[both] for start in starts])


def read_sixty(here: Situation) -> Sequence[Reading]:
    """Part of a brand's purchases of a year that the heaviest fifth of its buyers make, mean over brands by buyers."""
    first = years_of_brands(here)[0].astype(float)
    parts = [share_of_top(own[own > 0.0], HEAVY_FIFTH) for own in first.T]
    return [Reading("share of purchases", float(np.average(parts, weights=(first > 0.0).sum(axis=0))))]


def read_heavy_brand(here: Situation) -> Sequence[Reading]:
    """Part of a brand's heavy fifth of a year that is in its heavy fifth of the next, mean over brands by buyers."""
    first, second = years_of_brands(here)
    overlaps = [heavy_overlap(first[:, brand], second[:, brand]) for brand in range(first.shape[1])]
    buyers = (first > 0).sum(axis=0)
    return [Reading("overlap", float(np.average(overlaps, weights=buyers)))]


def heavy_overlap(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Part of the heaviest fifth of the buyers of one year that is among as many heaviest of the next.

    Ties are broken by place, which knows nothing of purchases.

    >>> heavy_overlap(np.array([9, 8, 1, 1, 1, 1, 1, 1, 1, 1]), np.array([9, 0, 8, 1, 1, 1, 1, 1, 1, 1]))
    0.5
    """
    count = max(1, round(HEAVY_FIFTH * int((first > 0).sum())))
    heavy = [set(np.argsort(-values, kind="stable")[:count].tolist()) for values in (first, second)]
    return len(heavy[0] & heavy[1]) / count


def draw_dirichlet(here: Situation) -> Curve:
    """Purchases per buyer by penetration beside the Dirichlet fitted to the same panel."""
    bought = quarter_of(here)
    seen, theory = measured(bought), expected(fit_dirichlet(bought))
    order = np.argsort(seen.penetration)
    lines = {"Model": seen.rate[order], "Dirichlet": theory.rate[order]}
    return Curve("Purchases per buyer of six brands in a quarter", "Penetration", seen.penetration[order], lines)


DOUBLE_JEOPARDY = "Ehrenberg, Goodhardt and Barwise (1990), Journal of Marketing 54(3)"
SHARP = "Sharp, Romaniuk and Graham (2019)"
LOYAL = Control(
    "everybody has one brand and keeps to it", {"market.choice.taste": 4.0, "market.choice.habit_weight": 5.0}
)
NICHE = Control("the least known brand is a third cheaper and has loyal buyers", {"firms.brand5.decisions.price": 0.67})
SAME_RATE = Control(
    "all buy at one rate and have no taste or habit",
    {
        "market.economics.rate_shape": 100.0, "market.choice.taste": 0.0, "market.choice.habit_weight": 0.0,
    },
)  # fmt: skip
PATTERNS_BRANDS_ROWS = (
    Entry("E1", "Small brands have fewer buyers who also buy a little less: double jeopardy", DOUBLE_JEOPARDY,
        RightSign("rank correlation less 0.8"), read_jeopardy, LOYAL, world="grocery", replicates=(2, 30),
        is_quick=False, picture=draw_dirichlet),
    Entry("E1-constant", "Purchases per buyer times the share of non-buyers is nearly the same for all brands",
        DOUBLE_JEOPARDY, Within(0.0, 0.1, 0.03), read_constant, NICHE, world="grocery", replicates=(2, 30),
        is_quick=False),
    Entry("E1-dirichlet", "A Dirichlet fitted to the panel gives purchases per buyer and share of requirements",
        "Goodhardt, Ehrenberg and Chatfield (1984), JRSS A 147", Within(0.0, 0.1), read_dirichlet, NICHE,
        world="grocery", replicates=(2, 30), is_quick=False),
    Entry("E3", "People buy from a repertoire: S of the Dirichlet is 0.6 or more",
        "Sharp, Wright and Goodhardt (2002), AMJ 10(3)", Within(0.6, 20.0), read_repertoire, LOYAL,
        world="grocery", replicates=(2, 30), is_quick=False),
    Entry("B9-brand", "About half of a brand's heavy fifth of a year is in its heavy fifth of the next", SHARP,
        Within(0.4, 0.65, 0.5), read_heavy_brand, SAME_RATE, world="grocery", replicates=(2, 30), is_quick=False),
    Entry("B9-sixty", "The heaviest fifth of a brand's buyers make about 60 % of its purchases of a year", SHARP,
        Within(0.54, 0.66, 0.6), read_sixty, SAME_RATE, world="grocery", replicates=(2, 30), is_quick=False),
)  # fmt: skip
