"""Native tables of presentations: rows over as many slides as they need, thin rules, shaded cells of heat maps."""

from collections.abc import Sequence
from typing import Any

from sim.charts.theme import GAIN
from sim.reports.document.drawing import INK, RULE, SLATE, wrap
from sim.reports.document.extras import extra_package
from sim.reports.document.feed import feed_of
from sim.reports.document.heat_map import number_text, shade, winner_of
from sim.reports.document.model import Exhibit
from sim.reports.document.slide import EMU_OF_POINT, NOTE, Slide, SlideBox
from sim.reports.document.words import SPACE, DocumentWords

PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
SIDE, UPPER = 60000, 35000  # margins of a cell [EMU]
LEADING = 1.25
TABLE_LINES = 16  # of one cell; what is longer is in the workbook


def height_of(row: Sequence[str], widths: Sequence[float], wide: int, size: float) -> int:
    """Height that a row needs. [EMU]"""
    lines = max(len(_lines(cell, share * wide, size)) for cell, share in zip(row, widths, strict=True))
    return int(lines * size * LEADING * EMU_OF_POINT) + 2 * UPPER + 20000


def _lines(cell: str, wide: float, size: float) -> list[str]:
    room = (wide - 2 * SIDE) / EMU_OF_POINT
    return [line for part in cell.split("\n") for line in wrap(part, room, size)] or [""]


def _shown(cell: str, wide: float, size: float) -> str:
    lines = _lines(cell, wide, size)
    return cell if len(lines) <= TABLE_LINES else " ".join(lines[:TABLE_LINES]) + " …"


def paged(
    rows: list[list[str]], widths: Sequence[float], body: SlideBox, size: float, headed: bool = True
) -> list[list[list[str]]]:
    """Rows by slide, so that none runs out of the body.

    Args:
        rows: Cells.
        widths: Widths of the columns as shares.
        body: Room on a slide. [EMU]
        size: Size of the text. [pt]
        headed: Whether a row of titles stands above them.
    """
    wide, high = body[2], body[3] - (int(2.6 * size * LEADING * EMU_OF_POINT) if headed else 0)
    pages: list[list[list[str]]] = [[]]
    used = 0
    for row in ([_shown(cell, share * wide, size) for cell, share in zip(row, widths, strict=True)] for row in rows):
        need = height_of(row, widths, wide, size)
        if pages[-1] and used + need > high:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += need
    return pages


def add_table(slide: Slide, head: list[str], rows: list[list[str]], widths: Sequence[float], size: float) -> Any:
    """Add a table to the body of a slide; gives its frame.

    Args:
        slide: The slide.
        head: Titles of the columns; none for a table of labels.
        rows: Cells.
        widths: Widths of the columns as shares.
        size: Size of the text. [pt]
    """
    body = slide.deck.body(subtitle=bool(head), note=True)
    cells = ([head] if head else []) + rows
    heights = [height_of(row, widths, body[2], size) for row in cells]
    frame = slide.shapes.add_table(len(cells), len(widths), body[0], body[1], body[2], sum(heights))
    table = frame.table
    table.first_row, table.horz_banding = bool(head), False
    frame._element.graphic.graphicData.tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    for place, share in enumerate(widths):
        table.columns[place].width = int(share * body[2])
    for number, (row, height) in enumerate(zip(cells, heights, strict=True)):
        table.rows[number].height = height
        for place, text in enumerate(row):
            bold = bool(head) and number == 0 or not head and place == 0
            _fill(slide, table.cell(number, place), text, size, bold)
            _rule(table.cell(number, place), SLATE if head and number == 0 else RULE)
    return frame


def _fill(slide: Slide, cell: Any, text: str, size: float, bold: bool) -> None:
    cell.margin_left = cell.margin_right = SIDE
    cell.margin_top = cell.margin_bottom = UPPER
    cell.text_frame.text = text or SPACE  # an empty cell would be as high as text of the usual size
    slide.dress(cell.text_frame, size, SLATE if bold else INK, bold)


def _rule(cell: Any, colour: str) -> None:
    """A thin line below a cell."""
    from lxml import etree  # comes with python-pptx

    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    text = (
        f'<a:lnB xmlns:a="{space}" w="9525"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, etree.fromstring(text))


def add_heat(slide: Slide, exhibit: Exhibit, box: SlideBox, words: DocumentWords) -> Any:
    """A heat map as a native table: cells shaded by size, white where nothing is resolved.

    Args:
        slide: The slide.
        exhibit: A heat map.
        box: Room for it. [EMU]
        words: Numbers and their language.
    """
    feed, form = feed_of(exhibit), exhibit.form
    assert form is not None
    most = max(abs(end) for end in feed.ends()) or 1.0
    rows, columns = len(feed.series) + 1, len(feed.categories) + 1
    frame = slide.shapes.add_table(rows, columns, *box)
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    _fill(slide, table.cell(0, 0), f"↓ {form.axis}\n→ {form.across}", NOTE, False)
    for place, category in enumerate(feed.categories, start=1):
        _fill(slide, table.cell(0, place), words.value(category, "number"), NOTE, True)
    for number, series in enumerate(reversed(feed.series), start=1):
        _fill(slide, table.cell(number, 0), number_text(series.name, words), NOTE, True)
        for place, value in enumerate(series.values, start=1):
            winner = winner_of(exhibit, series.rows[place - 1])
            look = shade(value, most, form.looks.get(winner, (GAIN, ""))[0]) if winner else shade(value, most)
            lines = (winner if value is not None else "", words.value(value, feed.kind))
            _shade(slide, table.cell(number, place), "\n".join(line for line in lines if line), look)
    return frame


def _shade(slide: Slide, cell: Any, text: str, look: tuple[str, str]) -> None:
    colours = extra_package("pptx.dml.color", "pptx").RGBColor
    _fill(slide, cell, text, NOTE, False)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colours.from_string(look[0].lstrip("#"))
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = colours.from_string(look[1].lstrip("#"))
