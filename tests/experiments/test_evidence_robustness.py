"""Contrasts under each conduct, after each horizon, with and without customer equity: what survives all of them."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.compare import Comparison
from sim.experiments.evidence.robustness import EQUITY, PROFIT, conclusions, contrasts, failing
from sim.reports.document.context import Context
from sim.reports.document.evidence_exhibits import survival_line
from sim.reports.document.exchange import exchange_of
from sim.reports.document.pairs import Pair
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import SEARCH_BOUND

RATE = 0.01
MONTHS = 36
IN_EUR = Context(DocumentWords(), exchange_of(None, "EUR"))
HIGHER_PAIR = Pair("hybrid", "osfa", 2.0, 1.0, 3.0, 2, 2, "higher", 10.0)


def lived(profits, equity=0.0, firm="focal"):
    """A comparison whose worlds earn the same profit every month. profits: by policy, one a replication"""
    tables = [
        pd.DataFrame(
            {
                "month": range(1, MONTHS + 1), "firm": firm, "profit": profit, "customer_equity": equity * profit,
                "world": policy, "replicate": number,
            }
        )
        for policy, values in profits.items()
        for number, profit in enumerate(values)
    ]  # fmt: skip
    nothing = pd.DataFrame()
    about = {"focal": "focal", "policies": list(profits), "months": MONTHS}
    return Comparison(nothing, nothing, nothing, nothing, pd.concat(tables), about)


def annuity(months):
    return sum((1.0 + RATE) ** -month for month in range(1, months + 1))


def reading(table, years, measure=PROFIT):
    return table[(table["years"] == years) & (table["measure"] == measure)].iloc[0]


def test_value_after_some_years_is_that_of_their_months():
    table = contrasts(lived({"osfa": [1.0, 2.0], "hybrid": [4.0, 5.0]}), [1, 2], RATE, {})
    assert reading(table, 1)["mean"] == pytest.approx(3.0 * annuity(12))
    assert reading(table, 2)["mean"] == pytest.approx(3.0 * annuity(24))


def test_customers_who_remain_count_at_the_horizon():
    table = contrasts(lived({"osfa": [1.0, 2.0], "hybrid": [4.0, 5.0]}, equity=10.0), [2], RATE, {})
    expected = 3.0 * annuity(24) + 30.0 * (1.0 + RATE) ** -24
    assert reading(table, 2, EQUITY)["mean"] == pytest.approx(expected)


def test_a_horizon_beyond_the_run_is_left_out():
    assert set(contrasts(lived({"osfa": [1.0, 2.0], "hybrid": [4.0, 5.0]}), [3, 4], RATE, {})["years"]) == {3}


def test_worlds_that_are_alike_differ_by_exactly_nothing():
    table = contrasts(lived({"osfa": [1.0, 2.0], "hybrid": [1.0, 2.0]}, equity=3.0), [1, 3], RATE, {})
    assert (table[["mean", "low", "high"]].to_numpy() == 0.0).all()


def test_a_rival_is_not_counted():
    both = lived({"osfa": [1.0, 2.0], "hybrid": [4.0, 5.0]})
    rivals = both.monthly.assign(firm="rival", profit=np.arange(len(both.monthly)) ** 2.0)
    crowded = Comparison(both.runs, both.gaps, both.bridge, both.whale, pd.concat([rivals, both.monthly]), both.about)
    assert contrasts(crowded, [1], RATE, {}).equals(contrasts(both, [1], RATE, {}))


@pytest.mark.parametrize(("spread", "precise"), [(0.001, True), (1.0, False)])
def test_only_a_narrow_interval_gives_the_size(spread, precise):
    values = 10.0 + spread * np.array([-1.0, 0.0, 1.0, 0.5])
    table = contrasts(lived({"osfa": np.zeros(4), "hybrid": values}), [1], RATE, {})
    assert bool(reading(table, 1)["precise"]) is precise


def test_a_bound_of_the_search_decides_nothing_at_any_horizon():
    table = contrasts(lived({"osfa": [1.0, 2.0], "hybrid": [4.0, 5.0]}), [1, 2], RATE, {"osfa": ["price"]})
    assert table["verdict"].str.startswith(SEARCH_BOUND).all()
    assert conclusions(table.assign(conduct="fixed"))["survives"].tolist() == [""]


def under(conduct, own):
    return contrasts(lived({"osfa": [1.0, 2.0], "hybrid": own}), [1, 2], RATE, {}).assign(conduct=conduct)


def test_a_conclusion_survives_if_every_reading_has_its_sign():
    same = pd.concat([under("fixed", [4.0, 5.0]), under("adaptive", [3.0, 4.0])])
    assert conclusions(same)["survives"].tolist() == ["higher"]
    turned = pd.concat([under("fixed", [4.0, 5.0]), under("adaptive", [0.0, 1.0])])
    row = conclusions(turned).iloc[0]
    assert (row["survives"], row["higher"], row["lower"]) == ("", 4, 4)


def test_where_a_conclusion_fails_is_said():
    turned = pd.concat([under("fixed", [4.0, 5.0]), under("adaptive", [0.0, 1.0])])
    assert failing(turned, "higher") == {"conduct": ["adaptive"], "years": [], "measure": []}
    told = survival_line(IN_EUR, turned, HIGHER_PAIR)
    assert "of 8 readings 4 are clearly above zero" in told and "in none under adaptive conduct" in told


def test_what_holds_everywhere_is_said_with_its_readings():
    same = pd.concat([under("fixed", [4.0, 5.0]), under("adaptive", [3.0, 4.0])])
    told = survival_line(IN_EUR, same, HIGHER_PAIR)
    assert "of 8 readings 8 are clearly above zero and 0 clearly below" in told and "in none" not in told
