"""Choice: when a customer looks around, and what a firm is worth to somebody who looks."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp


@rule
def chance_to_consider(satisfaction: float, neutral: float, base: float, slope: float, triggers: float) -> float:
    """Chance that a customer under contract looks around this month.

    Args:
        satisfaction: Satisfaction with the supplier. [0-1]
        neutral: Satisfaction at which the chance is `base`. [0-1]
        base: Chance at neutral satisfaction. [1/month]
        slope: How fast the chance rises with dissatisfaction. [1]
        triggers: Sum of the chances added by events. [1/month]

    Returns:
        Chance. [0-1]

    Source:
        Assumed form; separate stages of considering and choosing: Hauser and Wernerfelt (1990).

    >>> chance_to_consider(0.6, 0.6, 0.014, 4.0, 0.0)
    0.014
    """
    return min(1.0, base * exp(slope * (neutral - satisfaction)) + triggers)


@rule
def price_trigger(price: float, reference: float) -> float:
    """Excess of a price over the reference price.

    Args:
        price: Price asked. [ratio]
        reference: Price remembered or seen elsewhere. [ratio]

    Returns:
        Excess. [ratio, >= 0]

    Source:
        Reference price: Kalyanaram and Winer (1995).

    >>> price_trigger(1.2, 1.0) > 0.19, price_trigger(0.9, 1.0)
    (True, 0.0)
    """
    return max(0.0, price / reference - 1.0)


@rule
def price_over_stay(price: float, discount: float, months: float, stay: float) -> float:
    """Monthly price over the time for which a customer expects to stay, where a discount lasts for some months of it.

    Args:
        price: List price. [ratio]
        discount: Discount on each of the bills of these months. [share]
        months: Months for which the discount is given. [months]
        stay: Months for which the customer expects to stay. [months, > 0]

    Returns:
        Price. [ratio]

    Source:
        What it saves, once; bills are not discounted in time.

    >>> price_over_stay(1.0, 0.12, 1.0, 12.0), price_over_stay(1.0, 0.1, 6.0, 1.0)
    (0.99, 0.9)
    """
    return price * (1.0 - discount * min(1.0, months / stay))


@rule
def demand_at(price: float, elasticity: float) -> float:
    """Factor by which buying answers the list price, 1 at price 1.

    Args:
        price: List price. [ratio]
        elasticity: Price elasticity of what is bought at price 1, without its sign. [1]

    Returns:
        Factor. [ratio, > 0]

    Source:
        Semi-logarithmic demand.

    >>> demand_at(1.0, 0.5), demand_at(1.1, 0.0), round(demand_at(1.1, 0.5), 3)
    (1.0, 1.0, 0.951)
    """
    return exp(elasticity * (1.0 - price))


@rule
def value_of_firm(
    standing: float,
    fit: float,
    price: float,
    offer: float,
    experience_weight: float,
    fit_weight: float,
    price_weight: float,
) -> float:
    """Utility of a firm before habit, taste and luck.

    Args:
        standing: Own satisfaction with the firm, or its reputation. [0-1]
        fit: Fit that the stated preference sees in its nearest line. [0-1]
        price: Price over the expected stay, discounts taken off. [ratio]
        offer: Weight of a contact, of switching and of effort. [utility]
        experience_weight: Weight of the standing. [utility]
        fit_weight: Weight of the fit. [utility]
        price_weight: Weight of the price. [utility]

    Returns:
        Utility. [utility]

    Source:
        Random utility: McFadden (1974).

    >>> value_of_firm(0.5, 0.0, 1.0, 0.0, 6.0, 1.0, 3.0)
    3.0
    """
    return experience_weight * standing + fit_weight * fit + price_weight * (1.0 - price) + offer


@rule
def response(satisfaction: float, neutral: float, strength: float) -> float:
    """Factor by which buying answers satisfaction.

    Args:
        satisfaction: Satisfaction with the firm. [0-1]
        neutral: Satisfaction at which the factor is 1. [0-1]
        strength: Relative change per point of satisfaction. [1]

    Returns:
        Factor. [ratio, >= 0]

    Source:
        Assumed form; sign: Mittal and Kamakura (2001).

    >>> response(0.6, 0.6, 0.5)
    1.0
    """
    return max(0.0, 1.0 + strength * (satisfaction - neutral))


@rule
def chance_of_dropout(base: float, satisfaction: float, neutral: float, strength: float) -> float:
    """Chance that a customer is gone for good after a purchase.

    Args:
        base: Chance at neutral satisfaction. [0-1]
        satisfaction: Satisfaction with the firm. [0-1]
        neutral: Satisfaction at which the chance is `base`. [0-1]
        strength: Log change per point of satisfaction below neutral. [1]

    Returns:
        Chance. [0-1]

    Source:
        BG/NBD: Fader, Hardie and Lee (2005); answer to satisfaction assumed.

    >>> chance_of_dropout(0.2, 0.6, 0.6, 2.0)
    0.2
    """
    return min(1.0, base * exp(strength * (neutral - satisfaction)))
