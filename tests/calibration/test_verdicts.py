"""Models that do not fit say so and write nothing; those that fit say what a plain rival achieves."""

import numpy as np
import pandas as pd
import pytest

from sim import calibrate
from sim.calibration.goodness import SMALL_W, compare_counts
from sim.calibration.kinds.churn import CHURN_KIND, fit_sbg, survival
from sim.calibration.kinds.durations import durations
from sim.calibration.kinds.registry import KINDS
from sim.calibration.reading.table_reading import read_table
from sim.calibration.rival_forecast import chance_of_worse, mean_forecast
from sim.cli import main
from sim.commands.calibrate import KIND_TEXTS
from tests.support.client_files import WORLDS, churn, ledger, payments, purchases, tickets

UNFIT = {
    "churn": (lambda: churn(4, rising=0.01), "rises with tenure"),
    "purchases": (lambda: purchases(4, customers=600, shape=4.0), "more regularly than Poisson"),
    "payments": (lambda: payments(4, spells=True), "lateness comes in spells"),
    "payments of two kinds": (lambda: payments(4, kinds=True), "late accounts by customer"),
    "tickets": (lambda: tickets(4, long_tail=True), "hand-offs by ticket"),
    "ledger": (lambda: ledger(4).assign(cogs=lambda table: table["cogs"] * (1 + 0.02 * table.index)), "drifts"),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_a_model_that_does_not_fit_says_why_and_writes_no_number(kind, tmp_path):
    make, why = UNFIT[kind]
    make().to_csv(tmp_path / "x.csv", index=False)
    fit = calibrate(kind.partition(" ")[0], tmp_path / "x.csv").fits[0]
    assert not fit.fits and why in fit.why and fit.written == ()


def test_where_no_model_fits_nothing_is_written_and_the_status_is_one(tmp_path, capsys):
    churn(4, rising=0.01).to_csv(tmp_path / "x.csv", index=False)
    status = main(["calibrate", "churn", str(tmp_path / "x.csv"), "--out", str(tmp_path / "w.yaml")])
    assert status == 1 and not (tmp_path / "w.yaml").exists()
    assert "no model fits" in capsys.readouterr().err


def test_a_verdict_alone_is_no_failure(tmp_path, capsys):
    churn(4, rising=0.01).to_csv(tmp_path / "x.csv", index=False)
    assert main(["calibrate", "churn", str(tmp_path / "x.csv")]) == 0
    assert "DOES NOT FIT" in capsys.readouterr().out


def test_bad_input_is_status_two(tmp_path, capsys):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert main(["calibrate", "churn", str(tmp_path / "x.csv")]) == 2
    assert main(["calibrate", "chrun", str(tmp_path / "x.csv")]) == 2
    assert "Did you mean churn?" in capsys.readouterr().err


def test_survival_tables_are_predicted_within_two_points(tmp_path):
    """Fader and Hardie (2007), table 1 and their estimates: fitted to years 1 to 7, years 8 to 12 forecast."""
    shares = {
        "high": [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4],
        "regular": [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3],
    }
    published = {"high": (0.668, 3.806), "regular": (0.704, 1.182)}
    for name, alive in shares.items():
        path = tmp_path / f"{name}.csv"
        pd.DataFrame({"year": range(13), "alive": alive}).to_csv(path, index=False)
        reading = read_table(path, CHURN_KIND.roles, {})
        a, b = np.exp(fit_sbg(durations(reading).until(7)).point)
        assert np.abs(100 * survival(a, b, np.arange(8.0, 13.0)) - alive[8:]).max() < 2.0
        assert (a, b) == pytest.approx(published[name], abs=0.002)


def test_the_command_knows_every_kind():
    assert list(KIND_TEXTS) == [kind.name for kind in KINDS]


def refused(shares, expected, people, files=400):
    """Share of random files that the check of counts refuses."""
    rng = np.random.default_rng(5)
    counts = rng.multinomial(people, shares, files).astype(float)
    return np.mean([not compare_counts("x", seen, people * expected, 0).passed for seen in counts])


def test_a_true_model_and_one_with_a_small_effect_are_refused_once_in_a_hundred_at_most():
    even = np.full(8, 1 / 8)
    off = even * (1 + SMALL_W * np.tile([1, -1], 4))  # Cohen's w is exactly the small effect
    assert refused(even, even, 20_000) == 0.0
    assert refused(off, even, 20_000) <= 0.01 + 3 * np.sqrt(0.01 * 0.99 / 400)


def test_twice_a_small_effect_is_refused_in_a_large_file():
    even = np.full(8, 1 / 8)
    assert refused(even * (1 + 2 * SMALL_W * np.tile([1, -1], 4)), even, 5000) > 0.99


def test_a_forecast_that_is_worse_in_every_case_is_worse_and_one_that_is_equal_is_not():
    losses = np.linspace(1.0, 2.0, 50)
    assert chance_of_worse(losses + 0.1, losses) < 0.01 and chance_of_worse(losses, losses) == 1.0


def test_a_mean_is_refused_where_the_level_moves_and_seldom_where_it_does_not():
    rng = np.random.default_rng(3)
    values = rng.standard_normal((400, 36))
    forecasts = [mean_forecast("x", "y", "z", row, (12, 24)) for row in values]
    assert np.mean([not forecast.check.passed for forecast in forecasts]) <= 0.01 + 3 * np.sqrt(0.01 * 0.99 / 400)
    moved = values[0] + 5.0 * (np.arange(36) >= 12)
    assert not mean_forecast("x", "y", "z", moved, (12, 24)).check.passed


def test_every_fit_with_a_time_says_what_a_plain_rival_achieves(tmp_path):
    for kind in ("purchases", "churn", "payments", "tickets", "ledger"):
        WORLDS[kind](6).to_csv(tmp_path / f"{kind}.csv", index=False)
        forecast = calibrate(kind, tmp_path / f"{kind}.csv").fits[0].forecast
        assert forecast.rival in forecast.sentence and forecast.rival_error > 0
