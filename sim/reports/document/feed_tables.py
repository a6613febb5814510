"""What a native chart reads, as a table: categories, values, and how far intervals reach below and above."""

from sim.reports.document.feed import MOST_TWO_LINES, feed_of, value_text
from sim.reports.document.model import BARS, WATERFALL, CellValue, Column, DocumentTable, Exhibit
from sim.reports.document.waterfall import waterfall_series
from sim.reports.document.words import DocumentWords


def feed_table(exhibit: Exhibit, words: DocumentWords) -> DocumentTable:
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
    return DocumentTable(f"{exhibit.name}_feed", exhibit.table.title, tuple(columns), tuple(zip(*cells, strict=True)))


def category_texts(exhibit: Exhibit, words: DocumentWords) -> list[CellValue]:
    """Categories as the axis shows them; bars and waterfalls carry their number and interval in the text."""
    form = exhibit.form
    assert form is not None
    feed = feed_of(exhibit)
    if form.kind not in (BARS, WATERFALL):
        return list(feed.categories)
    between = "\n" if len(feed.categories) <= MOST_TWO_LINES else "   "
    return [
        f"{category}{between}{value_text(feed, feed.series[0], place, words)}"
        for place, category in enumerate(feed.categories)
    ]
