"""Tables of a document as LaTeX, one table environment each, for booktabs."""

from sim.reports.document.html_page import cells_of, numeric_places
from sim.reports.document.model import Document, DocumentTable
from sim.reports.document.words import SPACE, DocumentWords

SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "−": "$-$", SPACE: "~",
}  # fmt: skip
LATEX_HEAD = "% \\usepackage{booktabs,longtable,array}, LuaLaTeX or XeLaTeX, or UTF-8 input\n"


def escape(text: str) -> str:
    r"""Text as LaTeX prints it.

    >>> escape("5 % of_x")
    '5 \\% of\\_x'
    """
    return "".join(SPECIAL.get(letter, letter) for letter in text)


def latex_of(document: Document, words: DocumentWords) -> bytes:
    """Every exhibit's table with title and note, then the tables of belief and appendix.

    Args:
        document: What to render.
        words: Its language.
    """
    parts = [LATEX_HEAD]
    captions = {
        exhibit.table.name: f"{exhibit.title}. {exhibit.subtitle} {exhibit.note}." for exhibit in document.exhibits
    }
    for table in document.tables():
        parts.append(_table(table, captions.get(table.name, table.title), words))
    return "\n".join(parts).encode("utf-8")


def _table(table: DocumentTable, caption: str, words: DocumentWords) -> str:
    places = numeric_places(table)
    wide = 0.9 / max(1, len(places) - sum(places) + 0.6 * sum(places))
    forms = "".join("r" if number else f"p{{{wide:.3f}\\linewidth}}" for number in places)
    lines = [
        rf"\begin{{longtable}}{{{forms}}}",
        rf"\caption{{{escape(caption)}}}\label{{tab:{table.name}}}\\",
        r"\toprule",
    ]
    lines.append(" & ".join(escape(column.title) for column in table.columns) + r" \\")
    lines.append(r"\midrule\endhead")
    lines += [" & ".join(escape(cell) for cell in row) + r" \\" for row in cells_of(table, words)]
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}", ""])
