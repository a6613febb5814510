"""Where a recipe works: a replicate of a limit world, the numbers of the replication, and ties of people as files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from sim.validation.row import Curve, Reading
from sim.validation.situation import Situation


@dataclass(frozen=True)
class Setup:
    """One replicate in which a replication is measured.

    Args:
        here: Runs worlds, with the changes of a negative control.
        numbers: Numbers of the replication.
        folder: Where edge lists are written.
    """

    here: Situation
    numbers: Mapping[str, Any]
    folder: Path

    def changed(self, settings: Mapping[str, Any]) -> Situation:
        """The situation with further settings by key path; those of a negative control come last."""
        return replace(self.here, changes={**settings, **self.here.changes})


class Recipe(NamedTuple):
    """How a replication is measured.

    Args:
        read: Reads a replicate.
        draw: Draws the run beside the published or the closed-form curve.
    """

    read: Callable[[Setup], Sequence[Reading]]
    draw: Callable[[Setup], Curve]
