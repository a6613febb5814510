"""A life with an account: what is told of bills, payments, holds and write-offs is what the books say."""

import re

import pytest

from sim import Market
from sim.journeys.recorder import Journeys
from sim.reports.life import life_in_words
from tests.support.worlds import owing

PLACES, MONTHS = 150, 16


@pytest.fixture(scope="module")
def told():
    lively = {"market__temper__payment_reliability": 0.5, "market__credit__write_off": 3.0, "market__death": 0.02}
    ledger = {"market__credit__ledger_error": 0.1, "market__credit__override": 0.5}
    market = Market(owing(**lively, **ledger, walls=0.1, hold_after=1.0, market__customers=PLACES, months=MONTHS))
    journeys = Journeys(range(PLACES), PLACES)
    market.watcher = journeys.look
    return market.run(), journeys


def sums(table, event, counted=True):
    groups = table[table.event.isin(event)].groupby("firm").value
    return groups.sum() if counted else groups.size()


def booked(market, column):
    months = market.monthly()
    months["net"] = months.revenue - months.discounts
    return {firm: total for firm, total in months.groupby("firm")[column].sum().items() if total}


def test_bills_told_are_bills_booked(told):
    market, journeys = told
    found = sums(journeys.table(), ["was invoiced"]) * market.world.weight
    assert found.to_dict() == pytest.approx(booked(market, "net"), rel=1e-5)


@pytest.mark.parametrize(("event", "measure"), [("was written off", "bad_debt"), ("was made to pay", "collected")])
def test_debts_told_are_debts_booked(told, event, measure):
    market, journeys = told
    found = sums(journeys.table(), [event]) * market.world.weight
    assert found.to_dict() == pytest.approx(booked(market, measure), rel=1e-9) and len(found) == 3


def test_payments_told_are_cash_received(told):
    market, journeys = told
    months = market.monthly()
    first, last = (months[months.month == month].set_index("firm") for month in (1, MONTHS))
    paid = sums(journeys.table(), ["paid the account", "was made to pay"]) * market.world.weight
    opening = first.receivables - (first.revenue - first.discounts) + first.bad_debt  # before the month's payments
    table = journeys.table()
    paid_first = sums(table[table.month == 1], ["paid the account", "was made to pay"]) * market.world.weight
    net, debt = booked(market, "net"), booked(market, "bad_debt")
    for firm, amount in paid.items():
        start = opening[firm] + paid_first.get(firm, 0.0)
        assert amount == pytest.approx(start + net[firm] - debt[firm] - last.receivables[firm], rel=1e-6)


@pytest.mark.parametrize(("event", "measure"), [("was held", "holds"), ("was reminded", "reminders")])
def test_holds_and_reminders_told_are_those_counted(told, event, measure):
    market, journeys = told
    found = sums(journeys.table(), [event], counted=False) * market.world.weight
    assert found.to_dict() == booked(market, measure)


def test_holds_by_mistake_say_which_mistake(told):
    market, journeys = told
    table = journeys.table()
    wrong = table[(table.event == "was held") & table.reason.str.startswith("by mistake")]
    assert len(wrong) * market.world.weight == market.monthly().holds_by_mistake.sum()
    assert wrong.reason.nunique() == 2


def test_sales_override_about_as_often_as_they_do(told):
    market, journeys = told
    events = journeys.table().event.value_counts()
    wanted = events["was held"] + events["was supplied all the same"]
    chance = market.scenario.market["credit.override"]
    assert abs(events["was supplied all the same"] - chance * wanted) < 4.0 * (chance * (1.0 - chance) * wanted) ** 0.5


def test_nobody_who_is_held_is_billed_or_uses_anything(told):
    market, journeys = told
    table = journeys.table()
    held = set(table[table.event == "was held"].set_index(["month", "customer"]).index)
    used = table[table.event.isin(["was invoiced", "used the product", "bought"])].set_index(["month", "customer"])
    assert held and not held & set(used.index)


@pytest.mark.long
def test_every_event_of_an_account_has_its_words(told):
    market, journeys = told
    lines = life_in_words(market, journeys)
    assert any("pays what is due" in line for line in lines)
    assert any("written off" in line for line in lines) and not any(re.search(r"\bnan\b", line) for line in lines)


def test_who_sees_that_nobody_checks_was_neither_reminded_nor_held(told):
    market, journeys = told
    table = journeys.table()
    seen = table[table.event == "saw that nobody checks"].set_index(["month", "customer"])
    checked = table[table.event.isin(["was reminded", "was held"])].set_index(["month", "customer"])
    assert len(seen) and not set(seen.index) & set(checked.index)
    assert ((seen.value > 0.0) & (seen.value < 1.0)).all()
