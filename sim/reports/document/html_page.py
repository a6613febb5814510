"""A document as one HTML file that needs no network: charts as SVG, values on hover from tables embedded as JSON."""

import base64
import hashlib
import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from sim.reports.document.model import Document, DocumentTable
from sim.reports.document.svg import draw
from sim.reports.document.words import DocumentWords

PAGE_FOLDER = Path(__file__).parent
SHOWN_ROWS = 40  # rows of a table that are open in the page; longer ones open on a click
TEMPLATES = Environment(loader=FileSystemLoader(PAGE_FOLDER / "templates"), autoescape=select_autoescape(["html"]),
                        trim_blocks=True, lstrip_blocks=True)  # fmt: skip


def html_of(document: Document, words: DocumentWords) -> bytes:
    """The page.

    Args:
        document: What to render.
        words: Its language.
    """
    script, style = ((PAGE_FOLDER / "templates" / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    allowed = f"default-src 'none'; img-src data:; script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    page = TEMPLATES.get_template("page.html").render(
        document=document, words=words, script=Markup(script), style=Markup(style), policy=Markup(allowed),
        svg=lambda exhibit: Markup(draw(exhibit, words)), cells=lambda table: cells_of(table, words),
        numeric=numeric_places, embedded=lambda table: Markup(embedded(table, words)), shown=SHOWN_ROWS,
        provenance=Markup(_safe(json.dumps(dict(document.provenance), sort_keys=True, ensure_ascii=True))),
    )  # fmt: skip
    return page.encode("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def cells_of(table: DocumentTable, words: DocumentWords) -> list[list[str]]:
    """All cells as readers see them."""
    return [[words.value(cell, table.kind_of(row, place)) for place, cell in enumerate(row)] for row in table.rows]


def numeric_places(table: DocumentTable) -> list[bool]:
    """By column, whether it holds numbers, which stand to the right."""
    return [column.kind != "text" for column in table.columns]


def embedded(table: DocumentTable, words: DocumentWords) -> str:
    """A table as JSON for the script of the page: titles of columns, and cells as readers see them."""
    contents = {"columns": [column.title for column in table.columns], "rows": cells_of(table, words)}
    return _safe(json.dumps(contents, ensure_ascii=True, separators=(",", ":")))


def _safe(text: str) -> str:
    """JSON that cannot end the script element it stands in."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
