"""The clock of a room and the timer of a round."""

import pytest

from sim.web.clock import RoomClock
from sim.web.countdown import Countdown


def test_a_clock_that_plays_moves_by_its_speed():
    assert RoomClock(playing=True, speed=6.0, month=10.0, at=100.0).month_at(102.0, ready=60) == 22.0


def test_a_clock_never_passes_the_months_that_are_computed():
    assert RoomClock(playing=True, speed=6.0, month=10.0, at=100.0).month_at(102.0, ready=15) == 15.0


def test_a_clock_that_is_paused_stands():
    assert RoomClock(month=10.0, at=100.0).month_at(999.0, ready=60) == 10.0


def test_a_clock_waits_where_the_computed_months_end_and_goes_on_from_there():
    clock = RoomClock(playing=True, speed=6.0, month=0.0, at=100.0)
    assert clock.tick(102.0, ready=6, months=60)
    assert (clock.waiting, clock.month) == (True, 6.0)
    assert clock.tick(105.0, ready=20, months=60)
    assert (clock.waiting, clock.month_at(106.0, ready=20)) == (False, 12.0)


def test_a_clock_stops_at_the_last_month():
    clock = RoomClock(playing=True, speed=6.0, month=50.0, at=100.0)
    assert clock.tick(110.0, ready=60, months=60)
    assert (clock.playing, clock.month) == (False, 60.0)


def test_nothing_is_told_while_a_clock_just_runs():
    assert not RoomClock(playing=True, speed=6.0, month=0.0, at=100.0).tick(101.0, ready=60, months=60)


def test_a_timer_runs_down():
    assert Countdown("running", left=60.0, of=60.0, at=100.0).left_at(130.0) == 30.0


@pytest.mark.parametrize(
    ("asked", "state", "left", "of"),
    [
        ({"seconds": 90}, "running", 90, 90),
        ({"extend": 60}, "running", 90.0, 120.0),
        ({"pause": True}, "paused", 30.0, 60.0),
        ({"off": True}, "off", 30.0, 60.0),
    ],
)
def test_a_running_timer_can_be_set_extended_paused_and_switched_off(asked, state, left, of):
    timer = Countdown("running", left=60.0, of=60.0, at=100.0)
    assert timer.after(asked, now=130.0) == {"state": state, "left": left, "of": of}


def test_a_paused_timer_goes_on_where_it_stood():
    paused = Countdown("paused", left=20.0, of=60.0, at=100.0)
    assert paused.after({"resume": True}, now=500.0) == {"state": "running", "left": 20.0, "of": 60.0}


def test_a_paused_timer_is_never_up():
    assert not Countdown("paused", left=0.0, of=60.0, at=0.0).is_up(1e9)


def test_a_running_timer_is_up_when_nothing_is_left():
    assert Countdown("running", left=5.0, of=5.0, at=100.0).is_up(105.0)
