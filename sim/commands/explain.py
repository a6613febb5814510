"""sim explain: one customer's life in a stored run, month by month, with the reason of each change."""

import argparse
import sys
from pathlib import Path

from sim.commands.common import document, tell_about_compiling


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("explain", help="tell one customer's life month by month")
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of sim run --out")
    parser.add_argument("--customer", type=int, required=True, metavar="ID", help="number of the customer, from 0")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Live the run again and tell the life."""
    from sim.lab.retelling import StoredRun, life_of
    from sim.reports.life import ending, life_in_words, portrait

    stored = StoredRun.load(arguments.run)
    tell_about_compiling()
    market, events = life_of(stored, arguments.customer)
    if not stored.same_code:
        print("sim: the code has changed since this run; what is told may differ from what was stored", file=sys.stderr)
    if arguments.json:
        told = events.astype(object).where(events.notna(), None).to_dict("records")
        about = {"portrait": portrait(market, arguments.customer), "ending": ending(market, arguments.customer)}
        print(document({"customer": arguments.customer, "events": told} | about))
    else:
        print("\n".join(life_in_words(market, arguments.customer, events)))
    return 0
