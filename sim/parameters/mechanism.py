"""What every mechanism says about itself, and the neutral numbers of the mechanisms that are off."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sim.parameters.parameter import Parameter

NO_VALUES: Mapping[str, float | str] = MappingProxyType({})


class Mechanism(NamedTuple):
    """One mechanism. Neutral values while it is off are listed in the rows of its parameters.

    Args:
        name: Its key under ``mechanisms`` in a scenario.
        label: What happens while it is on, in words.
        example: Numbers that act through it alone, by key path of a scenario, far from their defaults.
        starts_off: Whether it is off where a scenario is silent.
        idle: Whether it changes nothing until one of its own numbers is set.
        needs: Settings by key path without which it has nothing to act on.
    """

    name: str
    label: str
    example: Mapping[str, float]
    starts_off: bool = False
    idle: bool = False
    needs: Mapping[str, float | str] = NO_VALUES


def labels(rows: Sequence[Mechanism]) -> dict[str, str]:
    """What happens while a mechanism is on, by its name, in the order of the rows.

    Raises:
        TypeError: Two mechanisms share a name, or one has no example; names it.

    >>> labels([Mechanism("queue", "Work waits", {})])
    Traceback (most recent call last):
        ...
    TypeError: mechanism queue: an example is needed, numbers that act through this mechanism alone
    """
    for name, count in Counter(row.name for row in rows).items():
        if count > 1:
            raise TypeError(f"mechanism {name}: declared {count} times; one row is allowed")
    for row in rows:
        if not row.example:
            raise TypeError(
                f"mechanism {row.name}: an example is needed, numbers that act through this mechanism alone"
            )
    return {row.name: row.label for row in rows}


def off_at_the_start(rows: Iterable[Mechanism]) -> frozenset[str]:
    """Names of the mechanisms that are off where a scenario is silent.

    >>> off_at_the_start([Mechanism("queue", "Work waits", {}), Mechanism("owner", "Managed", {}, starts_off=True)])
    frozenset({'owner'})
    """
    return frozenset(row.name for row in rows if row.starts_off)


def neutral_numbers(parameters: Iterable[Parameter], mechanisms: Iterable[str]) -> dict[str, dict[str, float]]:
    """Values that make a mechanism neutral, by mechanism and key path with underscores.

    Args:
        parameters: Rows of the market.
        mechanisms: Names of the mechanisms.

    Raises:
        TypeError: A row is neutral without a mechanism that there is not, or is no number of customers; names it.

    >>> voice = Parameter("temper.voice", "share", 0.4, 0.0, 1.0, "assumed", "Propensity", {"voice": 0.0}, True)
    >>> neutral_numbers([voice], ["queue", "voice"])
    {'voice': {'temper_voice': 0.0}}
    """
    numbers: dict[str, dict[str, float]] = {name: {} for name in mechanisms}
    for row in parameters:
        if row.off and not row.customers:
            raise TypeError(f"parameter {row.name}: off= is for numbers of customers; declare it by C")
        for mechanism, value in row.off.items():
            if mechanism not in numbers:
                raise TypeError(f"parameter {row.name}: off names {mechanism!r}, which is no mechanism")
            numbers[mechanism][row.field] = value
    return {mechanism: values for mechanism, values in numbers.items() if values}
