"""Columns that a researcher adds to customers, declared with the value of newcomers."""

from collections.abc import Mapping
from dataclasses import replace
from keyword import iskeyword
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.state import DIMENSIONS, NO_COLUMNS, POPULATION_COLUMNS, Population
from sim.parameters.errors import BadInput
from sim.simulation.agents.customer import Customer

# Names of the model's own columns, of handles, and of the table of customers.
RESERVED_COLUMN_NAMES = frozenset(
    (*POPULATION_COLUMNS, "model", "unique_id", "pos", *(f"goal_{k}" for k in range(DIMENSIONS)))
)
_EXACT = {"b": np.bool_, "i": np.int64, "u": np.int64, "f": np.float64}


def added_columns(customer_class: type[Customer], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Added columns by name, those of the class and of its parents first, with the value of newcomers.

    Raises:
        BadInput: The class is none of customers.
    """
    if not (isinstance(customer_class, type) and issubclass(customer_class, Customer)):
        raise BadInput(f"customer_class is {customer_class!r}; a subclass of sim.simulation.agents.Customer is needed")
    columns: dict[str, Any] = {}
    for customer_base in reversed(customer_class.__mro__):
        columns |= vars(customer_base).get("columns", {})
    return columns | dict(extra)


def with_columns(people: Population, columns: Mapping[str, Any]) -> Population:
    """The same people, with more columns.

    Args:
        people: Rows; they are shared, not copied.
        columns: Value that newcomers begin with by name; also that of all who are there.

    Raises:
        BadInput: A name that is taken or cannot be read as an attribute, or a value that is no number.
    """
    values = {_name(name): _value(name, value) for name, value in columns.items()}
    dtype = np.dtype([(name, value.dtype, value.shape) for name, value in values.items()]) if values else NO_COLUMNS
    newcomer: NDArray[np.void] = np.zeros(1 if values else 0, dtype)
    for name, value in values.items():
        newcomer[name] = value
    return replace(people, own=np.repeat(newcomer, len(people.person)), newcomer=newcomer)


def begun_with(people: Population) -> dict[str, Any]:
    """Added columns by name with the value of newcomers, as `with_columns` takes them."""
    return {name: people.newcomer[name][0].tolist() for name in people.newcomer.dtype.names or ()}


def _name(name: str) -> str:
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name) or name.startswith("_"):
        raise BadInput(f"column {name!r} of customers: a name of letters, digits and _ is needed, such as mood")
    if hasattr(Customer, name) or name in RESERVED_COLUMN_NAMES:
        raise BadInput(f"column {name!r} of customers: the model uses that name already; choose another, as my_{name}")
    return name


def _value(name: str, value: Any) -> NDArray[Any]:
    array = np.asarray(value)
    if array.dtype.kind not in _EXACT or array.ndim > 1:
        raise BadInput(
            f"column {name!r} of customers begins with {value!r}; a number, a truth value or a list of them is needed"
        )
    return array.astype(_EXACT[array.dtype.kind])
