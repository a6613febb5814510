"""Data frames of other rooms as tables of a document, with the meanings that they carry along."""

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.reports.document.context import Context
from sim.reports.document.exchange import Exchange
from sim.reports.document.model import BY_UNIT, COUNT, NUMBER, SHARE, TEXT, Column, DocumentTable, table_of
from sim.reports.document.setting_names import ENGLISH, unit_name
from sim.reports.document.words import DocumentWords

COUNT_UNITS = frozenset(
    ("pairs", "missing", "worlds", "replicates", "rows", "readings", "reach_worlds", "month", "never")
)
SHARE_UNITS = frozenset(
    (
        "reach",
        "reach_low",
        "reach_high",
        "reach_refuted",
        "share",
        "noise_share",
        "never_share",
        "never_low",
        "never_high",
    )
)
OF_THE_UNIT = frozenset(
    (
        "mean", "low", "high", "baseline", "smallest", "effect", "level_one", "level_other", "value", "difference",
        "difference_low", "difference_high", "npv", "behind_best", "behind_low", "behind_high", "gap", "shown",
    )
)  # fmt: skip
CONVERTED = tuple(sorted(OF_THE_UNIT))


def in_units(frame: pd.DataFrame, exchange: Exchange) -> pd.DataFrame:
    """A table whose rows in the folder's currency, as their column ``unit`` says, are converted."""
    if not exchange.converts or "unit" not in frame or not len(frame):
        return frame
    rows = frame["unit"].astype(str).str.match(rf"{exchange.of}\b")
    result = frame.copy()
    for column in (name for name in CONVERTED if name in frame):
        result[column] = frame[column].astype(float).where(~rows, frame[column].astype(float) * exchange.rate)
    result["unit"] = frame["unit"].astype(str).str.replace(f"^{exchange.of}", exchange.currency, regex=True)
    return result


def with_unit(frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """A table of amounts that does not say its unit, with the column that does. unit: currency of the folder"""
    return frame if "unit" in frame or not len(frame) else frame.assign(unit=unit)


def frame_table(
    context: Context, name: str, frame: pd.DataFrame, meanings: Mapping[str, str], keys: Sequence[str] = ()
) -> DocumentTable:
    """A whole data frame as a table; titles come from the locale file where it knows the column.

    Args:
        context: Words.
        name: Name of the table; its title is ``table.NAME`` or the name itself.
        frame: The data frame.
        meanings: Meaning of its columns.
        keys: Columns to take; all if empty.
    """
    shown = frame[list(keys)] if keys else frame
    columns = [_column(context, str(key), shown, meanings) for key in shown.columns]
    title = context.words.known(f"table.{name}", name.replace("_", " "))
    if "unit" in frame and not pd.api.types.is_numeric_dtype(frame["unit"]):
        frame = frame.assign(unit=[unit_name(str(unit), context.words) for unit in frame["unit"]])
    return table_of(name, title, frame, columns)


def _column(context: Context, key: str, frame: pd.DataFrame, meanings: Mapping[str, str]) -> Column:
    words = context.words
    title = words.known(f"column.{key}", key.replace("_", " "))
    meaning = _meaning(key, meanings, words) or title
    if not pd.api.types.is_numeric_dtype(frame[key]) or pd.api.types.is_bool_dtype(frame[key]):
        return Column(key, title, TEXT, "", meaning)
    if key in OF_THE_UNIT and "unit" in frame:
        return Column(key, title, BY_UNIT, "", meaning)
    if key in SHARE_UNITS:
        return Column(key, title, SHARE, "share", meaning)
    return Column(key, title, COUNT if key in COUNT_UNITS else NUMBER, "", meaning)


def _meaning(key: str, meanings: Mapping[str, str], words: DocumentWords) -> str:
    """What a column means: as its results say in English, else as the locale file says, where it knows the column."""
    own = words.known(f"meaning.{key}", "")
    return meanings.get(key) or own if words.language == ENGLISH else own or meanings.get(key, "")
