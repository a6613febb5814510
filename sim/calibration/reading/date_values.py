"""Dates as people write them: one way of writing is guessed for a whole column, and the others are counted."""

import re
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

DAYS_PER_MONTH = 365.25 / 12.0
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
_CLOCKS = ("", " %H:%M", " %H:%M:%S")
_DAYS = {
    DAY_FIRST: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%d %b %Y", "%d-%b-%Y"),
    MONTH_FIRST: ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d, %Y", "%B %d, %Y"),
    YEAR_FIRST: ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y-%m", "%m/%Y", "%m.%Y", "%Y"),
}
_TRIED = 400  # different texts on which ways of writing are tried
_NOTHING = re.compile(r"(?i)-*|nan|nat|null|none|n/?a|open|offen|unbefristet|0000-.*|9999-.*|31[./]12[./]9999.*")
EARLIEST, LATEST = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")


class DateColumn(NamedTuple):
    """Dates of a column.

    Args:
        values: The dates; not a time where a cell is none.
        written: How they are written, in words.
        others: Filled cells that are written in another way.
        in_time: Whether the cells name a time of day.
    """

    values: Any
    written: str
    others: int
    in_time: bool


def read_dates(cells: pd.Series) -> DateColumn:
    """The dates of a column, by the way of writing that fits most of its cells.

    >>> read_dates(pd.Series(["31.01.2024", "01.02.2024"])).written
    'day first, such as 31.01.2024'
    """
    if pd.api.types.is_datetime64_any_dtype(cells):
        plain = cells.dt.tz_localize(None) if getattr(cells.dtype, "tz", None) is not None else cells
        return DateColumn(_bounded(plain), "dates of the file", 0, True)
    codes, uniques = pd.factorize(cells)
    texts = pd.Series([_text(value) for value in uniques], dtype=object)
    form, order = _best_format(texts)
    parsed = _parse(texts, form)
    filled = texts.notna().to_numpy(bool)
    counts = np.bincount(codes[codes >= 0], minlength=len(uniques))
    others = int(counts[filled & parsed.isna().to_numpy()].sum())
    dates = pd.concat([parsed, pd.Series([pd.NaT], dtype="datetime64[ns]")], ignore_index=True).to_numpy()
    example = next((text for text, good in zip(texts, parsed.notna(), strict=True) if good), "none")
    return DateColumn(pd.Series(dates[codes], index=cells.index), f"{order}, such as {example}", others, "%H" in form)


def _text(value: Any) -> str | None:
    if value is None or value != value:
        return None
    if hasattr(value, "isoformat"):
        return str(value.isoformat(sep=" ")) if hasattr(value, "hour") else str(value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return None if _NOTHING.fullmatch(text) else text


def _bounded(dates: pd.Series) -> pd.Series:
    return dates.where((dates > EARLIEST) & (dates < LATEST)).astype("datetime64[ns]")


def _parse(texts: pd.Series, form: str) -> pd.Series:
    return _dates_of(_cleaned(texts, "%H" in form), form)


def _cleaned(texts: pd.Series, with_time: bool) -> pd.Series:
    """Texts without what no format names: spaces around them, and after a time its parts of seconds and its zone."""
    bare = texts.astype("string").str.strip()
    if with_time:
        bare = bare.str.replace("T", " ").str.replace(r"(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$", "", regex=True)
    return bare


def _dates_of(bare: pd.Series, form: str) -> pd.Series:
    if form == "%Y":
        bare = bare.where(bare.str.fullmatch(r"(?:19|20|21)\d\d"))
    if form == "%Y%m%d":
        bare = bare.where(bare.str.len() == 8)
    with np.errstate(all="ignore"):
        return _bounded(pd.to_datetime(bare, format=form, errors="coerce"))


def _best_format(texts: pd.Series) -> tuple[str, str]:
    """The format that reads most texts; between day and month first, the one whose dates rise down the file."""
    filled = texts.dropna()
    step = max(1, len(filled) // _TRIED)
    tried = filled.iloc[::step].reset_index(drop=True)
    cleaned = {with_time: _cleaned(tried, with_time) for with_time in (False, True)}
    scores = []
    for order, days in _DAYS.items():
        for form in (day + clock for day in days for clock in _CLOCKS):
            parsed = _dates_of(cleaned["%H" in form], form)
            scores.append((int(parsed.notna().sum()), _rising(parsed), form, order))
    best = max(scores, key=lambda row: row[:2])
    return best[2], best[3]


def _rising(dates: pd.Series) -> float:
    """Share of steps down the column that do not go back."""
    steps = np.diff(dates.dropna().astype("int64").to_numpy())
    return float(np.mean(steps >= 0)) if len(steps) else 0.0
