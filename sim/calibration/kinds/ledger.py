"""Ledger: the firm's profit and loss by month or year gives unit cost, revenue of a customer, and cost of service."""

import numpy as np
import pandas as pd
from scipy import stats

from sim.calibration.goodness import FALSE_ALARM, FitCheck
from sim.calibration.likelihood import NORMAL_95, EstimateInterval
from sim.calibration.model_fit import MEASURED, FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.calibration.reading.roles import NUMBER, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import mean_forecast
from sim.model.state import Floats
from sim.parameters.errors import BadInput

_LEAST_PERIODS = 4
_MODEL = "a steady ratio with random deviations from period to period"
_RIVAL = "the mean of the last period"
_ROLES = (
    Role("period", TIME, "month or year", ("period", "month", "year", "date", "monat", "jahr", "periode", "datum")),
    Role("revenue", NUMBER, "net revenue", (
        "revenue", "net revenue", "sales", "turnover", "umsatz", "umsatzerlose", "erlose", "nettoumsatz",
    )),
    Role("cost_goods", NUMBER, "cost of goods sold", (
        "cost of goods sold", "cogs", "cost goods", "cost of goods", "cost of sales", "material", "wareneinsatz",
        "materialaufwand", "herstellkosten",
    ), required=False),
    Role("service_cost", NUMBER, "cost of the service desk", (
        "service cost", "cost service", "support cost", "servicekosten",
    ), required=False),
    Role("service_hours", NUMBER, "hours of the service desk", (
        "service hours", "support hours", "servicestunden",
    ), required=False),
    Role("customers", NUMBER, "customers in the period", (
        "customers", "customers end", "active customers", "subscribers", "kunden", "kundenzahl", "anzahl kunden",
    ), required=False),
    Role("purchases", NUMBER, "purchases in the period", (
        "purchases", "orders", "transactions", "bestellungen", "kaufe", "anzahl bestellungen",
    ), required=False),
)  # fmt: skip


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Every ratio whose two lines are there.

    Raises:
        BadInput: Too few periods, no revenue, or no pair of lines.
    """
    table = reading.table.sort_values("period")
    table = reading.dropped.drop(table, table["revenue"] <= 0, "revenue is not above zero")
    table = reading.dropped.drop(table, table.duplicated("period"), "a second row of the same period")
    if len(table) < _LEAST_PERIODS:
        raise BadInput(f"{reading.path}: {len(table)} periods with revenue; at least {_LEAST_PERIODS} are needed")
    months = _months(table["period"])
    reading.guesses["period"] = "year" if months > 6 else "quarter" if months > 2 else "month"
    fits = [_ratio(table, *row) for row in _rows(table, months)]
    ratios = [fit for fit in fits if fit is not None]
    if not ratios:
        raise BadInput(
            f"{reading.path}: beside revenue at least one of cost_goods, customers, purchases, or service_cost with "
            f"service_hours is needed; the columns read are {', '.join(reading.columns)}"
        )
    return tuple(ratios)


def _months(period: pd.Series) -> float:
    return max(1.0, round(float(period.diff().dt.days.median()) / DAYS_PER_MONTH))


def _rows(table: pd.DataFrame, months: float) -> list[tuple[str, str, Floats, Floats]]:
    """Name, key path, and the two lines of each ratio; the first is divided by the second."""

    def line(name: str) -> Floats:
        return table[name].to_numpy(float) if name in table else np.full(len(table), np.nan)

    rows = [
        ("unit cost", "market.product.unit_cost", line("cost_goods"), line("revenue")),
        ("wage", "market.service.wage", line("service_cost"), line("service_hours")),
    ]
    by = ("purchases", line("purchases")) if "purchases" in table else ("customers", line("customers") * months)
    return [
        *rows,
        (
            f"revenue by {'purchase' if by[0] == 'purchases' else 'customer and month'}",
            "market.economics.spend",
            line("revenue"),
            by[1],
        ),
    ]


def steady(ratio: Floats) -> EstimateInterval:
    """Mean of a series and its interval, with the correlation of neighbouring periods (Newey and West 1987).

    >>> round(steady(np.array([0.4, 0.5, 0.4, 0.5])).value, 2)
    0.45
    """
    n, mean = len(ratio), float(ratio.mean())
    off = ratio - mean
    lags = int(np.floor(4.0 * (n / 100.0) ** (2.0 / 9.0)))
    variance = float(off @ off) / n
    for lag in range(1, min(lags, n - 1) + 1):
        variance += 2.0 * (1.0 - lag / (lags + 1.0)) * float(off[lag:] @ off[:-lag]) / n
    error = float(np.sqrt(max(variance, float(off @ off) / n) / (n - 1)))
    half = NORMAL_95 * error * (1.0 + 1.2 / max(1, n - 1))  # nearly Student's quantile
    return EstimateInterval(mean, error, mean - half, mean + half)


def _ratio(table: pd.DataFrame, name: str, key: str, above: Floats, below: Floats) -> ModelFit | None:
    known = np.isfinite(above) & np.isfinite(below) & (below > 0)
    ratio = above[known] / below[known]
    if len(ratio) < _LEAST_PERIODS or (ratio < 0).any():
        return None
    interval, t = steady(ratio), np.arange(len(ratio), dtype=float)
    centred = t - t.mean()
    slope = float(centred @ ratio / (centred @ centred))
    rest = ratio - ratio.mean() - slope * centred
    error = float(np.sqrt(rest @ rest / max(1, len(ratio) - 2) / (centred @ centred)))
    drift, z = slope * (len(ratio) - 1) / max(1e-12, ratio.mean()), slope / error if error > 0 else 0.0
    p = float(2.0 * stats.t.sf(abs(z), max(1, len(ratio) - 2)))
    moves = p < FALSE_ALARM
    said = f"{'drifts' if moves else 'no drift'}: {100 * drift:+.1f} % over the file (p {p:.2g})"
    cut = max(2, len(ratio) * 2 // 3)
    what = f"{name} of the last {len(ratio) - cut} periods, from those before"
    picture = pd.DataFrame(
        {"x": t + 1.0, "observed": ratio, "model": ratio.mean(), "rival": np.append(ratio[0], ratio[:-1])}
    )
    return ModelFit(
        name, _MODEL, f"{len(ratio)} periods", (FittedNumber(name, interval, f"mean of {name} over the periods", key),),
        (FitCheck("steadiness", not moves, said),),
        mean_forecast(what, _RIVAL, "of the ratio", ratio, (cut - max(1, cut // 2), cut)),
        FitPicture(picture, "Period", name, "the period before"),
        status=MEASURED,
    )  # fmt: skip


LEDGER_KIND = Kind(
    "ledger", "profit and loss by month or year: one row a period, one column a line", _ROLES, fit, "telecom",
    ("ledger", "p&l", "pnl", "profit", "guv", "accounts", "bwa", "ergebnis"),
)  # fmt: skip
