"""A firm: its plan, desk, product, price and cash, month by month. It never reads its policy's name."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.firm.conduct import Conduct
from sim.model.firm.customer_base import MonthOfRelations
from sim.model.firm.customer_management.owner import CustomerManagement
from sim.model.firm.execution import Execution, MonthOfFeedback
from sim.model.firm.finance import Finance
from sim.model.firm.leadership.hearing import Hearing
from sim.model.firm.leadership.options import Leadership
from sim.model.firm.operations import service_desk as desks
from sim.model.firm.operations.improvement import Improvement
from sim.model.firm.operations.receivables import Ledger
from sim.model.firm.operations.sales_force import SalesForce
from sim.model.firm.operations.service_desk import Desk, MonthOfWork
from sim.model.firm.organisation.figures import Channel, FigureMemory
from sim.model.firm.organisation.organisation_form import OrganisationForm
from sim.model.firm.organisation.practice import time_after_meetings
from sim.model.firm.organisation.reporting import Reports
from sim.model.firm.organisation.walls import Walls, hiding_height, level
from sim.model.firm.product_lines import ProductLine, mean_over, research_by_line, sell, unit_costs
from sim.model.firm.transformation.programme import Programme
from sim.model.measures.equity import MonthOfCustomers
from sim.model.randomness import firm_key
from sim.parameters.firm_settings import FirmSettings
from sim.policies.base import Plan, Policy, View


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
        promotion: Discount for newcomers; like the price, that of the plan as conduct has moved it. [share]
        lines: Its product lines; a single one where lines share everything.
        cash: Cash. [cents]
        customers: People supplied at the end of each of the last twelve months. [people]
        year: Margin, losses and customers of each of the last twelve months.
        prices: Price of each of the months that customers remember. [ratio]
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
        conduct: How far conduct has moved decisions from the plan.
        reports: What departments were last told of the facts that others keep.
        workload: Work that customers were expected to bring in each month remembered.
        voices: Expected complaints, given what happened, and customers, in each month remembered. [agents]
        relations: What the last twelve months say of its relations in a repertoire.
        feedback: Reasons for leaving and credits of each of the last three years' months.
        figures: What its departments remember of the figures of others.
        execution: How the plan of the month is carried out.
        finance: What lenders make of its debt.
    """

    settings: FirmSettings
    policy: Policy
    desk: Desk
    lines: list[ProductLine]
    cash: int
    key: int = 0
    plan: Plan = field(default_factory=Plan)
    price: float = 1.0
    promotion: float = 0.0
    profit: float = 0.0
    revenue: float = 0.0
    margin: float = 0.0
    customers: deque[float] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR + 1))
    year: deque[MonthOfCustomers] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    prices: deque[float] = field(default_factory=deque)
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
    conduct: Conduct = field(default_factory=Conduct)
    workload: deque[MonthOfWork] = field(default_factory=deque)
    voices: deque[tuple[float, float]] = field(default_factory=deque)
    feedback: deque[MonthOfFeedback] = field(default_factory=deque)
    figures: FigureMemory = field(default_factory=FigureMemory)
    execution: Execution = Execution()
    relations: deque[MonthOfRelations] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    finance: Finance = field(default_factory=Finance)

    @property
    def name(self) -> str:
        """Name of the firm."""
        return self.settings.name

    @property
    def quality(self) -> float:
        """Mean quality of what it sells. [0-1]"""
        return mean_over(self.lines, [line.quality for line in self.lines])


def new_firm(settings: FirmSettings, policy: Policy, market: Mapping[str, float]) -> Firm:
    """A firm at the start of the warm-up."""
    share = float(settings.settings["offers.start_share"] or 0.0)
    people = market["size"] * share
    hours = people * market["economics.incident_rate"] * market["service.hours"]
    desk = desks.new_desk(hours, settings.neutral.utilisation, market)
    firm = Firm(
        settings,
        policy,
        desk,
        [ProductLine(float(settings.settings["offers.quality"] or 0.0))],
        opening_cash(settings, market),
        key=firm_key(settings.name),
    )
    firm.customers.append(people)
    remember(firm, market)
    return firm


def opening_cash(settings: FirmSettings, market: Mapping[str, float]) -> int:
    """Cash of a firm at the start of the warm-up; debt below zero. [cents]"""
    return round(float(settings.settings["money.cash"] or 0.0) * market["size"] * 100)


def remember(firm: Firm, market: Mapping[str, float]) -> None:
    """Give a new firm memories as long as the market says."""
    demands = int(market["service.demand_history"])
    firm.workload, firm.voices, firm.feedback = (deque(maxlen=demands) for _ in range(3))
    firm.prices = deque(maxlen=int(market["choice.price_memory"]))
    firm.hearing.exits = deque(maxlen=int(market["hearing.exit_memory"]))
    firm.sales.year = deque(maxlen=int(market["sales.turn_memory"]))


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


def channel_of(
    firm: Firm, since: int, key: int, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> Channel:
    """What lies between the departments of a firm this month. since: the policies began [months]; key: of the world"""
    hiding = hiding_height(market, mechanisms)
    return Channel(firm.walls, hiding, since, key, firm.key, market, not mechanisms["facts"])


def improve(firm: Firm, research: float, market: Mapping[str, float], mechanisms: bool) -> None:
    """Research raises quality with diminishing returns, while the frontier moves away. research: of the firm [EUR]"""
    if not mechanisms:
        return
    reference = market["size"] * spending(market)
    spent = research_by_line(research, len(firm.lines), market["product.shared_learning"])
    intensity = max(0.0, spent / (reference * market["product.reference_share"]))
    pace = market["service.crisis_pace"] if firm.desk.crisis else 1.0
    reach = market["product.opportunity"] * intensity ** market["product.research_exponent"]
    for line in firm.lines:
        gained = reach * (1.0 - line.quality)
        line.quality = min(1.0, max(0.0, line.quality + pace * gained - market["product.frontier"] * line.quality))


def learn_by_doing(firm: Firm, goods: Sequence[float], market: Mapping[str, float], mechanisms: bool) -> None:
    """What was sold this month adds to the cumulated volume. goods: cost of it by line [EUR]"""
    costs = unit_costs(firm.lines, market, mechanisms)
    reference = market["size"] * spending(market) * market["product.reference_share"] * market["product.volume_months"]
    sell(firm.lines, [one / cost / reference if cost > 0.0 else 0.0 for one, cost in zip(goods, costs, strict=True)])


def unit_cost(firm: Firm, market: Mapping[str, float], mechanisms: bool) -> float:
    """Mean cost of goods per unit of value at list price 1, over what the firm sells. [share of price]"""
    return mean_over(firm.lines, unit_costs(firm.lines, market, mechanisms))


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
    firm.desk.present = time_after_meetings(firm.walls, firm.walls.of_service, market, mechanisms)
    desks.work(firm.desk, new, waiting, extra, market, mechanisms["queue"], reserved, firm.form.units)
