"""sim compare: paired worlds under each policy, differences with intervals, and two bridges that add up."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.common import (
    announce_folder,
    apart,
    document,
    progress_line,
    scenario_from_arguments,
    tell_about_compiling,
    try_to_draw,
)
from sim.commands.decision_text import decision_lines
from sim.commands.text import align, wrap
from sim.parameters import Scenario
from sim.policies.decision_groups import DECISIONS_BY_GROUP, FINEST, MOST_GROUPS, USUAL_GROUPS, groups_of, mechanisms_of

if TYPE_CHECKING:
    from sim.experiments.comparison_result import Comparison

MILLION = 1e6
REAP, MECHANISM, BOTH = "reap", "mechanism", "both"
BRIDGE = (
    "reap: the accounting identity, at no cost; mechanism: from the first policy to the last by switching groups of "
    "decisions, 2 ** groups worlds a replication; both (the default)"
)
OF_GROUPS = (
    f"what the mechanism bridge switches: groups ({', '.join(DECISIONS_BY_GROUP)}) or single decisions, "
    "joined as name=one+other; "
    f"what is left over is a group, and at most {MOST_GROUPS} are allowed (default {USUAL_GROUPS}; finer is {FINEST})"
)
UNTIL = (
    "instead of --replications: add worlds until the 95 %% interval of every difference of net present value is at "
    "most ABS (money) to either side, and stays so for some worlds more; docs/statistics.md has the rule"
)

WITH_TUNING = (
    "give each policy the decisions that sim tune --out DIR found for it; a value at a bound leaves nothing decided"
)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policies", default="product_centric,osfa,customer_centric")
    parser.add_argument("--adopt", default="focal", help="focal or all")
    parser.add_argument("--tuned", type=Path, metavar="DIR", help=WITH_TUNING)
    how_many = parser.add_mutually_exclusive_group()
    how_many.add_argument("--replications", type=int, default=10, metavar="R", help="paired worlds per policy")
    how_many.add_argument("--until-halfwidth", type=float, metavar="ABS", dest="until", help=UNTIL)
    parser.add_argument("--bridge", default=BOTH, choices=(REAP, MECHANISM, BOTH), help=BRIDGE)
    switched = parser.add_mutually_exclusive_group()
    switched.add_argument("--groups", metavar="G,…", help=OF_GROUPS)
    switched.add_argument("--mechanisms", metavar="M,…", help="switch these mechanisms on and off for both instead")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare and show."""
    scenario = scenario_from_arguments(arguments)
    if arguments.out:
        from sim.files.atomic_folder import COMPARISON_MARK, refuse_foreign

        refuse_foreign(arguments.out, COMPARISON_MARK)
    groups_of(arguments.groups or USUAL_GROUPS)
    comparison = _compare(scenario, arguments)
    if arguments.until is not None:
        print(f"sim: {stopping(comparison.about)}", file=sys.stderr)
    complete = _write(comparison, arguments.out) if arguments.out else True
    if arguments.json:
        from sim.files.records import records

        tables = {name: records(getattr(comparison, name)) for name in ("gaps", "bridge", "mechanisms", "decisions")}
        print(document({"about": dict(comparison.about)} | tables))
    else:
        reap = reap_lines(comparison) if arguments.bridge != MECHANISM else []
        lines = gap_lines(comparison) + reap + mechanism_lines(comparison)
        print("\n".join([*lines, "", *decision_lines(comparison.decisions)]))
    if arguments.out and complete:
        announce_folder(arguments.out / "report.html", ["sim", "chart", arguments.out, "all", "--style", "journal"])
    return 0 if complete else 1


def _compare(scenario: Scenario, arguments: argparse.Namespace) -> "Comparison":
    """The comparison, and the mechanism bridge if it is asked for."""
    mechanisms = mechanisms_of(arguments.mechanisms) if arguments.mechanisms else None
    groups = None if mechanisms else groups_of(arguments.groups or USUAL_GROUPS)
    from sim.experiments.compare import compare
    from sim.experiments.mechanism_bridge import mechanism_bridge

    tell_about_compiling()
    policies, how = arguments.policies.split(","), (arguments.replications, arguments.adopt, arguments.seed)
    from sim.experiments.search_bound import with_search_bounds
    from sim.experiments.tuning_result import read_tuning

    tuned = read_tuning(arguments.tuned, scenario, policies) if arguments.tuned else {}
    settings = {policy: tuned_policy.settings for policy, tuned_policy in tuned.items()}
    with apart(), progress_line("worlds") as show:
        comparison = compare(scenario, policies, *how, settings=settings, progress=show, until=arguments.until)
    comparison = with_search_bounds(
        comparison, {policy: tuned_policy.at_bound for policy, tuned_policy in tuned.items()}
    )
    if arguments.bridge == REAP:
        return comparison
    with apart(), progress_line("worlds of the mechanism bridge") as show:
        return mechanism_bridge(scenario, comparison, groups, mechanisms, settings, show)


def _write(comparison: "Comparison", folder: Path) -> bool:
    """Write tables, charts and report; False when only the tables could be made."""
    from sim.files.atomic_folder import COMPARISON_MARK, whole_folder

    def draw() -> None:
        from sim.reports.folder_report import report_of_comparison

        report_of_comparison(comparison, beside, folder)

    with whole_folder(folder, COMPARISON_MARK) as beside:
        comparison.write(beside)
        return try_to_draw(draw, folder)


def stopping(about: Mapping[str, Any]) -> str:
    """Why no more worlds were added."""
    from sim.experiments.compare import MOST_REPLICATIONS

    asked, got, money = about["until_halfwidth"], about["halfwidth"], about["currency"]
    why = "reached" if about["reached"] else f"not reached within the maximum of {MOST_REPLICATIONS}"
    patience = f"first look after {about['fewest']}, look-ahead of {about['look_ahead']}"
    since = f", within it since {about['held_from']}" if about["held_from"] else ""
    return (
        f"half-width of at most {money} {asked:,.0f} {why}: {money} {got:,.0f} after {about['replications']} "
        f"replications{since} ({patience})"
    )


def gap_lines(comparison: "Comparison") -> list[str]:
    """Paired differences of net present value, a block for each pair of policies."""
    from sim.model.measures import HEADLINES

    about = comparison.about
    lines = wrap(
        f"Own firm {about['focal']}: net present value, million {about['currency']}; paired differences with 95 % "
        f"intervals over {about['replications']} replications",
        "",
    )
    level: dict[Any, float] = comparison.runs.groupby(["policy", "measure", "year"])["value"].mean().to_dict()
    gaps = comparison.gaps[comparison.gaps["measure"].isin(HEADLINES)]
    for (policy, against), part in gaps.groupby(["policy", "against"], sort=False):
        rows = [["measure", "difference", "95 % interval", "%", "verdict"]]
        rows += [_gap(row, level[against, row["measure"], row["year"]]) for row in part.to_dict("records")]
        lines += ["", f"{policy} against {against}", *align(rows), *_undecided(part["verdict"].iloc[0])]
    return lines


def _gap(row: Mapping[Any, Any], against: float) -> list[str]:
    """A difference in money and in per cent of the rival's mean."""
    share = f"{100.0 * row['mean'] / abs(against):+.1f}" if against else "-"
    return [row["measure"], *_millions(row), share, row["verdict"].partition(" (")[0]]


def _undecided(verdict: str) -> list[str]:
    """Which decision ended at a bound of its search, if one did."""
    from sim.statistics.verdicts import SEARCH_BOUND

    return wrap(f"{verdict[:1].upper()}{verdict[1:]}") if verdict.startswith(SEARCH_BOUND) else []


def _millions(row: Mapping[Any, Any]) -> list[str]:
    return [f"{row['mean'] / MILLION:+.3f}", f"[{row['low'] / MILLION:+.3f}, {row['high'] / MILLION:+.3f}]"]


def reap_lines(comparison: "Comparison") -> list[str]:
    """The REAP bridges: terms of the difference, a block for each pair of policies."""
    lines = []
    for (policy, against), part in comparison.bridge.groupby(["policy", "against"], sort=False):
        rows = [["term", "difference", "95 % interval"], *([row["term"], *_millions(row)]
                                                           for row in part.to_dict("records"))]  # fmt: skip
        title = f"Bridge of net present value, million {comparison.about['currency']}: {policy} against {against}"
        lines += ["", *wrap(title), *align(rows)]
    return lines


def mechanism_lines(comparison: "Comparison") -> list[str]:
    """The mechanism bridge, one row a step: its Shapley value with its interval, and its worth alone and last."""
    if not len(comparison.mechanisms):
        return []
    table = comparison.mechanisms
    about = table.iloc[0]
    means = table.pivot(index="term", columns="reading", values="mean") / MILLION
    rows = [["step", "Shapley", "95 % interval", "alone", "last"]]
    for row in table[table["reading"] == "shapley"].to_dict("records"):
        alone, last = means.loc[row["term"], ["alone", "last"]]
        rows.append([row["term"], *_millions(row), f"{alone:+.3f}", f"{last:+.3f}"])
    title = (
        f"Mechanism bridge of net present value, million {comparison.about['currency']}: {about['policy']} against "
        f"{about['against']}, {about['kind']}"
    )
    return ["", *wrap(title), *align(rows)]
