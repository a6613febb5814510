"""The end of a month: costs are paid, the month is written down, staff and product move on."""

from operator import itemgetter

from sim.model.accounting import COST_ACCOUNTS, Journal, month_of, operating_profit_of
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.counts import Counts, by_firm
from sim.model.firm.costs import costs_of
from sim.model.firm.customer_base import dropout_in_a_year, expected_complaints, lost_in_a_year, month_of_relations
from sim.model.firm.customer_figures import figures_of
from sim.model.firm.customer_management.owner import Mandate, believed_value, has_management
from sim.model.firm.execution import month_of_feedback
from sim.model.firm.finance import NO_FINANCING, Financing, Till, Trade, debt_limit, debt_of, settle, wound_up
from sim.model.firm.firm import Firm, improve, learn_by_doing, opening_cash, unit_cost
from sim.model.firm.leadership.forecast import Books, Stance
from sim.model.firm.leadership.hearing import hear
from sim.model.firm.operations import service_desk as desks
from sim.model.firm.operations.improvement import Address, ask_for_goals, mend, prevent
from sim.model.firm.operations.sales_force import month_of_sales, time_of
from sim.model.firm.organisation.practice import practice_after_month, time_after_meetings
from sim.model.firm.product_lines import goods_by_line
from sim.model.firm.transformation_progress import note_month
from sim.model.measures import SalesTime, in_order
from sim.model.measures.equity import MonthOfCustomers, expected_value
from sim.model.state import FIXED_POINT
from sim.model.world import World

DIRECT_COSTS = (
    "cost_goods",
    "cost_customisation",
    "cost_service",
    "cost_sales",
    "cost_credit",
    "cost_support",
    "bad_debt",
)
NO_TIME = SalesTime(0.0, 0.0, 0.0, 0.0, 0.0)._asdict()
_STANCE = tuple(f"leadership_{name}" for name in Stance._fields)
_by_account = itemgetter(*COST_ACCOUNTS)
_direct = itemgetter(*DIRECT_COSTS)


def close_books(world: World) -> None:
    """Costs are paid, the month is written down, staff and product move on."""
    market, on, warm = world.market, world.scenario.mechanisms, world.month < world.warm_up
    counted = by_firm(world.counts)
    supplied = sum(row.customers for row in counted)
    for seat, firm in enumerate(world.firms):
        counts = counted[seat]
        costs = costs_of(firm, world.settled[firm.key].rates, counts, world.weight, warm, market, on)
        received = counts.received if on["invoices"] else None
        journal = month_of(counts.revenue, counts.discounts, costs, received)
        firm.finance.months.append(
            Trade(operating_profit_of(journal) / 100.0, (counts.revenue - counts.discounts) / 100.0)
        )
        firm.finance.last = finance_of(world, firm, journal)
        if firm.finance.last is not NO_FINANCING:
            journal.post(*firm.finance.last.moves())
        costs |= {"interest": firm.finance.last.interest, "cost_refinancing": firm.finance.last.issue_cost}
        firm.cash += journal.balance("cash")
        firm.ledger.receivables += journal.balance("receivables")
        firm.ledger.overdue = counts.overdue
        remember(firm, counts, costs, world.weight)
        firm.relations.append(month_of_relations(counts))
        hear(firm.hearing, counts, firm.settings.settings, world.weight, on["hearing"])
        if not warm:
            month = world.month - world.warm_up + 1
            world.followed.append(firm.settings.policy)
            stands = in_order(standing(world, firm, counts))
            world.records.append((month, seat, world.there, supplied, *_by_account(costs), *stands))
        move_on(world, firm, counts, costs)
    if not warm:
        world.counted.append(world.counts)


def finance_of(world: World, firm: Firm, journal: Journal) -> Financing:
    """What finance moves this month; in the warm-up owners take, or pay in, what trade brings. journal: of trade"""
    since, traded = world.month - world.warm_up + 1, journal.balance("cash")
    if not world.scenario.mechanisms["finance"]:
        return NO_FINANCING
    if since <= 0:
        return Financing(payout=traded)
    if firm.finance.has_exited:
        return wound_up(firm.cash + traded)
    till = Till(firm.cash, traded, max(0, opening_cash(firm.settings, world.market)))
    return settle(firm.finance, till, since, world.month, world.market)


def count_losses(counts: Counts) -> int:
    """Customers lost in the month, or lapsed, which a firm cannot tell apart. [agents]"""
    return counts.losses_silent + counts.losses_complained + counts.losses_involuntary + counts.lapsed


def remember(firm: Firm, counts: Counts, costs: dict[str, int], weight: float) -> None:
    """What the month says of the value of customers."""
    losses = count_losses(counts)
    opening = counts.customers - counts.gross_adds + losses
    margin = counts.revenue - counts.discounts - sum(_direct(costs))
    firm.year.append(MonthOfCustomers(margin / 100.0, opening * weight, losses * weight, counts.customers * weight))


def books_of(firm: Firm, counts: Counts, costs: dict[str, int], weight: float) -> Books:
    """What the leadership reads of the month; after `move_on` has reckoned profit and margin."""
    customers = counts.customers * weight
    return Books(
        profit=firm.profit,
        revenue=firm.revenue,
        service=costs["cost_service"] / 100.0,
        research=costs["cost_research"] / 100.0,
        marketing=costs["cost_marketing"] / 100.0,
        margin=firm.margin / customers if customers else 0.0,
        customers=customers,
        adds=counts.gross_adds * weight,
        lost=count_losses(counts) * weight,
        utilisation=firm.desk.pressure,
    )


def standing(world: World, firm: Firm, counts: Counts) -> dict[str, float]:
    """State of the firm at the end of the month, by name of measure (`sim.model.measures.FIRM_STANDING`)."""
    desk, market = firm.desk, world.market
    return {
        "clv_expected_mean": expected_value(firm.year, market["discount_rate"]),
        "cash": firm.cash / 100.0,
        **financial_figures(world, firm, counts),
        "receivables": firm.ledger.receivables / 100.0,
        "backlog": desk.backlog,
        "utilisation": desk.pressure,
        "crisis": float(desk.crisis),
        "morale": desk.morale,
        "staff_turnover": desk.left / desk.heads if desk.heads else 0.0,
        "improvement_hours": desk.idle + desk.kept,
        "quality": firm.quality,
        "price": firm.price,
        "newcomer_discount": firm.promotion,
        "unit_cost": unit_cost(firm, market, world.scenario.mechanisms["experience_curve"]),
        "satisfaction_perceived": firm.hearing.perceived,
        "leadership_missed": float(firm.leadership.missed),
        **dict(zip(_STANCE, firm.leadership.stance, strict=True)),
        **customer_base(world, firm, counts),
        **customer_management_figures(firm),
        **sales_of(world, firm, counts),
        **firm.programme.standing(),
    }


def financial_figures(world: World, firm: Firm, counts: Counts) -> dict[str, float]:
    """Debt and what lenders bear of it, new equity and payouts, exit, and the two parts of overhead."""
    finance, rates, market = firm.finance, world.settled[firm.key].rates, world.market
    there = 0.0 if finance.has_left(world.month) else 1.0
    return {
        "debt": debt_of(firm.cash),
        "debt_limit": debt_limit(finance, market) if world.scenario.mechanisms["finance"] else 0.0,
        "equity_raised": finance.last.equity_raised / 100.0,
        "payouts": finance.last.payout / 100.0,
        "debt_written_off": finance.last.written_off / 100.0,
        "budget_cut": 1.0 - (1.0 - market["finance.cut"]) ** finance.cuts,
        "exited": 1.0 - there,
        "overhead_fixed": there * rates.overhead,
        "overhead_by_size": there * rates.overhead_size * counts.customers * world.weight,
    }


def customer_base(world: World, firm: Firm, counts: Counts) -> dict[str, float]:
    """What became of the customers of a year ago; in a repertoire, of live relations."""
    months = min(MONTHS_PER_YEAR, world.month + 1)
    before = firm.customers[-months]
    if world.parameters.contract:
        loss = lost_in_a_year(before, counts.lasting * world.weight, months)
        return {
            "dropout_annual": 0.0,
            "purchases_per_buyer": 0.0,
            "attrition_annual": loss,
            "customers_before": before,
        }
    dropout = dropout_in_a_year(firm.relations)
    bought = sum(month.purchases for month in firm.relations)
    return {
        "dropout_annual": dropout,
        "purchases_per_buyer": bought / counts.buyers if counts.buyers else 0.0,
        "attrition_annual": dropout,
        "customers_before": before,
    }


def customer_management_figures(firm: Firm) -> dict[str, float]:
    """Worth of a customer as customer management believes it, and how far the plan is from what it wants."""
    is_seen = bool(firm.management.seen)
    return {
        "customer_value_believed": believed_value(firm.management, Mandate(firm.settings.settings)) if is_seen else 0.0,
        "strategy_gap": firm.management.gap if is_seen else 0.0,
    }


def sales_of(world: World, firm: Firm, counts: Counts) -> dict[str, float]:
    """Share of sales hours left for selling, and their uses; without calls the share follows from the walls alone."""
    if not world.scenario.mechanisms["sales_calls"]:
        openness = 1.0 - world.market["organisation.alignment"] * firm.walls.mean(firm.walls.of_sales)
        return {"sales_selling_share": openness} | NO_TIME
    time = time_of(firm.sales, month_of_sales(counts, world.weight), world.market)
    return {"sales_selling_share": time.selling_share} | time._asdict()


def move_on(world: World, firm: Firm, counts: Counts, costs: dict[str, int]) -> None:
    """Staff, product, volume and memory of the firm after the month. Its own decisions go by operating profit."""
    market, on = world.market, world.scenario.mechanisms
    net = (counts.revenue - counts.discounts) / 100.0
    goods = [firm.form.learning(market) * cost / 100.0 for cost in goods_by_line(counts, len(firm.lines))]
    learn_by_doing(firm, goods, market, on["experience_curve"])
    firm.revenue = net
    direct = counts.cost_goods + counts.cost_customisation + counts.cost_service
    firm.margin = net - direct / 100.0
    firm.profit = firm.finance.months[-1].profit
    if has_management(firm.settings.settings, on):
        firm.management.past.append(figures_of(firm, counts, costs, world.weight, market))
    if on["sales_calls"]:
        firm.sales.year.append(month_of_sales(counts, world.weight))
    if on["leadership"] and world.month >= world.warm_up:
        firm.leadership.months.append(books_of(firm, counts, costs, world.weight))
    if counts.uses:
        firm.treatment = counts.experience / FIXED_POINT / counts.uses
    note_month(firm, counts.hours_mean / FIXED_POINT * world.weight, counts.incidents_mean / FIXED_POINT * world.weight)
    firm.feedback.append(month_of_feedback(counts))
    firm.voices.append((counts.complaints_mean / FIXED_POINT, counts.customers))
    firm.complaints = expected_complaints(firm.voices) * world.weight
    do_better(world, firm, counts.customers * world.weight)
    firm.customers.append(counts.customers * world.weight)
    if not firm.finance.has_left(world.month):
        desks.live(firm.desk, firm.plan.utilisation, market, on["morale"], firm.execution.staffing)
        practice, turnover = firm.desk.practice, firm.desk.turnover
        firm.desk.practice = practice_after_month(practice, turnover, firm.routines, market, on)
    shielded = firm.execution.research * time_after_meetings(firm.walls, firm.walls.of_product, market, on)
    improve(firm, shielded * firm.form.learning(market) * costs["cost_research"] / 100.0, market, on["research"])


def do_better(world: World, firm: Firm, customers: float) -> None:
    """Free hours prevent incidents, and this month's complaints may start the repair of a cause."""
    market, on = world.market, world.scenario.mechanisms
    if on["prevention"]:
        prevent(firm.improvement, firm.desk, customers, market)
    if on["goals_research"]:
        ask_for_goals(firm.improvement, firm.plan, market)
    if on["root_causes"] and world.month >= world.warm_up:
        gain = float(firm.settings.settings["leadership.voice_gain"] or 0.0) if on["hearing"] else 1.0
        mend(firm.improvement, gain * firm.complaints, Address(world.key, world.month, firm.key), market)
