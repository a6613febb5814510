"""Main effects and interactions of factorial designs, one estimate per replicate, so that pairing is kept."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.randomness import resampling
from sim.parameters import BadInput
from sim.statistics.columns import describe_table
from sim.statistics.intervals import ROUNDING, interval
from sim.statistics.responses import responses
from sim.statistics.verdicts import difference_p, holm

Floats = NDArray[np.float64]
CROSS = " × "


class _Term(NamedTuple):
    """One factor or two: their levels beyond the first, coded so that every factor's columns sum to nothing."""

    factors: tuple[str, ...]
    levels: tuple[tuple[Any, ...], ...]
    columns: Floats

    @property
    def name(self) -> str:
        """The term in words."""
        return CROSS.join(self.factors)


def effects(runs: pd.DataFrame, factors: Sequence[str], outcome: str, seed: int) -> pd.DataFrame:
    """Main effects and two-factor interactions, averaged over the other factors.

    Args:
        runs: One row per run of a full or fractional factorial.
        factors: Columns of the factors.
        outcome: Column of the outcome.
        seed: Seed of the bootstrap.

    Returns:
        One row per term and level; interactions that the design cannot tell from other terms have no number.

    Raises:
        BadInput: A run is missing or failed, a factor has one level, or main effects cannot be told apart.
    """
    estimate = responses(runs, factors, outcome)
    mains = [_main(estimate.points, name) for name in factors]
    pairs = [_interaction(first, second) for first, second in combinations(mains, 2)]
    aliases = _aliases([*mains, *pairs])
    _refuse_tangled(mains)
    estimable = [*mains, *(pair for pair in pairs if not _hides(aliases, pair))]
    design = np.column_stack([np.ones(len(estimate.points)), *(term.columns for term in estimable)])
    slopes = _without_rounding(np.linalg.lstsq(design, estimate.values, rcond=None)[0][1:], estimate.values)
    estimates = np.split(slopes, np.cumsum([term.columns.shape[1] for term in estimable])[:-1])
    by_name = {term.name: part for term, part in zip(estimable, estimates, strict=True)}
    rows = [row for term in (*mains, *pairs) for row in _rows(term, by_name.get(term.name), aliases, outcome, seed)]
    table = pd.DataFrame(rows)
    return describe_table("effects", table.assign(p_holm=holm(table["p_holm"])))


def _main(points: pd.DataFrame, name: str) -> _Term:
    """Columns of a factor: 1 at the level, −1 at the first level, 0 elsewhere."""
    levels = list(pd.unique(points[name].sort_values()))
    if len(levels) < 2:
        raise BadInput(f"factor {name} has one level only, {levels[0]}; an effect needs at least two")
    values = points[name].to_numpy()
    first = (values == levels[0]).astype(float)
    columns = np.column_stack([(values == level).astype(float) - first for level in levels[1:]])
    return _Term((name,), (tuple(levels),), columns)


def _interaction(first: _Term, second: _Term) -> _Term:
    products = first.columns[:, :, None] * second.columns[:, None, :]
    return _Term(first.factors + second.factors, first.levels + second.levels, products.reshape(len(products), -1))


def _aliases(terms: list[_Term]) -> dict[str, list[str]]:
    """For every term the others whose columns are not orthogonal to a share that is its own: what it is mixed with."""
    aliases: dict[str, list[str]] = {}
    for term in terms:
        rest = [candidate for candidate in terms if candidate is not term]
        if not _own(term, rest):
            aliases[term.name] = [candidate.name for candidate in rest if not _own(term, [candidate])] or [
                candidate.name for candidate in rest
            ]
    return aliases


def _own(term: _Term, rest: list[_Term]) -> bool:
    """Whether a term is not aliased with the others."""
    others = np.column_stack([np.ones(len(term.columns)), *(other_term.columns for other_term in rest)])
    both = np.column_stack([others, term.columns])
    return bool(np.linalg.matrix_rank(both) - np.linalg.matrix_rank(others) == term.columns.shape[1])


def _without_rounding(slopes: NDArray[Any], values: Floats) -> Floats:
    """Slopes that are nothing but rounding become exactly zero: a factor without effect must not seem to have one."""
    return np.where(np.abs(slopes) <= ROUNDING * np.abs(values).max(), 0.0, slopes)


def _hides(aliases: dict[str, list[str]], term: _Term) -> bool:
    return term.name in aliases


def _refuse_tangled(mains: list[_Term]) -> None:
    tangled = _aliases(mains)
    if tangled:
        shown = ", ".join(tangled)
        raise BadInput(f"main effects are aliased in this design: {shown}; use one with more points")


def _rows(
    term: _Term, slopes: Floats | None, aliases: dict[str, list[str]], outcome: str, seed: int
) -> list[dict[str, Any]]:
    """One row per level beyond the first, or per pair of such levels."""
    labels = {"outcome": outcome, "term": term.name, "against": CROSS.join(str(levels[0]) for levels in term.levels)}
    mixed = ", ".join(aliases.get(term.name, []))
    rows = []
    for place in np.ndindex(*(len(levels) - 1 for levels in term.levels)):
        level = CROSS.join(str(levels[k + 1]) for levels, k in zip(term.levels, place, strict=True))
        row = labels | {"level": level, "aliased": mixed}
        rows.append(row | (_nothing() if slopes is None else _estimate(term, slopes, place, f"{labels} {level}", seed)))
    return rows


def _nothing() -> dict[str, float]:
    return {"mean": np.nan, "low": np.nan, "high": np.nan, "p_holm": np.nan, "replicates": 0}


def _estimate(term: _Term, slopes: Floats, place: tuple[int, ...], purpose: str, seed: int) -> dict[str, float]:
    """Difference to the first level, or difference of differences, in every replicate; then its mean and interval."""
    shape = tuple(len(levels) - 1 for levels in term.levels)
    table = slopes.reshape(*shape, -1)
    for axis, k in enumerate(place):
        table = table.take([k], axis=axis) + table.sum(axis=axis, keepdims=True)
    values = table.reshape(-1)
    estimate = interval(values, resampling(seed, purpose))
    p = difference_p(values) if len(values) > 1 else np.nan
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "p_holm": p, "replicates": len(values)}
