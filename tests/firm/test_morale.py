"""Morale is a share: no pressure, however lasting, takes more of it than there is."""

import pytest

from sim.model.firm.operations.service_desk import live, new_desk, work
from sim.parameters import MARKET

HARD = {one.name: one.default for one in MARKET} | {
    "service.morale_rest": 0.1, "service.morale_drop": 1.0, "service.morale_time": 1.0,
}  # fmt: skip


@pytest.mark.parametrize("pressure", [1.0, 1.5, 100.0])
def test_morale_is_never_below_zero(pressure):
    desk = new_desk(1000.0, 1.0, HARD)
    for _ in range(24):
        work(desk, 1000.0 * pressure, 0.0, 0.0, HARD, True)
        live(desk, 1.0, HARD, True)
        assert 0.0 <= desk.morale <= 1.0
