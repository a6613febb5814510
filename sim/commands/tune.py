"""``sim tune``: best decisions of policies in a world, by an equal search budget."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import (
    announce_folder,
    apart,
    document,
    progress_line,
    scenario_from_arguments,
    tell_about_compiling,
)
from sim.commands.text import align, short, wrap
from sim.experiments.samplers import DIRECT, SEARCHES
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.experiments.tuning_result import TunedPolicies


RANGE = (
    "search this decision elsewhere than its row says, such as price=0.7:1.8; a best value at a bound decides nothing"
)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policy", action="append", required=True, metavar="P", dest="policies")
    parser.add_argument("--budget", type=int, default=60, metavar="N", help="trials for each policy")
    parser.add_argument("--worlds", type=int, default=2, metavar="W", help="worlds a trial")
    parser.add_argument("--fresh", type=int, default=8, metavar="R", help="other worlds in which the gain is measured")
    how = (
        f"{', '.join(SEARCHES)}: what chooses trials after the points that all policies share; extra tune brings optuna"
    )
    parser.add_argument("--search", default=DIRECT, metavar="S", help=how)
    parser.add_argument("--range", action="append", default=[], metavar="DECISION=LOW:HIGH", dest="ranges", help=RANGE)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--years", type=int)
    parser.add_argument("--customers", type=int)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Search, measure the gain, show."""
    policies = arguments.policies
    arguments.policy = []  # which policies the firms follow is the scenario's business
    scenario = scenario_from_arguments(arguments)
    ranges = dict(range_of(text) for text in arguments.ranges)
    from sim.experiments.tuning_result import tune_policies
    from sim.files.atomic_folder import TUNING_MARK, refuse_foreign, whole_folder

    if arguments.out:
        refuse_foreign(arguments.out, TUNING_MARK)
    tell_about_compiling()
    with apart(), progress_line("policies") as show:
        budgets = arguments.budget, arguments.worlds, arguments.fresh
        tuning = tune_policies(scenario, policies, *budgets, arguments.seed, show, arguments.search, ranges)
    if arguments.out:
        with whole_folder(arguments.out, TUNING_MARK) as beside:
            tuning.write(beside)
    print(document(tuning.as_mapping()) if arguments.json else "\n".join(sentences(tuning)))
    if arguments.out:
        first = sorted((arguments.out / "scenarios").glob("*.yaml"))[:1]
        announce_folder(arguments.out, *(["sim", "run", file] for file in first))
    return 0


def range_of(text: str) -> tuple[str, tuple[float, float]]:
    """A decision and where it is searched, from ``price=0.7:1.8``.

    Raises:
        BadInput: It is not written so.

    >>> range_of("price=0.7:1.8")
    ('price', (0.7, 1.8))
    """
    name, _, ends = text.partition("=")
    low, _, high = ends.partition(":")
    try:
        return name.strip(), (float(low), float(high))
    except ValueError:
        raise BadInput(f"--range {text}: write it as decision=low:high, such as price=0.7:1.8") from None


def sentences(tuning: "TunedPolicies") -> list[str]:
    """Decisions of each policy as a row, and its gain in words."""
    policies = tuning.as_mapping()["policies"]
    names = list(dict.fromkeys(name for entry in policies.values() for name in entry["decisions"]))
    rows = [["decision", *policies]]
    rows += [
        [name, *(short(entry["decisions"].get(name, float("nan"))) for entry in policies.values())] for name in names
    ]
    lines = ["Best decisions", *align(rows), ""]
    money = tuning.scenario.currency
    for policy, entry in policies.items():
        gain, bound = entry["gain"], entry["at_bound"]
        lines += wrap(
            f"{policy}: net present value against its own decisions: {gain['verdict']}, "
            f"{money} {gain['mean']:+,.0f} [{gain['low']:+,.0f}, {gain['high']:+,.0f}] in {gain['replications']} fresh "
            "worlds"
            + (f"; search further with --range {bound[0]}=LOW:HIGH" if bound else "")
            + (f"; at an end of what is allowed: {', '.join(entry['at_corner'])}" if entry["at_corner"] else "")
        )
    return lines
