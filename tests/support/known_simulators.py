"""Simulators whose numbers and noise are known, and banks of their runs."""

import numpy as np

from sim.calibration.behaviour.bank import RunBank

NUMBERS = ("temper.a", "temper.b", "temper.c", "temper.silent")
PATTERNS = ("sum", "product", "square", "mean")
HIGH = 2.0
NOISE = 0.3


def logits_of(shares):
    return np.log(shares / (1.0 - shares))


def quadratic_bank(runs, seed, noise=NOISE):
    """Patterns are quadratic in the logits of three numbers, plus normal noise; the fourth number moves none."""
    luck = np.random.default_rng(seed)
    shares = luck.random((runs, 4))
    a, b, c, _ = logits_of(shares).T
    exact = np.column_stack([a + 0.2 * b, b - 0.3 * a + 0.1 * a * b, c + 0.1 * c**2, a + c])
    summaries = exact + noise * luck.standard_normal(exact.shape)
    return RunBank(NUMBERS, np.zeros(4), np.full(4, HIGH), HIGH * shares, PATTERNS, summaries)


def linear_bank(runs, seed, noise):
    """One pattern, which is the logit of the one number plus normal noise."""
    luck = np.random.default_rng(seed)
    shares = luck.random((runs, 1))
    summaries = logits_of(shares) + noise * luck.standard_normal((runs, 1))
    return RunBank(("temper.a",), np.zeros(1), np.full(1, HIGH), HIGH * shares, ("sum",), summaries)
