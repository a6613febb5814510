"""What a design varies: values of key paths, ranges with a distribution, policies, scenarios, bundles of settings."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.experiments.sweep.design.located import beside, located_settings
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import FIRM, MARKET, BadInput, Scenario
from sim.parameters.policy_texts import anchor
from sim.policies.registry import policy_named

Label = str | float | int | bool
DISTRIBUTIONS = ("uniform", "log_uniform", "triangular", "whole")
FACTOR_KINDS = ("values", "range", "policies", "scenarios", "bundles")
_KEYS = (*FACTOR_KINDS, "path", "paths", "distribution", "mode", "levels", "adopt")
RESERVED_FACTOR_NAMES = (
    "key", "point", "replicate", "seed", "status", "error", "command", "seconds", "host", "month", "firm",
    "policy_of_firm",
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One level of a factor: what tables show, and what it sets."""

    label: Label
    settings: Mapping[str, Any] = field(default_factory=dict)
    scenario: str | None = None


@dataclass(frozen=True)
class Factor:
    """One thing that a design varies: a list of levels, or a range.

    Args:
        name: Name of its column.
        levels: Levels in the order of the file; of a range the levels asked for, or none.
        paths: Key paths that a range sets.
        low: Lower end of a range, in the unit of its parameter.
        high: Upper end.
        distribution: One of `DISTRIBUTIONS`; of levels ``levels``.
        mode: Most likely value of a triangular distribution.
    """

    name: str
    levels: tuple[Level, ...]
    paths: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    distribution: str = "levels"
    mode: float = 0.0

    @property
    def is_range(self) -> bool:
        """Whether it is a range."""
        return self.distribution != "levels"

    @property
    def sets(self) -> tuple[str, ...]:
        """Key paths that its levels set."""
        return tuple(dict.fromkeys(path for level in self.ends() for path in level.settings))

    @property
    def unit(self) -> str:
        """Unit of the number that it sets; empty when it sets no number, or different ones."""
        numbers = {_number_of(path) for path in self.sets}
        return numbers.pop() if len(numbers) == 1 else ""

    def at(self, share: float) -> Level:
        """The level at a share of the distribution, 0 to 1: its inverse distribution function.

        >>> Factor("wall", (), ("firms.0.decisions.wall",), 0.0, 2.0, "uniform").at(0.25).label
        0.5
        """
        if not self.is_range:
            return self.levels[min(int(share * len(self.levels)), len(self.levels) - 1)]
        return self.level_at(self._value(share))

    def level_at(self, value: float) -> Level:
        """The level of a range at a value."""
        return Level(value, dict.fromkeys(self.paths, value))

    def _value(self, share: float) -> float:
        if self.distribution == "log_uniform":
            return float(self.low * math.exp(share * math.log(self.high / self.low)))
        if self.distribution == "whole":
            return int(min(self.low + math.floor(share * (self.high - self.low + 1)), self.high))
        if self.distribution == "triangular":
            return triangular(share, self.low, self.mode, self.high)
        return self.low + share * (self.high - self.low)

    def ends(self) -> tuple[Level, ...]:
        """All levels, or both ends of a range."""
        return (self.at(0.0), self.at(1.0)) if self.is_range else self.levels


def _number_of(path: str) -> str:
    """Unit of the number at a key path; empty when it is none.

    >>> _number_of("market.needs.spread"), _number_of("firms.0.decisions.walls"), _number_of("mechanisms.queue")
    ('sd', '0-1', '')
    """
    section, _, rest = path.partition(".")
    table = {"market": MARKET, "firms": FIRM}.get(section, ())
    name = rest.partition(".")[2] if section == "firms" else rest
    return next((parameter.unit for parameter in table if parameter.name == name), "months" if path == "months" else "")


def triangular(share: float, low: float, mode: float, high: float) -> float:
    """Inverse of the triangular distribution function.

    >>> triangular(0.5, 0.0, 1.0, 2.0)
    1.0
    """
    mode_rank = (mode - low) / (high - low)
    if share < mode_rank:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - share) * (high - low) * (high - mode))


def read_factor(name: str, form: StrictSection, base: Scenario) -> Factor:
    """A factor from its section; complaints stay in the form."""
    form.only(_KEYS)
    if name in RESERVED_FACTOR_NAMES or not name.replace("_", "a").replace("-", "a").isalnum():
        taken = ", ".join(RESERVED_FACTOR_NAMES)
        form.complain("", f"cannot be the name of a column; use letters, digits, _ and -, and none of {taken}.")
    kinds = [kind for kind in FACTOR_KINDS if kind in form.contents]
    if len(kinds) != 1:
        kinds_text = " and ".join(kinds) or "none"
        form.complain("", f"needs every, or exactly one of {', '.join(FACTOR_KINDS)}; {kinds_text} was found.")
        return Factor(name, ())
    factor = _READERS[kinds[0]](name, form, base)
    _check_levels(factor, form, base)
    return factor


def _paths(form: StrictSection) -> tuple[str, ...]:
    if "paths" in form.contents:
        return tuple(str(path) for path in form.items("paths"))
    return (form.text("path"),)


def _values(name: str, form: StrictSection, base: Scenario) -> Factor:
    paths = _paths(form)
    values = form.items("values", 2)
    if len({float if type(value) is int else type(value) for value in values}) > 1:
        form.complain("values", f"is {values!r}; all must be texts, or numbers, or true and false.")
    folder = form.place.folder
    return Factor(name, tuple(Level(value, located_settings(dict.fromkeys(paths, value), folder)) for value in values))


def _range(name: str, form: StrictSection, base: Scenario) -> Factor:
    paths, ends = _paths(form), form.contents["range"]
    numbers = isinstance(ends, list) and len(ends) == 2 and all(type(end) in (int, float) for end in ends)
    if not numbers or not -math.inf < ends[0] < ends[1] < math.inf:
        form.complain("range", f"is {ends!r}; write a low and a high number as [low, high].")
        return Factor(name, ())
    low, high = map(float, ends)
    distribution = form.choice("distribution", DISTRIBUTIONS, "uniform")
    if distribution == "log_uniform" and low <= 0.0:
        form.complain("range", f"is {ends!r}; a log_uniform range must begin above 0.")
        distribution = "uniform"
    mode = form.amount("mode", low, high) if distribution == "triangular" else low
    factor = Factor(name, (), paths, low, high, distribution, mode)
    count = form.whole("levels", 2, 1000, 2) if "levels" in form.contents else 0
    spread = tuple(factor.at(step / (count - 1)) for step in range(count))
    return Factor(name, spread, paths, low, high, distribution, mode)


def _policies(name: str, form: StrictSection, base: Scenario) -> Factor:
    adopt = form.choice("adopt", ("focal", "all"), "focal")
    seats = range(len(base.firms)) if adopt == "all" else range(1)
    named = {str(policy): anchor(str(policy), form.place.folder) for policy in form.items("policies", 2)}
    for policy in named.values():
        _try(form, "policies", lambda policy=policy: policy_named(policy))
    return Factor(
        name,
        tuple(
            Level(policy_name, {f"firms.{seat}.policy": named[policy_name] for seat in seats}) for policy_name in named
        ),
    )


def _scenarios(name: str, form: StrictSection, base: Scenario) -> Factor:
    named = {str(path): beside(str(path), form.place.folder) for path in form.items("scenarios", 2)}
    for path in named.values():
        _try(form, "scenarios", lambda path=path: Scenario.load(path))
    return Factor(name, tuple(Level(label, {}, path) for label, path in named.items()))


def _bundles(name: str, form: StrictSection, base: Scenario) -> Factor:
    bundles = form.sections("bundles")
    if len(bundles) < 2:
        form.complain("bundles", "needs at least two bundles of settings.")
    folder = form.place.folder
    return Factor(name, tuple(Level(label, located_settings(part.contents, folder)) for label, part in bundles.items()))


_READERS = {"values": _values, "range": _range, "policies": _policies, "scenarios": _scenarios, "bundles": _bundles}


def _check_levels(factor: Factor, form: StrictSection, base: Scenario) -> None:
    """Complain of key paths and values that the base scenario does not take."""
    for level in factor.ends():
        if level.scenario is None:
            _try(form, "", lambda level=level: base.with_settings(level.settings))


def _try(form: StrictSection, key: str, call: Any) -> None:
    try:
        call()
    except BadInput as trouble:
        form.complain(key, f"does not work: {trouble}")
