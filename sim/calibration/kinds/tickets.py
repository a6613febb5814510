"""Tickets: an event log gives hand-offs between groups, and how unevenly incidents fall on customers."""

import numpy as np
import pandas as pd
from scipy import special, stats

from sim.calibration.goodness import compare_counts
from sim.calibration.likelihood import Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.calibration.reading.roles import TEXT, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, mean_forecast
from sim.model.state import Floats
from sim.parameters.errors import BadInput

_OTHERS = 4  # departments beside service
_CELLS = 8
_LEAST_TICKETS, _LEAST_CUSTOMERS = 50, 50
_HOPS = "binomial: each of four other departments is needed with one chance (the model's own rule)"
_NEED = "chance that an incident is handed to any one of four other departments, as if every wall were full"
_INCIDENTS = "negative binomial without its zeros (Greenwood and Yule 1920)"
_RIVAL = "the mean of the last period"
_ROLES = (
    Role("ticket", TEXT, "number of the ticket", (
        "ticket", "ticket id", "case id", "case", "incident", "incident id", "sr number", "sr", "vorgang",
        "vorgangsnummer", "ticketnummer", "fall",
    )),
    Role("time", TIME, "time of the event", (
        "timestamp", "time", "changed at", "event time", "date", "datum", "zeit", "zeitpunkt", "zeitstempel",
        "geandert am",
    )),
    Role("group", TEXT, "team or department that has it", (
        "department", "group", "team", "org line", "support team", "queue", "resource", "abteilung", "gruppe",
        "bereich", "bearbeiter",
    )),
    Role("customer", TEXT, "whose ticket", (
        "customer id", "customer", "client", "kunde", "kundennummer",
    ), required=False),
)  # fmt: skip


def tickets_of(reading: TableReading) -> pd.DataFrame:
    """One row a ticket, by its first event: ``start, hops, customer``; hops are changes of the group.

    Raises:
        BadInput: Too few tickets.
    """
    events = reading.table.sort_values(["ticket", "time"], kind="stable")
    same = events["ticket"].eq(events["ticket"].shift())
    events = events.assign(hop=(same & events["group"].ne(events["group"].shift())).astype(float))
    grouped = events.groupby("ticket", sort=False)
    tickets = pd.DataFrame(
        {
            "start": grouped["time"].min(),
            "hops": grouped["hop"].sum(),
            "days": (grouped["time"].max() - grouped["time"].min()).dt.total_seconds() / 86400.0,
        }
    )
    if "customer" in events:
        tickets["customer"] = grouped["customer"].first()
    if len(tickets) < _LEAST_TICKETS:
        raise BadInput(f"{reading.path}: {len(tickets)} tickets only; at least {_LEAST_TICKETS} are needed")
    return tickets.sort_values("start")


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Hand-offs, and incidents by customer where customers are named.

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    tickets = tickets_of(reading)
    fits = [_hops(tickets)] if tickets["hops"].any() else []
    if "customer" in tickets and tickets["customer"].nunique() >= _LEAST_CUSTOMERS:
        fits.append(_incidents(tickets))
    if not fits:
        raise BadInput(f"{reading.path}: no ticket changes its group; name the right column: --columns group=COLUMN")
    return tuple(fits)


def _hops(tickets: pd.DataFrame) -> ModelFit:
    hops = tickets["hops"].to_numpy(float)
    total, tries = float(np.minimum(hops, _OTHERS).sum()), float(_OTHERS * len(hops))
    top = maximise(
        lambda at: float(total * -np.log1p(np.exp(-at[0])) + (tries - total) * -np.log1p(np.exp(at[0]))), [[-1.0]]
    )
    chance = 1.0 / (1.0 + np.exp(-top.point[0]))
    x = np.arange(_CELLS)
    seen = np.bincount(np.minimum(hops, _CELLS - 1).astype(int), minlength=_CELLS).astype(float)
    expected = len(hops) * stats.binom.pmf(x, _OTHERS, chance)
    level = float(hops.mean())
    rival = len(hops) * np.append(
        stats.geom.pmf(x[:-1] + 1, 1.0 / (1.0 + level)), stats.geom.sf(_CELLS - 1, 1.0 / (1.0 + level))
    )
    need = top.share(coordinate(0))
    return ModelFit(
        "hand-offs", _HOPS, f"{len(hops):,} tickets, {hops.sum():,.0f} hand-offs",
        (FittedNumber("need", need, _NEED, "market.service.handoff_need"),),
        (compare_counts("hand-offs by ticket", seen, expected, 1),), _forecast(tickets),
        FitPicture(pd.DataFrame({"x": x.astype(float), "observed": seen, "model": expected, "rival": rival}),
                   "Hand-offs of a ticket (7: seven or more)", "tickets", "geometric, same mean"),
        (f"no hand-off: {100 * seen[0] / len(hops):.1f} % of tickets, "
         f"the model expects {100 * expected[0] / len(hops):.1f} %; "
         f"more than {_OTHERS}: {100 * (hops > _OTHERS).mean():.1f} %, which the model cannot make",
         *_slower(hops, tickets["days"].to_numpy(float))),
    )  # fmt: skip


def _slower(hops: Floats, days: Floats) -> tuple[str, ...]:
    """Whether tickets with hand-offs take longer, where both differ between tickets."""
    if np.ptp(hops) == 0 or np.ptp(days) == 0:
        return ()
    return (f"rank correlation of hand-offs with the days a ticket took: {stats.spearmanr(hops, days)[0]:.2f}",)


def _forecast(tickets: pd.DataFrame) -> OutOfTime:
    """Hand-offs of the last third of tickets."""
    hops = tickets["hops"].to_numpy(float)
    what = "hand-offs by ticket in the last third, fitted before"
    return mean_forecast(what, _RIVAL, "a ticket", hops, (len(hops) // 3, 2 * len(hops) // 3))


def _truncated_log_likelihood(logs: Floats, counts: Floats, people: Floats) -> float:
    shape, mean = np.exp(logs)
    zero = shape / (shape + mean)
    terms = special.gammaln(shape + counts) - special.gammaln(shape) - special.gammaln(counts + 1.0)
    terms = (
        terms + shape * np.log(zero) + counts * np.log(mean / (shape + mean)) - np.log(-np.expm1(shape * np.log(zero)))
    )
    return float(people @ terms)


def _incidents(tickets: pd.DataFrame) -> ModelFit:
    months = max(1.0, (tickets["start"].max() - tickets["start"].min()).days / DAYS_PER_MONTH)
    counts, people = np.unique(tickets["customer"].value_counts().to_numpy(float), return_counts=True)
    cases = people.astype(float)
    top = maximise(
        lambda at: _truncated_log_likelihood(at, np.asarray(counts, float), cases), [[0.0, 0.5], [-1.0, 0.0]]
    )
    shape, mean = np.exp(top.point)
    x = np.arange(1, _CELLS)
    pmf = stats.nbinom.pmf(x, shape, shape / (shape + mean)) / (
        1.0 - stats.nbinom.pmf(0, shape, shape / (shape + mean))
    )
    alike = maximise(lambda at: _truncated_poisson(at, np.asarray(counts, float), cases), [[0.5]])
    poisson = stats.poisson.pmf(x, np.exp(alike.point[0])) / -np.expm1(-np.exp(alike.point[0]))
    seen = np.bincount(np.minimum(np.repeat(counts, people), _CELLS - 1).astype(int), minlength=_CELLS).astype(float)[
        1:
    ]
    expected, rival = (seen.sum() * np.append(part[:-1], 1.0 - part[:-1].sum()) for part in (pmf, poisson))
    table = pd.DataFrame({"x": x.astype(float), "observed": seen, "model": expected, "rival": rival})
    return ModelFit(
        "incidents", _INCIDENTS, f"{int(people.sum()):,} customers with a ticket, {months:.0f} months",
        _incident_numbers(top, months),
        (compare_counts("tickets by customer", seen, expected, 2),), None,
        FitPicture(table, "Tickets of a customer (7: seven or more)", "customers", "all customers alike"),
        ("customers without a ticket are not in such a file; their number follows from the fit",),
    )  # fmt: skip


def _truncated_poisson(at: Floats, counts: Floats, people: Floats) -> float:
    mean = float(np.exp(at[0]))
    return float(people @ (counts * at[0] - mean - np.log(-np.expm1(-mean)) - special.gammaln(counts + 1.0)))


def _incident_numbers(top: Maximum, months: float) -> tuple[FittedNumber, ...]:
    return (
        FittedNumber(
            "rate",
            top.positive(lambda at: float(at[1] - np.log(months))),
            "mean incidents of a customer a month",
            "market.economics.incident_rate",
        ),
        FittedNumber(
            "shape",
            top.positive(coordinate(0)),
            "shape of its gamma distribution over customers",
            "market.economics.incident_shape",
        ),
    )


TICKETS_KIND = Kind(
    "tickets", "an event log: one row an event of a ticket, with the group that has it", _ROLES, fit, "telecom",
    ("ticket", "incident", "event", "case", "service", "vorgang", "vorgange", "stoerung"),
)  # fmt: skip
