"""A lesson as it goes over the wire: texts by language, settings, how numbers are written, and the ledger's verdict."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.experiments.claims.failing import fails_where
from sim.experiments.claims.shipped import load_entry
from sim.experiments.live.lesson import (
    Bet,
    CustomerToSee,
    Lesson,
    LessonChange,
    LessonNumber,
    LessonSide,
    LessonStop,
    Reveal,
    Texts,
)
from sim.files.language_texts import LANGUAGES
from sim.model.measures import BY_NAME
from sim.parameters.shipped import shipped_folder

VERDICT_TEXTS = ("verdict", "unit", "measure", "world", "worlds", "registration")
VERDICT_NUMBERS = ("effect", "low", "high", "smallest", "pairs", "reach", "reach_low", "reach_high", "reach_worlds")


def verdicts_file() -> Path:
    """The ledger's verdicts, as `sim claims` wrote them: of the checkout, or of the package."""
    return shipped_folder("results") / "claims" / "verdicts.csv"


@cache
def ledger_verdicts() -> Mapping[str, Mapping[str, Any]]:
    """The verdict on every claim by id; none where the table is missing."""
    path = verdicts_file()
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: _verdict(row) for row in csv.DictReader(file)}


def _verdict(row: Mapping[str, str]) -> dict[str, Any]:
    numbers = {name: float(row[name]) if row.get(name) else None for name in VERDICT_NUMBERS}
    worlds = [world.strip() for world in row["worlds"].split(",")]
    fails = {language: fails_where(row, language) for language in LANGUAGES}
    return {name: row.get(name, "") for name in VERDICT_TEXTS} | numbers | {"worlds": worlds, "fails_where": fails}


def lesson_heading(lesson: Lesson) -> dict[str, Any]:
    """What a list of lessons shows of one."""
    return {
        "id": lesson.id, "title": lesson.title, "question": lesson.question,
        "world": lesson.world, "months": lesson.pair.months,
    }  # fmt: skip


def lesson_as_json(lesson: Lesson) -> dict[str, Any]:
    """Everything that is shown of a lesson; what its bet and its reveal gave when it was written is left out."""
    return lesson_heading(lesson) | {
        "story": lesson.story, "idea": lesson.idea, "firm": lesson.pair.firm, "seed": lesson.pair.left.seed,
        "customers": lesson.pair.left.scenario.customers, "centric": lesson.centric, "settings": dict(lesson.settings),
        "claims": [_claim(name, texts) for name, texts in lesson.claims.items()],
        "left": _side(lesson.left), "right": _side(lesson.right),
        "stops": [_stop(stop) for stop in lesson.stops],
        "changes": [_change(change) for change in lesson.changes],
        "what_if": [_change(change) for change in lesson.what_if],
        "bet": _bet(lesson.bet), "reveal": [_reveal(row) for row in lesson.reveal],
        "customer": _customer(lesson.customer), "discussion": list(lesson.discussion),
    }  # fmt: skip


def _claim(name: str, texts: Texts) -> dict[str, Any]:
    contents = load_entry(name).contents
    statement = contents.get("statement", "")
    sentence = {"en": contents["sentence"]} | dict(texts)
    return {"id": name, "sentence": sentence, "statement": statement, "verdict": ledger_verdicts().get(name)}


def _side(side: LessonSide) -> dict[str, Any]:
    return {"name": side.name, "settings": dict(side.settings)}


def _stop(stop: LessonStop) -> dict[str, Any]:
    return {"month": stop.month, "text": stop.text}


def _change(change: LessonChange) -> dict[str, Any]:
    return {"month": change.month, "side": change.side, "settings": dict(change.settings), "text": change.text}


def _bet(bet: Bet) -> dict[str, Any]:
    choices = [{"id": choice.id, "text": choice.text} for choice in bet.choices]
    return {"question": bet.question, "side": bet.side, "choices": choices} | _number(bet.number)


def _reveal(row: Reveal) -> dict[str, Any]:
    return _number(row.number) | {"smallest": row.smallest, "forms": dict(row.forms)}


def _number(number: LessonNumber) -> dict[str, Any]:
    outcome, unit = number.outcome, BY_NAME[number.outcome.measure].unit
    return {
        "measure": outcome.measure, "part_of": number.part_of.measure if number.part_of else None,
        "aggregation": outcome.aggregation, "months": [outcome.first, outcome.last],
        "unit": "share" if number.part_of else unit, "display": number.display, "better": number.better,
    }  # fmt: skip


def _customer(customer: CustomerToSee) -> dict[str, Any]:
    return {"rule": customer.rule, "side": customer.side, "text": customer.text}
