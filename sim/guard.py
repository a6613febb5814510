"""The guard: a run whose numbers are no numbers, or out of range, stops with month, customer and rule named."""

import numpy as np

from sim.month import Engine, Look, run_month
from sim.organisation.deciding import UnsoundPlan
from sim.steps.checking import FINITE, IN_RANGE, first_trouble
from sim.world import World


class RunFailed(RuntimeError):
    """A run stopped: the message names month, customer and rule."""


def live_guarded(world: World, engine: Engine, look: Look) -> None:
    """Live one month, and stop when it went wrong.

    Raises:
        RunFailed: A policy failed or planned what cannot be, or a number was no number or out of its range.
    """
    month = world.month - world.warm_up + 1
    try:
        run_month(world, engine, look)
    except UnsoundPlan as trouble:
        raise RunFailed(f"month {month}: {trouble}") from trouble
    except (ValueError, ArithmeticError):  # perhaps a number that is none, met in plain Python
        check(world, month)
        raise
    if world.counts[0]["unsound"]:
        check(world, month)


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
            found = f"{name} with {world.firms[seat].name} is {value} after {rule}"
            raise RunFailed(f"{where}: {found}; it must lie between 0 and 1")
    name = next(name for name in FINITE if not np.isfinite(getattr(people, name)[slot]).all())
    raise RunFailed(f"{where}: {name} is not finite after {FINITE[name]}")
