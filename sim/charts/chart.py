"""What a drawing function gives back: the figure, its words, and the record that travels inside the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from sim.charts.theme import Style
from sim.charts.words import ChartWords
from sim.version import __version__

_RECORDED = ("scenario", "sha256", "seed", "adopt", "policies", "replications", "months", "focal")


@dataclass(frozen=True)
class Chart:
    """A drawn chart.

    Args:
        name: Name of the chart.
        style: Style it was drawn in.
        figure: The figure.
        words: Title, subtitle, remarks, provenance and shape.
        about: What the numbers come from.
    """

    name: str
    style: Style
    figure: Figure
    words: ChartWords
    about: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The finding in one sentence."""
        return self.words.title

    @property
    def subtitle(self) -> str:
        """Metric, unit, period, and what line and band mean."""
        return self.words.subtitle

    @property
    def alt(self) -> str:
        """Text for readers who cannot see the chart."""
        return self.words.alt

    @property
    def caption(self) -> str:
        """Text under the figure in a journal."""
        return self.words.caption

    def record(self) -> dict[str, Any]:
        """Provenance for machines, the same for the same tables and version."""
        recorded = {name: self.about[name] for name in _RECORDED if name in self.about}
        return {"chart": self.name, "style": self.style.name, "version": __version__} | recorded
