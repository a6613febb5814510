"""Choices: a brand-choice panel gives the weights of price and habit (conditional logit)."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import signal, special

from sim.calibration.goodness import FitCheck, compare_counts
from sim.calibration.likelihood import Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.number_values import POINT, decimal_sign, read_numbers
from sim.calibration.reading.roles import TEXT, Role, plain_words
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats, IntArray
from sim.parameters.errors import BadInput

_LEAST_CHOICES, _MOST_CHOICES, _MOST_BRANDS = 100, 50_000, 20
_LEAST_HOUSEHOLDS = 30
_MODEL = "conditional logit with habit (McFadden 1974; Guadagni and Little 1983)"
_RIVAL = "a Markov chain of brands"
_ROLES = (
    Role("customer", TEXT, "who chooses", (
        "household id", "household", "customer id", "customer", "panelist", "haushalt", "kunde", "kundennummer",
    )),
    Role("choice", TEXT, "the brand chosen", ("choice", "brand", "chosen", "marke", "wahl", "gewahlt")),
    Role("occasion", TEXT, "number or day of the purchase, in order", (
        "purchase no", "occasion", "trip", "date", "week", "kauf nr", "datum", "woche",
    ), required=False),
)  # fmt: skip


@dataclass(frozen=True)
class ChoicePanel:
    """Choices in order of each household.

    Args:
        chosen: Brand chosen, a number. [shape (choices,)]
        price: Price against the mean price of all. [shape (choices, brands)]
        step: How many purchases of the household came before.
        brands: Names.
        begin: Place of the household's first choice. [shape (choices,)]
    """

    chosen: IntArray
    price: Floats
    step: IntArray
    brands: tuple[str, ...]
    begin: IntArray

    @property
    def households(self) -> int:
        """Number of households."""
        return int((self.step == 0).sum())

    def habit(self, learning: float) -> Floats:
        """Habit of each brand before each choice, by the model's own rule. [shape (choices, brands)]"""
        bought_before = np.zeros(self.price.shape)
        bought_before[np.arange(1, len(self.chosen)), self.chosen[:-1]] = 1.0
        running = signal.lfilter([learning], [1.0, learning - 1.0], bought_before, axis=0)
        of_others = (1.0 - learning) ** self.step[:, None] * running[self.begin]  # households before it in the table
        return np.asarray(running - of_others)


def panel_of(reading: TableReading) -> ChoicePanel:
    """The panel of a wide table with a price column for each brand.

    Raises:
        BadInput: No price columns, or too few choices or households.
    """
    prices = {
        plain_words(re.sub(r"(?i)^(price|preis)[_. ]*", "", name)): name
        for name in map(str, reading.raw.columns)
        if re.match(r"(?i)(price|preis)[_. ]", name)
    }
    brands = tuple(prices)
    if not 2 <= len(brands) <= _MOST_BRANDS:
        raise BadInput(
            f"{reading.path}: a price column for each of 2 to {_MOST_BRANDS} brands is needed, named price_BRAND "
            f"as in the column of choices; {len(brands)} were recognised"
        )
    names = reading.table["choice"].map(lambda text: plain_words(str(text)))
    table = reading.dropped.drop(reading.table, ~names.isin(brands).to_numpy(), "the brand chosen has no price column")
    if len(table) < _LEAST_CHOICES:
        raise BadInput(
            f"{reading.path}: {len(table)} choices of brands with prices; at least {_LEAST_CHOICES} are needed"
        )
    if (households := table["customer"].nunique()) < _LEAST_HOUSEHOLDS:
        count = "one household" if households == 1 else f"{households} households"
        raise BadInput(f"{reading.path}: {count} only; at least {_LEAST_HOUSEHOLDS} are needed")
    raw = reading.raw.loc[table.index]
    amounts = np.column_stack(
        [read_numbers(raw[prices[brand]], decimal_sign(raw[prices[brand]]) or POINT).values for brand in brands]
    )
    bad = ~(np.isfinite(amounts) & (amounts > 0)).all(axis=1)
    table, amounts = reading.dropped.drop(table, bad, "a price is missing or not above zero"), amounts[~bad]
    if table.empty:
        raise BadInput(f"{reading.path}: no choice has prices above zero for every brand")
    places = {brand: k for k, brand in enumerate(brands)}
    return _ordered(table, amounts, np.asarray(names[table.index].map(places), np.int64), brands)


def _ordered(table: pd.DataFrame, amounts: Floats, chosen: IntArray, brands: tuple[str, ...]) -> ChoicePanel:
    code = pd.factorize(table["customer"])[0]
    order = np.argsort(code, kind="stable")
    if "occasion" in table:
        when = pd.to_numeric(table["occasion"], errors="coerce").to_numpy(float)
        keys = when if np.isfinite(when).all() else pd.factorize(table["occasion"], sort=True)[0].astype(float)
        order = np.lexsort((np.arange(len(code)), keys, code))
    order = order[:_MOST_CHOICES]
    code = code[order]
    first = np.append(True, code[1:] != code[:-1])
    begin = np.maximum.accumulate(np.where(first, np.arange(len(code)), 0))
    return ChoicePanel(chosen[order], amounts[order] / amounts.mean(), np.arange(len(code)) - begin, brands, begin)


def utilities(at: Floats, panel: ChoicePanel) -> Floats:
    """Utility of each brand at each choice.

    Args:
        at: Weights of price and habit, log odds of the learning of habit, and constants of all brands but the first.
        panel: The choices.
    """
    constants = np.concatenate([[0.0], at[3:]])
    learning = float(special.expit(at[2]))
    return np.asarray(constants + at[0] * (1.0 - panel.price) + at[1] * panel.habit(learning))


def _log_likelihood(at: Floats, panel: ChoicePanel, used: Floats) -> float:
    value = utilities(at, panel)
    own = value[np.arange(len(value)), panel.chosen]
    return float(used @ (own - special.logsumexp(value, axis=1)))


def _fit(panel: ChoicePanel, used: Floats) -> Maximum:
    start = [1.0, 1.0, -1.5, *np.zeros(len(panel.brands) - 1)]
    return maximise(lambda at: _log_likelihood(at, panel, used), [start])


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Weights of price and habit.

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    panel = panel_of(reading)
    top = _fit(panel, np.ones(len(panel.chosen)))
    value = utilities(top.point, panel)
    chance = np.exp(value - special.logsumexp(value, axis=1)[:, None])
    shares = np.bincount(panel.chosen, minlength=len(panel.brands)) / len(panel.chosen)
    cells = _by_chance(chance, panel, shares)
    people = cells.pop("people").to_numpy()
    check = compare_counts(
        "choices by chance predicted", np.append(cells["observed"] * people, (people * (1 - cells["observed"])).sum()),
        np.append(cells["model"] * people, (people * (1 - cells["model"])).sum()), 3,
    )  # fmt: skip
    weight = top.plain(coordinate(0))
    sign = FitCheck(
        "sign of price",
        weight.low > 0,
        f"weight {weight.value:.2f}, interval {weight.low:.2f} to {weight.high:.2f}; "
        "a dearer brand must be chosen less",
    )
    return (
        ModelFit(
            "choosing", _MODEL,
            f"{len(panel.chosen):,} choices of {panel.households:,} households, {len(panel.brands)} brands",
            _numbers(top, panel), (check, sign), _forecast(panel),
            FitPicture(cells, "Chance that the model gives a brand", "share in which it was chosen",
                       "shares of the market"),
            ("lasting tastes of households are inside habit, and promotions inside the rest",),
        ),
    )  # fmt: skip


def _by_chance(chance: Floats, panel: ChoicePanel, shares: Floats) -> pd.DataFrame:
    """Brands at choices in ten groups by the chance that the model gives them."""
    flat = chance.ravel()
    bought = np.zeros(chance.shape)
    bought[np.arange(len(chance)), panel.chosen] = 1.0
    group = np.minimum(9, (pd.Series(flat).rank(method="first").to_numpy() - 1) * 10 // len(flat))
    table = pd.DataFrame(
        {"x": flat, "observed": bought.ravel(), "model": flat, "rival": np.tile(shares, len(chance)), "people": 1.0}
    )
    grouped = table.groupby(group)
    return grouped[["x", "observed", "model", "rival"]].mean().assign(people=grouped["people"].sum())


def _forecast(panel: ChoicePanel) -> OutOfTime | None:
    """Log-likelihood of the last quarter of each household's choices, fitted to those before."""
    total = np.bincount(panel.begin)[panel.begin]
    late = panel.step >= np.maximum(1.0, np.ceil(0.75 * total))
    if late.sum() < 20:
        return None
    top = _fit(panel, (~late).astype(float))
    value = utilities(top.point, panel)
    model = (special.logsumexp(value, axis=1) - value[np.arange(len(value)), panel.chosen])[late]
    brands = len(panel.brands)
    before = np.append(0, panel.chosen[:-1])
    moves = np.ones((brands, brands))
    np.add.at(moves, (before[(panel.step > 0) & ~late], panel.chosen[(panel.step > 0) & ~late]), 1.0)
    moves /= moves.sum(axis=1, keepdims=True)
    rival = -np.log(moves[before[late], panel.chosen[late]])
    return OutOfTime(
        f"the last quarter of each household's choices ({int(late.sum()):,})", _RIVAL, float(model.mean()),
        float(rival.mean()), "nats a choice", chance_of_worse(model, rival),
    )  # fmt: skip


def _numbers(top: Maximum, panel: ChoicePanel) -> tuple[FittedNumber, ...]:
    constants = tuple(
        FittedNumber(f"constant of {brand}", top.plain(coordinate(3 + k)), f"against {panel.brands[0]}")
        for k, brand in enumerate(panel.brands[1:])
    )
    return (
        FittedNumber(
            "price weight",
            top.plain(coordinate(0)),
            "utility of a price lower by the mean price of all brands",
            "market.economics.price_weight",
        ),
        FittedNumber("habit weight", top.plain(coordinate(1)), "utility of full habit", "market.choice.habit_weight"),
        FittedNumber(
            "habit learning",
            top.share(coordinate(2)),
            "speed at which habit follows purchases",
            "market.choice.habit_learning",
        ),
        *constants,
    )


CHOICES_KIND = Kind(
    "choices", "a brand-choice panel: one row a purchase, a price column for each brand", _ROLES, fit, "grocery",
    ("choice", "brand", "panel", "scanner", "wahl", "marke"),
)  # fmt: skip
