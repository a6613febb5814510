"""The mechanism bridge: mixtures of two policies, and a gap split over what was switched."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import BadInput, mechanism_bridge
from sim.cli import main
from sim.experiments.compare import Comparison, compare
from sim.experiments.mechanism_bridge import WITHOUT, Contest, bridge_over_decisions, bridge_over_mechanisms
from sim.policies import policy_named
from sim.policies.base import DECISIONS, Plan
from sim.policies.decision_groups import DECISIONS_BY_GROUP, FINEST, USUAL_GROUPS, groups_of, mechanisms_of
from sim.policies.mixture import mixture_text
from sim.statistics.shapley import shapley_split
from tests.policies.test_policy_contract import views
from tests.support.worlds import small

A, B = "product_centric", "customer_centric"
WORLD = {"market__customers": 100, "market__size": 1000, "months": 12, "market__warm_up": 3}


@pytest.fixture(scope="module")
def world():
    return small(**WORLD)


@pytest.fixture(scope="module")
def found(world):
    return compare(world, (A, B), replications=3)


@pytest.fixture(scope="module")
def contest(world, found):
    return Contest(world, found, B, A)


def sums(table):
    return table[table.reading == "shapley"]["mean"].sum()


def gap_of(found):
    return found.gaps.query("measure == 'npv'")["mean"].iloc[0]


# --- mixtures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken", [(), DECISIONS], ids=["none", "all"])
@given(view=views)
def test_with_no_decision_taken_a_mixture_is_the_one_policy_and_with_all_the_other(taken, view):
    mixture = policy_named(mixture_text(A, B, taken))
    assert mixture.decide(view) == policy_named(B if taken else A).decide(view)


def test_a_mixture_takes_the_decisions_named_and_no_others():
    mixture = policy_named("osfa with walls+depth of customer_centric")
    osfa, other = policy_named("osfa").start, policy_named(B).start
    assert mixture.start == osfa._replace(walls=other.walls, depth=other.depth) and isinstance(mixture.start, Plan)


def test_a_mixture_of_unknown_decisions_is_refused():
    with pytest.raises(BadInput, match="Did you mean walls"):
        policy_named("osfa with wals of customer_centric")


@pytest.mark.parametrize("adopt", ["focal", "all"])
def test_worlds_at_the_ends_of_the_bridge_are_those_of_the_two_policies_to_the_bit(world, adopt):
    found = compare(world, (A, B), replications=2, adopt=adopt)
    contest = Contest(world, found, B, A)
    ends = contest.simulate([contest.between(()), contest.between(DECISIONS)], None)
    assert np.array_equal(ends, np.vstack([contest.worth[A], contest.worth[B]]))


def test_tuned_decisions_go_over_with_their_group(world, found):
    settings = {B: {"decisions.depth": 0.25, "decisions.price": 1.1}, A: {"decisions.price": 0.9}}
    firm = Contest(world, found, B, A, settings).between(("depth", "walls")).firms[0]
    assert firm.decisions == {"depth": 0.25, "price": 0.9}


# --- groups ----------------------------------------------------------------------------------------------------------


def test_groups_in_the_box_hold_decisions_and_each_once():
    grouped = [one for group in DECISIONS_BY_GROUP.values() for one in group]
    assert set(grouped) <= set(DECISIONS) and len(set(grouped)) == len(grouped)


@pytest.mark.parametrize("text", [USUAL_GROUPS, FINEST, "all=price+depth", "walls,care=service+depth,senior=research"])
def test_groups_hold_every_decision_once(text):
    assert sorted(one for group in groups_of(text).values() for one in group) == sorted(DECISIONS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("walls,wals", "Did you mean walls"),
        ("service,priority", "priority is in two groups"),
        ("walls,walls", "cannot name a group"),
        ("rest=walls", "is what is left over"),
        ("walls,knowing,product,marketing,service,price", "would need 128 worlds a replication; at most 6"),
    ],
)
def test_groups_that_cannot_be_switched_are_refused(text, message):
    with pytest.raises(BadInput, match=message):
        groups_of(text)


@pytest.mark.parametrize(("text", "message"), [("quue", "Did you mean queue"), ("queue,a=queue", "named twice")])
def test_mechanisms_that_cannot_be_switched_are_refused(text, message):
    with pytest.raises(BadInput, match=message):
        mechanisms_of(text)


# --- the split -------------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1e6, 1e6), min_size=16, max_size=16))
def test_shapley_values_add_up_in_every_replication(values):
    table = np.array(values).reshape(8, 2)
    assert np.allclose(shapley_split(table).shapley.sum(axis=0), table[-1] - table[0], atol=1e-6)


def test_a_switch_that_does_nothing_is_worth_nothing_and_independent_ones_what_they_are_alone():
    worth = np.array([3.0, 0.0, -5.0])
    table = np.array([[sum(value for place, value in enumerate(worth) if row >> place & 1)] for row in range(8)])
    for reading in shapley_split(table):
        assert np.allclose(reading.ravel(), worth)


def test_the_bridge_over_decisions_adds_up_to_the_gap(found, contest):
    made = bridge_over_decisions(contest, groups_of(USUAL_GROUPS))
    assert sums(made.steps) == pytest.approx(gap_of(found), rel=1e-9)
    wide = made.worlds.pivot(index="switched", columns="replicate", values="npv")
    assert len(wide) == 8
    assert np.array_equal(wide.loc["walls+knowing+rest"] - wide.loc[""], contest.worth[B] - contest.worth[A])


def test_decisions_of_a_mechanism_that_is_off_are_worth_exactly_nothing(contest):
    made = bridge_over_decisions(contest, groups_of("sales"))
    assert (made.steps[made.steps.term == "sales"][["mean", "low", "high"]] == 0.0).all(axis=None)


def test_the_bridge_over_mechanisms_adds_up_to_the_gap(found, contest):
    made = bridge_over_mechanisms(contest, mechanisms_of("word_of_mouth"))
    assert sums(made.steps) == pytest.approx(gap_of(found), rel=1e-9)
    assert set(made.steps.term) == {"word_of_mouth", WITHOUT}


def test_a_mechanism_that_is_off_already_is_refused(contest):
    with pytest.raises(BadInput, match="invoices is off in telecom"):
        bridge_over_mechanisms(contest, mechanisms_of("invoices"))


def test_a_firm_that_levers_move_has_no_decisions_to_switch(world, found):
    named = found.runs.replace({"policy": {B: "transforming"}})
    on_its_way = replace(found, runs=named, about=dict(found.about) | {"policies": [A, "transforming"]})
    with pytest.raises(BadInput, match="on its way from one policy to another"):
        mechanism_bridge(world.with_settings({"mechanisms.transformation": True}), on_its_way)


def test_settings_that_are_no_decision_belong_to_no_group(world, found):
    contest = Contest(world, found, B, A, {B: {"leadership.horizon": 12.0}})
    with pytest.raises(BadInput, match=r"leadership\.horizon is no decision"):
        bridge_over_decisions(contest, groups_of(USUAL_GROUPS))


# --- in a folder -----------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_command_makes_both_bridges_and_says_who_adopts(tmp_path, capsys):
    settings = [f"{key.replace('__', '.')}={value}" for key, value in WORLD.items()]
    words = ["compare", "telecom", "--policies", f"{A},{B}", "--replications", "2", "--adopt", "all"]
    assert main([*words, *(part for one in settings for part in ("--set", one)), "--out", str(tmp_path / "c")]) == 0
    told, again = capsys.readouterr().out, Comparison.read(tmp_path / "c")
    told = " ".join(told.split())
    assert "Mechanism bridge of net present value" in told
    assert f"Bridge of net present value, million EUR: {B} against {A}" in told
    assert set(again.mechanisms.term) == {"walls", "knowing", "rest"} and again.about["adopt"] == "all"
    assert sums(again.mechanisms) == pytest.approx(gap_of(again), rel=1e-6)
    report = (tmp_path / "c" / "report.html").read_text(encoding="utf-8")
    assert "adopted\u00a0by\u00a0all\u00a0firms" in report and "What makes the difference" in report
    drawn = (tmp_path / "c" / "charts" / "mechanisms.svg").read_text(encoding="utf-8")
    assert "adopted\u00a0by\u00a0all\u00a0firms" in drawn
    assert {"mechanisms.png", "bridge.png", "fan.png"} <= {path.name for path in (tmp_path / "c" / "charts").iterdir()}


def test_a_comparison_without_the_bridge_is_read_as_before(found, tmp_path):
    found.write(tmp_path)
    assert not len(Comparison.read(tmp_path).mechanisms)


def test_the_python_call_gives_the_comparison_with_its_bridge(world, found):
    made = mechanism_bridge(world, found, groups_of("walls"))
    assert sums(made.mechanisms) == pytest.approx(gap_of(found), rel=1e-9)


def test_decisions_and_mechanisms_are_not_switched_in_one_bridge(world, found):
    with pytest.raises(BadInput, match="ask for one of them"):
        mechanism_bridge(world, found, groups_of(USUAL_GROUPS), mechanisms_of("queue"))
