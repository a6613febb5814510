"""A claim: a sentence of a practitioner, stated so that it can fail, read strictly from a file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.experiments.claims.measures import ClaimMeasure, read_measure, read_measures
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import MECHANISMS, Scenario
from sim.parameters.checking import Place
from sim.parameters.decisions import TUNING_RANGES
from sim.parameters.errors import BadInput

SOURCES = {
    "L": "D. Leather, The Challenges of Implementing Customer-Centric Strategy",
    "M": "A. Mitchell, Customer centricity (2011)",
    "A": "L. Arussy, Customer Centric Organizations: the price of failure",
    "Y": "G. Yankelovich, Top 5 reasons why customer-centric efforts fail",
    "C": "Aren't we just kicking the customer can down the road? (2011)",
    "O": "a question of this project",
}
ADOPTERS = ("focal", "all")
CLAIM_KEYS = (
    "id", "source", "sentence", "statement", "idea", "mechanisms", "adopt", "worlds", "months", "customers", "pairs",
    "settings", "arms", "money", "tuned", "untuned", "measures", "report", "grid", "reach", "other_way", "control",
    "definitional",
)  # fmt: skip


@dataclass(frozen=True)
class Counterexample:
    """A world in which a claim comes out the other way.

    Args:
        world: Scenario of the box.
        settings: Settings on top of it.
        why: By which mechanism.
    """

    world: str
    settings: Mapping[str, Any]
    why: str


@dataclass(frozen=True)
class Grid:
    """A curve told beside a verdict.

    Args:
        path: Key path of what varies.
        values: Its values.
        measure: What is shown: the difference between arms; where an arm sets the path, the first arm at each value
            against the first value.
    """

    path: str
    values: tuple[float, ...]
    measure: ClaimMeasure


@dataclass(frozen=True)
class Claim:
    """A claim as its file states it; ``docs/claims.md`` describes the keys.

    Args:
        id: Name, also of its file.
        source: Letters of `SOURCES`.
        sentence: The sentence of the source.
        statement: The same, stated so that it can fail.
        idea: By which mechanism it could come out, and by which it could not.
        mechanisms: Mechanisms that carry it.
        adopt: Who takes the arms: the focal firm or all firms.
        worlds: Base worlds.
        months: Months of a run.
        customers: Simulated customers.
        pairs: Replications in each base world.
        settings: Settings of all arms.
        arms: Settings by name of the arm; the first is the one that the claim is about.
        money: Why the arms cost the same, or that money is the question.
        tuned: Decisions that every arm tunes by the same budget.
        untuned: Why nothing is tuned; empty where something is.
        measures: What must hold, all of it.
        report: What is told beside, without a verdict.
        grid: A curve told beside; None without one.
        ranges: Factors that its sampled worlds have besides those of the bank.
        without: Factors of the bank that its sampled worlds do not vary.
        other_way: A world in which it comes out the other way; None for a definitional claim.
        control: Settings under which the arms differ by exactly zero.
        definitional: Why it cannot fail; empty if it can.
        contents: The file as it was read.
    """

    id: str
    source: str
    sentence: str
    statement: str
    idea: str
    mechanisms: tuple[str, ...]
    adopt: str
    worlds: tuple[str, ...]
    months: int
    customers: int
    pairs: int
    settings: Mapping[str, Any]
    arms: Mapping[str, Mapping[str, Any]]
    money: str
    tuned: tuple[str, ...]
    untuned: str
    measures: tuple[ClaimMeasure, ...]
    report: tuple[ClaimMeasure, ...]
    grid: Grid | None
    ranges: Mapping[str, Any]
    without: tuple[str, ...]
    other_way: Counterexample | None
    control: Mapping[str, Any]
    definitional: str
    contents: Mapping[str, Any]

    @cached_property
    def sha256(self) -> str:
        """Hash of everything that the file says."""
        return digest_of(self.contents)

    @property
    def paths(self) -> frozenset[str]:
        """Key paths that the claim sets, in all arms or in some."""
        return frozenset(self.settings) | {path for settings in self.arms.values() for path in settings}

    def arm_settings(self, world: Scenario) -> dict[str, dict[str, Any]]:
        """Settings of every arm in a world: of its first firm, or of all its firms."""
        return {name: self._for_adopters(settings, world) for name, settings in self.arms.items()}

    def _for_adopters(self, settings: Mapping[str, Any], world: Scenario) -> dict[str, Any]:
        if self.adopt == "focal":
            return dict(settings)
        seats = range(len(world.firms))
        return {place: value for path, value in settings.items() for place in _places(path, seats)}


def _places(path: str, seats: Sequence[int]) -> list[str]:
    """The key path of the first firm for each firm; another path as it is.

    >>> _places("firms.0.decisions.walls", range(2)), _places("market.refill", range(2))
    (['firms.0.decisions.walls', 'firms.1.decisions.walls'], ['market.refill'])
    """
    own = path.removeprefix("firms.0.")
    return [path] if own == path else [f"firms.{seat}.{own}" for seat in seats]


def digest_of(contents: Mapping[str, Any]) -> str:
    """Hash of the contents of a file, whatever its layout and comments.

    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()


def read_claim(contents: Mapping[str, Any], place: Place) -> Claim:
    """A claim from the contents of its file.

    Raises:
        BadInput: Anything missing, unknown or not allowed; everything wrong is told at once.
    """
    form = StrictSection(contents, "", place, [])
    form.only(CLAIM_KEYS)
    arms = {name: dict(part.contents) for name, part in form.sections("arms").items()}
    if len(arms) < 2:
        form.complain("arms", "needs at least two arms.")
    definitional = form.text("definitional", "")
    claim = Claim(
        id=form.name("id"), source=_source(form), sentence=form.text("sentence"), statement=form.text("statement"),
        idea=form.text("idea"), mechanisms=_listed(form, "mechanisms", MECHANISMS),
        adopt=form.choice("adopt", ADOPTERS, "focal"), worlds=tuple(map(str, form.items("worlds"))),
        months=form.whole("months", 12, 600), customers=form.whole("customers", 50, 1_000_000, 500),
        pairs=form.whole("pairs", 3, 10_000, 20), settings=dict(form.section("settings").contents), arms=arms,
        money=form.text("money"), tuned=_tuned(form), untuned=form.text("untuned", ""),
        measures=read_measures(form.section("measures"), list(arms), judged=True),
        report=read_measures(form.section("report"), list(arms), judged=False), grid=_grid(form, list(arms)),
        ranges=dict(form.section("reach").section("ranges").contents),
        without=tuple(map(str, form.section("reach").contents.get("without", []))),
        other_way=None if definitional else _other_way(form.section("other_way")),
        control=dict(_control(form, definitional)), definitional=definitional, contents=dict(contents),
    )  # fmt: skip
    _check(form, claim)
    form.tell()
    _check_worlds(form, claim)
    form.tell()
    return claim


def _source(form: StrictSection) -> str:
    letters = [letter.strip() for letter in form.text("source").split(",")]
    for letter in letters:
        if letter not in SOURCES:
            form.complain("source", f"has {letter!r}; allowed: {', '.join(SOURCES)}, several with commas.")
    return ", ".join(letters)


def _listed(form: StrictSection, key: str, allowed: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(map(str, form.items(key)))
    for name in names:
        if name not in allowed:
            form.complain(key, f"has {name!r}; allowed: {', '.join(sorted(allowed))}")
    return names


def _tuned(form: StrictSection) -> tuple[str, ...]:
    if not form.contents.get("tuned"):
        if "untuned" not in form.contents:
            form.complain("tuned", "is missing; name the decisions that both sides tune, or say in untuned why none.")
        return ()
    return _listed(form, "tuned", TUNING_RANGES)


def _grid(form: StrictSection, arms: Sequence[str]) -> Grid | None:
    if "grid" not in form.contents:
        return None
    part = form.section("grid")
    part.only(("path", "values", "measure"))
    measures = read_measure("grid", part.section("measure"), arms, judged=False)
    return Grid(part.text("path"), tuple(map(float, part.items("values", 2))), measures[0])


def _other_way(form: StrictSection) -> Counterexample:
    form.only(("world", "settings", "why"))
    return Counterexample(form.text("world"), dict(form.section("settings").contents), form.text("why"))


def _control(form: StrictSection, definitional: str) -> Mapping[str, Any]:
    part = form.section("control")
    part.only(("settings",))
    if "settings" not in part.contents and not definitional:
        part.complain("settings", "is missing; name settings under which the arms differ by exactly zero.")
    return part.section("settings").contents


def _check(form: StrictSection, claim: Claim) -> None:
    if not claim.measures:
        form.complain("measures", "needs at least one measure.")
    for name in claim.tuned:
        if any(path.endswith(f".decisions.{name}") for path in claim.paths):
            form.complain("tuned", f"has {name}, which an arm sets; an arm cannot set and tune the same decision.")


def _check_worlds(form: StrictSection, claim: Claim) -> None:
    """Complain of worlds and settings that do not go together."""
    cases: list[tuple[str, str, Mapping[str, Any]]] = [("worlds", world, {}) for world in claim.worlds]
    cases.append(("control", claim.worlds[0], claim.control))
    if claim.other_way:
        cases.append(("other_way", claim.other_way.world, claim.other_way.settings))
    for key, world, settings in cases:
        try:
            arms_in(claim, Scenario.load(world), settings)
        except BadInput as trouble:
            form.complain(key, f"does not work in {world}: {trouble}")


def arms_in(claim: Claim, world: Scenario, settings: Mapping[str, Any]) -> dict[str, Scenario]:
    """The scenario of every arm in a world.

    Args:
        claim: The claim.
        world: The world.
        settings: Settings on top of those of the claim and its arms.

    Raises:
        BadInput: Settings that the world does not take.
    """
    common = {"months": claim.months, "market.customers": claim.customers} | dict(claim.settings)
    return {
        name: world.with_settings(common | chosen | dict(settings))
        for name, chosen in claim.arm_settings(world).items()
    }
