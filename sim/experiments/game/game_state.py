"""The state of a game at the end of a round: the market, its tables, and what there is to see, each computed once."""

from copy import deepcopy
from functools import cached_property

import pandas as pd

from sim.model.firm.firm import Firm, view_of
from sim.model.firm.organisation.information import Information
from sim.model.firm.organisation.reporting import reported_view
from sim.model.firm.organisation.walls import hiding_height
from sim.simulation.market import Market


class GameState:
    """A market at the end of a round, to be looked at and forked, not to be advanced.

    Args:
        market: The market.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self._sights: dict[int, Information] = {}

    @cached_property
    def monthly(self) -> pd.DataFrame:
        """Measures, one row a month and firm."""
        return self.market.monthly()

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {str(name): table.reset_index(drop=True) for name, table in self.monthly.groupby("firm")}

    def firm(self, seat: int) -> Firm:
        """The firm of a seat."""
        return self.market.world.firms[seat]

    def table(self, seat: int) -> pd.DataFrame:
        """The months of one firm, in order."""
        return self._tables[self.firm(seat).name]

    def sight(self, seat: int) -> Information:
        """What there is to see in a firm when it plans its next month, exactly as the model will have it."""
        if seat not in self._sights:
            self._sights[seat] = _information(self.market, seat)
        return self._sights[seat]


def _information(market: Market, seat: int) -> Information:
    """Built as `sim.model.month.firms_see_and_decide` builds it, of copies of what that would change."""
    world = market.world
    firm, numbers, mechanisms = world.firms[seat], world.market, world.scenario.mechanisms
    trading = [other for other in world.firms if not other.finance.has_exited]
    best = max((other.quality for other in trading), default=0.0)
    facts = view_of(firm, world.month - world.warm_up, best, numbers)
    reported = reported_view(deepcopy(firm.reports), facts, world.clock, firm.key, numbers, mechanisms)
    return Information(facts, reported, firm.walls, hiding_height(numbers, mechanisms))
