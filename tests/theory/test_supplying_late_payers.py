"""Supplying those who do not pay: sight of the ledger ends it, and may be worth less or more than it costs."""

import numpy as np
import pytest

from tests.support.worlds import focal, owing, run_market

WALLS = {"walls": 0.4, "hold_after": 3.0, "reminders": 0.0, "months": 48}
DEADBEATS = {"market__temper__payment_reliability": 0.6, "market__temper__payment_spread": 1.5}
SURE = {"market__credit__ledger_error": 0.0, "market__credit__posting_delay": 0.0, "market__credit__recovery": 0.0}
UNSURE = {
    "market__credit__ledger_error": 0.3, "market__credit__error_lasting": 1.0, "market__credit__recovery": 1.0,
    "market__credit__collection_fee": 0.0,
}  # fmt: skip


def paired(measure, **world):
    """Sight minus blindness of the first firm in four paired worlds; nothing but the sight of the ledger differs."""
    sums = [
        [focal(run_market(owing(**WALLS, **world, market__organisation__walls_hide=hides), replicate=k))[measure].sum()
         for k in range(4)]
        for hides in (0.5, 0.3)
    ]  # fmt: skip
    return np.array(sums[0]) - np.array(sums[1])


@pytest.mark.long
def test_sight_ends_shipments_to_those_a_year_overdue():
    assert (paired("shipments_overdue", **DEADBEATS) < 0.0).all()


@pytest.mark.long
def test_sight_pays_where_debts_are_lost_and_the_ledger_is_right():
    assert (paired("profit", **DEADBEATS, **SURE) > 0.0).all()


@pytest.mark.long
def test_sight_costs_where_debts_are_recovered_and_the_ledger_is_wrong():
    assert (paired("profit", **UNSURE) < 0.0).all()
