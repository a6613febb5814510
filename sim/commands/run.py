"""sim run: one world, a table of yearly measures, and a run folder."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.commands.common import apart, asked_scenario, document, progress_line, tell_about_compiling, threads_for
from sim.market import Market
from sim.measures import PRINTED
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.lab.journeys import Journeys


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("run", help="run one world")
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policy", action="append", default=[], metavar="[FIRM=]P", help="policy of a firm")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--years", type=int, help="years to live")
    parser.add_argument("--customers", type=int, help="number of customer agents")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--engine", default="compiled", help="compiled or agents")
    parser.add_argument("--watch", metavar="K", help="write journeys of K customers, or of those named as 3,17")
    parser.add_argument(
        "--threads", type=int, metavar="N", help="threads of the compiled engine; the results do not depend on it"
    )
    parser.add_argument("--save-state", action="store_true", help="write state.npz")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write a run folder")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the world and show it."""
    from sim.lab.run_folder import MARK, write_run
    from sim.lab.whole_folder import refuse_foreign

    scenario = asked_scenario(arguments)
    if arguments.out:
        refuse_foreign(arguments.out, MARK)
    if arguments.watch is not None and not arguments.out:
        raise BadInput("--watch writes journeys.parquet into the run folder; give --out DIR too")
    tell_about_compiling()
    started = time.perf_counter()
    with apart():
        market, journeys = _lived(scenario, arguments)
    seconds = time.perf_counter() - started
    table = by_year(market.monthly())
    if arguments.out:
        told = journeys.table() if journeys else None
        write_run(market, arguments.out, ["sim", *sys.argv[1:]], seconds, arguments.save_state, told)
    if arguments.json:
        print(document({"scenario": scenario.name, "sha256": scenario.sha256, "years": table.to_dict("records")}))
    else:
        print(table.to_string(index=False, float_format=shown))
    return 0


def _lived(scenario: Scenario, arguments: argparse.Namespace) -> "tuple[Market, Journeys | None]":
    """The world after its last month, and the journeys of those who were watched."""
    from sim.lab.journeys import Journeys, watched_places

    threads = threads_for(scenario.customers, arguments.threads)
    market, journeys = Market(scenario, seed=arguments.seed, engine=arguments.engine, threads=threads), None
    if arguments.watch is not None:
        journeys = Journeys(watched_places(arguments.watch, scenario.customers), scenario.customers)
        market.watcher = journeys.look
    with progress_line(f"{scenario.name}") as show:
        while market.month < scenario.months:
            market.step()
            show(max(0, market.month), scenario.months)
    return market, journeys


def shown(value: float) -> str:
    """A number for the reader: three digits when small, whole when large."""
    return f"{value:,.3g}" if abs(value) < 10 else f"{value:,.0f}"


def by_year(monthly: pd.DataFrame) -> pd.DataFrame:
    """Yearly view of the measures that are printed: last value of stocks, sum of flows, mean of rates."""
    how = {measure.name: measure.of_year for measure in PRINTED}
    year = ((monthly["month"] - 1) // 12 + 1).rename("year")
    return monthly.groupby(["firm", "policy", year], sort=False).agg(how).reset_index()
