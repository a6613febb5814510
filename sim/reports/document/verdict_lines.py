"""The table of verdicts of a document: a claim a line, its numbers with their intervals in one cell each."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.experiments.claims.failing import fails_briefly
from sim.experiments.claims.shipped import REGISTERED
from sim.reports.document.context import Context
from sim.reports.document.model import MONEY, NUMBER, SHARE, Exhibit, kind_of_unit, table_of
from sim.reports.document.setting_names import claim_text, registration_words, unit_name
from sim.reports.document.words import SPACE, DocumentWords

VERDICT_LINE = ("claim", "verdict", "effect_interval", "reach_interval", "fails_briefly")
POINTS_OF_SHARE = 100.0  # in one


def verdict_exhibit(verdicts: pd.DataFrame, registered: int, context: Context) -> Exhibit:
    """One line a claim: sentence of its source, verdict, effect, reach and where it fails.

    Args:
        verdicts: The table of verdicts.
        registered: Claims whose contents are those of their registration.
        context: Words and provenance.
    """
    words, columns = context.words, [context.column(key) for key in VERDICT_LINE]
    lines = [_verdict_line(row, words) for row in verdicts.to_dict("records")]
    table = table_of("verdicts", words("table.verdicts"), pd.DataFrame(lines, columns=list(VERDICT_LINE)), columns)
    title = words("title.verdicts", count=len(lines), registered=registered)
    return Exhibit("verdicts", title, words("subtitle.verdicts"), table, context.note())


def _verdict_line(row: dict[Any, Any], words: DocumentWords) -> dict[str, str]:
    source = f" ({row['source']})" if isinstance(row.get("source"), str) else ""
    registration = str(row["registration"])
    stamp = "" if registration.startswith(REGISTERED) else f" [{registration_words(registration, words)}]"
    sentence = claim_text(str(row["id"]), "sentence", str(row["sentence"]), words)
    return {
        "claim": f"{sentence}{source}{stamp}", "verdict": words(f"verdict.{row['verdict']}"),
        "effect_interval": effect_line(row, words), "reach_interval": reach_line(row, words),
        "fails_briefly": fails_briefly(row, words.language),
    }  # fmt: skip


def effect_line(row: Mapping[str, Any], words: DocumentWords) -> str:
    """The effect with its interval and its unit; a difference of shares in points.

    >>> row = {"effect": -2e6, "low": -3e6, "high": -1e6, "unit": "EUR/customer"}
    >>> effect_line(row, DocumentWords()).replace(SPACE, " ")
    'EUR −2.00 m/customer [−3.00 m, −1.00 m]'
    >>> effect_line({"effect": 0.021, "low": 0.01, "high": 0.03, "unit": "share/year"}, DocumentWords())
    '2.1 points/year [1, 3]'
    """
    unit = str(row["unit"])
    whole, _, per = unit.partition("/")
    kind, factor = kind_of_unit(unit), 1.0
    if kind == SHARE:
        kind, factor, whole = NUMBER, POINTS_OF_SHARE, words("unit.points")
    per = unit_name(per, words)
    named = f" {unit_name(whole, words)}" if kind != MONEY and whole[:1].isalpha() else ""
    value, *ends = (factor * float(row[key]) for key in ("effect", "low", "high"))
    text = f"{words.value(value, kind)}{named}{f'/{per}' if per else ''}"
    return f"{text} {words.brackets(ends[0], ends[1], kind)}" if all(map(math.isfinite, ends)) else text


def reach_line(row: Mapping[str, Any], words: DocumentWords) -> str:
    """The reach in whole per cent with its interval.

    >>> reach_line({"reach": 0.5333, "reach_low": 0.409, "reach_high": 0.654}, DocumentWords()).replace(SPACE, " ")
    '53 % [41, 65]'
    """
    shares = [POINTS_OF_SHARE * float(row.get(key, math.nan)) for key in ("reach", "reach_low", "reach_high")]
    if not all(map(math.isfinite, shares)):
        return ""
    reach, low, high = (words.plain(share, 0) for share in shares)
    return f"{reach}{SPACE}% [{low},{SPACE}{high}]"
