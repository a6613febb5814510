"""sim policy: what defines a policy, and the contract that every policy keeps, applied to one of your own."""

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
    show = actions.add_parser("show", help="print what defines a policy, why, and what it leaves to a common value")
    show.add_argument(
        "policy", metavar="POLICY", help="a name in the box, a mixture, or a policy of yours as mine.py:Mine"
    )
    show.add_argument("--scenario", default="telecom", metavar="S", help="world whose common values are shown")
    show.add_argument("--json", action="store_true", help="print one JSON document")
    show.set_defaults(call=describe)


def describe(arguments: argparse.Namespace) -> int:
    """Print every decision of a policy: defining ones with reason and source, the others with their common value."""
    from sim.commands.decision_text import decision_page
    from sim.experiments.compare import with_policy
    from sim.experiments.decision_table import decision_table
    from sim.files.records import records
    from sim.parameters import Scenario
    from sim.policies import policy_of

    text = arguments.policy
    with apart():
        world = with_policy(Scenario.load(arguments.scenario), text, "focal", {})
        summary = policy_of(world.firms[0]).summary
        table = decision_table({text: world})
    if arguments.json:
        print(document({"policy": text, "summary": summary, "scenario": world.name, "decisions": records(table)}))
    else:
        print("\n".join([*wrap(f"{text}: {summary}", ""), "", *decision_page(table)]))
    return 0


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
