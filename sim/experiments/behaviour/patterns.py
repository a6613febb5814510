"""Patterns of a market by which behavioural numbers are calibrated: each is a number of a run's last two years."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.behaviour.figures import (
    NAN,
    Compute,
    FirmMonths,
    annual_loss,
    by_customers,
    gap_in_losses,
    messages,
    negative_share,
    newcomers_lost,
    nps_change,
    nps_unrest,
    price_slope,
    sums,
)
from sim.experiments.behaviour.plan import FEWEST_MONTHS
from sim.model.state import Floats
from sim.parameters import BadInput, Scenario

BOTH, CONTRACT, REPERTOIRE = "", "contract", "repertoire"


class PatternScale(NamedTuple):
    """A scale on which the spread of a pattern hardly depends on its size; finite at 0.

    Args:
        low: Smallest value.
        high: Largest value.
        to: From the unit of the pattern.
        back: To that unit.
    """

    low: float
    high: float
    to: Callable[[float], float]
    back: Callable[[float], float]

    def __call__(self, value: float) -> float:
        """The value on the scale; NaN where it is not allowed."""
        return float(self.to(value)) if self.low <= value <= self.high else NAN


SHARE_SCALE = PatternScale(0.0, 1.0, lambda value: np.arcsin(np.sqrt(value)), lambda angle: float(np.sin(angle) ** 2))
RATE_SCALE = PatternScale(0.0, np.inf, np.sqrt, lambda root: root**2)
PLAIN_SCALE = PatternScale(-np.inf, np.inf, float, float)


class Pattern(NamedTuple):
    """One pattern.

    Args:
        name: Name.
        unit: Unit in which it is observed.
        meaning: What it is, so that it can be taken from the figures of firms.
        of: Computes it from a run.
        scale: PatternScale on which runs are compared.
        kind: Kind of market that has it; empty for both.
        columns: Measures that it needs.
    """

    name: str
    unit: str
    meaning: str
    of: Compute
    scale: PatternScale
    kind: str
    columns: tuple[str, ...]


P = Pattern
# fmt: off
PATTERNS: tuple[Pattern, ...] = (
    P("annual_loss", "share", "customers of a year ago who have not stayed",
      annual_loss, SHARE_SCALE, CONTRACT, ("customers_kept", "customers_before")),
    P("newcomers_lost", "share",
      "customers won in the last year who are gone at its end; against annual_loss the slope of retention with tenure",
      newcomers_lost, SHARE_SCALE, CONTRACT, ("customers", "customers_kept", "gross_adds")),
    P("joined", "share/month", "customers won in a month per customer",
      sums("gross_adds", "customers"), RATE_SCALE, BOTH, ("gross_adds", "customers")),
    P("complained_first", "share", "of those who left by choice, who had complained in the twelve months before",
      sums("losses_complained", "losses_voluntary"), SHARE_SCALE, CONTRACT, ("losses_complained", "losses_voluntary")),
    P("left_dissatisfied", "share", "of those who left by choice, who named low satisfaction as the reason",
      sums("lost_dissatisfaction", "losses_voluntary"), SHARE_SCALE, CONTRACT,
      ("lost_dissatisfaction", "losses_voluntary")),
    P("left_by_words", "share", "of those who left by choice, who named what others said",
      sums("lost_word", "losses_voluntary"), SHARE_SCALE, CONTRACT, ("lost_word", "losses_voluntary")),
    P("left_for_offer", "share", "of those who left by choice, who named an offer of a rival",
      sums("lost_rival", "losses_voluntary"), SHARE_SCALE, CONTRACT, ("lost_rival", "losses_voluntary")),
    P("left_by_price", "share", "of those who left by choice, who named the price",
      sums("lost_price", "losses_voluntary"), SHARE_SCALE, CONTRACT, ("lost_price", "losses_voluntary")),
    P("gap_in_losses", "log ratio", "logarithm of the highest over the lowest loss rate by choice of a firm",
      gap_in_losses, PLAIN_SCALE, CONTRACT, ("losses_voluntary", "customers")),
    P("complaints", "share/month", "customers who complain in a month",
      sums("complaints", "customers"), RATE_SCALE, BOTH, ("complaints", "customers")),
    P("nps", "points", "net promoter score, mean over the last year and all customers",
      by_customers("nps"), PLAIN_SCALE, BOTH, ("nps", "customers")),
    P("nps_change", "points", "its change against the year before",
      nps_change, PLAIN_SCALE, BOTH, ("nps", "customers")),
    P("nps_unrest", "points", "standard deviation of its change from month to month at a firm, mean over firms",
      nps_unrest, RATE_SCALE, BOTH, ("nps",)),
    P("messages", "count/month", "messages about a firm per customer and month",
      messages, RATE_SCALE, BOTH, ("messages_positive", "messages_negative", "customers")),
    P("negative_share", "share", "of messages about firms, the negative ones",
      negative_share, SHARE_SCALE, BOTH, ("messages_positive", "messages_negative")),
    P("won_by_words", "share", "of customers won, who had heard praise and no marketing",
      sums("won_word", "gross_adds"), SHARE_SCALE, BOTH, ("won_word", "gross_adds")),
    P("price_slope", "1", "slope over firms of the logarithm of customers won per customer on that of the price: "
      "a proxy of the own price elasticity",
      price_slope, PLAIN_SCALE, BOTH, ("gross_adds", "customers", "price")),
    P("repeat_share", "share", "buyers of the year before who bought again, mean over firms by customers",
      by_customers("repeat_share"), SHARE_SCALE, REPERTOIRE, ("repeat_share", "customers")),
    P("wallet_share", "share", "purchases from a firm among all purchases of its buyers, mean over firms by customers",
      by_customers("wallet_share"), SHARE_SCALE, REPERTOIRE, ("wallet_share", "customers")),
    P("purchases_per_buyer", "count/year", "purchases of a year per buyer, mean over firms by customers",
      by_customers("purchases_per_buyer"), RATE_SCALE, REPERTOIRE, ("purchases_per_buyer", "customers")),
    P("reactivated", "share", "of customers won, who had lapsed before",
      sums("reactivated", "gross_adds"), SHARE_SCALE, REPERTOIRE, ("reactivated", "gross_adds")),
)
# fmt: on


def patterns_of(scenario: Scenario) -> tuple[Pattern, ...]:
    """Patterns that the kind of market has."""
    return tuple(row for row in PATTERNS if row.kind in (BOTH, scenario.relationship))


def measures_of(patterns: Sequence[Pattern]) -> list[str]:
    """Measures that patterns need, each once."""
    return list(dict.fromkeys(name for row in patterns for name in row.columns))


def runs_by_firm(patterns: Sequence[Pattern], months: pd.DataFrame, run: str) -> dict[int, FirmMonths]:
    """Runs of a monthly table.

    Args:
        patterns: Patterns whose measures are needed.
        months: One row a run, month and firm.
        run: Column with the number of the run.

    Raises:
        BadInput: A measure is missing, or runs are shorter than two years.
    """
    names = measures_of(patterns)
    missing = [name for name in (run, "month", "firm", *names) if name not in months]
    if missing:
        raise BadInput(f"the monthly table has no {', '.join(missing)}, which patterns need")
    return {int(str(number)): _firm_months(part, names) for number, part in months.groupby(run)}


def _firm_months(part: pd.DataFrame, names: Sequence[str]) -> FirmMonths:
    firms, ordered = part["firm"].nunique(), part.sort_values(["month", "firm"])
    length = len(part) // firms
    if length < FEWEST_MONTHS:
        raise BadInput(f"a run has {length} months; patterns need at least {FEWEST_MONTHS}")
    return FirmMonths({name: ordered[name].to_numpy(float).reshape(length, firms) for name in names})


def patterns_seen(patterns: Sequence[Pattern], run: FirmMonths) -> dict[str, float]:
    """Patterns of a run by name, in their units; NaN where it does not have one."""
    return {row.name: row.of(run) for row in patterns}


def scaled(patterns: Sequence[Pattern], values: Mapping[str, float]) -> Floats:
    """Patterns on the scale on which they are compared, shape (patterns,)."""
    return np.array([row.scale(values[row.name]) for row in patterns])
