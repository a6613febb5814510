"""What a measure says about itself: words, unit, kind, how it is computed, and how it is added up."""

from collections.abc import Collection
from typing import NamedTuple

COUNT = "count"  # people or events of a month: adds over months and firms
AMOUNT = "amount"  # money or hours of a month: adds over months and firms
STOCK = "stock"  # what is there at the end of a month: adds over firms; of a year its last value
RATE = "rate"  # a mean, ratio or level: of a year its mean; over firms only with weights
SHARE = "share"  # a part of a whole; as a rate
KEY_KIND = "key"  # what a row is about: month, firm, policy
MEASURE_KINDS = (COUNT, AMOUNT, STOCK, RATE, SHARE, KEY_KIND)
BETTER_WHEN = ("higher", "lower", "neutral")
SUM, LAST, MEAN = "sum", "last", "mean"
_YEARLY = {COUNT: SUM, AMOUNT: SUM, STOCK: LAST, RATE: MEAN, SHARE: MEAN, KEY_KIND: LAST}

FORMULA = "formula"  # computed in `sim.model.measures.monthly` and its neighbours
FIRM_SOURCE = "firm"  # a number of the firm as it is at the end of the month, from `sim.model.month_end.standing`
PEOPLE, CENTS, PART, FIXED_PART = "people", "cents", "part", "fixed part"  # from counts of the month


class MeasureSource(NamedTuple):
    """Where the number comes from.

    Args:
        how: `FORMULA`, `FIRM_SOURCE`, `PEOPLE` (count times people per agent), `CENTS` (count / 100),
            `PART` (count of a whole) or `FIXED_PART` (the same of a count in fixed point).
        counted: Name of the count; empty where it is that of the measure.
        whole: Name of the count that it is a part of.
    """

    how: str
    counted: str = ""
    whole: str = ""


COMPUTED, STANDING = MeasureSource(FORMULA), MeasureSource(FIRM_SOURCE)


def people(count: str = "") -> MeasureSource:
    """People or events: a count of agents times the people per agent."""
    return MeasureSource(PEOPLE, count)


def cents(count: str = "") -> MeasureSource:
    """Money: a count of cents as currency."""
    return MeasureSource(CENTS, count)


def share(count: str, whole: str) -> MeasureSource:
    """One count as a part of another; 0 where there is no whole."""
    return MeasureSource(PART, count, whole)


def mean(count: str, whole: str) -> MeasureSource:
    """A sum in fixed point over a count; 0 where nothing was counted."""
    return MeasureSource(FIXED_PART, count, whole)


class Measure(NamedTuple):
    """One measure.

    Args:
        name: Name of its column.
        label: Name for people, at the head of a panel or a row.
        unit: Unit; money is written as EUR, see `unit_in`.
        direction: ``higher``, ``lower`` or ``neutral``: what is better for the firm.
        kind: One of `MEASURE_KINDS`.
        formula: What it is, in words.
        source: Where the number comes from.
        over_firms: Measure that weights firms in a mean over them; empty: the sum, or nothing for rates and shares.
        of: What a share is a part of.
        noun: Name inside a sentence; empty: the label with a small first letter.
        yearly: `SUM`, `LAST` or `MEAN` of a year's months; empty: as its kind.
        compared: Place among the measures of a comparison; 0: not there.
        printed: Whether `sim run` prints it.
        headline: Whether `sim compare` prints its differences, which stand for the whole run.
        forked: Place among the yearly sums that `sim fork` prints; 0: not there.
    """

    name: str
    label: str
    unit: str
    direction: str
    kind: str
    formula: str
    source: MeasureSource = COMPUTED
    over_firms: str = ""
    of: str = ""
    noun: str = ""
    yearly: str = ""
    compared: int = 0
    printed: bool = False
    headline: bool = False
    forked: int = 0

    def unit_in(self, currency: str) -> str:
        """Unit in a world with that currency.

        >>> Measure("clv", "Lifetime value", "EUR/customer", "higher", RATE, "").unit_in("USD")
        'USD/customer'
        """
        return self.unit.replace("EUR", currency)

    @property
    def in_sentence(self) -> str:
        """Name inside a sentence."""
        return self.noun or self.label[:1].lower() + self.label[1:]

    @property
    def of_year(self) -> str:
        """How a year's value follows from its months: `SUM`, `LAST` or `MEAN`."""
        return self.yearly or _YEARLY[self.kind]

    @property
    def firms(self) -> str:
        """How firms are taken together: `SUM`, the name of the measure that weights them, or nothing."""
        return self.over_firms or (SUM if self.kind in (COUNT, AMOUNT, STOCK) else "")

    @property
    def display(self) -> str:
        """How charts write it: ``money``, ``share``, ``people`` or ``index``.

        >>> Measure("quality", "Quality", "0-1", "higher", RATE, "").display
        'index'
        """
        first = self.unit.partition("/")[0]
        return {"EUR": "money", "share": "share", "people": "people"}.get(first, "index")

    @property
    def axis(self) -> str:
        """What an axis counts, after the unit.

        >>> Measure("attrition", "Attrition", "share/year", "lower", RATE, "", of="customers").axis
        'of customers a year'
        """
        if self.of:
            return f"of {self.of} a year" if self.unit.endswith("/year") else f"of {self.of}"
        return "a year" if self.kind in (COUNT, AMOUNT) else "index 0–1" if self.unit == "0-1" else ""


def refuse_unknown(rows: Collection[Measure], counted: Collection[str]) -> None:
    """Check that the rows name only what there is.

    Args:
        rows: Rows of measures.
        counted: Names that a source may give: of counts, costs and numbers of firms.

    Raises:
        TypeError: A row names what there is not; says which measure, which part, and where to look.

    >>> refuse_unknown([Measure("calm", "Calm", "share", "higher", SHARE, "", share("calmed", "people"))], ["people"])
    Traceback (most recent call last):
        ...
    TypeError: measure calm: nothing is counted under the name 'calmed'; the names are the fields of sim.model.counts
    """
    names = {row.name for row in rows}
    for row in rows:
        for what, value, known in (("direction", row.direction, BETTER_WHEN), ("kind", row.kind, MEASURE_KINDS)):
            if value not in known:
                raise TypeError(f"measure {row.name}: {what} {value!r} is not known; allowed are {', '.join(known)}")
        if row.over_firms and row.over_firms not in names:
            raise TypeError(f"measure {row.name}: over_firms names {row.over_firms!r}, which is no measure")
        sought = () if row.source.how == FORMULA else (row.source.counted or row.name, row.source.whole)
        for count in sought:
            if count and count not in counted:
                raise TypeError(
                    f"measure {row.name}: nothing is counted under the name {count!r}; "
                    "the names are the fields of sim.model.counts"
                )
