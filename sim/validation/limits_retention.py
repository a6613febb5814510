"""Rows on retention: lifetimes at constant and at beta-distributed churn, and what customers are worth."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms import (
    geometric_survival,
    margin_multiple,
    mean_life,
    residual_lifetime,
    sbg_survival,
)
from sim.validation.judging import ClosedForm
from sim.validation.limit_worlds import LEAVES, STAYS_ALL_THE_SAME
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.sbg import fit_sbg
from sim.validation.situation import Situation

HIGH_END, REGULAR = (0.668, 3.806), (0.704, 1.182)  # Fader and Hardie (2007), first seven years
INTEREST = 0.10
POINTS_OF_RETENTION = 0.05


def proportion(quantity: str, hits: NDArray[np.bool_], expected: float) -> Reading:
    """A share of customers against its chance, with the binomial error."""
    error = float(np.sqrt(expected * (1.0 - expected) / len(hits)))
    return Reading(quantity, float(np.mean(hits)), expected, error)


def average(quantity: str, values: NDArray[np.float64], expected: float) -> Reading:
    """A mean over customers, with the error of the sample."""
    return Reading(quantity, float(values.mean()), expected, float(values.std(ddof=1) / np.sqrt(len(values))))


def renewals(run: RecordedRun) -> NDArray[np.int64]:
    """Months that each customer of the start stayed; nobody comes back in these worlds. Shape (places,)"""
    return np.asarray((run.panel["supplier"][1:] >= 0).sum(axis=0))


def constant_churn(here: Situation, churn: float, months: int) -> RecordedRun:
    """A cohort that leaves with the same chance every month."""
    choice = LEAVES | {"consider": churn}
    return here.limit({"months": months}, {"choice": choice}, ("supplier",))


def read_constant(here: Situation) -> Sequence[Reading]:
    """Share left after five and ten months, and mean life."""
    churn = here.parameter(0, 0.2, 0.05, 0.45)
    leaves, months = churn * (1.0 - STAYS_ALL_THE_SAME), 40
    stayed = renewals(constant_churn(here, churn, months))
    mean, variance = mean_life(leaves, months)
    life = Reading("mean life", 1.0 + float(stayed.mean()), mean, float(np.sqrt(variance / len(stayed))))
    shares = [
        proportion(f"share after {t}", stayed >= t, float(geometric_survival(leaves, np.array(t)))) for t in (5, 10)
    ]
    return [shares[0], life, shares[1]]


def draw_constant(here: Situation) -> Curve:
    """Survival against the geometric curve."""
    stayed, months = renewals(constant_churn(here, 0.2, 40)), np.arange(21)
    lines = {"Model": share_surviving(stayed, months), "(1 − θ)ᵗ": geometric_survival(0.2, months)}
    return Curve("Share of a cohort left at a constant churn of 0.2", "Month", months, lines)


def share_surviving(stayed: NDArray[np.int64], months: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of a cohort left after each number of months. stayed: renewals of each customer"""
    return np.asarray((stayed[:, None] >= months).mean(axis=0))


def beta_churn(here: Situation, alpha: float, beta: float, months: int) -> RecordedRun:
    """A cohort whose members differ for life in their chance of leaving."""
    mean = alpha / (alpha + beta)
    choice = LEAVES | {"consider": mean, "propensity_a": alpha, "propensity_b": beta}
    return here.limit({"months": months, "on": ["inertia"]}, {"choice": choice}, ("supplier",))


def drawn_beta(here: Situation, worked: tuple[float, float]) -> tuple[float, float]:
    """Beta parameters: those of the source, or random ones with a mean below one half."""
    return here.parameter(0, worked[0], 0.5, 1.5), here.parameter(1, worked[1], 1.6, 6.0)


def read_beta(here: Situation) -> Sequence[Reading]:
    """Share left after five and twelve renewals."""
    alpha, beta = drawn_beta(here, HIGH_END)
    stayed = renewals(beta_churn(here, alpha, beta, 12))
    return [
        proportion(f"share after {t}", stayed >= t, float(sbg_survival(alpha, beta, np.array(float(t)))))
        for t in (5, 12)
    ]


def read_beta_regular(here: Situation) -> Sequence[Reading]:
    """The same for the other cohort of the source, nearer to even chances."""
    alpha, beta = here.parameter(0, REGULAR[0], 0.3, 0.9), here.parameter(1, REGULAR[1], 1.0, 2.0)
    stayed = renewals(beta_churn(here, alpha, beta, 12))
    return [
        proportion(f"share after {t}", stayed >= t, float(sbg_survival(alpha, beta, np.array(float(t)))))
        for t in (5, 12)
    ]


def draw_beta(here: Situation) -> Curve:
    """Survival against the sBG, and against a cohort of the same mean churn whose members are alike."""
    stayed, months = renewals(beta_churn(here, *HIGH_END, 12)), np.arange(13)
    alike = geometric_survival(HIGH_END[0] / sum(HIGH_END), months)
    lines = {"Model": share_surviving(stayed, months), "sBG": sbg_survival(*HIGH_END, months), "All alike": alike}
    return Curve("Share of a cohort left at beta-distributed churn (High End)", "Renewal", months, lines)


def read_residual(here: Situation) -> Sequence[Reading]:
    """Discounted residual lifetime before the first, fifth and eighth renewal."""
    alpha, beta = drawn_beta(here, HIGH_END)
    stayed = renewals(beta_churn(here, alpha, beta, 120))
    readings = []
    for n in (1, 5, 8):
        still = stayed[stayed >= n - 1] - (n - 1)
        values = (1.0 - (1.0 + INTEREST) ** -still.astype(float)) * (1.0 + INTEREST) / INTEREST
        readings.append(average(f"DERL before renewal {n}", values, residual_lifetime(alpha, beta, n, INTEREST)))
    return readings


def read_recovered(here: Situation) -> Sequence[Reading]:
    """Parameters of the sBG by maximum likelihood from the first seven renewals."""
    alpha, beta = drawn_beta(here, HIGH_END)
    fit = fit_sbg(renewals(beta_churn(here, alpha, beta, 12)), 7)
    return [
        Reading("log alpha", float(np.log(fit.alpha)), float(np.log(alpha)), fit.error_log_alpha),
        Reading("log beta", float(np.log(fit.beta)), float(np.log(beta)), fit.error_log_beta),
    ]


def customer_values(here: Situation, retention: float, months: int, interest: float = INTEREST) -> NDArray[np.float64]:
    """Present value of what each customer of the start pays, against the mean payment of a month; shape (places,)."""
    choice = LEAVES | {"consider": (1.0 - retention) / (1.0 - STAYS_ALL_THE_SAME)}
    market = {"choice": choice, "economics": {"fixed_share": 1.0}}
    run = here.limit({"months": months}, market, ("supplier", "rate", "spend"))
    bill = (run.panel["rate"][0] * run.panel["spend"][0]).astype(float)
    factor = 1.0 / (1.0 + interest)
    values = bill * factor * (1.0 - factor ** renewals(run)) / (1.0 - factor) / bill.mean()
    booked = float((run.firm("revenue") * factor ** run.firm("month")).sum()) / (bill.sum() * run.weight)
    return np.asarray(values * booked / values.mean())  # what the books say, spread as customers are


def read_value(here: Situation) -> Sequence[Reading]:
    """Margin multiple at one retention rate, and its elasticity."""
    retention, months = here.parameter(0, 0.8, 0.6, 0.94), 60
    up, down = (customer_values(here, retention * factor, months) for factor in (1.01, 0.99))
    expected = margin_multiple(retention, INTEREST, months)
    arc = (
        margin_multiple(1.01 * retention, INTEREST, months) - margin_multiple(0.99 * retention, INTEREST, months)
    ) / (0.02 * expected)
    plain, more = (customer_values(here, retention + gain, months) for gain in (0.0, POINTS_OF_RETENTION))
    step = margin_multiple(retention + POINTS_OF_RETENTION, INTEREST, months) - expected
    return [
        average("margin multiple", plain, expected),
        average("elasticity to retention", (up - down) / (0.02 * expected), arc),
        average("gain of 5 points of retention", (more - plain) / expected, step / expected),
    ]


DIFFERENT = Control("customers differ in churn", {"mechanisms.inertia": True, "market.choice.propensity_a": 0.668})
NO_INERTIA = Control("inertia off: all customers alike", {"mechanisms.inertia": False})
SBG = "Fader and Hardie (2007), Journal of Interactive Marketing 21(1)"
LIMITS_RETENTION_ROWS = (
    Entry("F1", "At a constant churn θ a cohort shrinks as (1 − θ)ᵗ and lives 1/θ on average", "geometric distribution",
        ClosedForm(), read_constant, DIFFERENT, picture=draw_constant),
    Entry("F2", "At beta-distributed churn a cohort shrinks as B(α, β + t) / B(α, β)", SBG + ", High End", ClosedForm(),
        read_beta, NO_INERTIA, picture=draw_beta),
    Entry("F2-regular", "The same where churn is high and customers are polarised", SBG + ", Regular", ClosedForm(),
        read_beta_regular, NO_INERTIA),
    Entry("F3", "Residual lifetime of sBG customers rises with tenure",
        "Fader and Hardie (2010), Marketing Science 29(1)", ClosedForm(), read_residual, NO_INERTIA, agents=(3000,
        20_000)),
    Entry("A4", "Maximum likelihood on seven renewals returns the α and β of the cohort", SBG, ClosedForm(),
        read_recovered, NO_INERTIA, agents=(20_000, 20_000)),
    Entry("F6", "Customer value is margin × r / (1 + i − r), with its elasticity and a gain of 5 points (B1, B5)",
        "Gupta and Lehmann (2003), Journal of Interactive Marketing 17(1)", ClosedForm(), read_value, DIFFERENT,
        agents=(2000, 4000)),
)  # fmt: skip
