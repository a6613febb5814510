"""A waterfall as SVG: totals from zero, steps between them, intervals beside the bars."""

from sim.reports.document.axis import HIGH, LEADING, WIDTH, ChartAxis
from sim.reports.document.drawing import (
    INK,
    LABEL,
    MIST,
    SLATE,
    element,
    line,
    picture,
    text,
    wrap,
)
from sim.reports.document.feed import Feed, FeedSeries, value_text
from sim.reports.document.model import Exhibit
from sim.reports.document.waterfall import levels_of
from sim.reports.document.words import SPACE, DocumentWords


def draw_waterfall(exhibit: Exhibit, feed: Feed, words: DocumentWords) -> str:
    """The chart of a waterfall.

    Args:
        exhibit: The exhibit.
        feed: What it is drawn from.
        words: Numbers and their language.
    """
    form, series = exhibit.form, feed.series[0]
    assert form is not None
    parts_of = [str(part) for part in exhibit.table.values(form.series)]
    starts, ends = levels_of([float(value or 0.0) for value in series.values], parts_of)
    reach = [start + float(end) for start, pair in zip(starts, zip(series.lows, series.highs, strict=True), strict=True)
             for end in pair if end is not None]  # fmt: skip
    levels = [0.0, *starts, *ends, *reach]
    up = ChartAxis(min(levels), max(levels) if max(levels) > min(levels) else min(levels) + 1.0, HIGH - 60.0, 66.0)
    column = WIDTH / len(starts)
    drawn = [text(0.0, 14.0, form.axis, fill=SLATE), line((0.0, up.at(0.0)), (WIDTH, up.at(0.0)))]
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        middle = (place + 0.5) * column
        drawn += _step(exhibit, series, place, (up.at(start), up.at(end)), (middle, 0.56 * column))
        drawn += _interval(series, place, start, up, middle + 0.34 * column)
        if place + 1 < len(starts):
            drawn.append(line((middle + 0.28 * column, up.at(end)), (middle + 0.72 * column, up.at(end)), stroke=MIST))
        full = value_text(feed, series, place, words).replace(words.named_currency(), "")  # the axis names it
        shown = [part.strip(SPACE) for part in full.replace(" [", "\n[").split("\n")]
        top = min(
            [
                up.at(start),
                up.at(end),
                *(up.at(start + float(high)) for high in series.highs[place : place + 1] if high is not None),
            ]
        )
        for number, part in enumerate(shown):
            size = 11.0 if number else LABEL
            drawn.append(
                text(middle, top - 8.0 - 15.0 * (len(shown) - 1 - number), part, text_anchor="middle", font_size=size)
            )
        for number, part in enumerate(wrap(str(feed.categories[place]), column - 8.0)):
            drawn.append(text(middle, HIGH - 36.0 + number * LEADING, part, text_anchor="middle"))
    return picture(WIDTH, HIGH + 26.0, drawn, exhibit.alt)


def _step(
    exhibit: Exhibit, series: FeedSeries, place: int, ends: tuple[float, float], bar: tuple[float, float]
) -> list[str]:
    form = exhibit.form
    assert form is not None
    total = exhibit.table.values(form.series)[place] == "total"
    name = "total" if total else "gain" if ends[1] <= ends[0] else "loss"
    colour = form.looks[name][0]
    look = (
        {"fill": colour} if series.is_clear(place) else {"fill": "white", "stroke": colour, "stroke_dasharray": "4 3"}
    )
    middle, width = bar
    return [element("rect", "", x=middle - width / 2, y=min(ends), width=width, height=max(1.0, abs(ends[1] - ends[0])),
                    data_row=series.rows[place], **look)]  # fmt: skip


def _interval(series: FeedSeries, place: int, start: float, up: ChartAxis, across: float) -> list[str]:
    low, high = series.lows[place], series.highs[place]
    if low is None or high is None or low == high:
        return []
    return [line((across, up.at(start + float(low))), (across, up.at(start + float(high))), stroke=INK, stroke_width=2)]
