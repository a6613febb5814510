"""Word of mouth: who says something, and what it does to a reputation."""

from sim.numeric.compiling import rule


@rule
def chance_of_praise(satisfaction: float, most: float, talkativeness: float) -> float:
    """Chance of a positive message this month.

    Args:
        satisfaction: Satisfaction with the firm. [0-1]
        most: Chance at full satisfaction. [1/month]
        talkativeness: Factor of the person. [ratio]

    Returns:
        Chance. [0-1]

    Source:
        Asymmetric U: Anderson (1998); form assumed.

    >>> chance_of_praise(0.5, 0.08, 1.0)
    0.02
    """
    return min(0.5, most * talkativeness * satisfaction * satisfaction)


@rule
def chance_of_blame(satisfaction: float, most: float, talkativeness: float) -> float:
    """Chance of a negative message this month.

    Args:
        satisfaction: Satisfaction with the firm. [0-1]
        most: Chance at no satisfaction. [1/month]
        talkativeness: Factor of the person. [ratio]

    Returns:
        Chance. [0-1]

    Source:
        Asymmetric U: Anderson (1998); form assumed.

    >>> chance_of_blame(0.0, 0.1, 1.0)
    0.1
    """
    missing = 1.0 - satisfaction
    return min(0.5, most * talkativeness * missing * missing * missing)


@rule
def updated_reputation(reputation: float, positive: int, negative: int, weight: float) -> float:
    """Reputation after hearing messages.

    Args:
        reputation: Reputation before. [0-1]
        positive: Positive messages heard. [count]
        negative: Negative messages heard. [count]
        weight: Weight of one message. [0-1]

    Returns:
        Reputation after. [0-1]

    Source:
        Assumed: repeated exponential smoothing towards the tone of the messages.

    >>> updated_reputation(0.5, 0, 0, 0.1)
    0.5
    """
    heard = positive + negative
    if heard == 0:
        return reputation
    memory = 1.0
    for _ in range(heard):
        memory *= 1.0 - weight
    return reputation + (1.0 - memory) * (positive / heard - reputation)


@rule
def faded_reputation(reputation: float, neutral: float, speed: float) -> float:
    """Reputation after a month in which nobody mentioned the firm.

    Args:
        reputation: Reputation before. [0-1]
        neutral: Value to which it returns. [0-1]
        speed: Share of the gap closed. [1/month]

    Returns:
        Reputation after. [0-1]

    Source:
        Assumed form.

    >>> faded_reputation(0.4, 0.6, 0.5)
    0.5
    """
    return reputation + speed * (neutral - reputation)


@rule
def chance_to_learn_of(messages: int, chance: float) -> float:
    """Chance that messages make an unknown firm known.

    Args:
        messages: Messages heard. [count]
        chance: Chance of one message. [0-1]

    Returns:
        Chance. [0-1]

    Source:
        Independent contagion on ties, as in Goldenberg, Libai and Muller (2001).

    >>> chance_to_learn_of(0, 0.5), chance_to_learn_of(2, 0.5)
    (0.0, 0.75)
    """
    spared = 1.0
    for _ in range(messages):
        spared *= 1.0 - chance
    return 1.0 - spared
