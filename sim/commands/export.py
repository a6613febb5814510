"""sim export: the tables of a sweep for other tools."""

import argparse
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--format", choices=("csv",), default="csv")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the tables; DIR/csv if left out")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the tables and print where they are."""
    from sim.experiments.sweep.export import export_csv
    from sim.experiments.sweep.result import Sweep

    for path in export_csv(Sweep.load(arguments.folder), arguments.out or arguments.folder / "csv"):
        print(path)
    return 0
