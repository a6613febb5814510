"""Payments: invoices or monthly status give how reliably people pay, and how unlike they are."""

import numpy as np
import pandas as pd
from scipy import special, stats

from sim.calibration.goodness import FALSE_ALARM, SMALL_R, FitCheck, compare_counts
from sim.calibration.kinds.due_accounts import LEAST_PAYERS, attempts_of
from sim.calibration.likelihood import EstimateInterval, Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.calibration.reading.roles import FLAG, NUMBER, TEXT, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats

_LEAST_PAIRS, _CELLS = 5.0, 7
_MODEL = "lasting lognormal chance not to pay (the model's own rule)"
_RIVAL = "a Markov chain of late and on time"
_NORMAL = np.linspace(-4.5, 4.5, 181)
_WEIGHT = np.exp(-0.5 * _NORMAL**2) / np.exp(-0.5 * _NORMAL**2).sum()
_ROLES = (
    Role("customer", TEXT, "who pays", (
        "customer id", "customer", "client", "debtor", "account", "kunde", "kundennummer", "debitor",
        "debitorennummer",
    )),
    Role("invoice", TEXT, "number of the invoice", (
        "invoice number", "invoice no", "invoice id", "rechnungsnummer", "belegnummer",
    ), required=False, identity=True),
    Role("issued", TIME, "day of the invoice", (
        "invoice date", "issue date", "rechnungsdatum", "belegdatum", "date", "datum",
    ), required=False),
    Role("due", TIME, "day on which it is due", (
        "due date", "due", "fallig", "falligkeit", "faellig am", "fallig am", "falligkeitsdatum",
    ), required=False),
    Role("paid", TIME, "day on which it was paid, empty while open", (
        "paid date", "settled date", "payment date", "paid", "settled", "zahlungsdatum", "bezahlt am", "zahldatum",
        "ausgleichsdatum",
    ), required=False),
    Role("month", TIME, "month of a status", ("month", "period", "monat", "periode"), required=False),
    Role("late", FLAG, "whether late in that month", (
        "late", "overdue", "status", "verspatet", "in verzug",
    ), required=False),
    Role("amount", NUMBER, "amount", ("invoice amount", "amount", "betrag", "rechnungsbetrag"), required=False),
)  # fmt: skip


def _chances(logs: Floats) -> Floats:
    """Chance not to pay at each normal score."""
    return np.asarray(np.clip(np.exp(-np.exp(logs[0]) + np.exp(logs[1]) * _NORMAL), 1e-12, 1.0 - 1e-9))


def _fit(paid: Floats, failed: Floats) -> Maximum:
    pairs, count = np.unique(np.column_stack([paid, failed]), axis=0, return_counts=True)

    def log_likelihood(logs: Floats) -> float:
        chance = _chances(logs)
        terms = pairs[:, :1] * np.log1p(-chance) + pairs[:, 1:] * np.log(chance) + np.log(_WEIGHT)
        return float(count @ special.logsumexp(terms, axis=1))

    usual = np.log(max(0.05, -np.log(max(1e-3, failed.sum() / (failed.sum() + paid.sum())))))
    return maximise(log_likelihood, [[usual, 0.0], [usual + 0.3, -1.5]])


def _totals(attempts: pd.DataFrame) -> tuple[Floats, Floats, Floats, Floats]:
    """Paid, months not paid, accounts due, and accounts late, by customer."""
    code, _ = pd.factorize(attempts["customer"])
    by_month = attempts["months"].equals(attempts["late"]) and not attempts["open"].any()
    due = np.bincount(code).astype(float)
    late = np.bincount(code, attempts["late"])
    failed = np.bincount(code, attempts["months"])
    paid = due - late if by_month else due - np.bincount(code, attempts["open"].astype(float))
    return np.asarray(paid, float), np.asarray(failed, float), due, np.asarray(late, float)


def expected_cells(logs: Floats, due: Floats) -> Floats:
    """Customers expected by number of late accounts, the last cell open above."""
    chance, cells = _chances(logs), np.zeros(_CELLS)
    sizes, people = np.unique(due, return_counts=True)
    for size, number in zip(sizes, people, strict=True):
        counts = np.arange(_CELLS - 1)
        part = stats.binom.pmf(counts[:, None], int(size), chance[None, :]) @ _WEIGHT
        cells[:-1] += number * part
        cells[-1] += number * max(0.0, 1.0 - part.sum())
    return cells


def check_spells(attempts: pd.DataFrame) -> FitCheck:
    """Whether a payer's late accounts follow each other more often than in a random order."""
    code, _ = pd.factorize(attempts["customer"])
    late = attempts["late"].to_numpy(float)
    pair = (code[1:] == code[:-1]) & (late[1:] > 0) & (late[:-1] > 0)
    n, k = np.bincount(code).astype(float), np.bincount(code, late)
    seen, expected = float(pair.sum()), float((k * (k - 1.0) / n).sum())
    if expected < _LEAST_PAIRS:
        return FitCheck("late accounts in a row", True, "too few payers were late twice to tell")
    most = float((k * (n - 1.0) / n).sum())
    excess = (seen - expected) / max(1.0, most - expected)
    small = expected + SMALL_R * max(1.0, most - expected)
    p = float(stats.norm.sf((seen - small) / np.sqrt(small)))
    spells = p < FALSE_ALARM
    said = "lateness comes in spells, as where payers of different kinds or times are pooled" if spells else "no spells"
    part = f"{100 * max(0.0, excess):.0f} % of late accounts follow from the one before, above {SMALL_R} with p {p:.2g}"
    return FitCheck("late accounts in a row", not spells, f"{said}: {part}")


def _forecast(attempts: pd.DataFrame) -> OutOfTime | None:
    """The last account of each payer, from those before it."""
    code, _ = pd.factorize(attempts["customer"])
    last = np.append(code[1:] != code[:-1], True)
    before = attempts[~last]
    known = np.isin(code, code[~last])
    truth = attempts["late"].to_numpy(float)[last & known]
    paid, failed, due, late = _totals(before)
    if len(truth) < LEAST_PAYERS or not before["late"].any():
        return None
    chance = _chances(_fit(paid, failed).point)
    posterior = _WEIGHT * np.exp(late[:, None] * np.log(chance) + (due - late)[:, None] * np.log1p(-chance))
    model = (posterior @ chance) / np.maximum(1e-300, posterior.sum(axis=1))
    part = pd.factorize(before["customer"])[0]
    same, seen = part[1:] == part[:-1], before["late"].to_numpy(float)
    ends = seen[np.append(part[1:] != part[:-1], True)]
    moves = [
        float(seen[1:][same & (seen[:-1] == state)].mean()) if (same & (seen[:-1] == state)).any() else seen.mean()
        for state in (0.0, 1.0)
    ]
    rival = np.where(ends > 0, moves[1], moves[0])
    off, plain = (model - truth) ** 2, (rival - truth) ** 2
    return OutOfTime(
        f"whether the last account of each of {len(truth):,} payers is late", _RIVAL,
        float(off.mean()), float(plain.mean()), "squared error", chance_of_worse(off, plain),
    )  # fmt: skip


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Reliability of payers and its spread.

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    attempts = attempts_of(reading)
    paid, failed, due, late = _totals(attempts)
    top = _fit(paid, failed)
    observed = np.bincount(np.minimum(late, _CELLS - 1).astype(int), minlength=_CELLS).astype(float)
    expected = expected_cells(top.point, due)
    alike = np.array([np.log(-np.log(np.clip(late.sum() / due.sum(), 1e-6, 0.999))), -12.0])
    cells = pd.DataFrame(
        {
            "x": np.arange(_CELLS, dtype=float),
            "observed": observed,
            "model": expected,
            "rival": expected_cells(alike, due),
        }
    )
    checks = (compare_counts("late accounts by customer", observed, expected, 2), check_spells(attempts))
    return (
        ModelFit(
            "paying", _MODEL,
            f"{len(due):,} payers, {int(due.sum()):,} accounts, {100 * late.sum() / due.sum():.1f} % late",
            _numbers(top, reading), checks, _forecast(attempts),
            FitPicture(cells, f"Late accounts of a payer ({_CELLS - 1}: that or more)", "payers", "all payers alike"),
            ("reminders and holds of the firm are inside these chances",), {"mechanisms.invoices": True},
        ),
    )  # fmt: skip


def _numbers(top: Maximum, reading: TableReading) -> tuple[FittedNumber, ...]:
    reliability = top.share(lambda p: float(np.log(np.expm1(np.exp(p[0])))))
    spread = top.positive(coordinate(1))
    numbers = [
        FittedNumber(
            "reliability",
            reliability,
            "chance of the median payer to pay in the month due",
            "market.temper.payment_reliability",
        ),
        FittedNumber("spread", spread, "lognormal spread of the chance not to pay", "market.temper.payment_spread"),
    ]
    if {"issued", "due"} <= set(reading.table):
        days = (reading.table["due"] - reading.table["issued"]).dt.days.dropna()
        months = float(max(1, round(float(days.median()) / DAYS_PER_MONTH)))
        numbers.append(
            FittedNumber(
                "terms",
                EstimateInterval(months, 0.0, months, months),
                "median months from invoice to due",
                "market.credit.terms",
            )
        )
    return tuple(numbers)


PAYMENTS_KIND = Kind(
    "payments", "invoices with due and paid dates, or a status by month", _ROLES, fit, "b2b",
    ("payment", "invoice", "receivable", "zahlung", "rechnung", "debitor", "mahn", "card"),
)  # fmt: skip
