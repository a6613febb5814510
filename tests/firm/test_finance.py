"""Finance: interest, what lenders bear, cut budgets, new equity and exit, in the books and in both engines."""

import numpy as np
import pytest

from sim import Market
from sim.model.accounting import COST_ACCOUNTS, FINANCIAL_ACCOUNTS, month_of, operating_profit_of, profit_of
from sim.model.firm.finance import Finance, Financing, Till, Trade, review, settle
from sim.model.state import NOBODY
from sim.parameters.renames import find_rename
from tests.support.worlds import focal, run_market, same, same_people, small

RULES = {
    "finance.debt_rate": 0.12, "finance.cash_rate": 0.0, "finance.payout": 1.0, "finance.covenant": 3.0,
    "finance.working_capital": 0.0, "finance.cut": 0.25, "finance.patience": 3.0, "finance.multiple": 8.0,
    "finance.issue_cost": 0.1, "finance.exit": 1.0,
}  # fmt: skip
NO_COST_OF_MONEY = {"market__finance__debt_rate": 0.0, "market__finance__cash_rate": 0.0}
RUINED = {"firms__0__money__cash": -100_000.0, "market__finance__patience": 0.0}  # nobody refinances it
NOT_CASH = ("cash", "payouts", "debt_limit")


def earning(profit, revenue=100.0):
    finance = Finance()
    finance.months.extend([Trade(profit, revenue)] * 12)
    return finance


def test_interest_and_new_equity_close_in_double_entry_and_lie_below_operating_profit():
    journal = month_of(1000, 50, dict.fromkeys(COST_ACCOUNTS, 0) | {"cost_service": 300})
    journal.post(*Financing(interest=20, issue_cost=7, equity_raised=100, payout=30).moves())
    assert journal.closes()
    assert operating_profit_of(journal) == 1000 - 50 - 300
    assert profit_of(journal) == operating_profit_of(journal) - 20 - 7
    assert journal.balance("cash") == profit_of(journal) + 100 - 30
    assert {"interest", "cost_refinancing"} == set(FINANCIAL_ACCOUNTS)


def test_owners_take_out_what_is_above_the_cash_of_the_start_and_never_what_is_not_there():
    assert settle(earning(1.0), Till(500, 200, 600), 1, 24, RULES).payout == 100
    assert settle(earning(1.0), Till(-500, 200, 600), 1, 24, RULES).payout == 0


def test_each_quarter_above_the_limit_cuts_budgets_once_more_and_a_quarter_within_it_gives_one_cut_back():
    finance, patient = earning(1.0), RULES | {"finance.patience": 100.0}  # the limit is 3 x 12
    seen = []
    for cash in (-3700, -3700, -3500, -3500):
        review(finance, cash, 0, patient)
        seen.append(finance.cuts)
    assert seen == [1, 2, 1, 0]


def test_a_firm_worth_its_debt_is_refinanced_to_the_limit_at_a_cost():
    finance = earning(1.0)
    review(finance, -5000, 0, RULES)
    raised = review(finance, -5000, 3, RULES)
    assert raised == pytest.approx((50.0 - 36.0) / 0.9)
    assert not finance.has_exited and finance.in_breach == 0.0


def test_a_firm_worth_less_than_its_debt_leaves_the_market_unless_its_owners_always_pay():
    doomed, owned = earning(-1.0), earning(-1.0)
    for month in (0, 3):
        review(doomed, -5000, month, RULES)
        paid = review(owned, -5000, month, RULES | {"finance.exit": 0.0})
    assert doomed.exited == 4
    assert not owned.has_exited and paid == pytest.approx(50.0 / 0.9)


RICH = {f"firms__{seat}__money__cash": 100_000.0 for seat in range(3)}  # so that nobody owes anything


@pytest.mark.parametrize("name", ["telecom", "b2b", "grocery"])
def test_without_debt_and_interest_finance_moves_nothing_but_cash(name):
    off, on = (
        run_market(small(name, **NO_COST_OF_MONEY, **RICH, months=12, mechanisms__finance=one)) for one in (False, True)
    )
    assert same_people(off, on)
    rest = [column for column in off.monthly() if column not in NOT_CASH]
    assert (on.monthly().debt == 0.0).all()
    assert off.monthly()[rest].equals(on.monthly()[rest])
    assert (on.monthly().interest == 0.0).all() and (off.monthly().payouts == 0.0).all()


def test_cash_moves_by_profit_receivables_equity_and_payouts():
    months = focal(run_market(small("b2b", months=18, firms__0__money__cash=-30_000.0)))
    moved = months.profit - months.receivables.diff() + months.equity_raised - months.payouts + months.debt_written_off
    assert np.allclose((months.cash.diff() - moved)[1:], 0.0, atol=0.011)
    assert (months.interest[:3] > 0.0).all()


def test_an_indebted_firm_pays_a_twelfth_of_the_rate_on_the_debt_of_the_month_before():
    world = small(months=6, firms__0__money__cash=-40.0, market__finance__debt_rate=0.12)
    months = focal(run_market(world))
    assert months.interest[0] == 40.0 * world.market["size"] * 0.01
    assert months.interest[1:].to_numpy() == pytest.approx(months.debt[:-1].to_numpy() * 0.01, abs=0.006)
    assert months.profit.to_numpy() == pytest.approx((months.operating_profit - months.interest).to_numpy(), abs=0.006)


def test_lenders_cut_the_same_budgets_whatever_the_policy():
    for policy in ("osfa", "product_centric", "customer_centric"):
        market = Market(small(months=6, firms__0__policy=policy, firms__0__money__cash=-1000.0))
        market.run()
        assert focal(market).budget_cut.tolist() == [0.0, 0.0, 0.25, 0.25, 0.25, 1 - 0.75**2]


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "b2b", "grocery", "cdnow"])
def test_both_engines_agree_on_a_firm_that_leaves_the_market(name):
    world = small(name, **RUINED, months=8)
    one, other = run_market(world), run_market(world, engine="agents")
    assert same(one, other)
    assert focal(one).exited.tolist() == [0.0] * 3 + [1.0] * 5


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_customers_of_a_firm_that_leaves_are_lost_for_that_reason_and_never_come_back(name):
    market = run_market(small(name, **RUINED, months=12))
    ours = focal(market)
    assert ours.lost_supplier[3] == ours.customers[2] - ours.losses[3] + ours.lost_supplier[3] + ours.gross_adds[3]
    assert ours.lost_supplier[3] > 0.0 and (ours.customers[3:] == 0.0).all() and (ours.gross_adds[3:] == 0.0).all()
    assert (market.world.people.supplier != 0).all()


def test_the_last_entry_of_a_firm_that_leaves_closes_its_books():
    ours = focal(run_market(small("b2b", **RUINED, months=8)))
    assert ours.debt_written_off[3] > 0.0
    assert (ours[["cash", "debt", "receivables", "cost_overhead", "overhead_fixed"]][4:] == 0.0).all(axis=None)
    assert (ours[["profit", "revenue", "staff_turnover"]][4:] == 0.0).all(axis=None)


def test_the_firms_that_remain_supply_those_whose_supplier_has_left():
    gone, there = (run_market(small(**RUINED, months=24, market__finance__exit=one)).monthly() for one in (1.0, 0.0))
    rivals = [table[(table.firm != "north") & (table.month == 24)].customers.sum() for table in (gone, there)]
    assert rivals[0] > 1.2 * rivals[1]


def test_a_firm_in_debt_goes_on_from_a_state_file_as_if_nothing_had_been_saved(tmp_path):
    world = small(**RUINED, months=8)
    market = Market(world)
    for _ in range(5):
        market.step()
    market.save(tmp_path / "state")
    assert same(Market.load(tmp_path / "state").run(), run_market(world))


@pytest.mark.parametrize("by_size", [0.0, 0.55])
def test_overhead_has_a_fixed_part_and_one_that_grows_with_own_customers(by_size):
    world = small(market__organisation__overhead_by_size=by_size, firms__0__policy="osfa", months=3)
    market, months = world.market, focal(run_market(world))
    of_the_reference = market["organisation.overhead"] * market["size"]
    share = months.customers / market["size"] / market["organisation.overhead_share"]
    assert months.overhead_fixed.to_numpy() == pytest.approx((1.0 - by_size) * of_the_reference)
    assert months.overhead_by_size.to_numpy() == pytest.approx((by_size * of_the_reference * share).to_numpy())
    assert months.cost_overhead.to_numpy() == pytest.approx(
        (months.overhead_fixed + months.overhead_by_size).to_numpy(), abs=0.011
    )


def test_overhead_keeps_its_name_so_scenario_files_need_no_change():
    assert find_rename("market.organisation.overhead") is None


def test_nobody_is_left_to_choose_when_every_firm_has_left():
    ruined = {f"firms__{seat}__money__cash": -100_000.0 for seat in range(3)}
    market = run_market(small(**RUINED | ruined, months=6))
    assert (market.world.people.supplier == NOBODY).all()
