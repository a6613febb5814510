"""Receivables: payment reliability, effects of reminders and holds, and learning when nobody checks."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp


@rule
def payment_reliability(normal: float, usual: float, spread: float, discipline: float) -> float:
    """Chance that a customer pays an account in the month in which it is due.

    Args:
        normal: Lasting standard normal number of the customer. [1]
        usual: Chance of the median customer. [0-1]
        spread: Spread of the chance not to pay, over customers. [sd of log]
        discipline: Part of it that lax checking has left. [0-1]

    Returns:
        Chance. [0-1]

    Source:
        Assumed: a lognormal chance not to pay, so that few customers are late often and most are late seldom.

    >>> payment_reliability(0.7, 1.0, 0.9, 1.0), payment_reliability(0.0, 0.5, 0.9, 0.5)
    (1.0, 0.25)
    """
    return discipline * (1.0 - min(1.0, (1.0 - usual) * exp(spread * normal)))


@rule
def chance_to_pay(reliability: float, reminder: float, hold: float) -> float:
    """Chance that an account is paid this month, when a reminder or a hold presses.

    Args:
        reliability: Chance without either. [0-1]
        reminder: Part of those who would not pay whom this month's reminder moves; 0 without one. [0-1]
        hold: The same of last month's hold. [0-1]

    Returns:
        Chance. [0-1]

    Source:
        Independent pushes; assumed.

    >>> chance_to_pay(0.5, 0.0, 0.0), chance_to_pay(0.5, 0.5, 0.5)
    (0.5, 0.875)
    """
    return 1.0 - (1.0 - reliability) * (1.0 - reminder) * (1.0 - hold)


@rule
def learned_discipline(discipline: float, checked: bool, laxity: float, restoring: float) -> float:
    """Discipline after a month in which the account was overdue.

    Args:
        discipline: Before. [0-1]
        checked: True if the customer was reminded or held. [true or false]
        laxity: Part lost when nobody checks. [0-1]
        restoring: Part of what is missing that comes back when somebody does. [0-1]

    Returns:
        Discipline after. [0-1]

    Source:
        Linear operator learning: Bush and Mosteller (1951); rates assumed.

    >>> learned_discipline(1.0, False, 0.25, 0.5), learned_discipline(0.5, True, 0.25, 0.5)
    (0.75, 0.75)
    """
    if checked:
        return discipline + restoring * (1.0 - discipline)
    return discipline * (1.0 - laxity)


@rule
def chance_of_mistake(error: float, lasting: float, months: float) -> float:
    """Chance that a ledger shows a sound account as overdue for so long.

    Args:
        error: Chance that it shows one as overdue for a month. [0-1]
        lasting: Chance that an error is not found for a further month. [0-1]
        months: Months overdue that are asked for. [months]

    Returns:
        Chance. [0-1]

    Source:
        Geometric duration of errors; assumed.

    >>> chance_of_mistake(0.25, 0.5, 1.0), chance_of_mistake(0.25, 0.5, 2.0)
    (0.25, 0.125)
    """
    return error * lasting ** max(0.0, months - 1.0)
