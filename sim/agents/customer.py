"""Customers as Mesa agents: handles on the rows of the population, and the set that holds them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim.agents.handle import Handle
from sim.agents.handle_set import HandleSet
from sim.agents.numbers import number_in, numbers_of
from sim.nature import Nature
from sim.state import COLUMNS, Clock, Floats, Network, Offers, Population, Room, Whole
from sim.steps import (
    asking,
    buying,
    choosing,
    measuring,
    offer,
    owing,
    prospering,
    reacting,
    repertoire,
    selling,
    serving,
    world,
)

if TYPE_CHECKING:
    from sim.market import Market

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

    Override a step in a subclass and pass the class to `Market(customer_class=…, engine="agents")` to change behaviour.
    The row of somebody who has left can be read until another person takes the place.

    Attributes:
        columns: Attributes that a subclass adds, by name, with the value that newcomers begin with: numbers, truth
            values, or lists of them.
    """

    columns: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, model: "Market", slot: int) -> None:
        super().__init__(model, slot, number_in(model.world.people, slot))

    @property
    def person(self) -> Any:
        """The row of this customer."""
        return self.people.person.view(np.recarray)[self.slot]

    @property
    def known(self) -> Any:
        """What this customer knows of each firm."""
        return self.people.known.view(np.recarray)[self.slot]

    @property
    def people(self) -> Population:
        """The rows that this customer is one of."""
        population: Population = self.model.world.people
        return population

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "model" not in vars(self) or name not in self.people.names:
            names = self.people.names if "model" in vars(self) else COLUMNS
            raise AttributeError(f"a customer has no attribute {name!r}; declared are {', '.join(names)}")
        value = getattr(self._still_there(), name)[self.slot]
        return value.copy() if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        getattr(self._still_there(), settable(name, self.people))[self.slot] = value

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

    def live_and_die(self, nature: Nature, clock: Clock, tally: Whole) -> None:
        """Die, leave the category, or come into the world."""
        world.live_and_die(self.person, self.known, nature, clock, tally)

    def answer(self, nature: Nature, clock: Clock, room: Room) -> Floats:
        """Tell market research what one wants, shape (K,)."""
        offer.state_preference(self.person, self.known, nature, clock, room)
        said: Floats = np.array(room[0].stated)
        return said

    def meet_market(
        self, network: Network, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole
    ) -> None:
        """The first half of the month, step by step."""
        self.drift(nature, clock)
        self.hear(network, nature, offers, clock, room)
        self.be_reached(nature, offers, clock, tally)
        if nature.contract:
            self.choose(nature, offers, clock, room, tally)
        if nature.credit_terms > 0.0:
            self.keep_account(nature, offers, clock, tally)
        self.buy(nature, offers, clock, room, tally)
        if nature.sales_call_hours > 0.0:
            self.be_called_on(nature, offers, clock, tally)
        self.raise_incidents(nature, offers, clock, tally)

    def react(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """The second half of the month, step by step."""
        self.be_served(nature, offers, clock, tally)
        prospering.prosper(self.person, self.known, nature, offers, clock, tally)
        self.speak_up(nature, offers, clock, tally)
        self.talk(nature, offers, clock, tally)
        reacting.be_understood(self.person, self.known, nature, offers)
        self.be_asked(nature, offers, clock, tally)
        reacting.be_counted(self.person, self.known, tally)
        measuring.be_valued(self.person, self.known, nature, offers, clock, tally)
        if nature.credit_terms > 0.0:
            owing.count_account(self.person, self.known, nature, clock, tally)

    def drift(self, nature: Nature, clock: Clock) -> None:
        """Needs drift."""
        world.drift(self.person, self.known, nature, clock)

    def hear(self, network: Network, nature: Nature, offers: Offers, clock: Clock, room: Room) -> None:
        """Hear what neighbours said."""
        world.hear(self.person, self.known, network, nature, offers, clock, room)
        world.raise_expectations(self.person, self.known, nature, offers, clock, room)

    def be_reached(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Receive marketing."""
        world.be_reached(self.person, self.known, nature, offers, clock, tally)

    def choose(self, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole) -> None:
        """Look around, perhaps, and choose a supplier."""
        choosing.choose_supplier(self.person, self.known, nature, offers, clock, room, tally)

    def keep_account(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Pay what is due, or not, and be reminded, held or given up."""
        owing.keep_account(self.person, self.known, nature, offers, clock, tally)

    def buy(self, nature: Nature, offers: Offers, clock: Clock, room: Room, tally: Whole) -> None:
        """Buy and use."""
        step = buying.buy_under_contract if nature.contract else repertoire.buy_from_repertoire
        step(self.person, self.known, nature, offers, clock, room, tally)

    def be_called_on(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Live with what sales sold, and with its calls."""
        selling.be_called_on(self.person, self.known, nature, offers, clock, tally)

    def raise_incidents(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Run into trouble."""
        serving.raise_incidents(self.person, self.known, nature, offers, clock, tally)

    def be_asked(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Is satisfied, or says not to be, or stays silent."""
        asking.be_asked(self.person, self.known, nature, offers, clock, tally)

    def be_served(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Be served, or wait."""
        serving.be_served(self.person, self.known, nature, offers, clock, tally)

    def speak_up(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Complain, demand a discount, or stay silent."""
        reacting.speak_up(self.person, self.known, nature, offers, clock, tally)

    def talk(self, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
        """Praise, blame, or say nothing."""
        reacting.talk(self.person, self.known, nature, offers, clock, tally)


class CustomerSet(HandleSet):
    """Customers by their places; who leaves the market is no longer in any set, as in Mesa.

    Args:
        model: The market.
        slots: Places, in order, of those who are in the market now.
    """

    @property
    def slots(self) -> Whole:
        """Places of the customers of the set who are still there, in order."""
        people = self.model.world.people
        there = (people.present[self._slots] != 0) & (numbers_of(people)[self._slots] == self._numbers)
        return self._slots[there]

    @slots.setter
    def slots(self, slots: Whole) -> None:
        self._slots, self._numbers = slots, numbers_of(self.model.world.people)[slots]

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
            return numbers_of(self.model.world.people)[self.slots]
        values: np.ndarray = getattr(self.model.world.people, name)[self.slots]
        return values

    def set(self, attr_name: str, value: Any) -> "CustomerSet":
        """Set a declared attribute of all customers of the set."""
        people = self.model.world.people
        getattr(people, settable(attr_name, people))[self.slots] = value
        return self
