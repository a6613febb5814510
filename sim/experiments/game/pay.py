"""What each department is paid for in a game: its volume and customer value, weighed as the model weighs them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.game.game_design import GameDesign
from sim.experiments.game.game_state import GameState
from sim.model.firm.firm import Firm
from sim.model.firm.organisation.incentives import weights_of_value
from sim.model.state import Floats

VOLUMES: Mapping[str, str] = {  # what pay by volume counts, as the rows `pay.…` of the parameter table say
    "marketing": "gross_adds",
    "sales": "new_business",
    "product": "purchases",
    "service": "cases_per_hour",
    "finance": "cash_collected",
}
_VALUE = "customer_equity"


class TeamRole(NamedTuple):
    """A department of the firm in one seat."""

    seat: int
    department: str


def volume_of(department: str, table: pd.DataFrame, wage: float) -> Floats:
    """The volume by which a department is paid, month by month; NaN in a month that needs an earlier one.

    Args:
        department: The department.
        table: Measures of its firm, one row a month.
        wage: Basic wage of service. [money/h]

    Returns:
        New customers, monthly value of what was sold, purchases, incidents per hour paid at the basic wage, or cash
        collected from customers. Shape (months,).
    """
    name = VOLUMES[department]
    if name == "cases_per_hour":
        hours = table["cost_service"].to_numpy(float) / wage
        return np.divide(table["incidents"].to_numpy(float), hours, out=np.full(len(hours), np.nan), where=hours > 0.0)
    if name == "cash_collected":
        owed = table["receivables"].diff().to_numpy(float)
        return np.asarray((table["revenue"] - table["discounts"] - table["bad_debt"]).to_numpy(float) - owed)
    return table[name].to_numpy(float)


def pay_of(role: TeamRole, state: GameState, design: GameDesign, episode: str) -> dict[str, float]:
    """Pay of a department in the last round against the opening; empty where it is fixed.

    Args:
        role: Whose pay.
        state: The end of the round.
        design: The game.
        episode: Name of the episode.

    Returns:
        ``volume`` and ``value`` as ratios, ``weight`` of the value, and the pay as ``index``: the part that is fixed
        is 1, and the part that varies follows volume and value by their weights. The parts are those of
        `sim.model.firm.transformation.adoption.gain`.
    """
    numbers, table = state.market.world.market, state.table(role.seat)
    weight = weight_of(role, state.firm(role.seat), design.episodes[episode].pay)
    if weight is None:
        return {}
    volumes = volume_of(role.department, table, numbers["service.wage"])
    volume = _ratio(_mean(volumes[-design.months :]), _mean(volumes[: design.opening]))
    worth = table[_VALUE].to_numpy(float)
    value = _ratio(worth[-1], worth[design.opening - 1])
    varying = numbers["adoption.pay_share"] * ((1.0 - weight) * (volume - 1.0) + weight * (value - 1.0))
    paid = {"volume": volume, "value": value, "weight": weight, "index": 1.0 + varying}
    return {name: float(amount) for name, amount in paid.items() if np.isfinite(amount)}


def weight_of(role: TeamRole, firm: Firm, shown: Mapping[str, float]) -> float | None:
    """Part of the variable pay that hangs on customer value; None where pay is fixed. [0-1]

    Args:
        role: Whose pay.
        firm: Its firm, whose own settings come first; that of sales is a decision.
        shown: What the design shows to heads whose pay bends nothing.
    """
    return weights_of_value(firm.plan, firm.settings.settings).get(role.department, shown.get(role.department))


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _ratio(now: float, before: float) -> float:
    return now / before if before > 0.0 else float("nan")
