"""sim explain: one customer's life in a stored run, month by month, with the reason of each change."""

import argparse
import sys
from pathlib import Path

from sim.commands.common import apart, document, tell_about_compiling


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of sim run --out")
    parser.add_argument("--customer", type=int, required=True, metavar="ID", help="number of the customer, from 0")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Re-run the world and print the life of a customer."""
    from sim.files.records import records
    from sim.journeys.stored_run import StoredRun, life_of
    from sim.reports.life import life_in_words, people_of

    stored = StoredRun.load(arguments.run)
    tell_about_compiling()
    if not stored.same_code:
        print("sim: the code has changed since this run; the events may differ from what was stored", file=sys.stderr)
    with apart():
        market, journeys = life_of(stored, arguments.customer)
    if arguments.json:
        people, events = people_of(market, journeys), records(journeys.table())
        print(document({"customer": arguments.customer, "people": people, "events": events}))
    else:
        print("\n".join(life_in_words(market, journeys)))
    return 0
