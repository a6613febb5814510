"""Calibration from the supply side: its steps against formulas, its figures against books, its folder and its file."""

import json

import numpy as np
import pytest
import yaml

from sim import BadInput, Scenario
from sim.cli import main
from sim.experiments import elasticity
from sim.experiments.elasticity import own_elasticity
from sim.experiments.supply.answers import KEPT_ANSWERS, Answers
from sim.experiments.supply.calibrate import calibrate_supply
from sim.experiments.supply.conditions import BestReply, range_of
from sim.experiments.supply.figures import YearPair, profit_and_loss
from sim.experiments.supply.measuring import Measuring, Seen
from sim.experiments.supply.neutral_market import neutral_market
from sim.experiments.supply.numbers import next_numbers
from sim.experiments.supply.plan import SupplyPlan
from sim.experiments.supply.result import Condition, conditions_of, targets_of
from sim.experiments.supply.steps import budget_factor, lerner_factor
from sim.experiments.supply.written import with_numbers, write_numbers_into
from sim.files.atomic_folder import SUPPLY_MARK
from sim.parameters.checking import flatten
from sim.parameters.decisions import DECISIONS
from sim.parameters.errors import RunFailed
from sim.parameters.shipped import shipped_folder
from sim.parameters.targets import PROFIT_AND_LOSS
from sim.parameters.yaml_reader import parse_yaml
from tests.support.worlds import run_market, small

TINY = SupplyPlan(customers=150, replications=1, rounds=1, seed=7)


def best_price(weight, cost):
    """Of a firm whose elasticity is weight x price: profit (p - c) exp(-weight p) is largest at c + 1 / weight."""
    return cost + 1.0 / weight


def test_one_step_by_lerner_puts_the_best_price_of_exponential_demand_at_the_aim():
    weight, cost = 2.0, 0.6
    assert best_price(weight * lerner_factor(best_price(weight, cost), cost), cost) == pytest.approx(1.0)


@pytest.mark.parametrize(("first", "last", "distance"), [(1.0, 1.1, 0.0), (1.0, 1.2, 0.75), (0.8, 1.3, 1.25)])
def test_a_condition_is_as_far_away_as_its_worse_year_in_widths_of_the_band(first, last, distance):
    met = 0.9 <= first <= 1.1 and 0.9 <= last <= 1.1
    condition = Condition("best price", first, last, 0.9, 1.1, "CAL", met, "")
    assert condition.distance == pytest.approx(distance)


def test_one_step_by_dorfman_and_steiner_puts_the_best_budget_at_the_aim():
    """Revenue grows as budget to a small power e, so the best budget is e times gross profit."""
    profit, effect, wanted = 0.4, 0.05, 0.03
    best = effect * profit
    assert effect * budget_factor(best, wanted) * profit == pytest.approx(wanted)


def test_identical_firms_decide_the_neutral_plan_and_nothing_else():
    world = neutral_market(small("telecom"), 60, 120)
    table = run_market(world.with_settings({"months": 1})).monthly()
    assert world.conduct == "reactive"
    for firm in world.firms:
        assert {name: firm.neutral._asdict()[name] for name in firm.decisions} == firm.decisions
    assert len({firm.policy for firm in world.firms}) == 1
    assert set(DECISIONS) >= set(world.firms[0].decisions)
    assert table.price.nunique() == 1


def test_shares_of_revenue_add_up_to_one():
    table = run_market(small("telecom", months=3)).monthly()
    shares = profit_and_loss(table)
    assert sum(shares[name] for name in PROFIT_AND_LOSS) == pytest.approx(1.0)
    assert shares["profit"] == pytest.approx(table.profit.sum() / (table.revenue - table.discounts).sum())


@pytest.mark.parametrize(
    ("reply", "decision", "holds"),
    [
        (BestReply(1.0, 1.1, 0.2, 0.85, 1.35), "price", True),
        (BestReply(1.0, 1.11, 0.001, 0.85, 1.35), "price", False),
        (BestReply(0.02, 0.0, 0.001, 0.0, 0.12), "research", False),
        (BestReply(0.02, 0.04, 0.2, 0.0, 0.12), "research", True),
        (BestReply(0.02, 0.08, 0.2, 0.0, 0.12), "research", False),
        (BestReply(0.02, 0.08, 0.005, 0.0, 0.12), "research", True),
    ],
)
def test_a_reply_rests_inside_its_range_near_the_start_or_where_a_move_brings_nothing(reply, decision, holds):
    assert reply.holds(decision) is holds


def test_the_range_of_a_budget_reaches_twice_what_an_industry_spends():
    assert range_of("marketing", 0.04) == (0.0, 0.08)


def seen_of(world, **changed):
    """A world that is at rest in the middle of all its bands, but for what is changed."""
    targets = targets_of(world)
    figures = {name: YearPair(band.middle, band.middle) for name, band in targets.items()} | {
        "advertising": YearPair(targets["marketing"].middle, targets["marketing"].middle)
    }
    slopes = {name: targets[name].middle for name in ("own_elasticity", "elasticity_growth", "category_elasticity")}
    rest = dict.fromkeys(("marketing", "research", "utilisation", "newcomer_discount", "retention_discount"), 0.1)
    replies = {name: BestReply(value, value, 0.0, 0.0, 0.3) for name, value in (rest | {"price": 1.0}).items()}
    return Seen(figures | changed.pop("figures", {}), slopes, replies | changed)


def test_where_everything_rests_price_weight_and_effects_stay():
    world = Scenario.load("telecom")
    numbers = next_numbers(world, seen_of(world), targets_of(world))
    for name in ("economics.price_weight", "choice.contact_weight", "product.opportunity", "product.unit_cost"):
        assert numbers[name] == pytest.approx(world.market[name], rel=1e-3)


def test_the_usual_cost_of_the_industry_moves_with_unit_cost():
    world = Scenario.load("telecom")
    numbers = next_numbers(world, seen_of(world, price=BestReply(1.0, 1.3, 0.1, 0.85, 1.35)), targets_of(world))
    factor = numbers["product.unit_cost"] / world.market["product.unit_cost"]
    assert factor != pytest.approx(1.0, rel=0.01)
    assert numbers["rivals.usual_cost"] == pytest.approx(factor * world.market["rivals.usual_cost"], rel=1e-3)


def test_a_best_price_that_is_too_high_makes_customers_mind_prices_more():
    world = Scenario.load("telecom")
    dear = seen_of(world, price=BestReply(1.0, 1.3, 0.1, 0.85, 1.35))
    weight = next_numbers(world, dear, targets_of(world))["economics.price_weight"]
    assert weight > world.market["economics.price_weight"]


def test_elasticity_does_not_leave_its_band_for_the_best_price():
    world, targets = Scenario.load("telecom"), targets_of(Scenario.load("telecom"))
    dear = seen_of(world, price=BestReply(1.0, 1.35, 0.1, 0.85, 1.35))._replace(
        elasticities={"own_elasticity": -3.7, "elasticity_growth": 1.0, "category_elasticity": -0.5}
    )
    weight = next_numbers(world, dear, targets)["economics.price_weight"]
    assert targets["own_elasticity"].low <= -3.7 * weight / world.market["economics.price_weight"]


def test_a_budget_that_pays_too_little_gets_more_effect():
    world = Scenario.load("telecom")
    poor = seen_of(world, marketing=BestReply(0.1, 0.0, 0.1, 0.0, 0.3))
    assert next_numbers(world, poor, targets_of(world))["choice.contact_weight"] > world.market["choice.contact_weight"]


def test_conditions_ask_both_years():
    world = Scenario.load("telecom")
    late = seen_of(world, figures={"profit": YearPair(world.targets["profit"].middle, 0.9)})
    assert [one.name for one in conditions_of(world, late) if not one.met] == ["profit"]


def test_a_stopped_calibration_goes_on_without_asking_again(tmp_path):
    world, path = small("telecom"), tmp_path / KEPT_ANSWERS
    first, second = Answers(path), None
    assert first("q", world, lambda: [1.5]) == [1.5]
    path.write_text(path.read_text() + '{"key": "cut o')
    second = Answers(path)
    assert second("q", world, lambda: pytest.fail("asked again")) == [1.5]
    assert second("q", world.with_settings({"months": 9}), lambda: 2) == 2


@pytest.mark.slow
def test_the_same_calibration_gives_the_same_numbers_whether_it_was_stopped_or_not(tmp_path):
    world = Scenario.load("telecom")
    once = calibrate_supply(world, TINY, tmp_path / "a")
    lines = (tmp_path / "a" / KEPT_ANSWERS).read_text().splitlines(keepends=True)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / SUPPLY_MARK).write_text((tmp_path / "a" / SUPPLY_MARK).read_text())
    (tmp_path / "b" / KEPT_ANSWERS).write_text("".join(lines[: len(lines) // 2]))
    again = calibrate_supply(world, TINY, tmp_path / "b")
    assert again.as_mapping() == once.as_mapping()
    assert len(once.rounds) == 2


@pytest.mark.slow
def test_a_best_reply_earns_at_least_what_firms_start_with():
    world = neutral_market(Scenario.load("telecom"), 60, 120)
    reply = Measuring(TINY, Answers(None)).reply(world, "research")
    assert reply.gain >= 0.0
    assert reply.low <= reply.best <= reply.high


def test_a_folder_of_another_calibration_is_refused(tmp_path):
    (tmp_path / SUPPLY_MARK).write_text(json.dumps({"scenario": "grocery"}))
    with pytest.raises(BadInput, match="holds a calibration with another scenario"):
        calibrate_supply(Scenario.load("telecom"), TINY, tmp_path)


def test_a_plan_without_whole_years_is_refused():
    with pytest.raises(BadInput, match="whole years are needed"):
        SupplyPlan(months=125).checked()


@pytest.mark.parametrize("name", ["telecom", "b2b", "cdnow", "banking"])
def test_numbers_are_written_into_a_scenario_and_all_else_stays(name):
    text = (shipped_folder("scenarios") / f"{name}.yaml").read_text()
    numbers = {"product.unit_cost": 0.123, "economics.price_weight": 4.5, "service.hours": 0.7, "choice.taste": 0.4}
    before, _ = parse_yaml(text, name)
    after, _ = parse_yaml(with_numbers(text, numbers, "fitted"), name)
    world = Scenario.from_mapping(after)
    assert {path: world.market[path] for path in numbers} == numbers
    assert all(world.sources[f"market.{path}"] == "fitted" for path in numbers)
    same = Scenario.from_mapping(before).market
    assert {k: v for k, v in world.market.items() if k not in numbers} == {
        k: v for k, v in same.items() if k not in numbers
    }
    assert after["targets"] == before["targets"]


def test_writing_the_same_numbers_twice_changes_nothing():
    text = (shipped_folder("scenarios") / "telecom.yaml").read_text()
    once = with_numbers(text, {"product.unit_cost": 0.4}, "fitted")
    assert with_numbers(once, {"product.unit_cost": 0.4}, "fitted") == once


def test_comments_stay():
    text = "market:\n  product: {unit_cost: 0.5} # by hand\n"
    assert "# by hand" in with_numbers(text, {"product.unit_cost": 0.4}, "fitted")


@pytest.mark.parametrize("margin", [2, 4, 7])
def test_numbers_go_into_blocks_of_any_margin(margin, tmp_path):
    file = tmp_path / "mine.yaml"
    gap = margin * " "
    file.write_text(f"market:\n{gap}choice:\n{gap * 2}switching_cost: 1\n")
    numbers = {"choice.consider_slope": 2.5, "choice.switching_cost": 3.0, "product.unit_cost": 1e-5}
    write_numbers_into(file, numbers, "fitted")
    written = flatten(parse_yaml(file.read_text(), "mine")[0]["market"])
    assert written == numbers


@pytest.mark.parametrize(
    "text",
    [
        "name: mine\n",
        "market: {relationship: contract}\n",
        "market:\n  product:\n    unit_cost:\n      0.5\n",
    ],
)
def test_a_file_into_which_numbers_cannot_be_put_stays_and_is_refused(text, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(BadInput, match=r"market\.product\.unit_cost cannot be put into this file; write `market:`"):
        write_numbers_into(file, {"product.unit_cost": 0.4}, "fitted")
    assert file.read_text() == text


def test_a_file_that_is_no_scenario_is_refused_before_anything_is_simulated(tmp_path, capsys):
    file = tmp_path / "mine.yaml"
    file.write_text("some: words\n")
    assert main(["calibrate", "supply", "telecom", "--write", str(file)]) == 2
    assert f"{file}" in capsys.readouterr().err


def test_a_scenario_without_targets_is_refused_with_the_way_out(tmp_path, capsys):
    file = tmp_path / "bare.yaml"
    file.write_text(yaml.safe_dump(small("telecom").as_mapping() | {"targets": {}}))
    assert main(["calibrate", "supply", str(file)]) == 2
    assert "has no targets; give its file a section `targets`" in capsys.readouterr().err


def test_where_shares_are_asked_they_are_numbers():
    assert np.isfinite(list(profit_and_loss(run_market(small("grocery", months=2)).monthly()).values())).all()


def test_quality_rests_where_it_did_when_an_industry_spends_less_on_research():
    """At rest opportunity x intensity^exponent x (1 - q) = frontier x q, so q follows from the ratio of both sides."""
    world = Scenario.load("telecom")
    moved = dict(world.market) | next_numbers(world, seen_of(world), targets_of(world))
    ratios = [
        numbers["product.opportunity"] * numbers["neutral.research"] ** numbers["product.research_exponent"]
        / numbers["product.frontier"] for numbers in (world.market, moved)
    ]  # fmt: skip
    assert ratios[1] == pytest.approx(ratios[0], rel=1e-3)


def test_the_desk_is_planned_so_that_its_real_utilisation_stays_in_the_band():
    world, targets = Scenario.load("telecom"), targets_of(Scenario.load("telecom"))
    busy = seen_of(
        world, figures={"utilisation": YearPair(0.95, 1.0)}, utilisation=BestReply(0.85, 0.95, 0.1, 0.65, 0.95)
    )
    planned = next_numbers(world, busy, targets)["neutral.utilisation"]
    assert planned + (1.0 - 0.85) <= targets["utilisation"].high


def losing():
    """A grocer that buys for nearly twice what it sells for, so that it is gone within four years if it may leave."""
    world = Scenario.load("grocery").with_settings({"market.product.unit_cost": 1.9, "market.customers": 100})
    return neutral_market(world, 100, 48)


def test_a_firm_that_loses_has_an_elasticity_since_its_owners_keep_it_while_demand_is_measured():
    assert np.isfinite(own_elasticity(losing(), 4).mean)


def test_a_firm_that_sells_nothing_has_no_elasticity_and_the_message_says_so(monkeypatch):
    monkeypatch.setattr(elasticity, "STAYING", {})
    with pytest.raises(RunFailed, match=r"grocery: .* sells nothing in year 4 .* so no elasticity"):
        own_elasticity(losing(), 4)
