"""HTML reports that need no network: text, tables and charts in one file."""

import base64
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(["html"]), trim_blocks=True
)


def render_page(template: str, **values: object) -> str:
    """A page from one of the templates beside this file."""
    return _TEMPLATES.get_template(template).render(**values)


@dataclass(frozen=True)
class Picture:
    """A chart in a report: SVG file, its alternative text and caption."""

    path: Path
    alt: str
    caption: str

    @property
    def source(self) -> str:
        """The picture itself as an address."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.path.read_bytes()).decode()


@dataclass(frozen=True)
class Section:
    """One part of a report: heading, paragraphs, pictures, tables, and tables that open on a click, in this order."""

    heading: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[tuple[str, pd.DataFrame]] = ()
    pictures: Sequence[Picture] = ()
    folded: Sequence[tuple[str, pd.DataFrame]] = ()


@dataclass(frozen=True)
class Report:
    """A whole report: title, the verdict at its head, sections, and how to repeat it."""

    title: str
    verdict: Sequence[str]
    sections: Sequence[Section]
    provenance: Sequence[str] = field(default_factory=tuple)

    def write(self, path: Path) -> Path:
        """Write the report beside its place and then rename it."""
        page = render_page("report.html", report=self, rows=rows_of)
        part = path.with_name(f".{path.name}.part")
        part.write_text(page, encoding="utf-8")
        part.replace(path)
        return path


def rows_of(table: pd.DataFrame) -> Iterable[list[str]]:
    """Cells of a table as text for the reader: three digits when small, whole when large, nothing when missing."""
    for row in table.itertuples(index=False):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float):
        if value != value:
            return ""
        text = f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
        return text.replace("-", "−")
    return html.unescape(str(value))
