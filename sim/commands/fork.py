"""sim fork: the tail of a stored run with something changed, against the original."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from sim.commands.common import announce_folder, apart, document, policy_settings, tell_about_compiling
from sim.commands.text import of_table
from sim.parameters import BadInput, setting


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of sim run --out")
    parser.add_argument("--month", type=int, required=True, metavar="M", help="months that stay as they were")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings")
    parser.add_argument(
        "--policy", action="append", default=[], metavar="[FIRM=]P", help="policy of a firm from then on"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="write a run folder of the fork")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Fork and show the difference."""
    from sim.experiments.run_folder import write_run
    from sim.files.atomic_folder import RUN_MARK, refuse_foreign
    from sim.journeys.stored_run import StoredRun, differences, fork, origin
    from sim.model.measures import FORKED

    stored = StoredRun.load(arguments.run)
    if arguments.out:
        if arguments.out.resolve() == arguments.run.resolve():
            raise BadInput(f"--out {arguments.out} is the run that is forked; choose another folder")
        refuse_foreign(arguments.out, RUN_MARK)
    changes: dict[str, Any] = dict(setting(text) for text in arguments.settings)
    changes |= policy_settings(arguments.policy, stored.scenario)
    tell_about_compiling()
    started = time.perf_counter()
    with apart():
        branches = fork(stored, arguments.month, changes)
    if not branches.repeated:
        reason = "the code has changed since" if not stored.same_code else "the same code gave other numbers"
        print(
            f"sim: the original did not come out as stored: {reason}; both tails were simulated again", file=sys.stderr
        )
    table = differences(branches, FORKED)
    if arguments.out:
        words, seconds = ["sim", *sys.argv[1:]], time.perf_counter() - started
        write_run(branches.forked, arguments.out, words, seconds, save_state=False, origin=origin(branches.past))
    if arguments.json:
        record = {"month": arguments.month, "settings": changes, "original_repeated": branches.repeated}
        print(document(record | {"differences": table.to_dict("records")}))
    else:
        print(f"Fork minus original, by year; months 1 to {arguments.month} are the same.")
        print("\n".join(of_table(table, whole)))
    if arguments.out:
        announce_folder(arguments.out, ["sim", "diff", arguments.run, arguments.out])
    return 0


def whole(cell: object) -> str:
    """A number without decimals, or a text.

    >>> whole(1234.5), whole("north")
    ('1,234', 'north')
    """
    return f"{cell:,.0f}" if isinstance(cell, int | float) else str(cell)
