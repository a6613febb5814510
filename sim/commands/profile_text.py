"""CPU time by phase as a table."""

from collections.abc import Mapping

from sim.commands.text import align
from sim.simulation.profiling import PHASE_LABELS


def profile_lines(seconds: Mapping[str, float]) -> list[str]:
    """Phases with CPU seconds and their share, in the order of a run, and what each phase does.

    >>> profile_lines({"birth": 3.0, "books": 1.0})[2].split()
    ['birth', '3.000', '75', '%']
    """
    total = max(sum(seconds.values()), 1e-9)
    rows = [["phase", "CPU s", "share"], *([name, f"{spent:.3f}", f"{spent / total:.0%}".replace("%", " %")]
                                           for name, spent in seconds.items())]  # fmt: skip
    lines = ["CPU time by phase", *align([*rows, ["all", f"{total:.3f}", "100 %"]]), ""]
    return lines + [f"  {name:10} {text}" for name, text in PHASE_LABELS.items()]
