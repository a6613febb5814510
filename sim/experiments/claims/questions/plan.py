"""A question of our own: what is asked, in which world and how much is run, read strictly from its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiments.claims.questions.designs import QuestionDesign
from sim.experiments.claims.questions.forms import FORM_READERS
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import MECHANISMS, BadInput, Scenario
from sim.parameters.checking import Place, nearest
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml

QUESTION_KEYS = ("id", "source", "sentence", "statement", "idea", "mechanisms", "worlds", "settings", "seed", "form")
SIZES = ("full", "quick")
QUESTION_FORMS = tuple(FORM_READERS)
CENTRE, CORNERS = "centre", "corners"
TUNED_FORMS = ("phase", "sobol", "adoption")  # forms that compare policies, which are tuned first
LEAST: Mapping[str, int] = {
    "customers": 50,
    "months": 12,
    "pairs": 2,
    "levels": 3,
    "trials": 2,
    "training": 1,
    "rows": 8,
}
MOST = 1_000_000
OWN_SIZES: Mapping[str, tuple[str, ...]] = {"phase": ("levels",), "sobol": ("rows",)}


@dataclass(frozen=True)
class Size:
    """How much is run.

    Args:
        customers: Simulated customers.
        months: Months of a run.
        pairs: Replications of every world.
        levels: Levels of each side of a phase diagram.
        trials: Trials of every policy when it is tuned.
        training: Worlds of a trial.
        rows: Base rows of a Saltelli design; a power of two.
        places: Where policies are tuned: ``centre``, the world as it comes, or ``corners`` of each diagram as well.
    """

    customers: int
    months: int
    pairs: int
    levels: int = 0
    trials: int = 0
    training: int = 0
    rows: int = 0
    places: str = CENTRE


@dataclass(frozen=True)
class Question:
    """A question as its file asks it.

    Args:
        id: Name, also of its file.
        source: ``O``: our own.
        sentence: The question.
        statement: What the answer will be read from.
        idea: By which mechanism it may come out, and by which it may not.
        mechanisms: Keys of mechanisms that carry it.
        world: Scenario of the box that it is asked in.
        settings: Settings of all its worlds.
        seed: Seed of the worlds.
        form: One of `QUESTION_FORMS`.
        design: What it varies.
        full: Size of the full run.
        quick: Size of the quick run.
        contents: The file as it was read.
    """

    id: str
    source: str
    sentence: str
    statement: str
    idea: str
    mechanisms: tuple[str, ...]
    world: str
    settings: Mapping[str, Any]
    seed: int
    form: str
    design: QuestionDesign
    full: Size
    quick: Size
    contents: Mapping[str, Any]

    def size(self, quick: bool) -> Size:
        """How much is run."""
        return self.quick if quick else self.full

    def scenario(self, quick: bool) -> Scenario:
        """The world as it comes, with the settings of the file."""
        size = self.size(quick)
        counts = {"market.customers": size.customers, "months": size.months}
        return Scenario.load(self.world).with_settings(counts | dict(self.settings))


def load_question(name_or_path: str | Path) -> Question:
    """A question of the box by its name, or from a file.

    Raises:
        BadInput: There is none, or as `read_question`.
    """
    path = Path(name_or_path)
    if path.suffix not in (".yaml", ".yml"):
        path = shipped_folder("experiments") / "claims" / f"{name_or_path}.yaml"
    contents, lines = read_yaml(path)
    return read_question(contents, Place(str(path), lines))


def read_question(contents: Mapping[str, Any], place: Place) -> Question:
    """A question from the contents of its file.

    Raises:
        BadInput: Anything missing, unknown or not allowed; everything wrong is told at once.
    """
    form = StrictSection(contents, "", place, [])
    name = form.choice("form", QUESTION_FORMS)
    form.only((*QUESTION_KEYS, name, *SIZES))
    base = _base(form)
    if base is None:
        form.tell()
        raise AssertionError("a base that cannot be used is always told")
    design = FORM_READERS[name](form.section(name), base)
    full, quick = (_size(form.section(key), name) for key in SIZES)
    question = Question(
        id=form.name("id"), source=form.choice("source", ("O",)), sentence=form.text("sentence"),
        statement=form.text("statement"), idea=form.text("idea"), mechanisms=_mechanisms(form), world=base.name,
        settings=dict(form.section("settings").contents), seed=form.whole("seed", 0, 2**31, base.seed), form=name,
        design=design, full=full, quick=quick, contents=dict(contents),
    )  # fmt: skip
    form.tell()
    return question


def _base(form: StrictSection) -> Scenario | None:
    """The world with the settings of the file."""
    worlds = form.items("worlds")
    if len(worlds) > 1:
        form.complain("worlds", f"has {len(worlds)} worlds; a question is asked in one, so write another file.")
    try:
        return Scenario.load(str(worlds[0])).with_settings(form.section("settings").contents) if worlds else None
    except BadInput as trouble:
        form.complain("settings" if form.contents.get("settings") else "worlds", f"does not work: {trouble}")
        return None


def _mechanisms(form: StrictSection) -> tuple[str, ...]:
    names = tuple(map(str, form.items("mechanisms")))
    for name in names:
        if name not in MECHANISMS:
            form.complain("mechanisms", f"has {name!r}, which is no mechanism.{nearest(name, MECHANISMS)}")
    return names


def _size(form: StrictSection, name: str) -> Size:
    tuned = ("trials", "training") if name in TUNED_FORMS else ()
    keys = ("customers", "months", "pairs", *OWN_SIZES.get(name, ()), *tuned)
    form.only((*keys, "places") if name == "phase" else keys)
    counts = {key: form.whole(key, LEAST[key], MOST) for key in keys}
    if counts.get("rows", 0) & (counts.get("rows", 0) - 1):
        form.complain("rows", f"is {counts['rows']}; a power of two is needed, such as 8 or 32.")
    places = form.choice("places", (CENTRE, CORNERS), CENTRE) if name == "phase" else CENTRE
    return Size(**counts, places=places)
