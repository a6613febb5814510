"""The decisions of a firm: one row each, from which plans, ranges, departments, levers, groups and budgets follow."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, get_type_hints

from sim.parameters.parameter import ASSUMED, Parameter

DEPARTMENTS = ("marketing", "sales", "product", "service", "finance")
LEVERS = ("strategy", "process", "technology", "structure", "culture")
GROUPS = ("walls", "knowing", "product", "marketing", "service", "price", "sales", "choosing", "credit")
BUDGET = "budget"  # a firm can have more of it by spending more, so that it can keep what two plans want
SPARED = "spared"  # a firm can have less of it by spending more
CODE = "code"  # a code or threshold without a middle: between two plans it jumps half-way
LEVEL_KIND = "level"  # anything else
DECISION_KINDS = (BUDGET, SPARED, CODE, LEVEL_KIND)
NUMBER_OF_MAPPINGS = (
    3  # tables of which lever moves which decision: by means, customising with process, levers in parallel
)


class Tuning(NamedTuple):
    """Where tuning searches for a decision.

    Args:
        place: Place among the tuned decisions, from 1; points that spread over the ranges depend on the order.
        low: Smallest value tried.
        high: Largest value tried.
    """

    place: int
    low: float
    high: float


class Decision(NamedTuple):
    """What one decision says about itself; its name and its default are those of the field of `Plan`.

    Args:
        label: Name for people.
        unit: Unit.
        low: Smallest value allowed.
        high: Largest value allowed.
        department: Department that takes it, one of `DEPARTMENTS`.
        lever: Lever of transformation that moves it, one of `LEVERS`; or one for each of the `NUMBER_OF_MAPPINGS` tables.
        group: Group that a bridge between two policies switches as one, one of `GROUPS`.
        kind: One of `DECISION_KINDS`.
        meaning: One plain sentence.
        offered: Whether customers meet it as it is, as the column of the same name in their offers.
        tuned: Where tuning searches, for a policy that the decision does not define; None leaves it alone.
        by: Mechanisms by which alone it acts, any of them; none where it always acts.
        source: Where the neutral value comes from, or ``assumed``.
    """

    label: str
    unit: str
    low: float
    high: float
    department: str
    lever: str | tuple[str, str, str]
    group: str
    kind: str
    meaning: str
    offered: bool = False
    tuned: Tuning | None = None
    by: tuple[str, ...] = ()
    source: str = ASSUMED

    @property
    def levers(self) -> tuple[str, ...]:
        """The lever by each of the tables."""
        return (self.lever,) * NUMBER_OF_MAPPINGS if isinstance(self.lever, str) else self.lever


D, T = Decision, Tuning


# fmt: off
class Plan(NamedTuple):
    """The decisions of one firm for one month. Each field is declared once, with its row and its default."""

    price: Annotated[float, D("List price", "ratio", 0.5, 2.0, "sales", "strategy", "price", LEVEL_KIND, "List price against the reference", tuned=T(3, 0.85, 1.35))] = 1.0
    utilisation: Annotated[float, D("Utilisation", "ratio", 0.5, 1.1, "service", "process", "service", SPARED, "Wanted utilisation of the service desk", tuned=T(1, 0.65, 0.95))] = 0.82
    research: Annotated[float, D("Research", "share of revenue", 0.0, 0.3, "product", "strategy", "product", BUDGET, "Research and development", tuned=T(2, 0.0, 0.12), by=("research",))] = 0.04
    marketing: Annotated[float, D("Marketing", "share of spending", 0.0, 1.0, "marketing", "strategy", "marketing", BUDGET, "Marketing per person of the market, as a share of a person's mean spending", tuned=T(4, 0.0, 0.03), by=("advertising",))] = 0.0075
    targeting: Annotated[float, D("Targeting", "share", 0.0, 1.0, "marketing", "technology", "marketing", LEVEL_KIND, "Part of the marketing that goes to selected people", tuned=T(18, 0.0, 1.0), by=("advertising",))] = 0.0
    newcomer_discount: Annotated[float, D("Newcomer discount", "share", 0.0, 0.6, "marketing", "strategy", "marketing", BUDGET, "Discount for newcomers in their first month of supply", tuned=T(5, 0.0, 0.3))] = 0.0
    retention_discount: Annotated[float, D("Retention discount", "share", 0.0, 0.6, "sales", "culture", "price", BUDGET, "Discount granted to those who demand one", offered=True, tuned=T(6, 0.0, 0.3), by=("discount_demand",))] = 0.0
    promise: Annotated[float, D("Promise", "0-1", 0.0, 1.0, "marketing", "culture", "marketing", LEVEL_KIND, "What marketing promises", offered=True, tuned=T(7, 0.1, 0.9), by=("promises",))] = 0.5
    depth: Annotated[float, D("Depth of customising", "0-1", 0.0, 1.0, "product", ("culture", "process", "technology"), "knowing", BUDGET, "Largest depth of customising an offer", tuned=T(17, 0.0, 1.0), by=("customisation",))] = 0.0
    intelligence: Annotated[float, D("Customer intelligence", "share of spending", 0.0, 1.0, "marketing", "technology", "knowing", BUDGET, "Spending on knowing a customer's needs, as a share of a person's mean spending", tuned=T(19, 0.0, 0.03), by=("belief_learning",))] = 0.0
    walls: Annotated[float, D("Walls", "0-1", 0.0, 1.0, "finance", "structure", "walls", SPARED, "Height of the walls between departments", tuned=T(20, 0.0, 1.0))] = 0.5
    lines: Annotated[float, D("Product lines", "count", 1.0, 4.0, "product", "structure", "product", BUDGET, "Number of product lines", tuned=T(21, 1.0, 4.0))] = 1.0
    senior: Annotated[float, D("Senior service", "share", 0.0, 1.0, "service", "culture", "service", BUDGET, "Share of service hours from the senior tier", offered=True, tuned=T(8, 0.0, 0.8), by=("incidents",))] = 0.3
    priority: Annotated[float, D("Priority by value", "0-1", 0.0, 1.0, "service", ("culture", "process", "culture"), "service", LEVEL_KIND, "How far service goes by estimated value (1) or first come, first served (0)", offered=True, tuned=T(22, 0.0, 1.0))] = 0.0
    sales_structure: Annotated[float, D("Structure of sales", "0, 1 or 2", 0.0, 2.0, "sales", "structure", "sales", CODE, "Sales as one team (0), a team for each further category (1), or account owners (2)", tuned=T(23, 0.0, 2.0), by=("sales_calls",))] = 0.0
    sales_force: Annotated[float, D("Sales force", "ratio", 0.0, 10.0, "sales", "process", "sales", BUDGET, "Sales hours kept, against organisation.sales_hours", tuned=T(9, 0.25, 3.0), by=("sales_calls",))] = 1.0
    most_calls: Annotated[float, D("Most sales contacts", "1/month", 0.01, 1.0, "sales", "process", "sales", LEVEL_KIND, "Maximum sales contacts per customer and month, shared by teams that see each other's records; otherwise per team", tuned=T(10, 0.05, 0.6), by=("sales_calls",))] = 0.25
    pay_value: Annotated[float, D("Pay by customer value", "share", 0.0, 1.0, "finance", "strategy", "sales", LEVEL_KIND, "Part of the variable pay that hangs on customer value; the rest hangs on volume", offered=True, tuned=T(24, 0.0, 1.0), by=("sales_calls", "departments_pay", "transformation"))] = 0.0
    hold_after: Annotated[float, D("Supply hold", "months", 0.0, 24.0, "finance", "process", "credit", CODE, "Months overdue from which supply is held where sales can see the ledger; 0: never", tuned=T(11, 1.0, 12.0), by=("invoices",))] = 3.0
    reminders: Annotated[float, D("Reminders", "share", 0.0, 1.0, "finance", "process", "credit", BUDGET, "Part of the overdue accounts that finance reminds each month", offered=True, tuned=T(12, 0.0, 1.0), by=("invoices",))] = 0.5
    prevention: Annotated[float, D("Prevention", "share", 0.0, 0.5, "service", "process", "service", BUDGET, "Part of the service desk's hours that is kept for preventing incidents; no staff is hired for it, and in a crisis all hands cure", tuned=T(13, 0.0, 0.25), by=("prevention",))] = 0.0
    process: Annotated[float, D("Process design", "0-1", 0.0, 1.0, "service", "process", "service", LEVEL_KIND, "What service processes are designed for: 0 the least handling of a contact, 1 the least total work; 0.5 as it is usually done", tuned=T(25, 0.0, 1.0), by=("process_design",))] = 0.5
    survey_size: Annotated[float, D("Survey size", "people/year", 10.0, 2000.0, "marketing", "technology", "knowing", BUDGET, "People asked by the firm's own market research in a year", tuned=T(26, 10.0, 2000.0), by=("market_research",))] = 400.0
    prospect_data: Annotated[float, D("Bought data", "share", 0.0, 1.0, "marketing", "technology", "knowing", BUDGET, "Part of the people who are no customers on whose spending data is bought", offered=True, tuned=T(27, 0.0, 1.0), by=("own_books",))] = 0.0
    goals_research: Annotated[float, D("Goals research", "share", 0.0, 1.0, "marketing", "technology", "knowing", LEVEL_KIND, "What research asks customers for: 0 their preferences, 1 the goals behind them, at a higher price of precision", tuned=T(14, 0.0, 1.0), by=("goals_research",))] = 0.0
    decline_below: Annotated[float, D("Least margin wanted", "share of spending", -1.0, 1.0, "finance", "strategy", "choosing", LEVEL_KIND, "Expected monthly margin of a person after goods and service, as a share of a person's mean spending, below which the firm does not supply; -1: it supplies everybody", tuned=T(15, -1.0, 0.3), by=("selection",))] = -1.0
    outcome_support: Annotated[float, D("Outcome support", "share of spending", 0.0, 1.0, "product", "culture", "choosing", BUDGET, "Spending on the success of a customer's own business, as a share of a person's mean spending", tuned=T(16, 0.0, 0.05), by=("outcome",))] = 0.0
    # fmt: on

    @property
    def whole_lines(self) -> int:
        """Number of lines, at least one."""
        return max(1, round(self.lines))

    @property
    def whole_structure(self) -> int:
        """Structure of sales: one team, a team per further category, or account owners."""
        return round(self.sales_structure)

    def changed(self, decisions: dict[str, float]) -> "Plan":
        """The plan with some decisions replaced."""
        return self._replace(**decisions) if decisions else self


def decision_rows(plan: type) -> Mapping[str, Decision]:
    """The row of each decision by name, in the order of the plan.

    Raises:
        TypeError: A field has no row, no default, or a row that names what there is not; says which field and place.

    >>> decision_rows(Plan)["walls"].department
    'finance'
    """
    defaults: Mapping[str, float] = getattr(plan, "_field_defaults", {})
    rows: dict[str, Decision] = {}
    for name, hint in get_type_hints(plan, include_extras=True).items():
        declarations = [note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Decision)]
        if len(declarations) != 1 or name not in defaults:
            raise TypeError(f"{plan.__name__}.{name}: a decision is declared as Annotated[float, Decision(…)] = default")
        _refuse_unknown(f"{plan.__name__}.{name}", declarations[0], defaults[name])
        rows[name] = declarations[0]
    return rows


def _refuse_unknown(place: str, row: Decision, default: float) -> None:
    allowed: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("department", row.department, DEPARTMENTS),
        ("group", row.group, GROUPS),
        ("kind", row.kind, DECISION_KINDS),
        *(("lever", lever, LEVERS) for lever in row.levers),
    )
    for what, value, names in allowed:
        if value not in names:
            raise TypeError(f"{place}: {what} {value!r} is not known; allowed are {', '.join(names)}")
    if row.tuned and not row.low <= row.tuned.low < row.tuned.high <= row.high:
        raise TypeError(f"{place}: tuning searches a range between {row.low:g} and {row.high:g}")
    if len(row.levers) != NUMBER_OF_MAPPINGS or not row.low <= default <= row.high:
        raise TypeError(f"{place}: {NUMBER_OF_MAPPINGS} levers and a default between {row.low:g} and {row.high:g} are needed")


DECISION_ROWS = decision_rows(Plan)
DECISIONS = Plan._fields
RANGES: Mapping[str, tuple[float, float]] = {name: (row.low, row.high) for name, row in DECISION_ROWS.items()}
_TUNED = sorted((row.tuned.place, name, row.tuned) for name, row in DECISION_ROWS.items() if row.tuned)
TUNED: Mapping[str, Tuning] = {name: tuning for _, name, tuning in _TUNED}
TUNING_RANGES: Mapping[str, tuple[float, float]] = {name: (tuning.low, tuning.high) for name, tuning in TUNED.items()}
SEARCH_RANGES: Mapping[str, tuple[float, float]] = dict(RANGES) | dict(TUNING_RANGES)  # of firms that search by themselves
OFFERED = tuple(name for name, row in DECISION_ROWS.items() if row.offered)
DECISION_PARAMETERS = tuple(  # a scenario may fix a decision; left out (null) means the policy's own choice
    Parameter(f"decisions.{name}", row.unit, None, row.low, row.high, "policy", row.meaning)
    for name, row in DECISION_ROWS.items()
)


NEUTRAL_PARAMETERS = tuple(  # what a firm decides where its policy does not define the decision
    Parameter(f"neutral.{name}", row.unit, Plan._field_defaults[name], row.low, row.high, row.source,
              f"{row.label} in the warm-up, and of every firm whose policy it does not define")
    for name, row in DECISION_ROWS.items()
)  # fmt: skip


def neutral_plan(market: Mapping[str, float]) -> Plan:
    """The plan of the warm-up, and of every decision that does not define a firm's policy. market: numbers by key path

    >>> neutral_plan({one.name: one.default for one in NEUTRAL_PARAMETERS}) == Plan()
    True
    """
    return Plan(*(market[f"neutral.{name}"] for name in DECISIONS))


def acts(decision: str, mechanisms: Mapping[str, bool]) -> bool:
    """Whether a decision can change anything in a world. mechanisms: which are on

    >>> acts("reminders", {"invoices": False}), acts("price", {"invoices": False})
    (False, True)
    """
    by = DECISION_ROWS[decision].by
    return not by or any(mechanisms[name] for name in by)


def decided_by(department: str) -> tuple[str, ...]:
    """The decisions that a department takes.

    >>> decided_by("service")
    ('utilisation', 'senior', 'priority', 'prevention', 'process')
    """
    return tuple(name for name, row in DECISION_ROWS.items() if row.department == department)


def in_group(group: str) -> tuple[str, ...]:
    """The decisions of a group.

    >>> in_group("credit")
    ('hold_after', 'reminders')
    """
    return tuple(name for name, row in DECISION_ROWS.items() if row.group == group)


def of_kind(kind: str) -> frozenset[str]:
    """The decisions of a kind.

    >>> sorted(of_kind(CODE))
    ['hold_after', 'sales_structure']
    """
    return frozenset(name for name, row in DECISION_ROWS.items() if row.kind == kind)


def moved_by(mapping: int) -> dict[str, int]:
    """The lever of each decision, as a place in `LEVERS`, by one of the tables. mapping: number of the table

    >>> moved_by(0)["depth"], moved_by(1)["depth"], moved_by(2)["depth"]
    (4, 1, 2)
    """
    return {name: LEVERS.index(row.levers[mapping]) for name, row in DECISION_ROWS.items()}
