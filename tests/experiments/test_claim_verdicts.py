"""Verdicts: by tests beyond the smallest effect and by reach; nothing is supported both ways round."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.experiments.claims.measures import ClaimMeasure
from sim.experiments.claims.readings import (
    EQUIVALENT,
    NO_REACH,
    REFUTED,
    SUPPORTED,
    beyond_p,
    effects_in_sampled_worlds,
    effects_in_world,
    reach_of,
)
from sim.experiments.claims.verdicts import (
    deciding_row,
    drivers_of_reach,
    reading_of_both,
    reading_of_world,
    verdict_of_claim,
)
from sim.parameters import BadInput

RNG = np.random.default_rng(1)


def measure(direction="higher", smallest=1.0, is_share=False, name="m"):
    return ClaimMeasure(name, {"measure": "profit"}, {"a": 1.0, "b": -1.0}, direction, smallest, is_share)


def runs(gaps, levels=None, scale=None):
    """Runs of two arms with these differences."""
    base = np.zeros(len(gaps)) if levels is None else np.asarray(levels, float)
    parts = [
        pd.DataFrame({"arm": arm, "replicate": range(len(gaps)), "status": "ok", "key": "k", "m": values})
        for arm, values in (("a", base + gaps), ("b", base))
    ]
    table = pd.concat(parts, ignore_index=True)
    return table if scale is None else table.assign(m_scale=scale)


def reading(gaps, direction="higher", smallest=1.0):
    return effects_in_world(runs(np.asarray(gaps, float)), [measure(direction, smallest)])[0]["reading"]


def test_an_interval_beyond_the_smallest_effect_supports():
    gaps = RNG.normal(5.0, 1.0, 20)
    assert stats.t.interval(0.95, 19, gaps.mean(), stats.sem(gaps))[0] > 1.0 and reading(gaps) == SUPPORTED


def test_the_same_interval_refutes_the_claim_turned_round():
    assert reading(RNG.normal(5.0, 1.0, 20), "lower") == REFUTED


def test_an_interval_within_the_smallest_effect_is_equivalent():
    assert reading(RNG.normal(0.0, 0.1, 20)) == EQUIVALENT


def test_no_difference_at_all_is_equivalent():
    assert reading(np.zeros(5)) == EQUIVALENT


@pytest.mark.long
@given(st.lists(st.floats(-100, 100), min_size=3, max_size=12), st.floats(0.01, 10))
def test_no_reading_supports_a_claim_and_its_opposite(gaps, smallest):
    one, other = reading(gaps, "higher", smallest), reading(gaps, "lower", smallest)
    turned = {SUPPORTED: REFUTED, REFUTED: SUPPORTED}
    assert other == turned.get(one, one)


def test_the_test_is_that_of_the_interval():
    gaps = RNG.normal(1.5, 1.0, 15)
    low = stats.t.interval(0.95, 14, gaps.mean(), stats.sem(gaps))[0]
    assert (beyond_p(gaps, low - 1e-9) < 0.05, beyond_p(gaps, low + 1e-9) < 0.05) == (True, False)


def test_the_smallest_effect_as_a_share_is_of_the_revenue_of_the_rival():
    table = runs(np.full(4, 3.0), scale=200.0)
    row = effects_in_world(table, [measure(smallest=0.01, is_share=True)])[0]
    assert row["smallest"] == pytest.approx(2.0)


def test_two_measures_are_adjusted_for_each_other():
    gaps = RNG.normal(2.0, 1.5, 8)
    one = effects_in_world(runs(gaps), [measure()])[0]["p_claimed"]
    two = effects_in_world(runs(gaps).assign(n=0.0), [measure(), measure(name="n")])[0]["p_claimed"]
    assert two == pytest.approx(min(1.0, 2.0 * one))


def test_a_run_that_failed_is_told():
    table = runs(np.ones(3))
    table.loc[0, "status"] = "failed"
    with pytest.raises(BadInput, match="1 runs have no m"):
        effects_in_world(table, [measure()])


def sampled(effects, **columns):
    """Rows of sampled worlds with these effects."""
    table = pd.concat([runs(np.array([gap])).assign(world=f"w{k}") for k, gap in enumerate(effects)])
    return list(effects_in_sampled_worlds(table, [measure()], "world"))


def test_reach_is_a_share_with_wilsons_interval():
    reach = reach_of(sampled([2.0] * 9 + [0.0]))
    expected = stats.binomtest(9, 10).proportion_ci(0.95, method="wilson")
    assert (reach.share, reach.low, reach.high) == (0.9, expected.low, expected.high)


def test_a_claim_that_holds_here_and_in_few_sampled_worlds_depends():
    assert verdict_of_claim([SUPPORTED], reach_of(sampled([2.0] * 20 + [-2.0] * 20))) == "depends"


def test_a_claim_that_holds_here_and_nearly_everywhere_is_supported():
    assert verdict_of_claim([SUPPORTED, SUPPORTED], reach_of(sampled([2.0] * 40))) == SUPPORTED


def test_a_claim_without_sampled_worlds_is_never_supported():
    assert verdict_of_claim([SUPPORTED], NO_REACH) == "depends"


def test_a_claim_that_comes_out_the_other_way_everywhere_is_refuted():
    assert verdict_of_claim([REFUTED, REFUTED], reach_of(sampled([-2.0] * 40))) == REFUTED


def test_a_null_world_supports_and_refutes_nothing():
    worlds = [reading_of_world([reading(np.zeros(6))])] * 2
    assert verdict_of_claim(worlds, reach_of(sampled([0.0] * 40))) == EQUIVALENT


@pytest.mark.long
@given(st.lists(st.sampled_from([SUPPORTED, REFUTED, EQUIVALENT, "inconclusive"]), min_size=1, max_size=4),
       st.integers(0, 40), st.integers(0, 40))  # fmt: skip
def test_a_verdict_turns_with_the_claim_or_is_neither(worlds, claimed, against):
    claimed, against = min(claimed, 40), min(against, 40 - min(claimed, 40))
    effects = [2.0] * claimed + [-2.0] * against + [0.0] * (40 - claimed - against)
    turned = [{SUPPORTED: REFUTED, REFUTED: SUPPORTED}.get(word, word) for word in worlds]
    one = verdict_of_claim(worlds, reach_of(sampled(effects)))
    other = verdict_of_claim(turned, reach_of(sampled([-gap for gap in effects])))
    assert not one == other == SUPPORTED


def test_a_low_reach_refutes_nothing_that_is_not_against_the_claim_in_the_base_worlds():
    assert verdict_of_claim(["depends", EQUIVALENT, EQUIVALENT], reach_of(sampled([0.0] * 40))) == "depends"


def test_a_world_that_reads_otherwise_when_tuned_is_not_clear():
    assert reading_of_both([SUPPORTED, EQUIVALENT]) == "inconclusive"


def test_the_row_of_a_verdict_is_the_measure_that_holds_least():
    rows = [{"registered": True, "reading": word} for word in (SUPPORTED, "inconclusive", EQUIVALENT)]
    assert deciding_row(rows)["reading"] == "inconclusive"


def test_few_worlds_in_a_perfect_order_name_no_factor():
    numbers = {f"w{k}": {f"f{j}": float(RNG.random()) for j in range(20)} | {"talk": float(k)} for k in range(5)}
    drivers = drivers_of_reach(sampled([float(k) for k in range(5)]), numbers)
    assert float(drivers.loc[drivers["factor"] == "talk", "p"].min()) * 21 > 0.05
