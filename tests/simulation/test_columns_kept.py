"""Columns of customers that only some runs need: what they do not keep changes no result."""

import numpy as np

from sim import Market
from sim.simulation.engines.compiled import CompiledEngine
from sim.simulation.headless import Simulation
from tests.support.worlds import small


def run(bills_kept):
    simulation = Simulation(small(), CompiledEngine(), bills_kept=bills_kept)
    while simulation.month < simulation.scenario.months:
        simulation.advance()
    return simulation


def test_a_run_that_keeps_no_bills_measures_the_same():
    without, kept = run(bills_kept=False), run(bills_kept=True)
    assert all(np.array_equal(values, kept.measures()[name]) for name, values in without.measures().items())
    assert without.world.people.contribution.tobytes() == kept.world.people.contribution.tobytes()


def test_a_run_that_keeps_no_bills_writes_none():
    without, kept = run(bills_kept=False).world.people, run(bills_kept=True).world.people
    assert kept.billed.any() and not without.billed.any()


def test_bills_take_eight_bytes_for_each_firm():
    without, kept = (run(choice).world.people.relations for choice in (False, True))
    assert kept.nbytes - without.nbytes == 8 * kept.padded * kept.firms


def test_habits_are_kept_where_purchases_form_some():
    kept = {name: Market(small(name)).world.people.relations.is_kept("habit") for name in ("telecom", "grocery")}
    assert kept == {"telecom": False, "grocery": True}
