"""What a role sees: the facts that the model shows its department, its decisions, its pay and the firm's figures."""

import math
from typing import Any

from sim.experiments.game.game_design import GameDesign
from sim.experiments.game.game_state import GameState
from sim.experiments.game.pay import TeamRole, pay_of
from sim.model.firm.firm import Firm
from sim.model.firm.organisation.information import KEEPER, view_of_department
from sim.parameters.decisions import DEPARTMENTS, Plan

_DIGITS = 6  # significant digits that are sent to a phone


def facts_seen(state: GameState, role: TeamRole) -> dict[str, float]:
    """The facts that a department sees, by name; a fact that a wall hides is not among them."""
    view = view_of_department(role.department, state.sight(role.seat))
    return {name: float(value) for name, value in view._asdict().items() if not math.isnan(value)}


def plan_decided(firm: Firm) -> Plan:
    """The plan as it was decided, before pay and others in the firm have moved it."""
    return firm.policy.start.changed(firm.settings.decisions)


def role_view(state: GameState, role: TeamRole, design: GameDesign, episode: str) -> dict[str, Any]:
    """What a role is sent at the start of a round, as plain data with nothing in it that the role must not see.

    Args:
        state: The end of the round before.
        role: Who looks.
        design: The game.
        episode: Name of the episode.

    Returns:
        ``facts`` seen; ``hidden`` facts with the department that keeps them; ``decisions`` as they stand, and as
        ``carried_out`` where pay moved them; ``pay`` as `pay_of`; ``firm`` figures of the last round; and the other
        departments whose wall hides nothing as ``open``.
    """
    firm, sight = state.firm(role.seat), state.sight(role.seat)
    facts = facts_seen(state, role)
    decided = plan_decided(firm)
    own = design.decisions_of(role.department)
    plans = [(name, getattr(decided, name), getattr(firm.plan, name)) for name in own]
    others = [name for name in DEPARTMENTS if name != role.department]
    return {
        "facts": facts,
        "hidden": {name: keeper for name, keeper in KEEPER.items() if name not in facts},
        "decisions": {name: shortened(before) for name, before, _ in plans},
        "carried_out": {name: shortened(after) for name, before, after in plans if before != after},
        "pay": {name: shortened(value) for name, value in pay_of(role, state, design, episode).items()},
        "firm": firm_figures(state, role.seat, design.months),
        "open": [name for name in others if sight.walls.between(role.department, name) < sight.hiding_threshold],
    }


def firm_figures(state: GameState, seat: int, months: int) -> dict[str, float]:
    """What everybody in a firm is told of it: its profit in the last months, and its customer equity now. [money]"""
    table = state.table(seat)
    return {
        "profit": shortened(float(table["profit"].tail(months).sum())),
        "customer_equity": shortened(float(table["customer_equity"].iloc[-1])),
    }


def shortened(value: float) -> float:
    """A number with the digits that a phone is sent.

    >>> shortened(1234567.891), shortened(0.1 + 0.2)
    (1234570.0, 0.3)
    """
    return float(f"{value:.{_DIGITS}g}")
