"""sim run: one world, a table of yearly measures, and a run folder."""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.commands.common import (
    announce_folder,
    apart,
    document,
    progress_line,
    scenario_from_arguments,
    tell_about_compiling,
    threads_for,
)
from sim.commands.years_text import by_year, year_lines
from sim.parameters import BadInput, Scenario
from sim.parameters.scenario import USUAL_CUSTOMERS

if TYPE_CHECKING:
    from sim.journeys.customer_months import CustomerMonths
    from sim.journeys.recorder import Journeys
    from sim.model.world import World
    from sim.simulation.headless import Simulation
    from sim.simulation.market import Market
    from sim.simulation.profiling import Profile


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("scenario", help="name in the box or path of a scenario file")
    parser.add_argument("--policy", action="append", default=[], metavar="[FIRM=]P", help="policy of a firm")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--years", type=int, help="years to run")
    parser.add_argument("--customers", type=int, help="number of customer agents")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument("--engine", help="compiled or agents; compiled unless customers have steps of their own")
    parser.add_argument("--watch", metavar="K", help="write journeys of K customers, or of those named as 3,17")
    parser.add_argument("--customers-table", action="store_true", help="write what each customer brought, by month")
    parser.add_argument(
        "--threads", type=int, metavar="N", help="threads of the compiled engine; the results do not depend on it"
    )
    parser.add_argument("--profile", action="store_true", help="also print CPU time by phase of the month")
    parser.add_argument("--save-state", action="store_true", help="write state.npz")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write a run folder")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the world and show it."""
    scenario = scenario_from_arguments(arguments)
    if arguments.out:
        from sim.files.atomic_folder import RUN_MARK, refuse_foreign

        refuse_foreign(arguments.out, RUN_MARK)
    if arguments.watch is not None and not arguments.out:
        raise BadInput("--watch writes journeys.parquet into the run folder; give --out DIR too")
    if arguments.customers_table and not arguments.out:
        raise BadInput("--customers-table writes customer_months.parquet into the run folder; give --out DIR too")
    tell_about_compiling()
    profile = _profile() if arguments.profile else None
    started = time.perf_counter()
    with apart():
        market, watchers = _run_to_the_end(scenario, arguments, profile)
    seconds = time.perf_counter() - started
    columns = market.measures()
    if profile:
        profile.note("measures")
    if arguments.out:
        _write(market, arguments, seconds, watchers)
        if profile:
            profile.note("saving")
    _show(scenario, by_year(columns), profile, arguments.json)
    if arguments.out:
        change = ["--month", scenario.months // 2, "--set", "firms.0.decisions.price=1.1"]
        explain = ["sim", "explain", arguments.out, "--customer", 0]
        announce_folder(arguments.out, explain, ["sim", "fork", arguments.out, *change])
    return 0


def _profile() -> "Profile":
    from sim.simulation.profiling import LIBRARIES, Profile

    profile = Profile()
    profile.note(LIBRARIES)
    return profile


class Watchers(NamedTuple):
    """Who looks at the customers of a run.

    Args:
        journeys: Journeys of watched customers, if any are watched.
        months: What each customer brought, if that is asked for.
    """

    journeys: "Journeys | None"
    months: "CustomerMonths | None"

    def look(self, phase: str, world: "World") -> None:
        """Each looks."""
        for watcher in self:
            if watcher is not None:
                watcher.look(phase, world)


def _watchers(scenario: Scenario, arguments: argparse.Namespace) -> Watchers:
    journeys = months = None
    if arguments.watch is not None:
        from sim.journeys.recorder import Journeys, watched_places

        journeys = Journeys(watched_places(arguments.watch, scenario.customers), scenario.customers)
    if arguments.customers_table:
        from sim.journeys.customer_months import CustomerMonths

        months = CustomerMonths()
    return Watchers(journeys, months)


def _run_to_the_end(
    scenario: Scenario, arguments: argparse.Namespace, profile: "Profile | None"
) -> "tuple[Market | Simulation, Watchers]":
    """The world after its last month, and those who looked at its customers."""
    market, watchers = _begun(scenario, arguments), _watchers(scenario, arguments)
    if any(watchers):
        market.watcher = watchers.look
    if profile:
        profile.note("birth")
        market.watcher = profile.watching(market.watcher)
    with progress_line(f"months of {scenario.name}") as show:
        while market.month < scenario.months:
            market.advance()
            show(max(0, market.month), scenario.months)
    return market, watchers


def _begun(scenario: Scenario, arguments: argparse.Namespace) -> "Market | Simulation":
    """The world before its first month: a Mesa model where agents or a whole state are asked for, else without Mesa."""
    threads = threads_for(scenario.customers, arguments.threads)
    plain = arguments.engine in (None, "compiled") and scenario.customer_class == USUAL_CUSTOMERS
    if plain and not arguments.save_state:
        from sim.simulation.engines.compiled import CompiledEngine
        from sim.simulation.headless import Simulation

        return Simulation(scenario, CompiledEngine(threads), arguments.seed, bills_kept=arguments.customers_table)
    from sim.simulation.market import Market

    return Market(scenario, seed=arguments.seed, engine=arguments.engine, threads=threads)


def _write(market: "Market | Simulation", arguments: argparse.Namespace, seconds: float, watchers: Watchers) -> None:
    from sim.experiments.run_folder import write_run

    events = watchers.journeys.table() if watchers.journeys else None
    months = watchers.months.columns() if watchers.months else None
    write_run(market, arguments.out, ["sim", *sys.argv[1:]], seconds, arguments.save_state, events, months=months)


def _show(scenario: Scenario, years: list[dict[str, object]], profile: "Profile | None", as_json: bool) -> None:
    """Print the years, and the profile if there is one."""
    if as_json:
        about: dict[str, object] = {"scenario": scenario.name, "sha256": scenario.sha256, "years": years}
        print(document(about | ({"profile": profile.seconds} if profile else {})))
        return
    print("\n".join(year_lines(scenario, years)))
    if profile:
        from sim.commands.profile_text import profile_lines

        print("\n".join(profile_lines(profile.seconds)))
