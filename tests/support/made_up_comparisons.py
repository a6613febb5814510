"""Comparisons made up for the tests of charts, without running a model."""

import copy
import functools
import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd

from sim.statistics.paired import paired_difference

THREE = ("product_centric", "osfa", "customer_centric")
LEVEL = {
    "profit": 2e6, "revenue": 9e6, "attrition": 0.3, "attrition_voluntary": 0.25, "messages_negative_share": 0.4,
    "customers": 9000.0, "satisfaction_mean": 0.6, "share_needs_met": 0.5,
}  # fmt: skip
TERMS = ("retention", "acquisition", "efficiency", "penetration", "transformation", "fixed")


def tables(policies=THREE, effect=0.0, years=10, size=1.0, replications=8):
    """A comparison made up for the test: each policy's values differ from the one before by `effect` of the level.

    Every caller gets tables of its own, which it may change.
    """
    return copy.deepcopy(_made(tuple(policies), effect, years, size, replications))


@functools.cache
def _made(policies, effect, years, size, replications):
    rng = np.random.default_rng(7)
    rows = []
    for (name, level), year, (place, policy), k in itertools.product(
        LEVEL.items(), range(1, years + 1), enumerate(policies), range(replications)
    ):
        factor = size if level > 1e4 else 1.0
        rows.append((policy, k, name, year, factor * level * (1 + effect * place + 0.05 * rng.normal())))
    worth = {
        policy: size * 4e6 * (1 + effect * k + 0.1 * rng.normal(size=replications)) for k, policy in enumerate(policies)
    }
    for (policy, values), name in itertools.product(worth.items(), ("npv", "npv_with_equity")):
        rows += [(policy, k, name, 0, value) for k, value in enumerate(values)]
    runs = pd.DataFrame(rows, columns=["policy", "replicate", "measure", "year", "value"])
    pairs = [(a, b) for k, b in enumerate(policies) for a in policies[k + 1 :]]
    about = {
        "scenario": "made_up", "sha256": "0123456789abcdef", "seed": 1, "adopt": "focal", "policies": list(policies),
        "replications": replications, "months": 12 * years, "focal": "north",
    }  # fmt: skip
    return SimpleNamespace(
        runs=runs,
        gaps=gaps_of(runs, pairs),
        bridge=bridge_table(worth, pairs, rng),
        mechanisms=mechanism_table(worth, policies),
        whale=whale_of(policies),
        monthly=monthly_of(policies, effect, 12 * years, replications),
        survival=survival_of(policies, effect, 12 * years, replications),
        allocation=allocation_of(policies, effect, size, replications),
        about=about,
    )


def gaps_of(runs, pairs):
    wide = runs.pivot(index=["measure", "year", "replicate"], columns="policy", values="value")
    rows = []
    for (measure, year), part in wide.groupby(level=["measure", "year"]):
        for policy, against in pairs:
            gap = paired_difference(part[policy], part[against])
            rows.append((policy, against, measure, year, gap.mean, gap.low, gap.high))
    return pd.DataFrame(rows, columns=["policy", "against", "measure", "year", "mean", "low", "high"])


def bridge_table(worth, pairs, rng):
    rows = []
    for policy, against in pairs:
        gap = worth[policy] - worth[against]
        parts = {term: abs(gap.mean()) * rng.normal(1.0, 0.4, size=len(gap)) for term in TERMS[:3]}
        parts["penetration"] = 0.5 * abs(gap.mean()) * rng.normal(size=len(gap))
        parts["transformation"] = np.zeros(len(gap))
        parts["fixed"] = gap - sum(parts.values())
        for term, values in parts.items():
            found = paired_difference(values, np.zeros(len(values)))
            rows.append((policy, against, term, found.mean, found.low, found.high))
    return pd.DataFrame(rows, columns=["policy", "against", "term", "mean", "low", "high"])


def monthly_of(policies, effect, months, replications):
    """Service of the focal firm in the last year: fewer hand-offs and repeat contacts the larger the effect."""
    rng, rows = np.random.default_rng(9), []
    for (place, policy), replicate in itertools.product(enumerate(policies), range(replications)):
        less = 1.0 - 0.5 * effect * place / max(1, len(policies) - 1)
        for month in range(months - 11, months + 1):
            noise = 1.0 + 0.05 * rng.normal(size=3)
            felt = 0.7 + 0.01 * noise[0]
            numbers = (100.0, 140.0 * less * noise[0], 20.0 * less * noise[1], 6.0 * less * noise[2], 900.0,
                       felt + 0.1 * effect * (1 + place) + 0.2 * (noise[1] - 1.0), felt)  # fmt: skip
            rows.append((policy, replicate, "north", month, *numbers))
    names = ["world", "replicate", "firm", "month", "incidents", "handoffs", "repeat_contacts", "lost_trouble",
             "customers", "satisfaction_perceived", "share_satisfied"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def survival_of(policies, effect, months, replications):
    """Two cohorts that leave at an even pace, slower the larger the effect."""
    rng, parts = np.random.default_rng(3), []
    for (place, policy), replicate in itertools.product(enumerate(policies), range(replications)):
        for cohort, pace in (("at the start", 0.01), ("won later", 0.02)):
            share = np.exp(-pace * (1.0 - 0.4 * effect * place + 0.05 * rng.normal()) * np.arange(months + 1))
            at_risk = 900.0 * share * (1.0 if cohort == "at the start" else np.linspace(1.0, 0.0, months + 1))
            columns = {"policy": policy, "replicate": replicate, "cohort": cohort, "month": np.arange(months + 1)}
            parts.append(pd.DataFrame(columns | {"at_risk": at_risk, "share": share}))
    return pd.concat(parts)


def allocation_of(policies, effect, size, replications):
    """Tenths of customers, served the more by value the larger the effect."""
    rng, rows = np.random.default_rng(4), []
    for (place, policy), replicate in itertools.product(enumerate(policies), range(replications)):
        slope = effect * place + 0.05 * rng.normal()
        rows.append((policy, replicate, 0, 900.0, 300.0, 40.0 * abs(size), float(np.clip(slope, -1.0, 1.0))))
        for tenth in range(1, 11):
            service = 40.0 * abs(size) * max(0.1, 1.0 + slope * (tenth - 5.5) / 5.0 + 0.1 * rng.normal())
            rows.append((policy, replicate, tenth, 90.0, 50.0 * tenth, service, np.nan))
    names = ["policy", "replicate", "tenth", "customers", "value", "service", "rank_correlation"]
    return pd.DataFrame(rows, columns=names)


GROUPS = ("walls", "knowing", "product", "marketing", "service", "rest")


def mechanism_table(worth, policies):
    policy, against = policies[-1], policies[0]
    gap, rng, rows = worth[policy] - worth[against], np.random.default_rng(5), []
    parts = {term: abs(gap.mean()) * rng.normal(0.3, 0.4, size=len(gap)) for term in GROUPS[:-1]}
    parts["rest"] = gap - sum(parts.values())
    for term, values in parts.items():
        for reading, factor in (("alone", 0.8), ("last", 1.3), ("shapley", 1.0)):
            found = paired_difference(factor * values, np.zeros(len(values)))
            rows.append((policy, against, "decisions", term, term, reading, found.mean, found.low, found.high))
    names = ["policy", "against", "kind", "term", "switched", "reading", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def whale_of(policies):
    shares = np.linspace(0, 1, 51)
    parts = []
    for place, policy in enumerate(policies):
        curve = shares + (1.2 + 0.2 * place) * shares * (1 - shares)
        for replicate in range(4):
            cumulated = 3e6 * (1.0 + 0.05 * replicate) * curve
            columns = {"replicate": replicate, "rank_share": shares, "cumulated": cumulated}
            parts.append(pd.DataFrame({"policy": policy} | columns))
    return pd.concat(parts)


def cohort_table(weeks=39):
    week = np.arange(1, weeks + 1)
    observed, simulated = 200 * np.exp(-week / 15.0) + 20 * np.sin(week), 200 * np.exp(-week / 14.0)
    return pd.DataFrame(
        {"week": week, "observed": observed, "simulated": simulated, "low": 0.8 * simulated, "high": 1.2 * simulated}
    )


ABOUT = {"scenario": "cohort", "sha256": "feedbeef00", "seed": 1, "replications": 20, "log": "a purchase log of 1997"}
