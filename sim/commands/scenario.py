"""sim scenario: list, show and check scenario files; sim params: every number of the model."""

import argparse
import csv
import sys

import yaml

from sim.parameters import FIRM, MARKET, Scenario, scenario_names


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    parser = commands.add_parser("scenario", help="work with scenario files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="names in the box").set_defaults(call=show_names)
    for name, call, text in (("show", show, "print in full"), ("check", check, "check a file")):
        one = actions.add_parser(name, help=text)
        one.add_argument("scenario")
        one.set_defaults(call=call)
    params = commands.add_parser("params", help="every parameter with unit, range and source")
    params.add_argument("--format", choices=("text", "csv"), default="text")
    params.set_defaults(call=show_parameters)


def show_names(arguments: argparse.Namespace) -> int:
    """Print name and description of each scenario in the box."""
    for name in scenario_names():
        print(f"{name:12} {Scenario.load(name).description}")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print a scenario with every number it uses."""
    print(yaml.safe_dump(Scenario.load(arguments.scenario).as_mapping(), sort_keys=False), end="")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check a scenario."""
    scenario = Scenario.load(arguments.scenario)
    print(f"{scenario.name} is sound; sha256 {scenario.sha256}")
    return 0


def show_parameters(arguments: argparse.Namespace) -> int:
    """Print the parameter table."""
    rows = [("market." + p.name, *p[1:]) for p in MARKET] + [("firms.*." + p.name, *p[1:]) for p in FIRM]
    if arguments.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("name", "unit", "default", "low", "high", "source", "meaning"))
        writer.writerows(rows)
    else:
        for name, unit, default, low, high, source, meaning in rows:
            print(f"{name} = {default} [{unit}; {low:g} to {high:g}]: {meaning} ({source})")
    return 0
