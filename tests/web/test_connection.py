"""What a line knows already is not told on it again."""

import json

import pytest

from sim.web.commands_allowed import PLAYER
from sim.web.connection import Connection


class FakeSocket:
    """Keeps what it is sent."""

    def __init__(self):
        self.sent = []

    async def send_text(self, text):
        self.sent.append(json.loads(text))


@pytest.fixture
def line():
    return Connection(FakeSocket(), PLAYER, 1)


def tell(line, **view):
    """Tell a view in changes; the messages that wait then."""
    line.tell_changes({"say": "view", "view": {"department": "sales", **view}}, "view", ("department",))
    return [json.loads(text) for text in line._messages]


def test_the_first_time_the_whole_is_told(line):
    assert tell(line, facts=1, pay=2) == [{"say": "view", "view": {"department": "sales", "facts": 1, "pay": 2}}]


def test_the_second_time_only_what_is_new_is_told(line):
    tell(line, facts=1, pay=2)
    changed = tell(line, facts=1, pay=3)[-1]
    assert changed == {"say": "view", "view": {"department": "sales", "pay": 3}, "changed": True}


def test_what_is_known_in_full_is_not_told(line):
    tell(line, facts=1)
    assert len(tell(line, facts=1)) == 1


def test_where_an_entry_is_gone_the_whole_is_told(line):
    tell(line, facts=1, bought=2)
    assert tell(line, facts=1)[-1] == {"say": "view", "view": {"department": "sales", "facts": 1}}


def test_what_was_forgotten_is_told_in_full_again(line):
    tell(line, facts=1)
    line.forget("view")
    assert "changed" not in tell(line, facts=1)[-1]


def test_a_single_entry_that_was_forgotten_is_told_again(line):
    tell(line, facts=1, pay=2)
    line.forget("view", "pay")
    assert tell(line, facts=1, pay=2)[-1]["view"] == {"department": "sales", "pay": 2}


def test_another_department_is_told_in_full(line):
    tell(line, facts=1)
    line.tell_changes({"say": "view", "view": {"department": "service", "facts": 1}}, "view", ("department",))
    assert json.loads(line._messages[-1])["view"] == {"department": "service", "facts": 1}
