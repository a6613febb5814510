"""The design of a game: identical firms, roles that have something to decide, and mistakes that are named."""

import pytest
import yaml

from sim.experiments.game.design_file import checked_design, game_design
from sim.experiments.game.game_market import scenario_of
from sim.parameters import BadInput
from sim.parameters.checking import Place
from sim.parameters.decisions import DECISION_ROWS, DEPARTMENTS, acts, neutral_plan
from sim.parameters.shipped import shipped_folder
from sim.policies import policy_of


@pytest.fixture(scope="module")
def design():
    return game_design()


def written():
    return yaml.safe_load((shipped_folder("experiments") / "game.yaml").read_text(encoding="utf-8"))


def checked(contents):
    return checked_design(contents, Place("mine.yaml"))


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_every_department_has_three_to_five_decisions_of_its_own(design, department):
    own = design.decisions_of(department)
    assert 3 <= len(own) <= 5
    assert {DECISION_ROWS[name].department for name in own} == {department}


@pytest.mark.parametrize("episode", ["walls", "joined_up"])
def test_every_decision_that_is_free_can_change_something(design, episode):
    on = scenario_of(design, 2, episode).mechanisms
    free = [name for names in map(design.decisions_of, design.departments) for name in names]
    assert [name for name in free if not acts(name, on)] == []


def test_every_department_has_something_to_decide_behind_walls(design):
    holds = design.episodes["walls"].holds
    assert all(set(design.decisions_of(name)) - set(holds) for name in design.departments)


@pytest.mark.parametrize("teams", [2, 3, 8])
def test_firms_differ_in_nothing_but_their_names(design, teams):
    firms = scenario_of(design, teams, "walls").firms
    assert len(firms) == teams
    assert len({(firm.policy, tuple(firm.settings.items()), firm.neutral) for firm in firms}) == 1


def test_every_firm_begins_with_the_neutral_plan_but_for_the_rules_of_the_episode(design):
    world = scenario_of(design, 3, "walls")
    start = policy_of(world.firms[0]).start.changed(world.firms[0].decisions)
    assert start == neutral_plan(world.market).changed({"walls": 1.0, "pay_value": 0.0})


def test_no_firm_answers_its_rivals(design):
    world = scenario_of(design, 3, "walls")
    assert (world.conduct, world.mechanisms["conduct"], world.mechanisms["leadership"]) == ("fixed", False, False)


@pytest.mark.parametrize("path", ["market.organisation.overhead", "market.neutral.marketing"])
def test_what_a_firm_pays_by_the_people_of_the_market_does_not_depend_on_the_number_of_teams(design, path):
    few, many = (design.changed(path, teams) * design.changed("market.size", teams) for teams in (2, 8))
    assert few == pytest.approx(many)


def test_firms_of_a_small_and_of_a_large_game_begin_with_as_many_people(design):
    few, many = (
        design.changed("firms.*.offers.start_share", teams) * design.changed("market.size", teams) for teams in (2, 8)
    )
    assert few == pytest.approx(many)


def test_heads_of_departments_are_people_whom_pay_does_not_bend(design):
    settings = scenario_of(design, 2, "walls").firms[0].settings
    assert {name: value for name, value in settings.items() if name.startswith("pay.") and value is not None} == {}


def test_the_episodes_begin_in_the_same_past():
    contents = written()
    contents["episodes"]["joined_up"]["settings"]["market.needs.spread"] = 0.5
    with pytest.raises(BadInput, match=r"mine\.yaml: episodes differ in what acts before month 1"):
        checked(contents)


def test_an_unknown_key_is_named_with_its_line(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\nround: 4\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"mine\.yaml:2: round is not a known key\. Did you mean rounds\?"):
        game_design(str(file))


def test_a_decision_of_another_department_is_refused():
    contents = written()
    contents["departments"]["sales"]["senior"] = {"step": 0.1, "prices": []}
    with pytest.raises(BadInput, match=r"departments\.sales\.senior is not a known key"):
        checked(contents)


def test_a_decision_that_would_do_nothing_is_refused():
    contents = written()
    contents["settings"]["mechanisms.selection"] = False
    with pytest.raises(
        BadInput, match=r"finance\.decline_below does nothing in telecom; switch on mechanisms\.selection"
    ):
        checked(contents)


def test_a_role_with_two_decisions_is_refused():
    contents = written()
    del contents["departments"]["product"]["depth"]
    with pytest.raises(BadInput, match=r"departments\.product: 3 to 5 decisions"):
        checked(contents)


def test_the_rules_tell_every_range_and_price_from_the_table(design):
    senior = design.describe(3)["departments"]["service"]["decisions"]["senior"]
    assert (senior["low"], senior["high"]) == (DECISION_ROWS["senior"].tuned.low, DECISION_ROWS["senior"].tuned.high)
    assert senior["prices"][0]["value"] == design.box.market["service.senior_wage"]


def test_the_rules_say_where_every_role_starts(design):
    start = design.describe(3)["episodes"]["joined_up"]["start"]
    assert start["walls"] < design.describe(3)["episodes"]["joined_up"]["hides_from"]


def test_the_rules_say_which_mechanisms_the_fitted_scenario_has_otherwise(design):
    switched = design.describe(3)["switched"]
    assert switched["invoices"] is True
    assert switched["finance"] is False
    assert "word_of_mouth" not in switched


@pytest.mark.parametrize("teams", [1, 9])
def test_a_game_has_two_to_eight_teams(design, teams):
    with pytest.raises(BadInput, match="from 2 to 8 is needed"):
        design.describe(teams)


@pytest.mark.parametrize("rounds", [1, 5])
def test_a_facilitator_may_choose_two_to_four_rounds(design, rounds):
    with pytest.raises(BadInput, match=f"rounds is {rounds}; a whole number from 2 to 4 is needed"):
        design.of_size(rounds)


def test_unless_rounds_are_chosen_there_are_those_of_the_design(design):
    assert design.of_size() == design
