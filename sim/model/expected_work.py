"""What of a service desk's open work is expected to come back or to be forgotten, whatever the number of agents."""

from typing import Any

from sim.model.counts import Counts
from sim.model.customer_parameters import CustomerParameters
from sim.model.firm.firm import Firm
from sim.model.month_end import count_losses
from sim.model.state import OTHER_DEPARTMENTS


def share_who_stay(firm: Firm, counts: Counts, weight: float) -> float:
    """Share of last month's customers who are not lost since; what was open with the others is forgotten."""
    before = firm.customers[-1]
    return max(0.0, 1.0 - count_losses(counts) * weight / before) if before > 0.0 else 0.0


def chance_of_rework(offer: Any, parameters: CustomerParameters) -> float:
    """Mean chance that a service of this month has to be done again. offer: row of dtype OFFER [share]"""
    handoffs = OTHER_DEPARTMENTS * parameters.service_handoff_need * float(offer["walls_of_service"])
    rework = float(offer["rework"]) + parameters.service_rework_handoff * handoffs
    return min(parameters.service_most_rework, rework * float(offer["repeating"]))
