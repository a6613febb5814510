"""Money owed: what is billed is paid, owed or written off, to the cent; checking and holding do what they should."""

import numpy as np
import pytest

from sim import BadInput, Market, Scenario
from sim.model.accounting import COST_ACCOUNTS, month_of, profit_of
from sim.model.firm.firm import view_of
from sim.model.firm.operations.receivables import Ledger
from sim.simulation.agents import Customer
from sim.statistics.reap import present_value, reap_bridge
from tests.support.worlds import focal, owing, run_market, same

EXACT = {"market__temper__payment_reliability": 1.0, "market__credit__ledger_error": 0.0}
SIGHT = {"firms__0__decisions__walls": 0.4, "market__organisation__walls_hide": 0.5}
BLIND = SIGHT | {"market__organisation__walls_hide": 0.3}


def net(months):
    return months.revenue - months.discounts


def test_a_journal_with_debts_closes():
    costs = {name: 10 * k for k, name in enumerate(COST_ACCOUNTS)}
    journal = month_of(1000, 50, costs, received=400)
    assert journal.closes()
    assert journal.balance("receivables") == 1000 - 50 - 400 - costs["bad_debt"]
    assert journal.balance("cash") == 400 - sum(costs.values()) + costs["bad_debt"]
    assert profit_of(journal) == 950 - sum(costs.values())


@pytest.mark.parametrize("sales", [False, True])
def test_what_customers_owe_is_what_the_books_say_every_month(sales):
    market = Market(owing(mechanisms__sales_calls=sales, market__death=0.01, hold_after=2.0, walls=0.2))
    people = market.world.people
    while market.month < 24:
        market.step()
        owed = [int(people.owed[people.supplier == seat].sum()) for seat in range(3)]
        assert owed == [firm.ledger.receivables for firm in market.world.firms]
    assert (people.owed[people.supplier < 0] == 0).all() and sum(owed) > 0


def test_cash_is_what_was_billed_less_costs_less_what_is_still_owed():
    market = run_market(owing())
    months = focal(market)
    change = months.cash.diff() - (months.profit - months.receivables.diff())
    assert np.allclose(change[1:], 0.0, atol=0.011)


@pytest.mark.parametrize("sales", [False, True])
def test_perfect_payers_and_an_exact_ledger_leave_profit_as_without_invoices_to_the_cent(sales):
    on = owing(**EXACT, mechanisms__sales_calls=sales, hold_after=1.0, walls=0.2, reminders=1.0)
    off = on.with_settings({"mechanisms.invoices": False})
    one, other = run_market(on), run_market(off)
    assert (one.monthly().profit == other.monthly().profit).all()
    assert (one.world.people.contribution == other.world.people.contribution).all()
    assert (one.monthly().receivables > 0).all() and (other.monthly().receivables == 0).all()


def test_perfect_payers_owe_one_bill_at_terms_of_a_month():
    months = run_market(owing(**EXACT)).monthly()
    assert np.allclose(months.receivables, net(months), atol=0.01)
    assert np.allclose(months.days_sales_outstanding, 365.0 / 12.0, rtol=1e-6)


@pytest.mark.parametrize("terms", [2, 3])
def test_accounts_are_paid_when_their_oldest_bill_is_due(terms):
    people = run_market(owing(**EXACT, market__credit__terms=terms)).world.people
    last = owing().months + 2 - 1  # with the warm-up, counted from 0
    ages = last - people.owed_since[people.owed > 0]
    assert set(ages) == set(range(terms))


def test_receivables_overdue_are_those_past_their_due_month():
    market = run_market(owing())
    people, seats = market.world.people, market.world.people.supplier
    late = (people.owed > 0) & (market.world.month - 1 - people.owed_since >= 1)
    expected = [people.owed[late & (seats == seat)].sum() / 100.0 for seat in range(3)]
    assert market.monthly().receivables_overdue.to_list()[-3:] == expected and min(expected) > 0


def test_those_who_never_pay_are_written_off_in_full_and_shipped_to_until_then():
    never = {"market__temper__payment_reliability": 0.0, "market__temper__payment_spread": 0.0}
    lost = {"market__credit__recovery": 0.0, "market__credit__reminder_effect": 0.0, "market__credit__write_off": 14.0}
    market = run_market(owing(**never, **lost, **BLIND, months=40))
    months = focal(market)
    start = Market(owing(**never, **lost, **BLIND)).world.firms[0].cash / 100.0
    costs = sum(months[account] for account in COST_ACCOUNTS if account != "bad_debt")
    assert np.allclose(months.cash.diff()[1:], -costs[1:], atol=0.011) and months.cash.iloc[-1] < start
    assert months.bad_debt.sum() > 0 < months.shipments_overdue.sum()
    assert (months[months.month < 12].shipments_overdue == 0).all()


def test_nobody_is_written_off_who_is_always_recovered_and_collections_take_their_fee():
    whole = {"market__credit__recovery": 1.0, "market__credit__write_off": 1.0, "market__credit__reminder_cost": 0.0}
    dear, cheap = (focal(run_market(owing(**whole, market__credit__collection_fee=fee))) for fee in (0.5, 0.25))
    assert dear.bad_debt.sum() == 0 < cheap.cost_credit.sum()
    assert np.allclose(dear.cost_credit, 2.0 * cheap.cost_credit, atol=0.5)


def test_reminders_cost_what_they_cost():
    months = focal(run_market(owing(reminders=1.0, market__credit__collection_fee=0.0)))
    assert months.reminders.sum() > 0
    assert np.allclose(months.cost_credit, owing().market["credit.reminder_cost"] * months.reminders, atol=0.006)


def test_who_is_never_checked_pays_later_every_year():
    slack, strict = (focal(run_market(owing(reminders=share, **BLIND, months=60))) for share in (0.0, 1.0))
    assert slack.payment_discipline.iloc[-1] < slack.payment_discipline.iloc[12] < 1.0
    assert slack.payment_discipline.iloc[-1] < strict.payment_discipline.iloc[-1]
    assert slack.days_sales_outstanding[48:].mean() > strict.days_sales_outstanding[48:].mean()


def test_supply_is_held_only_where_sales_see_the_ledger():
    seeing, blind = (focal(run_market(owing(**sight))) for sight in (SIGHT, BLIND))
    assert seeing.holds.sum() > 0 == blind.holds.sum()


def test_sales_that_always_override_hold_nobody():
    assert focal(run_market(owing(**SIGHT, market__credit__override=1.0))).holds.sum() == 0


def test_an_exact_and_timely_ledger_holds_nobody_by_mistake():
    exact = {"market__credit__ledger_error": 0.0, "market__credit__posting_delay": 0.0}
    months, usual = (focal(run_market(owing(**SIGHT, hold_after=1.0, **ledger))) for ledger in (exact, {}))
    assert months.holds_by_mistake.sum() == 0 < usual.holds_by_mistake.sum()
    assert months.holds.sum() > 0


def test_a_customer_whose_supply_is_held_is_billed_nothing_and_disappointed():
    market = Market(owing(**SIGHT, hold_after=1.0))
    people = market.world.people
    while not (people.held > 0).any():
        before = people.owed.copy(), people.satisfaction[:, 0].copy()
        market.advance()
    held = people.held > 0
    assert (people.purchases[held] == 0).all() and (people.fit[held] == 0.0).all()
    assert ((people.owed[held] == before[0][held]) | (people.owed[held] == 0)).all()
    assert (people.satisfaction[held, 0] < before[1][held]).all()


def test_holds_by_mistake_lose_good_customers():
    wrong = {"market__credit__ledger_error": 0.3, "market__credit__override": 0.0} | SIGHT
    payers = {"market__temper__payment_reliability": 1.0}
    careful, rash = (focal(run_market(owing(hold_after=after, **wrong, **payers))) for after in (0.0, 1.0))
    assert rash.losses_held.sum() > 0 == careful.losses_held.sum()
    assert rash.customers.iloc[-1] < careful.customers.iloc[-1]


def test_what_is_written_off_is_less_contribution_of_its_customer_to_the_cent():
    quiet = {"mechanisms__incidents": False, "mechanisms__births_and_deaths": False, "market__warm_up": 0}
    market = run_market(owing(**quiet, market__credit__write_off=2.0))
    months = market.monthly().groupby("firm").sum()
    margin = months.revenue - months.discounts - months.cost_goods - months.cost_customisation - months.bad_debt
    given = dict(zip(months.index, market.world.people.contribution.sum(axis=0) / 100.0, strict=True))
    assert given == pytest.approx(margin.to_dict(), abs=0.001) and (months.bad_debt > 0).all()


def test_finance_sees_how_much_is_overdue():
    market = run_market(owing())
    firm = market.world.firms[0]
    assert firm.ledger.overdue == round(100.0 * focal(market).receivables_overdue.iloc[-1]) > 0
    firm.ledger = Ledger(200, 50)
    assert view_of(firm, 1, 0.5, market.world.market).overdue_share == 0.25
    assert Ledger().overdue_share == 0.0


def test_the_reap_bridge_still_adds_up_with_debts_and_holds():
    one, other = (focal(run_market(owing(**sight))) for sight in (SIGHT, BLIND))
    bridge = reap_bridge(one, other, 0.01)
    assert sum(bridge.values()) == pytest.approx(present_value(one, 0.01) - present_value(other, 0.01))


def test_a_repertoire_has_no_accounts():
    message = "mechanisms.invoices is true, and market.relationship is 'repertoire'.*allowed is 'contract'"
    with pytest.raises(BadInput, match=message):
        Scenario.load("grocery").with_settings({"mechanisms.invoices": True})


def test_invoices_can_begin_in_a_fork_and_not_end_in_one():
    market = Market(owing(mechanisms__invoices=False, months=12))
    while market.month < 6:
        market.step()
    begun = market.fork({"mechanisms.invoices": True})
    assert begun.run().monthly().receivables.iloc[-1] > 0
    with pytest.raises(BadInput, match="mechanisms.invoices cannot change"):
        begun.fork({"mechanisms.invoices": False})


def test_saved_debts_go_on_bit_for_bit(tmp_path):
    market = Market(owing(months=8))
    while market.month < 4:
        market.step()
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())


@pytest.mark.parametrize("decided", [{"hold_after": 0.0}, {"reminders": 1.0}])
def test_decisions_of_credit_matter_with_invoices_alone(decided):
    on, off = SIGHT, SIGHT | {"mechanisms__invoices": False}
    assert same(run_market(owing(**off)), run_market(owing(**off, **decided)))
    assert not same(run_market(owing(**on)), run_market(owing(**on, **decided)))


class Debtor(Customer):
    """Never looks at a bill again."""

    def keep_account(self, me):
        """Pay nothing, hear nothing."""


def test_a_customer_class_can_refuse_to_pay():
    world = owing(
        market__customers=60, months=5, market__death=0.0, market__category_exit=0.0, market__choice__entry=0.0
    )
    nobody_moves = world.with_settings({"market.choice.consider": 0.0, "market.choice.consider_contact": 0.0})
    usual, refusing = (run_market(nobody_moves, **how) for how in ({}, {"customer_class": Debtor}))
    assert refusing.monthly().receivables.sum() > usual.monthly().receivables.sum()
    assert refusing.monthly().reminders.sum() == 0 < usual.monthly().reminders.sum()


def test_the_size_of_the_sample_does_not_move_what_is_owed():
    few, many = (
        run_market(owing(market__customers=people, market__size=3000, months=36))
        .monthly()
        .days_sales_outstanding.mean()
        for people in (750, 3000)
    )
    assert few == pytest.approx(many, rel=0.08)


def test_the_table_of_customers_has_what_they_owe_in_money():
    market = run_market(owing())
    owed = market.customers_table().groupby("supplier").owed.sum()
    assert all(owed[firm.name] * 100.0 == pytest.approx(firm.ledger.receivables) for firm in market.world.firms)
