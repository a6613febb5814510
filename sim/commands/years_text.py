"""The yearly table of a run: one block a firm, units under the heads, the own firm marked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.commands.text import align, wrap
from sim.model.calendar import MONTHS_PER_YEAR
from sim.parameters import Scenario

if TYPE_CHECKING:
    import numpy as np

THOUSAND = 1000.0


class Shown(NamedTuple):
    """A measure as the table shows it.

    Args:
        measure: Name of the measure.
        head: Head of its column.
        unit: Unit under the head; EUR stands for the currency of the scenario.
        factor: What a value is multiplied by to have that unit.
        decimals: Decimals shown.
    """

    measure: str
    head: str
    unit: str
    factor: float
    decimals: int


YEARLY_MEASURES = (
    Shown("customers", "customers", "people", 1.0, 0),
    Shown("attrition_annual", "attrition", "% a year", 100.0, 1),
    Shown("satisfaction_mean", "satisfaction", "0 to 1", 1.0, 3),
    Shown("messages_negative", "blame told", "messages", 1.0, 0),
    Shown("revenue", "revenue", "1000 EUR", 1.0 / THOUSAND, 0),
    Shown("profit", "profit", "1000 EUR", 1.0 / THOUSAND, 0),
)


def by_year(columns: "Mapping[str, np.ndarray]") -> list[dict[str, Any]]:
    """Yearly values of the shown measures, a record for each year and firm.

    Args:
        columns: Measures by name, each of shape (months * firms,), a month's firms one after another.
    """
    from sim.model.measures import BY_NAME

    firms = len(dict.fromkeys(columns["firm"].tolist()))
    months = len(columns["month"]) // firms
    records = []
    for start in range(0, months, MONTHS_PER_YEAR):
        for seat in range(firms):
            rows = slice(start * firms + seat, min(start + MONTHS_PER_YEAR, months) * firms, firms)
            about = {"firm": columns["firm"][rows][-1], "policy": columns["policy"][rows][-1]}
            values = {
                measure.measure: of_year(columns[measure.measure][rows], BY_NAME[measure.measure].of_year)
                for measure in YEARLY_MEASURES
            }
            records.append(about | {"year": start // MONTHS_PER_YEAR + 1} | values)
    return records


def of_year(months: "np.ndarray", how: str) -> float:
    """Value of a year from its months."""
    from sim.model.measures import LAST, SUM

    if how == LAST:
        return float(months[-1])
    return float(months.sum() if how == SUM else months.mean())


def year_lines(scenario: Scenario, years: Sequence[Mapping[str, Any]]) -> list[str]:
    """The table: a block for each firm in the order of the scenario, the first marked as the own one."""
    size = f"{scenario.customers:,} customer agents for {scenario.market['size']:,.0f} people"
    lines = wrap(f"{scenario.name}: {size}, {scenario.months} months; * the own firm, which gets --policy", "")
    units = [measure.unit.replace("EUR", scenario.currency) for measure in YEARLY_MEASURES]
    for seat, firm in enumerate(scenario.firms):
        rows = [["year", *(measure.head for measure in YEARLY_MEASURES)], ["", *units]]
        rows += [_row(record) for record in years if record["firm"] == firm.name]
        lines += ["", f"{'* ' if seat == 0 else ''}{firm.name}, {firm.policy}", *align(rows)]
    return lines


def _row(record: Mapping[str, Any]) -> list[str]:
    return [
        str(record["year"]),
        *(f"{record[measure.measure] * measure.factor:,.{measure.decimals}f}" for measure in YEARLY_MEASURES),
    ]
