"""The data collector of a market that was given none: it reports the measures that the market keeps anyway."""

from typing import TYPE_CHECKING, Any

import mesa

from sim.model.measures import MEASURES

if TYPE_CHECKING:
    from sim.simulation.market import Market

_REPORTED = tuple(measure.name for measure in MEASURES if measure.name not in ("firm", "policy"))


class MeasuresCollector(mesa.DataCollector):
    """Reports the measures of a market's first firm, one value for each recorded month; it collects nothing itself.

    Args:
        market: The market whose measures are reported.
    """

    def __init__(self, market: "Market") -> None:
        super().__init__(dict.fromkeys(_REPORTED, "month"))
        self.market = market
        self.months = 0

    def collect(self, model: mesa.Model) -> None:
        """Nothing: the market keeps its measures."""

    def refreshed(self) -> "MeasuresCollector":
        """The collector with the model variables of all months so far."""
        if self.months != len(self.market.world.records):
            self.months = len(self.market.world.records)
            columns = self.market.measures()
            own = columns["firm"] == self.market.scenario.firms[0].name
            self.model_vars = {name: columns[name][own].tolist() for name in _REPORTED}
            self._collection_steps = list(range(1, int(own.sum()) + 1))  # by which Mesa finds rows from version 3.5 on
        return self


def _collector(market: Any) -> mesa.DataCollector:
    given: mesa.DataCollector | None = vars(market).get("datacollector")
    return market.measures_collector.refreshed() if given is None else given


def _give(market: Any, collector: mesa.DataCollector | None) -> None:
    if collector is None:
        vars(market).pop("datacollector", None)
    else:
        vars(market)["datacollector"] = collector


given_or_of_measures = property(_collector, _give, doc="A data collector of yours, or one that reports the measures.")
