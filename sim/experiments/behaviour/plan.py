"""Size of a behavioural calibration: runs, people, months and seed."""

from typing import NamedTuple

from sim.model.calendar import MONTHS_PER_YEAR
from sim.parameters.checking import count_argument

FEWEST_MONTHS = 2 * MONTHS_PER_YEAR  # which patterns look at
FEWEST_BANK_RUNS, MOST_BANK_RUNS = 256, 1_000_000
FEWEST_CUSTOMERS, MOST_CUSTOMERS, MOST_MONTHS = 50, 100_000_000, 1200


class BehaviourPlan(NamedTuple):
    """How a calibration is made.

    Args:
        runs: Runs of the bank; a power of two makes a Sobol sequence, another number a Latin hypercube.
        customers: People who are customers at the start of each run.
        months: Months of a run, of which the last 24 are compared.
        seed: Seed of the design and of all draws.
    """

    runs: int = 2048
    customers: int = 1000
    months: int = 36
    seed: int = 101

    def checked(self) -> "BehaviourPlan":
        """The plan itself.

        Raises:
            BadInput: A number is out of its range.
        """
        count_argument(self.runs, "runs", FEWEST_BANK_RUNS, MOST_BANK_RUNS)
        count_argument(self.customers, "customers", FEWEST_CUSTOMERS, MOST_CUSTOMERS)
        count_argument(self.months, "months", FEWEST_MONTHS, MOST_MONTHS)
        return self

    @property
    def design(self) -> dict[str, object]:
        """The design of the sweep."""
        kind = "latin_hypercube" if self.runs & (self.runs - 1) else "sobol"
        return {"kind": kind, "points": self.runs, "seed": self.seed}
