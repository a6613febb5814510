"""State of a market beyond its world: classes, both generators of Mesa, and attributes of a subclass."""

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sim.parameters.errors import BadInput
from sim.policies.memory import CannotKeep, given_back, storable
from sim.simulation.agents.columns import begun_with

if TYPE_CHECKING:
    from sim.simulation.market import Market

_SCRIPT = "__main__"  # the name of any module that is run as a script


def market_record(market: "Market") -> dict[str, Any]:
    """JSON record of a market's state beyond its world, for the state file.

    Raises:
        BadInput: An attribute of a subclass holds something that no file can hold.
    """
    return {
        "seed": market.seed_used,
        "replicate": market.replicate,
        "extra_columns": begun_with(market.world.people),
        "market_class": _full_name(type(market)),
        "customer_class": _full_name(market.customer_class),
        "luck": [storable(market.random, "random"), storable(market.rng, "rng")],
        "attributes": {
            name: _stored_value(market, name) for name in market.own_attributes if name not in market.unsaved
        },
    }


def remind(market: "Market", record: Mapping[str, Any]) -> None:
    """Give a market what `market_record` noted."""
    market.random = given_back(record["luck"][0], market.random)
    market.rng = given_back(record["luck"][1], market.rng)
    for name, note in record["attributes"].items():
        setattr(market, name, given_back(note, getattr(market, name, None)))


def take_over(source: "Market", target: "Market") -> None:
    """Give a market copies of the attributes of another of its class; in them the other market is this one."""
    target.random.setstate(source.random.getstate())
    target.rng.bit_generator.state = source.rng.bit_generator.state
    copies = {id(source): target, id(source.random): target.random, id(source.rng): target.rng}
    for name in source.own_attributes:
        setattr(target, name, deepcopy(getattr(source, name), copies))


def refuse_another_class(record: Mapping[str, Any], market: type, customer: type, where: str) -> None:
    """Stop a state from going on with other classes, whose steps would differ.

    Raises:
        BadInput: Names both classes and the call that is right.
    """
    for name, class_used, call in (
        ("customer_class", customer, "Market.load(…, customer_class={})"),
        ("market_class", market, "{}.load(…)"),
    ):
        saved, current = record[name], _full_name(class_used)
        if not _same(saved, current):
            right = call.format(saved.rpartition(".")[2])
            raise BadInput(f"{where}: this state was saved with {name} {saved}, and {current} was given; use {right}")


def _full_name(class_used: type) -> str:
    return f"{class_used.__module__}.{class_used.__qualname__}"


def _same(saved: str, current: str) -> bool:
    """Whether two names are of one class; a script is known by another name when it is imported."""
    return saved == current or (
        any(name.startswith(f"{_SCRIPT}.") for name in (saved, current))
        and saved.rpartition(".")[2] == current.rpartition(".")[2]
    )


def _stored_value(market: "Market", name: str) -> Any:
    try:
        return storable(getattr(market, name), name)
    except CannotKeep as trouble:
        raise BadInput(
            f"the market remembers {trouble}, which a state file cannot hold; it holds numbers, texts, lists, tuples, "
            f"sets, dictionaries, arrays and generators of random numbers. If {type(market).__name__} makes it anew, "
            f'write unsaved = ("datacollector", "{name}") in the class; a fork copies anything'
        ) from None
