"""What a month cost a firm, by account."""

from collections.abc import Mapping

from sim.model.accounting import COST_ACCOUNTS, all_to_cents
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.counts import Counts
from sim.model.firm.customer_management.owner import Mandate, cost_of_management, has_management
from sim.model.firm.firm import Firm
from sim.model.firm.operations.improvement import cost_of_mending
from sim.model.firm.operations.receivables import cost_of_credit
from sim.model.firm.organisation.incentives import cost_of_measuring
from sim.model.firm.rates import Rates
from sim.model.firm.transformation_progress import cost_of_programme
from sim.policies.base import Plan


def costs_of(
    firm: Firm,
    rates: Rates,
    counts: Counts,
    weight: float,
    warm: bool,
    market: Mapping[str, float],
    mechanisms: Mapping[str, bool],
) -> dict[str, int]:
    """Costs of the month by account, those of finance still empty. [cents]

    Args:
        firm: The firm.
        rates: What it pays by the customer, by the head and by the month.
        counts: Counts of the firm and month.
        weight: People per agent.
        warm: True during the warm-up, when all firms are alike.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    if firm.finance.has_exited and not counts.customers:
        return costs_after_exit(counts, weight, market)
    people = counts.customers * weight
    contacts = counts.contacts_mass + market["marketing.targeting_cost"] * counts.contacts_targeted
    asked = interviews(firm, counts, weight, market) if mechanisms["hearing"] else 0.0
    reckoned = {
        "cost_service": firm.desk.heads * rates.head,
        "cost_sales": people * rates.sales,
        "cost_marketing": contacts * market["marketing.contact_cost"] * weight,
        "cost_coordination": people * rates.links + cost_of_value_known(firm, people, warm, market, mechanisms),
        "cost_intelligence": people * rates.intelligence
        + asked
        + cost_of_knowing(firm.plan, people, market, mechanisms),
        "cost_research": rates.research * (counts.revenue - counts.discounts) / 100.0,
        "cost_transformation": cost_of_programme(firm, people, market) if mechanisms["transformation"] else 0.0,
        "cost_overhead": rates.overhead + rates.overhead_size * people,
        "cost_support": people * rates.support,
    }
    counted = {
        "cost_goods": counts.cost_goods,
        "cost_customisation": counts.cost_customisation,
        "cost_credit": cost_of_credit(counts, weight, market),
        "cost_improvement": cost_of_mending(firm.improvement, market) if mechanisms["root_causes"] else 0,
        "bad_debt": counts.written_off,
        "interest": 0,
        "cost_refinancing": 0,
    }
    return all_to_cents(reckoned) | counted


def costs_after_exit(counts: Counts, weight: float, market: Mapping[str, float]) -> dict[str, int]:
    """Costs of a month of a firm that has left the market: its last debtors. weight: people per agent [cents]"""
    return dict.fromkeys(COST_ACCOUNTS, 0) | {
        "cost_credit": cost_of_credit(counts, weight, market),
        "bad_debt": counts.written_off,
    }


def cost_of_knowing(plan: Plan, people: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Cost of the firm's market research, and of bought data on people who are no customers. people: customers [EUR]"""
    cost = 0.0
    if mechanisms["market_research"]:
        cost += market["marketing.interview_cost"] * round(plan.survey_size) / MONTHS_PER_YEAR
    if mechanisms["own_books"]:
        cost += market["marketing.data_cost"] * plan.prospect_data * max(0.0, market["size"] - people)
    return cost


def cost_of_value_known(
    firm: Firm, people: float, warm: bool, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> float:
    """Cost of measuring the customer value that pay hangs on, and of customer management. people: customers [EUR]"""
    cost = 0.0
    if mechanisms["departments_pay"] and not warm:
        cost += cost_of_measuring(firm.settings.settings, firm.desk.heads, people, market)
    if has_management(firm.settings.settings, mechanisms) and not warm:
        cost += cost_of_management(Mandate(firm.settings.settings), people, market, mechanisms)
    return cost


def interviews(firm: Firm, counts: Counts, weight: float, market: Mapping[str, float]) -> float:
    """Cost of asking those who left by choice why. weight: people per agent [EUR]"""
    asked = float(firm.settings.settings["leadership.exit_interviews"] or 0.0)
    left = (counts.losses_silent + counts.losses_complained) * weight
    return asked * left * market["organisation.exit_interview_cost"]
