"""Reads a claim strictly from its file."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.experiments.claims.claim import ADOPTERS, SOURCES, Claim, Counterexample, Grid, arms_in
from sim.experiments.claims.measures import read_measure, read_measures
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import MECHANISMS, Scenario
from sim.parameters.checking import Place
from sim.parameters.decisions import TUNING_RANGES
from sim.parameters.errors import BadInput

CLAIM_KEYS = (
    "id", "source", "sentence", "statement", "idea", "mechanisms", "adopt", "worlds", "months", "customers", "pairs",
    "settings", "arms", "money", "tuned", "untuned", "measures", "report", "grid", "reach", "other_way", "control",
    "definitional",
)  # fmt: skip


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
