"""Form of organisation: along which boundary a firm is divided, by function, by product line or by customer segment."""

from collections.abc import Mapping
from typing import NamedTuple

from sim.model.firm.organisation.walls import PAIRS, Walls
from sim.model.state import ACCOUNT_OWNERS, TEAM_PER_LINE
from sim.policies.base import Plan

BY_FUNCTION, BY_PRODUCT, BY_SEGMENT = range(3)
_STRUCTURES = {BY_PRODUCT: TEAM_PER_LINE, BY_SEGMENT: ACCOUNT_OWNERS}


class OrganisationForm(NamedTuple):
    """How a firm is divided.

    Args:
        kind: One of the three forms.
        units: Units that each have functions of their own; 1 by function. [count]
    """

    kind: int = BY_FUNCTION
    units: int = 1

    def wall_left(self, market: Mapping[str, float]) -> float:
        """Part of the walls between functions that is left inside a unit. [0-1]"""
        return 1.0 if self.kind == BY_FUNCTION else market["organisation.joined_walls"]

    def wall_between_units(self, common: float) -> float:
        """Height of the wall that an incident of a customer of several lines meets. [0-1]"""
        return common if self.kind == BY_PRODUCT and self.units > 1 else 0.0

    def lines_at_a_desk(self, lines: int) -> float:
        """Lines that one unit of service has to know. [count]"""
        return 1.0 if self.kind == BY_PRODUCT else float(lines)

    def learning(self, market: Mapping[str, float]) -> float:
        """Part of research and experience that serves the whole firm: units of customers share some of it. [0-1]"""
        if self.kind != BY_SEGMENT:
            return 1.0
        shared = market["organisation.shared_learning"]
        return shared + (1.0 - shared) / self.units

    def sharpness(self, market: Mapping[str, float]) -> float:
        """Signal on needs against that of a firm by function: like are compared with like. [ratio]"""
        if self.kind != BY_SEGMENT:
            return 1.0
        alike = market["needs.spread_between"] * (1.0 - 1.0 / self.units)
        return 1.0 + market["organisation.segment_signal"] * alike

    def cost_of_units(self, market: Mapping[str, float]) -> float:
        """Cost of managing further units, per person of the market. [EUR/month]"""
        return market["organisation.unit_cost"] * (self.units - 1)

    def links_between_units(self, walls: Walls) -> float:
        """Links kept up between units, against those between five departments. [ratio]"""
        return self.units * (self.units - 1) / 2.0 * (1.0 - walls.common) / len(PAIRS)


def form_of(plan: Plan, settings: Mapping[str, float | None], market: Mapping[str, float]) -> OrganisationForm:
    """How a firm is divided by its settings; by product there are as many units as lines in the plan."""
    kind = round(settings["organisation.form"] or 0.0)
    units = {BY_PRODUCT: plan.whole_lines, BY_SEGMENT: int(market["organisation.segment_units"])}
    return OrganisationForm(kind, units.get(kind, 1))


def with_sales_of(plan: Plan, settings: Mapping[str, float | None]) -> Plan:
    """The plan with the sales that a form brings: a team for each line, or owners for the accounts of a segment."""
    structure = _STRUCTURES.get(round(settings["organisation.form"] or 0.0))
    return plan if structure is None else plan._replace(sales_structure=float(structure))
