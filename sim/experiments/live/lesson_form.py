"""Reads a lesson strictly from the contents of its file."""

from collections.abc import Mapping
from typing import Any

from sim.experiments.claims.shipped import entry_names
from sim.experiments.live.lesson import (
    BOTH_SIDES,
    LEFT,
    NEITHER,
    RIGHT,
    RIGHT_LESS_LEFT,
    SIDE_READINGS,
    Bet,
    Choice,
    CustomerToSee,
    Lesson,
    LessonChange,
    LessonNumber,
    LessonSide,
    LessonStop,
    Reveal,
    Texts,
)
from sim.experiments.live.lesson_check import check_places, languages_of, settings_of
from sim.experiments.live.life_table import PICKS
from sim.experiments.live.pair import MOST_CUSTOMERS, MOST_MONTHS, SIDES, USUAL_PAIR, TimelinePair, open_pair
from sim.experiments.sweep.design.outcomes import NUMBERS, Outcome, read_outcome
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.files.language_texts import LANGUAGES
from sim.parameters import Scenario
from sim.parameters.checking import Place, nearest
from sim.parameters.errors import BadInput
from sim.parameters.shipped import scenario_names

LESSON_KEYS = (
    "id", "title", "question", "story", "idea", "claims", "world", "firm", "months", "seed", "customers", "both",
    "left", "right", "centric", "stops", "changes", "what_if", "bet", "reveal", "customer", "discussion",
)  # fmt: skip
OUTCOME_KEYS = ("measure", "aggregation", "months")
NUMBER_KEYS = (*OUTCOME_KEYS, "part_of")
QUESTIONS = 3  # for discussion
FEWEST_LESSON_MONTHS, USUAL_MONTHS = 12, 60
FEWEST_SIMULATED = 100
LARGEST_SEED = 2**53
UNBOUNDED = 1e15


def read_lesson(contents: Mapping[str, Any], place: Place) -> Lesson:
    """A lesson from the contents of its file.

    Raises:
        BadInput: Anything missing, unknown or not allowed; everything wrong is told at once.
    """
    form = StrictSection(contents, "", place, [])
    form.only(LESSON_KEYS)
    return _LessonForm(form).lesson()


class _LessonForm:
    """The sections of one file, read one after the other."""

    def __init__(self, form: StrictSection) -> None:
        self.form = form
        self.languages = languages_of(form)
        self.months = form.whole("months", FEWEST_LESSON_MONTHS, MOST_MONTHS, USUAL_MONTHS)
        self.world = form.choice("world", scenario_names())
        self.base = Scenario.load(self.world)
        self.firm = form.choice("firm", [firm.name for firm in self.base.firms], self.base.firms[0].name)
        self.both = settings_of(form, "both", self.base)
        self.sides = {side: self._side(side) for side in SIDES}
        self.pair = self._pair()

    def lesson(self) -> Lesson:
        """The lesson.

        Raises:
            BadInput: Anything wrong.
        """
        form, changes = self.form, self._changes("changes")
        lesson = Lesson(
            id=form.name("id"), title=self._texts(form, "title"), question=self._texts(form, "question"),
            story=self._texts(form, "story"), idea=self._texts(form, "idea"), claims=self._claims(),
            world=self.world, settings=self.both, left=self.sides[LEFT], right=self.sides[RIGHT],
            centric=form.choice("centric", ("", *SIDES), ""), stops=self._stops(), changes=changes,
            what_if=self._changes("what_if"), bet=self._bet(), reveal=self._reveals(), customer=self._customer(),
            discussion=self._discussion(), pair=self._changed(changes),
        )  # fmt: skip
        form.tell()
        return lesson

    def _side(self, side: str) -> LessonSide:
        part = self.form.section(side)
        part.only(("name", "settings"))
        return LessonSide(self._texts(part, "name"), settings_of(part, "settings", self.base))

    def _pair(self) -> TimelinePair:
        """Both worlds; those of the box where the settings do not go together, which is told."""
        wanted = {
            "world": self.world, "firm": self.firm, "months": self.months,
            "seed": self.form.whole("seed", 0, LARGEST_SEED, 1),
            "customers": self.form.whole("customers", FEWEST_SIMULATED, MOST_CUSTOMERS, USUAL_PAIR["customers"]),
        }  # fmt: skip
        own = {side: self.sides[side].settings for side in SIDES}
        try:
            return open_pair(wanted | {"settings": self.both} | own)
        except BadInput as trouble:
            self.form.complain("both", f"does not go with the settings of the sides: {trouble}")
            return open_pair(wanted | {side: {} for side in SIDES})

    def _changed(self, changes: tuple[LessonChange, ...]) -> TimelinePair:
        """The pair with what the story changes."""
        pair = self.pair
        for change in sorted(changes, key=lambda own: own.month):
            pair = pair.changed(change.side, change.month, change.settings)
        return pair

    def _claims(self) -> dict[str, Texts]:
        known = entry_names()
        claims = self.form.section("claims")
        if not claims.contents:
            self.form.complain("claims", "is missing; name at least one claim of the ledger.")
        for name in claims.contents:
            if name not in known:
                claims.complain(str(name), f"is no claim of the ledger.{nearest(str(name), known)}")
        return {str(name): dict(part.contents) for name, part in self.form.sections("claims").items()}

    def _stops(self) -> tuple[LessonStop, ...]:
        return tuple(LessonStop(self._month(part), self._texts(part, "text")) for part in self._parts("stops", 1))

    def _changes(self, key: str) -> tuple[LessonChange, ...]:
        return tuple(change for part in self._parts(key, 0) if (change := self._change(part)))

    def _change(self, part: StrictSection) -> LessonChange | None:
        part.only(("month", "side", "settings", "text"))
        side, month, texts = part.choice("side", (*SIDES, BOTH_SIDES)), self._month(part, -1), self._texts(part, "text")
        settings = settings_of(part, "settings", self.base)
        if not settings:
            part.complain("settings", "is missing; write at least one setting.")
        try:
            self.pair.changed(side, month, settings)
        except BadInput as trouble:
            part.complain("settings", f"cannot be changed in the course of the worlds: {trouble}")
            return None
        return LessonChange(month, side, settings, texts)

    def _month(self, part: StrictSection, beyond: int = 0) -> int:
        return part.whole("month", 0, self.months + beyond)

    def _parts(self, key: str, fewest: int) -> list[StrictSection]:
        """The sections of a list."""
        value = self.form.contents.get(key, [])
        if not isinstance(value, list) or len(value) < fewest:
            self.form.complain(key, f"is {value!r}; a list of at least {fewest} entries is needed.")
            return []
        return [
            StrictSection(item, f"{key}.{k}", self.form.place, self.form.complaints) for k, item in enumerate(value)
        ]

    def _bet(self) -> Bet:
        part = self.form.section("bet")
        part.only(("question", *NUMBER_KEYS, "side", "smallest", "choices", "gives"))
        side = part.choice("side", ("", *SIDES, RIGHT_LESS_LEFT), "")
        choices = self._limits(part) if side else self._readings(part)
        return Bet(
            self._texts(part, "question"), self._number(part), side, part.amount("smallest", 0.0, UNBOUNDED, 0.0),
            choices, part.choice("gives", [choice.id for choice in choices]),
        )  # fmt: skip

    def _readings(self, part: StrictSection) -> tuple[Choice, ...]:
        choices = part.section("choices")
        choices.only(SIDE_READINGS)
        offered = [name for name in SIDE_READINGS if name in choices.contents or name != NEITHER]
        return tuple(Choice(name, self._texts(choices, name)) for name in offered)

    def _limits(self, part: StrictSection) -> tuple[Choice, ...]:
        value = part.contents.get("choices")
        if not isinstance(value, list) or len(value) < 2:
            part.complain("choices", f"is {value!r}; a list of at least two choices is needed, from low to high.")
            return ()
        forms = [
            StrictSection(item, part.of(f"choices.{k}"), part.place, part.complaints) for k, item in enumerate(value)
        ]
        return tuple(self._limit(form, k, k == len(forms) - 1) for k, form in enumerate(forms))

    def _limit(self, form: StrictSection, position: int, is_last: bool) -> Choice:
        form.only(("text",) if is_last else ("up_to", "text"))
        limit = None if is_last else form.amount("up_to", -UNBOUNDED, UNBOUNDED)
        return Choice(str(position), self._texts(form, "text"), limit)

    def _reveals(self) -> tuple[Reveal, ...]:
        return tuple(self._one_reveal(part) for part in self._parts("reveal", 1))

    def _one_reveal(self, part: StrictSection) -> Reveal:
        part.only((*NUMBER_KEYS, "smallest", *SIDE_READINGS, "gives"))
        forms = {name: self._texts(part, name) for name in SIDE_READINGS}
        for name, texts in forms.items():
            for language, text in texts.items():
                check_places(part, f"{name}.{language}", text)
        smallest = part.amount("smallest", 0.0, UNBOUNDED, 0.0)
        return Reveal(self._number(part), smallest, forms, part.choice("gives", SIDE_READINGS))

    def _number(self, part: StrictSection) -> LessonNumber:
        outcome = self._outcome(part, {})
        if "part_of" not in part.contents:
            return LessonNumber(outcome)
        whole = part.choice("part_of", NUMBERS)
        return LessonNumber(outcome, self._outcome(part, {"measure": whole}))

    def _outcome(self, part: StrictSection, instead: Mapping[str, Any]) -> Outcome:
        kept = {key: part.contents[key] for key in OUTCOME_KEYS if key in part.contents} | {
            "firm": self.firm,
            **instead,
        }
        inner = StrictSection(kept, part.path, part.place, part.complaints)
        outcome = read_outcome(part.path, inner, self.base)
        if outcome.last > self.months:
            part.complain("months", f"ends in month {outcome.last}, after the last of the {self.months} months.")
        return outcome

    def _customer(self) -> CustomerToSee:
        part = self.form.section("customer")
        part.only(("rule", "side", "text"))
        return CustomerToSee(part.choice("rule", PICKS), part.choice("side", SIDES), self._texts(part, "text"))

    def _discussion(self) -> tuple[Texts, ...]:
        parts = self._parts("discussion", 0)
        if len(parts) != QUESTIONS:
            self.form.complain("discussion", f"has {len(parts)} entries; {QUESTIONS} questions are needed.")
        outer = StrictSection(
            dict(enumerate(part.contents for part in parts)), "discussion", self.form.place, self.form.complaints
        )
        return tuple(self._texts(outer, k) for k in outer.contents)

    def _texts(self, part: StrictSection, key: Any) -> Texts:
        inner = StrictSection(part.contents.get(key, {}), part.of(str(key)), part.place, part.complaints)
        inner.only(LANGUAGES)
        return {language: inner.text(language) for language in self.languages}
