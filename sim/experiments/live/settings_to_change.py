"""What can be changed in a pair while it runs, as a page offers it: the policy, decisions that act, mechanisms."""

from collections.abc import Iterator
from typing import Any

from sim.experiments.live.pair import TimelinePair
from sim.parameters import MECHANISMS
from sim.parameters.decisions import CODE, DECISION_ROWS, acts
from sim.policies.registry import policy_names


def settings_to_change(pair: TimelinePair) -> list[dict[str, Any]]:
    """Settings of the firm that is shown, and switches of the world, in the order in which a page lists them.

    Args:
        pair: The pair; both sides have the same list, since both start from one scenario.

    Returns:
        A row each: ``path`` as changes name it, ``group``, ``default`` (None: the policy
        decides), and either ``choices`` or ``unit``, ``low`` and ``high``.
    """
    return [*_policy(pair), *_decisions(pair), *_mechanisms(pair)]


def _policy(pair: TimelinePair) -> Iterator[dict[str, Any]]:
    seat = pair.left.seat_of(pair.firm)
    default = pair.left.scenario.firms[seat].policy
    path = f"firms.{seat}.policy"
    yield {"path": path, "group": "policy", "default": default,
           "choices": list(policy_names())}  # fmt: skip


def _decisions(pair: TimelinePair) -> Iterator[dict[str, Any]]:
    seat = pair.left.seat_of(pair.firm)
    scenario = pair.left.scenario
    for name, row in DECISION_ROWS.items():
        if not acts(name, scenario.mechanisms) or row.kind == CODE:
            continue
        own = scenario.firms[seat].settings.get(f"decisions.{name}")
        yield {
            "path": f"firms.{seat}.decisions.{name}", "group": row.group, "department": row.department,
            "unit": row.unit, "low": row.low, "high": row.high,
            "default": own,
        }  # fmt: skip


def _mechanisms(pair: TimelinePair) -> Iterator[dict[str, Any]]:
    for name in MECHANISMS:
        default = pair.left.scenario.mechanisms[name]
        yield {"path": f"mechanisms.{name}", "group": "mechanisms", "default": default,
               "choices": [False, True]}  # fmt: skip
