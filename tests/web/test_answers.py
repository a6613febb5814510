"""A command that comes again is answered as it was, on whatever line it comes."""

import asyncio
import json

import pytest

from sim.web.answers import MOST_KEPT, AnswerBook
from sim.web.commands_allowed import FACILITATOR, GUEST
from sim.web.connection import Connection

LIFE, DONE = {"say": "life", "id": "a", "life": 1}, {"say": "done", "id": "a", "seq": 1}


def line(role=FACILITATOR):
    return Connection(None, role)


def told(line):
    return [json.loads(text) for text in line._messages]


@pytest.fixture
def book():
    """A book with one answer in full, given on a line of its own."""
    book, first = AnswerBook(), line()
    book.begin(first, "a")
    first.tell(LIFE)
    first.tell(DONE)
    book.finish(first, "a")
    return book


def again(book, asker, id="a"):
    asyncio.run(asyncio.wait_for(book.known(FACILITATOR, id).repeat(asker), 1))
    return told(asker)


def test_another_line_is_told_the_whole_first_answer(book):
    assert again(book, line()) == [LIFE, DONE]


def test_the_line_that_was_told_while_it_was_done_is_told_nothing_twice():
    book, first = AnswerBook(), line()
    book.begin(first, "a")
    first.tell(LIFE)
    assert again(book, first) == [LIFE]


def test_a_line_that_comes_while_it_is_done_is_told_when_it_is_whole():
    book, first, second = AnswerBook(), line(), line()

    async def lose_the_line():
        book.begin(first, "a")
        first.tell(LIFE)
        waiting = asyncio.create_task(book.known(FACILITATOR, "a").repeat(second))
        await asyncio.sleep(0)
        before = told(second)
        first.tell(DONE)
        book.finish(first, "a")
        await waiting
        return before

    assert asyncio.run(lose_the_line()) == []
    assert told(second) == [LIFE, DONE]


def test_a_command_that_broke_down_without_an_answer_may_be_done_again():
    book, first = AnswerBook(), line()
    book.begin(first, "a")
    book.finish(first, "a")
    assert book.known(FACILITATOR, "a") is None


def test_who_may_no_longer_be_told_it_is_not_told_it(book):
    assert again(book, line(GUEST)) == []


def test_the_oldest_answers_are_forgotten(book):
    for number in range(MOST_KEPT):
        book.begin(line(), str(number))
    assert book.known(FACILITATOR, "a") is None


def test_another_sender_is_told_nothing_of_it(book):
    assert book.known("projector", "a") is None


def test_an_answer_of_a_room_that_is_gone_is_forgotten(book):
    book.forget()
    assert book.known(FACILITATOR, "a") is None
