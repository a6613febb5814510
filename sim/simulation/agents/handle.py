"""A handle: a Mesa agent without own state that reads and writes the world's row at its place."""

from typing import TYPE_CHECKING, Any, NoReturn

import mesa

if TYPE_CHECKING:
    from sim.simulation.market import Market


class Handle(mesa.Agent):
    """One agent by its place; two handles on one agent are equal. Nothing can be hung on it: it is gone when let go.

    Args:
        model: The market.
        slot: Place of the agent.
        unique_id: Number of the agent in the market.
    """

    def __init__(self, model: "Market", slot: int, unique_id: int) -> None:
        own = {"model": model, "slot": slot, "unique_id": unique_id, "pos": None}
        for name, value in own.items():
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.model is self.model and other.unique_id == self.unique_id

    def __hash__(self) -> int:
        return hash((id(self.model), self.unique_id))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.model, self.slot, self.unique_id)

    def remove(self) -> NoReturn:
        """Refused: people come and go by the world's own rules.

        Raises:
            TypeError: Always; says what to do instead.
        """
        raise TypeError(
            "agents of a market cannot be removed by hand, since every loss is counted; "
            "set market.death, market.category_exit or market.refill in the scenario"
        )


def _again(handle_class: type[Handle], model: "Market", slot: int, unique_id: int) -> Handle:
    """A handle as it was; the market may not be whole yet."""
    handle = object.__new__(handle_class)
    Handle.__init__(handle, model, slot, unique_id)
    return handle
