"""The flagship: a real purchase log, a world built from it, a fair comparison of policies, and where it fails."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.calibration import cohort, fitted_world, purchase_log
from sim.experiments.compare import compare
from sim.experiments.comparison_result import Comparison
from sim.experiments.evidence.cohort_fit import WEEKS_FITTED, lay_over
from sim.experiments.evidence.plan import EvidencePlan
from sim.experiments.evidence.robustness import conclusions, contrasts
from sim.experiments.evidence.shaking import shake, shaken_verdicts
from sim.experiments.search_bound import with_search_bounds
from sim.experiments.search_space import names_at_corner
from sim.experiments.tune import tune
from sim.files.atomic_folder import EVIDENCE_MARK
from sim.files.file_hashes import HASHED, hashes_of, refuse_changed
from sim.parameters import BadInput, Scenario
from sim.policies import policy_named

TABLES = ("fits", "cohort", "retuned", "tuning", "sensitivity", "contrasts", "conclusions")
StageProgress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Evidence:
    """Results of the flagship comparison.

    Args:
        fits: Fitted models of the log beside the published fit.
        cohort: Weekly repeat purchases of the log and of simulated cohorts.
        untuned: Comparison of the policies as they come.
        tuned: Comparison after each policy had the same tuning budget.
        retuned: Paired differences after a second tuning, in other worlds.
        tuning: Trials of both tunings, by policy.
        sensitivity: Paired gaps of the tuned policies with one assumption at a time moved.
        contrasts: Paired differences of value under each conduct, after each horizon, with and without customer equity.
        conclusions: What all these readings share, by pair of policies.
        about: Distances, tuned decisions, plan and provenance.
    """

    fits: pd.DataFrame
    cohort: pd.DataFrame
    untuned: Comparison
    tuned: Comparison
    retuned: pd.DataFrame
    tuning: pd.DataFrame
    sensitivity: pd.DataFrame
    contrasts: pd.DataFrame
    conclusions: pd.DataFrame
    about: Mapping[str, Any]

    def write(self, folder: Path) -> None:
        """Write all tables into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False, float_format="%.10g", lineterminator="\n")
        self.untuned.write(folder / "untuned")
        self.tuned.write(folder / "tuned")
        mark = dict(self.about) | {HASHED: hashes_of(folder, [f"{name}.csv" for name in TABLES])}
        (folder / EVIDENCE_MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8")

    @staticmethod
    def read(folder: Path) -> "Evidence":
        """Read what `write` wrote.

        Raises:
            BadInput: The folder holds no whole evidence, or a table was changed or cut after it was written.
        """
        try:
            about = json.loads((folder / EVIDENCE_MARK).read_text(encoding="utf-8"))
            refuse_changed(folder, EVIDENCE_MARK, about.pop(HASHED, {}))
            tables = {name: pd.read_csv(folder / f"{name}.csv") for name in TABLES}
        except (OSError, ValueError, AttributeError) as trouble:
            raise BadInput(f"{folder}: this is not a folder of sim evidence ({trouble})") from trouble
        untuned, tuned = Comparison.read(folder / "untuned"), Comparison.read(folder / "tuned")
        return Evidence(untuned=untuned, tuned=tuned, about=about, **tables)


def gather_evidence(plan: EvidencePlan, seed: int | None = None, progress: StageProgress | None = None) -> Evidence:
    """Do everything that the plan says.

    Args:
        plan: Budgets, policies and shaken assumptions.
        seed: Seed; the scenario's own if left out.
        progress: Called with the stage, the pieces done and the pieces in all.

    Raises:
        BadInput: The log is not there, or the plan names what does not exist.
    """

    def progress_of(stage: str) -> Callable[[int, int], None]:
        return lambda done, total: progress(stage, done, total) if progress else None

    refuse_unsound(plan)
    log = purchase_log.read_log()
    scenario = Scenario.load(plan.scenario).with_settings({"market.customers": plan.counts["customers"]})
    fits = fitted_world.fit_log(log, scenario)
    progress_of("fitting the purchase log")(1, 1)
    seed_used = scenario.seed if seed is None else seed
    factor, laid_over, _ = lay_over(log, fits, scenario, plan, seed_used, progress_of("cohort against the log"))
    world = fitted_world.world_from(fits, scenario, factor.value)
    comparison = _compare(world, plan, seed_used, progress_of)
    settings = comparison["settings"]
    moved = shake(world, plan, settings[0], seed_used, progress_of("shaking assumptions"))
    sensitivity = moved.assign(verdict=shaken_verdicts(moved, comparison["at_bound"]))
    about = {
        "plan": asdict(plan), "seed": seed_used, "scenario_sha256": world.sha256,
        "rate_factor": factor.value, "rate_factor_error": factor.error,
        "settings": settings[0], "settings_anew": settings[1], "at_bound": comparison["at_bound"],
        "at_corner": comparison["at_corner"],
        "customers_in_log": int(log["customer"].nunique()), "purchase_days_in_log": len(log),
    }  # fmt: skip
    tables = (
        fits,
        laid_over,
        comparison["untuned"],
        comparison["tuned"],
        comparison["retuned"],
        comparison["trials"],
        sensitivity,
        comparison["contrasts"],
        conclusions(comparison["contrasts"]),
    )
    return Evidence(*tables, about | _distances(laid_over))


def refuse_unsound(plan: EvidencePlan) -> None:
    """Stop before any run if the plan cannot work.

    Raises:
        BadInput: A policy, a key path or a value that is not allowed.
    """
    scenario = Scenario.load(plan.scenario)
    for policy in (plan.historical, *plan.policies):
        policy_named(policy)
    for key, ends in plan.shaken.items():
        for end in ends:
            scenario.with_settings({key: end})


def _compare(
    world: Scenario, plan: EvidencePlan, seed: int, progress_of: Callable[[str], Callable[[int, int], None]]
) -> dict[str, Any]:
    """The policies as they come, tuned, and tuned a second time in other worlds."""
    counts, policies = plan.counts, plan.policies
    runs, worlds = counts["replications"], counts["tuning_worlds"]
    untuned = compare(world, policies, runs, seed=seed, progress=progress_of("policies as they come"))
    tunings = [
        tune(world, policies, counts["tuning_budget"], worlds, seed, first, progress_of(stage))
        for first, stage in ((0, "tuning"), (worlds, "tuning again"))
    ]
    settings = [
        {policy: setting_of_policy.settings for policy, setting_of_policy in tuning.items()} for tuning in tunings
    ]
    bounds = [{policy: tuned.at_bound for policy, tuned in tuning.items()} for tuning in tunings]
    by_conduct = _under_each_conduct(world, plan, settings[0], seed, progress_of)
    after = with_search_bounds(by_conduct[world.conduct], bounds[0])
    anew = with_search_bounds(
        compare(
            world, policies, runs, seed=seed, settings=settings[1], progress=progress_of("policies after tuning again")
        ),
        bounds[1],
    )
    corners = {policy: names_at_corner(tuned.settings, tuned.ranges) for policy, tuned in tunings[0].items()}
    trials = pd.concat(
        setting_of_policy.trials.assign(policy=policy, trial=range(1, len(setting_of_policy.trials) + 1), tuning=number)
        for number, tuning in enumerate(tunings, start=1)
        for policy, setting_of_policy in tuning.items()
    )
    return {
        "untuned": untuned, "tuned": after, "retuned": anew.gaps, "trials": trials, "settings": settings,
        "at_bound": bounds[0], "at_corner": corners, "contrasts": _contrasts(by_conduct, plan, world, bounds[0]),
    }  # fmt: skip


def _under_each_conduct(
    world: Scenario,
    plan: EvidencePlan,
    settings: Mapping[str, Mapping[str, Any]],
    seed: int,
    progress_of: Callable[[str], Callable[[int, int], None]],
) -> dict[str, Comparison]:
    """The tuned policies in the same worlds under each conduct of the firms, the scenario's own included."""
    return {
        conduct: compare(
            world.with_settings({"market.conduct": conduct}), plan.policies, plan.counts["replications"], seed=seed,
            settings=settings, progress=progress_of(f"tuned policies where firms are {conduct}"),
        )
        for conduct in dict.fromkeys((world.conduct, *plan.conducts))
    }  # fmt: skip


def _contrasts(
    by_conduct: Mapping[str, Comparison], plan: EvidencePlan, world: Scenario, at_bound: Mapping[str, list[str]]
) -> pd.DataFrame:
    rate = float(world.market["discount_rate"])
    return pd.concat(
        [
            contrasts(by_conduct[conduct], plan.years, rate, at_bound).assign(conduct=conduct)
            for conduct in plan.conducts
        ],
        ignore_index=True,
    )


def _distances(laid_over: pd.DataFrame) -> dict[str, Any]:
    observed = laid_over["observed"].to_numpy()
    return {
        "distance_model": cohort.distance(observed, laid_over["simulated"].to_numpy()),
        "distance_bg_nbd": cohort.distance(observed, laid_over["bg_nbd"].to_numpy()),
        "distance_weekly": cohort.weekly_distance(laid_over),
        "weeks_fitted": WEEKS_FITTED,
        "later_model": cohort.later(laid_over, "simulated", WEEKS_FITTED),
        "later_bg_nbd": cohort.later(laid_over, "bg_nbd", WEEKS_FITTED),
    }
