"""What walls are good for: staff behind them practises one speciality, and meetings take less of its time."""

from collections.abc import Mapping

from sim.model.firm.organisation.walls import Walls
from sim.model.state import OTHER_DEPARTMENTS


def focus(height: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Practice in the own speciality that a month at the service desk is worth. [months]

    Behind full walls each part of an incident goes to the department whose matter it is. Without walls the desk does
    all parts itself, and what it learns from other departments' matters counts only as far as they are related.

    Args:
        height: Mean height of the walls between service and the four others. [0-1]
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    need = market["service.handoff_need"] if mechanisms["handoffs"] else 0.0
    others = OTHER_DEPARTMENTS * need * (1.0 - height)
    return (1.0 + market["service.related_practice"] * others) / (1.0 + others)


def practice_after_month(
    practice: float, turnover: float, routines: Walls, market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> float:
    """Practice after a month at the desk; part of the old practice leaves with staff, or fades. [ratio]

    Args:
        practice: Practice before, against that under the neutral plan. [ratio]
        turnover: Part of the staff that left in the month. [share]
        routines: Heights of the walls as incidents meet them.
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    usual = focus(market["neutral.walls"], market, mechanisms)
    gained = focus(routines.mean(routines.of_service), market, mechanisms) / usual
    fading = market["service.practice_fading"]
    return practice + (market["service.turnover"] + fading) * gained - (turnover + fading) * practice


def handling_after_practice(practice: float, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Hours of an incident against those of a desk with the practice of the neutral plan. [ratio]"""
    power = market["service.specialisation"] if mechanisms["specialisation"] else 0.0
    return float(practice**-power)


def time_after_meetings(
    walls: Walls, heights: tuple[float, ...], market: Mapping[str, float], mechanisms: Mapping[str, bool]
) -> float:
    """Hours that meetings leave a department, against those that they leave it in the neutral plan. [ratio]

    Args:
        walls: Heights of the firm's walls.
        heights: Those between the department and the four others. [0-1]
        market: Numbers of the market.
        mechanisms: Which mechanisms are on.
    """
    if not mechanisms["meetings"]:
        return 1.0
    taken = market["organisation.meeting_time"]
    return (1.0 - taken * (1.0 - walls.mean(heights))) / (1.0 - taken * (1.0 - market["neutral.walls"]))
