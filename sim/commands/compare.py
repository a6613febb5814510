"""sim compare: paired worlds under each policy, differences with intervals, and the REAP bridge."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.commands.common import apart, asked_scenario, document, progress_line, tell_about_compiling
from sim.lab.comparison import BATCH, MOST_REPLICATIONS, Comparison, compare
from sim.lab.records import records
from sim.lab.statistics.sequential import FEWEST, LOOK_AHEAD
from sim.lab.whole_folder import refuse_foreign, whole_folder

MARK = "comparison.json"
SHOWN = ("npv", "npv_with_equity")
UNTIL = (
    f"instead of --replications: from {FEWEST} worlds a policy on, add {BATCH} at a time until the 95 %% interval of "
    f"every difference of net present value is at most ABS (money) to either side, also for {LOOK_AHEAD} more, or "
    f"{MOST_REPLICATIONS} are lived"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("compare", help="compare policies in paired worlds")
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policies", default="product_centric,osfa,customer_centric")
    parser.add_argument("--adopt", default="focal", help="focal or all")
    how_many = parser.add_mutually_exclusive_group()
    how_many.add_argument("--replications", type=int, default=10, metavar="R", help="paired worlds per policy")
    how_many.add_argument("--until-halfwidth", type=float, metavar="ABS", dest="until", help=UNTIL)
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
    if arguments.until is not None:
        print(f"sim: {stopping(found.about)}", file=sys.stderr)
    if arguments.out:
        from sim.reports.comparison_report import comparison_report

        with whole_folder(arguments.out, MARK) as beside:
            found.write(beside)
            comparison_report(found, beside).write(beside / "report.html")
    if arguments.json:
        tables = {name: records(getattr(found, name)) for name in ("gaps", "bridge")}
        print(document({"about": dict(found.about)} | tables))
    else:
        print("\n".join(sentences(found)))
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
    for (policy, against), part in found.bridge.groupby(["policy", "against"]):
        steps = ", ".join(f"{row['term']} {row['mean'] / 1e6:+.3f}" for row in part.to_dict("records"))
        lines.append(f"bridge of npv, {policy} against {against}, million {money}: {steps}")
    return lines
