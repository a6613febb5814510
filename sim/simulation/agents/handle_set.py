"""Sets of handles that behave as Mesa's sets: columns are read whole, handles are made only when asked for."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn, Self

import numpy as np
from mesa.agent import AgentSet

from sim.model.state import IntArray
from sim.simulation.agents.handle import Handle

if TYPE_CHECKING:
    from sim.simulation.market import Market

Method = str | Callable[..., Any]


def plain(value: Any) -> Any:
    """A NumPy scalar as a Python number; any other value unchanged."""
    return value.item() if isinstance(value, np.generic) else value


class HandleSet(AgentSet):
    """Agents by their places.

    Args:
        model: The market.
        slots: Places, in order.
    """

    def __init__(self, model: "Market", slots: IntArray) -> None:
        self.model = model
        self.slots = slots
        self.random = model.random

    @property
    def slots(self) -> IntArray:
        """Places of the agents that are still there, in order."""
        return self._slots

    @slots.setter
    def slots(self, slots: IntArray) -> None:
        self._slots = slots

    @property
    @abstractmethod
    def agent_class(self) -> type[Any]:
        """Class of the agents."""

    @abstractmethod
    def column(self, name: str) -> np.ndarray:
        """One attribute of all agents of the set.

        Raises:
            AttributeError: No such attribute.
        """

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Any]:
        return (self.agent_class(self.model, slot) for slot in self.slots.tolist())

    def __contains__(self, agent: object) -> bool:
        return (
            isinstance(agent, Handle) and agent.model is self.model and any(agent == slot for slot in self._at(agent))
        )

    def _at(self, agent: Handle) -> "HandleSet":
        return self._of(self.slots[self.slots == agent.slot])

    def __getitem__(self, item: int | slice) -> Any:
        chosen = self.slots[item]
        return list(self._of(chosen)) if isinstance(item, slice) else self.agent_class(self.model, int(chosen))

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _of(self, slots: IntArray) -> Self:
        return type(self)(self.model, slots)

    def _now(self, slots: IntArray, inplace: bool) -> Self:
        if not inplace:
            return self._of(slots)
        self.slots = slots
        return self

    def copy(self) -> Self:
        """Another set of the same agents."""
        return self._of(self.slots)

    def to_list(self) -> list[Any]:
        """All agents of the set as handles."""
        return list(self)

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of one attribute, or of several, for each agent; a missing one is an error, or the default."""
        if not isinstance(attr_names, str):
            columns = (self.get(name, handle_missing, default_value) for name in attr_names)
            return [list(row) for row in zip(*columns, strict=True)]
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is {handle_missing!r}; allowed are 'error' and 'default'")
        try:
            return list(self.column(attr_names).tolist())
        except AttributeError:
            if handle_missing == "error":
                raise
            return [default_value] * len(self)

    def agg(self, attribute: str, func: Callable[[Any], Any] | Iterable[Callable[[Any], Any]]) -> Any:
        """A function, or each of several, over one attribute."""
        column = self.column(attribute)
        return plain(func(column)) if callable(func) else [plain(function(column)) for function in func]

    def select(
        self,
        filter_func: Callable[[Any], bool] | Iterable[bool] | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Self:
        """Agents for whom the function or the boolean array is true; at most a given number or share."""
        slots = self.slots
        if agent_type is not None and not issubclass(self.agent_class, agent_type):
            slots = slots[:0]
        elif callable(filter_func):
            slots = slots[np.array([bool(filter_func(agent)) for agent in self], bool)]
        elif filter_func is not None:
            slots = slots[np.asarray(filter_func, bool)]
        most = at_most * len(self) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        return self._now(slots[: int(most)] if most < len(slots) else slots, inplace)

    def _keys(self, by: str | Callable[[Any], Any]) -> list[Any]:
        """What to sort or group by."""
        if not isinstance(by, str):
            return [by(agent) for agent in self]
        column = self.column(by)
        if column.ndim > 1:
            raise ValueError(f"{by} has several values for each agent; give a function that picks one")
        return list(column.tolist())

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> Self:
        """Agents in order of an attribute or function."""
        keys = self._keys(key)
        order = sorted(range(len(keys)), key=keys.__getitem__, reverse=not ascending)
        return self._now(self.slots[np.array(order, np.int64)], inplace)

    def shuffle(self, inplace: bool = False) -> Self:
        """Agents in random order; the order never changes what happens in the model."""
        slots = self.slots.tolist()
        self.random.shuffle(slots)
        return self._now(np.array(slots, np.int64), inplace)

    def do(self, method: Method, *args: Any, **kwargs: Any) -> Self:
        """Call a method of every agent."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: Method, *args: Any, **kwargs: Any) -> Self:
        """Call a method of every agent in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: Method, *args: Any, **kwargs: Any) -> list[Any]:
        """Results of a method of every agent."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> "Groups":
        """Agents by the value of an attribute or function."""
        places: dict[Any, list[int]] = {}
        for slot, key in zip(self.slots.tolist(), self._keys(by), strict=True):
            places.setdefault(key, []).append(slot)
        sets = {key: self._of(np.array(slots, np.int64)) for key, slots in places.items()}
        return Groups(sets if result_type == "agentset" else {key: list(group) for key, group in sets.items()})

    def _refuse(self, agent: object) -> NoReturn:
        """Refused: the sets of a market follow from the world."""
        raise TypeError("agents cannot be added to or taken from a set of a market; use select")

    add = discard = remove = _refuse


class Groups:
    """Sets of agents by a value.

    Args:
        groups: Set, or list, of each value.
    """

    def __init__(self, groups: dict[Any, Any]) -> None:
        self.groups = groups

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.groups.items())

    def __len__(self) -> int:
        return len(self.groups)

    def count(self) -> dict[Any, int]:
        """Number of agents in each group."""
        return {name: len(group) for name, group in self}

    def agg(self, attr_name: str, func: Callable[[Any], Any]) -> dict[Any, Any]:
        """A function over one attribute of each group."""
        if any(isinstance(group, list) for _, group in self):
            return {name: plain(func([getattr(agent, attr_name) for agent in group])) for name, group in self}
        return {name: group.agg(attr_name, func) for name, group in self}

    def map(self, method: Method, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        """Results of a method of each group, or of a function of it."""
        if isinstance(method, str):
            return {name: getattr(group, method)(*args, **kwargs) for name, group in self}
        return {name: method(group, *args, **kwargs) for name, group in self}

    def do(self, method: Method, *args: Any, **kwargs: Any) -> "Groups":
        """As `map`, for what it does."""
        self.map(method, *args, **kwargs)
        return self
