"""Rows on the value of customers in worlds of the box (section B)."""

from collections.abc import Sequence

import numpy as np

from sim.model.customers.sources import ADVERTISING, PRAISE
from sim.validation.customer_histories import YEAR, five_years, is_customer, share_of_top
from sim.validation.judging import Within
from sim.validation.patterns_brands import SHARP, heavy_overlap
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

HEAVY = 0.2
LOG_MONTHS = 18
EQUAL_SPENDERS = Control("all buy at one rate and spend the same",
                {"market.economics.rate_shape": 100.0, "market.economics.spend_sigma": 0.0})  # fmt: skip


def read_heavy_shop(here: Situation) -> Sequence[Reading]:
    """Part of a shop's heavy fifth of a year that is in its heavy fifth of the next, by spending, mean over shops."""
    run = five_years(here, "cdnow")
    same = run.panel["generation"][YEAR] == run.panel["generation"][3 * YEAR]
    spent = np.diff(run.panel["billed"][YEAR : 3 * YEAR + 1 : YEAR].astype(float), axis=0)[:, same]
    overlaps = [heavy_overlap(spent[0, :, shop], spent[1, :, shop]) for shop in range(spent.shape[2])]
    return [Reading("overlap", float(np.average(overlaps, weights=(spent[0] > 0.0).sum(axis=0))))]


def read_top_fifth(here: Situation) -> Sequence[Reading]:
    """Part of the spending at one shop in 18 months that the top fifth of its buyers have."""
    run = five_years(here, "cdnow")
    spent = run.panel["billed"][LOG_MONTHS, :, 0].astype(float)
    return [Reading("share of spending", share_of_top(spent[spent > 0.0], HEAVY))]


def read_unprofitable(here: Situation) -> Sequence[Reading]:
    """Part of the customers with several categories who lost the firm money over five years."""
    run = five_years(here, "b2b")
    group = is_customer(run, -1) & (run.panel["categories"][-1] > 1) & (run.panel["tenure"][-1] >= 2 * YEAR)
    value = run.of_supplier("contribution")[-1]
    return [Reading("share", float((value[group] < 0.0).mean()) if group.any() else float("nan"))]


def read_their_losses(here: Situation) -> Sequence[Reading]:
    """Part of all losses with customers that those with several categories make."""
    run = five_years(here, "b2b")
    group = is_customer(run, -1) & (run.panel["tenure"][-1] >= 2 * YEAR)
    value, several = run.of_supplier("contribution")[-1], run.panel["categories"][-1] > 1
    lost = np.where(group & (value < 0.0), -value, 0.0)
    return [Reading("share of losses", float(lost[several].sum() / lost.sum()) if lost.any() else float("nan"))]


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


PATTERNS_VALUE_ROWS = (
    Entry("B9-shops", "About half of a shop's heavy fifth of a year is in its heavy fifth of the next", SHARP,
        Within(0.4, 0.65, 0.5),
        read_heavy_shop, EQUAL_SPENDERS, world="cdnow", is_quick=False),
    Entry("B10", "The top fifth of the buyers of a shop make 68 % of its revenue in 18 months",
        "CDNOW purchase log, 23,570 customers", Within(0.618, 0.738, 0.678), read_top_fifth, EQUAL_SPENDERS,
        world="cdnow",
        is_quick=False),
    Entry("B12", "One in five customers with several products loses the firm money",
        "Shah, Kumar, Qu and Chen (2012), Journal of Marketing 76(3)", Within(0.1, 0.3, 0.2), read_unprofitable,
        Control("no incidents, so that all cost alike", {"mechanisms.incidents": False}), world="b2b",
        is_quick=False),
    Entry("B12-losses", "Most of the losses with customers are made with those who have several products",
        "Shah, Kumar, Qu and Chen (2012), Journal of Marketing 76(3)", Within(0.5, 0.9, 0.7), read_their_losses,
        Control("customers have one product", {"market.economics.categories": 1.0}), world="b2b",
        is_quick=False),
    Entry("B13", "Customers won by word of mouth are worth nearly twice those won by marketing",
        "Villanueva, Yoo and Hanssens (2008), Journal of Marketing Research 45(1)", Within(1.3, 2.5, 2.0),
        read_word_against_advertising, Control("nobody talks", {"mechanisms.word_of_mouth": False}), world="telecom",
        is_quick=False),
)  # fmt: skip
