"""The report of one comparison: verdict, charts, differences, and how to repeat it."""

from pathlib import Path

import pandas as pd

from sim.charts import CHARTS, NothingToDraw, draw, save
from sim.experiments.comparison_result import Comparison
from sim.experiments.decision_table import defining_rows, nuisance_rows
from sim.parameters import BadInput
from sim.reports.html import Picture, Report, Section
from sim.reports.words import display_name, verdict
from sim.version import __version__


def charts_of(comparison: Comparison, folder: Path, formats: tuple[str, ...] = ("svg", "png")) -> list[Picture]:
    """Draw every chart that the tables allow into ``folder/charts``; returns the pictures for a report."""
    pictures = []
    for name in CHARTS:
        try:
            chart = draw(name, comparison)
        except (BadInput, NothingToDraw):
            continue
        paths = [save(chart, folder / "charts" / f"{name}.{kind}") for kind in formats]
        pictures.append(Picture(paths[0], chart.alt, ""))
    return pictures


def differences(comparison: Comparison) -> pd.DataFrame:
    """Paired differences over the whole run and in the last year, for readers."""
    last = comparison.gaps["year"].max()
    gaps = comparison.gaps[(comparison.gaps["year"] == 0) | (comparison.gaps["year"] == last)].copy()
    gaps["year"] = gaps["year"].map({0: "all", last: str(last)})
    for name in ("policy", "against"):
        gaps[name] = [display_name(policy, comparison.about["policies"]) for policy in gaps[name]]
    return gaps[["measure", "year", "policy", "against", "mean", "low", "high", "replications", "wins", "verdict"]]


def each_alone(table: pd.DataFrame) -> str:
    """How many intervals a table of differences has, and what that means for those that exclude zero."""
    return (
        f"The table has {len(table)} intervals, and each holds alone: if nothing differed, about "
        f"{0.05 * len(table):.0f} of them would exclude zero by chance. Read one measure chosen beforehand, or "
        "many that agree."
    )


def steps(comparison: Comparison) -> pd.DataFrame:
    """The mechanism bridge for readers: each step's Shapley value with its interval, alone and last."""
    table = comparison.mechanisms
    means = table.pivot(index="term", columns="reading", values="mean")
    shown = table[table["reading"] == "shapley"][["term", "switched", "mean", "low", "high"]].reset_index(drop=True)
    shown["alone"], shown["last"] = (means.loc[shown["term"], name].to_numpy() for name in ("alone", "last"))
    shown["switched"] = shown["switched"].str.replace("+", ", ")
    return shown


def what_makes_the_difference(comparison: Comparison) -> list[Section]:
    """The mechanism bridge, if there is one."""
    if not len(comparison.mechanisms):
        return []
    first = comparison.mechanisms.iloc[0]
    policy, against = (display_name(first[name], comparison.about["policies"]) for name in ("policy", "against"))
    what = (
        f"In each world some groups of decisions are as {policy} takes them, the others as {against}."
        if first["kind"] == "decisions"
        else f"The gap of {policy} over {against} with some mechanisms on and others off for both."
    )
    text = (
        f"{what} Every combination was simulated in the same worlds. The mean column is the Shapley value; in each "
        "replication these add up exactly to the whole difference of net present value. Alone is the worth of a switch "
        "while all others are off, last while all others are on; where they differ, the steps depend on each other."
    )
    return [Section("What makes the difference", [text], tables=[("Mechanism bridge, money", steps(comparison))])]


def what_each_policy_is(comparison: Comparison) -> list[Section]:
    """The table of defining and nuisance decisions; folders of earlier versions have none."""
    if not len(comparison.decisions):
        return []
    table = comparison.decisions.copy()
    table["policy"] = [display_name(policy, comparison.about["policies"]) for policy in table["policy"]]
    text = (
        "A policy is its defining decisions. Every other decision, a nuisance here, has one value for all policies, or "
        "was tuned for all by the same budget. Sources speak of the direction, numbers are assumed. A "
        "tuned value at an end of its range leaves the comparison undecided."
    )
    parts = [("Defining decisions", defining_rows(table)), ("Nuisance decisions", nuisance_rows(table))]
    return [Section("What each policy is", [text], tables=parts)]


def provenance(comparison: Comparison) -> list[str]:
    """Where the numbers come from."""
    about = comparison.about
    return [
        f"Simulation, not client data. Scenario {about['scenario']}, sha256 {about['sha256'][:16]}, "
        f"seed {about['seed']}, {about['replications']} paired worlds a policy, {about['months']} months, "
        f"sim {__version__}.",
        "The same scenario, seed and code give the same numbers on any number of threads.",
    ]


def comparison_report(comparison: Comparison, folder: Path) -> Report:
    """The report of a comparison; its charts are drawn into ``folder/charts``."""
    who = "the focal firm" if comparison.about["adopt"] == "focal" else "all firms"
    sections = [
        Section(
            "What was compared",
            [
                f"Each policy was given to {who} of the world {comparison.about['scenario']}, in "
                f"{comparison.about['replications']} worlds that have the same people and the same luck "
                "under every policy. "
                "A difference is called only where the 95 % interval of its paired mean excludes zero."
            ],
        ),
        *what_each_policy_is(comparison),
        Section("Charts", pictures=charts_of(comparison, folder)),
        Section(
            "Paired differences",
            [each_alone(differences(comparison))],
            tables=[("The whole run (all) and the last year", differences(comparison))],
        ),
        *what_makes_the_difference(comparison),
        Section(
            "How far this carries",
            [
                "The numbers of the scenario are assumptions unless it names a source; results are results of these "
                "assumptions. Run sim params for every number with its range, and sim compare with --set to move one."
            ],
        ),
    ]
    return Report(
        f"Customer-centricity in the world {comparison.about['scenario']}",
        verdict(comparison),
        sections,
        provenance(comparison),
    )
