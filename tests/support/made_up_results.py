"""Folders of results made up for the tests of documents: a comparison and evidence, without running a model."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from sim.experiments.comparison_result import Comparison
from sim.experiments.evidence.flagship import Evidence
from sim.experiments.evidence.robustness import conclusions
from sim.statistics.paired import paired_difference
from tests.support.made_up_comparisons import THREE, tables

MOVES = (
    ("market.needs.spread", 0.4, 1.6),
    ("market.product.opportunity", 0.2, 0.6),
    ("market.service.turnover", 0.0, 0.1),
)


def gaps(runs, policies):
    wide = runs.pivot(index=["measure", "year", "replicate"], columns="policy", values="value")
    rows = []
    for (measure, year), part in wide.groupby(level=["measure", "year"]):
        for place, against in enumerate(policies):
            for policy in policies[place + 1 :]:
                gap = paired_difference(part[policy], part[against])
                rows.append({"policy": policy, "against": against, "measure": measure, "year": year, **asdict(gap)})
    return pd.DataFrame(rows)


def comparison(effect=0.3, replications=6, **changes):
    made = tables(effect=effect, years=3, replications=replications)
    about = made.about | {"scenario": "telecom", "currency": "EUR"} | changes
    decisions = pd.DataFrame(
        [
            (policy, "walls", "defining", 0.5, "0-1", 0.0, 1.0, "reason", "Levitt (1960)") for policy in THREE
        ] + [(policy, "price", "nuisance", 1.0, "ratio", 0.5, 2.0, "neutral", "assumed") for policy in THREE],
        columns=["policy", "decision", "kind", "value", "unit", "low", "high", "reason", "source"],
    )  # fmt: skip
    monthly = pd.DataFrame({"month": [1], "firm": ["north"], "profit": [1.0]})
    table = gaps(made.runs, THREE)
    bridge = scaled(made.bridge, table)
    return Comparison(made.runs, table, bridge, made.whale, monthly, about, decisions=decisions)


def scaled(bridge, table):
    """Steps whose last one closes the gap, so that they add up."""
    whole = table[(table["measure"] == "npv") & (table["year"] == 0)].set_index(["policy", "against"])["mean"]
    fixed = bridge[bridge["term"] != "fixed"].groupby(["policy", "against"])["mean"].sum()
    result = bridge.copy()
    for place, row in bridge.iterrows():
        if row["term"] == "fixed":
            pair = (row["policy"], row["against"])
            result.loc[place, "mean"] = whole[pair] - fixed[pair]
    return result


def evidence(effect=0.3):
    tuned, untuned = comparison(effect), comparison(0.0)
    pairs = [(policy, against) for place, against in enumerate(THREE) for policy in THREE[place + 1 :]]
    moved = [("none", np.nan), *((name, end) for name, low, high in MOVES for end in (low, high))]
    sensitivity = pd.DataFrame(
        [
            (name, value, policy, against, 1e5 + 1e4 * place, 5e4, 2e5, "higher")
            for place, (name, value) in enumerate(moved) for policy, against in pairs
        ],
        columns=["assumption", "value", "policy", "against", "mean", "low", "high", "verdict"],
    )  # fmt: skip
    contrasts = pd.DataFrame(
        [
            (years, measure, policy, against, 1e5, 5e4, 2e5, 6, "higher", False, conduct)
            for years in (2, 5) for measure in ("npv", "npv_with_equity") for conduct in ("fixed", "reactive")
            for policy, against in pairs
        ],
        columns=["years", "measure", "policy", "against", "mean", "low", "high", "replications", "verdict", "precise",
                 "conduct"],
    )  # fmt: skip
    weeks = np.arange(1, 31)
    cohort = pd.DataFrame({"week": weeks, "observed": 100 + weeks, "simulated": 110.0 + weeks, "low": 90.0 + weeks,
                           "high": 130.0 + weeks, "bg_nbd": 105.0 + weeks})  # fmt: skip
    plan = {
        "scenario": "cdnow",
        "policies": list(THREE),
        "historical": "osfa",
        "counts": {"replications": 6, "shaken_worlds": 3},
    }
    about = {
        "plan": plan, "seed": 1, "scenario_sha256": "ab" * 32, "settings": {}, "at_bound": {}, "rate_factor": 1.08,
        "distance_model": 0.0968, "distance_bg_nbd": 0.0443, "distance_weekly": 0.183, "later_model": -0.157,
        "later_bg_nbd": -0.148, "weeks_fitted": 39, "customers_in_log": 23_570, "purchase_days_in_log": 69_000,
    }  # fmt: skip
    fits = pd.DataFrame({"data": ["whole log"], "r": [0.25]})
    trials = pd.DataFrame({"policy": ["osfa"], "npv": [1.0]})
    return Evidence(
        fits, cohort, untuned, tuned, tuned.gaps, trials, sensitivity, contrasts, conclusions(contrasts), about
    )
