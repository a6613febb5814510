"""A worker whose process is killed is begun again, and what was asked is answered or refused."""

import asyncio
import os
import signal

import pytest

from sim.web.worker import Failed, Worker

GAME = {"teams": ["Red", "Blue"], "seed": 1, "rounds": None, "agents": None}


async def wait_for_process(worker, other_than=None):
    """Number of the worker's process once it is another."""
    while worker.process_number == other_than:
        await asyncio.sleep(0.01)
    return worker.process_number


async def answer_after_kills(count):
    """What a worker answers whose process is killed some times while it is asked."""
    worker, number = Worker("of a test"), None
    worker.start()
    try:
        asked = asyncio.create_task(worker.ask("game_new", **GAME))
        for _ in range(count):
            number = await wait_for_process(worker, number)
            await asyncio.sleep(0)  # the request goes out
            os.kill(number, signal.SIGKILL)
        return await asyncio.wait_for(asked, 120)
    finally:
        worker.close()


def test_a_request_is_answered_although_the_process_was_killed():
    assert asyncio.run(answer_after_kills(1))["design"]["departments"]


def test_a_request_that_has_killed_two_processes_is_given_up():
    with pytest.raises(Failed, match="twice"):
        asyncio.run(answer_after_kills(2))


def test_a_worker_that_never_began_ends_without_trouble():
    Worker("of a test").close()
