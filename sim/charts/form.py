"""A form of chart: its name, the kinds of folder it can be drawn of, and the function that draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sim.charts.chart import Chart
from sim.charts.theme import Style

RUN, COMPARISON, SWEEP, STUDY, CLAIMS, EVIDENCE = FOLDER_KINDS = (
    "run", "comparison", "sweep", "study", "claims", "evidence",
)  # fmt: skip
WRITTEN_BY = {
    RUN: "sim run SCENARIO --out DIR", COMPARISON: "sim compare SCENARIO --out DIR",
    SWEEP: "sim sweep EXPERIMENT --out DIR", STUDY: "sim study NAME --out DIR", CLAIMS: "sim claims --out DIR",
    EVIDENCE: "sim evidence --out DIR",
}  # fmt: skip
Draw = Callable[[Any, Style], Chart | Sequence[Chart]]


class NothingToDraw(Exception):
    """The tables are whole, but the chart would show nothing; the message is the sentence that stands in its place."""


@dataclass(frozen=True)
class Form:
    """One row of the registry.

    Args:
        name: What is typed after ``sim chart DIR``; unique within a kind of folder.
        kinds: Kinds of folder it can be drawn of, of `FOLDER_KINDS`.
        draw: From the tables of a folder, as `sim.charts.folder.read_results` gives them, and a style to one chart, or
            to several, whose names begin with that of the form. Raises `NothingToDraw` with a sentence where a chart
            would show nothing, and `BadInput` where a table is missing or broken.
        shows: What it shows, in one sentence.
    """

    name: str
    kinds: tuple[str, ...]
    draw: Draw
    shows: str

    def charts(self, tables: Any, style: Style) -> list[Chart]:
        """All charts of the form.

        Raises:
            NothingToDraw: It would show nothing.
            BadInput: A table is missing or broken.
        """
        drawn = self.draw(tables, style)
        return [drawn] if isinstance(drawn, Chart) else list(drawn)
