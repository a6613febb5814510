"""What walls are good for: practice in one speciality, and hours that meetings leave."""

import pytest

from sim.model.firm.operations.service_desk import capacity, new_desk
from sim.model.firm.organisation.practice import (
    focus,
    handling_after_practice,
    practice_after_month,
    time_after_meetings,
)
from sim.model.firm.organisation.walls import level
from sim.parameters import MECHANISMS
from tests.support.worlds import focal, run_market, same, small

MARKET = small().market
ON = dict.fromkeys(MECHANISMS, True)
USUAL = MARKET["neutral.walls"]


def after_years(height, years=60, **numbers):
    market = {**MARKET, **numbers}
    practice = 1.0
    for _ in range(12 * years):
        practice = practice_after_month(practice, market["service.turnover"], level(height), market, ON)
    return practice


def test_practice_comes_to_rest_where_focus_is_against_that_under_the_neutral_plan():
    for height in (0.0, 0.3, 1.0):
        expected = focus(height, MARKET, ON) / focus(USUAL, MARKET, ON)
        assert after_years(height) == pytest.approx(expected)


def test_twice_the_practice_lowers_hours_to_the_progress_ratio():
    assert handling_after_practice(2.0, MARKET, ON) == pytest.approx(2.0 ** -MARKET["service.specialisation"])


def test_all_that_a_desk_without_walls_does_is_its_own_and_what_others_would_have_done():
    others = 4 * MARKET["service.handoff_need"]
    related = MARKET["service.related_practice"]
    assert focus(0.0, MARKET, ON) == pytest.approx((1.0 + related * others) / (1.0 + others))
    assert focus(1.0, MARKET, ON) == 1.0


def test_where_incidents_need_no_other_department_walls_focus_nobody():
    assert focus(0.0, MARKET, ON | {"handoffs": False}) == 1.0


def test_who_leaves_takes_practice_along():
    lost = 0.2 - MARKET["service.turnover"]
    assert practice_after_month(1.0, 0.2, level(USUAL), MARKET, ON) == pytest.approx(1.0 - lost)


def test_meetings_take_a_quarter_of_their_time_for_each_department_joined():
    taken = MARKET["organisation.meeting_time"]
    none, one = (time_after_meetings(level(1.0), heights, MARKET, ON) for heights in ((1.0,) * 4, (0.0, 1.0, 1.0, 1.0)))
    assert one / none == pytest.approx(1.0 - taken / 4.0)


def test_the_neutral_plan_has_all_hours_of_its_staff():
    assert time_after_meetings(level(USUAL), (USUAL,) * 4, MARKET, ON) == 1.0


def test_hours_in_meetings_are_missing_at_the_desk():
    desk = new_desk(1000.0, 0.8, MARKET)
    before = capacity(desk, MARKET)
    desk.present = 0.9
    assert capacity(desk, MARKET) == pytest.approx(0.9 * before)


def test_firms_with_the_walls_of_the_neutral_plan_neither_gain_nor_lose_by_meetings():
    alike = {f"firms__{seat}__decisions__walls": USUAL for seat in range(3)}
    assert same(run_market(small(**alike)), run_market(small(**alike, mechanisms__meetings=False)))


def test_research_yields_more_behind_walls():
    still = {"market__service__specialisation": 0.0, "mechanisms__walls_hide": False}
    still |= {f"mechanisms__{name}": False for name in ("handoffs", "belief_learning", "incidents", "link_costs")}
    one, other = (
        focal(run_market(small(months=24, firms__0__decisions__walls=height, **still))) for height in (0.0, 1.0)
    )
    assert other.quality.iloc[-1] > one.quality.iloc[-1]
