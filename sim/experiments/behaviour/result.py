"""What a behavioural calibration gave: numbers with intervals and verdicts, patterns, and the checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from sim.calibration.behaviour.bank import UsableBank
from sim.calibration.behaviour.checks import CheckedFit
from sim.calibration.behaviour.identification import IDENTIFIED, LEAST_EXPLAINED, WIDEST_POSTERIOR, NumberFit
from sim.calibration.behaviour.posterior import TAIL
from sim.calibration.behaviour.reach import Reach

HELD = 1.0 - 2.0 * TAIL  # share of posteriors that intervals hold
STRAY = 3.0  # standard errors of a coverage, from which on intervals are not to be trusted: once in 400 by luck
UNEVEN = 0.001  # chance of ranks below which intervals are not to be trusted


class PatternFit(NamedTuple):
    """A pattern and where it lies in the bank.

    Args:
        name: Name.
        unit: Unit.
        meaning: What it is.
        observed: What was observed; None without observations.
        low: Value below which 5 % of the runs lie.
        middle: Their median.
        high: Value above which 5 % of the runs lie.
        outside: Whether the model cannot make it.
    """

    name: str
    unit: str
    meaning: str
    observed: float | None
    low: float
    middle: float
    high: float
    outside: bool


@dataclass(frozen=True)
class BehaviourCalibration:
    """What a calibration gave.

    Args:
        numbers: What is known of each number.
        patterns: The patterns used.
        reach: Where the observed patterns lie in the bank; None without them.
        checked: The regression and its checks.
        useful: The bank, and what of it could not be used.
        about: Scenario, plan, ranges and code.
    """

    numbers: Sequence[NumberFit]
    patterns: Sequence[PatternFit]
    reach: Reach | None
    checked: CheckedFit
    useful: UsableBank
    about: Mapping[str, Any]

    @property
    def identified(self) -> dict[str, float]:
        """Estimates of the identified numbers by key path without ``market.``; none where patterns are out of reach."""
        return {row.name: row.estimate for row in self.numbers if row.estimate is not None}

    @property
    def not_identified(self) -> list[str]:
        """Numbers of which patterns say too little."""
        return [row.name for row in self.numbers if row.verdict != IDENTIFIED]

    @property
    def provenance(self) -> str:
        """What the source of a calibrated number says."""
        about, names = self.about, ", ".join(row.name for row in self.patterns)
        size = f"{len(self.useful.bank)} runs, {about['customers']} customers, {about['months']} months"
        return f"calibrated to {names}: {about['dated']}, sim calibrate behaviour, {size}, seed {about['seed']}"

    @property
    def warnings(self) -> list[str]:
        """Sentences on what not to trust; none where all is well."""
        sayings = [self._no_signal(), self._out_of_reach(), *(self._doubt(row) for row in self.numbers)]
        return [saying for saying in sayings if saying]

    def _no_signal(self) -> str:
        signal = self.checked.signal
        if not signal.none:
            return ""
        return (
            f"No signal: permuted patterns predict the numbers as well (R² up to {signal.by_chance:.2f}); the patterns "
            "say nothing about any of them."
        )

    def _out_of_reach(self) -> str:
        reach = self.reach
        if reach is None or not reach.outside:
            return ""
        return (
            f"The model cannot make these patterns: {', '.join(reach.culprits)}. All of them together lie "
            f"{reach.distance:.1f} from the middle of the bank, and 99 % of its runs within {reach.farthest:.1f}; no "
            "number is estimated from them. Check the figures, widen the ranges, or calibrate other numbers."
        )

    def _doubt(self, row: NumberFit) -> str:
        runs = self.checked.held_out.runs
        error = (HELD * (1.0 - HELD) / runs) ** 0.5
        if abs(row.coverage - HELD) <= STRAY * error and row.uniform >= UNEVEN:
            return ""
        return (
            f"{row.name}: do not trust the interval. Of {runs} runs held out it holds {100.0 * row.coverage:.0f} % "
            f"instead of 90 %, and their ranks would be as uneven by luck with chance {row.uniform:.2g}."
        )

    def table(self) -> pd.DataFrame:
        """One row a number, as it is written to a file."""
        rows = pd.DataFrame([row._asdict() for row in self.numbers])
        ends = pd.DataFrame([row.prior for row in self.numbers], columns=["prior_low", "prior_high"])
        return pd.concat([rows[["name"]], ends, rows.drop(columns=["name", "prior"])], axis=1)

    def as_mapping(self) -> dict[str, Any]:
        """All results as one document."""
        reach, signal, held_out = self.reach, self.checked.signal, self.checked.held_out
        return dict(self.about) | {
            "finished": True,
            "rule": f"identified: out-of-fold R² of at least {LEAST_EXPLAINED}, and a 90 % interval of at most "
            f"{WIDEST_POSTERIOR} of the prior's width",
            "numbers": [row.as_mapping() for row in self.numbers],
            "not_identified": self.not_identified,
            "patterns": [row._asdict() for row in self.patterns],
            "left_out": dict(self.useful.left_out),
            "incomplete_runs": self.useful.incomplete_runs,
            "reach": None if reach is None else vars(reach) | {"outside": reach.outside},
            "signal": {"none": signal.none, "by_chance": signal.by_chance},
            "held_out_runs": held_out.runs,
            "warnings": self.warnings,
        }
