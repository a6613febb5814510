"""Buying from a repertoire: months with a purchase, and chances that a relation is alive and in use."""

from sim.numeric.compiling import rule
from sim.numeric.mathematics import exp

TWO_YEARS = 24  # months that are remembered one by one
THIS_YEAR = (1 << 12) - 1  # bits of the last twelve months, the latest first
YEAR_BEFORE = THIS_YEAR << 12
EARLIER = 1 << 24  # some purchase before those two years
_OLDEST = 1 << 23


@rule
def history_after(history: int, bought: int) -> int:
    """Months with a purchase, a bit each: the latest first, for two years, and one bit for all that was before.

    Args:
        history: Bits before this month. [bits]
        bought: 1 after a month with a purchase, else 0. [0 or 1]

    Returns:
        Bits after it. [bits]

    Source:
        Definition.

    >>> history_after(0, 1), history_after(0b101, 0), history_after(1 << 23, 0) == EARLIER
    (1, 10, True)
    """
    earlier = (history & EARLIER) | ((history & _OLDEST) << 1)
    return earlier | ((history << 1) & (THIS_YEAR | YEAR_BEFORE)) | bought


@rule
def has_lapsed(history: int, months: int) -> bool:
    """Whether somebody who once bought has not done so for some months.

    Args:
        history: Months with a purchase, this month not among them yet. [bits]
        months: Months without a purchase that make a lapse; two years at most. [months]

    Returns:
        Whether the last purchase is so long ago.

    Source:
        Definition.

    >>> has_lapsed(0b100, 3), has_lapsed(0b100, 4), has_lapsed(0, 3)
    (True, False, False)
    """
    return history != 0 and history & ((1 << (months - 1)) - 1) == 0


@rule
def chance_alive(rate: float, dropout: float, silent: float) -> float:
    """Chance that a relation is not over, from the time since the last purchase.

    Args:
        rate: Purchases from the firm while the relation lives. [1/month]
        dropout: Chance to be gone after a purchase. [0-1]
        silent: Time since the last purchase. [months]

    Returns:
        Chance. [0-1]

    Source:
        BG/NBD with a known rate and dropout: Fader, Hardie and Lee (2005).

    >>> chance_alive(0.5, 0.0, 30.0), chance_alive(0.5, 0.25, 0.0), round(chance_alive(0.5, 0.25, 4.0), 3)
    (1.0, 0.75, 0.289)
    """
    stays = (1.0 - dropout) * exp(-rate * silent)
    return stays / (stays + dropout) if dropout > 0.0 else 1.0


@rule
def chance_in_use(rate: float) -> float:
    """Chance that a customer buys from the firm in a month, by which trouble comes.

    Args:
        rate: Purchases from the firm. [1/month]

    Returns:
        Chance. [0-1]

    Source:
        Poisson purchases: Ehrenberg (1959).

    >>> chance_in_use(0.0), round(chance_in_use(0.6931472), 6)
    (0.0, 0.5)
    """
    return 1.0 - exp(-rate)
