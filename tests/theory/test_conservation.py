"""Customers and money are conserved in any world, and money has no size of its own."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import Market, Scenario
from sim.model.accounting import COST_ACCOUNTS, month_of, profit_of
from sim.model.counts import by_firm
from sim.model.state import NOBODY
from sim.parameters import FIRM, MARKET, STARTS_OFF
from tests.support.worlds import run_market, small

DECISIONS = [one for one in FIRM if one.name.startswith("decisions.")]
TAME = {"size", "warm_up", "network.degree", "network.rewiring", "needs.segments", "economics.purchase_rate"}


def between(parameter):
    inside = st.floats(parameter.low, min(parameter.high, 1000.0), allow_nan=False)
    return inside.map(round) if parameter.unit == "count" else inside


@st.composite
def firms(draw, name, share):
    known = {one.name: one for one in DECISIONS}
    decided = [known[one] for one in draw(st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True))]
    policy = draw(st.sampled_from(["osfa", "product_centric", "customer_centric"]))
    decisions = {one.name.removeprefix("decisions."): draw(between(one)) for one in decided}
    return {"name": name, "policy": policy, "offers": {"start_share": share}, "decisions": decisions}


@st.composite
def worlds(draw):
    known = {one.name: one for one in MARKET if one.name not in TAME}
    chosen = [known[name] for name in draw(st.lists(st.sampled_from(sorted(known)), max_size=8, unique=True))]
    numbers = {f"market.{one.name}": draw(between(one)) for one in chosen}
    names = draw(st.sampled_from([("a",), ("a", "b"), ("a", "b", "c", "d")]))
    shape = {"customers": draw(st.integers(20, 90)), "relationship": draw(st.sampled_from(["contract", "repertoire"]))}
    made = [draw(firms(name, 0.9 / len(names))) for name in names]
    contents = {"name": "any", "months": 4, "market": {"size": 900.0, "warm_up": 1} | shape, "firms": made}
    late = {f"mechanisms.{name}": draw(st.booleans()) for name in possible(shape["relationship"])}
    return Scenario.from_mapping(contents).with_settings(numbers | late)


def possible(relationship):
    """Mechanisms that start off and that such a market can have."""
    return sorted(STARTS_OFF if relationship == "contract" else STARTS_OFF - {"invoices"})


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.integers(0, 2**31))
def test_customers_and_money_reconcile_in_any_world(scenario, seed):
    market = Market(scenario, seed=seed)
    people = market.world.people
    while market.month < scenario.months:
        held = {seat: int((people.supplier == seat).sum()) for seat in range(len(scenario.firms))}
        begins = market.world.month == market.world.warm_up  # contributions are counted from here
        stood = np.where(begins, 0, people.contribution), people.present.copy()
        market.advance()
        check_people(market, held)
        check_money(market, *stood)


def check_people(market, held):
    people, counted = market.world.people, by_firm(market.world.counts)
    for seat, opening in held.items():
        counts = counted[seat]
        lost = counts.losses_silent + counts.losses_complained + counts.losses_involuntary + counts.lapsed
        assert opening + counts.gross_adds - lost == (people.supplier == seat).sum() == counts.customers
    assert (people.supplier[people.present == 0] == NOBODY).all()


def check_money(market, contribution, present):
    """What customers contribute to a firm is what the firm books for them, to the cent and firm by firm."""
    people, booked = market.world.people, market.world.counts
    came = (present == 0) & (people.present == 1)
    given_by_customers = (people.contribution - np.where(came[:, None], 0, contribution)).sum(axis=0)
    costs = booked["cost_goods"] + booked["cost_customisation"] + booked["cost_service"]
    assert (given_by_customers == booked["revenue"] - booked["discounts"] - costs - booked["written_off"]).all()
    owed = [int(people.owed[people.supplier == seat].sum()) for seat in range(len(market.world.firms))]
    assert owed == [firm.ledger.receivables for firm in market.world.firms]


def test_profit_is_what_the_books_leave():
    costs = {name: 10 * k for k, name in enumerate(COST_ACCOUNTS)}
    journal = month_of(1000, 50, costs)
    assert journal.closes()
    assert profit_of(journal) == 950 - sum(costs.values())


@pytest.mark.parametrize("name", ["telecom", "grocery"])
@pytest.mark.parametrize("late", [False, True])
def test_money_times_a_hundred_changes_no_behaviour(name, late):
    world = small(
        name, **{f"mechanisms__{mechanism}": late for mechanism in possible(Scenario.load(name).relationship)}
    )
    larger = {key: 100.0 * value for key, value in amounts(world).items()}
    one, other = run_market(world), run_market(world.with_settings(larger))
    for column in ("supplier", "purchases", "aware", "complaints", "open_incidents", "categories"):
        assert (getattr(one.world.people, column) == getattr(other.world.people, column)).all()
    for column in ("satisfaction", "precision", "reputation"):  # whole cents of a research budget move the last digits
        assert np.allclose(getattr(one.world.people, column), getattr(other.world.people, column), atol=1e-5)
    cents_per_agent = 0.01 * len(one.world.people.person)
    assert np.allclose(100.0 * one.monthly().profit, other.monthly().profit, rtol=1e-9, atol=100.0 * cents_per_agent)


def amounts(world):
    found = {f"market.{one.name}": world.market[one.name] for one in MARKET if "EUR" in one.unit}
    found |= {f"firms.{firm.name}.money.cash": firm.settings["money.cash"] for firm in world.firms}
    return found
