"""The order of the month is read from the code: every step of every phase, with the fields that it touches."""

import json

import numpy as np
import pytest

from sim import Market
from sim.cli import main
from sim.model.month import PHASES, make_offers, steps_of
from sim.simulation.month_outline import outline
from tests.support.worlds import context_of, small

ORDER = (
    "begin", "leave_market", "population_phase", "admit_newcomers", "ask_people", "survey", "firms_see_and_decide",
    "make_offers", "market_phase", "work_service_desks", "update_service_terms", "service_phase", "close_books",
)  # fmt: skip


@pytest.fixture(scope="module")
def phases():
    return {phase.name: phase for phase in outline()}


@pytest.fixture(scope="module")
def steps(phases):
    return {step.name: step for phase in phases.values() for step in phase.steps}


def test_the_phases_stand_in_the_order_of_the_month(phases):
    assert tuple(phases) == ORDER


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.__name__)
def test_every_step_of_a_phase_is_listed_in_its_order(phases, phase):
    assert tuple(step.name for step in phases[phase.__name__].steps) == steps_of(phase)


def test_a_step_writes_what_it_writes_through_others(steps):
    assert "said" in steps["talk"].writes["person"]
    assert "contribution" in steps["be_served"].writes["relations"]
    assert {"revenue", "discounts"} <= set(steps["buy_under_contract"].writes["counts"])


def test_a_step_reads_numbers_offers_and_feelings(steps):
    talk = steps["talk"].reads
    assert "word_of_mouth_negative" in talk["parameters"] and "satisfaction" in talk["relations"]
    assert "served_share" in steps["be_served"].reads["offers"]


def test_an_element_of_a_field_counts_as_the_field(steps):
    assert steps["drift"].writes == {"person": ["goal"]}


def test_a_step_says_where_it_is_taken(steps):
    assert steps["be_called_on"].where == "sales_call_hours > 0.0"
    assert steps["buy_from_repertoire"].where == "not contract > 0.0"
    assert steps["talk"].where == ""


def test_firms_read_what_was_counted(phases, steps):
    assert "hours_mean" in phases["work_service_desks"].reads["counts"]
    assert "revenue" in steps["remember"].reads["counts"]


@pytest.mark.parametrize("phase", [phase.__name__ for phase in PHASES if phase.__name__ != "survey"])
def test_what_a_phase_changes_is_what_its_steps_are_said_to_write(phases, phase):
    """A row before and after: no field changes that no step writes."""
    market = Market(small(market__death=0.1), engine="agents").run()
    written = {name for step in phases[phase].steps for name in step.writes.get("person", ())}
    changed = set()
    for place in np.flatnonzero(market.world.people.present):
        me = context_of(market, place, make_offers(market.world))
        before = market.world.people.person.records([place])[0]
        getattr(market.agents.agent_class(market, int(place)), phase)(me)
        after = market.world.people.person.records([place])[0]
        changed |= {name for name in before.dtype.names if not np.array_equal(before[name], after[name])}
    assert changed and changed <= written


@pytest.mark.long
def test_the_command_prints_every_step_within_a_hundred_columns(capsys, steps):
    assert main(["month"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert all(any(line.startswith(f"   {name}") for line in lines) for name in steps)


@pytest.mark.long
def test_the_command_prints_the_same_as_one_document(capsys, phases):
    assert main(["month", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["phases"]
    assert [one["name"] for one in told] == list(phases)
    assert told[-1]["steps"][0]["name"] == phases["close_books"].steps[0].name
