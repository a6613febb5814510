"""sim compare: paired worlds under each policy, differences with intervals, and two bridges that add up."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.commands.common import apart, asked_scenario, document, progress_line, tell_about_compiling
from sim.lab.comparison import BATCH, MOST_REPLICATIONS, Comparison, compare
from sim.lab.mechanism_bridge import mechanism_bridge
from sim.lab.records import records
from sim.lab.statistics.sequential import FEWEST, LOOK_AHEAD
from sim.lab.whole_folder import refuse_foreign, whole_folder
from sim.policies.groups import FINE, GROUPS, MOST_GROUPS, USUAL, groups_of, mechanisms_of

MARK = "comparison.json"
SHOWN = ("npv", "npv_with_equity")
REAP, MECHANISM, BOTH = "reap", "mechanism", "both"
BRIDGE = (
    "reap: the accounting identity, at no cost; mechanism: from the first policy to the last by switching groups of "
    "decisions, 2 ** groups worlds a replication; both (the default)"
)
OF_GROUPS = (
    f"what the mechanism bridge switches: groups ({', '.join(GROUPS)}) or single decisions, joined as name=one+other; "
    f"what is left over is a group too, and at most {MOST_GROUPS} are allowed (default {USUAL}; finer is {FINE})"
)
UNTIL = (
    f"instead of --replications: from {FEWEST} worlds a policy on, add {BATCH} at a time until the 95 %% interval of "
    f"every difference of net present value is at most ABS (money) to either side, also for {LOOK_AHEAD} more, or "
    f"{MOST_REPLICATIONS} are lived"
)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policies", default="product_centric,osfa,customer_centric")
    parser.add_argument("--adopt", default="focal", help="focal or all")
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
    scenario = asked_scenario(arguments)
    if arguments.out:
        refuse_foreign(arguments.out, MARK)
    groups = groups_of(arguments.groups or USUAL)
    mechanisms = mechanisms_of(arguments.mechanisms) if arguments.mechanisms else None
    tell_about_compiling()
    with apart(), progress_line("worlds") as show:
        found = compare(
            scenario,
            arguments.policies.split(","),
            arguments.replications,
            arguments.adopt,
            arguments.seed,
            progress=show,
            until=arguments.until,
        )
    if arguments.bridge != REAP:
        with apart(), progress_line("worlds of the mechanism bridge") as show:
            found = mechanism_bridge(scenario, found, None if mechanisms else groups, mechanisms, progress=show)
    if arguments.until is not None:
        print(f"sim: {stopping(found.about)}", file=sys.stderr)
    if arguments.out:
        from sim.reports.comparison_report import comparison_report

        with whole_folder(arguments.out, MARK) as beside:
            found.write(beside)
            comparison_report(found, beside).write(beside / "report.html")
    if arguments.json:
        tables = {name: records(getattr(found, name)) for name in ("gaps", "bridge", "mechanisms")}
        print(document({"about": dict(found.about)} | tables))
    else:
        print("\n".join(sentences(found) + (reap_in_words(found) if arguments.bridge != MECHANISM else [])))
        print("\n".join(mechanisms_in_words(found)), end="\n" if len(found.mechanisms) else "")
    return 0


def stopping(about: Mapping[str, Any]) -> str:
    """Why no more worlds were added."""
    asked, got, money = about["until_halfwidth"], about["halfwidth"], about["currency"]
    why = "reached" if about["reached"] else f"not reached within the maximum of {MOST_REPLICATIONS}"
    patience = f"first look after {about['fewest']}, look-ahead of {about['look_ahead']}"
    held = f", within it since {about['held_from']}" if about["held_from"] else ""
    return (
        f"half-width of at most {money} {asked:,.0f} {why}: {money} {got:,.0f} after {about['replications']} "
        f"replications{held} ({patience})"
    )


def sentences(found: Comparison) -> list[str]:
    """The differences in words, one line each."""
    lines, money = [], found.about["currency"]
    for gap in found.gaps[found.gaps["measure"].isin(SHOWN)].to_dict("records"):
        lines.append(
            f"{gap['measure']}: {gap['policy']} against {gap['against']}: {gap['verdict']}, "
            f"{gap['mean'] / 1e6:+.3f} million {money} [{gap['low'] / 1e6:+.3f}, {gap['high'] / 1e6:+.3f}] "
            f"(95 % interval of {gap['replications']} pairs)"
        )
    return lines


def reap_in_words(found: Comparison) -> list[str]:
    """The REAP bridges, one line for each pair of policies."""
    lines, money = [], found.about["currency"]
    for (policy, against), part in found.bridge.groupby(["policy", "against"]):
        steps = ", ".join(f"{row['term']} {row['mean'] / 1e6:+.3f}" for row in part.to_dict("records"))
        lines.append(f"bridge of npv, {policy} against {against}, million {money}: {steps}")
    return lines


def mechanisms_in_words(found: Comparison) -> list[str]:
    """The mechanism bridge, one line a step: its Shapley value with its interval, and its worth alone and last."""
    if not len(found.mechanisms):
        return []
    money, table = found.about["currency"], found.mechanisms
    about = table.iloc[0]
    lines = [
        f"mechanism bridge of npv, {about['policy']} against {about['against']}, million {money}, {about['kind']}:"
    ]
    means = table.pivot(index="term", columns="reading", values="mean") / 1e6
    for row in table[table["reading"] == "shapley"].to_dict("records"):
        alone, last = means.loc[row["term"], ["alone", "last"]]
        lines.append(
            f"  {row['term']}: {row['mean'] / 1e6:+.3f} [{row['low'] / 1e6:+.3f}, {row['high'] / 1e6:+.3f}], "
            f"alone {alone:+.3f}, last {last:+.3f}"
        )
    return lines
