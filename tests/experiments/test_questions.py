"""The five questions: their files, their statistics on hand-made tables, and two tiny runs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml

from sim.commands.claims import texts
from sim.experiments.claims.questions.adoption import adoption_table, adoption_worlds
from sim.experiments.claims.questions.answering import ANSWER_BY_FORM, answer
from sim.experiments.claims.questions.break_even import (
    ModeratorLevel,
    break_even_month,
    level_row,
    median_month,
    month_rows,
)
from sim.experiments.claims.questions.break_even import in_words as how_long
from sim.experiments.claims.questions.designs import Adoption, Axis, BreakEven
from sim.experiments.claims.questions.phase import (
    Cell,
    cells_of,
    contour_table,
    phase_table,
    tuning_places,
    winner_of,
    winners_in_words,
)
from sim.experiments.claims.questions.plan import CORNERS, Size, load_question, read_question
from sim.experiments.claims.questions.run import QuestionRun
from sim.experiments.claims.questions.silos import REST, TOTAL, bridge_worlds, height_table, step_table
from sim.experiments.claims.questions.sobol import in_words as what_drives
from sim.experiments.claims.questions.sobol import saltelli_points, sobol_table
from sim.experiments.claims.tables import LedgerResult
from sim.experiments.sweep.runner.executors import OneWorker
from sim.parameters import BadInput
from sim.parameters.checking import Place
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import Lines

QUESTIONS = ("when-it-pays", "how-long", "what-drives-it", "price-of-silos", "when-all-adopt")
TINY = Size(customers=50, months=14, pairs=2, trials=2, training=1)
POLICIES = ("customer_centric", "osfa", "product_centric")
AXES = (Axis("market.needs.spread", 0.5, 1.5, "linear"), Axis("market.choice.switching_cost", 1.0, 3.0, "linear"))


def contents_of(name):
    path = shipped_folder("experiments") / "claims" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read(contents):
    return read_question(contents, Place("question.yaml", Lines()))


def never(*arguments):
    raise AssertionError("nothing is left to live")


class Refusing(ThreadPoolExecutor):
    """Takes no work."""

    submit = staticmethod(never)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_in_the_box_is_read_and_named_as_its_file(name):
    assert load_question(name).id == name


def test_every_form_has_its_question():
    assert {load_question(name).form for name in QUESTIONS} == set(ANSWER_BY_FORM)


@pytest.mark.parametrize(
    ("name", "section", "change", "message"),
    [
        ("when-it-pays", "phase", {"polices": []}, "polices"),
        ("when-it-pays", "phase", {"policies": ["osfa", "osfaa"]}, "osfaa"),
        ("price-of-silos", "silos", {"steps": {"sales": ["sales_calls"]}}, "off in telecom"),
        ("price-of-silos", "silos", {"steps": {"sales": ["sails"]}}, "no mechanism"),
        ("when-all-adopt", "adoption", {"measures": {"price": {"measure": "price"}}}, "profit"),
        ("how-long", "break_even", {"moderators": {"needs": {"low": {"market.need.spread": 1.0}}}}, "market.need"),
        ("what-drives-it", "quick", {"rows": 12}, "power of two"),
        ("how-long", "quick", {"trials": 12}, "trials"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(name, section, change, message):
    contents = contents_of(name)
    contents[section] |= change
    with pytest.raises(BadInput, match=message):
        read(contents)


def test_a_question_is_asked_in_one_world():
    with pytest.raises(BadInput, match="write another file"):
        read(contents_of("how-long") | {"worlds": ["telecom", "banking"]})


# when it pays


def hand_made(offset):
    """Values of three policies on a grid of three by three: the first gains with the level across."""
    cells = cells_of(replace(load_question("when-it-pays").design, diagrams={"needs": AXES}), 3)
    luck = np.array([0.0, 0.2, 0.1, -0.1])
    values = {}
    for cell in cells:
        own = offset * (cell.at[0] - 0.9)
        values |= {cell.world(policy): luck + own * (policy == POLICIES[0]) for policy in POLICIES}
    return cells, values


def test_the_winner_of_a_cell_leads_every_rival_in_paired_worlds():
    luck = np.array([5.0, -5.0, 0.0])
    found = winner_of({"osfa": luck, "customer_centric": luck + [2.0, 2.1, 1.9], "product_centric": luck - 1.0}, "here")
    assert found["winner"] == "customer_centric" and found["resolved"]
    assert found["difference"] == pytest.approx(2.0)


def test_a_cell_in_which_one_rival_may_be_as_good_is_not_resolved():
    luck = np.array([5.0, -5.0, 0.0])
    found = winner_of(
        {"osfa": luck, "customer_centric": luck + [3.0, -1.0, 1.0], "product_centric": luck - 9.0}, "here"
    )
    assert found["winner"] == "customer_centric" and not found["resolved"]


def test_policies_that_are_the_same_have_no_winner_and_no_zero_line():
    cells, values = hand_made(0.0)
    diagram = phase_table("when-it-pays", cells, POLICIES, values)
    assert set(diagram["winner"]) == {"none"} and not diagram["resolved"].any() and not diagram["difference"].any()
    assert contour_table("when-it-pays", cells, POLICIES, values).empty
    assert "9 are not decided" in winners_in_words(diagram, POLICIES)[0]


def test_the_zero_line_turns_with_the_sign_of_the_difference():
    for offset in (1.0, -1.0):
        cells, values = hand_made(offset)
        diagram = phase_table("when-it-pays", cells, POLICIES, values)
        wins = diagram.loc[diagram["winner"] == POLICIES[0], "x"]
        assert set(wins) == ({1.0, 1.5} if offset > 0.0 else {0.5})


def test_a_file_tunes_at_the_corners_of_every_diagram_or_once():
    design = load_question("when-it-pays").design
    assert len(tuning_places(design, CORNERS)) == 4 * len(design.diagrams)
    assert tuning_places(design, "centre") == {"centre": {}}


def test_a_cell_at_a_corner_has_the_settings_of_that_corner():
    assert Cell("needs", AXES, (2, 0), 3).settings == {AXES[0].path: 1.5, AXES[1].path: 1.0}


# how long


def test_a_gap_that_falls_below_zero_again_breaks_even_after_the_last_time():
    assert break_even_month(np.array([-1.0, 1.0, -1.0, 1.0])) == 3.0


def test_a_firm_that_never_gets_there_has_no_month():
    rows = month_rows(ModeratorLevel("needs", "low"), np.array([[-1.0, -2.0, -3.0], [-1.0, 1.0, 2.0]]))
    assert rows["never"].tolist() == [True, False]
    assert np.isnan(rows["month"][0]) and rows["month"][1] == 1.0


def test_the_median_exists_only_if_more_than_half_break_even():
    assert np.isnan(median_month(np.array([3.0, np.inf, 4.0, np.inf]))[0])
    assert median_month(np.array([3.0, np.inf, 4.0]))[0] == 4.0


def test_the_interval_of_the_median_is_that_of_order_statistics():
    from scipy import stats

    months = np.arange(1.0, 21.0)
    _, low, high = median_month(months)
    between = stats.binom.cdf(high - 1, 20, 0.5) - stats.binom.cdf(low - 1, 20, 0.5)
    assert between >= 0.95
    assert stats.binom.cdf(high - 2, 20, 0.5) - stats.binom.cdf(low, 20, 0.5) < 0.95


def test_the_share_that_never_breaks_even_has_the_interval_of_wilson():
    row = level_row(ModeratorLevel("needs", "low"), np.array([[-1.0]] * 3 + [[1.0]] * 7))
    z, n, p = 1.959964, 10, 0.3
    centre, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    assert row["never"] == 0.3
    assert row["never_low"] == pytest.approx((centre - half) / (1 + z**2 / n), rel=1e-5)
    assert row["never_high"] == pytest.approx((centre + half) / (1 + z**2 / n), rel=1e-5)


def test_firms_that_are_alike_neither_break_even_nor_fail_to():
    levels = pd.DataFrame([level_row(ModeratorLevel("as it is", "base"), np.zeros((4, 5)))])
    assert levels["alike"][0] == 4 and np.isnan(levels["never"][0])
    assert "no difference at all" in how_long(levels, 5)[0]


# what drives it


@pytest.fixture(scope="module")
def points(tmp_path_factory):
    question = replace(load_question("what-drives-it"), quick=replace(TINY, rows=8))
    factors = {name: question.design.factors[name] for name in ("needs_spread", "distance_cost", "link_cost")}
    run = QuestionRun(question, tmp_path_factory.mktemp("question"), is_quick=True)
    return saltelli_points(run, replace(question.design, factors=factors))


def test_a_number_that_does_nothing_has_the_index_zero(points):
    gaps = {point.number: np.array([1.0, 1.5]) * float(point.labels["needs_spread"]) for point in points}
    table = sobol_table(points, gaps, 1).set_index("factor")
    assert table["total"]["needs_spread"] > 0.5
    assert table["total"]["link_cost"] == table["high"]["link_cost"] == 0.0
    assert table.index[0] == "needs_spread"


def test_policies_that_are_the_same_have_indices_of_zero(points):
    table = sobol_table(points, {point.number: np.zeros(2) for point in points}, 1)
    assert not table[["total", "low", "high", "first"]].to_numpy().any()
    assert "Nothing moves" in what_drives(table, POLICIES[:2])[0]


# the price of silos


def test_the_steps_of_the_price_of_silos_add_up_to_it():
    costs = np.random.default_rng(1).normal(size=(8, 5))
    table = step_table(costs, ["a", "b", "c"], 7.0, "EUR").set_index("step")["mean"]
    assert table.drop(TOTAL).sum() == pytest.approx(table[TOTAL], abs=1e-9)
    assert table[REST] == pytest.approx(costs[0].mean() / 7.0)


def test_a_bridge_has_every_combination_at_both_ends_and_the_whole_is_the_world_as_it_comes():
    design = load_question("price-of-silos").design
    worlds = bridge_worlds(design)
    assert len(worlds) == 2 * 2 ** len(design.steps)
    assert {design.path: 1.0} in worlds.values() and {design.path: 0.0} in worlds.values()


def test_heights_that_are_not_clearly_behind_may_be_best():
    luck = np.array([3.0, -3.0, 0.0])
    curve = height_table({0.0: luck, 0.5: luck + [1.0, 1.1, 0.9], 1.0: luck + [2.0, -1.0, 1.0]}, "EUR")
    assert curve["is_best"].tolist() == [False, True, False]
    assert curve["may_be_best"].tolist() == [False, True, True]


# when all adopt


def test_adopters_are_none_the_first_or_all():
    decided = {"customer_centric": {}, "osfa": {}}
    worlds = adoption_worlds(("customer_centric", "osfa"), decided, 3)
    counts = {name: list(world.values()).count("customer_centric") for name, world in worlds.items()}
    assert counts == {"none": 0, "one": 1, "all": 3}


def test_the_difference_of_adoption_is_that_of_pairs():
    values = {"profit": {"none": np.array([1.0, 5.0]), "one": np.array([2.0, 6.0]), "all": np.array([1.0, 5.0])}}
    table = adoption_table(values, {"profit": "EUR"}).set_index("adopters")
    assert table["difference"].to_dict() == {"none": 0.0, "one": 1.0, "all": 0.0}
    assert table["difference_low"]["one"] == table["difference_high"]["one"] == 1.0


# tiny runs


@pytest.fixture(scope="module")
def same(tmp_path_factory):
    """Firms that adopt what they have already; with the folder of the run."""
    question = load_question("when-all-adopt")
    assert isinstance(question.design, Adoption)
    design = replace(question.design, policies=("osfa", "osfa"))
    asked = replace(question, design=design, quick=TINY)
    folder = tmp_path_factory.mktemp("questions")
    return asked, folder, answer(asked, folder, True, OneWorker(), 1)


def test_a_policy_that_all_firms_have_already_changes_nothing(same):
    _, _, found = same
    assert not found.tables["adoption"][["difference", "difference_low", "difference_high"]].to_numpy().any()
    assert "exactly the same" in found.row["answer"]
    assert found.row["effect"] == found.row["low"] == found.row["high"] == 0.0


def test_an_answer_is_made_again_from_its_folder_without_a_run(same, monkeypatch):
    asked, folder, found = same
    monkeypatch.setattr("sim.experiments.claims.questions.tuning.tune", never)
    again = answer(asked, folder, True, Refusing(1), 1)
    assert again.row == found.row
    pd.testing.assert_frame_equal(again.tables["adoption"], found.tables["adoption"])


def test_a_firm_that_sets_out_after_the_end_is_the_firm_that_never_does(tmp_path):
    question = load_question("how-long")
    assert isinstance(question.design, BreakEven)
    late = {"firms.0.policy_settings.date": 15}
    design = replace(question.design, sets_out=late, moderators={})
    found = answer(replace(question, design=design, quick=TINY), tmp_path, True, OneWorker(), 1)
    assert found.tables["break_even_levels"]["alike"].tolist() == [TINY.pairs]
    assert not found.tables["break_even"]["gap"].any() and not found.tables["break_even"]["never"].any()


def test_the_terminal_tells_the_answers_and_counts_no_verdicts_where_there_are_none():
    none = pd.DataFrame(columns=["verdict"])
    answers = pd.DataFrame([{"id": "how-long", "question": "How long?", "answer": "62 months."}])
    result = LedgerResult(
        {"verdicts": none, "answers": answers}, {"share_supported": 0.0, "suspect": False, "failed": {}}
    )
    assert texts(result) == ["how-long: How long?", "             62 months."]
