"""What the departments of a firm know of rivals' prices and discounts: sales meets them and tells the others."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sim.model.firm.conduct import MATCHED, Posted
from sim.model.firm.organisation.figures import Channel, Figure, FigureMemory, figure_as_known, follow_figure

READERS: Mapping[str, str] = {  # who reckons the answer to a rival's decision
    "price": "finance",
    "newcomer_discount": "marketing",
    "retention_discount": "sales",
}


def rivals_as_known(memory: FigureMemory, rivals: Sequence[Posted], channel: Channel) -> list[Posted]:
    """The rivals with their prices and discounts as the firm knows them; to be asked for, or followed, every month.

    Args:
        memory: Changed in place.
        rivals: The other firms as they are.
        channel: What lies between the departments.
    """
    return [_as_known(memory, rival, channel) for rival in rivals]


def follow_rivals(memory: FigureMemory, rivals: Sequence[Posted], channel: Channel) -> None:
    """Remember what comes through of rivals in a month in which nobody asks.

    Args:
        memory: Changed in place.
        rivals: The other firms as they are.
        channel: What lies between the departments.
    """
    for rival in rivals:
        for name, figure in _figures_of(rival.key):
            follow_figure(memory, figure, getattr(rival.plan, name), channel)


def _as_known(memory: FigureMemory, rival: Posted, channel: Channel) -> Posted:
    known = {
        name: figure_as_known(memory, figure, getattr(rival.plan, name), channel)
        for name, figure in _figures_of(rival.key)
    }
    return rival._replace(plan=rival.plan._replace(**known))


@lru_cache(maxsize=256)
def _figures_of(rival: int) -> list[tuple[str, Figure]]:
    """The figures of a rival, with the decisions that they are of. rival: address of the firm"""
    return [
        (name, Figure(f"{rival}.{name}", "sales", READERS[name], "rivals", number, rival))
        for number, name in enumerate(MATCHED)
    ]
