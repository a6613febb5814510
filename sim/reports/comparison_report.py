"""The report of one comparison: verdict, charts, differences, and how to repeat it."""

from pathlib import Path

import pandas as pd

from sim.charts import CHARTS, draw, save
from sim.experiments.compare import Comparison
from sim.parameters import BadInput
from sim.reports.html import Picture, Report, Section
from sim.reports.words import display_name, verdict
from sim.version import __version__


def charts_of(found: Comparison, folder: Path, formats: tuple[str, ...] = ("svg", "png")) -> list[Picture]:
    """Draw every chart that the tables allow into ``folder/charts``; returns the pictures for a report."""
    pictures = []
    for name in CHARTS:
        try:
            chart = draw(name, found)
        except BadInput:
            continue
        paths = [save(chart, folder / "charts" / f"{name}.{kind}") for kind in formats]
        pictures.append(Picture(paths[0], chart.alt, ""))
    return pictures


def differences(found: Comparison) -> pd.DataFrame:
    """Paired differences over the whole run and in the last year, for readers."""
    last = found.gaps["year"].max()
    gaps = found.gaps[(found.gaps["year"] == 0) | (found.gaps["year"] == last)].copy()
    gaps["year"] = gaps["year"].map({0: "all", last: str(last)})
    for name in ("policy", "against"):
        gaps[name] = [display_name(policy, found.about["policies"]) for policy in gaps[name]]
    return gaps[["measure", "year", "policy", "against", "mean", "low", "high", "replications", "wins", "verdict"]]


def each_alone(table: pd.DataFrame) -> str:
    """How many intervals a table of differences has, and what that means for those that exclude zero."""
    return (
        f"The table has {len(table)} intervals, and each holds alone: if nothing differed, about "
        f"{0.05 * len(table):.0f} of them would exclude zero by chance. Read one measure chosen beforehand, or "
        "many that agree."
    )


def steps(found: Comparison) -> pd.DataFrame:
    """The mechanism bridge for readers: each step's Shapley value with its interval, alone and last."""
    table = found.mechanisms
    means = table.pivot(index="term", columns="reading", values="mean")
    shown = table[table["reading"] == "shapley"][["term", "switched", "mean", "low", "high"]].reset_index(drop=True)
    shown["alone"], shown["last"] = (means.loc[shown["term"], name].to_numpy() for name in ("alone", "last"))
    shown["switched"] = shown["switched"].str.replace("+", ", ")
    return shown


def what_makes_the_difference(found: Comparison) -> list[Section]:
    """The mechanism bridge, if there is one."""
    if not len(found.mechanisms):
        return []
    first = found.mechanisms.iloc[0]
    policy, against = (display_name(first[name], found.about["policies"]) for name in ("policy", "against"))
    what = (
        f"In each world some groups of decisions are as {policy} takes them, the others as {against}."
        if first["kind"] == "decisions"
        else f"The gap of {policy} over {against} with some mechanisms on and others off for both."
    )
    told = (
        f"{what} Every combination was lived in the same worlds. The mean column is the Shapley value; in each "
        "replication these add up exactly to the whole difference of net present value. Alone is the worth of a switch "
        "while all others are off, last while all others are on; where they differ, the steps depend on each other."
    )
    return [Section("What makes the difference", [told], tables=[("Mechanism bridge, money", steps(found))])]


def provenance(found: Comparison) -> list[str]:
    """Where the numbers come from."""
    about = found.about
    return [
        f"Simulation, not client data. Scenario {about['scenario']}, sha256 {about['sha256'][:16]}, "
        f"seed {about['seed']}, {about['replications']} paired worlds a policy, {about['months']} months, "
        f"sim {__version__}.",
        "The same scenario, seed and code give the same numbers on any number of threads.",
    ]


def comparison_report(found: Comparison, folder: Path) -> Report:
    """The report of a comparison; its charts are drawn into ``folder/charts``."""
    who = "the focal firm" if found.about["adopt"] == "focal" else "all firms"
    sections = [
        Section(
            "What was compared",
            [
                f"Each policy was given to {who} of the world {found.about['scenario']}, in "
                f"{found.about['replications']} worlds that have the same people and the same luck under every policy. "
                "A difference is called only where the 95 % interval of its paired mean excludes zero."
            ],
        ),
        Section("Charts", pictures=charts_of(found, folder)),
        Section(
            "Paired differences",
            [each_alone(differences(found))],
            tables=[("The whole run (all) and the last year", differences(found))],
        ),
        *what_makes_the_difference(found),
        Section(
            "How far this carries",
            [
                "The numbers of the scenario are assumptions unless it names a source; results are results of these "
                "assumptions. Run sim params for every number with its range, and sim compare with --set to move one."
            ],
        ),
    ]
    return Report(
        f"Customer-centricity in the world {found.about['scenario']}", verdict(found), sections, provenance(found)
    )
