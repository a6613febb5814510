"""How much `sim bench` measures: in full, or so little that it shows only that everything runs."""

from typing import NamedTuple


class Sizes(NamedTuple):
    """Customers, months and rounds of the measurements.

    Args:
        small: Customers of the smaller world in which engines are compared.
        middle: Customers of the larger one.
        base: Customers of the world against which a large one is held.
        large: Customers of the large world.
        largest: Customers of the world that is run to its end on request.
        threaded: Customers that threads share.
        run_customers: Customers of a usual run.
        run_months: Months of a usual run.
        rounds: Rounds in which works take turns.
    """

    small: int
    middle: int
    base: int
    large: int
    largest: int
    threaded: int
    run_customers: int
    run_months: int
    rounds: int


FULL = Sizes(2_000, 20_000, 10_000, 1_000_000, 10_000_000, 100_000, 1_000, 120, 5)
QUICK = Sizes(50, 100, 200, 1_000, 1_000, 1_000, 50, 2, 1)
