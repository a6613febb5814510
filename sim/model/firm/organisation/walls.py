"""Walls between departments: one common height, which policies decide, and what a scenario adds for single pairs."""

import math
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from sim.parameters.table.walls import WALLS

_KEYS = tuple(one.name for one in WALLS)
PAIRS = tuple(key.removeprefix("organisation.walls.") for key in _KEYS)
_OF_SERVICE = ("product_service", "marketing_service", "sales_service", "service_finance")
_OF_PRODUCT = ("product_marketing", "product_sales", "product_service", "product_finance")
_OF_SALES = ("product_sales", "marketing_sales", "sales_service", "sales_finance")
_CONTACT = ("product_sales", "product_service", "marketing_sales", "marketing_service")
HIGHER_THAN_ANY = 2.0
_PLACE_BETWEEN = {tuple(pair.split("_")[::way]): place for place, pair in enumerate(PAIRS) for way in (1, -1)}
_of_service, _of_product, _of_sales, _of_contact = (
    itemgetter(*map(PAIRS.index, names)) for names in (_OF_SERVICE, _OF_PRODUCT, _OF_SALES, _CONTACT)
)


class Walls(NamedTuple):
    """Heights of a firm's walls.

    Args:
        common: Height that policies decide; it also stands between teams of one department. [0-1]
        pairs: Heights between departments, by the names of `PAIRS`. [0-1]
    """

    common: float
    pairs: tuple[float, ...]

    def between(self, one: str, other: str) -> float:
        """Height between two departments. [0-1]

        >>> level(0.5).between("service", "sales"), level(0.5).between("sales", "sales")
        (0.5, 0.0)
        """
        if one == other:
            return 0.0
        return self.pairs[_PLACE_BETWEEN[one, other]]

    @property
    def of_service(self) -> tuple[float, ...]:
        """Heights between service and product, marketing, sales, finance. [0-1]"""
        return _of_service(self.pairs)

    @property
    def of_sales(self) -> tuple[float, ...]:
        """Heights between sales and product, marketing, service, finance. [0-1]"""
        return _of_sales(self.pairs)

    @property
    def of_product(self) -> tuple[float, ...]:
        """Heights between product and marketing, sales, service, finance. [0-1]"""
        return _of_product(self.pairs)

    @property
    def of_contact(self) -> float:
        """Mean height between those who meet customers (sales, service) and those who use what is learned. [0-1]"""
        return self.mean(_of_contact(self.pairs))

    def to_value(self, name: str) -> tuple[float, float]:
        """Heights between a department and the two that know what customers bring: sales and finance. [0-1]"""
        return self.between(name, "sales"), self.between(name, "finance")

    def mean(self, heights: tuple[float, ...]) -> float:
        """Mean of some heights, reckoned from the common one, so that equal walls give it to the bit. [0-1]

        >>> level(0.3).mean((0.3, 0.3, 0.3)), Walls(0.5, ()).mean((0.0, 0.5))
        (0.3, 0.25)
        """
        return _mean(self.common, heights)

    def openness(self) -> float:
        """Part of the links between departments that is kept up. [0-1]

        >>> level(0.25).openness()
        0.75
        """
        return (1.0 - self.common) - (self.mean(self.pairs) - self.common)


@lru_cache(maxsize=256)  # walls stand for months
def _mean(common: float, heights: tuple[float, ...]) -> float:
    return common + math.fsum(height - common for height in heights) / len(heights)


def level(height: float) -> Walls:
    """Walls as high everywhere. height: [0-1]"""
    return _alike(height, height)


@lru_cache(maxsize=256)
def _alike(common: float, between: float) -> Walls:
    return Walls(common, (between,) * len(PAIRS))


def walls_of(common: float, left: float, settings: Mapping[str, float | None], mechanisms: Mapping[str, bool]) -> Walls:
    """Walls of one firm this month.

    Args:
        common: Height that the plan decides. [0-1]
        left: Part of it that stands between functions, in the firm's form. [0-1]
        settings: Numbers of the firm by key path.
        mechanisms: Which mechanisms are on.
    """
    if not mechanisms["walls_by_pair"]:
        return _alike(common, left * common)
    return Walls(common, tuple(left * max(0.0, min(1.0, common + float(settings[key] or 0.0))) for key in _KEYS))


def hiding_height(market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Height from which a wall hides the facts behind it. [0-1]"""
    return market["organisation.walls_hide"] if mechanisms["walls_hide"] else HIGHER_THAN_ANY
