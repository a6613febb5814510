"""Names of series at the right ends of native lines, spread so that none covers another."""

from typing import Any

from sim.charts.labels import separate
from sim.reports.document.feed import Feed

INNER = (0.11, 0.03, 0.70, 0.80)  # plot area of a line chart: left, top, width, height, as shares of the chart
PITCH = 0.075  # height of a label, as a share of the chart


def label_ends(chart: Any, feed: Feed) -> None:
    """Label the last point of every series with its name, and leave room to the right of the plot.

    Args:
        chart: A native line chart.
        feed: What it is drawn from.
    """
    _lay_out(chart)
    ends = [
        max((place for place, value in enumerate(series.values) if value is not None), default=0)
        for series in feed.series
    ]
    last = [float(series.values[end] or 0.0) for series, end in zip(feed.series, ends, strict=True)]
    low, high = feed.ends()
    wanted = [INNER[3] * (value - low) / ((high - low) or 1.0) for value in last]
    places = separate(wanted, [PITCH] * len(wanted), 0.0, INNER[3])
    for series, source, end, want, place in zip(chart.plots[0].series, feed.series, ends, wanted, places, strict=True):
        if source.name:
            _label(series, source.look[0], end, want - place)


def _lay_out(chart: Any) -> None:
    from lxml import etree

    area = chart._chartSpace.find(".//{*}plotArea")
    space = area.nsmap["c"]
    old = area.find("{*}layout")
    if old is not None:
        area.remove(old)
    values = zip(("x", "y", "w", "h"), INNER, strict=True)
    inside = "".join(f'<c:{name} val="{value}"/>' for name, value in values)
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    layout = f'<c:layout xmlns:c="{space}"><c:manualLayout>{modes}{inside}</c:manualLayout></c:layout>'
    area.insert(0, etree.fromstring(layout))


def _label(series: Any, colour: str, end: int, down: float) -> None:
    """A data label that shows the name of the series, moved down by a share of the chart."""
    from lxml import etree

    space = series._element.nsmap["c"]
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    flags = "".join(
        f'<c:{name} val="{int(name == "showSerName")}"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    moved = f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{down:.4f}"/></c:manualLayout></c:layout>'
    look = (
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr>'
        f'<a:defRPr sz="1100"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'
        '<a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )
    off = flags.replace('showSerName val="1"', 'showSerName val="0"')
    text = (
        f'<c:dLbls xmlns:c="{space}" xmlns:a="{drawing}"><c:dLbl><c:idx val="{end}"/>{moved}{look}'
        f'<c:dLblPos val="r"/>{flags}</c:dLbl>{off}</c:dLbls>'
    )
    anchor = series._element.find("{*}errBars")
    for name in ("cat", "xVal"):
        anchor = series._element.find(f"{{*}}{name}") if anchor is None else anchor
    anchor.addprevious(etree.fromstring(text))
