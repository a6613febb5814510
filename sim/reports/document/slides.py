"""A document as a presentation: native charts and tables, notes with provenance, a client's template."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sim.parameters import BadInput
from sim.reports.document.archive import with_fixed_dates
from sim.reports.document.drawing import column_shares
from sim.reports.document.feed import pages_of
from sim.reports.document.html_page import cells_of
from sim.reports.document.model import HEADLINE, HEAT, SENSITIVITY, Document, DocumentSection, DocumentTable, Exhibit
from sim.reports.document.native_chart import add_chart
from sim.reports.document.native_table import SIDE, add_heat, add_table, paged
from sim.reports.document.slide import EMU_OF_POINT, NOTE, Deck, Slide
from sim.reports.document.words import DocumentWords

MADE = datetime(2000, 1, 1)
ON_SLIDES = ("grades", "patterns", "swings", "settings", "registration", "defining")  # of belief and appendix
WHOLE_TABLE = 45  # rows of an exhibit's table up to which it is shown whole, as in print
MOST_WHOLE_SLIDES, MOST_TABLE_SLIDES = 5, 3  # of one table; longer ones end with a word on the workbook
FRONT_WIDTHS = (0.16, 0.84)  # of labels and of sentences
MOST_PROPERTY = 255  # characters of a property of the file


def slides_of(document: Document, words: DocumentWords, template: Path | None = None) -> bytes:
    """The presentation.

    Args:
        document: What to render.
        words: Its language.
        template: A client's presentation, of which layouts are taken; nothing for a plain one.

    Raises:
        BadInput: A headline without its sensitivity slide, a template that cannot be used, or a missing extra.
    """
    refuse_lone_headline(document)
    deck = Deck.open(template)
    _front(document, deck, words)
    for exhibit in document.exhibits:
        _exhibit(exhibit, document, deck, words)
    for section in (document.belief, document.appendix[0] if document.appendix else None):
        if section is not None:
            _section(section, document, deck, words)
    return _saved(document, deck)


def refuse_lone_headline(document: Document) -> None:
    """Stop if a headline is not followed by the exhibit that says where it fails.

    Raises:
        BadInput: Names the headline and the way out.
    """
    for exhibit, after in zip(document.exhibits, (*document.exhibits[1:], None), strict=True):
        if exhibit.role == HEADLINE and (after is None or after.role != SENSITIVITY):
            raise BadInput(
                f"the slide {exhibit.title!r} has no sensitivity slide after it, and a headline is not shown without "
                "one; run a sweep over a further factor, sim study assumptions or sim evidence, or take --format html"
            )


def _saved(document: Document, deck: Deck) -> bytes:
    properties = deck.presentation.core_properties
    properties.title, properties.author = document.title[:MOST_PROPERTY], "sim"
    properties.last_modified_by = "sim"
    properties.keywords = f"simulation; {document.kind}; sim {document.provenance['version']}"
    properties.comments = str(document.provenance["command"])[:MOST_PROPERTY]
    properties.created = properties.modified = properties.last_printed = MADE
    properties.revision = 1
    contents = io.BytesIO()
    deck.presentation.save(contents)
    return with_fixed_dates(contents.getvalue())


def notes_of(document: Document, reading: str, words: DocumentWords) -> str:
    """Notes of a slide: how to read it, and the provenance as JSON."""
    record = json.dumps(dict(document.provenance), sort_keys=True, ensure_ascii=False)
    return f"{words('slide.notes.reading')}: {reading}\n\n{words('slide.notes.provenance')}: {record}"


def _front(document: Document, deck: Deck, words: DocumentWords) -> None:
    """The first page as a table of labels and sentences."""
    rows = [[label, "\n".join(sentences)] for label, sentences in document.front]
    note = document.exhibits[0].note if document.exhibits else ""
    size, pages = next(tried for tried in _front_pages(rows, deck) if len(tried[1]) == 1 or tried[0] == NOTE + 1)
    for page, part in enumerate(pages):
        slide = deck.add(document.title if not page else f"{document.title} ({page + 1})")
        frame = add_table(slide, [], part, FRONT_WIDTHS, size)
        slide.describe(frame, f"{words('heading.front')}: {document.title}")
        slide.write_note(note)
        slide.write_notes(notes_of(document, words("heading.front"), words))


def _front_pages(rows: list[list[str]], deck: Deck) -> Iterator[tuple[int, list[list[list[str]]]]]:
    """The first page at smaller and smaller sizes of text, since it should be one page."""
    for size in (NOTE + 3, NOTE + 2, NOTE + 1):
        yield size, paged(rows, FRONT_WIDTHS, deck.body(note=True), size, headed=False)


def _exhibit(exhibit: Exhibit, document: Document, deck: Deck, words: DocumentWords) -> None:
    if exhibit.form is None:
        _table_slides(exhibit, document, deck, words)
        return
    pages = pages_of(exhibit)
    for number, page in enumerate(pages, start=1):
        parts = {"title": exhibit.title, "number": number, "count": len(pages)}
        named = replace(page, title=words("slide.continued", **parts)) if len(pages) > 1 else page
        _chart_slide(named, document, deck, words)


def _chart_slide(exhibit: Exhibit, document: Document, deck: Deck, words: DocumentWords) -> None:
    slide = deck.add(exhibit.title)
    slide.write_subtitle(exhibit.subtitle)
    box = slide.chart_box(len(exhibit.remarks[:2]))
    if exhibit.form is not None and exhibit.form.kind == HEAT:
        frame = add_heat(slide, exhibit, box, words)
    else:
        frame = add_chart(slide.shapes, exhibit, box, words)
    slide.describe(frame, exhibit.alt)
    slide.write_remarks(list(exhibit.remarks[:2]), box)
    slide.write_note(exhibit.note)
    reading = " ".join((exhibit.subtitle, *exhibit.remarks, words("slide.notes.workbook")))
    slide.write_notes(notes_of(document, reading, words))


def _table_slides(exhibit: Exhibit, document: Document, deck: Deck, words: DocumentWords) -> None:
    """A table over as many slides as it needs, as long as it is short enough to be shown whole."""
    most = MOST_WHOLE_SLIDES if len(exhibit.table.rows) <= WHOLE_TABLE else MOST_TABLE_SLIDES
    slides = _pages(exhibit.table, exhibit.title, deck, words, most)
    for slide, frame in slides:
        slide.write_subtitle(exhibit.subtitle)
        slide.describe(frame, exhibit.alt)
        cut = f" · {words('say.not_shown', rows=len(exhibit.table.rows))}" if len(slides) == MOST_TABLE_SLIDES else ""
        slide.write_note(f"{exhibit.note}{cut}")
        slide.write_notes(notes_of(document, " ".join((exhibit.subtitle, *exhibit.remarks)), words))


def _pages(
    table: DocumentTable, title: str, deck: Deck, words: DocumentWords, most: int = MOST_TABLE_SLIDES
) -> list[tuple[Slide, Any]]:
    head, cells = [column.title for column in table.columns], cells_of(table, words)
    body = deck.body(subtitle=True, note=True)
    widths = column_shares(head, cells, body[2] / EMU_OF_POINT, NOTE + 1, 2 * SIDE / EMU_OF_POINT)
    parts = paged(cells, widths, body, NOTE + 1)
    made = []
    for page, part in enumerate(parts[:most]):
        count = min(len(parts), most)
        named = title if count == 1 else words("slide.continued", title=title, number=page + 1, count=count)
        slide = deck.add(named)
        made.append((slide, add_table(slide, head, part, widths, NOTE + 1)))
    return made


def _section(section: DocumentSection, document: Document, deck: Deck, words: DocumentWords) -> None:
    """Paragraphs of a section on one slide, its short tables on the next ones."""
    slide = deck.add(section.heading)
    slide.write_paragraphs(list(section.paragraphs))
    slide.write_notes(notes_of(document, section.heading, words))
    for table in section.tables:
        if not table.rows or table.name not in ON_SLIDES:
            continue
        for page, frame in _pages(table, table.title, deck, words):
            page.write_subtitle(section.heading)
            page.describe(frame, table.title)
            page.write_note(words("say.not_shown", rows=len(table.rows)))
            page.write_notes(notes_of(document, table.title, words))
