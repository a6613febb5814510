"""Sections of the forms of questions, read strictly."""

from collections.abc import Callable, Mapping
from typing import Any

from sim.experiments.claims.questions.designs import (
    Adoption,
    Axis,
    BreakEven,
    PhaseDiagrams,
    QuestionDesign,
    Silos,
    SobolIndices,
)
from sim.experiments.sweep.design.outcomes import read_outcome
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import MECHANISMS, BadInput, Scenario
from sim.policies.registry import policy_named

SCALES = ("linear", "log")
MOST_STEPS = 6  # of a bridge; each doubles its worlds
MOST_POLICIES = 8


def read_phase(form: StrictSection, base: Scenario) -> PhaseDiagrams:
    """Phase diagrams; complaints stay in the form."""
    form.only(("policies", "diagrams"))
    diagrams = {}
    for name, part in form.sections("diagrams").items():
        part.only(("across", "up"))
        diagrams[name] = (_axis(part.section("across"), base), _axis(part.section("up"), base))
    if not diagrams:
        form.complain("diagrams", "needs at least one diagram.")
    return PhaseDiagrams(_policies(form, 2), diagrams)


def _axis(form: StrictSection, base: Scenario) -> Axis:
    form.only(("path", "range", "scale"))
    scale, ends = form.choice("scale", SCALES, "linear"), form.contents.get("range")
    is_pair = isinstance(ends, list) and len(ends) == 2 and all(type(end) in (int, float) for end in ends)
    low, high = map(float, ends) if isinstance(ends, list) and is_pair else (0.0, 0.0)
    if not low < high or (scale == "log" and low <= 0.0):
        form.complain("range", f"is {ends!r}; write a low and a high number as [low, high], above 0 on a log scale.")
        return Axis("", 0.0, 1.0, "linear")
    axis = Axis(form.text("path"), low, high, scale)
    for end in (low, high):
        _try(form, "range", base, {axis.path: end})
    return axis


def read_break_even(form: StrictSection, base: Scenario) -> BreakEven:
    """The J-curve; complaints stay in the form."""
    form.only(("sets_out", "never", "date", "moderators"))
    arms = [dict(form.section(name).contents) for name in ("sets_out", "never")]
    outer = form.section("moderators")
    moderators = {
        str(name): {str(level): dict(part.section(level).contents) for level in part.contents}
        for name, part in ((name, outer.section(name)) for name in outer.contents)
    }
    for name, levels in moderators.items():
        for level, settings in levels.items():
            for arm in arms:
                _try(form, f"moderators.{name}.{level}", base, arm | settings)
    return BreakEven(arms[0], arms[1], form.whole("date", 1, 600), moderators)


def read_sobol(form: StrictSection, base: Scenario) -> SobolIndices:
    """Sobol indices; the factors themselves are checked as those of an experiment."""
    form.only(("policies", "factors"))
    factors = {name: dict(part.contents) for name, part in form.sections("factors").items()}
    if len(factors) < 2:
        form.complain("factors", "needs at least two ranges.")
    return SobolIndices(_policies(form, 2, 2), factors)


def read_silos(form: StrictSection, base: Scenario) -> Silos:
    """The price of silos; complaints stay in the form."""
    form.only(("path", "heights", "steps"))
    path, heights = form.text("path"), tuple(float(height) for height in form.items("heights", 2))
    for height in heights:
        _try(form, "heights", base, {path: height})
    part = form.section("steps")
    steps = {str(name): tuple(map(str, part.items(str(name)))) for name in part.contents}
    for name, mechanism in ((name, mechanism) for name, group in steps.items() for mechanism in group):
        if not base.mechanisms.get(mechanism, False):
            known = mechanism in MECHANISMS
            part.complain(name, f"has {mechanism}, which is {'off in ' + base.name if known else 'no mechanism'}.")
    if not 1 <= len(steps) <= MOST_STEPS:
        form.complain("steps", f"has {len(steps)} steps; 1 to {MOST_STEPS} are allowed.")
    return Silos(path, heights, steps)


def read_adoption(form: StrictSection, base: Scenario) -> Adoption:
    """Adoption by no, one and all firms; complaints stay in the form."""
    form.only(("policies", "measures"))
    measures = tuple(read_outcome(name, part, base) for name, part in form.sections("measures").items())
    if not measures or measures[0].measure != "profit":
        form.complain("measures", "needs the profit of the focal firm first.")
    return Adoption(_policies(form, 2, 2), measures)


FORM_READERS: Mapping[str, Callable[[StrictSection, Scenario], QuestionDesign]] = {
    "phase": read_phase, "break_even": read_break_even, "sobol": read_sobol, "silos": read_silos,
    "adoption": read_adoption,
}  # fmt: skip


def _policies(form: StrictSection, fewest: int, most: int = MOST_POLICIES) -> tuple[str, ...]:
    policies = tuple(map(str, form.items("policies", fewest)))
    if len(policies) > most:
        form.complain("policies", f"has {len(policies)}; at most {most} are allowed.")
    for policy in policies:
        try:
            policy_named(policy)
        except BadInput as trouble:
            form.complain("policies", f"does not work: {trouble}")
    return policies


def _try(form: StrictSection, key: str, base: Scenario, settings: Mapping[str, Any]) -> None:
    try:
        base.with_settings(settings)
    except BadInput as trouble:
        form.complain(key, f"does not work: {trouble}")
