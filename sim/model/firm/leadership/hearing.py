"""What the leadership hears: voices through layers that report exceptions only, against what is true."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.model.counts import Counts


@dataclass
class Hearing:
    """What a firm's leadership believes of its customers.

    Args:
        reports: Share of dissatisfied customers that each layer last reported to the one above, front line first. [0-1]
        perceived: Share of customers whom the leadership takes for satisfied. [0-1]
        exits: Customers who left by choice, and those of them who had complained, in each month remembered. [people]
    """

    reports: list[float] = field(default_factory=list)
    perceived: float = 1.0
    exits: deque[tuple[float, float]] = field(default_factory=deque)


def voice_from_exits(exits: deque[tuple[float, float]]) -> float:
    """Share of leavers who had complained, an estimate of how often dissatisfied customers speak. [0-1]

    >>> voice_from_exits(deque([(10.0, 2.0), (10.0, 3.0)])), voice_from_exits(deque())
    (0.25, 1.0)
    """
    left = math.fsum(month[0] for month in exits)
    return math.fsum(month[1] for month in exits) / left if left > 0.0 else 1.0


def estimate(heard: float, voice: float, correction: float) -> float:
    """Share of dissatisfied customers as the front line estimates it; silence counts as content unless corrected.

    Args:
        heard: Share of customers heard to be dissatisfied. [0-1]
        voice: How often dissatisfied customers speak, as learned from exits. [0-1]
        correction: How far the estimate is corrected for silence. [0-1]

    >>> estimate(0.1, 0.25, 0.0), estimate(0.1, 0.25, 1.0), estimate(0.1, 0.0, 1.0)
    (0.1, 0.4, 1.0)
    """
    if heard <= 0.0:
        return 0.0
    corrected = min(1.0, heard / voice) if voice > 0.0 else 1.0
    return heard + correction * (corrected - heard)


def pass_on(reports: list[float], told: float, layers: int, exception: float) -> list[float]:
    """Report of each layer this month: the value received if it is an exception, else last month's report.

    Args:
        reports: Last reports, front line first; a layer that has none yet passes on what it is told. [0-1]
        told: What the front line says. [0-1]
        layers: Number of layers.
        exception: Change from which something is worth a report. [0-1]

    >>> pass_on([0.2, 0.2], 0.23, 2, 0.05), pass_on([0.2, 0.2], 0.3, 2, 0.05), pass_on([], 0.3, 1, 0.05)
    ([0.2, 0.2], [0.3, 0.3], [0.3])
    """
    new: list[float] = []
    for layer in range(layers):
        last = reports[layer] if layer < len(reports) else told
        told = told if abs(told - last) > exception else last
        new.append(told)
    return new


def hear(
    hearing: Hearing, counts: Counts, leadership: Mapping[str, float | None], weight: float, mechanisms: bool
) -> None:
    """The month's voices reach the leadership.

    Args:
        hearing: Changed in place.
        counts: Counts of the firm and month.
        leadership: Numbers of the firm by key path.
        weight: People per agent.
        mechanisms: False when the leadership knows the truth.
    """
    customers = max(1, counts.customers)
    voluntary = counts.losses_silent + counts.losses_complained
    hearing.exits.append((voluntary * weight, counts.losses_complained * weight))
    if not mechanisms:
        hearing.perceived = counts.satisfied / customers if counts.customers else 1.0
        return
    correction = float(leadership["leadership.exit_interviews"] or 0.0)
    voice = voice_from_exits(hearing.exits) if correction else 1.0
    told = estimate(counts.heard_dissatisfied / customers, voice, correction)
    layers, exception = int(leadership["leadership.layers"] or 0.0), float(leadership["leadership.exception"] or 0.0)
    hearing.reports = pass_on(hearing.reports, told, layers, exception)
    top = hearing.reports[-1] if hearing.reports else told
    hearing.perceived = 1.0 - min(1.0, float(leadership["leadership.voice_gain"] or 0.0) * top)
