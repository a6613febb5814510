"""Tables of a market by column: what became of its customers, and what was measured month by month."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.measures import MEASURES, monthly_measures
from sim.model.person_numbers import numbers_of
from sim.model.state import PERSON, Population
from sim.model.world import World

_BY_NAME = ("supplier", "last_firm")  # seats of firms, for which the table has names


def customer_columns(people: Population, firms: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Columns by name, each of shape (places,). firms: names by seat"""
    names = np.array([*firms, ""], object)
    own = np.maximum(people.supplier, 0)
    satisfaction = people.satisfaction[np.arange(len(own)), own]
    table: dict[str, NDArray[Any]] = {"unique_id": numbers_of(people)}
    table |= {
        name: people.person[name]
        for name in PERSON.names or ()
        if people.person[name].ndim == 1 and name not in _BY_NAME
    }
    table |= _spread("goal", people.goal)
    for name in people.own.dtype.names or ():
        table |= {name: people.own[name]} if people.own[name].ndim == 1 else _spread(name, people.own[name])
    return table | {
        "satisfaction": np.where(people.supplier >= 0, satisfaction, np.nan),
        "supplier": names[people.supplier],
        "last_firm": names[people.last_firm],
        "owed": people.owed / 100.0,
        "contribution": people.contribution.sum(axis=1) / 100.0,
    }


def measured_columns(world: World) -> dict[str, NDArray[Any]]:
    """Measures by name, each of shape (recorded months * firms,); none before the first recorded month."""
    if not world.records:
        return {}
    columns: dict[str, NDArray[Any]] = dict(
        monthly_measures(world.records, world.counted, world.weight, world.market["economics.categories"])
    )
    names = np.array([firm.name for firm in world.firms], object)
    columns["firm"] = names[columns["seat"].astype(np.int64)]
    columns["month"] = columns["month"].astype(np.int64)
    columns["policy"] = np.array(world.followed, object)
    return {measure.name: columns[measure.name] for measure in MEASURES}


def _spread(name: str, values: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Several values for each customer as a column each."""
    return {f"{name}_{k}": values[:, k] for k in range(values.shape[1])}
