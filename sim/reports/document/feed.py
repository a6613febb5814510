"""From the table of an exhibit to what a chart reads: categories, series, and how far intervals reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from sim.charts.theme import GAIN, LOSS, SLATE
from sim.reports.document.model import LINES, WATERFALL, Cell, Column, Exhibit, Table, kind_of_unit
from sim.reports.document.words import Words

Number = float | int | None
MOST_NAMES = 12  # numbers along an axis that are shown one by one, with error bars
PLAIN_LOOK = (SLATE, "solid")
STACKED = {"base": "", "total": SLATE, "gain": GAIN, "loss": LOSS, "gain below": GAIN, "loss below": LOSS}


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
            None if value is None or end is None else abs(end - value)
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
    """

    kind: str
    unit: str
    categories: tuple[Cell, ...]
    series: tuple[FeedSeries, ...] = field(default_factory=tuple)

    @property
    def continuous(self) -> bool:
        """Whether there are so many numbers along the first axis that it is drawn as a scale and not as names."""
        many = len(self.categories) > MOST_NAMES and all(isinstance(cell, int | float) for cell in self.categories)
        return many and all(value is not None for series in self.series for value in series.values)

    def ends(self) -> tuple[float, float]:
        """Lowest and highest value, intervals included."""
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
    return Feed(kind, unit, tuple(categories), series)


def _ordered(values: Sequence[Cell], kind: str) -> list[Cell]:
    once = list(dict.fromkeys(values))
    numbers = all(isinstance(value, int | float) for value in once)
    return sorted(once, key=lambda value: float(value or 0)) if numbers or kind == LINES else once  # type: ignore[arg-type]


def _series(exhibit: Exhibit, name: Cell, rows: list[int], categories: Sequence[Cell]) -> FeedSeries:
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


def waterfall_series(exhibit: Exhibit) -> Feed:
    """The stacked columns of a waterfall: hidden base, totals, increases, decreases; levels below zero are kept.

    Args:
        exhibit: A waterfall; its series column says ``total`` or ``step``.
    """
    plain = feed_of(exhibit)
    form = exhibit.form
    assert form is not None
    parts = exhibit.table.values(form.series)
    values = [float(value or 0.0) for value in plain.series[0].values]
    starts, ends = levels_of(values, [str(part) for part in parts])
    columns: dict[str, list[Number]] = {name: [] for name in STACKED}
    for start, end, part in zip(starts, ends, parts, strict=True):
        name = "total" if part == "total" else "gain" if end >= start else "loss"
        base, above, below = stacked(start, end)
        heights = {"base": base, name: above or below, f"{name} below": below if above else 0.0}
        for column, cells in columns.items():
            cells.append(heights.get(column, 0.0))
    nothing, rows = (None,) * len(values), plain.series[0].rows
    made = tuple(
        FeedSeries(name, tuple(cells), nothing, nothing, rows, (look, "solid"))
        for (name, cells), look in zip(columns.items(), STACKED.values(), strict=True)
        if any(cells) or name in ("base", "total", "gain", "loss")
    )
    return Feed(plain.kind, plain.unit, plain.categories, made)


def stacked(start: float, end: float) -> tuple[float, float, float]:
    """A bar between two levels as stacked columns have it: hidden base, height above zero, height below zero.

    >>> stacked(2.0, 5.0), stacked(-1.0, -3.0), stacked(-1.0, 2.0)
    ((2.0, 3.0, 0.0), (-1.0, 0.0, -2.0), (0.0, 2.0, -1.0))
    """
    low, high = min(start, end), max(start, end)
    if low >= 0.0:
        return low, high - low, 0.0
    return (high, 0.0, low - high) if high <= 0.0 else (0.0, high, low)


def levels_of(values: Sequence[float], parts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Where each bar of a waterfall begins and ends; totals begin at zero.

    >>> levels_of([10.0, -4.0, 6.0], ["total", "step", "total"])
    ([0.0, 10.0, 0.0], [10.0, 6.0, 6.0])
    """
    starts: list[float] = []
    ends: list[float] = []
    for value, part in zip(values, parts, strict=True):
        start = 0.0 if part == "total" or not ends else ends[-1]
        starts.append(start)
        ends.append(list(accumulate((start, value)))[-1])
    return starts, ends


def feed_table(exhibit: Exhibit, words: Words) -> Table:
    """What the native chart of an exhibit reads, as a table: categories, values, minus and plus.

    Args:
        exhibit: The exhibit.
        words: For the category that carries number and interval in its text.
    """
    form = exhibit.form
    assert form is not None
    feed = waterfall_series(exhibit) if form.kind == WATERFALL else feed_of(exhibit)
    columns, cells = [Column("category", form.across or form.category)], [category_texts(exhibit, words)]
    for place, series in enumerate(feed.series, start=1):
        columns.append(Column(f"value_{place}", series.name or form.axis or form.value, feed.kind, feed.unit))
        cells.append(list(series.values))
    for place, series in enumerate(feed.series, start=1):
        for name, upward in (("minus", False), ("plus", True)) if series.bounded else ():
            title = f"{series.name or form.axis or form.value} {name}"
            columns.append(Column(f"{name}_{place}", title, feed.kind, feed.unit))
            cells.append(list(series.reach(upward)))
    return Table(f"{exhibit.name}_feed", exhibit.table.title, tuple(columns), tuple(zip(*cells, strict=True)))


def category_texts(exhibit: Exhibit, words: Words) -> list[Cell]:
    """Categories as the axis shows them; bars and waterfalls carry their number and interval in the text."""
    form = exhibit.form
    assert form is not None
    feed = feed_of(exhibit)
    if form.series and form.kind != WATERFALL:
        return list(feed.categories)
    return [
        f"{category}\n{value_text(feed, feed.series[0], place, words)}" for place, category in enumerate(feed.categories)
    ]


def value_text(feed: Feed, series: FeedSeries, place: int, words: Words) -> str:
    """A value with its interval, as it stands beside a bar."""
    value, low, high = series.values[place], series.lows[place], series.highs[place]
    text = words.value(value, feed.kind)
    if low is None or high is None:
        return text
    return f"{text} {words.brackets(low, high, feed.kind)}"
