"""The flagship: a real purchase log, a world built from it, a fair comparison of policies, and where it fails."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.lab import cohort, purchase_log, purchase_models
from sim.lab.comparison import Comparison, compare
from sim.lab.evidence_plan import EvidencePlan
from sim.lab.side_by_side import side_by_side
from sim.lab.tuning import tune
from sim.parameters import BadInput, Scenario
from sim.state import Floats

MONTHS_OF_LOG = 18
WEEKS_FITTED = 39  # until 1997-09-30; later weeks are a test
TABLES = ("fits", "cohort", "tuning", "sensitivity")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Evidence:
    """Everything that the flagship found.

    Args:
        fits: Fitted models of the log beside the published fit.
        cohort: Weekly repeat purchases of the log and of simulated cohorts.
        untuned: Comparison of the policies as they come.
        tuned: Comparison after each policy had the same tuning budget.
        tuning: Trials of the tuning, by policy.
        sensitivity: Paired gaps of the tuned policies with one assumption at a time moved.
        about: Distances, tuned decisions, plan and provenance.
    """

    fits: pd.DataFrame
    cohort: pd.DataFrame
    untuned: Comparison
    tuned: Comparison
    tuning: pd.DataFrame
    sensitivity: pd.DataFrame
    about: Mapping[str, Any]

    def write(self, folder: Path) -> None:
        """Write all tables into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False, float_format="%.10g", lineterminator="\n")
        self.untuned.write(folder / "untuned")
        self.tuned.write(folder / "tuned")
        (folder / "evidence.json").write_text(json.dumps(dict(self.about), indent=2) + "\n", encoding="utf-8")

    @staticmethod
    def read(folder: Path) -> "Evidence":
        """Read what `write` wrote.

        Raises:
            BadInput: The folder holds no whole evidence.
        """
        try:
            tables = {name: pd.read_csv(folder / f"{name}.csv") for name in TABLES}
            about = json.loads((folder / "evidence.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as trouble:
            raise BadInput(f"{folder}: this is not a folder of sim evidence ({trouble})") from trouble
        untuned, tuned = Comparison.read(folder / "untuned"), Comparison.read(folder / "tuned")
        return Evidence(untuned=untuned, tuned=tuned, about=about, **tables)


def gather_evidence(plan: EvidencePlan, seed: int | None = None, progress: Progress | None = None) -> Evidence:
    """Do everything that the plan says.

    Args:
        plan: Budgets, policies and shaken assumptions.
        seed: Seed; the scenario's own if left out.
        progress: Called with the stage, the pieces done and the pieces in all.

    Raises:
        BadInput: The log is not there, or the plan names what does not exist.
    """

    def told(stage: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(stage, done, total) if progress else None

    log = purchase_log.read_log()
    fits = fit_log(log)
    told("fitting the purchase log")(1, 1)
    world = world_from(fits, Scenario.load(plan.scenario), plan.rate_factor)
    chosen = world.seed if seed is None else seed
    laid_over = cohort_against_log(log, world, plan, chosen, told("cohort against the log"))
    counts = plan.counts
    untuned = compare(world, plan.policies, counts["replications"], seed=chosen, progress=told("policies as they come"))
    small = world.with_settings({"market.customers": counts["tuning_customers"]})
    tuned = {
        policy: tune(small, policy, counts["tuning_budget"], counts["tuning_worlds"], chosen, told(f"tuning {policy}"))
        for policy in plan.policies
    }
    settings = {policy: one.settings for policy, one in tuned.items()}
    after = compare(
        world, plan.policies, counts["replications"], seed=chosen, settings=settings,
        progress=told("policies after tuning"),
    )  # fmt: skip
    shaken = shake(world, plan, settings, chosen, told("shaking assumptions"))
    trials = pd.concat(
        [one.trials.assign(policy=policy, trial=range(1, one.budget + 1)) for policy, one in tuned.items()]
    )
    about = {
        "plan": asdict(plan), "seed": chosen, "scenario_sha256": world.sha256, "settings": settings,
        "distance_model": cohort.distance(laid_over["observed"].to_numpy(), laid_over["simulated"].to_numpy()),
        "distance_bg_nbd": cohort.distance(laid_over["observed"].to_numpy(), laid_over["bg_nbd"].to_numpy()),
        "distance_weekly": cohort.weekly_distance(laid_over), "weeks_fitted": WEEKS_FITTED,
        "later_model": cohort.later(laid_over, "simulated", WEEKS_FITTED),
        "later_bg_nbd": cohort.later(laid_over, "bg_nbd", WEEKS_FITTED),
        "customers_in_log": int(log["customer"].nunique()), "purchase_days_in_log": len(log),
    }  # fmt: skip
    return Evidence(fits, laid_over, untuned, after, trials, shaken, about)


def fit_log(log: pd.DataFrame) -> pd.DataFrame:
    """Fits of the published sample and of the whole log, beside the published numbers."""
    sample = purchase_log.histories(purchase_log.read_log(purchase_log.SAMPLE))
    whole = purchase_log.histories(log)
    rows: list[dict[str, Any]] = [
        {"data": "published fit of the sample", "customers": len(sample.repeats)} | purchase_models.PUBLISHED
    ]
    for name, seen in (("1-in-10 sample", sample), ("whole log", whole)):
        buying, spending = purchase_models.fit_purchases(seen), purchase_models.fit_spend(seen)
        spend = {"p": spending.p, "q": spending.q, "v": spending.v}
        derived = {"monthly_rate": buying.monthly_rate, "spend": spending.mean, "spend_sigma": spending.spread}
        rows.append({"data": name} | asdict(buying) | spend | derived)
    return pd.DataFrame(rows)


def world_from(fits: pd.DataFrame, scenario: Scenario, rate_factor: float) -> Scenario:
    """The scenario with every number of buying taken from the fit of the whole log, the rate times a factor."""
    whole = fits[fits["data"] == "whole log"].iloc[0]
    paths = {
        "purchase_rate": "monthly_rate", "rate_shape": "r", "dropout_a": "a", "dropout_b": "b", "spend": "spend",
        "spend_sigma": "spend_sigma",
    }  # fmt: skip
    settings = {f"market.economics.{key}": float(whole[name]) for key, name in paths.items()}
    settings["market.economics.purchase_rate"] *= rate_factor
    return scenario.with_settings(settings)


def cohort_against_log(
    log: pd.DataFrame, world: Scenario, plan: EvidencePlan, seed: int, progress: Callable[[int, int], None]
) -> pd.DataFrame:
    """The log's weekly repeat purchases beside those of simulated cohorts under the historical policy of all firms."""
    firms = {f"firms.{seat}.policy": plan.historical for seat in range(len(world.firms))}
    historical = world.with_settings(firms | {"market.customers": plan.counts["cohort_customers"]})
    cohorts = side_by_side(
        lambda replicate, _: cohort.follow(historical, MONTHS_OF_LOG, seed, replicate),
        range(plan.counts["cohort_worlds"]),
        progress=progress,
    )
    table = cohort.against_log(purchase_log.weekly_repeats(log), int(log["customer"].nunique()), cohorts)
    return table.assign(bg_nbd=bg_nbd_weekly(log, len(table)))


def bg_nbd_weekly(log: pd.DataFrame, weeks: int) -> Floats:
    """Weekly repeat purchases that the fitted BG/NBD itself expects, as a yardstick for the simulation."""
    fit = purchase_models.fit_purchases(purchase_log.histories(log))
    entry = purchase_log.weeks_of_entry(log)
    return np.diff([purchase_models.expected_repeats(fit, week - entry).sum() for week in range(weeks + 1)])


def shake(
    world: Scenario,
    plan: EvidencePlan,
    settings: Mapping[str, Mapping[str, Any]],
    seed: int,
    progress: Callable[[int, int], None],
) -> pd.DataFrame:
    """Paired gaps of net present value of the tuned policies, with one assumption at a time at either end.

    Returns:
        Columns ``assumption, value, policy, against, mean, low, high, verdict``; the first rows hold the unmoved world.
    """
    counts = plan.counts
    small = world.with_settings({"market.customers": counts["shaken_customers"]})
    moves: list[tuple[str, float]] = [("none", np.nan)]
    moves += [(key, end) for key, ends in plan.shaken.items() for end in ends]
    rows = []
    for done, (key, value) in enumerate(moves, start=1):
        moved = small if key == "none" else small.with_settings({key: value})
        found = compare(moved, plan.policies, counts["shaken_worlds"], seed=seed, settings=settings)
        for gap in found.gaps[found.gaps["measure"] == "npv"].to_dict("records"):
            kept = {name: gap[name] for name in ("policy", "against", "mean", "low", "high", "verdict")}
            rows.append({"assumption": key, "value": value} | kept)
        progress(done, len(moves))
    return pd.DataFrame(rows)
