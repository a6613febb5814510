"""Kinds of designs: how levels of factors are combined into points; sampling is done by scipy, SALib and pyDOE."""

import csv
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.experiments.sweep.design.factors import Factor, Level
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import BadInput

Combination = tuple[Level, ...]
SAMPLED = ("latin_hypercube", "sobol", "saltelli", "morris")
MOST_POINTS = 2_000_000


@dataclass(frozen=True)
class SamplingPlan:
    """How points are made.

    Args:
        kind: One of `DESIGN_KINDS`.
        points: Points of a Latin hypercube or Sobol sequence; base sample of a Saltelli design.
        trajectories: Trajectories of a Morris design.
        grid: Levels of a Morris grid.
        second_order: Whether a Saltelli design also serves second-order indices.
        generators: Generators of a fractional factorial, such as ``a b c abc``, one word a factor.
        seed: Seed of the sampling, apart from the seed of the worlds.
        file: CSV file of an explicit table: one column a factor, one row a point.
        crossed: Factors that are not sampled: every sampled point meets every combination of their levels.
    """

    kind: str
    points: int = 0
    trajectories: int = 0
    grid: int = 4
    second_order: bool = False
    generators: str = ""
    seed: int = 0
    file: str = ""
    crossed: tuple[str, ...] = ()


def full_factorial(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """Every level with every level; the last factor runs fastest."""
    return list(itertools.product(*(_number_of_levels(factor) for factor in factors)))


def fractional_factorial(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """Two levels a factor, combined by generators.

    Raises:
        BadInput: A factor without exactly two levels, or generators that do not fit.

    Source:
        Box, Hunter and Hunter (1978), made by pyDOE.
    """
    from pydoe import fracfact

    not_two_levels = [factor.name for factor in factors if len(factor.ends()) != 2]
    words = plan.generators.split()
    if not_two_levels or len(words) != len(factors):
        reason = (
            f"{len(words)} for {len(factors)} factors"
            if not not_two_levels
            else f"{not_two_levels[0]} has another number of levels"
        )
        raise BadInput(f"a fractional factorial needs two levels and one generator a factor; {reason}")
    try:
        signs = np.asarray(fracfact(plan.generators))
    except (ValueError, IndexError) as trouble:
        raise BadInput(f"the generators {plan.generators!r} do not make a design: {trouble}") from trouble
    return [tuple(factor.ends()[int(sign > 0)] for factor, sign in zip(factors, row, strict=True)) for row in signs]


def one_at_a_time(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """The base (first levels, middles of ranges), then each other level alone."""
    base = tuple(factor.at(0.5) if factor.is_range else factor.levels[0] for factor in factors)
    designs = [base]
    for seat, factor in enumerate(factors):
        others = (factor.levels or factor.ends()) if factor.is_range else factor.levels[1:]
        designs += [(*base[:seat], level, *base[seat + 1 :]) for level in others if level.label != base[seat].label]
    return designs


def latin_hypercube(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """A Latin hypercube.

    Source:
        McKay, Beckman and Conover (1979), made by scipy.
    """
    from scipy.stats import qmc  # heavy, and no worker needs it

    return _at(factors, qmc.LatinHypercube(len(factors), rng=plan.seed).random(plan.points))


def sobol(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """A scrambled Sobol sequence; the number of points is a power of two.

    Source:
        Sobol (1967), Owen (1998), made by scipy.
    """
    from scipy.stats import qmc

    return _at(factors, qmc.Sobol(len(factors), rng=plan.seed).random(plan.points))


def saltelli(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """Points for Sobol indices, in the order in which SALib analyses them.

    Source:
        Saltelli (2002), made by SALib.
    """
    from SALib.sample import sobol as sampler

    order = {"calc_second_order": plan.second_order, "seed": plan.seed}
    return _at(factors, sampler.sample(problem(factors), plan.points, **order))


def morris(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """Trajectories for elementary effects, in the order in which SALib analyses them.

    Source:
        Morris (1991), made by SALib.
    """
    from SALib.sample import morris as sampler

    return _at(factors, sampler.sample(problem(factors), plan.trajectories, num_levels=plan.grid, seed=plan.seed))


def table(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """The rows of a CSV file.

    Raises:
        BadInput: No such file, other columns than the factors, or a cell that no factor takes.
    """
    try:
        with Path(plan.file).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as trouble:
        raise BadInput(f"{plan.file}: the table cannot be read ({trouble})") from trouble
    names = [factor.name for factor in factors]
    columns = [name for name in (rows[0] if rows else {}) if name is not None]
    if sorted(columns) != sorted(names):
        raise BadInput(f"{plan.file}: columns are {', '.join(columns) or 'none'}; needed are {', '.join(names)}")
    troubles: list[str] = []
    points = [tuple(_cell(f, row[f.name], f"{plan.file}:{line}", troubles) for f in factors)
            for line, row in enumerate(rows, start=2)]  # fmt: skip
    if troubles:
        raise BadInput("\n".join(troubles))
    return points


DESIGN_KINDS: dict[str, Callable[[Sequence[Factor], SamplingPlan], list[Combination]]] = {
    "full_factorial": full_factorial,
    "fractional_factorial": fractional_factorial,
    "one_at_a_time": one_at_a_time,
    "latin_hypercube": latin_hypercube,
    "sobol": sobol,
    "saltelli": saltelli,
    "morris": morris,
    "table": table,
}


def problem(factors: Sequence[Factor]) -> dict[str, object]:
    """The factors as SALib wants them: shares of their distributions."""
    return {
        "num_vars": len(factors),
        "names": [factor.name for factor in factors],
        "bounds": [[0.0, 1.0]] * len(factors),
    }


def read_plan(form: StrictSection, folder: Path) -> SamplingPlan:
    """The design section; complaints stay in the form."""
    kind = form.choice("kind", DESIGN_KINDS, "full_factorial")
    form.only(("kind", *_OWN_KEYS.get(kind, ())))
    own = _OWN_KEYS.get(kind, ())
    points = form.whole("points", 2, MOST_POINTS) if "points" in own else 0
    if kind in ("sobol", "saltelli") and points & (points - 1):
        form.complain("points", f"is {points}; a power of two is needed, such as {1 << points.bit_length()}.")
        points = 2
    return SamplingPlan(
        kind,
        points,
        form.whole("trajectories", 2, 100_000) if "trajectories" in own else 0,
        form.whole("grid", 2, 100, 4) if "grid" in own else 4,
        form.flag("second_order", default=False) if "second_order" in own else False,
        form.text("generators") if "generators" in own else "",
        form.whole("seed", 0, 2**31 - 1, 0) if "seed" in own else 0,
        str(folder / form.text("file")) if "file" in own else "",
    )


_OWN_KEYS = {
    "fractional_factorial": ("generators",),
    "latin_hypercube": ("points", "seed", "crossed"),
    "sobol": ("points", "seed", "crossed"),
    "saltelli": ("points", "second_order", "seed"),
    "morris": ("trajectories", "grid", "seed"),
    "table": ("file",),
}


def _number_of_levels(factor: Factor) -> tuple[Level, ...]:
    if not factor.levels:
        raise BadInput(f"factor {factor.name} is a range without levels; a factorial needs them, such as levels: 3")
    return factor.levels


def _at(factors: Sequence[Factor], shares: NDArray[np.float64]) -> list[Combination]:
    return [tuple(factor.at(float(share)) for factor, share in zip(factors, row, strict=True)) for row in shares]


def _cell(factor: Factor, text: str | None, where: str, troubles: list[str]) -> Level:
    labels = {str(level.label).lower(): level for level in factor.levels}
    if text is not None and text.strip().lower() in labels:
        return labels[text.strip().lower()]
    value = _number(text)
    same = [level for level in factor.levels if type(level.label) in (int, float) and level.label == value]
    if same:
        return same[0]
    if factor.is_range and value is not None and factor.low <= value <= factor.high:
        return factor.level_at(int(value) if factor.distribution == "whole" else value)
    allowed = f"{factor.low:g} to {factor.high:g}" if factor.is_range else ", ".join(_level_texts(factor.levels))
    troubles.append(f"{where}: {factor.name} is {text!r}; allowed: {allowed}")
    return factor.ends()[0]


def _level_texts(levels: Iterable[Level]) -> list[str]:
    return [str(level.label) for level in levels]


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
