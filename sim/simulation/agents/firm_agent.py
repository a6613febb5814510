"""Firms as Mesa agents: handles that show what a firm is and has, and the set that holds them."""

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from sim.model.firm.firm import Firm
from sim.simulation.agents.handle import Handle
from sim.simulation.agents.handle_set import HandleSet

if TYPE_CHECKING:
    from sim.simulation.market import Market

SUMMARY_COLUMNS = ("unique_id", "name", "policy", "customers", "price", "quality", "cash")


class FirmAgent(Handle):
    """One firm, read-only: it decides through its policy, which the scenario names."""

    def __init__(self, model: "Market", slot: int) -> None:
        super().__init__(model, slot, -1 - slot)  # customers have the numbers from 1 on

    @property
    def firm(self) -> Firm:
        """The firm itself."""
        record: Firm = self.model.world.firms[self.slot]
        return record

    @property
    def name(self) -> str:
        """Name of the firm."""
        return self.firm.name

    @property
    def policy(self) -> str:
        """Policy that the firm follows."""
        return self.firm.settings.policy

    @property
    def customers(self) -> float:
        """People supplied at the end of last month. [people]"""
        return self.firm.customers[-1]

    @property
    def price(self) -> float:
        """List price against the reference. [ratio]"""
        return self.firm.price

    @property
    def quality(self) -> float:
        """Common quality. [0-1]"""
        return self.firm.quality

    @property
    def cash(self) -> float:
        """Cash. [EUR]"""
        return self.firm.cash / 100.0

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(
            f"{name!r} of a firm cannot be set: a firm decides through its policy; "
            f"to fix a decision, fork the market with firms.{self.name}.decisions.…"
        )


class FirmSet(HandleSet):
    """Firms by their seats."""

    @property
    def agent_class(self) -> type[FirmAgent]:
        """Class of the firms."""
        return FirmAgent

    def column(self, name: str) -> np.ndarray:
        """One attribute of all firms of the set.

        Raises:
            AttributeError: Firms do not show such an attribute.
        """
        if name not in SUMMARY_COLUMNS:
            raise AttributeError(f"firms show no attribute {name!r}; they show {', '.join(SUMMARY_COLUMNS)}")
        return np.array([getattr(firm, name) for firm in self])

    def set(self, attr_name: str, value: Any) -> "FirmSet":
        """Refused, as for a single firm.

        Raises:
            AttributeError: Always, unless the set is empty.
        """
        for firm in self:
            setattr(firm, attr_name, value)
        return self
