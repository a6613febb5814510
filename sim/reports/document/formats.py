"""The formats of documents by name, and the files they make."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.reports.document.model import Document
from sim.reports.document.words import DocumentWords

Render = Callable[[Document, DocumentWords, Path | None], bytes]


class Format(NamedTuple):
    """One format.

    Args:
        ending: Ending of its files.
        render: Makes the contents of a file from a document, its words, and a client's template if it takes one.
        template: Whether it takes a client's template.
    """

    ending: str
    render: Render
    template: bool = False


def _html(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.html_page import html_of

    return html_of(document, words)


def _pdf(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.pdf import pdf_of

    return pdf_of(document, words)


def _slides(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.slides import slides_of

    return slides_of(document, words, template)


def _workbook(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.workbook import workbook_of

    return workbook_of(document, words)


def _latex(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.latex import latex_of

    return latex_of(document, words)


def _csv(document: Document, words: DocumentWords, template: Path | None) -> bytes:
    from sim.reports.document.csv_tables import csv_of

    return csv_of(document, words)


DOCUMENT_FORMATS = {
    "html": Format("html", _html), "pdf": Format("pdf", _pdf), "pptx": Format("pptx", _slides, template=True),
    "xlsx": Format("xlsx", _workbook), "tex": Format("tex", _latex), "csv": Format("csv.zip", _csv),
}  # fmt: skip


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        BadInput: There is no such format.
    """
    if name not in DOCUMENT_FORMATS:
        raise BadInput(
            f"format {name!r} is not known.{nearest(name, DOCUMENT_FORMATS)} Known: {', '.join(DOCUMENT_FORMATS)}"
        )
    return DOCUMENT_FORMATS[name]


def write_document(
    document: Document, words: DocumentWords, name: str, path: Path, template: Path | None = None
) -> Path:
    """Write a document beside its place and then rename it.

    Args:
        document: What to write.
        words: Its language and money.
        name: Name of the format.
        path: File to write.
        template: A client's template, where the format takes one.

    Raises:
        BadInput: No such format, an extra is missing, or the template cannot be used.
        OSError: The file cannot be written.
    """
    found_format = find_format(name)
    if template is not None and not found_format.template:
        takers = ", ".join(key for key, value in DOCUMENT_FORMATS.items() if value.template)
        raise BadInput(f"--template is for --format {takers}; leave it out for {name}")
    contents = found_format.render(document, words, template)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(contents)
    part.replace(path)
    return path
