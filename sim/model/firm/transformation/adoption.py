"""Staff chooses how far to work in the new way: by own pay, hours, effort of learning, and what colleagues do."""

import math
from collections.abc import Sequence

MOST_ODDS = 60.0  # guard of the exponential


def chance(odds: float) -> float:
    """Share that is willing, from log odds.

    >>> chance(0.0), chance(1e9)
    (0.5, 1.0)
    """
    return 1.0 / (1.0 + math.exp(-max(-MOST_ODDS, min(MOST_ODDS, odds))))


def relative(now: float, before: float) -> float:
    """Change against what was before, held within -1 and 1; 0 where nothing was. [share]

    >>> relative(110.0, 100.0), relative(-5.0, -10.0), relative(1.0, 0.0), relative(900.0, 100.0)
    (0.1, 0.5, 0.0, 1.0)
    """
    return max(-1.0, min(1.0, (now - before) / abs(before))) if before != 0.0 else 0.0


def gain(pay_value: float, value: float, hours: float, pay_share: float) -> float:
    """What the new way brings to a member of staff, as a share of pay and of working time.

    Args:
        pay_value: Part of the variable pay that hangs on customer value; the rest hangs on volume. [0-1]
        value: Gain of customer value that is expected of the new way. [share]
        hours: Hours saved on a piece of work; as many more pieces are done. [share]
        pay_share: Part of the pay that varies. [0-1]

    >>> gain(1.0, 0.2, 0.0, 0.5), gain(0.0, 0.2, 0.0, 0.5), round(gain(0.0, 0.2, -0.1, 0.5), 9)
    (0.1, 0.0, -0.15)
    """
    return pay_share * (pay_value * value + (1.0 - pay_value) * hours) + hours


def effort(disruption: float, patience: float, morale_lost: float, weariness: float) -> float:
    """Effort of learning as a share of working time; who is worn out feels it more.

    Args:
        disruption: Work lost by learning. [months]
        patience: Months over which it is spread. [months]
        morale_lost: Morale lost against a rested desk. [0-1]
        weariness: Weight added per point of morale lost. [1]

    >>> effort(0.5, 10.0, 0.0, 5.0), round(effort(0.5, 10.0, 0.2, 5.0), 9)
    (0.05, 0.1)
    """
    return disruption / patience * (1.0 + weariness * morale_lost)


def clash(moved: Sequence[float]) -> float:
    """How far departments pull apart: twice the mean distance of the levers pulled from their mean. [0-1]

    >>> clash([0.5, 0.5, 0.5]), clash([0.0, 0.0, 1.0, 1.0]), clash([])
    (0.0, 1.0, 0.0)
    """
    if not moved:
        return 0.0
    middle = math.fsum(moved) / len(moved)
    return 2.0 * math.fsum(abs(one - middle) for one in moved) / len(moved)


def agreement(moved: Sequence[float], vision: float) -> float:
    """How far colleagues elsewhere pull the same way; an integrating vision makes up for what differs. [0-1]

    >>> agreement([0.0, 1.0], 0.0), agreement([0.0, 1.0], 1.0), agreement([0.3, 0.3], 0.0)
    (0.0, 1.0, 1.0)
    """
    return 1.0 - (1.0 - vision) * min(1.0, clash(moved))


def uptake(adopted: float, built: float, willing: float, pace: float) -> float:
    """Share of the staff that changes to the new way this month.

    Args:
        adopted: Share that works in it. [0-1]
        built: Share for whom it is there. [0-1]
        willing: Chance that one who could change wants to. [0-1]
        pace: Part of the staff that could change in a month. [1/month]

    >>> uptake(0.2, 0.6, 0.5, 0.1), uptake(0.6, 0.2, 1.0, 0.1)
    (0.02, 0.0)
    """
    return pace * willing * max(0.0, built - adopted)


def relapse(adopted: float, content: float, pace: float) -> float:
    """Share of the staff that falls back into the old way this month. content: chance to want to stay [0-1]

    >>> relapse(0.5, 1.0, 0.1), relapse(0.5, 0.0, 0.1)
    (0.0, 0.05)
    """
    return pace * (1.0 - content) * adopted
