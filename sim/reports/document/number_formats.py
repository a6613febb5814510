"""Number formats of spreadsheets and of native charts, by kind of a column."""

from sim.reports.document.model import COUNT, MONEY, NUMBER, SHARE
from sim.reports.document.words import DocumentWords

PLAIN_FORMAT = {SHARE: "0.0%", MONEY: "#,##0", COUNT: "#,##0"}
SIGNIFICANT = "0.000"


def cell_format(kind: str, unit: str = "") -> str:
    """Format of a cell; amounts carry their currency.

    >>> cell_format("share"), cell_format("money", "EUR")
    ('0.0%', '[$EUR] #,##0')
    """
    if kind == MONEY and unit:
        return f"[${unit}] #,##0"
    return PLAIN_FORMAT.get(kind, SIGNIFICANT)


def axis_format(kind: str, largest: float, words: DocumentWords) -> str:
    """Format of the numbers on an axis: cells stay whole amounts, the axis shows thousands or millions.

    >>> axis_format("money", 2_500_000.0, DocumentWords())
    '#,##0.0,," m"'
    """
    if kind != MONEY and (kind != NUMBER or largest < 10_000.0):
        return {SHARE: "0%", COUNT: "#,##0"}.get(kind, "General")
    for size, key, commas in ((1e9, "billion", ",,,"), (1e6, "million", ",,"), (1e3, "thousand", ",")):
        if largest >= size:
            digits = "#,##0.0" if largest < 10.0 * size else "#,##0"
            return f'{digits}{commas}" {words(f"size.{key}")}"'
    return "#,##0"
