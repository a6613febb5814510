"""Charts of made-up comparisons: what they draw, say and refuse."""

import json

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from sim.charts import CHARTS, FORMATS, draw, draw_shaken, find_style, save
from sim.charts.bridge import bridge_of
from sim.charts.form import NothingToDraw
from sim.charts.illusion import beliefs_of
from sim.charts.labels import separate
from sim.charts.measure_words import title_over_measures
from sim.charts.numbers import MINUS, SPACE, amount, plain, signed_amount, with_sign
from sim.charts.survival import cohorts_of
from sim.charts.theme import looks_of
from sim.charts.words import Finding, first_supported_title, title_of_value
from sim.cli import main
from sim.experiments.compare import compare
from sim.parameters import BadInput, Scenario
from tests.support.made_up_comparisons import tables

# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fan", "bridge", "gaps", "survival", "allocation"])
def test_a_null_result_says_no_clear_difference(name):
    assert "no clear difference" in draw(name, tables(effect=0.0, replications=3)).title.lower()


@pytest.mark.parametrize("name", ["fan", "bridge", "gaps"])
def test_a_reversed_result_reverses_the_title(name):
    up, down = (draw(name, tables(effect=effect)).title for effect in (0.3, -0.3))
    for more, less in ((" more ", " less "), ("higher", "lower"), ("better", "worse")):
        assert ((more in up) == (less in down)) or name == "fan"
    assert up != down
    assert "no clear difference" not in (up + down).lower()


@pytest.mark.parametrize(("name", "less"), [("survival", "fewer"), ("allocation", "less"), ("illusion", "fewer")])
def test_a_reversed_result_of_customers_reverses_the_title(name, less):
    up, down = (draw(name, tables(effect=effect)).title for effect in (0.3, -0.3))
    assert " more " in up and f" {less} " not in up
    assert f" {less} " in down and " more " not in down


def test_the_same_gap_seen_from_the_rival_swaps_the_claim():
    gap = Finding(2.0, 1.0, 3.0)
    assert gap.verdict == "higher"
    assert gap.seen_from_rival() == Finding(-2.0, -3.0, -1.0)
    assert gap.seen_from_rival().verdict == "lower"


@pytest.mark.parametrize("low", [0.0, -1.0, float("nan")])
def test_an_interval_that_touches_zero_or_is_unknown_claims_nothing(low):
    assert Finding(1.0, low, 2.0).verdict == "no clear difference"


@pytest.mark.parametrize("word", ["higher", "lower", "more", "less", "better", "worse", "pays"])
def test_the_guard_refuses_a_claim_without_a_clear_interval(word):
    with pytest.raises(ValueError, match="no interval carries"):
        first_supported_title([f"this is {word}"], [Finding(1.0, -1.0, 3.0)])


def test_a_mixed_result_names_what_is_clear_and_what_is_not():
    found = {"attrition": Finding(-1, -2, -0.5), "profit": Finding(1, 0.5, 2), "word of mouth": Finding(0, -1, 1)}
    title = title_over_measures(found, "Customer-centric", "One-size-fits-all", "year 10")
    assert "lower attrition and higher profit" in title
    assert title.startswith("Year 10") and title.endswith("no clear difference in the rest")


def test_numbers_are_rounded_and_keep_their_unit_beside_them():
    assert amount(127_123_456.0, "EUR") == f"EUR{SPACE}127{SPACE}m"
    assert signed_amount(-5_276_269.7, "EUR") == f"{MINUS}EUR{SPACE}5.28{SPACE}m"
    assert with_sign(-0.0001, 2) == "0.00"
    assert plain(-1234.5, 0) == f"{MINUS}1,234"


def test_the_note_names_scenario_replications_seed_and_version():
    note = draw("fan", tables()).words.provenance.replace(SPACE, " ")
    assert (
        note == "Simulation, not client data · scenario made_up 01234567 · 8 paired replications · seed 1 · sim 0.1.0"
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def test_the_bridge_adds_up():
    found = bridge_of(tables(effect=0.2))
    assert found.start + sum(step.mean for step in found.steps.values()) == pytest.approx(found.end, rel=1e-9)


def test_a_bridge_that_does_not_add_up_is_refused():
    broken = tables(effect=0.2)
    broken.bridge["mean"] *= 1.01
    with pytest.raises(BadInput, match="the steps of the bridge lead to"):
        draw("bridge", broken)


def test_a_whale_of_nothing_is_refused():
    broken = tables()
    broken.whale["cumulated"] *= -1.0
    with pytest.raises(BadInput, match="contribute anything"):
        draw("whale", broken)


def test_a_table_without_a_column_is_refused_in_words():
    broken = tables()
    broken.gaps = broken.gaps.drop(columns="low")
    with pytest.raises(BadInput, match="lack 'low'"):
        draw("fan", broken)


def test_unknown_names_suggest_the_nearest():
    with pytest.raises(BadInput, match="Did you mean bridge"):
        draw("bridg", tables())
    with pytest.raises(BadInput, match="Did you mean journal"):
        draw("fan", tables(), "journl")


def test_labels_are_pushed_apart_and_stay_inside():
    centres = separate([1.0, 1.0, 9.9], [1.0, 1.0, 1.0], 0.0, 10.0)
    assert centres == pytest.approx([0.5, 1.5, 9.5])


def test_the_title_of_survival_gives_the_shares_of_its_table():
    made = tables(effect=0.3)
    last = made.survival.query("cohort == 'at the start' and month == 120").groupby("policy")["share"].mean()
    shares = [f"{100 * last[policy]:.0f}" for policy in ("customer_centric", "product_centric")]
    title = draw("survival", made).title.replace(SPACE, " ")
    assert title.startswith("After 10 years") and f"({shares[0]} against {shares[1]} %)" in title


def test_a_cohort_ends_where_hardly_anybody_is_observed():
    made = tables()
    curves = cohorts_of(made.survival, looks_of(made.about))["won later"]
    at_risk = made.survival.query("cohort == 'won later' and policy == 'osfa'").pivot(
        index="month", columns="replicate", values="at_risk"
    )
    last = int(curves[1].share.index[-1])
    assert (at_risk.loc[last] >= 0.05 * at_risk.loc[0]).all()
    assert (at_risk.loc[last + 1] < 0.05 * at_risk.loc[0]).any()


def test_the_gap_of_an_illusion_is_what_is_believed_less_what_is_felt():
    made = tables(effect=0.5)
    row = next(row for row in beliefs_of(made) if row.look.label == "Customer-centric")
    own = made.monthly[made.monthly["world"] == "customer_centric"]
    gap = 100.0 * (own["satisfaction_perceived"] - own["share_satisfied"]).mean()
    assert row.gap.mean == pytest.approx(row.believed - row.felt) == pytest.approx(gap)
    assert f"gap +{gap:.1f} " in draw("illusion", made).alt.replace(SPACE, " ")


def nobody_leaves(made):
    made.survival["share"] = 1.0


def everybody_is_served_alike(made):
    made.allocation["rank_correlation"] = np.nan


def the_leadership_sees_all(made):
    made.monthly["satisfaction_perceived"] = made.monthly["share_satisfied"]


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("survival", nobody_leaves, "In no run did a customer of the start leave"),
        ("allocation", everybody_is_served_alike, "nobody comes first"),
        ("illusion", the_leadership_sees_all, "there is no illusion"),
    ],
)
def test_a_chart_with_nothing_to_say_is_a_sentence(name, change, sentence):
    made = tables(effect=0.3)
    change(made)
    with pytest.raises(NothingToDraw, match=sentence):
        draw(name, made)


@pytest.mark.parametrize("name", ["survival", "allocation"])
def test_a_folder_of_an_earlier_version_says_how_to_have_the_table(name):
    made = tables()
    delattr(made, name)
    with pytest.raises(BadInput, match=f"{name}.csv is not in this comparison; run sim compare again"):
        draw(name, made)


def test_hand_offs_start_at_the_service_desk():
    chart = draw("handoffs", tables(effect=0.3))
    assert "from service" in chart.title.lower() and "service desk" in chart.words.shape


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("name", CHARTS)
def test_the_same_tables_give_the_same_bytes(name, tmp_path):
    folders = [tmp_path / str(k) for k in range(2)]
    for folder in folders:
        chart = draw(name, tables(effect=0.1))
        for ending in FORMATS:
            save(chart, folder / f"{name}.{ending}")
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == other and set(one) == {f"{name}.{ending}" for ending in FORMATS}


def test_words_and_provenance_travel_inside_the_file(tmp_path):
    chart = draw("bridge", tables(effect=0.1))
    inside = Image.open(save(chart, tmp_path / "bridge.png")).text
    assert inside["Title"] == chart.title
    assert inside["Description"] == chart.alt
    assert json.loads(inside["Comment"]) == chart.record()
    assert chart.record()["sha256"] == "0123456789abcdef"
    svg = save(chart, tmp_path / "bridge.svg").read_text(encoding="utf-8")
    assert chart.title in svg and "Retention</text>" in svg and "<dc:date>" not in svg
    pdf = save(chart, tmp_path / "bridge.pdf").read_bytes()
    assert b"/Title" in pdf and b"/Keywords" in pdf and b"/CreationDate" not in pdf and b"/Type3" not in pdf


def test_the_alternative_text_is_title_subtitle_and_shape():
    chart = draw("whale", tables())
    assert chart.alt.startswith(chart.title)
    assert chart.subtitle in chart.alt
    assert chart.words.shape in chart.alt


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(BadInput, match="Did you mean png"):
        save(draw("whale", tables()), tmp_path / "whale.pgn")


# --- a real comparison and the command -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    small = {"market.customers": 150, "market.size": 1500, "months": 24, "market.warm_up": 6}
    place = tmp_path_factory.mktemp("comparison")
    compare(Scenario.load("telecom").with_settings(small), replications=3).write(place)
    return place


def test_the_command_draws_what_is_asked(folder, capsys):
    assert main(["chart", str(folder), "fan"]) == 0
    assert main(["chart", str(folder), "all", "--style", "journal", "--format", "svg"]) == 0
    names = {path.name for path in (folder / "charts").iterdir()}
    assert {"fan.png", "fan-journal.svg", "bridge-journal.svg", "gaps-journal.svg"} <= names
    assert str(folder / "charts" / "fan.png") in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["fann"], "Did you mean fan"),
        (["fan", "--style", "dekc"], "Did you mean deck"),
        (["fan", "--format", "pgn"], "Did you mean png"),
        (["all", "--format", "pgn"], "Did you mean png"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(folder, capsys, words, message):
    assert main(["chart", str(folder), *words]) == 2
    assert message in capsys.readouterr().err


def test_the_command_refuses_a_folder_without_a_comparison(tmp_path, capsys):
    assert main(["chart", str(tmp_path / "nowhere"), "fan"]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert main(["chart", str(tmp_path), "fan"]) == 2
    assert "comparison" in capsys.readouterr().err


def shaken(size):
    moves = [("none", np.nan), ("market.needs.spread", 0.4), ("market.needs.spread", 1.6)]
    rows = [
        ("customer_centric", rival, key, value, sign * size, sign * size - 1e5, sign * size + 1e5)
        for (key, value), sign in zip(moves, (-1.0, -1.0, 1.0), strict=True)
        for rival in ("product_centric", "osfa")
    ]
    return pd.DataFrame(rows, columns=["policy", "against", "assumption", "value", "mean", "low", "high"])


TURNED = "10-year: lower than product-centric (1 of 2 turn it)"


@pytest.mark.parametrize(("size", "title"), [(4e5, TURNED), (0.0, "(clear in 0 of 2)")])
def test_the_chart_of_shaken_assumptions_counts_the_moves_that_turn_the_verdict(size, title):
    about, settled = tables().about, Finding(-size, -size - 1e5, -size + 1e5)
    chart = draw_shaken(shaken(size), {"product_centric": settled, "osfa": settled}, about, find_style("deck"))
    assert title in chart.title and len(chart.title) <= 120


@pytest.mark.parametrize(("gap", "size"), [((8.0, 7.5, 8.5), True), ((8.0, 4.0, 12.0), False)])
def test_a_title_gives_the_size_of_a_difference_only_where_its_interval_is_narrow(gap, size):
    title = title_of_value(Finding(*gap), ("hybrid", "osfa"), "10-year", "EUR", "no step is clear")
    assert title.startswith("Hybrid pays ") and ("EUR" in title) is size
