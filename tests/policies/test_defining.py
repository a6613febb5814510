"""What defines a policy: its own decisions alone; everything else has one value for all firms of a market."""

import json
from itertools import combinations

import numpy as np
import pytest

from sim import BadInput, Market, Scenario
from sim.cli import main
from sim.experiments.compare import compare
from sim.experiments.decision_table import DEFINING, NUISANCE, decision_table
from sim.experiments.mechanism_bridge import Contest, bridge_over_decisions
from sim.experiments.policy_contract import BrokenContract, moves_what_defines_it_alone, views_to_try
from sim.parameters import MARKET
from sim.parameters.decisions import DECISIONS, RANGES
from sim.parameters.policy_transitions import TransitionSettings
from sim.policies import Defining, Plan, Policy, policy_named, policy_of
from sim.policies.decision_groups import groups_of
from sim.policies.defining import defining_of, nuisance_of
from sim.statistics.verdicts import OPPOSITE
from tests.policies.test_policy_contract import IN_THE_BOX
from tests.support.worlds import same, small

ARCHETYPES = ("product_centric", "osfa", "customer_centric")
ON_THE_WAY = {"mechanisms__transformation": True, "firms__0__policy_settings__date": 2.0, "months": 18}
NOTHING_AT_STAKE = {  # needs are alike and known, nothing goes wrong, and what firms learn or invest changes nothing
    "market__needs__spread": 0.0, "market__needs__distortion": 0.0, "market__organisation__alignment": 0.0,
    **dict.fromkeys(
        (
            f"mechanisms__{name}"
            for name in ("incidents", "customisation", "belief_learning", "advertising", "research", "walls_hide",
                         "handoffs", "specialisation", "needs_drift", "promises", "morale", "queue", "meetings",
                         "own_lines")
        ),
        False,
    ),
}  # fmt: skip
BOOKS = {
    "policy",
    "world",
    "replicate",
    "profit",
    "operating_profit",
    "cash",
    "payouts",
    "debt",
    "debt_limit",
    "interest",
    "overhead_fixed",
    "overhead_by_size",
}
STATED_COSTS = {
    "cost_coordination",
    "cost_overhead",
    "cost_intelligence",
    "cost_research",
}


class Declared(Policy):
    name, summary = "declared", "low walls"
    defining = {"walls": Defining(0.2, "Departments work together.", "assumed")}


class Bending(Declared):
    """Moves a decision that it does not declare."""

    def decide(self, view):
        return self.start._replace(price=1.5)


class Silent(Policy):
    name, summary, start = "silent", "says nothing of what defines it", Plan(walls=0.3)


@pytest.mark.parametrize("name", ARCHETYPES)
def test_every_defining_decision_has_a_value_in_range_a_reason_and_a_source(name):
    for decision, row in policy_named(name).defining.items():
        assert RANGES[decision][0] <= row.value <= RANGES[decision][1]
        assert row.reason.endswith(".") and len(row.source) > 10


@pytest.mark.parametrize(("one", "other"), combinations(IN_THE_BOX, 2))
def test_two_policies_differ_in_no_decision_that_defines_neither(one, other):
    first, second = policy_named(one), policy_named(other)
    for decision in set(nuisance_of(first)) & set(nuisance_of(second)):
        assert getattr(first.start, decision) == getattr(second.start, decision)


@pytest.mark.parametrize("policy", IN_THE_BOX)
def test_a_world_sets_the_value_of_every_decision_that_does_not_define_a_policy(policy):
    middle = {name: (low + high) / 2.0 for name, (low, high) in RANGES.items() if name != "lines"}
    neutral = {f"market__neutral__{name}": value for name, value in middle.items()}
    made = policy_of(small(firms__0__policy=policy, **neutral).firms[0])
    for name in set(nuisance_of(made)) & set(middle):
        assert getattr(made.start, name) == middle[name]


def test_the_warm_up_is_lived_by_the_neutral_plan_of_the_market():
    market = Market(small(market__neutral__price=1.2))
    market.live_warm_up()
    assert {firm.plan.price for firm in market.world.firms} == {1.2}


def test_a_policy_that_declares_nothing_is_defined_by_every_decision_of_its_plan():
    assert set(defining_of(Silent())) == set(DECISIONS) and nuisance_of(Silent()) == ()


def test_a_plan_of_one_s_own_undoes_the_declaration_of_the_class_it_extends():
    class Other(Declared):
        start = Plan(walls=0.4, price=1.1)

    assert Other().defining is None and Other().start.price == 1.1


def test_a_class_that_declares_a_plan_and_what_defines_it_is_refused():
    with pytest.raises(TypeError, match="declares start and defining"):
        type("Both", (Policy,), {"start": Plan(), "defining": {}})


def test_a_declaration_of_what_is_no_decision_is_refused_by_name():
    with pytest.raises(TypeError, match="'wals' is no decision"):
        type("Wrong", (Policy,), {"defining": {"wals": Defining(0.1, "Typed wrongly.", "assumed")}})


def test_the_contract_finds_a_policy_that_moves_what_it_does_not_declare():
    with pytest.raises(BrokenContract, match=r"price is 1\.5 .* put price into defining"):
        moves_what_defines_it_alone(Bending, views_to_try())


@pytest.mark.parametrize("policy", ["hybrid", "transforming"])
def test_a_policy_between_two_is_defined_by_what_defines_either(policy):
    way = TransitionSettings("osfa", "product_centric")
    ends = [set(policy_named(end).defining) for end in ("osfa", "product_centric")]
    assert set(policy_named(policy, way).defining) == ends[0] | ends[1]


def test_a_mixture_is_defined_by_what_defines_the_owner_of_each_decision():
    mixture = policy_named("osfa with walls+research of product_centric")
    assert set(mixture.defining) == set(policy_named("osfa").defining)  # research defines neither
    assert mixture.defining["walls"] == policy_named("product_centric").defining["walls"]


def test_a_transformation_travels_along_defining_decisions_only():
    market = Market(small(firms__0__policy="transforming", market__conduct="fixed", **ON_THE_WAY)).run()
    firm = market.world.firms[0]
    origin, goal = firm.policy.transition.origin, firm.policy.transition.goal
    moved = {name for name in DECISIONS if getattr(firm.plan, name) != getattr(origin.start, name)}
    assert moved and moved <= set(origin.defining) | set(goal.defining)


def test_a_bridge_switches_defining_decisions_only():
    world = small()
    found = compare(world, ("osfa", "customer_centric"), 2)
    contest = Contest(world, found, "customer_centric", "osfa")
    made = bridge_over_decisions(contest, groups_of("walls,price,marketing"))
    switched = {name for text in made.steps["switched"] for name in text.split("+")}
    assert switched <= set(policy_named("osfa").defining) | set(policy_named("customer_centric").defining)
    assert set(made.steps["term"]) == {"walls", "marketing", "rest"}, "no decision on price defines either policy"


def test_a_bridge_switches_what_tuning_set_apart_too():
    world = small()
    tuned = {"osfa": {"decisions.price": 0.9}, "customer_centric": {"decisions.price": 1.1}}
    found = compare(world, ("osfa", "customer_centric"), 2, settings=tuned)
    contest = Contest(world, found, "customer_centric", "osfa", tuned)
    made = bridge_over_decisions(contest, groups_of("price"))
    assert set(made.steps["term"]) == {"price", "rest"}


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_has_every_decision_of_every_policy_once_and_a_source_for_each():
    table = decision_table({name: small(firms__0__policy=name) for name in ARCHETYPES})
    assert len(table) == len(ARCHETYPES) * len(DECISIONS) and not table.duplicated(["policy", "decision"]).any()
    assert (table["source"] != "").all() and set(table["kind"]) == {DEFINING, NUISANCE}


def test_the_table_has_what_a_scenario_fixes():
    table = decision_table({"osfa": small(firms__0__policy="osfa", firms__0__decisions__price=1.3)})
    row = table.set_index("decision").loc["price"]
    assert row["value"] == 1.3 and "set by the scenario" in row["reason"]


def test_a_comparison_has_the_table():
    found = compare(small(), ("osfa", "customer_centric"), 2)
    assert set(found.decisions["policy"]) == {"osfa", "customer_centric"}


def test_the_command_prints_the_table_as_a_document(capsys):
    assert main(["policy", "show", "osfa", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["decisions"]
    assert {row["decision"] for row in rows if row["kind"] == DEFINING} == set(policy_named("osfa").defining)


def test_the_command_says_that_a_silent_policy_is_defined_by_every_decision(capsys, tmp_path):
    body = (
        "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary, start = 'm', 'm', Plan()\n"
    )
    (tmp_path / "mine.py").write_text(body)
    assert main(["policy", "show", f"{tmp_path / 'mine.py'}:Mine"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "does not say which decisions define it, so every decision does" in told


def test_the_numbers_that_define_policies_stand_among_the_parameters(capsys):
    assert main(["params", "policies.customer_centric.walls", "--format", "csv"]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.startswith("policies.customer_centric.walls,0-1,0.15,0.0,1.0,")


def test_every_decision_has_its_neutral_value_among_the_parameters_of_the_market():
    assert [one.name for one in MARKET if one.name.startswith("neutral.")] == [f"neutral.{name}" for name in DECISIONS]


def test_a_neutral_value_out_of_range_is_refused_by_name():
    with pytest.raises(BadInput, match=r"market\.neutral\.price is 3"):
        small(market__neutral__price=3.0)


# --- what the policies can differ by ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), combinations(ARCHETYPES, 2))
def test_where_nothing_is_at_stake_that_a_policy_is_about_two_policies_differ_by_stated_costs_alone(one, other):
    found = compare(small(months=8, **NOTHING_AT_STAKE), ARCHETYPES, replications=2)
    focal = found.monthly[found.monthly["firm"] == found.about["focal"]]
    first, second = (focal[focal["world"] == name].reset_index(drop=True) for name in (one, other))
    moved = {name for name in first if not first[name].equals(second[name])}
    assert moved <= BOOKS | STATED_COSTS
    costs = sorted(STATED_COSTS & set(first))
    saved = second[costs].sum(axis=1) - first[costs].sum(axis=1)
    assert np.allclose(first["profit"] - second["profit"], saved, atol=0.005)


@pytest.mark.parametrize("policy", ARCHETYPES)
def test_giving_every_firm_the_newcomer_discount_that_all_have_already_changes_no_bit(policy):
    world = small(firms__0__policy=policy, mechanisms__facts=False)  # else errors of reports move what is not fixed
    common = world.market["neutral.newcomer_discount"]
    fixed = {f"firms.{seat}.decisions.newcomer_discount": common for seat in range(len(world.firms))}
    assert common > 0.0
    assert same(Market(world).run(), Market(world.with_settings(fixed)).run())


def verdicts(world, discount):
    settings = {"market.customers": 1000, "months": 60, "market.neutral.newcomer_discount": discount}
    gaps = compare(Scenario.load(world).with_settings(settings), ARCHETYPES, replications=4).gaps
    npv = gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)]
    return npv.set_index(["policy", "against"])["verdict"].to_dict()


@pytest.mark.slow
@pytest.mark.parametrize("world", ["telecom", "b2b", "grocery", "commodity", "cdnow"])
def test_no_common_newcomer_discount_turns_a_winner_round(world):
    shipped = verdicts(world, Scenario.load(world).market["neutral.newcomer_discount"])
    for discount in (0.0, 0.15):
        other = verdicts(world, discount)
        assert [pair for pair in shipped if other[pair] == OPPOSITE.get(shipped[pair])] == []
