"""Figures that one department keeps and another plans by: late, inexact, or of the last report behind walls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.model.firm.organisation.reporting import FACT_CLASSES, pace
from sim.model.firm.organisation.walls import Walls
from sim.model.randomness import FIGURE, normals

_FEEDBACK_KEEPERS = ("sales", "finance")  # of reasons for leaving and of credits


class Figure(NamedTuple):
    """One figure.

    Args:
        name: Its name in the memory of the firm.
        keeper: Department that keeps it and knows it as it is.
        reader: Department that plans by it.
        fact_class: Its class in `FACT_CLASSES`, which says how late and inexact it is.
        number: Number of the draw of its error.
        about: Address of the rival whose figure it is, or 0.
    """

    name: str
    keeper: str
    reader: str
    fact_class: str
    number: int
    about: int = 0


@dataclass
class Channel:
    """What lies between the departments of one firm this month.

    Args:
        walls: Heights of the walls.
        hiding_threshold: Height from which a wall hides what is behind it. [0-1]
        since: Months since the policies began. [months]
        key: Key of the world.
        firm_key: Address of the firm.
        market: Numbers of the market.
        exact: Whether what is reported is exact and at once.
        is_report: Whether all departments get a report this month.
    """

    walls: Walls
    hiding_threshold: float
    since: int
    key: int
    firm_key: int
    market: Mapping[str, float]
    exact: bool
    is_report: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_report = self.since % int(self.market["organisation.report_months"]) == 0

    def hides(self, figure: Figure) -> bool:
        """Whether a wall hides the figure from its reader."""
        return self.walls.between(figure.keeper, figure.reader) >= self.hiding_threshold


@dataclass
class FigureMemory:
    """What departments remember of the figures of others, by name of the figure.

    Args:
        lagged: Figures as far as they have come through, without the error of the month.
        reported: Figures of the last report to all departments.
    """

    lagged: dict[str, float] = field(default_factory=dict)
    reported: dict[str, float] = field(default_factory=dict)


def figure_as_known(memory: FigureMemory, figure: Figure, now: float, channel: Channel) -> float:
    """What the reader knows of a figure this month; to be asked for, or followed, every month.

    Args:
        memory: Changed in place.
        figure: The figure.
        now: What it is.
        channel: What lies between keeper and reader.
    """
    if figure.keeper == figure.reader:
        return now
    come = now if channel.exact else _come_through(memory, figure, now, channel)
    hidden, is_report = channel.hides(figure), channel.is_report
    if hidden and not is_report and figure.name in memory.reported:
        return memory.reported[figure.name]
    told = come if channel.exact else come * _error_of(figure, channel)
    if hidden or is_report:
        memory.reported[figure.name] = told
    return told


def follow_figure(memory: FigureMemory, figure: Figure, now: float, channel: Channel) -> None:
    """Remember what `figure_as_known` remembers in a month in which the reader does not ask.

    Args:
        memory: Changed in place.
        figure: The figure.
        now: What it is.
        channel: What lies between keeper and reader.
    """
    if figure.keeper == figure.reader:
        return
    if channel.is_report or channel.hides(figure):
        figure_as_known(memory, figure, now, channel)
    elif not channel.exact:
        _come_through(memory, figure, now, channel)


def _come_through(memory: FigureMemory, figure: Figure, now: float, channel: Channel) -> float:
    """The figure with its lag."""
    last = memory.lagged.get(figure.name, now)
    seen = memory.lagged[figure.name] = last + pace(channel.market[FACT_CLASSES[figure.fact_class].lag]) * (now - last)
    return seen


def _error_of(figure: Figure, channel: Channel) -> float:
    """Report against what is reported, this month. [ratio]"""
    luck = normals(channel.key, figure.about, 0, channel.since, FIGURE, figure.number, channel.firm_key)[0]
    return max(0.0, 1.0 + channel.market[FACT_CLASSES[figure.fact_class].precision] * luck)


def feedback_seen(walls: Walls, hiding_threshold: float) -> float:
    """Part of customers' feedback that product can read case by case, past walls that do not hide it. [0-1]"""
    seen = [keeper for keeper in _FEEDBACK_KEEPERS if walls.between("product", keeper) < hiding_threshold]
    return len(seen) / len(_FEEDBACK_KEEPERS)


def books_seen_by(name: str, walls: Walls, hiding_threshold: float) -> float:
    """1 where a department can read what single customers spend, as sales and finance know; 0 where walls hide it."""
    return float(any(height < hiding_threshold for height in walls.to_value(name)))
