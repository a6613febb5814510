"""``sim equilibrium``: best replies of all firms in turn until nobody gains, from several starts."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import (
    announce_folder,
    apart,
    document,
    progress_line,
    scenario_from_arguments,
    tell_about_compiling,
    try_to_draw,
)
from sim.commands.text import align, short, wrap
from sim.parameters.checking import count_argument

if TYPE_CHECKING:
    from sim.experiments.equilibrium_result import Equilibrium

HEADS = ("firm", "decision", "begins", "at rest", "over starts", "place in range", "gain left")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from sim.experiments.search_plan import USUAL_PLAN as usual

    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--decisions", default=",".join(usual.decisions), metavar="A,B", help="that firms choose")
    parser.add_argument("--starts", type=int, default=usual.starts, metavar="N", help="the first is the scenario's own")
    parser.add_argument(
        "--tolerance", type=float, default=usual.tolerance, metavar="SHARE", help="gain that is not worth a move"
    )
    parser.add_argument("--rounds", type=int, default=usual.rounds, metavar="N", help="most rounds of a start")
    parser.add_argument("--replications", type=int, default=usual.replications, metavar="R", help="worlds a choice")
    parser.add_argument("--months", type=int, metavar="M", help="over which firms value what they do")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--customers", type=int)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--out", type=Path, metavar="DIR", help="kept while searching; the same command goes on")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Search, show, write."""
    from sim.experiments.equilibrium import find_equilibrium
    from sim.experiments.search_plan import SearchPlan

    scenario = scenario_from_arguments(arguments)
    if arguments.months is not None:
        scenario = scenario.with_settings({"months": count_argument(arguments.months, "months", 1)})
    decisions = tuple(name.strip() for name in arguments.decisions.split(",") if name.strip())
    numbers = arguments.starts, arguments.tolerance, arguments.rounds, arguments.replications
    plan = SearchPlan(decisions, *numbers).checked()
    tell_about_compiling()
    with apart(), progress_line("rounds", arguments.out) as show:
        equilibrium = find_equilibrium(scenario, plan, arguments.seed, arguments.out, show)
    if arguments.out:
        equilibrium.write(arguments.out)
        try_to_draw(lambda: draw(equilibrium, arguments.out), arguments.out)
    print(document(equilibrium.as_mapping()) if arguments.json else "\n".join(sentences(equilibrium)))
    if arguments.out:
        announce_folder(arguments.out)
    return 0


def draw(equilibrium: "Equilibrium", folder: Path) -> None:
    """Draw prices by round, or the first decision where prices were not searched."""
    from sim.charts.equilibrium import draw_equilibrium
    from sim.charts.save import save
    from sim.charts.theme import find_style

    shown = "price" if "price" in equilibrium.plan.decisions else equilibrium.plan.decisions[0]
    chart = draw_equilibrium(equilibrium.rounds(), shown, equilibrium.as_mapping(), find_style("deck"))
    save(chart, folder / "charts" / f"{shown}_by_round.png")


def sentences(equilibrium: "Equilibrium") -> list[str]:
    """Decisions at rest as a table, and what a reader must know of them."""
    document = equilibrium.as_mapping()
    rows: list[Sequence[str]] = [HEADS]
    for row in document["table"]:
        spread = f"{short(row['smallest'])} to {short(row['largest'])}"
        rows.append(
            (row["firm"], row["decision"], short(row["begins"]), short(row["value"]), spread, row["place"],
             f"{100.0 * row['gain_left']:.1f} %")
        )  # fmt: skip
    rested, most = sum(document["at_rest"]), len(document["at_rest"])
    lines = [f"Best replies in {equilibrium.scenario.name}, {equilibrium.scenario.months} months", *align(rows), ""]
    lines += wrap(
        f"{rested} of {most} starts came to rest: a round over the whole ranges brought no firm more than "
        f"{100.0 * equilibrium.plan.tolerance:g} % of its present value."
    )
    bound = [f"{row['decision']} of {row['firm']}" for row in document["table"] if row["starts_at_bound"]]
    if bound:
        lines += wrap(f"At an end of its range in one start at least, so not decided: {', '.join(bound)}.")
    return lines + [line for text in document["starts_at_bound"] for line in wrap(f"{text[:1].upper()}{text[1:]}.")]
