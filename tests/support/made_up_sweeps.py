"""Sweeps and studies made up for the tests of charts, without running a model."""

import itertools

import numpy as np
import pandas as pd

from sim.charts.sweep_tables import SweepTables
from sim.statistics.declaration import Contrast, Declared

POLICIES = ("product_centric", "customer_centric")
X, Y = "needs_spread", "price_weight"
OUTCOMES = {
    "npv": {"measure": "profit", "aggregation": "present_value", "first": 1, "last": 0},
    "attrition": {"measure": "attrition_annual", "aggregation": "mean", "first": 25, "last": 60},
}
ABOUT = {
    "scenario": "made_up_sweep", "sha256": "0123456789abcdef", "seed": 1, "replications": 12, "months": 60,
    "currency": "EUR", "labels": {}, "base": {X: 1.0, Y: 4.0}, "outcomes": OUTCOMES,
    "paths": {X: "market.needs.spread", Y: "market.economics.price_weight"},
}  # fmt: skip


def gap_at(x, y, effect):
    """Difference of value between the two policies; turns its sign over the grid."""
    return effect * 1e6 * (x - 0.8 + 0.08 * (y - 4.0))


def runs_of(effect=1.0, replicates=12, xs=(0.25, 0.5, 0.75, 1.0, 1.25, 1.5), ys=(2.0, 4.0, 6.0, 8.0)):
    """One row a run of a grid of two factors and two policies; ``effect`` 0 gives two policies that are the same."""
    rng, rows = np.random.default_rng(3), []
    luck = {key: rng.normal() for key in itertools.product(xs, ys, range(replicates))}
    noise = {key: rng.normal() for key in luck}
    for point, (x, y, policy) in enumerate(itertools.product(xs, ys, POLICIES)):
        for k in range(replicates):
            ours = (policy == POLICIES[1]) * (gap_at(x, y, effect) + (effect != 0.0) * 2e5 * noise[x, y, k])
            npv = 8e6 - 1e6 * x + 4e5 * luck[x, y, k] + ours
            attrition = 0.2 - 0.02 * x + 0.005 * luck[x, y, k] - (policy == POLICIES[1]) * effect * 0.01
            rows.append((f"{point}-{k}", point, k, 1, "ok", policy, x, y, npv, attrition))
    names = ["key", "point", "replicate", "seed", "status", "policy", X, Y, *OUTCOMES]
    return pd.DataFrame(rows, columns=names)


def months_of(effect=1.0, replicates=12, months=24):
    rng, rows = np.random.default_rng(4), []
    luck = rng.normal(size=(replicates, months)).cumsum(axis=1)
    for point, policy in enumerate(POLICIES):
        for k, month in itertools.product(range(replicates), range(1, months + 1)):
            profit = 5e4 + 1e3 * luck[k, month - 1] + point * effect * 800.0 * (month - 8)
            rows.append((point, k, policy, month, "north", profit))
    return pd.DataFrame(rows, columns=["point", "replicate", "policy", "month", "firm", "profit"])


def contrast(**changes):
    given = {"factor": "policy", "one": POLICIES[1], "other": POLICIES[0], "outcome": "npv", "smallest": 1e5}
    return Contrast(**(given | {"name": "customer_against_product"} | changes))


def sweep(effect=1.0, labels=None, **sizes):
    """A grid of two factors of numbers under two policies, with one contrast in value and one in attrition."""
    contrasts = (contrast(), contrast(outcome="attrition", smallest=0.001, direction="lower", name="leaving"))
    declared = Declared("full_factorial", ("policy", X, Y), tuple(OUTCOMES), contrasts, 1)
    units = {"npv": "EUR", "attrition": "share/year", X: "sd", Y: "utility"}
    return SweepTables(runs_of(effect, **sizes), pd.DataFrame(), declared, units, ABOUT | {"labels": labels or {}})


def monthly_sweep(effect=1.0):
    """Two policies whose profit is kept by month."""
    months = months_of(effect)
    runs = months.groupby(["point", "replicate", "policy"], as_index=False)["profit"].sum()
    runs = runs.rename(columns={"profit": "npv"})
    runs = runs.assign(key=[f"{k}" for k in range(len(runs))], seed=1, status="ok")
    declared = Declared("full_factorial", ("policy",), ("npv",), (contrast(),), 1)
    return SweepTables(runs, months, declared, {"npv": "EUR", "profit": "EUR"}, ABOUT | {"months": 24})


def sobol_table(noise=0.12):
    total = {"needs_spread": 0.52, "price_weight": 0.31, "switching_cost": 0.02}
    rows = []
    for name, value in total.items():
        ends = {}
        for kind, share in (("first", 0.8), ("total", 1.0), ("first_clean", 0.8), ("total_clean", 1.0)):
            mean = share * value
            ends |= {kind: mean, f"{kind}_low": mean - 0.04, f"{kind}_high": mean + 0.04}
        rows.append({"outcome": "npv", "factor": name} | ends | {"noise_share": noise, "rows": 64, "replicates": 4})
    return pd.DataFrame(rows)


def morris_table(size=1.0):
    rows = [("needs_spread", 9e5), ("price_weight", 4e5), ("switching_cost", 2e4)]
    return pd.DataFrame(
        [
            {
                "outcome": "npv", "factor": name, "mu": value, "mu_star": size * value, "low": size * 0.7 * value,
                "high": size * 1.3 * value, "sigma": 1e5, "noise_floor": 5e4, "trajectories": 8, "replicates": 2,
            }
            for name, value in rows
        ]
    )  # fmt: skip


def assumptions_table(base=4e5, half=1e5):
    """Differences with one number at a time moved; the second number turns the sign."""
    moves = [("none", 0.0, base), ("market.needs.spread", 0.7, 0.6 * base), ("market.needs.spread", 1.3, 1.5 * base)]
    moves += [("market.economics.price_weight", 2.8, -0.9 * base), ("market.economics.price_weight", 5.2, 1.2 * base)]
    moves += [("firms.*.money.cash", 0.7, 0.98 * base), ("firms.*.money.cash", 1.3, 1.02 * base)]
    rows = [
        {
            "key": key, "end": end, "policy": POLICIES[1], "against": POLICIES[0], "replications": 3, "gap": gap,
            "gap_low": gap - half, "gap_high": gap + half, "change": gap - base, "change_low": gap - base - half,
            "change_high": gap - base + half, "turns": gap * base < 0.0,
        }
        for key, end, gap in moves
    ]  # fmt: skip
    return pd.DataFrame(rows)
