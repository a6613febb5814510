"""A programme of transformation: what it has built, what staff has adopted, and how its leadership judges it."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.firm.transformation.levers import ADOPTED
from sim.parameters.table import LEVERS

GOING = -1  # month of being dropped, of a programme that was not
_ADOPTIONS = tuple(f"adoption_{name}" for name in LEVERS)
_NOT_BEGUN = dict.fromkeys(("adoption", *_ADOPTIONS, "programme_built", "learning_share"), 0.0)


class Before(NamedTuple):
    """How things stood when the programme began.

    Args:
        month: Month in which the first lever was pulled. [months]
        value: Expected lifetime value of a customer. [EUR]
        hours: Hours of an incident. [h]
        profit: Mean monthly profit of the year before. [EUR]
    """

    month: int
    value: float
    hours: float
    profit: float


class Lever(NamedTuple):
    """Numbers of one lever; see `sim.parameters.table.transformation`."""

    start: float
    speed: float
    cost: float
    disruption: float


class Work(NamedTuple):
    """A month at the desk: expected hours of new incidents [h], their expected number, and profit [EUR]."""

    hours: float
    incidents: float
    profit: float


@dataclass
class Programme:
    """State of a firm's programme.

    Args:
        built: How far each lever's programme has come. [0-1]
        adopted: Share of the staff that works as each lever wants; of strategy, what the top has decided. [0-1]
        running: Levers whose programme runs this month.
        joined: Work lost this month by those who change. [share]
        believed: Gain of customer value that staff expects of the new way. [share]
        before: How things stood at the start, or None as long as no lever was pulled.
        year: The last twelve months at the desk.
        cumulated: Profit against that before the programme, summed over the reviews as they saw it. [EUR]
        in_loss: Months for which the reviews have seen a cumulated loss. [months]
        dropped: Month in which the programme was dropped, or `GOING`.
        routines: Height of the walls as work meets it that is handed on; None where it is that of the plan. [0-1]
    """

    built: list[float] = field(default_factory=lambda: [0.0] * len(LEVERS))
    adopted: list[float] = field(default_factory=lambda: [0.0] * len(LEVERS))
    running: list[bool] = field(default_factory=lambda: [False] * len(LEVERS))
    joined: float = 0.0
    believed: float = 0.0
    before: Before | None = None
    year: deque[Work] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    cumulated: float = 0.0
    in_loss: float = 0.0
    dropped: int = GOING
    routines: float | None = None

    @property
    def adoption(self) -> float:
        """Share of the staff that works in the new way, over the levers that were pulled and are for staff to adopt."""
        pulled = [self.adopted[lever] for lever in ADOPTED if self.built[lever] > 0.0]
        return math.fsum(pulled) / len(pulled) if pulled else 0.0

    def pulled(self) -> list[float]:
        """How far each lever that was pulled has moved the firm. [0-1]"""
        return [moved for moved, built in zip(self.adopted, self.built, strict=True) if built > 0.0]

    @property
    def hours_per_incident(self) -> float:
        """Mean hours of an incident of the last year. [h]"""
        incidents = math.fsum(month.incidents for month in self.year)
        return math.fsum(month.hours for month in self.year) / incidents if incidents > 0.0 else 0.0

    def standing(self) -> dict[str, float]:
        """What is written down of a month, by name of measure."""
        return (self._progress() if any(self.built) else _NOT_BEGUN) | {
            "adoption_believed_gain": self.believed,
            "programme_dropped": float(self.dropped != GOING),
        }

    def _progress(self) -> dict[str, float]:
        return {
            "adoption": self.adoption,
            **dict(zip(_ADOPTIONS, self.adopted, strict=True)),
            "programme_built": math.fsum(self.built) / len(self.built),
            "learning_share": self.joined,
        }

    def record(self) -> dict[str, Any]:
        """The state as numbers and lists, for a state file."""
        return asdict(self) | {"year": list(self.year), "before": list(self.before) if self.before else None}

    @staticmethod
    def recorded(record: Mapping[str, Any]) -> "Programme":
        """The state that `record` wrote down."""
        year: deque[Work] = deque((Work(*month) for month in record["year"]), maxlen=MONTHS_PER_YEAR)
        before = Before(*record["before"]) if record["before"] else None
        return Programme(**{**record, "year": year, "before": before})


def levers_of(settings: Mapping[str, float | None], date: float) -> list[Lever]:
    """The five levers of a firm. date: month of setting out, for a lever that has no month of its own [months]"""
    found = []
    for name in LEVERS:
        start, *rest = (settings.get(f"transformation.{name}.{number}") for number in Lever._fields)
        found.append(Lever(date if start is None else start, *(float(number or 0.0) for number in rest)))
    return found


def cost_of(programme: Programme, levers: list[Lever], integrator: float) -> float:
    """Cost of the programme this month per customer, as a share of mean spending. integrator: its share of it

    >>> lever = Lever(0.0, 0.1, 0.02, 0.0)
    >>> two, none = Programme(running=[True, False, True, False, False]), Programme()
    >>> cost_of(two, [lever] * 5, 0.01), cost_of(none, [lever] * 5, 0.01)
    (0.05, 0.0)
    """
    paid = [lever.cost for lever, runs in zip(levers, programme.running, strict=True) if runs]
    return math.fsum(paid) + integrator if paid else 0.0
