"""Outcomes: one number of a run from its monthly measures, declared as measure, firm, months and aggregation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiments.sweep.design.strict_section import StrictSection
from sim.model.measures import BY_NAME, MEASURES
from sim.model.measures.measure import SUM
from sim.model.measures.sales import ratio
from sim.parameters import Scenario
from sim.parameters.checking import as_whole, nearest

FOCAL, ALL, EUR = "focal", "all", "EUR"  # the table of measures writes money as EUR
NUMBERS = {measure.name: measure.unit for measure in MEASURES if measure.name not in ("month", "firm", "policy")}
MEASURE_DIRECTIONS = {measure.name: measure.direction for measure in MEASURES}
MeasureColumns = Mapping[str, NDArray[Any]]


def _present_value(values: NDArray[Any], months: NDArray[Any], rate: float) -> float:
    return float((values * (1.0 + rate) ** -months.astype(float)).sum())


AGGREGATIONS: dict[str, Callable[[NDArray[Any], NDArray[Any], float], float]] = {
    "sum": lambda values, months, rate: float(values.sum()),
    "mean": lambda values, months, rate: float(values.mean()),
    "median": lambda values, months, rate: float(np.median(values)),
    "min": lambda values, months, rate: float(values.min()),
    "max": lambda values, months, rate: float(values.max()),
    "last": lambda values, months, rate: float(values[-1]),
    "present_value": _present_value,
}


@dataclass(frozen=True)
class Outcome:
    """One number of a run.

    Args:
        name: Name of its column.
        measure: A column of the monthly table.
        firm: ``focal`` for the scenario's first firm, ``all`` for all firms together (see `Measure.firms`), or a name.
        aggregation: One of `AGGREGATIONS`, over months.
        first: First month that counts.
        last: Last month that counts; 0 for the end of the run.
    """

    name: str
    measure: str
    firm: str = FOCAL
    aggregation: str = "sum"
    first: int = 1
    last: int = 0

    def unit_in(self, currency: str) -> str:
        """Unit of the outcome, that of its measure, in worlds of a currency.

        >>> Outcome("npv", "profit").unit_in("USD")
        'USD'
        """
        return NUMBERS[self.measure].replace(EUR, currency)

    @property
    def direction(self) -> str:
        """What is better for the firm, by its measure: ``higher``, ``lower`` or ``neutral``."""
        return MEASURE_DIRECTIONS[self.measure]

    def of(self, columns: MeasureColumns, scenario: Scenario) -> float:
        """The outcome of a run.

        Args:
            columns: Monthly table by column; one row per month and firm.
            scenario: The world that was lived.

        Returns:
            The number; NaN when no month counts.
        """
        months = columns["month"]
        counted = (months >= self.first) & ((months <= self.last) if self.last else True)
        if self.firm != ALL:
            counted &= columns["firm"] == (scenario.firms[0].name if self.firm == FOCAL else self.firm)
        values, when = columns[self.measure][counted].astype(float), months[counted]
        if self.firm == ALL:
            when, seat = np.unique(when, return_inverse=True)
            values = self._of_firms(values, columns, counted, seat)
        return AGGREGATIONS[self.aggregation](values, when, scenario.market["discount_rate"]) if len(values) else np.nan

    def _of_firms(
        self, values: NDArray[Any], columns: MeasureColumns, counted: NDArray[np.bool_], seat: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Month by month, the sum over firms, or their mean weighted as the row of the measure says."""
        how = BY_NAME[self.measure].firms
        weights = np.ones(len(values)) if how == SUM else columns[how][counted].astype(float)
        total: NDArray[np.float64] = np.bincount(seat, values * weights).astype(float)
        return total if how == SUM else ratio(total, np.bincount(seat, weights).astype(float))


def read_outcome(name: str, form: StrictSection, base: Scenario) -> Outcome:
    """An outcome from its section; complaints stay in the form."""
    form.only(("measure", "firm", "aggregation", "months"))
    measure = form.choice("measure", NUMBERS)
    firm = form.choice("firm", (FOCAL, ALL, *(firm.name for firm in base.firms)), FOCAL)
    if firm == ALL and measure and not BY_NAME[measure].firms:
        form.complain("firm", f"is {ALL}, but {measure} cannot be added up over firms; write {FOCAL} or name one firm.")
    aggregation = form.choice("aggregation", AGGREGATIONS, "sum")
    first, last = _months(form, base)
    return Outcome(name, measure, firm, aggregation, first, last)


def _months(form: StrictSection, base: Scenario) -> tuple[int, int]:
    months = form.contents.get("months")
    if months is None:
        return 1, 0
    first, last = map(as_whole, months) if isinstance(months, list) and len(months) == 2 else (None, None)
    if first is None or last is None or not 1 <= first <= last <= 1200:
        form.complain("months", f"is {months!r}; write the first and the last month as [first, last].")
        return 1, 0
    return first, last


def read_monthly(form: StrictSection, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Measures kept by month: those of the outcomes unless the file says otherwise."""
    names = form.contents.get("monthly", list(dict.fromkeys(outcome.measure for outcome in outcomes)))
    if names == "all":
        return tuple(NUMBERS)
    if not isinstance(names, list):
        form.complain("monthly", f"is {names!r}; a list of measures is needed, or all.")
        return ()
    for name in names:
        if name not in NUMBERS:
            form.complain("monthly", f"has {name!r}, which is no measure.{nearest(str(name), NUMBERS)}")
    return tuple(map(str, names))
