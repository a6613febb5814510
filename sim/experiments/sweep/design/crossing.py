"""Crossing: every sampled world with every level of some factors, so that these are compared in the same worlds."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.experiments.sweep.design.factors import Factor
from sim.experiments.sweep.design.sampling import DESIGN_KINDS, MOST_POINTS, Combination, SamplingPlan, read_plan
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.statistics.declaration import Contrast

CROSSED = "crossed"
SPACE_FILLING = ("latin_hypercube", "sobol")


def combinations(factors: Sequence[Factor], plan: SamplingPlan) -> list[Combination]:
    """All points of a plan; crossed factors run fastest, the last of them first.

    Raises:
        BadInput: Levels that do not make the design, or two sampled worlds that are the same.
    """
    if not plan.crossed:
        return DESIGN_KINDS[plan.kind](factors, plan)
    sampled, crossed = (
        [factor for factor in factors if (factor.name in plan.crossed) is inside] for inside in (False, True)
    )
    worlds = DESIGN_KINDS[plan.kind](sampled, plan)
    _refuse_twins(worlds, sampled)
    names = [factor.name for factor in (*sampled, *crossed)]
    order = [names.index(factor.name) for factor in factors]
    pairs = itertools.product(worlds, itertools.product(*(factor.levels for factor in crossed)))
    return [tuple((*world, *levels)[place] for place in order) for world, levels in pairs]


def _refuse_twins(worlds: Sequence[Combination], sampled: Sequence[Factor]) -> None:
    """Reject duplicate worlds: pairs are matched by parameter values, so duplicates cannot be matched."""
    first: dict[tuple[object, ...], int] = {}
    for number, world in enumerate(worlds):
        labels = tuple(level.label for level in world)
        if labels in first:
            words = ", ".join(f"{values.name}={label}" for values, label in zip(sampled, labels, strict=True))
            raise BadInput(
                f"sampled worlds {first[labels]} and {number} are the same ({words}); "
                "sample a range more, or fewer points"
            )
        first[labels] = number


def read_design(form: StrictSection, folder: Path, factors: Sequence[Factor]) -> SamplingPlan:
    """The design section with the factors that it crosses; complaints stay in the form."""
    plan = read_plan(form, folder)
    if CROSSED not in form.contents or plan.kind not in SPACE_FILLING:
        return plan
    return replace(plan, crossed=_factors_to_cross(form, factors, plan.points))


def _factors_to_cross(form: StrictSection, factors: Sequence[Factor], points: int) -> tuple[str, ...]:
    entries = form.contents[CROSSED]
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
        form.complain(CROSSED, f"is {entries!r}; a list of names of factors is needed, such as [policy].")
        return ()
    by_name = {entry.name: entry for entry in factors}
    for name in dict.fromkeys(entries):
        _check(form, name, entries.count(name), by_name)
    if by_name and set(by_name) <= set(entries):
        form.complain(CROSSED, "leaves no factor to be sampled; use full_factorial, or add a range.")
    named = [by_name[name] for name in dict.fromkeys(entries) if name in by_name]
    whole = points
    for factor in named:
        whole *= max(len(factor.levels), 1)
    if points <= MOST_POINTS < whole:
        form.complain(CROSSED, f"makes {whole} points of {points} sampled worlds; the most are {MOST_POINTS}.")
    return tuple(entry.name for entry in named)


def _check(form: StrictSection, name: str, times: int, by_name: dict[str, Factor]) -> None:
    if times > 1:
        form.complain(CROSSED, f"has {name} {times} times; once is enough.")
    if name not in by_name:
        there = ", ".join(by_name) or "none"
        form.complain(CROSSED, f"has {name!r}, which is no factor.{nearest(name, by_name)} Factors: {there}")
    elif by_name[name].is_range and not by_name[name].levels:
        form.complain(CROSSED, f"has {name}, a range without levels; leave it to be sampled, or give it levels: 3.")


def check_contrasts(form: StrictSection, plan: SamplingPlan, contrasts: Sequence[Contrast]) -> None:
    """Complain of contrasts over factors that are sampled, not crossed: no two worlds differ by such a factor alone."""
    for contrast in contrasts if plan.crossed else ():
        if contrast.factor not in plan.crossed:
            form.complain(
                f"contrasts.{contrast.name}.factor",
                f"is {contrast.factor}, which is sampled: no two of its worlds are otherwise alike; "
                f"add it to design.{CROSSED}.",
            )
