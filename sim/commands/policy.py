"""sim policy check: the contract that every policy keeps, applied to a policy of your own."""

import argparse

from sim.commands.common import apart, document
from sim.commands.text import wrap


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser(
        "check", help="apply every check of the policy contract",
        epilog="Status 0: every check holds; 1: one fails; 2: there is no such policy.",
    )  # fmt: skip
    check.add_argument("policy", metavar="FILE:CLASS", help="a policy of yours as mine.py:Mine, or a name in the box")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply the contract; status 1 when a part of it is broken."""
    from sim.experiments.policy_contract import run_checks
    from sim.policies import policy_named

    text = arguments.policy
    with apart():
        policy_named(text)
        outcomes = list(run_checks(lambda: policy_named(text)))
    failed = [outcome for outcome in outcomes if outcome.reason]
    if arguments.json:
        print(
            document(
                {"policy": text, "checks": [outcome._asdict() | {"ok": not outcome.reason} for outcome in outcomes]}
            )
        )
    else:
        for outcome in outcomes:
            print(f"{'failed' if outcome.reason else 'ok':8}{outcome.name}")
            print("\n".join(wrap(f"        {outcome.reason}", " " * 8)), end="\n" if outcome.reason else "")
        print(f"{text}: {len(outcomes) - len(failed)} of {len(outcomes)} checks hold")
    return 1 if failed else 0
