"""sim scenario: list, show, check, make and compare scenario files; sim params: every number of the model."""

import argparse
import csv
import json
import sys
from pathlib import Path

import yaml

from sim.parameters import FIRM, MARKET, BadInput, Scenario, scenario_names
from sim.parameters.checking import nearest
from sim.parameters.parameter import Parameter
from sim.parameters.schema import scenario_schema
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml
from sim.policies import policy_named

COUNTED = {
    "months": Parameter("months", "months", 120.0, 1.0, 1200.0, "choice", "Months to record, after the warm-up"),
    "market.customers": Parameter(
        "customers", "agents", 3000.0, 10.0, 2e7, "choice", "Customer agents; market.size / customers people each"
    ),
}  # whole numbers outside the tables


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    parser = commands.add_parser("scenario", help="work with scenario files")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="names in the box").set_defaults(call=show_names)
    for name, call, text in (("show", show, "print in full"), ("check", check, "check a file")):
        one = actions.add_parser(name, help=text)
        one.add_argument("scenario")
        one.set_defaults(call=call)
    made = actions.add_parser("new", help="write a file to start from")
    made.add_argument("file", type=Path)
    made.add_argument("--from", dest="source", default="telecom", help="scenario in the box to start from")
    made.set_defaults(call=new)
    compared = actions.add_parser("diff", help="key paths in which two scenarios differ")
    compared.add_argument("one")
    compared.add_argument("other")
    compared.set_defaults(call=diff)
    actions.add_parser("schema", help="JSON Schema of scenario files, for editors").set_defaults(call=show_schema)
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
    for firm in scenario.firms:
        policy_named(firm.policy, firm.way)
    print(f"{scenario.name} is sound; sha256 {scenario.sha256}")
    return 0


def new(arguments: argparse.Namespace) -> int:
    """Write a scenario file to start from; a file that is there is left alone."""
    if arguments.file.exists():
        raise BadInput(f"{arguments.file} is there already; choose another name")
    if arguments.source not in scenario_names():
        raise BadInput(
            f"--from {arguments.source}: no such scenario in the box.{nearest(arguments.source, scenario_names())} "
            f"Known: {', '.join(scenario_names())}"
        )
    if not arguments.file.parent.is_dir():
        raise BadInput(f"{arguments.file}: there is no folder {arguments.file.parent} to write into")
    source = shipped_folder("scenarios") / f"{arguments.source}.yaml"
    part = arguments.file.with_name(f".{arguments.file.name}.part")
    try:
        named = commented(source).replace(f"\nname: {arguments.source}\n", f"\nname: {as_text(arguments.file.stem)}\n")
        part.write_text(named, encoding="utf-8")
        part.replace(arguments.file)
    finally:
        part.unlink(missing_ok=True)
    print(arguments.file)
    return 0


def as_text(name: str) -> str:
    """A name as YAML reads it back as text: in quotes where it would be something else without.

    >>> as_text("mine"), as_text("12"), as_text("a: b")
    ('mine', '"12"', '"a: b"')
    """
    return name if name.isascii() and name.isidentifier() and yaml.safe_load(name) == name else json.dumps(name)


def commented(path: Path) -> str:
    """A scenario file with meaning, unit and range above every number."""
    made = ["# Every key that is left out has its default; sim params lists them. Check with sim scenario check FILE."]
    _, lines = read_yaml(path)
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        margin = text[: len(text) - len(text.lstrip())]
        for key in (key for key, line in lines.items() if line == number):
            one = parameter_of(key)
            if one is not None:
                name = key.rpartition(".")[2]
                made.append(f"{margin}# {name} [{one.unit}; {one.low:g} to {one.high:g}]: {one.meaning}")
        made.append(text)
    return "\n".join(made) + "\n"


def parameter_of(path: str) -> Parameter | None:
    """The parameter at a key path of a scenario, if it is one.

    >>> parameter_of("market.size").unit, parameter_of("firms.0.money.cash") is None, parameter_of("name")
    ('people', False, None)
    """
    top, _, rest = path.partition(".")
    table, name = (MARKET, rest) if top == "market" else (FIRM, rest.partition(".")[2])
    known = {one.name: one for one in table} if top in ("market", "firms") else {}
    return known.get(name, COUNTED.get(path))


def diff(arguments: argparse.Namespace) -> int:
    """Print the key paths in which two scenarios differ, with values and units."""
    one, other = (flattened_all(Scenario.load(name).as_mapping()) for name in (arguments.one, arguments.other))
    for path in sorted(one.keys() | other.keys()):
        first, second = one.get(path), other.get(path)
        if first != second:
            known = parameter_of(path)
            print(f"{path}: {first} -> {second}{f' [{known.unit}]' if known else ''}")
    return 0


def flattened_all(value: object, prefix: str = "") -> dict[str, object]:
    """Every single value of a nested mapping or list by its key path.

    >>> flattened_all({"a": [{"b": 1}]})
    {'a.0.b': 1}
    """
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        return {prefix: value}
    found: dict[str, object] = {}
    for key, inner in items:
        found |= flattened_all(inner, f"{prefix}.{key}" if prefix else str(key))
    return found


def show_schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of scenario files."""
    print(json.dumps(scenario_schema(), indent=2))
    return 0


def show_parameters(arguments: argparse.Namespace) -> int:
    """Print the parameter table."""
    rows = [("market." + p.name, *p[1:7]) for p in MARKET] + [("firms.*." + p.name, *p[1:7]) for p in FIRM]
    if arguments.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("name", "unit", "default", "low", "high", "source", "meaning"))
        writer.writerows(rows)
    else:
        for name, unit, default, low, high, source, meaning in rows:
            print(f"{name} = {default} [{unit}; {low:g} to {high:g}]: {meaning} ({source})")
    return 0
