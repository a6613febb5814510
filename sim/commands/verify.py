"""sim verify: re-run stored runs of a sweep and compare bits, or repeat one run."""

import argparse
from pathlib import Path

from sim.commands.common import apart, document, tell_about_compiling


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--sample", type=int, default=5, metavar="K", help="number of stored runs, drawn at random")
    which.add_argument("--run", metavar="KEY", help="this very run, also one that failed")
    parser.add_argument("--seed", type=int, default=0, help="seed of the drawing")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Live again and compare; status 1 when a bit differs."""
    from sim.experiments.sweep.store.verification import again, refuse_other_code, verify

    tell_about_compiling()
    refuse_other_code(arguments.folder)
    with apart():
        if arguments.run:
            checks = [again(arguments.folder, arguments.run)]
        else:
            checks = verify(arguments.folder, arguments.sample, arguments.seed)
    differing = [check for check in checks if check.differing]
    if arguments.json:
        print(document({"verified": len(checks), "differing": [check._asdict() for check in differing]}))
    else:
        for check in differing:
            print(f"{check.key} differs in {', '.join(check.differing)}")
        print(f"{len(checks) - len(differing)} of {len(checks)} repeated runs are bit-identical")
    return 1 if differing else 0
