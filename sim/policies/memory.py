"""Memory of a policy beyond its scenario: collected, stored as plain values, and restored."""

import json
import pickle
import random
from collections import deque
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import numpy as np

from sim.policies.base import Plan, Policy, View

_RECORDS = {"Plan": Plan, "View": View}
_MISSING = object()
Memory = list[dict[str, Any]]


class CannotKeep(TypeError):
    """A value that a file of plain values cannot hold."""


def memory_of(policy: Policy, fresh: Policy) -> Memory:
    """What a policy, and each that it is made of, has in its attributes that a fresh one has not, as plain values.

    Args:
        policy: As it is now.
        fresh: As its scenario makes it.

    Raises:
        CannotKeep: Names the attribute and its type.
    """
    return [
        {name: storable(value, name) for name, value in _changed_attributes(*pair)} for pair in _pairs(policy, fresh)
    ]


def remind(policy: Policy, memory: Memory) -> None:
    """Give a fresh policy, and those that it is made of, what `memory_of` noted.

    Raises:
        ValueError: The memory is that of a policy made of others.
    """
    for member, notes in zip(_within(policy), memory, strict=True):
        for name, note in notes.items():
            setattr(member, name, given_back(note, getattr(member, name, None)))


def take_over(policy: Policy, source: Policy, fresh: Policy) -> None:
    """Give a policy copies of what another of the same making remembers. fresh: as the scenario made the source."""
    remembered = [list(_changed_attributes(*pair)) for pair in _pairs(source, fresh)]
    for member, moved in zip(_within(policy), remembered, strict=True):
        for name, value in moved:
            setattr(member, name, deepcopy(value))


def storable(value: Any, name: str) -> Any:
    """A value as JSON can hold it.

    Args:
        value: Numbers, texts, truth values, None; lists, tuples, sets, deques, dictionaries and arrays of them; plans,
            views; generators of random numbers.
        name: Name of the attribute, for the message.

    Raises:
        CannotKeep: Anything else.

    >>> given_back(storable({"paid": (1.0, [2])}, "bills"), None)
    {'paid': (1.0, [2])}
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    kind = type(value).__name__
    if type(value) is list:
        return [storable(item, name) for item in value]
    if type(value) in (tuple, set, frozenset) or kind in _RECORDS and type(value) is _RECORDS[kind]:
        return {kind: [storable(item, name) for item in value]}
    if type(value) is deque:
        return {kind: [[storable(item, name) for item in value], value.maxlen]}
    if type(value) is dict:
        return {kind: [[storable(key, name), storable(inner, name)] for key, inner in value.items()]}
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufU":
        array = np.asarray(value)
        return {"array": [array.dtype.str, list(array.shape), array.ravel().tolist(), isinstance(value, np.generic)]}
    if isinstance(value, random.Random | np.random.Generator):
        return {"luck": storable(_state_of(value), name)}
    raise CannotKeep(f"attribute {name!r} of type {kind}")


def given_back(note: Any, existing: Any) -> Any:
    """The value that `storable` noted. existing: attribute of the fresh object; its generator continues from there."""
    if isinstance(note, list):
        return [given_back(item, None) for item in note]
    if not isinstance(note, dict):
        return note
    ((kind, inner),) = note.items()
    if kind == "luck":
        return _set_state(existing, given_back(inner, None))
    return _READ[kind](inner)


def _plain_list(notes: list[Any]) -> list[Any]:
    return [given_back(note, None) for note in notes]


def _array(notes: list[Any]) -> Any:
    dtype, shape, numbers, single = notes
    array = np.array(numbers, dtype).reshape(shape)
    return array[()] if single else array


_READ: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": lambda notes: tuple(_plain_list(notes)),
    "set": lambda notes: set(_plain_list(notes)),
    "frozenset": lambda notes: frozenset(_plain_list(notes)),
    "deque": lambda notes: deque(_plain_list(notes[0]), notes[1]),
    "dict": lambda notes: {given_back(key, None): given_back(inner, None) for key, inner in notes},
    "array": _array,
    "Plan": lambda notes: Plan(*_plain_list(notes)),
    "View": lambda notes: View(*_plain_list(notes)),
}


def _state_of(generator: random.Random | np.random.Generator) -> Any:
    return generator.getstate() if isinstance(generator, random.Random) else generator.bit_generator.state


def _set_state(generator: Any, state: Any) -> Any:
    if isinstance(generator, random.Random):
        generator.setstate(state)
    else:
        generator.bit_generator.state = state
    return generator


def _within(policy: Policy) -> list[Policy]:
    """The policy and all that it is made of, in the order of its attributes."""
    policies = [policy]
    for value in vars(policy).values():
        for member in value if isinstance(value, list | tuple) else [value]:
            policies += _within(member) if isinstance(member, Policy) else []
    return policies


def _pairs(policy: Policy, fresh: Policy) -> Iterator[tuple[Policy, Policy]]:
    return zip(_within(policy), _within(fresh), strict=True)


def _changed_attributes(policy: Policy, fresh: Policy) -> Iterator[tuple[str, Any]]:
    """Attributes that differ from a fresh policy; member policies are handled separately."""
    for name, value in vars(policy).items():
        parts = value if isinstance(value, list | tuple) else [value]
        if not any(isinstance(part, Policy) for part in parts) and not _alike(value, vars(fresh).get(name, _MISSING)):
            yield name, value


def _alike(value: Any, fresh: Any) -> bool:
    if fresh is _MISSING:
        return False
    try:
        return json.dumps(storable(value, "")) == json.dumps(storable(fresh, ""))
    except CannotKeep:
        pass
    try:
        return pickle.dumps(value) == pickle.dumps(fresh)
    except Exception:  # what cannot be pickled, such as a function without a name
        return getattr(value, "__code__", value) is getattr(fresh, "__code__", fresh)
