import numpy as np
import pytest
from scipy import stats

from sim.commands.compare import stopping
from sim.lab.comparison import Comparison, compare
from sim.lab.paired import paired_difference
from sim.parameters import BadInput, Scenario

SMALL = {"market.customers": 150, "market.size": 1500, "months": 24, "market.warm_up": 6}


@pytest.fixture(scope="module")
def comparison():
    return compare(Scenario.load("telecom").with_settings(SMALL), replications=3)


def test_the_bridge_adds_up_to_the_gap_of_present_values(comparison):
    gaps = comparison.gaps.query("measure == 'npv'").set_index(["policy", "against"])["mean"]
    sums = comparison.bridge.groupby(["policy", "against"])["mean"].sum()
    assert np.allclose(sums, gaps.loc[sums.index], rtol=1e-9, atol=1e-3)


def test_a_policy_against_itself_differs_by_nothing():
    from sim.policies import register
    from sim.policies.osfa import OneSizeFitsAll

    register(type("Twin", (OneSizeFitsAll,), {"name": "twin"}))
    found = compare(Scenario.load("telecom").with_settings(SMALL), policies=("osfa", "twin"), replications=2)
    assert (found.gaps["mean"] == 0).all()
    assert (found.gaps["verdict"] == "no clear difference").all()


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


def test_batches_are_added_until_the_interval_is_narrow_enough():
    scenario = Scenario.load("telecom").with_settings(SMALL)
    first = compare(scenario, ("osfa", "customer_centric"), replications=4)
    wide = compare(scenario, ("osfa", "customer_centric"), until=first.halfwidth() * 1.01)
    assert wide.about["replications"] == 4 and wide.about["reached"]
    assert wide.gaps.equals(first.gaps)
    narrow = compare(scenario, ("osfa", "customer_centric"), until=first.halfwidth() * 0.6)
    assert narrow.about["replications"] % 4 == 0 and narrow.about["replications"] > 4
    assert narrow.about["halfwidth"] == narrow.halfwidth() <= first.halfwidth() * 0.6


def test_a_width_that_is_never_reached_ends_at_the_maximum_and_says_so(monkeypatch):
    monkeypatch.setattr("sim.lab.comparison.MOST_REPLICATIONS", 6)
    found = compare(Scenario.load("telecom").with_settings(SMALL), ("osfa", "customer_centric"), until=1e-9)
    assert found.about["replications"] == 6 and not found.about["reached"]
    assert "not reached within the maximum" in stopping(found.about) and "too narrow" in stopping(found.about)


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
