"""sim scenario: list, show, check, make, compare and upgrade scenario files."""

import argparse
import json
import sys
from pathlib import Path
from shlex import quote

from sim.commands.text import wrap
from sim.parameters import FIRM, MARKET, BadInput, Scenario, scenario_names
from sim.parameters.checking import every_value, nearest
from sim.parameters.parameter import Parameter
from sim.parameters.renames import upgraded
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import parse_yaml, read_text, read_yaml

WORDS = ("true", "false", "yes", "no", "on", "off", "y", "n", "null")  # that some reader of YAML takes for a value
COUNTED = {
    "months": Parameter("months", "months", 120.0, 1.0, 1200.0, "choice", "Months to record, after the warm-up"),
    "market.customers": Parameter(
        "customers", "agents", 3000.0, 10.0, 2e7, "choice", "Customer agents; market.size / customers people each"
    ),
}  # whole numbers outside the tables


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="names in the box").set_defaults(call=show_names)
    for name, call, text in (("show", show, "print in full"), ("check", check, "check a file")):
        action = actions.add_parser(name, help=text)
        action.add_argument("scenario")
        action.set_defaults(call=call)
    actions.choices["show"].add_argument("--targets", action="store_true", help="bands of its industry against a run")
    new_parser = actions.add_parser("new", help="write a file to start from")
    new_parser.add_argument("file", type=Path)
    new_parser.add_argument("--from", dest="source", default="telecom", help="scenario in the box to start from")
    new_parser.set_defaults(call=new)
    compared = actions.add_parser("diff", help="key paths in which two scenarios differ")
    compared.add_argument("one")
    compared.add_argument("other")
    compared.set_defaults(call=diff)
    old = actions.add_parser("upgrade", help="rewrite keys that have another name in this version")
    old.add_argument("file", type=Path)
    old.set_defaults(call=upgrade)
    actions.add_parser("schema", help="JSON Schema of scenario files, for editors").set_defaults(call=show_schema)


def show_names(arguments: argparse.Namespace) -> int:
    """Print name and description of each scenario in the box."""
    for name in scenario_names():
        print("\n".join(wrap(f"{name:12} {Scenario.load(name).description}", " " * 13)))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print a scenario with every number it uses, or its targets against what a run gives."""
    import yaml

    if arguments.targets:
        from sim.commands.targets_text import target_lines

        print("\n".join(target_lines(Scenario.load(arguments.scenario))))
        return 0
    print(yaml.safe_dump(Scenario.load(arguments.scenario).as_mapping(), sort_keys=False), end="")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check a scenario."""
    from sim.policies import policy_named

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
    name = f"\nname: {as_text(arguments.file.stem)}\n"
    write_text(arguments.file, annotate(source).replace(f"\nname: {arguments.source}\n", name))
    print(arguments.file)
    return 0


def write_text(file: Path, text: str) -> None:
    """Write a text file as a whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def upgrade(arguments: argparse.Namespace) -> int:
    """Rename the outdated keys of a file, leave the rest unchanged, and print the changes."""
    text, changes = upgraded(read_text(arguments.file), str(arguments.file))
    for change in changes:
        print(change)
    if changes:
        write_text(arguments.file, text)
        said = f"{len(changes)} {'key' if len(changes) == 1 else 'keys'} rewritten"
    else:
        said = "no key has another name in this version; the file is as it was"
    print(f"{arguments.file}: {said}. Next: sim scenario check {quote(str(arguments.file))}", file=sys.stderr)
    return 0


def as_text(name: str) -> str:
    """A name as YAML reads it back as text: in quotes where it would be something else without.

    >>> as_text("mine"), as_text("12"), as_text("a: b")
    ('mine', '"12"', '"a: b"')
    """
    plain = name.isascii() and name.isidentifier() and parse_yaml(f"name: {name}", name)[0]["name"] == name
    return name if plain and name.lower() not in WORDS else json.dumps(name)


def annotate(path: Path) -> str:
    """A scenario file with meaning, unit and range above every number."""
    result = [
        "# Every key that is left out has its default; sim params lists them. Check with sim scenario check FILE."
    ]
    _, lines = read_yaml(path)
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        margin = text[: len(text) - len(text.lstrip())]
        for key in (key for key, line in lines.items() if line == number):
            parameter = parameter_of(key)
            if parameter is not None:
                name = key.rpartition(".")[2]
                result.append(
                    f"{margin}# {name} [{parameter.unit}; {parameter.low:g} to {parameter.high:g}]: {parameter.meaning}"
                )
        result.append(text)
    return "\n".join(result) + "\n"


def parameter_of(path: str) -> Parameter | None:
    """The parameter at a key path of a scenario, if it is one.

    >>> parameter_of("market.size").unit, parameter_of("firms.0.money.cash") is None, parameter_of("name")
    ('people', False, None)
    """
    top, _, rest = path.partition(".")
    table, name = (MARKET, rest) if top == "market" else (FIRM, rest.partition(".")[2])
    rows = {parameter.name: parameter for parameter in table} if top in ("market", "firms") else {}
    return rows.get(name, COUNTED.get(path))


def diff(arguments: argparse.Namespace) -> int:
    """Print the key paths in which two scenarios differ, with values and units."""
    base, changed = (every_value(Scenario.load(name).as_mapping()) for name in (arguments.one, arguments.other))
    for path in sorted(base.keys() | changed.keys()):
        first, second = base.get(path), changed.get(path)
        if first != second:
            parameter = parameter_of(path)
            print(f"{path}: {first} -> {second}{f' [{parameter.unit}]' if parameter else ''}")
    return 0


def show_schema(arguments: argparse.Namespace) -> int:
    """Print the JSON Schema of scenario files."""
    from sim.parameters.schema import scenario_schema

    print(json.dumps(scenario_schema(), indent=2))
    return 0
