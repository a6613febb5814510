"""What the C++ twin is told of the model: a header with its columns, structures and constants."""

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model import randomness
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.counts import COUNTS
from sim.model.customer_parameters import PARAMETER_DTYPE
from sim.model.customers import environment, incidents, offer, purchase, reaction, survey
from sim.model.month_context import PopulationMonth
from sim.model.state import DIMENSIONS, FIXED_POINT, LASTING_UNIT, NEVER, OFFER, OTHER_DEPARTMENTS, PERSONS, RELATIONS
from sim.numeric.columns import ALWAYS, BLOCK, Field, Layout

TYPES = {
    "<f4": "float", "<f8": "double", "|i1": "int8_t", "<i2": "int16_t", "<i4": "int32_t", "<i8": "int64_t",
}  # fmt: skip
PURPOSES = ("DRIFT", "REACH", "VALUE", "CONSIDER", "USE", "INCIDENTS", "HOPS", "HEARD")
CONSTANTS = {
    "BLOCK": BLOCK, "DIMENSIONS": DIMENSIONS, "FIXED_POINT": FIXED_POINT, "LASTING_UNIT": LASTING_UNIT, "NEVER": NEVER,
    "OTHER_DEPARTMENTS": OTHER_DEPARTMENTS, "STEPS_OF_DEPTH": offer.STEPS_OF_DEPTH, "BEST_RANK": environment.BEST_RANK,
    "MOST_PURCHASES": purchase.MOST_PURCHASES, "MOST_INCIDENTS": incidents.MOST_INCIDENTS, "EVEN": incidents.EVEN,
    "MOST_HANDOFFS": incidents.MOST_HANDOFFS, "CONTENT": survey.CONTENT, "NEED_MET": reaction.NEED_MET,
    "MONTHS_PER_YEAR": MONTHS_PER_YEAR,
    **{name: getattr(randomness, name) for name in PURPOSES},
}  # fmt: skip


class Month(ctypes.Structure):
    """The month as the twin takes it: addresses of columns and rows, sizes, and the clock."""

    _fields_ = (
        ("person", ctypes.c_void_p), ("relations", ctypes.c_void_p), ("person_padded", ctypes.c_int64),
        ("relation_padded", ctypes.c_int64), ("parameters", ctypes.c_void_p), ("offers", ctypes.c_void_p),
        ("counts", ctypes.c_void_p), ("billed", ctypes.c_void_p), ("places", ctypes.c_int64),
        ("firms", ctypes.c_int64), ("key", ctypes.c_uint64), ("now", ctypes.c_int64), ("weight", ctypes.c_double),
    )  # fmt: skip


MONTH = """
struct Month {
    char *person, *relations;
    int64_t person_padded, relation_padded;
    const Parameters* parameters;
    const Offer* offers;
    Counts* counts;
    int64_t* billed;
    int64_t places, firms;
    uint64_t key;
    int64_t now;
    double weight;
};
"""


def address(numbers: NDArray[Any]) -> int:
    """Address of the first byte of an array."""
    return int(numbers.ctypes.data)


def month_for(month: PopulationMonth) -> Month:
    """The same month for the twin; what it points to must outlive it. month: with parameters as one row"""
    places, firms = month.relations.shape
    return Month(
        month.person.base, month.relations.base, month.person.padded, month.relations.padded,
        address(month.parameters), address(month.offers), address(month.counts),
        address(month.relations.kept["billed"]), places, firms, month.clock.key, month.clock.month, month.clock.weight,
    )  # fmt: skip


def header() -> str:
    """Text of `layout.h`."""
    parts = (
        "#pragma once\n#include <cstdint>\n",
        *(f"constexpr {'double' if isinstance(value, float) else 'int64_t'} {name} = {value!r};"
          for name, value in CONSTANTS.items()),
        _structure("Parameters", PARAMETER_DTYPE), _structure("Offer", OFFER), _structure("Counts", COUNTS), MONTH,
        "namespace person {", *_columns(PERSONS), "}\nnamespace relation {", *_columns(RELATIONS), "}\n",
    )  # fmt: skip
    return "\n".join(parts)


def _structure(name: str, dtype: np.dtype[Any]) -> str:
    """A structure of C++ with the fields of an aligned dtype."""
    lines = []
    for field in dtype.names or ():
        kind, shape = dtype[field].base, dtype[field].shape
        lines.append(f"    {TYPES[kind.str]} {field}{''.join(f'[{length}]' for length in shape)};")
    return "\n".join((f"struct {name} {{", *lines, f"}};\nstatic_assert(sizeof({name}) == {dtype.itemsize});"))


def _columns(layout: Layout) -> Iterator[str]:
    """A function for each column that is always kept, which returns its first value."""
    for field in layout.fields.values():
        if field.rare == ALWAYS:
            yield _column(field, layout)


def _column(field: Field, layout: Layout) -> str:
    table, padded = ("relations", "relation_padded") if layout.by_firm else ("person", "person_padded")
    given, at = "const Month& month", f"{field.before}"
    if layout.by_firm:
        given, at = f"{given}, int64_t firm", f"firm * {layout.width} + {at}"
    if field.values:
        given, at = f"{given}, int64_t value", f"{at} + value * {field.size}"
    kind = TYPES[field.kind]
    return (
        f"inline {kind}* {field.name}({given}) "
        f"{{ return reinterpret_cast<{kind}*>(month.{table} + ({at}) * month.{padded}); }}"
    )
