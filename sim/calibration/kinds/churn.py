"""Churn: a subscription or renewal table, or a survival table, gives how unlike customers are in leaving (sBG)."""

import numpy as np
import pandas as pd
from scipy import special, stats

from sim.calibration.goodness import FALSE_ALARM, FitCheck, compare_counts
from sim.calibration.kinds.durations import LEAST_LEAVERS, Durations, durations
from sim.calibration.likelihood import Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.roles import FLAG, NUMBER, TEXT, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats

_MODEL = "shifted beta-geometric (Fader and Hardie 2007)"
_RIVAL = "Kaplan-Meier, its last hazard carried on"
_ROLES = (
    Role("customer", TEXT, "whose contract", (
        "customer id", "customer", "contract id", "policy id", "account id", "kunde", "kundennummer", "vertrag",
        "vertragsnummer",
    ), required=False, identity=True),
    Role("start", TIME, "first day", (
        "start date", "start", "begin", "issue date", "signup date", "join date", "beginn", "vertragsbeginn", "von",
    ), required=False),
    Role("end", TIME, "last day, empty while it runs", (
        "end date", "end", "cancel date", "churn date", "cancellation date", "ende", "vertragsende",
        "kundigungsdatum", "bis",
    ), required=False),
    Role("tenure", NUMBER, "months with the firm", (
        "tenure", "tenure months", "subscription length", "duration", "duration months", "months", "laufzeit",
        "vertragsdauer", "monate",
    ), required=False),
    Role("left", FLAG, "whether the customer left", (
        "churn", "churned", "left", "lapse", "cancelled", "surrender", "event", "gekundigt", "abgewandert",
    ), required=False),
    Role("period", NUMBER, "month, quarter or year of a survival table", (
        "year", "period", "years", "jahr", "age",
    ), required=False),
    Role("alive", NUMBER, "share or percent still there", (
        "alive", "survival", "retained", "share alive", "survivors", "uberlebend", "bestand",
    ), required=False),
)  # fmt: skip


def survival(a: float, b: float, periods: Floats) -> Floats:
    """Share still there after some renewals.

    Source:
        Fader and Hardie (2007), equation 6.
    """
    return np.asarray(np.exp(special.betaln(a, b + periods) - special.betaln(a, b)))


def sbg_log_likelihood(logs: Floats, seen: Durations) -> float:
    """Log-likelihood of durations, in logarithms of the two parameters."""
    a, b = np.exp(logs)
    t = np.arange(len(seen.left), dtype=float)
    stays = special.betaln(a, b + t) - special.betaln(a, b)
    leaves = special.betaln(a + 1.0, b + t) - special.betaln(a, b)
    return float(seen.left @ leaves + seen.open @ stays)


def check_hazard(seen: Durations) -> FitCheck:
    """Whether the chance to leave rises with tenure, as no mixture of customers can make it do."""
    risk, left = seen.at_risk, seen.left
    used = risk >= 10
    t, risk, left = np.arange(len(risk))[used].astype(float), risk[used], left[used]
    if len(t) < 3:
        return FitCheck("chance to leave by tenure", True, "too few periods to tell")
    share = left.sum() / risk.sum()
    centred = t - (risk @ t) / risk.sum()
    slope = float(centred @ (left - share * risk))
    error = float(np.sqrt(share * (1.0 - share) * (risk @ centred**2)))
    z = slope / error if error > 0 else 0.0
    p = float(stats.norm.sf(z))
    rises = p < FALSE_ALARM
    said = "rises with tenure, which no mixture of customers explains" if rises else "does not rise with tenure"
    return FitCheck("chance to leave by tenure", not rises, f"{said} (z {z:.1f}, p {p:.2g})")


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """The shifted beta-geometric model, against Kaplan-Meier.

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    seen = durations(reading)
    top = fit_sbg(seen)
    a, b = (float(value) for value in np.exp(top.point))
    t = np.arange(len(seen.left), dtype=float)
    risk = seen.at_risk
    hazard = np.divide(seen.left, risk, out=np.zeros(len(risk)), where=risk > 0)
    observed = np.concatenate([[1.0], np.cumprod(1.0 - hazard)])
    reached = np.append(True, risk > 0)
    curve = pd.DataFrame(
        {"x": np.append(t, t[-1] + 1.0), "observed": observed, "model": survival(a, b, np.append(t, t[-1] + 1.0))}
    )
    curve["rival"] = (1.0 - seen.left.sum() / max(1.0, risk.sum())) ** curve["x"]
    expected = risk * a / (a + b + t)
    people = float(seen.left.sum() + seen.open.sum())
    counts = compare_counts(
        "leavers by tenure",
        np.append(seen.left, people - seen.left.sum()),
        np.append(expected, people - expected.sum()),
        2,
    )
    what = f"{people:,.0f} customers, {seen.left.sum():,.0f} of whom left"
    return (
        ModelFit(
            "leaving", _MODEL, what, _numbers(top, seen), (counts, check_hazard(seen)), _forecast(seen),
            FitPicture(curve[reached], f"Tenure ({seen.unit}s)", "share still there", "one chance for all"),
            _remarks(seen),
        ),
    )  # fmt: skip


def _remarks(seen: Durations) -> tuple[str, ...]:
    said = (
        "the chance to look around is at least the chance to leave, which is written for it; compare attrition_annual "
        "of a run with these data",
        "those who are still there are censored, not lost",
    )
    return said if not seen.shares else (*said, "the table has shares only: intervals are those of 1,000 customers")


def fit_sbg(seen: Durations) -> Maximum:
    """Shifted beta-geometric by maximum likelihood, in logarithms."""
    return maximise(lambda logs: sbg_log_likelihood(logs, seen), [[0.0, 2.0], [1.0, 4.0]])


def _forecast(seen: Durations) -> OutOfTime | None:
    """Survival in later tenures, fitted to earlier ones; losses are negative log-likelihoods of customers at risk."""
    risk = seen.at_risk
    full = int((risk >= 10).sum())
    cut = max(2, int(round(full * 7.0 / 12.0)))
    if full - cut < 1 or seen.left[:cut].sum() < LEAST_LEAVERS:
        return None
    a, b = np.exp(fit_sbg(seen.until(cut)).point)
    hazard = seen.left[:full] / risk[:full]
    actual = np.cumprod(1.0 - hazard)
    model = actual[cut - 1] * survival(a, b, np.arange(cut + 1, full + 1.0)) / survival(a, b, np.array([float(cut)]))
    rival = actual[cut - 1] * (1.0 - hazard[cut - 1]) ** np.arange(1, full - cut + 1)
    end = [risk[full - 1] - seen.left[full - 1]]
    cases = np.concatenate([seen.left[cut:full], seen.open[cut:full], end])
    p = chance_of_worse(_surprise(model / actual[cut - 1]), _surprise(rival / actual[cut - 1]), cases)
    return OutOfTime(
        f"share still there after {cut} to {full} {seen.unit}s, "
        f"fitted to the first {cut}",
        _RIVAL, 100.0 * float(np.abs(model - actual[cut:]).mean()),
        100.0 * float(np.abs(rival - actual[cut:]).mean()), "points", p,
    )  # fmt: skip


def _surprise(later: Floats) -> Floats:
    """Negative logarithm of the chance to leave in each period, to be there at its start, and to be there at the end.

    Args:
        later: Share still there at the end of each period, of those at the start of the first.
    """
    stay = np.append(1.0, later)
    return -np.log(np.maximum(1e-12, np.concatenate([stay[:-1] - stay[1:], stay])))


def _numbers(top: Maximum, seen: Durations) -> tuple[FittedNumber, ...]:
    a, b = (top.positive(coordinate(k)) for k in (0, 1))
    monthly = top.positive(lambda p: float(np.log(-np.expm1(-np.log1p(np.exp(p[0] - p[1])) / seen.months))))
    place = "market.choice."
    return (
        FittedNumber("a", a, "first parameter of the lasting propensity to leave", f"{place}propensity_a"),
        FittedNumber("b", b, "second parameter of that propensity", f"{place}propensity_b"),
        FittedNumber(
            "churn",
            monthly,
            "chance of a new customer to leave a month; written as the chance to look around",
            f"{place}consider",
        ),
    )


CHURN_KIND = Kind(
    "churn", "contracts with start and end, or tenures and who left, or a survival table", _ROLES, fit, "telecom",
    ("churn", "subscription", "renewal", "contract", "retention", "policies", "kundigung", "vertrag", "vertrage", "abo",
     "bestand"),
)  # fmt: skip
