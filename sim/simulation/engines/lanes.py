"""What loops over a block of customers work in: one lane for each of them, and the block as its loops take it."""

from typing import NamedTuple

import numpy as np

from sim.model.month_context import PopulationMonth
from sim.model.state import DIMENSIONS, Person, Relations
from sim.numeric.columns import BLOCK, Layout, Table
from sim.numeric.compiling import inlined

VECTOR = 16  # lanes that one turn of a compiled loop may take
_NUMBERS = (
    "number", "second", "satisfaction", "expectation", "trigger", "rate", "spend", "categories", "loss_aversion",
    "incident_rate", "precision", "mean", "luck", "bought", "nearest", "length", "variance", "best", "depth", "gain",
    "fit", "moved", "shortfall", "amount", "standing", "price_weight", "price", "experience", "uses", "in_use", "first",
    "chosen", "line", "quality", "unit_cost",
)  # fmt: skip
_BY_DIMENSION = ("goal", "weight", "stated", "error", "position", "believed", "shock")
_WHOLE = (
    "place", "flag", "new", "discounted", "contribution", "billed", "rivals", "buys", "stepped", "order", "many",
    "next", "goods",
)  # fmt: skip
LANE = np.dtype(
    [
        *((name, np.float64) for name in _NUMBERS),
        *((name, np.float64, (DIMENSIONS,)) for name in _BY_DIMENSION),
        *((name, np.int64) for name in _WHOLE),
        ("who", np.uint64),  # word of the person at this place of the block, and the month
        ("customer", np.uint64),  # the same of the customer in this lane
    ]
)
_LANES = Layout("lanes", LANE, {}, by_firm=False, fixed=BLOCK)
BY_FIRM = np.dtype(
    [(name, np.float64) for name in ("lateness", "ordered", "habit", "times", "fit", "depth", "line", "shortfall")]
)
_BY_FIRM = Layout("lanes_by_firm", BY_FIRM, {}, by_firm=True, fixed=BLOCK)
_SPOKEN_TO = Layout("spoken_to", np.dtype([("heard", np.int8)]), {}, by_firm=False)  # 1 for who heard something


class Block(NamedTuple):
    """A block of customers: the places from start to stop, their rows, lanes to work in, and the rest of the month.

    Args:
        start: First place.
        stop: Place after the last.
        person: Rows of the people.
        relations: Their rows by firm.
        lanes: One row for each place of a block.
        month: The month without the rows of customers.
    """

    start: int
    stop: int
    person: Person
    relations: Relations
    lanes: Table
    month: PopulationMonth


@inlined
def whole(customers: int) -> int:
    """Lanes of whole vectors for so many customers, so that loops over them have no remainder, which is slow.

    >>> whole(0), whole(1), whole(16), whole(17)
    (0, 16, 16, 32)
    """
    return (customers + VECTOR - 1) & -VECTOR


@inlined
def find_customers(block: Block, firm: int) -> int:
    """Give each customer of a firm a lane that knows its place; how many there are."""
    count = 0
    for i in range(block.start, block.stop):
        person = block.person[i]
        block.lanes[count].place = i
        count += 1 if (person.supplier == firm) & (person.present != 0) else 0
    return count


def lanes_for_a_block() -> Table:
    """Fresh lanes, one set a thread; they hold nothing from one block to the next."""
    return Table(_LANES, BLOCK)


def lanes_by_firm(firms: int) -> Table:
    """Fresh lanes with a row for each firm, for choices among firms; one set a thread. firms: in the market"""
    return Table(_BY_FIRM, BLOCK, firms)


def nobody_spoken_to(places: int) -> Table:
    """One row a place for who heard something last month."""
    return Table(_SPOKEN_TO, places)
