"""Native, editable charts of presentations: series from the feed, error bars, and a workbook behind both."""

import io
from datetime import datetime
from typing import Any

from sim.reports.document.archive import with_fixed_dates
from sim.reports.document.drawing import INK, MIST, RULE, SLATE, ticks
from sim.reports.document.extras import extra_package
from sim.reports.document.feed import MOST_NAMES, MOST_TWO_LINES, Feed, feed_of
from sim.reports.document.feed_tables import feed_table
from sim.reports.document.model import BARS, LINES, WATERFALL, DocumentTable, Exhibit
from sim.reports.document.number_formats import axis_format, cell_format
from sim.reports.document.waterfall import waterfall_series
from sim.reports.document.words import DocumentWords

SHEET = "Sheet1"
LABEL_POINTS = 11
FEW_BARS = 4  # up to which bars are drawn thin
CHART_DATE = datetime(2000, 1, 1)
COLUMNS_BY_KIND = {BARS: "BAR_CLUSTERED", LINES: "LINE_MARKERS", WATERFALL: "COLUMN_STACKED"}


def embedded_workbook(table: DocumentTable) -> bytes:
    """The workbook inside a chart: one sheet with the feed, the same bytes each time.

    Args:
        table: The feed.
    """
    xlsxwriter = extra_package("xlsxwriter", "pptx")
    contents = io.BytesIO()
    book = xlsxwriter.Workbook(contents, {"in_memory": True})
    book.set_properties({"created": CHART_DATE})
    sheet = book.add_worksheet(SHEET)
    sheet.write_row(0, 0, [column.title for column in table.columns])
    forms = [book.add_format({"num_format": cell_format(column.kind, column.unit)}) for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell, forms[place])
    sheet.set_column(0, 0, 40)
    book.close()
    return with_fixed_dates(contents.getvalue())


def add_chart(shapes: Any, exhibit: Exhibit, box: tuple[int, int, int, int], words: DocumentWords) -> Any:
    """Add the chart of an exhibit to a slide; gives its frame.

    Args:
        shapes: Shapes of the slide.
        exhibit: An exhibit with bars, lines or a waterfall.
        box: Left, top, width and height. [EMU]
        words: Numbers and their language.
    """
    chart_data, enum = extra_package("pptx.chart.data", "pptx"), extra_package("pptx.enum.chart", "pptx")
    form, table = exhibit.form, feed_table(exhibit, words)
    assert form is not None
    feed = waterfall_series(exhibit) if form.kind == WATERFALL else feed_of(exhibit)
    scale = form.kind == LINES and feed.continuous
    contents = chart_data.XyChartData() if scale else chart_data.CategoryChartData()
    if not scale:
        contents.categories = [_category(cell, exhibit, words) for cell in table.values("category")]
    for place, series in enumerate(feed.series, start=1):
        added = contents.add_series(table.columns[place].title, *(() if scale else (series.values,)))
        for point in zip(feed.categories, series.values, strict=True) if scale else ():
            added.add_data_point(*point)
    kind = "XY_SCATTER_LINES_NO_MARKERS" if scale else COLUMNS_BY_KIND[form.kind]
    frame = shapes.add_chart(getattr(enum.XL_CHART_TYPE, kind), *box, contents)
    chart = frame.chart
    if scale:
        _refer(chart, table)
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = extra_package("pptx.util", "pptx").Pt(LABEL_POINTS), "Arial"
    _axes(chart, exhibit, feed, words)
    {BARS: _dress_bars, LINES: _dress_lines, WATERFALL: _dress_waterfall}[form.kind](chart, feed, table)
    chart.part.chart_workbook.update_from_xlsx_blob(embedded_workbook(table))
    return frame


def _refer(chart: Any, table: DocumentTable) -> None:
    """Let the series of a scatter chart read the columns of the feed."""
    rows = len(table.rows) + 1
    for place, series in enumerate(chart.plots[0].series, start=1):
        letter = chr(ord("A") + place)
        for path, formula in (
            ("tx", f"${letter}$1"),
            ("xVal", f"$A$2:$A${rows}"),
            ("yVal", f"${letter}$2:${letter}${rows}"),
        ):
            series._element.find(f"{{*}}{path}").find(".//{*}f").text = f"{SHEET}!{formula}"


def _category(cell: Any, exhibit: Exhibit, words: DocumentWords) -> str:
    form = exhibit.form
    assert form is not None
    kind = exhibit.table.columns[exhibit.table.keys.index(form.category)].kind
    return words.value(cell, kind) if not isinstance(cell, str) else cell


def _rgb(colour: str) -> Any:
    return extra_package("pptx.dml.color", "pptx").RGBColor.from_string(colour.lstrip("#"))


def _name_axis(axis: Any, name: str) -> None:
    """Write the title of an axis."""
    axis.has_title = True
    axis.axis_title.text_frame.text = name
    run = axis.axis_title.text_frame.paragraphs[0].runs[0]
    size = extra_package("pptx.util", "pptx").Pt(LABEL_POINTS)
    run.font.size, run.font.bold, run.font.color.rgb = size, False, _rgb(SLATE)


def _axes(chart: Any, exhibit: Exhibit, feed: Feed, words: DocumentWords) -> None:
    enum = extra_package("pptx.enum.chart", "pptx")
    form, points = exhibit.form, extra_package("pptx.util", "pptx").Pt
    assert form is not None
    values, categories = chart.value_axis, chart.category_axis
    largest = max(abs(end) for end in feed.ends())
    values.tick_labels.number_format_is_linked = False
    values.tick_labels.number_format = axis_format(feed.kind, largest, words)
    values.major_gridlines.format.line.color.rgb = _rgb(RULE)
    values.format.line.fill.background()
    if form.kind == BARS:  # beside upright values a title would be turned; the subtitle says it
        _name_axis(values, form.axis)
    if form.kind == LINES and form.across:
        _name_axis(categories, form.across)
    if form.kind != WATERFALL:
        marks = feed.marks(form.kind == BARS)
        values.minimum_scale, values.maximum_scale = marks[0], marks[-1]  # intervals too, which no program counts in
        values.major_unit = marks[1] - marks[0]
    categories.format.line.color.rgb = _rgb(SLATE)
    categories.tick_label_position = enum.XL_TICK_LABEL_POSITION.LOW
    categories.major_tick_mark = enum.XL_TICK_MARK.NONE
    categories.tick_labels.font.size = points(LABEL_POINTS)
    if len(feed.categories) > MOST_TWO_LINES and form.kind == BARS:
        categories.tick_labels.font.size = points(LABEL_POINTS - 1)
    categories._element.find(".//{*}txPr/{*}bodyPr").set("rot", "0")
    if form.kind == BARS:
        categories.reverse_order = True
        values.tick_label_position = enum.XL_TICK_LABEL_POSITION.HIGH
    elif feed.continuous and form.kind == LINES:
        column = exhibit.table.columns[exhibit.table.keys.index(form.category)]
        marks = ticks(float(feed.categories[0] or 0.0), float(feed.categories[-1] or 0.0))
        categories.minimum_scale, categories.maximum_scale = float(feed.categories[0] or 0.0), marks[-1]
        categories.tick_labels.number_format_is_linked = categories.has_major_gridlines = False
        categories.tick_labels.number_format = axis_format(column.kind, marks[-1], words)


def _dress_bars(chart: Any, feed: Feed, table: DocumentTable) -> None:
    plot, series = chart.plots[0], chart.plots[0].series[0]
    plot.gap_width, plot.vary_by_categories = 60 if len(feed.categories) > FEW_BARS else 180, False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(SLATE)
    series.invert_if_negative = False
    for place in range(len(feed.categories)):
        if not feed.series[0].is_clear(place):
            point = series.points[place]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = _rgb(MIST)
    if feed.series[0].bounded:
        _error_bars(series, table, 1, INK)


def _dress_lines(chart: Any, feed: Feed, table: DocumentTable) -> None:
    from sim.reports.document.line_labels import label_ends

    enum, points = extra_package("pptx.enum.dml", "pptx"), extra_package("pptx.util", "pptx").Pt
    markers = extra_package("pptx.enum.chart", "pptx").XL_MARKER_STYLE
    for place, (series, source) in enumerate(zip(chart.plots[0].series, feed.series, strict=True), start=1):
        colour, dash = source.look
        series.smooth = False
        series.format.line.width, series.format.line.color.rgb = points(2.25), _rgb(colour)
        if dash != "solid":
            long = "5.0" in dash or dash == "dash"
            series.format.line.dash_style = enum.MSO_LINE.DASH if long else enum.MSO_LINE.ROUND_DOT
        few = len(feed.categories) <= MOST_NAMES
        series.marker.style = markers.CIRCLE if few else markers.NONE
        if few:
            series.marker.size = 6
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = series.marker.format.line.color.rgb = _rgb(colour)
        if source.bounded and few:
            _error_bars(series, table, place, colour)
    label_ends(chart, feed)


def _dress_waterfall(chart: Any, feed: Feed, table: DocumentTable) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, source in zip(plot.series, feed.series, strict=True):
        series.invert_if_negative = False
        if source.look[0]:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _rgb(source.look[0])
        else:
            series.format.fill.background()
            series.format.line.fill.background()


def _error_bars(series: Any, table: DocumentTable, place: int, colour: str) -> None:
    """Error bars that read the columns minus and plus of the workbook; before c:cat, as the schema has it."""
    from lxml import etree

    space = series._element.nsmap["c"]
    parts = [f'<c:errBars xmlns:c="{space}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">',
             '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>']  # fmt: skip
    for name in ("plus", "minus"):
        parts.append(f"<c:{name}>{_numbers(table, f'{name}_{place}')}</c:{name}>")
    parts.append(
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill></a:ln></c:spPr>'
    )
    made = etree.fromstring("".join(parts) + "</c:errBars>")
    series._element.find("{*}cat").addprevious(made)


def _numbers(table: DocumentTable, key: str) -> str:
    """A reference to a column of the workbook, with its numbers."""
    letter = chr(ord("A") + table.keys.index(key))
    values = table.values(key)
    cached = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
    )
    formula = f"{SHEET}!${letter}$2:${letter}${len(values) + 1}"
    head = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
    return f"<c:numRef><c:f>{formula}</c:f><c:numCache>{head}{cached}</c:numCache></c:numRef>"
