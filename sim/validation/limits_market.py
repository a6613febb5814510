"""Rows on a whole market: identical firms do not differ, labels do not count, and stocks follow from flows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.validation.bank import RecordedRun
from sim.validation.judging import ClosedForm
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

SMALL = {"market.customers": 600, "market.size": 6000.0, "market.warm_up": 6, "months": 12}
TWINS = {f"firms.{firm}.policy": "osfa" for firm in ("north", "south", "west")}


ANOTHER_NAME = {
    "firms.north.policy": "hybrid",
    "firms.north.policy_settings.from": "osfa",
    "firms.north.policy_settings.to": "customer_centric",
    "firms.north.policy_settings.weight": 0.0,
}


def read_null(here: Situation) -> Sequence[Reading]:
    """Two firms of one policy: the profit of the first less that of the second, against the spread of replicates."""
    rounds = 8
    gaps, customers = [], []
    for part in range(rounds):
        at = Situation(here.bank, here.row, here.replicate * rounds + part, here.people, here.changes)
        run = at.built_in({"scenario": "telecom"} | SMALL | TWINS)
        gaps.append(float(run.firm("profit", 0).sum() - run.firm("profit", 1).sum()))
        customers.append(float(run.firm("customers", 0)[-1] - run.firm("customers", 1)[-1]))
    return [_centred("profit", gaps), _centred("customers", customers)]


def _centred(quantity: str, gaps: Sequence[float]) -> Reading:
    """Mean of gaps against zero; the error gives the z that is as rare as Student's t of these few gaps."""
    values = np.asarray(gaps)
    mean, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
    if not mean or not error:
        return Reading(quantity, mean, 0.0, error)
    chance = float(stats.t.sf(abs(mean) / error, len(values) - 1))
    return Reading(quantity, mean, 0.0, abs(mean) / float(stats.norm.isf(chance)))


def read_label(here: Situation) -> Sequence[Reading]:
    """A hybrid that goes no part of the way to another policy is the policy itself, to the cent."""
    plain = here.bank.run_named("telecom", SMALL | TWINS, here.replicate, ())
    named = here.built_in({"scenario": "telecom"} | SMALL | TWINS | ANOTHER_NAME)
    return [
        Reading(name, float(named.firm(name).sum()), float(plain.firm(name).sum()), 1e-9, False)
        for name in ("profit", "customers")
    ]


def flow_of_cash(run: RecordedRun) -> NDArray[np.float64]:
    """Profit, new equity and what lenders lose, less what owners take out; shape (months, firms). [EUR]"""
    names = ("profit", "equity_raised", "debt_written_off", "payouts")
    profit, raised, written_off, payouts = (run.measures[name].astype(float) for name in names)
    return np.asarray(profit + raised + written_off - payouts)


def read_conserved(here: Situation) -> Sequence[Reading]:
    """Largest break of the balances of customers and of cash, in any firm and month."""
    run = here.built_in({"scenario": "telecom"} | SMALL, ("supplier",))
    seats = range(len(run.scenario.firms))
    held = run.weight * np.stack([(run.panel["supplier"] == seat).sum(axis=1) for seat in seats], axis=1)
    flow = run.measures["gross_adds"] - run.measures["losses"]
    cash = np.diff(run.measures["cash"].astype(float), axis=0) - flow_of_cash(run)[1:]
    reasons = sum(run.measures[name] for name in run.measures if name.startswith("lost_")) - run.measures["losses"]
    return [
        Reading("customers", float(np.abs(np.diff(held, axis=0) - flow).max()), 0.0, 1e-6, False),
        Reading("cash", float(np.abs(cash).max()), 0.0, 0.02, False),
        Reading("reasons of losses", float(np.abs(reasons).max()), 0.0, 1e-6, False),
    ]


LIMITS_MARKET_ROWS = (
    Entry("F18", "Firms that are the same in everything do not differ but by luck", "definition of a null world",
        ClosedForm(), read_null, Control("one of the two firms is dearer", {"firms.north.decisions.price": 1.2}),
        world="telecom", replicates=(2, 30)),
    Entry("F18-label", "A policy under another name gives the same world to the cent", "definition of a null world",
        ClosedForm(tolerance="to the cent"), read_label,
        Control("a tenth of the way to another policy", {"firms.north.policy_settings.weight": 0.1}),
        world="telecom", replicates=(1, 5)),
    Entry("F19", "Customers and cash at the end of a month follow from the month before and the month's flows",
        "bookkeeping", ClosedForm(tolerance="to the cent and to the head"), read_conserved,
        Control("a firm sells on account, so that cash is no longer the sum of profits", {"mechanisms.invoices": True}),
        world="telecom", replicates=(1, 5)),
)  # fmt: skip
