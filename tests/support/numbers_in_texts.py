"""Numbers of sentences, and whether a table of the same document has them."""

import re

SIZES = {"k": 1e3, "m": 1e6, "bn": 1e9, "Tsd.": 1e3, "Mio.": 1e6, "Mrd.": 1e9, "%": 0.01}
LEVELS = ("95", "90", "5")  # of intervals and of tests, which every page names
TOKEN = re.compile(r"(?<![\w./-])(−?\d[\d.,]*\d|−?\d)(?:[\s\u00a0](k|m|bn|Tsd\.|Mio\.|Mrd\.|%)(?!\w))?(?![\w/])")
NAMES = re.compile(r"95[ -]%|95-%|90[ -]%|90-%|(?:sim|--)\s[\w./-]+(?:\s[\w./-]+)*|\d{4}-\d{2}-\d{2}")


def numbers_of(text, decimal):
    """Value, and half of its last digit, of every number in a sentence."""
    thousands = "." if decimal == "," else ","
    for match in TOKEN.finditer(NAMES.sub(" ", text)):
        plain = match[1].replace(thousands, "").replace(decimal, ".").replace("−", "-")
        if plain.count(".") > 1:  # a version
            continue
        digits = len(plain.partition(".")[2])
        size = SIZES.get(match[2], 1.0)
        yield float(plain) * size, 0.5 * 10.0**-digits * size


def numbers_of_tables(document):
    """All numbers of all tables, those inside texts of cells too."""
    values = []
    for table in document.tables():
        for row in table.rows:
            for cell in row:
                if isinstance(cell, str):
                    values += [value for value, _ in numbers_of(cell, ".")]
                elif cell is not None:
                    values.append(float(cell))
    return values


def lacking(document, decimal):
    """Numbers of sentences that no table has, with their sentence."""
    values = numbers_of_tables(document)
    return [
        (number, text)
        for text in document.texts()
        for number, half in numbers_of(text, decimal)
        if not any(abs(abs(number) - abs(value)) <= 1.02 * half + 1e-12 for value in values)
    ]
