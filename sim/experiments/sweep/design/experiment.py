"""An experiment: base scenario, factors, design, replications, outcomes and contrasts, read from one file."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sim.experiments.sweep.design.base import base_of
from sim.experiments.sweep.design.clashes import check_keys, check_names
from sim.experiments.sweep.design.contrasts import StoppingRule, read_contrast, read_stopping
from sim.experiments.sweep.design.crossing import check_contrasts, read_design
from sim.experiments.sweep.design.factors import Factor, read_factor
from sim.experiments.sweep.design.located import CUSTOMER_CLASS, located_settings, names_policy
from sim.experiments.sweep.design.outcomes import Outcome, read_monthly, read_outcome
from sim.experiments.sweep.design.points import Point, points_of
from sim.experiments.sweep.design.sampling import SamplingPlan
from sim.experiments.sweep.design.screening import EVERY, read_every
from sim.experiments.sweep.design.shipped import experiment_file
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import Place, plain
from sim.parameters.yaml_reader import Lines, read_yaml
from sim.simulation.agents.customer_class import customer_class_named
from sim.statistics.declaration import Contrast

EXPERIMENT_KEYS = (
    "name", "description", "scenario", "settings", "factors", "design", "replications", "seed", "random_numbers",
    "outcomes", "monthly", "contrasts", "stopping", "limit",
)  # fmt: skip
PAIRINGS = ("common", "independent")
LONGEST_RUN = 86_400.0  # seconds
MOST_TOLD = 20


@dataclass(frozen=True)
class Experiment:
    """A checked experiment.

    Args:
        name: Name, also of its folder.
        description: One sentence.
        scenario: Base scenario with the settings of the file.
        settings: Settings of the file, for every scenario.
        factors: What varies.
        plan: How levels are combined.
        replications: Runs of each point.
        seed: Seed of the worlds.
        random_numbers: ``common``: points share the luck of a replicate; ``independent``: each has its own.
        outcomes: Numbers of a run.
        monthly: Measures kept month by month.
        contrasts: Declared contrasts.
        stopping: When to stop adding replications; None when their number is fixed.
        limit: Longest time that a run may take. [s]
    """

    name: str
    description: str
    scenario: Scenario
    settings: Mapping[str, Any]
    factors: tuple[Factor, ...]
    plan: SamplingPlan
    replications: int
    seed: int
    random_numbers: str
    outcomes: tuple[Outcome, ...]
    monthly: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    stopping: StoppingRule | None
    limit: float

    @staticmethod
    def load(name_or_path: str | Path) -> "Experiment":
        """The experiment of that name in the box, or from a file.

        Raises:
            BadInput: No such experiment, or anything wrong inside; everything wrong is told at once.
        """
        path = experiment_file(str(name_or_path))
        contents, lines = read_yaml(path)
        return _check(contents, Place(str(path), lines), path.parent)

    @staticmethod
    def from_mapping(mapping: Mapping[str, Any], where: str = "experiment") -> "Experiment":
        """An experiment from a nested mapping, checked as strictly as a file.

        Raises:
            BadInput: Anything wrong inside.
        """
        return _check(plain(mapping), Place(where, Lines()), Path())

    @property
    def points(self) -> tuple[Point, ...]:
        """All points of the design, in its order.

        Raises:
            BadInput: Levels that do not go together.
        """
        return self._points_and_months[0]

    @property
    def shortest(self) -> int:
        """Length of the shortest run of the design. [months]"""
        return min(self._points_and_months[1])

    @cached_property
    def _points_and_months(self) -> tuple[tuple[Point, ...], set[int]]:
        """All points, each checked once, and the lengths of their runs."""
        result: list[Point] = []
        months: set[int] = set()
        troubles: list[str] = []
        for point in points_of(self.factors, self.plan, self.scenario.name):
            result.append(point)
            try:
                months.add(self.scenario_of(point).months)
            except BadInput as trouble:
                levels = ", ".join(f"{name}={label}" for name, label in point.labels.items())
                troubles.append(f"point {point.number} ({levels}): {trouble}")
        if troubles:
            more = [f"… and {len(troubles) - MOST_TOLD} points more"] if len(troubles) > MOST_TOLD else []
            raise BadInput("\n".join(troubles[:MOST_TOLD] + more))
        return tuple(result), months

    @cached_property
    def bases(self) -> dict[str, Scenario]:
        """Every scenario that points start from, with the settings of the file, by name."""
        named = {level.scenario for factor in self.factors for level in factor.levels if level.scenario}
        others = {name: Scenario.load(name).with_settings(self.settings) for name in sorted(named)}
        twin = others.get(self.scenario.name, self.scenario)
        if twin.sha256 != self.scenario.sha256:
            raise BadInput(f"scenario {self.scenario.name!r} names the base and another level; give one another name")
        return {self.scenario.name: self.scenario} | others

    @property
    def policies(self) -> set[str]:
        """Texts of all policies that firms of the design follow, or go from or to."""
        firms = (firm for scenario in self.bases.values() for firm in scenario.firms)
        levels = (level.settings for factor in self.factors for level in factor.ends())
        texts = {str(value) for settings in levels for path, value in settings.items() if names_policy(path)}
        return texts | {text for firm in firms for text in (firm.policy, *firm.way[:2])}

    @property
    def customer_classes(self) -> set[str]:
        """Texts of all classes of customers that the worlds of the design have."""
        levels = (level.settings for factor in self.factors for level in factor.ends())
        classes = {str(settings[CUSTOMER_CLASS]) for settings in levels if CUSTOMER_CLASS in settings}
        return classes | {scenario.customer_class for scenario in self.bases.values()}

    @property
    def currency(self) -> str:
        """Currency of the worlds; several are listed."""
        return " or ".join(sorted({scenario.currency for scenario in self.bases.values()}))

    def scenario_of(self, point: Point) -> Scenario:
        """The world of a point.

        Raises:
            BadInput: Its levels do not go together.
        """
        return self.bases[point.base].with_settings(point.settings)

    def seed_of(self, point: Point) -> int:
        """Seed of a point's worlds: the same for all under common random numbers."""
        if self.random_numbers == "common":
            return self.seed
        address = hashlib.sha256(f"{self.seed}:point {point.number}".encode()).digest()
        return int.from_bytes(address[:8], "little") >> 2  # neighbouring seeds of sweeps share no world


def _check(contents: Mapping[str, Any], place: Place, folder: Path) -> Experiment:
    form = StrictSection(contents, "", place, [])
    form.only(EXPERIMENT_KEYS)
    base = base_of(form)
    if base is None:
        form.tell()
        raise AssertionError("a base that cannot be used is always told")
    experiment = _fill(form, base, folder)
    form.tell()
    try:
        assert experiment.points
    except BadInput as trouble:
        raise BadInput(f"{place.at('design')}: {trouble}") from trouble
    _check_months(form, experiment)
    _check_customers(form, experiment)
    form.tell()
    return experiment


def _check_months(form: StrictSection, experiment: Experiment) -> None:
    """Complain of outcomes over months that a run of the design does not have."""
    late = [late_outcome for late_outcome in experiment.outcomes if late_outcome.last]
    if not late:
        return
    shortest = experiment.shortest
    for outcome in late:
        if outcome.last > shortest:
            asked = f"is [{outcome.first}, {outcome.last}], and the shortest run of the design has {shortest} months"
            form.complain(f"outcomes.{outcome.name}.months", f"{asked}; end at {shortest} or earlier.")


def _check_customers(form: StrictSection, made: Experiment) -> None:
    """Complain of classes of customers that cannot be had."""
    for text in sorted(made.customer_classes):
        try:
            customer_class_named(text)
        except BadInput as trouble:
            form.complaints.append(f"{form.place.where}: {trouble}")


def _fill(form: StrictSection, base: Scenario, folder: Path) -> Experiment:
    factors = tuple(_factors(form, base))
    outcomes = tuple(read_outcome(name, part, base) for name, part in form.sections("outcomes").items())
    check_names(form, factors, outcomes)
    check_keys(form, factors, base)
    sections = form.sections("contrasts")
    read = (read_contrast(name, part, factors, outcomes) for name, part in sections.items())
    contrasts = tuple(name for name in read if name)
    plan = read_design(form.section("design"), folder, factors)
    check_contrasts(form, plan, contrasts)
    stopping = read_stopping(form.section("stopping"), sections)
    return Experiment(
        name=form.name("name"),
        description=form.text("description", ""),
        scenario=base,
        settings=located_settings(form.section("settings").contents, form.place.folder),
        factors=factors,
        plan=plan,
        replications=_replications(form, stopping),
        seed=form.whole("seed", 0, 2**62, base.seed),
        random_numbers=form.choice("random_numbers", PAIRINGS, "common"),
        outcomes=outcomes,
        monthly=read_monthly(form, outcomes),
        contrasts=contrasts,
        stopping=stopping,
        limit=form.amount("limit", 0.01, LONGEST_RUN, 600.0),
    )


def _factors(form: StrictSection, base: Scenario) -> Iterator[Factor]:
    for name, part in form.sections("factors").items():
        yield from read_every(part, base) if EVERY in part.contents else [read_factor(name, part, base)]


def _replications(form: StrictSection, stopping: StoppingRule | None) -> int:
    """Runs of each point; the most, where a rule says when to stop."""
    if stopping and "replications" in form.contents:
        form.complain("replications", "cannot be there with stopping, which has a minimum and a maximum of its own.")
    return stopping.maximum if stopping else form.whole("replications", 1, 1_000_000, 1)
