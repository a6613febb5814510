"""State: rows of the population, and the values that a month passes to its customers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.numeric.columns import Layout, Table
from sim.parameters.decisions import OFFERED

Floats = NDArray[np.float64]
IntArray = NDArray[np.int64]
Int32Array = NDArray[np.int32]
Int8Array = NDArray[np.int8]

DIMENSIONS = 4
MOST_LINES = 4
OTHER_DEPARTMENTS = 4  # that an incident, a sales call or an order may need
FURTHER_CATEGORIES = 7  # that a person may hold beside the first; a bit each
ONE_TEAM, TEAM_PER_LINE, ACCOUNT_OWNERS = range(3)  # structures of sales
NEVER = -1
NEWCOMER = 2  # of a place that was taken this month, before anybody is in it
NOBODY = -1

LASTING_UNIT = 1.0 / 4096.0  # of luck drawn at birth and kept [standard deviations]
WORD_UNIT = 0.125  # of bad words heard in a month [messages]
EXPERIENCE_UNIT = 1.0 / 256.0  # of own use of a firm [months]
FIXED_POINT = 1_000_000.0  # fixed point of counted fractions: a millionth

# One person: a place (slot) is held by one person after another; ``generation`` tells which.
PERSON = np.dtype(
    [
        ("goal", np.float32, (DIMENSIONS,)),
        ("stated_error", np.int16, (DIMENSIONS,)),  # of the person's words about its goal, for life [LASTING_UNIT]
        ("rate", np.float32),  # purchase occasions [1/month]
        ("spend", np.float32),  # value of a purchase at list price 1 [EUR]
        ("price_weight", np.float32),
        ("incident_rate", np.float32),  # [1/month]
        ("dropout", np.float32),  # chance to be gone after a purchase
        ("propensity", np.float32),  # to look around, against the mean of people
        ("open_hours", np.float32),  # hours of open incidents
        ("weight", np.float32, (DIMENSIONS,)),  # importance of the dimensions, mean 1
        ("standing", np.float32),  # of what the person spends a month, among people [standard normal]
        ("loss_aversion", np.float32),
        ("voice", np.float32),
        ("talk", np.float32),
        ("susceptibility", np.float32),
        ("boldness", np.float32),
        ("shortfall", np.float32),  # worst disappointment of the month
        ("fit", np.float32),  # fit of what was delivered
        ("depth", np.float32),  # depth of customising of what was delivered
        ("fatigue", np.float32),  # sales calls of the supplier that are not forgotten [calls]
        ("owed", np.int64),  # to the supplier [cents]
        ("discipline", np.float32),  # part of the payment reliability that lax checking has left
        ("slot", np.int32),
        ("generation", np.int16),
        ("outcome", np.float32),  # of the customer's own business, 0 to 1; one half without the mechanism
        ("burden", np.float32),  # service hours a month, averaged, as its last supplier could see them [h]
        ("tenure", np.int16),  # months with the supplier
        ("served_months", np.int16),
        ("messages", np.int16),
        ("supplier", np.int8),  # seat of the firm, or NOBODY
        ("last_firm", np.int8),
        ("open_incidents", np.int16),
        ("incident_age", np.int16),
        ("incident_handoffs", np.int16),
        ("told_again", np.int16),
        ("complaint_month", np.int16),
        ("complaints", np.int16),
        ("discount_until", np.int16),
        ("purchases", np.int16),
        ("owed_since", np.int16),  # month of the oldest unpaid bill
        ("held", np.int8),  # supply of the month: 0 not held, 1 held, 2 held by mistake
        ("notice", np.int8),  # months until supply ends because the supplier does not renew; 0 without notice
        ("turned_away", np.int8),  # 1 + seat of the firm that refused to supply this month, or 0
        ("promoted", np.int8),  # 1 if the last bill was a newcomer's, with a discount that has ended since
        ("grievance", np.int8),  # 1 when the last complaint was not made good
        ("line", np.int8),  # of what was delivered
        ("won_by", np.int8),  # what brought the customer to the supplier: a source of `sim.model.customers.sources`
        ("present", np.int8),  # 1 somebody, 0 empty, 2 newcomer of this month
        ("categories", np.int8),
        ("wants", np.int8),  # further categories that serve a need, one bit each
        ("holds", np.int8),  # further categories held, one bit each
        ("told", np.int8),  # further categories of which the supplier was told whether they serve a need, one bit each
        ("offered", np.int8),  # further categories offered in sales calls this month, one bit each
        ("bad_words", np.int8),  # heard about the supplier this month, by strength of tie [WORD_UNIT]
        ("left_firm", np.int8),  # 1 + seat of the firm last left by choice, or 0
        ("said", np.int8),  # 0 nothing; of the firm in seat f 2 f + 1 praise, 2 f + 2 blame, - 1 - f a departure
    ],
    align=True,
)

# What one person knows and feels of one firm.
RELATION = np.dtype(
    [
        ("satisfaction", np.float32),
        ("expectation", np.float32),
        ("reputation", np.float32),
        ("habit", np.float32),
        ("precision", np.float32),  # of the firm's belief about the person
        ("contribution", np.int64),  # of the person to the firm since the policies began [cents]
        ("billed", np.int64),  # net revenue from the person since the policies began [cents]
        ("history", np.int32),  # months with a purchase, a bit each, see `sim.model.equations.repertoire`
        ("burned", np.int16),  # month of a bad end, or NEVER
        ("last_purchase", np.int16),  # month, or NEVER
        ("experience", np.int16),  # own use that has not faded [EXPERIENCE_UNIT]
        ("taste", np.int16),  # of the person for the firm, for life [LASTING_UNIT]
        ("belief_error", np.int16, (DIMENSIONS,)),  # of the firm about the person's goal, for life [LASTING_UNIT]
        ("bought", np.int8),  # purchases of the month
        ("aware", np.int8),
        ("contacted", np.int8),  # this month
    ],
    align=True,
)

# What one firm puts before customers this month, beside its key, lines and where they lie: what may move by itself
# every month, and what stands as long as plan, walls and form do.
MOVING = (
    "price", "reference_price", "newcomer_discount", "quality", "treatment", "unit_cost", "served_share", "wait",
    "morale_loss", "rework", "handling", "sales_structure", "rota_from", "rota_to", "trouble", "improvement", "goals",
    "hours_mean",
)  # fmt: skip
FIXED_TERMS = (
    *OFFERED, "reach_mass", "reach_targeted", "depth", "signal", "selling",
    "wage", "repeating", "hold_after", "support",
    "walls", "walls_of_service", "walls_of_sales", "walls_to_value_marketing", "walls_to_value_service",
    "unit_walls", "desk_lines", "decline_below", "value_noise", "prospect_noise", "history_seen",
    "books_of_marketing", "books_of_service",
)  # fmt: skip
OFFER_TERMS = (*FIXED_TERMS, *MOVING)
OFFER = np.dtype(
    [
        ("key", np.int64),
        ("lines", np.int64),
        ("position", np.float64, (MOST_LINES, DIMENSIONS)),
        ("service_walls", np.float64, (OTHER_DEPARTMENTS,)),  # to product, marketing, sales, finance
        ("sales_walls", np.float64, (OTHER_DEPARTMENTS,)),  # to product, marketing, service, finance
        *((name, np.float64) for name in FIXED_TERMS),
        ("line_quality", np.float64, (MOST_LINES,)),
        ("line_cost", np.float64, (MOST_LINES,)),
        *((name, np.float64) for name in MOVING),
    ],
    align=True,
)

# Place to work in, one row a firm and one set a thread; holds nothing from one customer to the next.
SCRATCH = np.dtype(
    [
        *((name, np.int64) for name in ("praise", "blame", "departures", "line")),
        ("warning", np.float64),
        ("value", np.float64),
        ("lateness", np.float64),
        ("fit", np.float64),
        ("depth", np.float64),
        ("shortfall", np.float64),
        ("stated", np.float64, (DIMENSIONS,)),
        ("believed", np.float64, (DIMENSIONS,)),
    ],
    align=True,
)

Person: TypeAlias = Any  # a row of dtype PERSON
Relations: TypeAlias = Any  # rows of dtype RELATION, by seat of the firm
Offers: TypeAlias = Any  # rows of dtype OFFER, by seat of the firm
Scratch: TypeAlias = Any  # rows of dtype SCRATCH, by seat of the firm

# Columns of mechanisms that are often off, and the value everybody has while they are: not kept where not needed.
RARE = {
    "dropout": 0.0, "propensity": 1.0, "fatigue": 0.0, "owed": 0, "discipline": 1.0, "outcome": 0.5, "burden": 0.0,
    "owed_since": 0, "held": 0, "notice": 0, "turned_away": 0, "told": 0, "offered": 0,
}  # fmt: skip
RARE_BY_FIRM = {"habit": 0.0, "billed": 0, "history": 0}  # the same of relations
PERSONS = Layout("person", PERSON, RARE, by_firm=False)
RELATIONS = Layout("relations", RELATION, RARE_BY_FIRM, by_firm=True)
_PERSON_NAMES = frozenset(PERSON.names or ())
_RELATION_NAMES = frozenset(RELATION.names or ())
START_AT_MINUS_ONE = ("supplier", "last_firm", "complaint_month", "discount_until")
POPULATION_COLUMNS = (*(PERSON.names or ()), *(RELATION.names or ()))
NO_COLUMNS = np.dtype([])  # no columns


class Network(NamedTuple):
    """Who hears whom: neighbours of i are ties[start[i]:start[i + 1]]; audible is what each said last month."""

    start: IntArray
    ties: Int32Array
    audible: Int8Array


class Clock(NamedTuple):
    """Where we are: key of the world, month counted from the start of the warm-up, weight of an agent in people."""

    key: int
    month: int
    weight: float


@dataclass(frozen=True)
class Population:
    """The people: one row each, and one row for each firm they may know, kept in columns.

    Args:
        person: Rows of `PERSON`, shape (N,).
        relations: Rows of `RELATION`, shape (N, M).
        own: Rows of the columns that a researcher has added, shape (N,); newcomer: what they say of one, shape (1,).
    """

    person: Table
    relations: Table
    own: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, NO_COLUMNS))
    newcomer: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, NO_COLUMNS))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns, those added too."""
        return POPULATION_COLUMNS + (self.own.dtype.names or ())

    def __getattr__(self, name: str) -> NDArray[Any]:
        """One attribute of everybody, as a view that can be written to."""
        if name in _PERSON_NAMES:
            return self.person[name]
        if name in _RELATION_NAMES:
            return self.relations[name]
        own = vars(self).get("own")  # not there yet while a copy is being made
        if own is not None and name in (own.dtype.names or ()):
            return own[name]
        raise AttributeError(f"customers have no attribute {name!r}; declared are {', '.join(POPULATION_COLUMNS)}")

    def keep(self, name: str) -> None:
        """Give a column memory of its own, so that its values may differ; nothing happens if it has some."""
        if name in POPULATION_COLUMNS:
            (self.person if name in _PERSON_NAMES else self.relations).keep(name)


def empty_population(places: int, firms: int, columns: Collection[str] = ()) -> Population:
    """Empty rows for a number of places and firms. columns: rare columns that get memory of their own"""
    person = Table(PERSONS, places, kept=[name for name in columns if name in RARE])
    for name in START_AT_MINUS_ONE:
        person[name] = NOBODY
    relations = Table(RELATIONS, places, firms, kept=[name for name in columns if name in RARE_BY_FIRM])
    relations["burned"] = NEVER
    relations["last_purchase"] = NEVER
    return Population(person, relations)


def scratch_for(firms: int) -> NDArray[np.void]:
    """Fresh rows to work in, one a firm."""
    return np.zeros(firms, SCRATCH)
