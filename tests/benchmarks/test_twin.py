"""The twin in C++ does the same work as the blocks of the compiled engine: the same numbers, to the bit."""

import numpy as np
import pytest

from sim.benchmarks import twin
from sim.benchmarks.result import SKIPPED
from sim.benchmarks.sizes import QUICK

CUSTOMERS = 300  # two whole blocks and a part of one
WORKED_ON = {
    "buy": {"revenue", "cost_goods", "incidents", "hours_mean", "hours_typical", "experience"},
    "be_counted": {"customers", "lasting", "satisfaction", "surplus", "heard_dissatisfied"},
    "be_reached": {"contacts_mass", "contacts_targeted"},
    "drift": set(),
}  # what a step counts, so that it is seen to have done something
CHANGED = {"buy": "contribution", "be_counted": "tenure", "be_reached": "expectation", "drift": "goal"}
needs_a_compiler = pytest.mark.skipif(twin.compiler() is None, reason="no C++ compiler")


@pytest.fixture(scope="module")
def month():
    return twin.usual_month(CUSTOMERS, {"mechanisms.hearing": True, "market.neutral.promise": 0.9})


@pytest.fixture(scope="module")
def steps_in_cpp():
    return twin.twin_in_cpp(twin.compiler())


def done(step, month):
    after = twin.copied(month)
    step(after)
    return after


def columns(month):
    return {name: column for table in (month.person, month.relations) for name, column in table.columns()}


@pytest.mark.long  # a C++ compiler makes the twin
@needs_a_compiler
@pytest.mark.parametrize("name", twin.STEPS)
def test_the_twin_writes_every_column_to_the_same_bit(name, month, steps_in_cpp):
    ours, theirs = done(twin.steps_of_the_engine()[name], month), done(steps_in_cpp[name], month)
    differing = {
        column for column, values in columns(ours).items() if values.tobytes() != columns(theirs)[column].tobytes()
    }
    assert differing == set()


@pytest.mark.long  # a C++ compiler makes the twin
@needs_a_compiler
@pytest.mark.parametrize("name", twin.STEPS)
def test_the_twin_counts_the_same(name, month, steps_in_cpp):
    ours, theirs = done(twin.steps_of_the_engine()[name], month), done(steps_in_cpp[name], month)
    assert {field for field in ours.counts.dtype.names if np.any(ours.counts[field] != theirs.counts[field])} == set()


@pytest.mark.long  # a C++ compiler makes the twin
@needs_a_compiler
@pytest.mark.parametrize("name", twin.STEPS)
def test_a_step_of_the_twin_does_something(name, month, steps_in_cpp):
    after = done(steps_in_cpp[name], month)
    assert {field for field in WORKED_ON[name] if not after.counts[field].any()} == set()
    assert np.any(columns(after)[CHANGED[name]] != columns(month)[CHANGED[name]])


def test_without_a_compiler_the_twin_is_skipped_and_the_row_says_so(monkeypatch):
    monkeypatch.setattr(twin, "compiler", lambda: None)
    (row,) = twin.measure_twin(QUICK)
    assert (row.source, row.value, row.met) == (SKIPPED, None, None)
    assert "compiler" in row.note
