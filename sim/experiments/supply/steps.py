"""Steps towards a world in which what the industry does is what pays: Lerner, Dorfman and Steiner, and shares."""

DAMPING = 0.7  # exponent of a step, so that steps do not overshoot
MOST_FACTOR = 2.0  # by which one step may change a number


def damped(factor: float) -> float:
    """The factor of a step: damped and limited.

    >>> damped(1.0), damped(1e9), damped(0.0)
    (1.0, 2.0, 0.5)
    """
    if factor <= MOST_FACTOR ** (-1.0 / DAMPING):
        return 1.0 / MOST_FACTOR
    return float(min(MOST_FACTOR, factor**DAMPING))


def lerner_factor(best: float, cost: float, aim: float = 1.0) -> float:
    """Factor on the price weight after which the best price moves to the aim.

    At the best price p the elasticity is p / (p - c), and elasticity grows in proportion to weight and price.

    Args:
        best: Best price now. [ratio]
        cost: Cost that a sale causes, as a share of price 1.
        aim: Best price that is wanted. [ratio]

    Source:
        Lerner (1934), Review of Economic Studies 1(3): margin over price is one over elasticity.

    >>> round(lerner_factor(1.2, 0.6), 6), lerner_factor(1.0, 0.6)
    (1.5, 1.0)
    """
    return (best - cost) / max(0.01, aim - cost)


def budget_factor(best: float, wanted: float) -> float:
    """Factor on the effect of a budget after which its best size moves to the one that is wanted.

    The best budget is in proportion to its elasticity of demand, price and its elasticity being given.

    Source:
        Dorfman and Steiner (1954), American Economic Review 44(5): budget over revenue is the ratio of elasticities.

    >>> budget_factor(0.02, 0.04), budget_factor(0.0, 0.04)
    (2.0, 4.0)
    """
    return wanted / max(best, wanted / MOST_FACTOR**2)
