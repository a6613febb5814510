"""Cells of the tables of a ledger of claims in the language of a document."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from sim.experiments.claims.designs import load_bank
from sim.reports.document.setting_names import (
    ENGLISH,
    arm_name,
    claim_text,
    decision_name,
    measure_name,
    registration_words,
    setting_name,
)
from sim.reports.document.words import DocumentWords

_BOUND = re.compile(r"(?P<decision>\w+) of (?P<arm>\w+) in (?P<world>\w+)")


def in_words(table: pd.DataFrame, words: DocumentWords) -> pd.DataFrame:
    """A table of the ledger with its sentences, readings, decisions, measures and factors in words.

    Args:
        table: One of the tables; the columns that it lacks are left alone.
        words: Language of the document.
    """
    for column, spoken in _SPOKEN.items():
        if column in table:
            table = _with(table, column, [spoken(cell, words) for cell in table[column]])
    for column in ("sentence", "statement"):
        if {"id", column} <= set(table.columns):
            rows = zip(table["id"], table[column], strict=True)
            table = _with(table, column, [claim_text(str(name), column, str(text), words) for name, text in rows])
    return table


def _with(table: pd.DataFrame, column: str, cells: Sequence[Any]) -> pd.DataFrame:
    return table.assign(**{column: pd.Series(cells, index=table.index, dtype=object)})


def factor_name(factor: str, words: DocumentWords) -> str:
    """Words for a factor of the bank of sampled worlds, by what it sets; for another as `setting_name` has them.

    >>> factor_name("inertia", DocumentWords("de")), factor_name("unit_cost", DocumentWords("de"))
    ('Vertragskunden unterscheiden sich dauerhaft darin, wie schnell sie sich umsehen', 'Stückkosten')
    """
    if words.language == ENGLISH:
        return setting_name(factor, words)
    return words.known(f"setting.{factor}", "") or setting_name(_bank().get(factor, factor), words)


@cache
def _bank() -> Mapping[str, str]:
    """Key paths by factor."""
    factors = load_bank().factors
    return {factor.name: next(iter(factor.paths or factor.levels[0].settings), factor.name) for factor in factors}


def _arm(cell: object, words: DocumentWords) -> object:
    return arm_name(cell, words) if isinstance(cell, str) else cell


def _reading(cell: object, words: DocumentWords) -> object:
    """A verdict, or the reading of one world; a cell that is empty or none of them stays."""
    return words.known(f"verdict.{cell}", "") or cell


def _direction(cell: object, words: DocumentWords) -> object:
    return words.known(f"reading.{cell}", "") or cell if words.language != ENGLISH else cell


def _readings(cell: object, words: DocumentWords) -> object:
    """Readings of several worlds, as ``telecom: refuted; banking: depends``.

    >>> _readings("telecom: refuted; banking: depends", DocumentWords("de"))
    'telecom: widerlegt; banking: hängt von der Welt ab'
    """
    if not isinstance(cell, str):
        return cell
    parts = (part.partition(": ") for part in cell.split("; "))
    return "; ".join(f"{world}{mark}{_reading(reading, words)}" for world, mark, reading in parts)


def _bounds(cell: object, words: DocumentWords) -> object:
    """Decisions whose search ended at a bound, each of an arm in a world.

    >>> _bounds("marketing of both in telecom; price of half in banking", DocumentWords("de"))
    'Werbung in telecom (Einblick und Befugnis); Listenpreis in banking (auf halbem Weg)'
    """
    if words.language == ENGLISH or not isinstance(cell, str):
        return cell
    return _BOUND.sub(lambda match: _bound(match, words), cell)


def _bound(match: "re.Match[str]", words: DocumentWords) -> str:
    decision, arm = decision_name(match["decision"], words), arm_name(match["arm"], words)
    return words("part.bound_of_arm", decision=decision, arm=arm, world=match["world"])


def _stock(cell: object, words: DocumentWords) -> object:
    """One of the fixed texts of the ledger."""
    return words.known(f"stock.{cell}", "") or cell


_SPOKEN: dict[str, Callable[[object, DocumentWords], object]] = {
    "verdict": _reading,
    "reading": _reading,
    "other_way": _reading,
    "readings": _readings,
    "direction": _direction,
    "control": _stock,
    "decisions": _stock,
    "search_bound": _bounds,
    "measure": lambda cell, words: measure_name(str(cell), words),
    "decision": lambda cell, words: decision_name(str(cell), words),
    "factor": lambda cell, words: factor_name(str(cell), words),
    "arm": _arm,
    "one": _arm,
    "other": _arm,
    "moderator": lambda cell, words: words.known(f"moderator.{cell}", str(cell)),
    "level": lambda cell, words: words.known(f"level.{cell}", str(cell)),
    "registration": lambda cell, words: registration_words(str(cell), words),
}
