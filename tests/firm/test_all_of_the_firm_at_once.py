"""Everything inside the firm at once: both engines, any form, saved, forked, and in any currency."""

import pytest

from sim import Market
from sim.model.firm.customer_management.customer_value import MANAGED_DECISIONS
from sim.model.firm.organisation.incentives import PAID
from sim.parameters import MARKET, MECHANISMS
from tests.support.worlds import focal, run_market, same, small

ALL_ON = {f"mechanisms__{name}": True for name in MECHANISMS}


def everything(form=1, shared=0.0, **settings):
    """A small world in which the first firm has pairs of walls, told facts, paid departments, a form and an owner."""
    ours = {
        "policy": "customer_centric", "decisions.lines": 2.0, "decisions.walls": 0.45, "organisation.form": form,
        "organisation.walls.sales_service": 0.3, "organisation.walls.product_marketing": -0.3,
        "owner.present": 1.0, "owner.authority": 0.6, "owner.sight": 0.7, "owner.shared": shared,
    }  # fmt: skip
    ours |= {f"pay.{name}": 0.2 for name in PAID} | {f"owner.{name}": 1.0 for name in MANAGED_DECISIONS}
    world = small(months=7, **ALL_ON).with_settings({f"firms.0.{key}": value for key, value in ours.items()})
    return world.with_settings({key.replace("__", "."): value for key, value in settings.items()})


@pytest.mark.parametrize(("form", "shared"), [(0, 1.0), (1, 0.0), (2, 1.0)])
def test_both_engines_agree_with_everything_on(form, shared):
    world = everything(form, shared, market__customers=60, months=4)
    assert same(run_market(world), run_market(world, engine="agents"))


def test_a_saved_world_with_everything_on_goes_on_bit_for_bit(tmp_path):
    world, half = everything(), Market(everything())
    while half.month < 4:
        half.step()
    half.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), run_market(world))


def test_an_owner_appointed_in_a_fork_begins_with_what_is_there():
    market = Market(everything(mechanisms__owner=False))
    while market.month < 4:
        market.step()
    forked = market.fork({"mechanisms.owner": True}).run()
    plain = market.run()
    assert forked.monthly().iloc[: 3 * 4].equals(plain.monthly().iloc[: 3 * 4])
    assert focal(forked).customer_value_believed.iloc[-1] > 0.0 == focal(plain).customer_value_believed.iloc[-1]


def test_money_in_a_smaller_unit_moves_no_customer():
    world = everything(form=2)
    larger = {f"market.{one.name}": 100.0 * world.market[one.name] for one in MARKET if "EUR" in one.unit}
    one, other = run_market(world), run_market(world.with_settings(larger))
    for column in ("supplier", "purchases", "aware", "complaints", "open_incidents", "categories"):
        assert (getattr(one.world.people, column) == getattr(other.world.people, column)).all()
    wanted = [market.world.firms[0].management.levels for market in (one, other)]
    assert wanted[0] == wanted[1]
