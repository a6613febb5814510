"""Charts of exhibits as SVG, for pages and print: bars, lines, waterfalls and heat maps from the feed alone."""

from collections.abc import Callable, Sequence

from sim.charts.labels import separate
from sim.reports.document.axis import BOTTOM, HIGH, LEADING, WIDTH, ChartAxis
from sim.reports.document.drawing import (
    INK,
    LABEL,
    MIST,
    RULE,
    SLATE,
    element,
    line,
    picture,
    text,
    ticks,
    width_of,
    wrap,
)
from sim.reports.document.feed import Feed, FeedSeries, feed_of, value_text
from sim.reports.document.heat_map import draw_heat
from sim.reports.document.model import BARS, HEAT, LINES, WATERFALL, Exhibit
from sim.reports.document.waterfall_drawing import draw_waterfall
from sim.reports.document.words import DocumentWords

PITCH, THICK, MOST_NAME = 34.0, 16.0, 290.0


def draw(exhibit: Exhibit, words: DocumentWords) -> str:
    """The chart of an exhibit.

    Args:
        exhibit: An exhibit that has a chart.
        words: Numbers and their language.
    """
    assert exhibit.form is not None
    return DRAWN[exhibit.form.kind](exhibit, feed_of(exhibit), words)


def _bars(exhibit: Exhibit, feed: Feed, words: DocumentWords) -> str:
    series = feed.series[0]
    texts = [value_text(feed, series, place, words) for place in range(len(series.values))]
    names = [wrap(words.value(category, "number"), MOST_NAME) for category in feed.categories]
    left = min(MOST_NAME, max((width_of(part) for name in names for part in name), default=0.0)) + 16.0
    right = WIDTH - max((width_of(shown) for shown in texts), default=0.0) - 20.0
    marks = feed.marks(zero=True)
    axis = ChartAxis(marks[0], marks[-1], left, right)
    pitches = [max(PITCH, len(name) * LEADING + 8.0) for name in names]
    bottom = sum(pitches) + 12.0
    parts = [*_rule(axis, marks, (6.0, bottom), feed, words), text(left, bottom + 38.0, exhibit.form.axis, fill=SLATE)]  # type: ignore[union-attr]
    top = 8.0
    for place, (name, pitch) in enumerate(zip(names, pitches, strict=True)):
        parts += _bar(axis, series, place, top + pitch / 2)
        first = top + pitch / 2 - (len(name) - 1) * LEADING / 2 + 4.5
        parts += [text(0.0, first + number * LEADING, part) for number, part in enumerate(name)]
        parts.append(text(right + 14.0, top + pitch / 2 + 4.5, texts[place], fill=INK))
        top += pitch
    return picture(WIDTH, bottom + BOTTOM, parts, exhibit.alt)


def _rule(
    axis: ChartAxis, marks: Sequence[float], ends: tuple[float, float], feed: Feed, words: DocumentWords
) -> list[str]:
    """Vertical lines and numbers of a horizontal axis of values."""
    room = width_of(max((words.value(mark, feed.kind) for mark in marks), key=width_of)) + 14.0
    pitch = abs(axis.at(marks[1]) - axis.at(marks[0])) if len(marks) > 1 else room
    every = max(1, -(-int(room) // max(1, int(pitch))))
    zero = marks.index(0.0) if 0.0 in marks else 0
    parts = []
    for number, mark in enumerate(marks):
        across = axis.at(mark)
        parts.append(line((across, ends[0]), (across, ends[1]), stroke=SLATE if mark == 0.0 else RULE))
        if (number - zero) % every == 0:
            parts.append(text(across, ends[1] + 17.0, words.value(mark, feed.kind), fill=SLATE, text_anchor="middle"))
    return parts


def _bar(axis: ChartAxis, series: FeedSeries, place: int, middle: float) -> list[str]:
    """A bar and its interval; pale where the interval includes zero."""
    value, low, high = series.values[place], series.lows[place], series.highs[place]
    if value is None:
        return []
    ends = sorted((axis.at(0.0), axis.at(float(value))))
    fill = SLATE if series.is_clear(place) else MIST
    parts = [element("rect", "", x=ends[0], y=middle - THICK / 2, width=max(0.5, ends[1] - ends[0]), height=THICK,
                     fill=fill, data_row=series.rows[place])]  # fmt: skip
    if low is not None and high is not None:
        ends_of_line = (axis.at(float(low)), middle), (axis.at(float(high)), middle)
        parts.append(line(*ends_of_line, stroke="#FFFFFF", stroke_width=5))  # so that it is seen on the bar
        parts.append(line(*ends_of_line, stroke=INK, stroke_width=2, data_row=series.rows[place]))
    return parts


def _lines(exhibit: Exhibit, feed: Feed, words: DocumentWords) -> str:
    form = exhibit.form
    assert form is not None
    marks = feed.marks(zero=False)
    left = max(width_of(words.value(mark, feed.kind)) for mark in marks) + 14.0
    room = max((width_of(series.name) for series in feed.series), default=0.0) + 34.0
    up, across = ChartAxis(marks[0], marks[-1], HIGH, 30.0), _across(feed, left, WIDTH - room)
    parts = [text(0.0, 14.0, form.axis, fill=SLATE)]
    for mark in marks:
        parts.append(line((left, up.at(mark)), (across.end, up.at(mark)), stroke=SLATE if mark == 0.0 else RULE))
        shown = words.value(mark, feed.kind)
        parts.append(text(left - 8.0, up.at(mark) + 4.5, shown, fill=SLATE, text_anchor="end"))
    for mark in _shown(feed, words):
        parts.append(
            text(across.at(mark), HIGH + 18.0, _category(exhibit, mark, words), fill=SLATE, text_anchor="middle")
        )
    parts.append(text(left, HIGH + 38.0, form.across, fill=SLATE))
    for series in feed.series:
        parts += _curve(series, feed, across, up)
    return picture(WIDTH, HIGH + BOTTOM, [*parts, *_ends(feed, across, up)], exhibit.alt)


def _across(feed: Feed, start: float, end: float) -> ChartAxis:
    numbers = [float(category) for category in feed.categories if isinstance(category, int | float)]
    low, high = min(numbers), max(numbers)
    return ChartAxis(low, high if high > low else low + 1.0, start, end)


def _shown(feed: Feed, words: DocumentWords) -> list[float]:
    """Numbers under the axis of categories: all if few, else round ones."""
    numbers = [float(category) for category in feed.categories if isinstance(category, int | float)]
    if len(numbers) <= 12:
        return numbers
    return [mark for mark in ticks(min(numbers), max(numbers)) if min(numbers) <= mark <= max(numbers)]


def _category(exhibit: Exhibit, mark: float, words: DocumentWords) -> str:
    form = exhibit.form
    assert form is not None
    column = exhibit.table.columns[exhibit.table.keys.index(form.category)]
    return words.value(mark, column.kind)


def _curve(series: FeedSeries, feed: Feed, across: ChartAxis, up: ChartAxis) -> list[str]:
    """Band, line and marks of one series."""
    places = [place for place, value in enumerate(series.values) if value is not None]
    xs = [across.at(float(feed.categories[place] or 0.0)) for place in places]
    ys = [up.at(float(series.values[place] or 0.0)) for place in places]
    colour, dash = series.look
    parts = []
    if series.bounded:
        highs = [(x, up.at(float(series.highs[place] or 0.0))) for x, place in zip(xs, places, strict=True)]
        lows = [(x, up.at(float(series.lows[place] or 0.0))) for x, place in zip(xs, places, strict=True)]
        ring = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*highs, *reversed(lows)))
        parts.append(element("polygon", "", points=ring, fill=colour, fill_opacity=0.13))
    drawn = {} if dash == "solid" else {"stroke_dasharray": "7 4" if "5.0" in dash or dash == "dash" else "2 3"}
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    parts.append(element("polyline", "", points=path, fill="none", stroke=colour, stroke_width=2.4, **drawn))
    return parts + [
        element("circle", "", cx=x, cy=y, r=4.0 if len(places) <= 15 else 6.0, fill=colour,
                fill_opacity=1 if len(places) <= 15 else 0, data_row=series.rows[place])
        for x, y, place in zip(xs, ys, places, strict=True)
    ]  # fmt: skip


def _ends(feed: Feed, across: ChartAxis, up: ChartAxis) -> list[str]:
    """Names of the series at the right ends of their lines, spread so that none covers another."""
    named = [series for series in feed.series if series.name and any(value is not None for value in series.values)]
    last = [float([value for value in series.values if value is not None][-1]) for series in named]
    wanted = [HIGH - up.at(value) for value in last]
    places = separate(wanted, [LABEL + 5.0] * len(named), -10.0, HIGH)
    parts = []
    for series, value, place in zip(named, last, places, strict=True):
        down = HIGH - place
        parts.append(line((across.end + 4.0, up.at(value)), (across.end + 16.0, down), stroke=MIST))
        parts.append(text(across.end + 19.0, down + 4.5, series.name, fill=series.look[0]))
    return parts


DRAWN: dict[str, Callable[[Exhibit, Feed, DocumentWords], str]] = {
    BARS: _bars, LINES: _lines, WATERFALL: draw_waterfall, HEAT: draw_heat
}  # fmt: skip
