"""What a discount is worth to a customer, and whether it decides who wins."""

import pytest

from sim import Market
from sim.model.customers.choice import judge
from sim.model.month import make_offers
from sim.model.state import NEVER
from tests.support.economics import contrast, shipped
from tests.support.worlds import context_of

DISCOUNT = 0.15
SHORTEST_STAY = 2.0  # months; nobody takes a contract for less


def value_to_a_newcomer(discount, price):
    """Utility of the first firm to somebody who knows all firms and tried none."""
    market = Market(shipped("telecom", 50, market__warm_up=0))
    market.advance()
    offers = make_offers(market.world)
    offers["newcomer_discount"], offers["price"] = discount, price
    me = context_of(market, 0, offers)
    for relation in map(me.relations.__getitem__, range(len(offers))):
        relation.last_purchase, relation.aware, relation.burned = NEVER, 1, NEVER
    me.person.supplier = -1
    judge(me)
    return me.scratch[0].value


def test_a_discount_on_one_bill_is_worth_at_most_what_it_saves():
    """At most what a price lower by half the discount for two months saves; nobody takes a contract for less."""
    saved = value_to_a_newcomer(0.0, 1.0 - DISCOUNT / SHORTEST_STAY) - value_to_a_newcomer(0.0, 1.0)
    assert 0.0 < value_to_a_newcomer(DISCOUNT, 1.0) - value_to_a_newcomer(0.0, 1.0) <= saved


@pytest.mark.slow
@pytest.mark.parametrize("name", ["telecom", "b2b"])
def test_equal_newcomer_discounts_move_no_winner(name):
    """The discount of the policies as shipped costs .1 % of revenue: with .10 for all no verdict may turn round, and
    none may come or go by more than the half-width of its interval."""
    world = shipped(name, 1500)
    equal = {f"firms.{seat}.decisions.newcomer_discount": 0.1 for seat in range(len(world.firms))}
    as_shipped, alike = contrast(world), contrast(world.with_settings(equal))
    noise = max((one.high - one.low) / 2.0 for one in (as_shipped, alike))
    assert as_shipped.verdict == alike.verdict or abs(as_shipped["mean"] - alike["mean"]) < noise
