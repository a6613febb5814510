"""The zero line of a fitted surface, on surfaces whose zero line is known."""

import numpy as np
import pytest

from sim.parameters import BadInput
from sim.statistics.surface import fitted_zero_line

ACROSS, UP = np.linspace(0.0, 4.0, 5), np.linspace(10.0, 20.0, 5)


def plane(noise, seed=1, replicates=6):
    """Differences that are zero where up is 12 plus across, with noise; shape (replicates, across, up)."""
    truth = UP[None, :] - 12.0 - ACROSS[:, None]
    return truth + noise * np.random.default_rng(seed).normal(size=(replicates, 5, 5))


def test_the_line_of_an_exact_plane_is_where_the_plane_is_zero():
    line = fitted_zero_line(plane(0.0), ACROSS, UP)
    assert len(line) == 41
    assert line["up"].to_numpy() == pytest.approx(12.0 + line["across"].to_numpy())
    assert line["rising"].all()


def test_the_interval_of_the_line_holds_the_truth_and_is_wider_with_more_noise():
    quiet, loud = (fitted_zero_line(plane(noise), ACROSS, UP) for noise in (0.3, 1.0))
    inside = (quiet["low"] <= 12.0 + quiet["across"]) & (quiet["high"] >= 12.0 + quiet["across"])
    assert inside.mean() > 0.9
    assert (loud["high"] - loud["low"]).mean() > (quiet["high"] - quiet["low"]).mean()


@pytest.mark.slow
def test_the_interval_of_the_line_holds_the_truth_at_least_as_often_as_it_says():
    shares = []
    for seed in range(200):
        line = fitted_zero_line(plane(1.0, seed), ACROSS, UP)
        middle = line[np.isclose(line["across"], 2.0)]
        shares += [bool((row.low <= 14.0 or np.isnan(row.low)) and (row.high >= 14.0 or np.isnan(row.high)))
                   for row in middle.itertuples()]  # fmt: skip
    assert np.mean(shares) >= 0.93


def test_differences_that_are_all_zero_have_no_line():
    assert fitted_zero_line(np.zeros((4, 3, 3)), ACROSS[:3], UP[:3]).empty


def test_a_surface_that_is_above_zero_everywhere_has_no_line():
    assert fitted_zero_line(plane(0.0) + 100.0, ACROSS, UP).empty


def test_two_levels_are_too_few_for_a_surface():
    with pytest.raises(BadInput, match="3 levels of each side"):
        fitted_zero_line(np.zeros((4, 2, 3)), ACROSS[:2], UP[:3])


def test_a_missing_difference_is_refused():
    values = plane(0.0)
    values[0, 0, 0] = np.nan
    with pytest.raises(BadInput, match="missing or infinite"):
        fitted_zero_line(values, ACROSS, UP)
