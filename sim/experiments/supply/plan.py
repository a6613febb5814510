"""How a world is calibrated: size, replications, rounds and seed."""

from typing import NamedTuple

from sim.parameters import BadInput
from sim.parameters.checking import count_argument


class SupplyPlan(NamedTuple):
    """How a world is calibrated.

    Args:
        customers: Customer agents of the worlds that are simulated.
        replications: Worlds for each value that is tried, the same for all values.
        rounds: Rounds of steps; 0 only measures.
        seed: Seed of all draws; another than the scenario's, so that fresh worlds can check what is calibrated.
        months: Months over which firms value what they do.
    """

    customers: int = 1000
    replications: int = 2
    rounds: int = 4
    seed: int = 101
    months: int = 120

    def checked(self) -> "SupplyPlan":
        """The plan, if it is allowed.

        Raises:
            BadInput: A number that is not allowed.
        """
        lows = {"customers": 50, "replications": 1, "rounds": 0, "seed": 0, "months": 120}
        numbers = [count_argument(value, name, lows[name]) for name, value in self._asdict().items()]
        if numbers[-1] % 12:
            raise BadInput(f"months is {numbers[-1]}; whole years are needed, such as 120")
        return SupplyPlan(*numbers)
