"""Files such as clients have, made from known numbers."""

import numpy as np
import pandas as pd

from sim import Scenario
from sim.calibration.known_exit import exit_hazard

START = pd.Timestamp("2022-01-01")
PURCHASES = {"r": 0.8, "alpha": 6.0, "a": 0.9, "b": 3.0, "p": 6.0, "q": 4.0, "v": 15.0}
CHURN = {"a": 0.8, "b": 12.0}
PAYMENTS = {"reliability": 0.9, "spread": 0.8}
CHOICES = {"price weight": 3.0, "habit weight": 2.5, "habit learning": 0.3}
NETWORK = {"degree": 8.0, "degree spread": 0.6}
SATISFACTION = {"points": 6.5, "sd": 2.4, "slope": 4.0}
LEDGER = {"unit cost": 0.42, "revenue by customer and month": 35.0}
TICKETS = {"need": 0.2, "rate": 0.15, "shape": 1.2}


def purchases(seed, customers=1500, weeks=78, shape=1.0):
    """Log of a BG/NBD world with gamma-gamma spend in which people also leave the category or die, as in `cdnow`.

    A shape above 1 makes orders more regular than Poisson's.
    """
    rng, k, rows = np.random.default_rng(seed), PURCHASES, []
    first = rng.uniform(0, 12 * 7, customers)
    rate = rng.gamma(k["r"], 1 / k["alpha"], customers) / 7.0
    drop, scale = rng.beta(k["a"], k["b"], customers), rng.gamma(k["q"], 1 / k["v"], customers)
    gone = first + rng.exponential(7.0 / exit_hazard(Scenario.load("cdnow")), customers)
    for person in range(customers):
        day = first[person]
        while day < min(weeks * 7, gone[person]):
            rows.append((f"c{person}", day, rng.gamma(k["p"], 1 / scale[person])))
            if len(rows) > 1 and rows[-1][1] > first[person] and rng.random() < drop[person]:
                break
            day += rng.gamma(shape, 1 / (shape * rate[person]))
    log = pd.DataFrame(rows, columns=["customer_id", "day", "amount"])
    end = pd.DataFrame({"customer_id": ["c0"], "day": [weeks * 7.0], "amount": [10.0]})
    log = pd.concat([log, end]) if log["day"].max() < weeks * 7 - 3 else log
    log["date"] = START + pd.to_timedelta(np.floor(log["day"]), unit="D")
    return log.drop(columns="day").sort_values("date", kind="stable").round({"amount": 2})


def churn(seed, customers=4000, months=36, rising=0.0):
    """Tenures of a shifted beta-geometric world; with `rising` the chance to leave grows with tenure instead."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(CHURN["a"], CHURN["b"], customers)
    left = np.full(customers, months)
    for month in range(months - 1, -1, -1):
        now = rng.random(customers) < (chance if not rising else 0.005 + rising * month)
        left = np.where(now, month, left)
    seen = rng.integers(months // 3, months, customers)
    return pd.DataFrame(
        {
            "customer_id": np.arange(customers),
            "tenure": np.minimum(left, seen),
            "churned": np.where(left < seen, "yes", "no"),
        }
    )


def payments(seed, payers=1500, months=10, spells=False, kinds=False):
    """Status by month of payers with a lasting chance not to pay.

    With spells, lateness comes in runs; with kinds, four of five pay nearly always, and one hardly ever.
    """
    rng = np.random.default_rng(seed)
    chance = np.minimum(1, (1 - PAYMENTS["reliability"]) * np.exp(PAYMENTS["spread"] * rng.standard_normal(payers)))
    chance = np.where(rng.random(payers) < 0.8, 0.02, 0.75) if kinds else chance
    late = rng.random((payers, months)) < chance[:, None]
    for month in range(1, months if spells else 1):
        late[:, month] |= late[:, month - 1] & (rng.random(payers) < 0.7)
    month = np.tile(np.arange(months), payers)
    dates = [(START + pd.DateOffset(months=int(k))).date() for k in range(months)]
    return pd.DataFrame(
        {
            "customer_id": np.repeat(np.arange(payers), months),
            "month": np.array(dates)[month],
            "late": late.ravel().astype(int),
        }
    )


def choices(seed, households=300, occasions=12):
    """Brand choices by price and habit; habit follows the model's own rule."""
    rng, brands, k = np.random.default_rng(seed), ("ann", "bob", "cat"), CHOICES
    price = np.exp(0.2 * rng.standard_normal((households, occasions, 3)))
    relative, habit, rows = price / price.round(3).mean(), np.zeros((households, 3)), []
    constants = np.array([0.0, 0.5, -0.5])
    for occasion in range(occasions):
        value = constants + k["price weight"] * (1 - relative[:, occasion]) + k["habit weight"] * habit
        chosen = np.argmax(value + rng.gumbel(size=value.shape), axis=1)
        habit = (1 - k["habit learning"]) * habit
        habit[np.arange(households), chosen] += k["habit learning"]
        for person in range(households):
            rows.append((person, occasion, brands[chosen[person]], *price[person, occasion].round(3)))
    return pd.DataFrame(rows, columns=["household_id", "occasion", "choice", *(f"price_{brand}" for brand in brands)])


def network(seed, people=1500, contagion=None):
    """Ties of people with lognormal numbers of them, joined at random; with contagion, periods of adoption too."""
    rng = np.random.default_rng(seed)
    exact = NETWORK["degree"] * np.exp(
        NETWORK["degree spread"] * rng.standard_normal(people) - NETWORK["degree spread"] ** 2 / 2
    )
    ends = np.repeat(np.arange(people), (exact + rng.random(people)).astype(int))
    rng.shuffle(ends)
    half = len(ends) // 2
    ties = np.column_stack([ends[:half], ends[half : 2 * half]])
    table = pd.DataFrame(ties, columns=["from_node", "to_node"])
    if contagion:
        times = adoption_times(rng, ties, people, *contagion)
        table["from_adopted"], table["to_adopted"] = times[ties[:, 0]], times[ties[:, 1]]
    return table.assign(**{name: "p" + table[name].astype(str) for name in ("from_node", "to_node")})


def adoption_times(rng, ties, people, alone, contagious, periods=12):
    """Period in which each person adopts, by own chance and by the share of neighbours who have."""
    ties = np.unique(np.sort(ties[ties[:, 0] != ties[:, 1]], axis=1), axis=0)
    degree = np.maximum(1, np.bincount(ties.ravel(), minlength=people))
    times = np.full(people, np.nan)
    for period in range(1, periods + 1):
        has = ~np.isnan(times)
        around = np.bincount(ties[:, 0], has[ties[:, 1]], people) + np.bincount(ties[:, 1], has[ties[:, 0]], people)
        times[~has & (rng.random(people) < alone + contagious * around / degree)] = period
    return times


def satisfaction(seed, people=3000):
    """Answers from 0 to 10, and who left later."""
    rng = np.random.default_rng(seed)
    points = SATISFACTION["points"] + SATISFACTION["sd"] * rng.standard_normal(people)
    answers = np.clip(np.round(points), 0, 10)
    level = 0.09 + 0.75 * answers / 10
    left = rng.random(people) < -np.expm1(-np.exp(-1.5 - SATISFACTION["slope"] * (level - 0.55)))
    return pd.DataFrame(
        {"respondent": np.arange(people), "satisfaction": answers.astype(int), "left": left.astype(int)}
    )


def ledger(seed, months=36):
    """Profit and loss by month with steady ratios."""
    rng = np.random.default_rng(seed)
    customers = 20_000 + 50 * np.arange(months)
    revenue = LEDGER["revenue by customer and month"] * customers * (1 + 0.05 * rng.standard_normal(months))
    goods = LEDGER["unit cost"] * revenue * (1 + 0.03 * rng.standard_normal(months))
    month = [(START + pd.DateOffset(months=k)).date() for k in range(months)]
    return pd.DataFrame({"month": month, "revenue": revenue.round(2), "cogs": goods.round(2), "customers": customers})


def tickets(seed, customers=3000, months=12, long_tail=False):
    """Events of tickets; each of four departments is needed with one chance, or some tickets wander."""
    rng, rows, number = np.random.default_rng(seed), [], 0
    counts = rng.poisson(rng.gamma(TICKETS["shape"], TICKETS["rate"] / TICKETS["shape"], customers) * months)
    for customer, count in enumerate(counts):
        for _ in range(count):
            start = START + pd.Timedelta(days=rng.uniform(0, months * 365.25 / 12))
            wandering = long_tail and rng.random() < 0.1
            hops = rng.integers(5, 12) if wandering else rng.binomial(4, 0.02 if long_tail else TICKETS["need"])
            for hop in range(hops + 1):
                rows.append((f"t{number}", start + pd.Timedelta(hours=6 * hop), f"g{hop % 5}", f"c{customer}"))
            number += 1
    return pd.DataFrame(rows, columns=["ticket_id", "timestamp", "group", "customer_id"])


WORLDS = {
    "purchases": purchases, "churn": churn, "payments": payments, "choices": choices, "network": network,
    "satisfaction": satisfaction, "ledger": ledger, "tickets": tickets,
}  # fmt: skip
TRUTHS = {
    "purchases": {key: PURCHASES[key] for key in ("r", "alpha", "a", "b", "p", "q", "v")}
    | {"spend": PURCHASES["p"] * PURCHASES["v"] / (PURCHASES["q"] - 1)},
    "churn": CHURN,
    "payments": PAYMENTS,
    "choices": CHOICES,
    "network": NETWORK,
    "satisfaction": {"satisfaction": 0.09 + 0.75 * SATISFACTION["points"] / 10, "slope": SATISFACTION["slope"]},
    "ledger": LEDGER,
    "tickets": TICKETS,
}  # fmt: skip
