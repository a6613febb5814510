"""Customers as Mesa agents: handles on the rows of the population, and the set that holds them."""

from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim.model import month
from sim.model.month_context import MonthContext
from sim.model.person_numbers import number_in, numbers_of
from sim.model.state import POPULATION_COLUMNS, IntArray, Population
from sim.parameters.errors import BadInput
from sim.simulation.agents.handle import Handle
from sim.simulation.agents.handle_set import HandleSet

if TYPE_CHECKING:
    from sim.simulation.market import Market

IDENTITY = ("slot", "generation")  # who somebody is cannot be set


def settable(name: str, people: Population) -> str:
    """The name of an attribute that may be set.

    Raises:
        AttributeError: It is not declared, or says who the customer is.
    """
    if name not in people.names or name in IDENTITY:
        raise AttributeError(
            f"a customer has no attribute {name!r} that can be set; declared are {', '.join(people.names)}. Declare "
            f"your own in a subclass, columns = {{{name!r}: 0.0}}, or by Market(…, extra_columns={{{name!r}: 0.0}})"
        )
    return name


class Customer(Handle):
    """One customer: reads and writes its row. Only declared attributes can be set.

    Override a step (`def talk(self, me)`) or a whole phase (`def service_phase(self, me)`) in a subclass and pass the
    class to `Market(customer_class=…)` to change behaviour; `super().talk(me)` does what customers usually do.
    The row of somebody who has left can be read until another person takes the place.

    Attributes:
        columns: Attributes that a subclass adds, by name, with the value that newcomers begin with: numbers, truth
            values, or lists of them.
    """

    columns: ClassVar[Mapping[str, Any]] = {}
    overrides: ClassVar[tuple[str, ...]] = ()  # steps and phases that a subclass has of its own

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.overrides = tuple(
            name for name in (*CUSTOMER_PHASES, *CUSTOMER_STEPS) if getattr(cls, name) is not getattr(Customer, name)
        )

    def __init__(self, model: "Market", slot: int) -> None:
        super().__init__(model, slot, number_in(model.world.people, slot))

    @property
    def person(self) -> Any:
        """The row of this customer."""
        return self.people.person[self.slot]

    @property
    def relations(self) -> Any:
        """What this customer knows and feels of each firm."""
        return self.people.relations[self.slot]

    @property
    def people(self) -> Population:
        """The rows that this customer is one of."""
        population: Population = self.model.world.people
        return population

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "model" not in vars(self) or name not in self.people.names:
            names = self.people.names if "model" in vars(self) else POPULATION_COLUMNS
            raise AttributeError(f"a customer has no attribute {name!r}; declared are {', '.join(names)}")
        value = getattr(self._still_there(), name)[self.slot]
        return value.copy() if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        people = self._still_there()
        people.keep(settable(name, people))
        getattr(people, name)[self.slot] = value

    def _still_there(self) -> Population:
        """The rows, if this customer's is still its own.

        Raises:
            AttributeError: Another person has taken the place.
        """
        people = self.people
        if number_in(people, self.slot) != self.unique_id:
            raise AttributeError(
                f"customer {self.unique_id} has left, and customer {number_in(people, self.slot)} has taken the place; "
                "take agents from market.agents each month, and keep unique_id to know them again"
            )
        return people

    def population_phase(self, me: MonthContext) -> None:
        """Die, leave the category, or come into the world."""
        self._with_own_steps(month.population_phase)(me)

    def survey(self, me: MonthContext) -> None:
        """Tell market research what one wants: `me.scratch[0].stated`."""
        self._with_own_steps(month.survey)(me)

    def market_phase(self, me: MonthContext) -> None:
        """The first half of the month, step by step."""
        self._with_own_steps(month.market_phase)(me)

    def service_phase(self, me: MonthContext) -> None:
        """The second half of the month, step by step."""
        self._with_own_steps(month.service_phase)(me)

    def _with_own_steps(self, phase: Callable[[MonthContext], None]) -> Callable[[MonthContext], None]:
        """The phase itself, with the steps that the class overrides in place of the usual ones."""
        own = {name: getattr(self, name) for name in self.overrides if name in CUSTOMER_STEPS}
        if not own:
            return phase
        return FunctionType(phase.__code__, phase.__globals__ | own, phase.__name__)


CUSTOMER_PHASES = tuple(phase.__name__ for phase in month.PHASES)
CUSTOMER_STEPS = tuple(name for phase in month.PHASES for name in month.steps_of(phase))


def _as_method(step: Callable[[MonthContext], None]) -> Callable[[Customer, MonthContext], None]:
    def method(self: Customer, me: MonthContext) -> None:
        step(me)

    method.__name__, method.__doc__ = step.__name__, step.__doc__
    return method


for _name in CUSTOMER_STEPS:  # the steps of the month are the methods of a customer, listed once
    setattr(Customer, _name, _as_method(getattr(month, _name)))


def default_engine(customer_class: type[Customer]) -> str:
    """The fast engine, or the one that can run steps of a class's own."""
    return "agents" if customer_class.overrides else "compiled"


def refuse_own_steps(customer_class: type[Customer]) -> None:
    """Stop a market whose compiled steps would pass over those of its class of customers.

    Raises:
        BadInput: The class overrides steps or phases.
    """
    if customer_class.overrides:
        own = ", ".join(customer_class.overrides)
        raise BadInput(
            f"engine is 'compiled', but {customer_class.__name__} overrides {own}, which compiled code cannot call; "
            "leave engine out, or give engine='agents'"
        )


class CustomerSet(HandleSet):
    """Customers by their places; who leaves the market is no longer in any set, as in Mesa.

    Args:
        model: The market.
        slots: Places, in order, of those who are in the market now.
    """

    @property
    def slots(self) -> IntArray:
        """Places of the customers of the set who are still there, in order."""
        people = self.model.world.people
        there = (people.present[self._slots] != 0) & (numbers_of(people)[self._slots] == self._numbers)
        return self._slots[there]

    @slots.setter
    def slots(self, slots: IntArray) -> None:
        self._slots, self._numbers = slots, numbers_of(self.model.world.people)[slots]

    @property
    def agent_class(self) -> type[Customer]:
        """Class of the customers."""
        customer_class: type[Customer] = self.model.customer_class
        return customer_class

    def column(self, name: str) -> np.ndarray:
        """One attribute of all customers of the set, shape (customers,) or (customers, values).

        Raises:
            AttributeError: Customers have no such attribute.
        """
        if name == "unique_id":
            return numbers_of(self.model.world.people)[self.slots]
        values: np.ndarray = getattr(self.model.world.people, name)[self.slots]
        return values

    def set(self, attr_name: str, value: Any) -> "CustomerSet":
        """Set a declared attribute of all customers of the set."""
        people = self.model.world.people
        people.keep(settable(attr_name, people))
        getattr(people, attr_name)[self.slots] = value
        return self
