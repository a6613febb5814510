"""Customers as Mesa agents: handles on the rows of the columns, made on request, and the set that holds them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.nature import Nature
from sim.state import COLUMNS, Clock, Network, Offers, Population, Room, Whole
from sim.steps import buying, choosing, reacting, serving, world

if TYPE_CHECKING:
    from sim.market import Market


class Customer(mesa.Agent):
    """One customer: reads and writes its row of the columns. Only declared attributes can be set.

    Override a step in a subclass and pass the class to `Market(customer_class=…, engine="agents")` to change behaviour.
    """

    def __init__(self, model: "Market", slot: int) -> None:
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "slot", slot)
        object.__setattr__(self, "unique_id", slot + 1)
        object.__setattr__(self, "pos", None)

    @property
    def person(self) -> Any:
        """The row of this customer."""
        return self.model.world.people.person.view(np.recarray)[self.slot]

    @property
    def known(self) -> Any:
        """What this customer knows of each firm."""
        return self.model.world.people.known.view(np.recarray)[self.slot]

    @property
    def people(self) -> Population:
        """The columns that this customer is a row of."""
        columns: Population = self.model.world.people
        return columns

    def __getattr__(self, name: str) -> Any:
        if name not in COLUMNS:
            raise AttributeError(f"a customer has no attribute {name!r}; declared are {', '.join(COLUMNS)}")
        value = getattr(self.people, name)[self.slot]
        return value.copy() if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in COLUMNS:
            raise AttributeError(f"a customer has no attribute {name!r} that can be set")
        getattr(self.people, name)[self.slot] = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Customer) and other.model is self.model and other.slot == self.slot

    def __hash__(self) -> int:
        return hash((id(self.model), self.slot))

    def live_and_die(self, nature: Nature, clock: Clock, tally: Whole) -> None:
        """Die, leave the category, or come into the world."""
        world.live_and_die(self.person, self.known, nature, clock, tally)

    def meet_market(
        self, network: Network, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
    ) -> None:
        """The first half of the month, step by step."""
        self.drift(nature, clock)
        self.hear(network, nature, offers, clock, room)
        self.be_reached(nature, offers, clock, tally)
        if nature.contract:
            self.choose(nature, offers, clock, room, tally)
        self.buy(nature, offers, clock, room, tally)
        self.raise_incidents(nature, offers, clock, tally)

    def react(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """The second half of the month, step by step."""
        self.be_served(nature, offers, clock, tally)
        self.speak_up(nature, offers, clock, tally)
        self.talk(nature, offers, clock, tally)
        reacting.be_understood(self.person, self.known, nature, offers)
        reacting.be_counted(self.person, self.known, tally)

    def drift(self, nature: Nature, clock: Clock) -> None:
        """Needs drift."""
        world.drift(self.person, self.known, nature, clock)

    def hear(self, network: Network, nature: Nature, offers: Offers, clock: Clock, room: Room) -> None:
        """Hear what neighbours said."""
        world.hear(self.person, self.known, network, nature, offers, clock, room)
        world.raise_expectations(self.person, self.known, nature, offers)

    def be_reached(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Receive marketing."""
        world.be_reached(self.person, self.known, nature, offers, clock, tally)

    def choose(self, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole) -> None:
        """Look around, perhaps, and choose a supplier."""
        choosing.choose_supplier(self.person, self.known, nature, offers, clock, room, tally)

    def buy(self, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole) -> None:
        """Buy and use."""
        step = buying.buy_under_contract if nature.contract else buying.buy_from_repertoire
        step(self.person, self.known, nature, offers, clock, room, tally)

    def raise_incidents(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Run into trouble."""
        serving.raise_incidents(self.person, self.known, nature, offers, clock, tally)

    def be_served(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Be served, or wait."""
        serving.be_served(self.person, self.known, nature, offers, clock, tally)

    def speak_up(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Complain, demand a discount, or stay silent."""
        reacting.speak_up(self.person, self.known, nature, offers, clock, tally)

    def talk(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Praise, blame, or say nothing."""
        reacting.talk(self.person, self.known, nature, offers, clock, tally)


class CustomerSet(AgentSet):
    """Customers by their places; handles are made when asked for, columns are read whole."""

    def __init__(self, model: "Market", slots: Whole) -> None:
        self.model = model
        self.slots = slots
        self.random = model.random

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Customer]:
        made = self.model.customer_class
        return (made(self.model, int(slot)) for slot in self.slots)

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, Customer) and agent.model is self.model and agent.slot in self.slots

    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return list(CustomerSet(self.model, self.slots[item]))
        return self.model.customer_class(self.model, int(self.slots[item]))

    def to_list(self) -> list[Customer]:
        """All customers of the set as handles."""
        return list(self)

    def column(self, name: str) -> np.ndarray:
        """One attribute of all customers of the set."""
        if name == "unique_id":
            return np.asarray(self.slots + 1)
        if name not in COLUMNS:
            raise AttributeError(f"customers have no attribute {name!r}; declared are {', '.join(COLUMNS)}")
        values: np.ndarray = getattr(self.model.world.people, name)[self.slots]
        return values

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of one attribute, or of several, for each customer."""
        if isinstance(attr_names, str):
            return list(self.column(attr_names).tolist())
        return [list(row) for row in zip(*(self.column(name).tolist() for name in attr_names), strict=True)]

    def set(self, attr_name: str, value: Any) -> "CustomerSet":
        """Set a declared attribute of all customers of the set."""
        self.column(attr_name)
        getattr(self.model.world.people, attr_name)[self.slots] = value
        return self

    def agg(self, attribute: str, func: Callable[[Any], Any]) -> Any:
        """A function over one attribute; one number comes back as a plain Python number."""
        found = func(self.column(attribute))
        return found.item() if isinstance(found, np.generic) else found

    def select(
        self,
        filter_func: Callable[[Customer], bool] | np.ndarray | None = None,
        at_most: int | float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> "CustomerSet":
        """Customers for whom the function, or the boolean array, is true; at most so many."""
        slots = self.slots
        if isinstance(filter_func, np.ndarray):
            slots = slots[filter_func]
        elif filter_func is not None:
            slots = slots[[bool(filter_func(customer)) for customer in self]]
        most = int(at_most * len(self)) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        if most < len(slots):
            slots = slots[: int(most)]
        if inplace:
            self.slots = slots
            return self
        return CustomerSet(self.model, slots)

    def sort(
        self, key: str | Callable[[Customer], Any], ascending: bool = False, inplace: bool = False
    ) -> "CustomerSet":
        """Customers in order of an attribute or function."""
        values = self.column(key) if isinstance(key, str) else np.array([key(customer) for customer in self])
        order = np.argsort(values, kind="stable")
        slots = self.slots[order if ascending else order[::-1]]
        if inplace:
            self.slots = slots
            return self
        return CustomerSet(self.model, slots)

    def shuffle(self, inplace: bool = False) -> "CustomerSet":
        """Customers in random order; the order never changes what happens in the model."""
        slots = self.slots.tolist()
        self.random.shuffle(slots)
        if inplace:
            self.slots = np.array(slots, np.int64)
            return self
        return CustomerSet(self.model, np.array(slots, np.int64))

    def _call(self, customer: Customer, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return (
            getattr(customer, method)(*args, **kwargs) if isinstance(method, str) else method(customer, *args, **kwargs)
        )

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "CustomerSet":
        """Call a method of every customer."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "CustomerSet":
        """Call a method of every customer in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Results of a method of every customer."""
        return [self._call(customer, method, *args, **kwargs) for customer in self]

    def groupby(self, by: str | Callable[[Customer], Any], result_type: str = "agentset") -> "CustomerGroups":
        """Customers by the value of an attribute or function."""
        values = self.column(by) if isinstance(by, str) else np.array([by(customer) for customer in self])
        return CustomerGroups(
            {value.item(): CustomerSet(self.model, self.slots[values == value]) for value in np.unique(values)}
        )


class CustomerGroups:
    """Sets of customers by a value."""

    def __init__(self, groups: dict[Any, CustomerSet]) -> None:
        self.groups = groups

    def __iter__(self) -> Iterator[tuple[Any, CustomerSet]]:
        return iter(self.groups.items())

    def __len__(self) -> int:
        return len(self.groups)

    def count(self) -> dict[Any, int]:
        """Number of customers in each group."""
        return {name: len(group) for name, group in self}

    def agg(self, attribute: str, func: Callable[[Iterable[Any]], Any]) -> dict[Any, Any]:
        """A function over one attribute of each group."""
        return {name: func(group.column(attribute)) for name, group in self}
