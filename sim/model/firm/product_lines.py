"""Product lines of a firm: each has its own quality, experience and unit cost, and part of the research."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.model.counts import Counts
from sim.model.state import MOST_LINES


@dataclass
class ProductLine:
    """State of one product line.

    Args:
        quality: Its quality. [0-1]
        volume: Its cumulated value at list price 1, against that of a firm of the reference share. [ratio]
        share: Part of what the firm sold last month, at list price 1. [0-1]
    """

    quality: float
    volume: float = 1.0
    share: float = 1.0


def fit_range(lines: list[ProductLine], count: int) -> None:
    """Open lines of the firm's mean quality without a sale behind them, or close the last ones.

    Args:
        lines: Changed in place.
        count: Lines wanted, at least one.

    >>> lines = [ProductLine(0.5)]
    >>> fit_range(lines, 2)
    >>> lines[1]
    ProductLine(quality=0.5, volume=0.0, share=0.0)
    """
    if len(lines) == count == 1:
        return  # all that is sold is of this line
    quality = mean_over(lines, [line.quality for line in lines])
    lines.extend(ProductLine(quality, 0.0, 0.0) for _ in range(count - len(lines)))
    del lines[count:]
    share_out(lines, [line.share for line in lines])


def share_out(lines: Sequence[ProductLine], sold: Sequence[float]) -> None:
    """Shares follow what was sold; they stay where nothing was. sold: by line, in any unit"""
    if len(lines) == 1:
        lines[0].share = 1.0
        return
    total = math.fsum(sold)
    for line, one in zip(lines, sold, strict=True):
        line.share = one / total if total > 0.0 else 1.0 / len(lines)


def mean_over(lines: Sequence[ProductLine], values: Sequence[float]) -> float:
    """Mean of a number of each line, weighted by what they sell."""
    if len(lines) == 1:
        return lines[0].share * values[0]
    return math.fsum(line.share * value for line, value in zip(lines, values, strict=True))


def filled(lines: Sequence[ProductLine], values: Sequence[float]) -> list[float]:
    """A number of each line, and the mean in the places that no line has, or the same everywhere for one line."""
    return [*values, *[mean_over(lines, values)] * (MOST_LINES - len(values))]


def experience_of(lines: Sequence[ProductLine], shared: float) -> list[float]:
    """Experience by which each line's cost falls: its own volume and a part of that of the others. [ratio]

    Args:
        lines: The lines.
        shared: Part of the experience with one line that serves the others. [0-1]

    >>> experience_of([ProductLine(0.5, 1.0), ProductLine(0.5, 0.5)], 0.5)
    [1.25, 1.0]
    """
    if len(lines) == 1:
        return [lines[0].volume]
    total = math.fsum(line.volume for line in lines)
    return [line.volume + shared * (total - line.volume) for line in lines]


def unit_costs(lines: Sequence[ProductLine], market: Mapping[str, float], learns: bool) -> list[float]:
    """Cost of each line per unit of value at list price 1: its own part falls with experience, rises with variety.

    Args:
        lines: The lines.
        market: Numbers of the market.
        learns: Whether costs fall with experience.

    Returns:
        By line. [share of price]
    """
    power, own = market["product.experience"] if learns else 0.0, market["product.own_value"]
    variety, cost = cost_of_variety(len(lines), market), market["product.unit_cost"]
    return [
        cost * (1.0 - own + own * (one ** (-power) + variety))
        for one in experience_of(lines, market["product.shared_learning"])
    ]


def cost_of_variety(lines: int, market: Mapping[str, float]) -> float:
    """What further lines add to the own part of unit cost; nothing for a single line. lines: count [ratio]"""
    if lines == 1:
        return 0.0
    return market["product.variety_share"] * (lines ** math.log2(1.0 + market["product.variety_cost"]) - 1.0)


def sell(lines: Sequence[ProductLine], sold: Sequence[float]) -> None:
    """What was sold this month adds to the volume of each line. sold: value by line, as in `volume` [ratio]"""
    for line, one in zip(lines, sold, strict=True):
        line.volume += one
    share_out(lines, sold)


def goods_by_line(counts: Counts, lines: int) -> list[int]:
    """Cost of the goods of each line; of all goods where the firm's lines share everything. lines: count [cents]"""
    further, first = [counts.goods_second, counts.goods_third, counts.goods_fourth][: lines - 1], counts.cost_goods
    for one in further:
        first -= one
    return [first, *further]


def research_by_line(research: float, lines: int, shared: float) -> float:
    """Research that serves one line: an equal part of the budget, and what is shared of the others' parts.

    Args:
        research: The firm's research. [any unit]
        lines: Number of lines. [count]
        shared: Part of the research for one line that serves the others. [0-1]

    >>> research_by_line(1.0, 1, 0.5), research_by_line(1.0, 2, 0.5), research_by_line(1.0, 4, 1.0)
    (1.0, 0.75, 1.0)
    """
    return research * (1.0 / lines + shared * (1.0 - 1.0 / lines))
