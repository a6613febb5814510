"""sim compare: paired worlds under each policy, differences with intervals, and the REAP bridge."""

import argparse
import sys
from pathlib import Path

from sim.commands.common import asked_scenario, document, progress_line, tell_about_compiling
from sim.lab.comparison import Comparison, compare
from sim.lab.folders import check_target, whole_folder

SHOWN = ("npv", "npv_with_equity")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("compare", help="compare policies in paired worlds")
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policies", default="product_centric,osfa,customer_centric")
    parser.add_argument("--adopt", default="focal", help="focal or all")
    parser.add_argument("--replications", type=int, default=10)
    parser.add_argument(
        "--until-halfwidth", type=float, metavar="MONEY", dest="until",
        help="add worlds until every interval of net present value is at most this wide to either side",
    )  # fmt: skip
    parser.add_argument("--seed", type=int)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare and show."""
    scenario = asked_scenario(arguments)
    if arguments.out:
        check_target(arguments.out)
    tell_about_compiling()
    with progress_line("worlds") as show:
        found = compare(
            scenario,
            arguments.policies.split(","),
            arguments.replications,
            arguments.adopt,
            arguments.seed,
            progress=show,
            until=arguments.until,
        )
    if arguments.until is not None and found.halfwidth() > arguments.until:
        print(f"sim: {found.about['replications']} replications did not reach that half-width", file=sys.stderr)
    if arguments.out:
        from sim.reports.comparison_report import comparison_report

        with whole_folder(arguments.out) as beside:
            found.write(beside)
            comparison_report(found, beside).write(beside / "report.html")
    if arguments.json:
        tables = {name: getattr(found, name).to_dict("records") for name in ("gaps", "bridge")}
        print(document({"about": dict(found.about)} | tables))
    else:
        print("\n".join(sentences(found)))
    return 0


def sentences(found: Comparison) -> list[str]:
    """The differences in words, one line each."""
    lines = []
    currency = found.about["currency"]
    for gap in found.gaps[found.gaps["measure"].isin(SHOWN)].to_dict("records"):
        lines.append(
            f"{gap['measure']}: {gap['policy']} against {gap['against']}: {gap['verdict']}, "
            f"{gap['mean'] / 1e6:+.3f} million {currency} [{gap['low'] / 1e6:+.3f}, {gap['high'] / 1e6:+.3f}] "
            f"(95 % interval of {gap['replications']} pairs)"
        )
    for (policy, against), part in found.bridge.groupby(["policy", "against"]):
        steps = ", ".join(f"{row['term']} {row['mean'] / 1e6:+.3f}" for row in part.to_dict("records"))
        lines.append(f"bridge of npv, {policy} against {against}, million {currency}: {steps}")
    return lines
