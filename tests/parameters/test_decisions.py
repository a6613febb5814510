"""A decision is declared once, and everything that is said of decisions follows from that row."""

from typing import Annotated, NamedTuple

import pytest

from sim import Market
from sim.model.firm.organisation.information import DEPARTMENT_TASKS
from sim.model.firm.transformation.levers import LEVER_MAPPINGS
from sim.model.state import OFFER
from sim.parameters import FIRM, MECHANISMS
from sim.parameters import decisions as registry
from sim.parameters.decisions import (
    DECISION_ROWS,
    DECISIONS,
    LEVEL_KIND,
    RANGES,
    TUNED,
    Decision,
    Tuning,
    decision_rows,
)
from sim.policies.decision_groups import DECISIONS_BY_GROUP
from tests.support.worlds import same, same_people, small

BY_PART = {  # of a row, and where a decision stands because of it
    "department": [name for row in DEPARTMENT_TASKS.values() for name in row.decides],
    "group": [name for names in DECISIONS_BY_GROUP.values() for name in names],
    "kind": [name for kind in registry.DECISION_KINDS for name in registry.of_kind(kind)],
    "range": [one.name.removeprefix("decisions.") for one in FIRM if one.name.startswith("decisions.")],
    "lever": [name for name in LEVER_MAPPINGS[0] if name in DECISIONS],
}


def row(**parts):
    return Decision("Bonus", "share", 0.0, 1.0, "sales", "strategy", "price", LEVEL_KIND, "A bonus")._replace(**parts)


@pytest.mark.parametrize("part", BY_PART)
def test_every_decision_stands_once_wherever_its_row_puts_it(part):
    assert sorted(BY_PART[part]) == sorted(DECISIONS)


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_says_what_it_is(decision):
    found = DECISION_ROWS[decision]
    assert found.label and found.unit and found.meaning


def test_a_decision_without_a_row_is_refused_by_name():
    class Bare(NamedTuple):
        loyalty_bonus: float = 0.0

    with pytest.raises(TypeError, match=r"Bare\.loyalty_bonus: a decision is declared as"):
        decision_rows(Bare)


def test_a_decision_without_a_default_is_refused_by_name():
    class Undecided(NamedTuple):
        loyalty_bonus: Annotated[float, row()]

    with pytest.raises(TypeError, match=r"Undecided\.loyalty_bonus: a decision is declared as"):
        decision_rows(Undecided)


@pytest.mark.parametrize("part", ["department", "lever", "group", "kind"])
def test_a_row_that_names_what_there_is_not_is_refused_by_decision_and_part(part):
    class Wrong(NamedTuple):
        loyalty_bonus: Annotated[float, row(**{part: "nowhere"})] = 0.0

    with pytest.raises(TypeError, match=rf"Wrong\.loyalty_bonus: {part} 'nowhere' is not known; allowed are"):
        decision_rows(Wrong)


def test_a_default_out_of_range_is_refused_by_name():
    class High(NamedTuple):
        loyalty_bonus: Annotated[float, row(high=0.5)] = 0.6

    with pytest.raises(TypeError, match=r"High\.loyalty_bonus: .* between 0 and 0\.5"):
        decision_rows(High)


@pytest.mark.parametrize("ends", [(-0.1, 0.5), (0.5, 1.5), (0.5, 0.5)])
def test_a_range_of_tuning_that_is_not_within_the_decision_s_is_refused_by_name(ends):
    class Beyond(NamedTuple):
        loyalty_bonus: Annotated[float, row(tuned=Tuning(9, *ends))] = 0.0

    with pytest.raises(TypeError, match=r"Beyond\.loyalty_bonus: tuning searches a range between 0 and 1"):
        decision_rows(Beyond)


def test_tuned_decisions_stand_in_the_places_that_their_rows_give():
    assert [tuning.place for tuning in TUNED.values()] == list(range(1, len(TUNED) + 1))


def test_every_decision_can_be_tuned_for_a_policy_that_it_does_not_define():
    assert sorted(set(DECISIONS) - set(TUNED)) == [], "these rows say no tuned=T(place, low, high)"


@pytest.mark.parametrize("decision", DECISIONS)
def test_mechanisms_by_which_a_decision_acts_are_mechanisms(decision):
    assert set(DECISION_ROWS[decision].by) <= set(MECHANISMS)


def test_an_offered_decision_is_a_column_of_the_offers():
    assert set(registry.OFFERED) <= set(OFFER.names)


# A world in which every decision has something to act on.
WORLD = {f"mechanisms__{name}": True for name in MECHANISMS} | {
    "market__customers": 400,
    "market__warm_up": 0,
    "market__credit__terms": 1,
    "market__selection__term": 2,
    "market__selection__notice": 1,
    "market__temper__boldness": 1.0,
    "market__temper__payment_reliability": 0.3,
    "market__belief__goals_time": 1.0,
    "market__needs__distortion": 1.0,
    "firms__0__decisions__depth": 0.8,
    "firms__0__decisions__intelligence": 0.05,
    "firms__0__decisions__walls": 0.2,
    "firms__0__decisions__hold_after": 1.0,
    "firms__0__decisions__sales_force": 6.0,
    "firms__0__decisions__most_calls": 1.0,
    "months": 12,
}


def lived(decision, value):
    return Market(small(**WORLD).with_settings({f"firms.0.decisions.{decision}": value})).run()


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_reaches_a_step(decision):
    low, high = RANGES[decision]
    between = low if DECISION_ROWS[decision].unit == "count" else low + 0.125 * (high - low)
    first, *others = (lived(decision, value) for value in (low, between, high))
    assert not all(same(first, other) for other in others), f"{decision} is never read, or acts on nobody in WORLD"


@pytest.mark.parametrize("decision", [name for name in DECISIONS if DECISION_ROWS[name].by])
def test_a_decision_changes_nothing_but_costs_while_the_mechanisms_that_its_row_names_are_off(decision):
    off = {f"mechanisms.{name}": False for name in DECISION_ROWS[decision].by}
    low, high = RANGES[decision]
    if DECISION_ROWS[decision].unit == "count":
        high = low + 1.0
    one, other = (
        Market(small(**WORLD).with_settings({f"firms.0.decisions.{decision}": value} | off)).run()
        for value in (low, high)
    )
    why = f"{decision} acts by more than {DECISION_ROWS[decision].by}; a cost acts as well, by leadership and lenders"
    assert same_people(one, other), why
