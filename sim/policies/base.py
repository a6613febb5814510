"""What a firm sees when it decides, what it may decide, and the contract of every policy."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from sim.parameters.decisions import DECISIONS, Plan
from sim.parameters.parameter import Parameter

__all__ = ["DECISIONS", "Defining", "Plan", "Policy", "PolicyTransition", "View"]


class Defining(NamedTuple):
    """A decision that makes a policy what it is.

    Args:
        value: The decision as the policy starts. [unit of the decision]
        reason: One plain sentence why it belongs to the policy.
        source: Published work that says so, of the direction and seldom of the number; or ``assumed``.
    """

    value: float
    reason: str
    source: str


class View(NamedTuple):
    """What a department sees at the start of a month; a fact that walls hide from it is NaN.

    Args:
        month: Months since the policy began. [months]
        customers: People supplied. [people]
        customers_year_ago: People supplied twelve months ago. [people]
        revenue_per_customer: Net revenue of last month per customer. [EUR]
        margin_per_customer: Net revenue minus cost of goods and service, per customer. [EUR]
        utilisation: Pressure on the service desk last month. [ratio]
        quality: Common quality of the own product. [0-1]
        best_quality: Best common quality seen in the market. [0-1]
        price: Own price. [ratio]
        overdue_share: Part of what customers owe that is overdue; 0 where all pay at once. [0-1]
        spending: What a person spends in the category in a month, on average; public. [EUR]
    """

    month: int
    customers: float
    customers_year_ago: float
    revenue_per_customer: float
    margin_per_customer: float
    utilisation: float
    quality: float
    best_quality: float
    price: float
    overdue_share: float
    spending: float


class Policy:
    """How a firm decides. A subclass states its defining decisions, or a whole plan, and may answer what it sees.

    Attributes:
        name: How a scenario calls it.
        summary: What it is, in a line.
        defining: Decisions that are the policy, by name. All others are left to the neutral plan of the market, which
            is the same for every firm, and are tuned for every policy alike. None: it does not say, so all define it.
        numbers: Numbers of its own rules beside its decisions, which `sim params` lists.
        start: Its plan as long as it has seen nothing; where `defining` is declared it follows from that.
        transition: Old and new policy, so that levers of transformation can move the firm from one to the other.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    defining: Mapping[str, Defining] | None = None
    numbers: ClassVar[tuple[Parameter, ...]] = ()
    start: Plan
    transition: "PolicyTransition | None" = None

    def __init_subclass__(cls, **keywords: Any) -> None:
        """The starting plan of a class that declares `defining`, with all other decisions neutral.

        Raises:
            TypeError: Both are declared, or a name in `defining` is no decision.
        """
        super().__init_subclass__(**keywords)
        declared = cls.__dict__.get("defining")
        if not isinstance(declared, Mapping):
            if (
                "start" in cls.__dict__
            ):  # a plan of its own says nothing of what defines it, whatever its base class says
                cls.defining = None
            return
        if "start" in cls.__dict__:
            raise TypeError(f"{cls.__name__} declares start and defining; defining alone makes the starting plan")
        unknown = [name for name in declared if name not in DECISIONS]
        if unknown:
            raise TypeError(f"{cls.__name__}.defining: {unknown[0]!r} is no decision; known are {', '.join(DECISIONS)}")
        cls.start = Plan().changed({name: row.value for name, row in declared.items()})

    def decide(self, view: View) -> Plan:
        """The plan for this month, given what the firm sees; the default keeps the starting plan."""
        return self.start

    def configure(self, route: "PolicyTransition") -> "Policy":
        """Configure the policy from the firm's `policy_settings`, before month 1.

        The default ignores them. A mixture, or a policy in transition, keeps the route.
        """
        return self


class PolicyTransition(NamedTuple):
    """Settings of a firm's `policy_settings`, with both policies made.

    Args:
        origin: Policy at ``from``.
        goal: Policy at ``to``.
        weight: Share of the goal in a mixture. [0-1]
        additive: How far a mixture keeps both budgets in full. [0-1]
        date: Month of setting out. [months]
    """

    origin: Policy
    goal: Policy
    weight: float
    additive: float
    date: float
