"""How charts look: colours and dashes of policies, neutral colours, fonts, and the two styles deck and journal."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib
from matplotlib.font_manager import fontManager

from sim.charts.names import POLICY_NAMES, Names, names_of
from sim.parameters import BadInput
from sim.parameters.checking import nearest

INK, SLATE, MIST, RULE = "#1A1A1A", "#4A5561", "#B4BDC7", "#D9DDE2"
GAIN, LOSS = "#59A14F", "#5E1A4A"
FAMILIES = ("Arial", "Liberation Sans", "DejaVu Sans")
MM = 1.0 / 25.4
POINT = 1.0 / 72.0
HASH_SALT = "customer-centricity"

Dash = Literal["solid"] | tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Look:
    """How one policy is drawn, the same in every chart.

    Args:
        label: Display name.
        colour: Colour of lines and text.
        dash: Line style that repeats the colour in greyscale.
    """

    label: str
    colour: str
    dash: Dash


_DRAWN: dict[str, tuple[str, Dash]] = {
    "product_centric": ("#C8500A", (0.0, (5.0, 1.6))),
    "osfa": ("#6E6E6E", (0.0, (1.3, 1.1))),
    "customer_centric": ("#0A5596", "solid"),
    "hybrid": ("#A046E6", (0.0, (6.0, 1.4, 1.2, 1.4))),
    "transforming": ("#690000", (0.0, (6.0, 1.2, 1.2, 1.2, 1.2, 1.2))),
}
POLICY_LOOKS = {name: Look(POLICY_NAMES[name], *drawn) for name, drawn in _DRAWN.items()}
FURTHER: tuple[tuple[str, Dash], ...] = (
    ("#7A533B", (0.0, (3.0, 1.2))),
    ("#211480", (0.0, (9.0, 2.0))),
    ("#6900FF", (0.0, (3.0, 1.2, 1.2, 1.2))),
)


def looks(policies: Sequence[str], names: Names | None = None) -> dict[str, Look]:
    """The look of every policy by name; names outside the box get further colours in their order.

    Args:
        policies: Names of the policies.
        names: Labels of the reader, if there are any.

    >>> looks(["osfa", "mine.py:Mine"])["mine.py:Mine"].label
    'Mine'
    """
    names = names or Names()
    others = [name for name in policies if name not in _DRAWN]
    labels = [names.of(name) for name in policies]
    styles = {}
    for name, label in zip(policies, labels, strict=True):
        if name in _DRAWN:
            styles[name] = Look(label, *_DRAWN[name])
            continue
        place = others.index(name)
        shown = label if labels.count(label) == 1 else f"{label} {place + 1}"
        styles[name] = Look(shown, *FURTHER[place % len(FURTHER)])
    return styles


def looks_of(about: Mapping[str, Any]) -> dict[str, Look]:
    """The looks of the policies of a comparison, with the labels of the reader."""
    return looks(about["policies"], names_of(about))


@dataclass(frozen=True)
class Style:
    """Sizes of one medium.

    Args:
        name: ``deck`` or ``journal``.
        dpi: Dots per inch, when drawing and when saving.
        title: Size of the title. [pt]
        text: Size of subtitle and heads. [pt]
        label: Size of labels and ticks. [pt]
        note: Size of the note. [pt]
        line: Width of data lines. [pt]
        hairline: Width of axes and leader lines. [pt]
        margin: Empty border. [inch]
    """

    name: str
    dpi: int
    title: float
    text: float
    label: float
    note: float
    line: float
    hairline: float
    margin: float

    @property
    def titled(self) -> bool:
        """Whether the figure carries title and subtitle; in a journal they are in the caption."""
        return self.name == "deck"

    def size(self, journal_mm: tuple[float, float]) -> tuple[float, float]:
        """Width and height. [inch]"""
        return (13.33, 7.5) if self.name == "deck" else (journal_mm[0] * MM, journal_mm[1] * MM)

    def gap(self, lines: float) -> float:
        """Height of a number of lines of label text. [inch]"""
        return lines * 1.25 * self.label * POINT


STYLES = {
    "deck": Style("deck", 150, 24.0, 14.0, 11.0, 10.0, 2.4, 0.9, 0.53),
    "journal": Style("journal", 300, 7.0, 7.0, 6.0, 5.0, 1.0, 0.5, 0.04),
}


def find_style(name: str) -> Style:
    """The style of that name.

    Raises:
        BadInput: There is no such style.
    """
    if name not in STYLES:
        raise BadInput(f"style {name!r} is not known.{nearest(name, STYLES)} Known: {', '.join(STYLES)}")
    return STYLES[name]


@contextmanager
def settings(style: Style) -> Iterator[None]:
    """Settings of matplotlib while one chart is drawn or saved; restored afterwards."""
    there = set(fontManager.get_font_names())
    values: dict[str, Any] = {
        "font.family": [family for family in FAMILIES if family in there] or ["sans-serif"],
        "font.size": style.label,
        "text.hinting": "no_hinting",
        "text.parse_math": False,
        "hatch.linewidth": style.hairline,
        "pdf.fonttype": 42,
        "svg.fonttype": "none",
        "svg.hashsalt": HASH_SALT,
        "path.simplify": True,
        "savefig.facecolor": "white",
    }
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(values)  # type: ignore[arg-type]
        yield
