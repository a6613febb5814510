"""Independent work side by side: the same results in processes and in threads, and an end when one piece fails."""

import os
import signal

import pytest

from sim.experiments import parallel
from sim.experiments.parallel import side_by_side
from sim.parameters import BadInput
from sim.parameters.errors import RunFailed
from sim.simulation.market import Market
from tests.support.worlds import small


@pytest.fixture(params=[True, False], ids=["processes", "threads"])
def forked(request, monkeypatch):
    if request.param and not parallel.can_fork():
        pytest.skip("this process has other threads or cannot fork")
    monkeypatch.setattr(parallel, "can_fork", lambda: request.param)
    monkeypatch.setattr(parallel, "_loaded", [True])
    return request.param


def test_results_come_in_the_order_of_the_work_and_progress_counts_them(forked):
    steps = []
    done = side_by_side(lambda piece, halt: (piece * 2, os.getpid()), range(6), 2, lambda *at: steps.append(at))
    assert [value for value, _ in done] == [0, 2, 4, 6, 8, 10]
    assert steps == [(count, 6) for count in range(1, 7)]
    assert (os.getpid() not in {process for _, process in done}) is forked


def test_worlds_are_the_same_wherever_they_are_simulated(forked):
    def profit(number, halt):
        market = Market(small(months=3), seed=1, replicate=number)
        return float(market.run().monthly()["profit"].sum())

    assert side_by_side(profit, range(2), 2) == [profit(0, None), profit(1, None)]


def test_trouble_in_one_piece_reaches_the_caller_and_stops_the_others(forked):
    def fail_or_wait(piece, halt):
        if piece == 0:
            raise BadInput("no such thing")
        while True:
            halt("phase", None)

    with pytest.raises(BadInput, match="no such thing"):
        side_by_side(fail_or_wait, range(2), 2)


class TwoWordsError(Exception):
    """An exception that cannot be made again of what it says."""

    def __init__(self, first, second):
        super().__init__(f"{first} {second}")


def test_an_exception_that_cannot_be_copied_says_in_the_caller_what_it_said(forked):
    def fail(piece, halt):
        raise TwoWordsError("no", "luck")

    with pytest.raises(RunFailed if forked else TwoWordsError, match="no luck"):
        side_by_side(fail, range(2), 2)


def test_a_process_that_is_killed_ends_the_work_with_a_reason(monkeypatch):
    if not parallel.can_fork():
        pytest.skip("this process has other threads or cannot fork")
    monkeypatch.setattr(parallel, "_loaded", [True])

    def die(piece, halt):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(RunFailed, match="was killed"):
        side_by_side(die, range(2), 2)


def test_the_first_work_of_a_process_is_done_there_so_that_workers_inherit_compiled_code(monkeypatch):
    monkeypatch.setattr(parallel, "_loaded", [])
    monkeypatch.setattr(parallel, "can_fork", lambda: True)
    first, *others = side_by_side(lambda piece, halt: os.getpid(), range(4), 2)
    assert first == os.getpid() and first not in others
