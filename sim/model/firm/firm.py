"""A firm: its plan, desk, product, price and cash, month by month. It never reads its policy's name."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.firm.customer_base import MonthOfRelations
from sim.model.firm.customer_management.owner import CustomerManagement
from sim.model.firm.leadership.forecast import QUARTER
from sim.model.firm.leadership.hearing import Hearing
from sim.model.firm.leadership.options import Leadership
from sim.model.firm.operations import service_desk as desks
from sim.model.firm.operations.improvement import Improvement
from sim.model.firm.operations.receivables import Ledger
from sim.model.firm.operations.sales_force import SalesForce
from sim.model.firm.operations.service_desk import Desk, MonthOfWork
from sim.model.firm.organisation.organisation_form import OrganisationForm
from sim.model.firm.organisation.reporting import Reports
from sim.model.firm.organisation.walls import Walls, level
from sim.model.firm.transformation.programme import Programme
from sim.model.measures.equity import MonthOfCustomers
from sim.model.randomness import firm_key
from sim.parameters.scenario import FirmSettings
from sim.parameters.table import FIRM
from sim.policies.base import Plan, Policy, View

DEEPEST_CUT = 0.5  # guard: no firm halves its price at one go
DEMAND_MEMORY = 3 * MONTHS_PER_YEAR  # over which an expectation of customers' demands is a mean
MOST_PROMOTION = next(one.high for one in FIRM if one.name == "decisions.newcomer_discount")


@dataclass
class Firm:
    """State of one firm.

    Args:
        settings: Name, policy text and numbers from the scenario.
        policy: The strategy object.
        key: Address of the firm in draws.
        desk: The service desk.
        plan: This month's decisions.
        price: List price. [ratio]
        promotion: Discount for newcomers. [share]
        quality: Common quality. [0-1]
        volume: Cumulated value at list price 1, against that of a firm of the reference share. [ratio]
        cash: Cash. [cents]
        customers: People supplied at the end of each of the last twelve months. [people]
        year: Margin, losses and customers of each of the last twelve months.
        prices: Price of each of the last twelve months. [ratio]
        complaints: Complaints expected of last month's customers. [people]
        hearing: What its leadership believes of its customers.
        leadership: What its leadership has moved.
        sales: The sales staff.
        ledger: What customers owe.
        improvement: What was prevented and mended.
        treatment: Mean experience of use that its customers had last month. [0-1]
        walls: Heights of the walls between departments.
        routines: Heights of the walls as incidents meet them that are handed on.
        programme: How far it has been transformed.
        rush: Part of an incident's hours that service leaves out. [share]
        management: Customer management.
        form: How the firm is divided this month.
        reports: What departments were last told of the facts that others keep.
        workload: Work that customers were expected to bring in each of the last three years' months.
        voices: Expected complaints, given what happened, and customers, over three years. [agents]
        relations: What the last twelve months say of its relations in a repertoire.
    """

    settings: FirmSettings
    policy: Policy
    desk: Desk
    quality: float
    cash: int
    key: int = 0
    plan: Plan = field(default_factory=Plan)
    price: float = 1.0
    promotion: float = 0.0
    volume: float = 1.0
    profit: float = 0.0
    revenue: float = 0.0
    margin: float = 0.0
    customers: deque[float] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR + 1))
    year: deque[MonthOfCustomers] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    prices: deque[float] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    complaints: float = 0.0
    hearing: Hearing = field(default_factory=Hearing)
    leadership: Leadership = field(default_factory=Leadership)
    sales: SalesForce = field(default_factory=SalesForce)
    ledger: Ledger = field(default_factory=Ledger)
    improvement: Improvement = field(default_factory=Improvement)
    treatment: float = 0.0
    walls: Walls = field(default_factory=lambda: level(Plan().walls))
    routines: Walls = field(default_factory=lambda: level(Plan().walls))
    programme: Programme = field(default_factory=Programme)
    hours_skipped: float = 0.0
    management: CustomerManagement = field(default_factory=CustomerManagement)
    form: OrganisationForm = field(default_factory=OrganisationForm)
    reports: Reports = field(default_factory=Reports)
    workload: deque[MonthOfWork] = field(default_factory=lambda: deque(maxlen=DEMAND_MEMORY))
    voices: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=DEMAND_MEMORY))
    relations: deque[MonthOfRelations] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))

    @property
    def name(self) -> str:
        """Name of the firm."""
        return self.settings.name


def new_firm(settings: FirmSettings, policy: Policy, market: Mapping[str, float]) -> Firm:
    """A firm at the start of the warm-up."""
    share = float(settings.settings["offers.start_share"] or 0.0)
    people = market["size"] * share
    hours = people * market["economics.incident_rate"] * market["service.hours"]
    desk = desks.new_desk(hours, Plan().utilisation, market)
    firm = Firm(
        settings,
        policy,
        desk,
        float(settings.settings["offers.quality"] or 0.0),
        round(float(settings.settings["money.cash"] or 0.0) * market["size"] * 100),
        key=firm_key(settings.name),
    )
    firm.customers.append(people)
    return firm


def spending(market: Mapping[str, float]) -> float:
    """What a person spends in the category in a month, on average. [EUR]"""
    return market["economics.purchase_rate"] * market["economics.spend"]


def view_of(firm: Firm, month: int, best_quality: float, market: Mapping[str, float]) -> View:
    """What the leadership of a firm can see."""
    now = firm.customers[-1]
    revenue, margin = (firm.revenue / now, firm.margin / now) if now else (0.0, 0.0)
    return View(
        month, now, firm.customers[0], revenue, margin, firm.desk.pressure, firm.quality, best_quality, firm.price,
        firm.ledger.overdue_share, spending(market),
    )  # fmt: skip


def answer_rivals(firm: Firm, month: int, market: Mapping[str, float], reply: bool) -> None:
    """Once a quarter, price and promotion move part of the way to their targets, which follow lost customers.

    Args:
        firm: Changed in place.
        month: Months lived, warm-up included. [months]
        market: Numbers of the market.
        reply: False when firms take what they planned at once and look at nobody.
    """
    lost = 0.0
    if reply and len(firm.customers) > MONTHS_PER_YEAR:
        lost = max(0.0, 1.0 - firm.customers[-1] / max(firm.customers[0], 1.0))
    if month % QUARTER == 0:
        pace = market["rivals.reply"] if reply else 1.0
        price = firm.plan.price * max(DEEPEST_CUT, 1.0 - market["rivals.price_pull"] * lost)
        promotion = min(MOST_PROMOTION, firm.plan.newcomer_discount + market["rivals.promotion_pull"] * lost)
        firm.price += pace * (price - firm.price)
        firm.promotion += pace * (promotion - firm.promotion)
    firm.prices.append(firm.price)


def improve(firm: Firm, research: float, market: Mapping[str, float], mechanisms: bool) -> None:
    """Research raises common quality with diminishing returns, while the frontier moves away. research: [EUR]"""
    if not mechanisms:
        return
    reference = market["size"] * spending(market)
    intensity = max(0.0, research / (reference * market["product.reference_share"]))
    pace = market["service.crisis_pace"] if firm.desk.crisis else 1.0
    gained = market["product.opportunity"] * intensity ** market["product.research_exponent"] * (1.0 - firm.quality)
    firm.quality = min(1.0, max(0.0, firm.quality + pace * gained - market["product.frontier"] * firm.quality))


def learn_by_doing(firm: Firm, goods: float, market: Mapping[str, float], mechanisms: bool) -> None:
    """What was sold this month adds to the cumulated volume. goods: cost of it [EUR]"""
    cost = unit_cost(firm, market, mechanisms)
    reference = market["size"] * spending(market) * market["product.reference_share"] * market["product.volume_months"]
    firm.volume += goods / cost / reference if cost > 0.0 else 0.0


def unit_cost(firm: Firm, market: Mapping[str, float], mechanisms: bool) -> float:
    """Cost of goods per unit of value at list price 1, on the experience curve. [share of price]"""
    power = market["product.experience"] if mechanisms else 0.0
    return market["product.unit_cost"] * firm.volume ** (-power)


def open_desk(firm: Firm, hours: float, market: Mapping[str, float]) -> None:
    """The desk of the first month is staffed for the work that is there. hours: [h]"""
    firm.desk = desks.new_desk(hours, firm.plan.utilisation, market)


def work_desk(
    firm: Firm, new: float, waiting: float, old: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> None:
    """The month at the desk. new, waiting: hours of incidents [h]; old: incidents older than a month [count]."""
    other = market["service.complaint_hours"] * firm.complaints + market["service.escalation_hours"] * old
    reserved = firm.plan.prevention if mechanisms["prevention"] and not firm.desk.crisis else 0.0
    extra = other if mechanisms["incidents"] else 0.0
    desks.work(firm.desk, new, waiting, extra, market, mechanisms["queue"], reserved, firm.form.units)
