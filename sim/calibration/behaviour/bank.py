"""A bank of runs: numbers that were drawn over their ranges, and the patterns that each run made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.model.state import Floats
from sim.parameters import BadInput

MOST_MISSING = 0.05  # share of runs without a pattern from which on the pattern is left out
FEWEST_RUNS = 200  # in which a quadratic surface and the spread around it can be seen
NO_SPREAD = 1e-9  # standard deviation of a pattern that is the same in all runs
EDGE_OF_RANGE = 1e-6  # share of a range that counts as its end, for a logit has none


@dataclass(frozen=True)
class RunBank:
    """Runs over the ranges of some numbers.

    Args:
        numbers: Names of the numbers.
        low: Lower ends of their ranges, shape (numbers,).
        high: Upper ends.
        truths: What each run had, shape (runs, numbers).
        patterns: Names of the patterns.
        summaries: What each run showed, on the scale on which patterns are compared, shape (runs, patterns); NaN where
            a run does not have a pattern.
    """

    numbers: tuple[str, ...]
    low: Floats
    high: Floats
    truths: Floats
    patterns: tuple[str, ...]
    summaries: Floats

    def __len__(self) -> int:
        """Number of runs."""
        return len(self.truths)

    @property
    def logits(self) -> Floats:
        """Numbers as logits of their share of the range, shape (runs, numbers)."""
        shares = np.clip((self.truths - self.low) / (self.high - self.low), EDGE_OF_RANGE, 1.0 - EDGE_OF_RANGE)
        return np.log(shares / (1.0 - shares))

    def from_logits(self, logits: Floats) -> Floats:
        """Numbers whose logits are given, shape (…, numbers)."""
        return self.low + (self.high - self.low) / (1.0 + np.exp(-logits))

    def rows(self, chosen: NDArray[np.int64]) -> "RunBank":
        """Some of the runs."""
        return replace(self, truths=self.truths[chosen], summaries=self.summaries[chosen])

    def columns(self, names: Sequence[str]) -> "RunBank":
        """Some of the patterns, in the order asked for."""
        places = [self.patterns.index(name) for name in names]
        return replace(self, patterns=tuple(names), summaries=self.summaries[:, places])

    def permuted(self, seed: int = 0) -> "RunBank":
        """The bank with the patterns of each run given to another one, so that they say nothing."""
        order = np.random.default_rng(seed).permutation(len(self))  # no draw of the model
        return replace(self, summaries=self.summaries[order])


@dataclass(frozen=True)
class UsableBank:
    """What of a bank can be used.

    Args:
        bank: Patterns that nearly every run has and that differ between runs; runs that have them all.
        left_out: Why each other pattern is not used, by name.
        incomplete_runs: Runs without one of the patterns, which are left out.
    """

    bank: RunBank
    left_out: dict[str, str]
    incomplete_runs: int


def usable(bank: RunBank) -> UsableBank:
    """Take out patterns that say nothing, then runs without one of the others.

    Raises:
        BadInput: Too few runs, or no pattern is left.
    """
    missing = np.isnan(bank.summaries).mean(axis=0)
    left_out: dict[str, str] = {}
    for name, share, values in zip(bank.patterns, missing, bank.summaries.T, strict=True):
        if share > MOST_MISSING:
            left_out[name] = f"{100.0 * share:.0f} % of the runs do not have it"
        elif np.nanstd(values) < NO_SPREAD:
            left_out[name] = "it is the same in all runs"
    kept = bank.columns([name for name in bank.patterns if name not in left_out])
    if not kept.patterns:
        raise BadInput(f"no pattern can be used: {'; '.join(f'{name}: {why}' for name, why in left_out.items())}")
    complete = np.flatnonzero(np.isfinite(kept.summaries).all(axis=1))
    if len(complete) < FEWEST_RUNS:
        raise BadInput(f"the bank has {len(complete)} complete runs; at least {FEWEST_RUNS} are needed: ask for more")
    return UsableBank(kept.rows(complete), left_out, len(bank) - len(complete))
