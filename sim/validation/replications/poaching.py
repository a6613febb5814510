"""Prices by past purchases: firms that give newcomers a discount reply to each other until they come to rest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.experiments.best_reply import Decided, Game, replies_from
from sim.validation.closed_forms_of_prices import PoachingPrices, poaching_prices, switching_share
from sim.validation.limit_worlds import firm
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.row import Curve, Reading

EVERYBODY_LOOKS = {  # a month of warm-up at equal prices, then everybody chooses again
    "market.warm_up": 1, "market.satisfaction.neutral": 0.9, "market.choice.consider": 0.5,
    "market.choice.consider_slope": 12.0,
}  # fmt: skip
TOLERANCE, ROUNDS = 0.0002, 8  # gain that is not worth a move, as a share of profit; rounds after which replies stop
SPEND, CENTS_OF_GOODS = 1000.0, 100_000.0  # of a person in a month at price 1
PRICES, DISCOUNTS = (0.6, 1.5), (0.0, 0.6)


def billed(setup: Setup, prices: Sequence[float], discounts: Sequence[float]) -> NDArray[np.float64]:
    """What each firm bills in the second period, in goods at price 1 per person, and the share of people who switch.

    Args:
        setup: Where it is run.
        prices: List price of each firm.
        discounts: Discount of each firm for newcomers.

    Returns:
        Both firms' bills and the share; shape (3,).
    """
    firms = [
        firm(name, 0.0, price=price, newcomer_discount=discount)
        for name, price, discount in zip(("first", "second"), prices, discounts, strict=True)
    ]
    numbers = setup.numbers
    market = {
        "economics": {
            "price_weight": numbers["price_weight"], "fixed_share": 1.0, "purchase_rate": 1.0, "spend": SPEND,
        },
        "choice": {
            "entry": 1.0, "outside": -10.0, "experience_weight": 0.0, "fit_weight": 0.0, "taste": numbers["taste"],
            "expected_stay": 1.0, "habit_weight": 0.0, "consider_price": 0.0,
        },
    }  # fmt: skip
    shape = {"months": 1, "firms": firms, "on": ["price_response", "promotions"]}
    run = setup.changed(EVERYBODY_LOOKS).limit(shape, market, ("supplier", "billed"))
    before, after = run.panel["supplier"]
    bills = run.panel["billed"][1].astype(float).sum(axis=0)  # since the policies began, so of the recorded month
    goods = CENTS_OF_GOODS * run.weight * len(before)
    return np.array([*(bills / goods), float((before != after).mean())])


def rest(setup: Setup, with_discounts: bool) -> tuple[float, float]:
    """Price and newcomer discount, as means of both firms, where best replies in the model come to rest."""

    def payoff(choices: Sequence[Decided]) -> list[list[float]]:
        values = []
        for choice in choices:
            padded = [(*row, 0.0)[:2] for row in choice]
            values.append(billed(setup, *zip(*padded, strict=True))[:2].tolist())
        return values

    ranges = (PRICES, DISCOUNTS) if with_discounts else (PRICES,)
    start = ((1.0, 0.0)[: len(ranges)],) * 2
    last = replies_from(start, Game(ranges, payoff, TOLERANCE, ROUNDS)).rounds[-1]
    return float(np.mean([row[0] for row in last])), float(np.mean([row[1] for row in last])) if with_discounts else 0.0


def theory_of(setup: Setup) -> PoachingPrices:
    """The equilibrium for the tastes of this world, as they are without a negative control."""
    return poaching_prices(setup.numbers["taste"])


def read_poaching(setup: Setup) -> Sequence[Reading]:
    """Prices, switching and profits where replies come to rest, against one price for all."""
    theory = theory_of(setup)
    price, discount = rest(setup, True)
    alike, _ = rest(setup, False)
    second, plain = billed(setup, (price,) * 2, (discount,) * 2), billed(setup, (alike,) * 2, (0.0, 0.0))
    return [
        Reading("poaching price against own price", 1.0 - discount, theory.poaching / theory.own),
        Reading("own price against one price for all", price / alike, theory.own / theory.alike),
        Reading("share who switch", float(second[2]), theory.switch),
        Reading(
            "profit against one price for all",
            float(second[:2].sum() / plain[:2].sum()), theory.profit / theory.profit_alike,
        ),
        Reading("profit lost by poaching", float(1.0 - second[:2].sum() / plain[:2].sum())),
        Reading("own price less poaching price", discount),
    ]  # fmt: skip


def draw_poaching(setup: Setup) -> Curve:
    """Share who switch by newcomer discount of both firms, beside the closed form at one price."""
    discounts = np.linspace(0.0, DISCOUNTS[1], 7)
    theory = theory_of(setup)
    price = theory.own / setup.numbers["price_weight"]
    shares = [billed(setup, (price,) * 2, (discount,) * 2)[2] for discount in discounts]
    lines = {
        "Model": np.array(shares),
        "Tastes in theory": np.array(
            [
                switching_share(setup.numbers["taste"], setup.numbers["price_weight"] * price * discount)
                for discount in discounts
            ]
        ),
        "Uniform tastes": np.minimum(0.5, discounts * 2.0 / 3.0),
    }
    return Curve("Share of customers who switch, by newcomer discount of both firms", "Discount", discounts, lines)


POACHING_RECIPE = Recipe(read_poaching, draw_poaching)
