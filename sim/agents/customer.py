"""Customers as Mesa agents: handles on the rows of the population, and the set that holds them."""

from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim import month
from sim.agents.handle import Handle
from sim.agents.handle_set import HandleSet
from sim.month_context import MonthContext
from sim.parameters.errors import BadInput
from sim.state import COLUMNS, Population

if TYPE_CHECKING:
    from sim.market import Market

IDENTITY = ("slot", "generation")  # who somebody is cannot be set


def settable(name: str) -> str:
    """The name of an attribute that may be set.

    Raises:
        AttributeError: It is not declared, or says who the customer is.
    """
    if name not in COLUMNS or name in IDENTITY:
        raise AttributeError(f"a customer has no attribute {name!r} that can be set; declared are {', '.join(COLUMNS)}")
    return name


class Customer(Handle):
    """One customer: reads and writes its row. Only declared attributes can be set.

    Override a step (`def talk(self, me)`) or a whole phase (`def service_phase(self, me)`) in a subclass and pass the
    class to `Market(customer_class=…)` to change behaviour; `super().talk(me)` does what customers usually do.
    """

    overrides: ClassVar[tuple[str, ...]] = ()  # steps and phases that a subclass has of its own

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.overrides = tuple(name for name in (*PHASES, *STEPS) if getattr(cls, name) is not getattr(Customer, name))

    def __init__(self, model: "Market", slot: int) -> None:
        super().__init__(model, slot, slot + 1)

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
        if name not in COLUMNS:
            raise AttributeError(f"a customer has no attribute {name!r}; declared are {', '.join(COLUMNS)}")
        value = getattr(self.people, name)[self.slot]
        return value.copy() if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        self.people.keep(settable(name))
        getattr(self.people, name)[self.slot] = value

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
        own = {name: getattr(self, name) for name in self.overrides if name in STEPS}
        if not own:
            return phase
        return FunctionType(phase.__code__, phase.__globals__ | own, phase.__name__)


PHASES = tuple(phase.__name__ for phase in month.PHASES)
STEPS = tuple(name for phase in month.PHASES for name in month.steps_of(phase))


def _as_method(step: Callable[[MonthContext], None]) -> Callable[[Customer, MonthContext], None]:
    def method(self: Customer, me: MonthContext) -> None:
        step(me)

    method.__name__, method.__doc__ = step.__name__, step.__doc__
    return method


for _name in STEPS:  # the steps of the month are the methods of a customer, listed once
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
    """Customers by their places."""

    @property
    def made(self) -> type[Customer]:
        """Class of the customers."""
        made: type[Customer] = self.model.customer_class
        return made

    def column(self, name: str) -> np.ndarray:
        """One attribute of all customers of the set, shape (customers,) or (customers, values).

        Raises:
            AttributeError: Customers have no such attribute.
        """
        if name == "unique_id":
            return np.asarray(self.slots + 1)
        values: np.ndarray = getattr(self.model.world.people, name)[self.slots]
        return values

    def set(self, attr_name: str, value: Any) -> "CustomerSet":
        """Set a declared attribute of all customers of the set."""
        people = self.model.world.people
        people.keep(settable(attr_name))
        getattr(people, attr_name)[self.slots] = value
        return self
