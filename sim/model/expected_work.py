"""What of a service desk's open work is expected to come back or to be forgotten, whatever the number of agents."""

from sim.model.counts import Counts
from sim.model.customer_parameters import CustomerParameters
from sim.model.firm.firm import Firm
from sim.model.month_end import count_losses
from sim.model.state import OTHER_DEPARTMENTS, Offers


def share_who_stay(firm: Firm, counts: Counts, weight: float) -> float:
    """Share of last month's customers who are not lost since; what was open with the others is forgotten."""
    before = firm.customers[-1]
    return max(0.0, 1.0 - count_losses(counts) * weight / before) if before > 0.0 else 0.0


def chances_of_rework(offers: Offers, parameters: CustomerParameters) -> list[float]:
    """Mean chance, by firm, that a service of this month has to be done again. offers: rows of dtype OFFER [share]"""
    needed, further = OTHER_DEPARTMENTS * parameters.service_handoff_need, parameters.service_rework_handoff
    columns = (offers[name].tolist() for name in ("walls_of_service", "rework", "repeating"))
    return [
        min(parameters.service_most_rework, (rework + further * (needed * walls)) * repeating)
        for walls, rework, repeating in zip(*columns, strict=True)
    ]
