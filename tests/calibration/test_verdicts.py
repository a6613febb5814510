"""Models that do not fit say so and write nothing; those that fit say what a plain rival achieves."""

import pandas as pd
import pytest

from sim import calibrate
from sim.calibration.kinds.registry import KINDS
from sim.cli import main
from sim.commands.calibrate import KIND_TEXTS
from tests.support.client_files import churn, ledger, payments, purchases, tickets

UNFIT = {
    "churn": (lambda: churn(4, rising=0.01), "rises with tenure"),
    "purchases": (lambda: purchases(4, customers=600, shape=4.0), "more regularly than Poisson"),
    "payments": (lambda: payments(4, spells=True), "lateness comes in spells"),
    "tickets": (lambda: tickets(4, long_tail=True), "hand-offs by ticket"),
    "ledger": (lambda: ledger(4).assign(cogs=lambda table: table["cogs"] * (1 + 0.02 * table.index)), "drifts"),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_a_model_that_does_not_fit_says_why_and_writes_no_number(kind, tmp_path):
    make, why = UNFIT[kind]
    make().to_csv(tmp_path / "x.csv", index=False)
    fit = calibrate(kind, tmp_path / "x.csv").fits[0]
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
    """Fader and Hardie (2007), table 1: fitted to years 1 to 7, years 8 to 12 forecast."""
    shares = {
        "high": [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4],
        "regular": [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3],
    }
    for name, alive in shares.items():
        path = tmp_path / f"{name}.csv"
        pd.DataFrame({"year": range(13), "alive": alive}).to_csv(path, index=False)
        assert calibrate("churn", path).fits[0].forecast.model_error < 2.0


def test_the_command_knows_every_kind():
    assert list(KIND_TEXTS) == [kind.name for kind in KINDS]
