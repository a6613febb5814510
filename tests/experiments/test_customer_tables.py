"""What a comparison keeps of customers: survival after Kaplan and Meier, and service by tenths of value."""

import numpy as np
import pytest

from sim.experiments.customer_tables import allocation_table, kaplan_meier


def test_without_anybody_going_on_survival_is_the_plain_share():
    ended = np.array([1, 2, 2, 5])
    at_risk, share = kaplan_meier(ended, np.zeros(0, np.int64))
    assert share == pytest.approx([(ended > month).mean() for month in range(6)])
    assert at_risk == pytest.approx([(ended >= month).sum() for month in range(6)])


def test_who_is_no_longer_observed_leaves_the_hazard_of_the_others_alone():
    _, share = kaplan_meier(np.array([1, 3]), np.array([2, 2, 3]))
    assert share == pytest.approx([1.0, 4 / 5, 4 / 5, 4 / 5 * 1 / 2])


def test_a_cohort_of_nobody_stays_whole():
    at_risk, share = kaplan_meier(np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert (at_risk.tolist(), share.tolist()) == ([0.0], [1.0])


def test_service_that_follows_value_has_rank_correlation_one():
    value = np.arange(50.0)
    table = allocation_table(value, value**2, 2.0).set_index("tenth")
    assert table.loc[0, "rank_correlation"] == pytest.approx(1.0) and table.loc[0, "customers"] == 100.0
    assert table.loc[1:, "value"].tolist() == [value[5 * k : 5 * k + 5].mean() for k in range(10)]
    assert table.loc[1:, "customers"].tolist() == [10.0] * 10


def test_service_that_is_the_same_for_all_has_no_rank_correlation():
    assert np.isnan(allocation_table(np.arange(50.0), np.ones(50), 1.0)["rank_correlation"]).all()
