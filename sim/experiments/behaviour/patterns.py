"""Patterns of a market by which behavioural numbers are calibrated: each is one number of a run's last two years."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.model.calendar import MONTHS_PER_YEAR
from sim.parameters import Scenario

BOTH, CONTRACT, REPERTOIRE = "", "contract", "repertoire"
FEWEST_MONTHS = 2 * MONTHS_PER_YEAR
NPS_POINTS = 100.0
Months = pd.DataFrame
NAN = float("nan")


class Pattern(NamedTuple):
    """One pattern.

    Args:
        name: Name.
        unit: Unit in which it is observed.
        meaning: What it is, so that a firm can take it from its own figures.
        of: Computes it from the monthly rows of all firms.
        scale: Makes runs comparable: shares as arcsines and rates as square roots, whose spread hardly depends on their
            size and which are finite at 0.
        kind: Kind of market that has it; empty for both.
        columns: Measures that it needs, beside month and firm.
    """

    name: str
    unit: str
    meaning: str
    of: Callable[[Months], float]
    scale: Callable[[float], float]
    kind: str
    columns: tuple[str, ...]


def _share_scale(value: float) -> float:
    return float(np.arcsin(np.sqrt(value))) if 0.0 <= value <= 1.0 else NAN


def _rate_scale(value: float) -> float:
    return float(np.sqrt(value)) if value >= 0.0 else NAN


def _plain_scale(value: float) -> float:
    return float(value)


def last_year(months: Months) -> Months:
    """Rows of the last twelve months."""
    return months[months["month"] > months["month"].max() - MONTHS_PER_YEAR]


def _last(months: Months) -> Months:
    return months[months["month"] == months["month"].max()]


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below > 0.0 else NAN


def _sums_ratio(above: str, below: str) -> Callable[[Months], float]:
    """Sum of a measure over the last year against that of another."""
    return lambda months: _ratio(last_year(months)[above].sum(), last_year(months)[below].sum())


def _annual_loss(months: Months) -> float:
    last = _last(months)
    return 1.0 - _ratio(last["customers_kept"].sum(), last["customers_before"].sum())


def _newcomers_lost(months: Months) -> float:
    last, joined = _last(months), last_year(months)["gross_adds"].sum()
    return float(np.clip(1.0 - _ratio((last["customers"] - last["customers_kept"]).sum(), joined), 0.0, 1.0))


def _messages(months: Months) -> float:
    year = last_year(months)
    return _ratio(float(year["messages_positive"].sum() + year["messages_negative"].sum()), year["customers"].sum())


def _negative_share(months: Months) -> float:
    year = last_year(months)
    bad, good = float(year["messages_negative"].sum()), float(year["messages_positive"].sum())
    return _ratio(bad, bad + good)


def _weighted(months: Months, measure: str) -> float:
    return _ratio(float((months[measure] * months["customers"]).sum()), months["customers"].sum())


def _mean_nps(months: Months) -> float:
    return _weighted(last_year(months), "nps")


def _nps_change(months: Months) -> float:
    before = months[months["month"] <= months["month"].max() - MONTHS_PER_YEAR]
    return _mean_nps(months) - _weighted(before[before["month"] > before["month"].max() - MONTHS_PER_YEAR], "nps")


def _nps_unrest(months: Months) -> float:
    """Standard deviation of monthly changes of a firm's score, mean over firms that have customers throughout."""
    by_firm = last_year(months).pivot_table(index="month", columns="firm", values="nps", sort=True)
    return float(by_firm.diff().std().mean())


def _by_firm(months: Months, above: str, below: str) -> pd.DataFrame:
    """A ratio and the mean price of each firm over the last year; firms without one of them are not there."""
    sums = last_year(months).groupby("firm").agg(above=(above, "sum"), below=(below, "sum"), price=("price", "mean"))
    sums["ratio"] = sums["above"] / sums["below"].where(sums["below"] > 0.0)
    return sums[(sums["ratio"] > 0.0) & (sums["price"] > 0.0)]


def _price_slope(months: Months) -> float:
    """Slope of the logarithm of customers won per customer on that of the price, over firms."""
    firms = _by_firm(months, "gross_adds", "customers")
    price = np.log(firms["price"].to_numpy(float))
    if len(firms) < 2 or np.ptp(price) < LEAST_PRICE_GAP:
        return NAN
    return float(np.polyfit(price, np.log(firms["ratio"].to_numpy(float)), 1)[0])


LEAST_PRICE_GAP = 0.01  # of the logarithm: where all firms ask the same, prices say nothing of what a price does


def _gap_in_losses(months: Months) -> float:
    rates = _by_firm(months, "losses_voluntary", "customers")["ratio"].to_numpy(float)
    return float(np.log(rates.max() / rates.min())) if len(rates) > 1 else NAN


P = Pattern
# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    P("annual_loss", "share", "customers of a year ago who have not stayed", _annual_loss, _share_scale, CONTRACT, ("customers_kept", "customers_before")),
    P("newcomers_lost", "share", "customers won in the last year who are gone at its end; against annual_loss the slope of retention with tenure", _newcomers_lost, _share_scale, CONTRACT, ("customers", "customers_kept", "gross_adds")),
    P("joined", "share/month", "customers won in a month per customer", _sums_ratio("gross_adds", "customers"), _rate_scale, BOTH, ("gross_adds", "customers")),
    P("complained_first", "share", "of those who left by choice, who had complained in the twelve months before", _sums_ratio("losses_complained", "losses_voluntary"), _share_scale, CONTRACT, ("losses_complained", "losses_voluntary")),
    P("left_dissatisfied", "share", "of those who left by choice, who named low satisfaction as the reason", _sums_ratio("lost_dissatisfaction", "losses_voluntary"), _share_scale, CONTRACT, ("lost_dissatisfaction", "losses_voluntary")),
    P("left_by_words", "share", "of those who left by choice, who named what others said", _sums_ratio("lost_word", "losses_voluntary"), _share_scale, CONTRACT, ("lost_word", "losses_voluntary")),
    P("left_for_offer", "share", "of those who left by choice, who named an offer of a rival", _sums_ratio("lost_rival", "losses_voluntary"), _share_scale, CONTRACT, ("lost_rival", "losses_voluntary")),
    P("left_by_price", "share", "of those who left by choice, who named the price", _sums_ratio("lost_price", "losses_voluntary"), _share_scale, CONTRACT, ("lost_price", "losses_voluntary")),
    P("gap_in_losses", "log ratio", "logarithm of the highest over the lowest loss rate by choice of a firm", _gap_in_losses, _plain_scale, CONTRACT, ("losses_voluntary", "customers", "price")),
    P("complaints", "share/month", "customers who complain in a month", _sums_ratio("complaints", "customers"), _rate_scale, BOTH, ("complaints", "customers")),
    P("nps", "points", "net promoter score, mean over the last year and all customers", _mean_nps, _plain_scale, BOTH, ("nps", "customers")),
    P("nps_change", "points", "its change against the year before", _nps_change, _plain_scale, BOTH, ("nps", "customers")),
    P("nps_unrest", "points", "standard deviation of its change from month to month at a firm, mean over firms", _nps_unrest, _rate_scale, BOTH, ("nps",)),
    P("messages", "count/month", "messages about a firm per customer and month", _messages, _rate_scale, BOTH, ("messages_positive", "messages_negative", "customers")),
    P("negative_share", "share", "of messages about firms, the negative ones", _negative_share, _share_scale, BOTH, ("messages_positive", "messages_negative")),
    P("won_by_words", "share", "of customers won, who had heard praise and no marketing", _sums_ratio("won_word", "gross_adds"), _share_scale, BOTH, ("won_word", "gross_adds")),
    P("price_slope", "1", "slope over firms of the logarithm of customers won per customer on that of the price: a proxy of the own price elasticity", _price_slope, _plain_scale, BOTH, ("gross_adds", "customers", "price")),
    P("repeat_share", "share", "buyers of the year before who bought again, mean over firms by customers", lambda months: _weighted(_last(months), "repeat_share"), _share_scale, REPERTOIRE, ("repeat_share", "customers")),
    P("wallet_share", "share", "purchases from a firm among all purchases of its buyers, mean over firms by customers", lambda months: _weighted(_last(months), "wallet_share"), _share_scale, REPERTOIRE, ("wallet_share", "customers")),
    P("purchases_per_buyer", "count/year", "purchases of a year per buyer, mean over firms by customers", lambda months: _weighted(_last(months), "purchases_per_buyer"), _rate_scale, REPERTOIRE, ("purchases_per_buyer", "customers")),
    P("reactivated", "share", "of customers won, who had lapsed before", _sums_ratio("reactivated", "gross_adds"), _share_scale, REPERTOIRE, ("reactivated", "gross_adds")),
)
# fmt: on


def patterns_of(scenario: Scenario) -> tuple[Pattern, ...]:
    """Patterns that the kind of market has."""
    return tuple(row for row in PATTERNS if row.kind in (BOTH, scenario.market["relationship"]))


def measures_of(patterns: tuple[Pattern, ...]) -> list[str]:
    """Measures that patterns need, each once."""
    return list(dict.fromkeys(name for row in patterns for name in row.columns))


def observe(patterns: tuple[Pattern, ...], months: Months) -> dict[str, float]:
    """Patterns of a run by name, in their units; NaN where it does not have one. months: rows of all firms"""
    return {row.name: row.of(months) for row in patterns}


def scaled(patterns: tuple[Pattern, ...], values: Mapping[str, float]) -> list[float]:
    """Patterns on the scale on which they are compared."""
    return [row.scale(values[row.name]) for row in patterns]
