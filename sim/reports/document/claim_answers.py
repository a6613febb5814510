"""Answers to the questions of a ledger: one short line each for the first page, and the whole answers as a table."""

import math
from typing import Any

import pandas as pd

from sim.experiments.claims.shipped import entry_names, load_entry
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table
from sim.reports.document.model import MONEY, DocumentTable, Exhibit, kind_of_unit, table_of
from sim.reports.document.setting_names import ENGLISH, claim_text, registration_words, unit_name
from sim.reports.document.words import DocumentWords

ANSWER_LINE = ("question", "answer", "answer_number", "registration")
ANSWER_KEYS = ("question", "statement", "effect", "low", "high", "unit", "months", "world")


def brief_answers(answers: pd.DataFrame, words: DocumentWords) -> list[str]:
    """One line a question: the number of its answer with interval, unit and horizon.

    Args:
        answers: The table of answers; may be empty.
        words: Language of the document.
    """
    return [
        f"{claim_text(str(row['id']), 'sentence', str(row['question']), words)} {number_of(row, words)}"
        for row in answers.to_dict("records")
    ]


def number_of(row: dict[Any, Any], words: DocumentWords) -> str:
    """The number of an answer with its interval, unit and horizon.

    >>> row = {"effect": 0.6, "low": 0.387, "high": 0.781, "unit": "share that never breaks even", "months": 108}
    >>> number_of(row, DocumentWords()).replace("\\u00a0", " ")
    '60 % [38.7 %, 78.1 %], share that never breaks even, 108 months.'
    """
    unit = str(row["unit"])
    kind, named = kind_of_unit(unit), unit_name(unit, words)
    value, low, high = (float(row[key]) for key in ("effect", "low", "high"))
    parts = [f"{words.value(value, kind)} {words.brackets(low, high, kind)}", "" if kind == MONEY else named]
    months = float(row.get("months", math.nan))
    parts.append(words("period.months", count=int(months)) if months == months else "")
    return f"{', '.join(part for part in parts if part)}."


def answers_exhibit(answers: pd.DataFrame, context: Context) -> list[Exhibit]:
    """The answers as a table; a language that has no sentences of its own gives their numbers.

    Args:
        answers: The table of answers.
        context: Words and provenance.
    """
    words, rows = context.words, answers.to_dict("records")
    frame = pd.DataFrame(
        {
            "question": [claim_text(str(row["id"]), "sentence", str(row["question"]), words) for row in rows],
            "answer": [str(row["answer"]) for row in rows],
            "answer_number": [number_of(row, words) for row in rows],
            "registration": [registration_words(str(row.get("registration", "")), words) for row in rows],
        }
    )
    keys = [key for key in ANSWER_LINE if key != "answer" or words.language == ENGLISH]
    columns = [context.column(key) for key in keys]
    table = table_of(
        "answers", words("table.answers"), frame.rename(columns={"effect_interval": "answer_number"}), columns
    )
    title = words("title.answers", count=len(rows))
    return [Exhibit("answers", title, words("subtitle.answers"), table, context.note())]


def answer_numbers(answers: pd.DataFrame, context: Context) -> DocumentTable:
    """The numbers behind the answers. answers: the table; context: words"""
    rows = [{str(name): value for name, value in row.items()} for row in answers.to_dict("records")]
    asked = [claim_text(str(row["id"]), "sentence", str(row["question"]), context.words) for row in rows]
    read_from = [
        claim_text(str(row["id"]), "statement", _shipped_statement(str(row["id"])), context.words) for row in rows
    ]
    whole = answers.assign(question=asked, statement=read_from)
    return frame_table(context, "answer_numbers", whole, {}, [key for key in ANSWER_KEYS if key in whole])


def _shipped_statement(question: str) -> str:
    """What a question of the box is answered from; nothing of another."""
    return str(load_entry(question).contents["statement"]) if question in entry_names() else ""
