"""From the table of an exhibit to what a chart reads: categories, series, and how far intervals reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sim.charts.theme import SLATE
from sim.reports.document.drawing import ticks
from sim.reports.document.model import BARS, COUNT, LINES, WATERFALL, CellValue, Exhibit, as_written, kind_of_unit
from sim.reports.document.words import DocumentWords

Number = float | int | None
MOST_TWO_LINES, MOST_BARS = 10, 20  # bars whose number stands below their name, and bars on one slide
MOST_NAMES = 12  # numbers along an axis that are shown one by one, with error bars
PLAIN_LOOK = (SLATE, "solid")


@dataclass(frozen=True)
class FeedSeries:
    """One series of a chart.

    Args:
        name: Its name for readers.
        values: One value a category; None where there is none.
        lows: Lower ends of intervals, or nothing.
        highs: Upper ends of intervals, or nothing.
        rows: Row of the table behind each value; -1 where there is none.
        look: Colour and dash.
    """

    name: str
    values: tuple[Number, ...]
    lows: tuple[Number, ...]
    highs: tuple[Number, ...]
    rows: tuple[int, ...]
    look: tuple[str, str] = PLAIN_LOOK
    open_rows: frozenset[int] = frozenset()  # rows of which the table says that nothing is decided

    def reach(self, upward: bool) -> tuple[Number, ...]:
        """Length of the interval above or below each value; None where there is none."""
        ends = self.highs if upward else self.lows
        return tuple(
            None if value is None or end is None else as_written(abs(end - value))
            for value, end in zip(self.values, ends, strict=True)
        )

    @property
    def bounded(self) -> bool:
        """Whether any value has an interval."""
        return any(low is not None for low in self.lows)

    def is_clear(self, place: int) -> bool:
        """Whether the interval of a value excludes zero; without an interval there is nothing unclear."""
        low, high = self.lows[place], self.highs[place]
        if self.rows[place] in self.open_rows:
            return False
        return low is None or high is None or low > 0.0 or high < 0.0


@dataclass(frozen=True)
class Feed:
    """What a chart is drawn from.

    Args:
        kind: Kind of the values, as of a column.
        unit: Unit of the values.
        categories: The first axis.
        series: One or more series.
        span: Lowest and highest value where it shares its axis with others; nothing for its own.
    """

    kind: str
    unit: str
    categories: tuple[CellValue, ...]
    series: tuple[FeedSeries, ...] = field(default_factory=tuple)
    span: tuple[float, float] | None = None

    @property
    def continuous(self) -> bool:
        """Whether there are so many numbers along the first axis that it is drawn as a scale and not as names."""
        many = len(self.categories) > MOST_NAMES and all(isinstance(cell, int | float) for cell in self.categories)
        return many and all(value is not None for series in self.series for value in series.values)

    def marks(self, zero: bool) -> list[float]:
        """Numbers along the axis of values.

        Args:
            zero: Whether the axis has to hold zero, as of bars.
        """
        low, high = self.ends()
        ends = (min(0.0, low), max(0.0, high)) if zero else (low, high)
        return ticks(*ends, least=1.0 if self.kind == COUNT else 0.0)

    def ends(self) -> tuple[float, float]:
        """Lowest and highest value, intervals included."""
        if self.span is not None:
            return self.span
        values = [
            float(value)
            for series in self.series
            for numbers in (series.values, series.lows, series.highs)
            for value in numbers
            if value is not None
        ]
        return (min(values), max(values)) if values else (0.0, 1.0)


def feed_of(exhibit: Exhibit) -> Feed:
    """The feed of an exhibit that has a chart.

    Args:
        exhibit: Its form names the columns of its table.

    Raises:
        ValueError: It has no chart.
    """
    form, table = exhibit.form, exhibit.table
    if form is None:
        raise ValueError(f"exhibit {exhibit.name} has no chart")
    values = table.columns[table.keys.index(form.value)]
    first_unit = str(table.values("unit")[0]) if "unit" in table.keys and table.rows else ""
    unit = values.unit or first_unit
    kind = values.kind if values.kind != "by unit" else kind_of_unit(unit)
    if form.kind == WATERFALL or not form.series:
        names, categories = [""], table.values(form.category)
        groups = {"": list(range(len(table.rows)))}
    else:
        labels = table.values(form.series)
        names, categories = list(dict.fromkeys(labels)), _ordered(table.values(form.category), form.kind)
        groups = {name: [place for place, label in enumerate(labels) if label == name] for name in names}
    series = tuple(_series(exhibit, name, groups[name], categories) for name in names)
    return Feed(kind, unit, tuple(categories), series, form.span)


def _ordered(values: Sequence[CellValue], kind: str) -> list[CellValue]:
    once = list(dict.fromkeys(values))
    numbers = all(isinstance(value, int | float) for value in once)
    return sorted(once, key=lambda value: float(value or 0)) if numbers or kind == LINES else once


def _series(exhibit: Exhibit, name: CellValue, rows: list[int], categories: Sequence[CellValue]) -> FeedSeries:
    form, table = exhibit.form, exhibit.table
    assert form is not None
    places = rows
    if form.series and form.kind != WATERFALL:
        by_category = {table.values(form.category)[row]: row for row in rows}
        places = [by_category.get(category, -1) for category in categories]
    columns = [table.values(key) for key in (form.value, *form.interval)]
    cells = [tuple(None if place < 0 else column[place] for place in places) for column in columns]
    nothing = (None,) * len(places)
    lows, highs = (cells[1], cells[2]) if form.interval else (nothing, nothing)
    look = form.looks.get(str(name), PLAIN_LOOK)
    readings = table.values(form.reading) if form.reading else []
    undecided = frozenset(row for row, word in enumerate(readings) if word in form.undecided)
    return FeedSeries(str(name), cells[0], lows, highs, tuple(places), look, undecided)


def pages_of(exhibit: Exhibit) -> list[Exhibit]:
    """An exhibit by slide: bars that are too many for one stand on several, each with its rows, all on one scale."""
    rows = exhibit.table.rows
    if exhibit.form is None or exhibit.form.kind != BARS or len(rows) <= MOST_BARS:
        return [exhibit]
    count = -(-len(rows) // MOST_BARS)
    size = -(-len(rows) // count)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    form = replace(exhibit.form, span=feed_of(exhibit).ends())
    return [replace(exhibit, table=replace(exhibit.table, rows=part), form=form) for part in parts]


def value_text(feed: Feed, series: FeedSeries, place: int, words: DocumentWords) -> str:
    """A value with its interval, as it stands beside a bar."""
    value, low, high = series.values[place], series.lows[place], series.highs[place]
    text = words.value(value, feed.kind)
    if low is None or high is None:
        return text
    return f"{text} {words.brackets(low, high, feed.kind)}"
