"""The parts of `sim bench`, each of which can be measured alone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.benchmarks import against, model, start_up, sweep, twin
from sim.benchmarks.result import Result
from sim.benchmarks.sizes import FULL, Sizes


class Part(NamedTuple):
    """One part.

    Args:
        name: What is typed after `sim bench`.
        text: What it measures, in one line.
        measure: Measures it at some sizes; is given the checkout of version 0.1.0 too, if there is one.
        on_request: True when it is measured only where it is named.
    """

    name: str
    text: str
    measure: Callable[[Sizes, Path | None], Iterator[Result]]
    on_request: bool = False


def _versions(sizes: Sizes, other: Path | None) -> Iterator[Result]:
    return against.measure_with_record(sizes) if other is None else against.measure_in_turns(other, sizes)


def _alone(measure: Callable[[Sizes], Iterator[Result]]) -> Callable[[Sizes, Path | None], Iterator[Result]]:
    """A measurement of this version alone."""
    return lambda sizes, other: measure(sizes)


def _sweeps(sizes: Sizes) -> Iterator[Result]:
    return sweep.measure_sweeps(sweep.FULL_SWEEP_SIZES if sizes is FULL else sweep.QUICK_SWEEP_SIZES)


VERSIONS = "versions"
PARTS = (
    Part(VERSIONS, "this version beside 0.1.0: phases, a saved run, a sweep", _versions),
    Part("cpp", "the hottest steps beside a twin in C++", _alone(twin.measure_twin)),
    Part("engines", "the compiled engine beside agents, and a plain Mesa loop", _alone(model.measure_engines)),
    Part("scaling", "a customer-month in a large and a small world", _alone(model.measure_scaling)),
    Part("threads", "two threads beside one", _alone(model.measure_threads)),
    Part("memory", "bytes of a customer, peak of a million", _alone(start_up.measure_memory)),
    Part("outside", "share of a run outside the customers' months", _alone(model.measure_outside)),
    Part("start-up", "commands before anything is simulated, and the first month", _alone(start_up.measure_starts)),
    Part("compile", "the first run after an install", _alone(start_up.measure_compiling)),
    Part("sweeps", "saved runs beside bare pools", _alone(_sweeps)),
    Part(
        "large", "ten million customers, twelve months, to the end", _alone(start_up.measure_largest), on_request=True
    ),
)


def measure(names: Sequence[str], sizes: Sizes, other: Path | None = None) -> Iterator[Result]:
    """Every measurement of the named parts in turn; quick ones carry no target.

    Args:
        names: Names of parts.
        sizes: `FULL` or `QUICK`.
        other: A checkout of version 0.1.0 to time in turns with this one; the record of it is used without.
    """
    for part in PARTS:
        if part.name in names:
            for result in part.measure(sizes, other):
                yield result if sizes is FULL else result._replace(target=None)
