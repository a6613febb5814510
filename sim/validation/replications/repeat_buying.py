"""Repeat buying until customers drop out: a shop with published parameters, and these parameters again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.calibration.purchase_log import Histories
from sim.calibration.purchase_models import PurchaseFit, expected_repeats, fit_purchases
from sim.validation.closed_forms_of_chains import bg_nbd_chances
from sim.validation.limits_buying import OBSERVED_WEEKS, chi_square, observed_shares, repeats, shop_of_1997
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.row import Curve, Reading

EARLIEST, LATEST = OBSERVED_WEEKS


def shop(setup: Setup, weeks: int, cut: int) -> NDArray[np.float64]:
    """Repeat purchases so far of each customer by step, shape (steps + 1, people). cut: steps of a week"""
    numbers = setup.numbers
    given = numbers["r"], numbers["alpha"] * cut, numbers["a"], numbers["b"]
    return repeats(shop_of_1997(setup.here, given, weeks * cut))


def fitted(so_far: NDArray[np.float64], cut: int) -> PurchaseFit:
    """Maximum likelihood on all histories; a purchase is half a step before the end of its step."""
    bought, last = np.diff(so_far, axis=0) > 0.0, len(so_far) - 1
    ends = np.arange(1, last + 1)[:, None] - 0.5
    recency, total = np.where(bought, ends, 0.0).max(axis=0) / cut, so_far[-1]
    return fit_purchases(Histories(total, recency, np.full(len(total), last / cut), np.zeros(len(total))))


def read_shop(setup: Setup) -> Sequence[Reading]:
    """Mean repeats by two ages, the histogram, and the parameters from steps of a week and from finer ones."""
    numbers, cut = setup.numbers, setup.numbers["cut"]
    weekly, fine = shop(setup, 2 * LATEST, 1), shop(setup, LATEST, cut)
    given = PurchaseFit(numbers["r"], numbers["alpha"], numbers["a"], numbers["b"], 0.0, 1)
    means = expected_repeats(given, np.array([float(LATEST), 2.0 * LATEST]))
    published, shares = np.array(numbers["histogram"], float), observed_shares(fine, cut)
    chances = bg_nbd_chances((numbers["r"], numbers["alpha"]), (numbers["a"], numbers["b"]), float(LATEST), 0)
    close, coarse = fitted(fine, cut), fitted(weekly[: LATEST + 1], 1)
    readings = [
        Reading(f"mean repeats by week {LATEST}", float(weekly[LATEST].mean()), float(means[0])),
        Reading(f"mean repeats by week {2 * LATEST}", float(weekly[-1].mean()), float(means[1])),
        Reading("share without a repeat", float(shares[0])),
        Reading(f"share without a repeat by week {LATEST}", float((weekly[LATEST] == 0).mean()), float(chances[0])),
        Reading("chi-square of the histogram, 8 cells", chi_square(published, shares)),
    ]
    for name in ("r", "alpha", "a", "b"):
        readings.append(Reading(f"{name}, fine steps", getattr(close, name), numbers[name]))
        readings.append(Reading(f"{name}, steps of a week", getattr(coarse, name), numbers[name]))
    return readings


def draw_shop(setup: Setup) -> Curve:
    """The histogram of the source beside that of the simulated customers and the closed form."""
    numbers, cut = setup.numbers, setup.numbers["cut"]
    published = np.array(numbers["histogram"], float)
    ages = np.arange(EARLIEST, LATEST + 1)
    table = [
        bg_nbd_chances((numbers["r"], numbers["alpha"]), (numbers["a"], numbers["b"]), float(age), len(published) - 2)
        for age in ages
    ]
    mean = np.mean(table, axis=0)
    lines = {
        "Model": observed_shares(shop(setup, LATEST, cut), cut),
        "CDNOW": published / published.sum(),
        "BG/NBD": np.append(mean, 1.0 - mean.sum()),
    }
    return Curve(
        "Customers of CDNOW by repeat purchases (last: 7 and more)", "Repeats", np.arange(len(published)), lines
    )


REPEAT_BUYING_RECIPE = Recipe(read_shop, draw_shop)
