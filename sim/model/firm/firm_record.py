"""A firm as a plain record, for a state file, and back."""

from collections import deque
from dataclasses import asdict
from typing import Any

from sim.model.firm.conduct import Conduct
from sim.model.firm.customer_base import MonthOfRelations
from sim.model.firm.customer_management.customer_value import Figures
from sim.model.firm.customer_management.owner import CustomerManagement
from sim.model.firm.execution import Execution, MonthOfFeedback
from sim.model.firm.finance import Finance
from sim.model.firm.firm import Firm
from sim.model.firm.leadership.forecast import Books, Stance
from sim.model.firm.leadership.hearing import Hearing
from sim.model.firm.leadership.options import Leadership
from sim.model.firm.operations.improvement import Improvement
from sim.model.firm.operations.receivables import Ledger
from sim.model.firm.operations.sales_force import MonthOfSales, SalesForce
from sim.model.firm.operations.service_desk import Desk, MonthOfWork
from sim.model.firm.organisation.figures import FigureMemory
from sim.model.firm.organisation.reporting import Reports
from sim.model.firm.organisation.walls import Walls
from sim.model.firm.product_lines import ProductLine
from sim.model.firm.transformation.programme import Programme
from sim.model.measures.equity import MonthOfCustomers
from sim.parameters.errors import BadInput
from sim.policies import Plan, policy_of
from sim.policies.memory import CannotKeep, Memory, memory_of, remind

_PLAIN = (
    "cash",
    "price",
    "promotion",
    "profit",
    "revenue",
    "margin",
    "complaints",
    "treatment",
    "hours_skipped",
)


def record_of(firm: Firm) -> dict[str, Any]:
    """What a firm knows, has and decided, and what its policy remembers, as numbers, texts and lists.

    Raises:
        BadInput: The policy remembers something that no file can hold.
    """
    record: dict[str, Any] = {name: getattr(firm, name) for name in _PLAIN}
    record |= {"desk": asdict(firm.desk), "plan": firm.plan._asdict(), "ledger": asdict(firm.ledger)}
    record["lines"] = [asdict(line) for line in firm.lines]
    record["improvement"] = asdict(firm.improvement)
    record["walls"] = {"common": firm.walls.common, "pairs": list(firm.walls.pairs)}
    record["reports"] = dict(firm.reports.seen)
    managing = firm.management
    record["management"] = vars(managing) | {"past": list(managing.past)}
    record["programme"] = firm.programme.record()
    record["finance"] = firm.finance.record()
    leadership = vars(firm.leadership)
    record["leadership"] = leadership | {"stance": list(leadership["stance"]), "months": list(leadership["months"])}
    record["hearing"] = vars(firm.hearing) | {"exits": list(firm.hearing.exits)}
    record["conduct"] = firm.conduct.record()
    record["memory"] = _memory_of(firm)
    record["sales"] = vars(firm.sales) | {"year": list(firm.sales.year)}
    record["workload"] = list(firm.workload)
    record["voices"] = list(firm.voices)
    record["relations"] = list(firm.relations)
    record["feedback"] = list(firm.feedback)
    record["figures"] = vars(firm.figures)
    record["execution"] = list(firm.execution)
    return record | {"customers": list(firm.customers), "prices": list(firm.prices), "year": list(firm.year)}


def _memory_of(firm: Firm) -> Memory:
    try:
        return memory_of(firm.policy, policy_of(firm.settings))
    except CannotKeep as trouble:
        raise BadInput(
            f"firm {firm.name}: policy {firm.settings.policy} remembers {trouble}, which a state file cannot hold; it "
            "holds numbers, texts, lists, tuples, sets, dictionaries, arrays, plans, views and generators of random "
            "numbers. Keep one of these, or go on from a fork, which copies anything"
        ) from None


def restore(firm: Firm, record: dict[str, Any]) -> None:
    """Give a firm back what `record_of` wrote down.

    Raises:
        KeyError: Something is missing.
        TypeError: Something is there that no firm has.
    """
    for name in _PLAIN:
        setattr(firm, name, record[name])
    remind(firm.policy, record["memory"])
    firm.lines = [ProductLine(**line) for line in record["lines"]]
    firm.desk = Desk(**record["desk"])
    firm.plan = Plan(**record["plan"])
    firm.ledger = Ledger(**record["ledger"])
    firm.improvement = Improvement(**record["improvement"])
    firm.walls = Walls(record["walls"]["common"], tuple(record["walls"]["pairs"]))
    firm.reports = Reports(dict(record["reports"]))
    managing = record["management"]
    past = deque((Figures(*month) for month in managing["past"]), maxlen=firm.management.past.maxlen)
    seen = {viewer: Figures(*figures) for viewer, figures in managing["seen"].items()}
    firm.management = CustomerManagement(**managing | {"past": past, "seen": seen})
    firm.conduct = Conduct.recorded(record["conduct"])
    firm.programme = Programme.recorded(record["programme"])
    firm.finance = Finance.recorded(record["finance"])
    months = deque((MonthOfSales(*month) for month in record["sales"]["year"]), maxlen=firm.sales.year.maxlen)
    firm.sales = SalesForce(**record["sales"] | {"year": months})
    led, heard = record["leadership"], record["hearing"]
    books = deque((Books(*month) for month in led["months"]), maxlen=firm.leadership.months.maxlen)
    firm.leadership = Leadership(**led | {"stance": Stance(*led["stance"]), "months": books})
    exits = deque(((left, told) for left, told in heard["exits"]), maxlen=firm.hearing.exits.maxlen)
    firm.hearing = Hearing(**heard | {"exits": exits})
    firm.customers = deque(record["customers"], maxlen=firm.customers.maxlen)
    firm.year = deque((MonthOfCustomers(*month) for month in record["year"]), maxlen=firm.year.maxlen)
    firm.workload = deque((MonthOfWork(*month) for month in record["workload"]), maxlen=firm.workload.maxlen)
    firm.voices = deque(((voices, there) for voices, there in record["voices"]), maxlen=firm.voices.maxlen)
    firm.relations = deque((MonthOfRelations(*month) for month in record["relations"]), maxlen=firm.relations.maxlen)
    firm.feedback = deque((MonthOfFeedback(*month) for month in record["feedback"]), maxlen=firm.feedback.maxlen)
    firm.figures = FigureMemory(**record["figures"])
    firm.execution = Execution(*record["execution"])
    firm.prices = deque(record["prices"], maxlen=firm.prices.maxlen)
