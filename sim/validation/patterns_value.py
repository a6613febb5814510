"""Rows on the value of customers in worlds of the box (section B)."""

from collections.abc import Sequence

import numpy as np

from sim.model.customers.sources import ADVERTISING, PRAISE
from sim.validation.customer_histories import (
    PANEL_COLUMNS,
    YEAR,
    YEARS,
    five_years,
    is_customer,
    share_of_top,
    spent_in_year,
)
from sim.validation.judging import Within
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

HEAVY = 0.2
LOG_MONTHS = 18
EQUAL_SPENDERS = Control("all buy at one rate and spend the same",
                {"market.economics.rate_shape": 100.0, "market.economics.spend_sigma": 0.0})  # fmt: skip


def read_heavy_again(here: Situation, world: str) -> Sequence[Reading]:
    """Part of a year's heavy fifth of buyers that is in the heavy fifth of the next year."""
    run = five_years(here, world)
    first, second = spent_in_year(run, 2), spent_in_year(run, 3)
    buyers = np.isfinite(first) & (first > 0.0)
    heavy = [values >= np.quantile(values[buyers], 1.0 - HEAVY) for values in (first, second)]
    return [Reading("overlap", float((heavy[0] & heavy[1] & buyers).sum() / (heavy[0] & buyers).sum()))]


def read_heavy_shop(here: Situation) -> Sequence[Reading]:
    """The same among online music shops."""
    return read_heavy_again(here, "cdnow")


def read_heavy_grocery(here: Situation) -> Sequence[Reading]:
    """The same among grocery stores."""
    return read_heavy_again(here, "grocery")


def read_top_fifth(here: Situation) -> Sequence[Reading]:
    """Part of the spending at one shop in 18 months that the top fifth of its buyers have."""
    run = here.built_in({"scenario": "cdnow"} | YEARS, PANEL_COLUMNS)
    spent = run.panel["billed"][LOG_MONTHS, :, 0].astype(float)
    return [Reading("share of spending", share_of_top(spent[spent > 0.0], HEAVY))]


def read_unprofitable(here: Situation) -> Sequence[Reading]:
    """Part of the customers with several categories who lost the firm money over five years."""
    run = five_years(here, "b2b")
    seats = run.panel["supplier"][-1]
    group = is_customer(run, -1) & (run.panel["categories"][-1] > 1) & (run.panel["tenure"][-1] >= 2 * YEAR)
    value = run.of_supplier("contribution")[-1]
    return [Reading("share", float((value[group] < 0.0).mean()) if group.any() else float("nan"))] if len(seats) else []


def read_word_against_advertising(here: Situation) -> Sequence[Reading]:
    """Contribution in three years of customers won by word of mouth, against those won by advertising."""
    run = five_years(here, "telecom")
    value: dict[int, list[float]] = {PRAISE: [], ADVERTISING: []}
    for month in range(1, 2 * YEAR + 1):
        joined = is_customer(run, month) & (run.panel["tenure"][month] <= 1)
        seats = np.maximum(run.panel["supplier"][month], 0).astype(int)
        places = np.arange(len(seats))
        same = run.panel["generation"][month + 3 * YEAR] == run.panel["generation"][month]
        gained = (
            run.panel["contribution"][month + 3 * YEAR, places, seats]
            - run.panel["contribution"][month - 1, places, seats]
        )
        for source, gains in value.items():
            gains.extend(gained[joined & same & (run.panel["won_by"][month] == source)].tolist())
    by_word, by_advertising = (float(np.mean(gains)) if gains else float("nan") for gains in value.values())
    return [Reading("ratio", by_word / by_advertising)]


SHARP = "Sharp, Romaniuk and Graham (2019)"
PATTERNS_VALUE_ROWS = (
    Entry("B9-shops", "About half of a year's heavy fifth is in the heavy fifth of the next", SHARP, Within(0.4, 0.65,
        0.5),
        read_heavy_shop, EQUAL_SPENDERS, world="cdnow", replicates=(2, 15), is_quick=False),
    Entry("B9-grocery", "The same where people buy often", SHARP, Within(0.4, 0.65, 0.5), read_heavy_grocery,
        EQUAL_SPENDERS,
        world="grocery", replicates=(2, 15), is_quick=False),
    Entry("B10", "The top fifth of the buyers of a shop make 68 % of its revenue in 18 months",
        "CDNOW purchase log, 23,570 customers", Within(0.618, 0.738, 0.678), read_top_fifth, EQUAL_SPENDERS,
        world="cdnow",
        replicates=(2, 15), is_quick=False),
    Entry("B12", "One in five customers with several products loses the firm money",
        "Shah, Kumar, Qu and Chen (2012), Journal of Marketing 76(3)", Within(0.1, 0.3, 0.2), read_unprofitable,
        Control("no incidents, so that all cost alike", {"mechanisms.incidents": False}), world="b2b",
        replicates=(2, 15), is_quick=False),
    Entry("B13", "Customers won by word of mouth are worth nearly twice those won by marketing",
        "Villanueva, Yoo and Hanssens (2008), Journal of Marketing Research 45(1)", Within(1.3, 2.5, 2.0),
        read_word_against_advertising, Control("nobody talks", {"mechanisms.word_of_mouth": False}), world="telecom",
        is_quick=False),
)  # fmt: skip
