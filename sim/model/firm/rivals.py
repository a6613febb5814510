"""What the departments of a firm know of rivals' prices and discounts: sales meets them and tells the others."""

from collections.abc import Mapping, Sequence

from sim.model.firm.conduct import MATCHED, Posted
from sim.model.firm.organisation.figures import Channel, Figure, FigureMemory, figure_as_known

READERS: Mapping[str, str] = {  # who reckons the answer to a rival's decision
    "price": "finance",
    "newcomer_discount": "marketing",
    "retention_discount": "sales",
}


def rivals_as_known(memory: FigureMemory, rivals: Sequence[Posted], channel: Channel) -> list[Posted]:
    """The rivals with their prices and discounts as the firm knows them; to be asked for every month.

    Args:
        memory: Changed in place.
        rivals: The other firms as they are.
        channel: What lies between the departments.
    """
    return [_as_known(memory, rival, channel) for rival in rivals]


def _as_known(memory: FigureMemory, rival: Posted, channel: Channel) -> Posted:
    known = {
        name: figure_as_known(
            memory,
            Figure(f"{rival.key}.{name}", "sales", READERS[name], "rivals", number, rival.key),
            getattr(rival.plan, name),
            channel,
        )
        for number, name in enumerate(MATCHED)
    }
    return rival._replace(plan=rival.plan._replace(**known))
