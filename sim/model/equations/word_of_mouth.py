"""Word of mouth: who says something, and what it does to a reputation."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp, times_power

LOG_OF_TWO = 0.6931471805599453


@rule
def chance_of_praise(satisfaction: float, most: float, talkativeness: float, power: float, bound: float) -> float:
    """Chance of a positive message this month.

    Args:
        satisfaction: Satisfaction with the firm. [0-1]
        most: Chance at full satisfaction. [1/month]
        talkativeness: Factor of the person. [ratio]
        power: How often satisfaction is multiplied in. [count]
        bound: Largest chance. [1/month]

    Returns:
        Chance. [0-1]

    Source:
        Asymmetric U: Anderson (1998); form assumed.

    >>> chance_of_praise(0.5, 0.08, 1.0, 2.0, 0.5)
    0.02
    """
    return min(bound, times_power(most * talkativeness, satisfaction, power))


@rule
def chance_of_blame(satisfaction: float, most: float, talkativeness: float, power: float, bound: float) -> float:
    """Chance of a negative message this month.

    Args:
        satisfaction: Satisfaction with the firm. [0-1]
        most: Chance at no satisfaction. [1/month]
        talkativeness: Factor of the person. [ratio]
        power: How often missing satisfaction is multiplied in. [count]
        bound: Largest chance. [1/month]

    Returns:
        Chance. [0-1]

    Source:
        Asymmetric U: Anderson (1998); form assumed.

    >>> chance_of_blame(0.0, 0.1, 1.0, 3.0, 0.5)
    0.1
    """
    return min(bound, times_power(most * talkativeness, 1.0 - satisfaction, power))


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


@rule
def opinion(satisfaction: float, reputation: float, experience: float, half: float) -> float:
    """What somebody thinks of a firm that they have used: own experience, beside what they have heard.

    Args:
        satisfaction: Own satisfaction with the firm. [0-1]
        reputation: What was heard of the firm. [0-1]
        experience: Own use that is not forgotten. [months]
        half: Own use that weighs as much as what was heard; 0: own experience alone counts. [months]

    Returns:
        Opinion. [0-1]

    Source:
        Weights by precision: normal learning as in Erdem and Keane (1996); form assumed.

    >>> opinion(0.9, 0.5, 6.0, 6.0), opinion(0.9, 0.5, 0.0, 6.0), opinion(0.9, 0.5, 1.0, 0.0)
    (0.7, 0.5, 0.9)
    """
    if half <= 0.0:
        return satisfaction
    return reputation + experience / (experience + half) * (satisfaction - reputation)


@rule
def share_kept(half_life: float) -> float:
    """Part of an experience that is left after a month.

    Args:
        half_life: Time in which half is lost; 0: nothing is lost. [months]

    Returns:
        Share. [0-1]

    Source:
        Exponential forgetting; form assumed.

    >>> share_kept(0.0), round(share_kept(1.0), 9)
    (1.0, 0.5)
    """
    return exp(-LOG_OF_TWO / half_life) if half_life > 0.0 else 1.0


@rule
def chance_to_forget(most: float, experience: float, half: float) -> float:
    """Chance to forget a firm in a month in which nothing is heard of it.

    Args:
        most: Chance without own experience. [1/month]
        experience: Own use that is not forgotten. [months]
        half: Own use that halves the chance; 0: who has used a firm does not forget it. [months]

    Returns:
        Chance. [0-1]

    Source:
        Assumed form; sign: Naik, Mantrala and Sawyer (1998).

    >>> chance_to_forget(0.02, 0.0, 6.0), chance_to_forget(0.02, 6.0, 6.0), chance_to_forget(0.02, 1.0, 0.0)
    (0.02, 0.01, 0.0)
    """
    return most * half / (experience + half) if experience > 0.0 else most


@rule
def strength_of_tie(normal: float, spread: float) -> float:
    """Strength of a tie, of mean 1 over ties.

    Args:
        normal: Lasting luck of the tie. [standard normal]
        spread: Standard deviation of the log; 0: all ties are alike. [sd of log]

    Returns:
        Strength. [ratio, > 0]

    Source:
        Idea: Granovetter (1973); lognormal form assumed.

    >>> strength_of_tie(1.3, 0.0)
    1.0
    """
    return exp(spread * normal - 0.5 * spread * spread)


@rule
def chance_to_tell(most: float, talkativeness: float) -> float:
    """Chance that somebody who left a firm says so this month.

    Args:
        most: Chance at mean talkativeness. [1/month]
        talkativeness: Factor of the person. [ratio]

    Returns:
        Chance. [0-1]

    Source:
        Idea: Nitzan and Libai (2011); form assumed.

    >>> chance_to_tell(0.25, 2.0), chance_to_tell(0.25, 9.0)
    (0.5, 1.0)
    """
    return min(1.0, most * talkativeness)
