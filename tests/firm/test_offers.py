"""What firms put before customers: kept as long as it stands, and always what it would be if reckoned anew."""

import numpy as np
import pytest

from sim import Market
from sim.model.firm.offers import moving, offers_of
from sim.model.month import run_month
from sim.model.state import FIXED_TERMS, MOVING, OFFER_TERMS
from sim.simulation.agents import Customer
from tests.support.worlds import small

TURNS = {
    "as it comes": {},
    "a programme under way": {
        "mechanisms__transformation": True,
        "firms__0__policy": "transforming",
        "firms__0__policy_settings__from": "product_centric",
        "firms__0__policy_settings__to": "customer_centric",
        "firms__0__policy_settings__date": 2,
    },
    "divided by product": {"mechanisms__organisation_form": True, "firms__0__organisation__form": 1},
}


@pytest.mark.parametrize("settings", TURNS.values(), ids=TURNS)
def test_offers_and_rates_that_stand_are_those_reckoned_anew(settings):
    market = Market(small(months=16, market__customers=60, **settings))
    for _ in range(16):
        run_month(market.world, market.engine)
        world, on, anew = market.world, market.scenario.mechanisms, {}
        kept = offers_of(world.firms, world.lines_at, world.settled, world.market, on)
        fresh = offers_of(world.firms, world.lines_at, anew, world.market, on)
        assert np.array_equal(kept, fresh)
        assert [world.settled[firm.key].rates for firm in world.firms] == [anew[f.key].rates for f in world.firms]


def test_terms_are_named_in_their_order():
    market = Market(small(months=2, market__customers=60))
    market.step()
    told = moving(market.world.firms[0], market.world.market, market.scenario.mechanisms)
    assert tuple(told) == MOVING
    assert set(OFFER_TERMS) == {*MOVING, *FIXED_TERMS}
    assert len(OFFER_TERMS) == len({*OFFER_TERMS})


def test_a_fork_in_another_market_offers_by_its_own_numbers():
    market = Market(small(months=12, market__customers=60))
    for _ in range(6):
        market.step()
    forked = market.fork({"market.service.wage": 2.0 * market.scenario.market["service.wage"]})
    forked.step()
    market.step()
    ours, theirs = (one.world.settled[one.world.firms[0].key] for one in (market, forked))
    assert theirs.rates.head == pytest.approx(2.0 * ours.rates.head)


class Contrary(Customer):
    """Says the opposite of what it wants."""

    def survey(self, me):
        super().survey(me)
        me.scratch[0].stated *= -1.0


def test_market_research_asks_the_customers_themselves():
    scenario = small(months=2, market__customers=60)
    usual, contrary = (Market(scenario, engine="agents", customer_class=made) for made in (Customer, Contrary))
    usual.step()
    contrary.step()
    key = usual.world.firms[0].key
    assert np.array_equal(contrary.world.samples[key][0], -usual.world.samples[key][0])
    assert not np.array_equal(contrary.world.lines_at(key, 2, False), usual.world.lines_at(key, 2, False))
