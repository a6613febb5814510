"""How a firm follows its conduct: once a quarter decisions move from the plan, and each month prices are posted."""

from collections.abc import Sequence

from sim.model.firm.adaptive_conduct import Quarter, adapt
from sim.model.firm.conduct import ConductMonth, MonthOfBooks, Posted, matching, moved, pass_on, profitability
from sim.model.firm.finance import plan_under_covenant
from sim.model.firm.firm import Firm, channel_of, unit_cost
from sim.model.firm.leadership.forecast import QUARTER
from sim.model.firm.operations.improvement import Address
from sim.model.firm.rivals import follow_rivals, rivals_as_known
from sim.parameters.conduct import ADAPTED, FIXED, REACTIVE


def posted(firms: Sequence[Firm]) -> list[Posted]:
    """What everybody knows of each firm before any of them decides."""
    return [Posted(firm.key, firm.customers[-1], profitability(firm.conduct.months), firm.plan) for firm in firms]


def follow_conduct(firm: Firm, known: Sequence[Posted], month: ConductMonth) -> None:
    """Once a quarter conduct chooses how far decisions stand from the plan; then the prices of the month are posted.

    Args:
        firm: Changed in place.
        known: What everybody knows of all firms.
        month: The month, and what conduct is.
    """
    if month.kind != FIXED:
        channel = channel_of(firm, month.since, month.key, month.market, month.mechanisms)
        others = [one for one in known if one.key != firm.key]
        if month.since > 0:
            firm.conduct.months.append(MonthOfBooks(firm.profit, firm.revenue, *firm.year[-1]))
        if month.since % QUARTER == 0:
            choose_shifts(firm, known, rivals_as_known(firm.figures, others, channel), month)
        else:
            follow_rivals(firm.figures, others, channel)
        firm.plan = moved(firm.plan, firm.conduct, firm.settings.decisions)
    firm.plan = plan_under_covenant(firm.plan, firm.finance, month.market)
    firm.price, firm.promotion = firm.plan.price, firm.plan.newcomer_discount
    firm.prices.append(firm.price)


def choose_shifts(firm: Firm, known: Sequence[Posted], rivals: Sequence[Posted], month: ConductMonth) -> None:
    """What a quarter moves. Nobody has seen a rival's plan, or books of its own, when the first quarter begins.

    Args:
        firm: Changed in place.
        known: What everybody knows of all firms.
        rivals: The other firms, with prices and discounts as this firm knows them.
        month: The month, and what conduct is.
    """
    cost = unit_cost(firm, month.market, month.mechanisms["experience_curve"])
    pass_on(firm.conduct, cost, month.market)
    if month.since == 0:
        return
    if month.kind == REACTIVE:
        firm.conduct.shifts = matching(firm.plan, rivals, month.market)
    else:
        own = next(one for one in known if one.key == firm.key)
        free = tuple(name for name in ADAPTED if name not in firm.settings.decisions)
        horizon = float(firm.settings.settings["leadership.horizon"] or QUARTER)
        usual, where = firm.settings.neutral, Address(month.key, month.since, firm.key)
        adapt(firm.conduct, own, rivals, Quarter(free, firm.plan, usual, horizon, cost, where, month.market))
