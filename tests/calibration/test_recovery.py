"""Calibrating data made from known numbers gives the numbers back, with intervals that cover as they say."""

import pytest

from sim import calibrate
from tests.support.client_files import TRUTHS, WORLDS, network

FILES = 100  # per kind, of the slow test


def fitted(kind, seed, tmp_path):
    path = tmp_path / f"{kind}.csv"
    WORLDS[kind](seed).to_csv(path, index=False)
    return {number.name: number.interval for fit in calibrate(kind, path).fits for number in fit.numbers}


@pytest.mark.parametrize("kind", WORLDS)
def test_known_numbers_come_back_within_three_standard_errors(kind, tmp_path):
    found = fitted(kind, 11, tmp_path)
    far = {
        name: (found[name].value, truth)
        for name, truth in TRUTHS[kind].items()
        if abs(found[name].value - truth) > 3 * found[name].error
    }
    assert far == {}


@pytest.mark.parametrize("kind", WORLDS)
def test_a_file_of_the_model_itself_fits(kind, tmp_path):
    path = tmp_path / f"{kind}.csv"
    WORLDS[kind](12).to_csv(path, index=False)
    assert {fit.name: fit.why for fit in calibrate(kind, path).fits if not fit.fits} == {}


@pytest.mark.slow
@pytest.mark.parametrize("kind", WORLDS)
def test_intervals_of_95_percent_cover_the_truth_in_90_to_99_of_100_files(kind, tmp_path):
    covered = dict.fromkeys(TRUTHS[kind], 0)
    for seed in range(FILES):
        found = fitted(kind, 1000 + seed, tmp_path)
        for name, truth in TRUTHS[kind].items():
            covered[name] += found[name].low <= truth <= found[name].high
    assert {name: count for name, count in covered.items() if not 90 <= count <= 99} == {}


def test_contagion_comes_back_from_periods_of_adoption(tmp_path):
    truth = {"p": 0.02, "q": 0.3}
    network(7, contagion=tuple(truth.values())).to_csv(tmp_path / "ties.csv", index=False)
    fit = next(fit for fit in calibrate("network", tmp_path / "ties.csv").fits if fit.name == "contagion")
    numbers = {number.name: number.interval for number in fit.numbers}
    assert fit.fits and fit.forecast.model_error < fit.forecast.rival_error
    assert all(abs(numbers[name].value - value) < 3 * numbers[name].error for name, value in truth.items())


def test_contagion_is_not_identified_where_neighbours_do_not_matter(tmp_path):
    network(8, contagion=(0.05, 0.0)).to_csv(tmp_path / "ties.csv", index=False)
    fit = next(fit for fit in calibrate("network", tmp_path / "ties.csv").fits if fit.name == "contagion")
    contagious = next(number.interval for number in fit.numbers if number.name == "q")
    assert not contagious.identified or contagious.low < 0.05
