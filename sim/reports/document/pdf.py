"""A document as PDF by typst: fonts embedded from those that come with matplotlib, the same bytes each time."""

from datetime import UTC, datetime

from sim.reports.document.drawing import SVG_FONT, column_shares
from sim.reports.document.extras import extra_package
from sim.reports.document.html_page import cells_of, numeric_places
from sim.reports.document.model import Document, DocumentSection, DocumentTable, Exhibit
from sim.reports.document.svg import draw
from sim.reports.document.words import DocumentWords

PDF_DATE = datetime(2000, 1, 1, tzinfo=UTC)
PDF_ROWS = 45  # of a table in print; longer ones are in the workbook
SLIDE_WIDTH, INSET = 493.0, 3.0  # width of the text, and margin of a cell [pt]
SMALL_COLUMNS = 8  # columns from which text is set smaller, and words are divided
WHOLE_WORD = 6  # letters of a word for which a narrow column has room
BREAK = "\u200b"  # where a line may end without a sign
PDF_HEAD = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 18mm, y: 18mm), numbering: "1",
  footer: context [#set text(7pt, fill: rgb("#4A5561")); #{note} #h(1fr) #counter(page).display()])
#set text(font: "DejaVu Sans", size: 9pt, lang: {language}, fill: rgb("#1A1A1A"), hyphenate: false)
#set par(leading: 0.6em, justify: false)
#set table(inset: 3pt, stroke: (x, y) => (
  bottom: if y == 0 {{ 0.8pt + rgb("#4A5561") }} else {{ 0.4pt + rgb("#D9DDE2") }}))
#show heading.where(level: 1): it => block(above: 1.6em, below: 0.8em, text(14pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1.4em, below: 0.5em, text(10.5pt, weight: "bold", it.body))
#let dim(body) = text(8pt, fill: rgb("#4A5561"), body)
"""


def pdf_of(document: Document, words: DocumentWords) -> bytes:
    """The document as PDF.

    Args:
        document: What to render.
        words: Its language.

    Raises:
        BadInput: The library is not installed.
    """
    typst = extra_package("typst", "pdf")
    source = source_of(document, words).encode("utf-8")
    return bytes(
        typst.compile(
            source, font_paths=[str(SVG_FONT.parent)], ignore_system_fonts=True, format="pdf", timestamp=PDF_DATE
        )
    )


def literal(text: str) -> str:
    r"""A text as a string of typst.

    >>> literal('a "b"')
    '"a \\"b\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def source_of(document: Document, words: DocumentWords) -> str:
    """The document in the language of typst.

    Args:
        document: What to render.
        words: Its language.
    """
    note = document.exhibits[0].note if document.exhibits else ""
    head = PDF_HEAD.format(title=literal(document.title), language=literal(words.language), note=literal(note))
    parts = [head, f'#text(20pt, weight: "bold", {literal(document.title)})\n#v(1em)', _front(document)]
    parts.append(f"#pagebreak()\n#heading({literal(words('heading.exhibits'))})")
    parts += [_exhibit(exhibit, words) for exhibit in document.exhibits]
    parts += [_section(section, words) for section in (document.belief, *document.appendix)]
    return "\n".join(parts)


def _front(document: Document) -> str:
    cells = []
    for number, (label, sentences) in enumerate(document.front):
        size = '12pt, weight: "bold"' if number == 0 else "9.5pt"
        body = " ".join(f"#par(text({size}, {literal(sentence)}))" for sentence in sentences)
        cells.append(f'  text(10pt, weight: "bold", fill: rgb("#4A5561"), {literal(label)}), [{body}],')
    return "#grid(columns: (28mm, 1fr), row-gutter: 1.4em, column-gutter: 5mm,\n" + "\n".join(cells) + "\n)"


def _exhibit(exhibit: Exhibit, words: DocumentWords) -> str:
    parts = [f"#heading(level: 2, {literal(exhibit.title)})", f"#dim({literal(exhibit.subtitle)})"]
    if exhibit.form is not None:
        svg = draw(exhibit, words)
        parts.append(f'#image(bytes({literal(svg)}), format: "svg", width: 100%, alt: {literal(exhibit.alt)})')
    parts += [f"#par({literal(remark)})" for remark in exhibit.remarks]
    after = [f"#dim({literal(exhibit.note)})"]
    if exhibit.form is not None:
        return "#block(breakable: false)[\n" + "\n".join([*parts, *after]) + "\n]"
    return "\n".join([*parts, _table(exhibit.table, words), *after])


def _section(section: DocumentSection, words: DocumentWords) -> str:
    parts = [f"#heading({literal(section.heading)})", *(f"#par({literal(text)})" for text in section.paragraphs)]
    for table in section.tables:
        if table.rows:
            parts += [f"#heading(level: 2, {literal(table.title)})", _table(table, words)]
    return "\n".join(parts)


def _table(table: DocumentTable, words: DocumentWords) -> str:
    """A table, or a word on where it is if it is long."""
    if len(table.rows) > PDF_ROWS:
        return f"#dim({literal(words('say.not_shown', rows=len(table.rows)))})"
    places, cells = numeric_places(table), cells_of(table, words)
    titles = [column.title for column in table.columns]
    narrow = len(titles) >= SMALL_COLUMNS
    size = 6.5 if narrow else 7.5
    sides = ", ".join("right" if number else "left" for number in places)
    measured = [[_divided(text) if narrow else text for text in row] for row in (titles, *cells)]
    shares = column_shares(measured[0], measured[1:], SLIDE_WIDTH, size, 2 * INSET)
    widths = ", ".join(f"{share:.3f}fr" for share in shares)
    head = ", ".join(f"strong({literal(title)})" for title in titles)
    rows = ",\n".join(", ".join(f"[#{literal(_breakable(cell, narrow))}]" for cell in row) for row in cells)
    made = f"table(columns: ({widths},), align: ({sides},), table.header({head}),\n{rows})"
    return f"#block[#set text({size}pt, hyphenate: {str(narrow).lower()})\n#{made}]"


def _divided(text: str) -> str:
    """A text as it is measured where words may be divided.

    >>> _divided("Weiterreichungen je Fall")
    'Weiter reichu ngen je Fall'
    """
    return " ".join(word[at : at + WHOLE_WORD] for word in text.split(" ") for at in range(0, len(word), WHOLE_WORD))


def _breakable(cell: str, narrow: bool) -> str:
    """A cell of a table of narrow columns: a key such as ``process_design`` may break after its underscores."""
    return cell.replace("_", f"_{BREAK}") if narrow else cell
