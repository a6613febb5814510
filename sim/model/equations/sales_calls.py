"""Selling: when a call is due, what is believed of a need, what is accepted, and how calls tire."""

import math

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp


@rule
def calls_due(phase: float, before: float, after: float) -> int:
    """Calls on one customer while a rota goes round.

    Args:
        phase: Place of the customer on the rota. [rounds]
        before: Rounds of the rota at the start of the month. [rounds]
        after: Rounds at its end. [rounds]

    Returns:
        Calls. [count]

    Source:
        Systematic sampling: Madow and Madow (1944).

    >>> calls_due(0.5, 0.0, 0.4), calls_due(0.5, 0.4, 0.8)
    (0, 1)
    """
    return int(math.floor(phase + after) - math.floor(phase + before))


@rule
def is_by_quota(pay_value: float, firmness: float) -> bool:
    """Whether a seller follows the quota in this call, or the need.

    Args:
        pay_value: Part of the pay that hangs on customer value, the rest on volume. [share]
        firmness: Part of the pay that must hang on value before this seller, today, follows it. [share]

    Returns:
        True when the quota is followed. [true or false]

    Source:
        Idea: Anderson and Oliver (1987), behaviour- against outcome-based control; evenly spread firmness assumed.

    >>> is_by_quota(0.0, 0.3), is_by_quota(0.5, 0.3), is_by_quota(1.0, 0.99)
    (True, False, False)
    """
    return firmness >= pay_value


@rule
def trust_in_belief(precision: float, spread: float) -> float:
    """Chance that what a firm believes of a need is knowledge and not a guess.

    Args:
        precision: Precision of the belief about the customer. [1/sd^2]
        spread: Standard deviation of goals. [sd]

    Returns:
        Chance. [0-1]

    Source:
        Weight of evidence against a normal prior; used for single categories by assumption.

    >>> trust_in_belief(1.0, 1.0), trust_in_belief(0.0, 1.0), trust_in_belief(5.0, 0.0)
    (0.5, 0.0, 0.0)
    """
    known = precision * spread * spread
    return known / (1.0 + known)


@rule
def appeal(needed: bool, by_quota: bool, unneeded: float, pressure: float) -> float:
    """Appeal of an offer in a sales call.

    Args:
        needed: The category serves a need. [true or false]
        by_quota: The call follows a quota. [true or false]
        unneeded: Appeal of what serves no need, without pressure. [0-1]
        pressure: Share of the missing appeal that pressure makes up for. [0-1]

    Returns:
        Appeal. [0-1]

    Source:
        Idea: Saxe and Weitz (1982), selling orientation; form assumed.

    >>> appeal(True, True, 0.1, 0.5), appeal(False, False, 0.1, 0.5), appeal(False, True, 0.0, 0.5)
    (1.0, 0.1, 0.5)
    """
    if needed:
        return 1.0
    return unneeded + (1.0 - unneeded) * pressure if by_quota else unneeded


@rule
def chance_to_accept(acceptance: float, satisfaction: float, appealing: float, fatigue: float, tiring: float) -> float:
    """Chance that a sales call sells.

    Args:
        acceptance: Chance of a needed category with a rested, fully satisfied customer. [0-1]
        satisfaction: Satisfaction with the firm. [0-1]
        appealing: Appeal of the offer. [0-1]
        fatigue: Calls that are not forgotten. [calls]
        tiring: Log of the chance lost per such call. [1/call]

    Returns:
        Chance. [0-1]

    Source:
        Assumed form; wear-out of contacts: van Diepen, Donkers and Franses (2009).

    >>> chance_to_accept(0.2, 0.5, 1.0, 0.0, 0.3)
    0.1
    """
    return acceptance * satisfaction * appealing * exp(-tiring * fatigue)


@rule
def fatigue_after_rest(fatigue: float, months: float) -> float:
    """Fatigue after a month without calls.

    Args:
        fatigue: Fatigue before. [calls]
        months: Time in which it falls to exp(-1). [months]

    Returns:
        Fatigue after. [calls]

    Source:
        Assumed form.

    >>> fatigue_after_rest(0.0, 6.0), round(fatigue_after_rest(1.0, 1.0), 6) == round(exp(-1.0), 6)
    (0.0, True)
    """
    return fatigue * exp(-1.0 / months)


@rule
def anger(fatigue: float, level: float, strength: float) -> float:
    """Satisfaction that one more call costs.

    Args:
        fatigue: Calls that are not forgotten. [calls]
        level: Fatigue that is borne. [calls]
        strength: Satisfaction lost per call beyond it. [1/call]

    Returns:
        Satisfaction lost. [0-1]

    Source:
        Irritation: van Diepen, Donkers and Franses (2009); form assumed.

    >>> anger(2.0, 2.0, 0.1), anger(3.0, 2.0, 0.1)
    (0.0, 0.1)
    """
    return strength * max(0.0, fatigue - level)


@rule
def useful_share(needed: int, held: int, value: float) -> float:
    """Part of what is paid for that serves a need.

    Args:
        needed: Further categories held that serve a need. [count]
        held: Further categories held. [count]
        value: Value of a further category against the first. [share]

    Returns:
        Share. [0-1]

    Source:
        Definition.

    >>> useful_share(1, 1, 0.25), useful_share(0, 1, 1.0)
    (1.0, 0.5)
    """
    return (1.0 + value * needed) / (1.0 + value * held)
