"""A program that any version since 0.1.0 can run: prints the CPU time of its customers' phases.

Words: world, customers, rounds. Prints nanoseconds per customer and month, the median of rounds of four months.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from sim import Market, Scenario

PHASE_METHODS = ("turn", "meet", "react", "population_phase", "market_phase", "service_phase")  # 0.1.0: the first three
BEFORE, MONTHS = 12, 4  # months before the first round, and of each round


def main(world: str, customers: int, rounds: int) -> None:
    """Print the cost of a customer's month."""
    settings = {"market.customers": customers, "market.size": max(customers, 1000), "months": 1200}
    market: Any = Market(Scenario.load(world).with_settings(settings | {"market.warm_up": 0}))
    spent: list[float] = []
    for phase in filter(lambda name: hasattr(market.engine, name), PHASE_METHODS):
        setattr(market.engine, phase, _timed(getattr(market.engine, phase), spent))
    _months(market, BEFORE)
    costs = []
    for _ in range(rounds):
        spent.clear()
        _months(market, MONTHS)
        costs.append(sum(spent) / MONTHS / customers * 1e9)
    sys.stdout.write(f"{statistics.median(costs)}\n")


def _months(market: Any, count: int) -> None:
    for _ in range(count):
        market.step()


def _timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def run(*given: Any) -> Any:
        started = time.thread_time()
        done = work(*given)
        spent.append(time.thread_time() - started)
        return done

    return run


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
