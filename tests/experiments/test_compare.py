"""Comparisons of policies in paired worlds."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.commands.compare import stopping
from sim.experiments.compare import Comparison, compare
from sim.files.atomic_folder import OURS
from sim.parameters import BadInput, Scenario
from sim.statistics.paired import paired_difference

SMALL = {"market.customers": 150, "market.size": 1500, "months": 24, "market.warm_up": 6}
SHORT = SMALL | {"market.customers": 60, "months": 12, "market.warm_up": 1}  # where replications are many


@pytest.fixture(scope="module")
def comparison():
    return compare(Scenario.load("telecom").with_settings(SMALL), replications=3)


def test_the_bridge_adds_up_to_the_gap_of_present_values(comparison):
    gaps = comparison.gaps.query("measure == 'npv'").set_index(["policy", "against"])["mean"]
    sums = comparison.bridge.groupby(["policy", "against"])["mean"].sum()
    assert np.allclose(sums, gaps.loc[sums.index], rtol=1e-9, atol=1e-3)


def test_survival_of_a_year_is_the_share_of_customers_that_the_market_says_were_kept(comparison):
    first = comparison.survival.query("cohort == 'at the start' and month == 12")
    focal = comparison.monthly[comparison.monthly["firm"] == comparison.about["focal"]].query("month == 12")
    kept = focal["customers_kept"] / focal["customers_before"]
    shares = first.set_index(["policy", "replicate"])["share"]
    assert np.allclose(shares, kept.set_axis(pd.MultiIndex.from_frame(focal[["world", "replicate"]])).loc[shares.index])
    assert (shares < 1.0).all()


def test_tenths_of_customers_add_up_to_all_of_them(comparison):
    tenths = comparison.allocation[comparison.allocation["tenth"] > 0].groupby(["policy", "replicate"])
    whole = comparison.allocation.query("tenth == 0").set_index(["policy", "replicate"]).sort_index()
    spent = tenths.apply(lambda part: (part["customers"] * part["service"]).sum(), include_groups=False)
    assert np.allclose(tenths["customers"].sum(), whole["customers"])
    assert np.allclose(spent, whole["customers"] * whole["service"]) and (spent > 0.0).all()


def test_a_policy_against_itself_differs_by_nothing():
    from sim.policies import register
    from sim.policies.osfa import OneSizeFitsAll

    register(type("Twin", (OneSizeFitsAll,), {"name": "twin"}))
    found = compare(Scenario.load("telecom").with_settings(SMALL), policies=("osfa", "twin"), replications=2)
    assert (found.gaps["mean"] == 0).all()
    assert (found.gaps["verdict"] == "no clear difference").all()


def test_every_file_of_a_comparison_is_known_as_ours_so_that_it_can_be_replaced(comparison, tmp_path):
    comparison.write(tmp_path)
    assert {"allocation.csv", "survival.csv"} < {path.name for path in tmp_path.iterdir()} <= OURS


def test_tables_survive_writing_and_reading(comparison, tmp_path):
    comparison.write(tmp_path)
    again = Comparison.read(tmp_path)
    assert np.allclose(again.gaps["mean"], comparison.gaps["mean"])
    assert again.about == comparison.about


def test_one_replication_is_not_a_comparison():
    with pytest.raises(BadInput, match="at least 2 replications"):
        compare(Scenario.load("telecom"), replications=1)


def test_the_interval_is_students():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=12), rng.normal(size=12)
    found = paired_difference(a, b)
    expected = stats.ttest_rel(a, b).confidence_interval(0.95)
    assert np.allclose((found.low, found.high), (expected.low, expected.high))


PAIR = ("osfa", "customer_centric")


@pytest.fixture(scope="module")
def thirty_seven():
    """Replications that batches end on, given beforehand: 20 + 5, then 4 at a time."""
    return compare(Scenario.load("telecom").with_settings(SHORT), PAIR, replications=37)


def value_gaps(comparison):
    wide = comparison.runs.query("measure == 'npv'").pivot(index="replicate", columns="policy", values="value")
    return (wide[PAIR[1]] - wide[PAIR[0]]).to_numpy()


def width(gaps):
    found = stats.ttest_1samp(gaps, 0.0).confidence_interval(0.95)
    return (found.high - found.low) / 2


@pytest.mark.long
def test_the_first_look_waits_for_the_look_ahead(thirty_seven):
    wide = compare(Scenario.load("telecom").with_settings(SHORT), PAIR, until=10 * thirty_seven.halfwidth())
    assert (wide.about["replications"], wide.about["held_from"]) == (25, 20) and wide.about["reached"]
    assert np.allclose(value_gaps(wide), value_gaps(thirty_seven)[:25])


@pytest.mark.long
def test_batches_are_added_until_the_interval_stays_narrow_enough(thirty_seven):
    gaps = value_gaps(thirty_seven)
    widths = np.array([width(gaps[:count]) for count in range(20, 38)])
    target = max(widths[-6:]) * 1.001  # met from 32 on at the latest, so that 37 are enough
    held = 20 + int(np.flatnonzero(widths > target)[-1]) + 1
    found = compare(Scenario.load("telecom").with_settings(SHORT), PAIR, until=target)
    assert found.about["reached"] and found.about["held_from"] == held
    assert held + 5 <= found.about["replications"] < held + 5 + 4
    assert found.about["halfwidth"] == pytest.approx(found.halfwidth())
    assert f"within it since {held}" in stopping(found.about)


def test_a_width_that_is_never_reached_ends_at_the_maximum_and_says_so(monkeypatch):
    monkeypatch.setattr("sim.experiments.compare.MOST_REPLICATIONS", 6)
    found = compare(Scenario.load("telecom").with_settings(SHORT), PAIR, until=1e-9)
    assert found.about["replications"] == 6 and not found.about["reached"]
    assert "not reached within the maximum" in stopping(found.about)


@pytest.mark.parametrize("until", [0.0, -1.0, float("nan"), float("inf")])
def test_a_width_that_is_no_amount_is_refused(until):
    with pytest.raises(BadInput, match="amount of money above 0"):
        compare(Scenario.load("telecom"), until=until)


def test_a_half_written_comparison_is_not_read(comparison, tmp_path, monkeypatch):
    comparison.write(tmp_path)
    monkeypatch.setattr(comparison.whale, "to_csv", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        comparison.write(tmp_path)
    assert not list(tmp_path.glob("*.part"))
    with pytest.raises(BadInput, match="not a comparison folder"):
        Comparison.read(tmp_path)
