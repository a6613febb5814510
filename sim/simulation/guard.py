"""The guard: a run whose numbers are no numbers, or out of range, stops with month, customer and rule named."""

import numpy as np

from sim.model.customers.range_check import FINITE, IN_RANGE, first_trouble
from sim.model.world import World
from sim.parameters.errors import RunFailed as RunFailed


def check(world: World, month: int) -> None:
    """Stop the run when a number is no number or out of its range.

    Args:
        world: The world after, or in, a month.
        month: Number of that recorded month. [months]

    Raises:
        RunFailed: Names month, customer, column and the rule that writes it.
    """
    people = world.people
    slot, seat = (int(place) for place in first_trouble(people))
    if slot < 0:
        return
    where = f"month {month}, customer {slot}"
    for name, rule in IN_RANGE.items() if seat >= 0 else ():
        value = float(getattr(people, name)[slot, seat])
        if not 0.0 <= value <= 1.0:
            finding = f"{name} with {world.firms[seat].name} is {value} after {rule}"
            raise RunFailed(f"{where}: {finding}; it must lie between 0 and 1")
    name = next(name for name in FINITE if not np.isfinite(getattr(people, name)[slot]).all())
    raise RunFailed(f"{where}: {name} is not finite after {FINITE[name]}")
