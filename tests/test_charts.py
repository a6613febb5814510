import itertools
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from sim.charts import CHARTS, FORMATS, STYLES, draw, draw_cohort, save, style_named
from sim.charts.bridge import bridge_of
from sim.charts.labels import spread
from sim.charts.numbers import MINUS, SPACE, amount, plain, signed, signed_amount
from sim.charts.theme import FURTHER, KNOWN, settings
from sim.charts.words import LONGEST_TITLE, Finding, guarded, title_over_measures
from sim.cli import main
from sim.lab.comparison import Comparison, compare
from sim.lab.paired import paired_difference
from sim.parameters import BadInput, Scenario

THREE = ("product_centric", "osfa", "customer_centric")
LEVEL = {
    "profit": 2e6, "revenue": 9e6, "attrition": 0.3, "attrition_voluntary": 0.25, "messages_negative_share": 0.4,
    "customers": 9000.0, "satisfaction": 0.6, "needs_met": 0.5,
}  # fmt: skip
TERMS = ("retention", "acquisition", "efficiency", "penetration", "transformation", "fixed")


def tables(policies=THREE, effect=0.0, years=10, size=1.0, replications=8):
    """A comparison made up for the test: each policy's values differ from the one before by `effect` of the level."""
    rng = np.random.default_rng(7)
    rows = []
    for (name, level), year, (place, policy), k in itertools.product(
        LEVEL.items(), range(1, years + 1), enumerate(policies), range(replications)
    ):
        factor = size if level > 1e4 else 1.0
        rows.append((policy, k, name, year, factor * level * (1 + effect * place + 0.05 * rng.normal())))
    worth = {
        policy: size * 4e6 * (1 + effect * k + 0.1 * rng.normal(size=replications)) for k, policy in enumerate(policies)
    }
    for (policy, values), name in itertools.product(worth.items(), ("npv", "npv_with_equity")):
        rows += [(policy, k, name, 0, value) for k, value in enumerate(values)]
    runs = pd.DataFrame(rows, columns=["policy", "replicate", "measure", "year", "value"])
    pairs = [(a, b) for k, b in enumerate(policies) for a in policies[k + 1 :]]
    about = {
        "scenario": "made_up", "sha256": "0123456789abcdef", "seed": 1, "adopt": "focal", "policies": list(policies),
        "replications": replications, "months": 12 * years, "focal": "north",
    }  # fmt: skip
    return SimpleNamespace(
        runs=runs,
        gaps=gaps_of(runs, pairs),
        bridge=bridge_table(worth, pairs, rng),
        whale=whale_of(policies),
        about=about,
    )


def gaps_of(runs, pairs):
    wide = runs.pivot(index=["measure", "year", "replicate"], columns="policy", values="value")
    rows = []
    for (measure, year), part in wide.groupby(level=["measure", "year"]):
        for policy, against in pairs:
            gap = paired_difference(part[policy], part[against])
            rows.append((policy, against, measure, year, gap.mean, gap.low, gap.high))
    return pd.DataFrame(rows, columns=["policy", "against", "measure", "year", "mean", "low", "high"])


def bridge_table(worth, pairs, rng):
    rows = []
    for policy, against in pairs:
        gap = worth[policy] - worth[against]
        parts = {term: abs(gap.mean()) * rng.normal(1.0, 0.4, size=len(gap)) for term in TERMS[:3]}
        parts["penetration"] = 0.5 * abs(gap.mean()) * rng.normal(size=len(gap))
        parts["transformation"] = np.zeros(len(gap))
        parts["fixed"] = gap - sum(parts.values())
        for term, values in parts.items():
            found = paired_difference(values, np.zeros(len(values)))
            rows.append((policy, against, term, found.mean, found.low, found.high))
    return pd.DataFrame(rows, columns=["policy", "against", "term", "mean", "low", "high"])


def whale_of(policies):
    shares = np.linspace(0, 1, 51)
    parts = []
    for place, policy in enumerate(policies):
        curve = shares + (1.2 + 0.2 * place) * shares * (1 - shares)
        spread_ = 0.1 * shares * (1 - shares)
        columns = {"rank_share": shares, "cumulative_share": curve, "low": curve - spread_, "high": curve + spread_}
        parts.append(pd.DataFrame({"policy": policy} | columns))
    return pd.concat(parts)


def cohort_table(weeks=39):
    week = np.arange(1, weeks + 1)
    observed, simulated = 200 * np.exp(-week / 15.0) + 20 * np.sin(week), 200 * np.exp(-week / 14.0)
    return pd.DataFrame(
        {"week": week, "observed": observed, "simulated": simulated, "low": 0.8 * simulated, "high": 1.2 * simulated}
    )


ABOUT = {"scenario": "cohort", "sha256": "feedbeef00", "seed": 1, "replications": 20, "log": "a purchase log of 1997"}


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fan", "bridge", "gaps"])
def test_a_null_result_says_no_clear_difference(name):
    assert "no clear difference" in draw(name, tables(effect=0.0, replications=3)).title.lower()


@pytest.mark.parametrize("name", ["fan", "bridge", "gaps"])
def test_a_reversed_result_reverses_the_title(name):
    up, down = (draw(name, tables(effect=effect)).title for effect in (0.3, -0.3))
    for more, less in ((" more ", " less "), ("higher", "lower"), ("better", "worse")):
        assert ((more in up) == (less in down)) or name == "fan"
    assert up != down
    assert "no clear difference" not in (up + down).lower()


def test_the_same_gap_seen_from_the_rival_swaps_the_claim():
    gap = Finding(2.0, 1.0, 3.0)
    assert gap.verdict == "higher"
    assert gap.reversed() == Finding(-2.0, -3.0, -1.0)
    assert gap.reversed().verdict == "lower"


@pytest.mark.parametrize("low", [0.0, -1.0, float("nan")])
def test_an_interval_that_touches_zero_or_is_unknown_claims_nothing(low):
    assert Finding(1.0, low, 2.0).verdict == "no clear difference"


@pytest.mark.parametrize("word", ["higher", "lower", "more", "less", "better", "worse", "pays"])
def test_the_guard_refuses_a_claim_without_a_clear_interval(word):
    with pytest.raises(ValueError, match="no interval carries"):
        guarded([f"this is {word}"], [Finding(1.0, -1.0, 3.0)])


def test_a_mixed_result_names_what_is_clear_and_what_is_not():
    found = {"attrition": Finding(-1, -2, -0.5), "profit": Finding(1, 0.5, 2), "word of mouth": Finding(0, -1, 1)}
    title = title_over_measures(found, "Customer-centric", "One-size-fits-all", "year 10")
    assert "lower attrition and higher profit" in title
    assert title.endswith("no clear difference in word of mouth")


def test_numbers_are_rounded_and_keep_their_unit_beside_them():
    assert amount(127_123_456.0) == f"EUR{SPACE}127{SPACE}m"
    assert signed_amount(-5_276_269.7) == f"{MINUS}EUR{SPACE}5.28{SPACE}m"
    assert signed(-0.0001, 2) == "0.00"
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
    broken.whale["cumulative_share"] *= -1.0
    with pytest.raises(BadInput, match="contribute nothing or less"):
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
    centres = spread([1.0, 1.0, 9.9], [1.0, 1.0, 1.0], 0.0, 10.0)
    assert centres == pytest.approx([0.5, 1.5, 9.5])


# --- look ------------------------------------------------------------------------------------------------------------

WORLDS = {
    "null": tables(),
    "better": tables(effect=0.3),
    "worse": tables(effect=-0.4, size=0.001),
    "losses": tables(effect=0.3, size=-30.0),
    "one year": tables(years=1),
    "pair": tables(policies=("osfa", "customer_centric"), effect=0.1),
    "own": tables(policies=("product_centric", "my files/mine.py:MyVeryOwnAndRatherLongPolicy", "customer_centric")),
    "five": tables(policies=(*THREE, "hybrid", "mine.py:Mine"), effect=0.1),
}


def drawings():
    for world, name, style in itertools.product(WORLDS, CHARTS, STYLES):
        yield pytest.param(world, name, style, id=f"{world}-{name}-{style}")


def shown_texts(figure):
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def boxes(chart):
    with settings(chart.style):
        canvas = FigureCanvasAgg(chart.figure)
        canvas.draw()
        return [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in shown_texts(chart.figure)]


def faults(chart):
    found = boxes(chart)
    width, height = chart.figure.bbox.width, chart.figure.bbox.height
    clipped = [text for text, box in found if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
    overlaps = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.25 * min(a.height, b.height)
    ]
    return clipped, overlaps


def check_look(chart):
    assert faults(chart) == ([], [])
    sizes = {text.get_fontsize() for text in shown_texts(chart.figure)}
    assert len(sizes) <= 4
    assert min(sizes) >= (10 if chart.style.name == "deck" else 5)
    assert len(chart.title) <= LONGEST_TITLE
    assert all(text.get_rotation() == 0 for text in shown_texts(chart.figure))
    texts = " ".join(text.get_text() for text in shown_texts(chart.figure))
    assert "scenario" in texts and "seed" in texts
    width, height = chart.figure.get_size_inches() * 25.4
    if chart.style.name == "journal":
        assert round(width) in (89, 183) and height <= 170
        assert max(sizes) <= 7


@pytest.mark.parametrize(("world", "name", "style"), list(drawings()))
def test_no_text_is_clipped_small_or_over_another(world, name, style):
    check_look(draw(name, WORLDS[world], style))


@pytest.mark.parametrize("style", STYLES)
def test_a_whale_without_a_fall_says_so(style):
    flat = tables()
    flat.whale[["cumulative_share", "low", "high"]] = np.repeat(flat.whale[["rank_share"]].to_numpy(), 3, axis=1)
    chart = draw("whale", flat, style)
    check_look(chart)
    assert "no curve falls" in chart.title


@pytest.mark.parametrize("style", STYLES)
def test_the_cohort_shows_real_data_and_says_so(style):
    chart = draw_cohort(cohort_table(), 0.0432, ABOUT, style_named(style))
    check_look(chart)
    assert "4.3" in chart.title
    assert "real data" in chart.caption
    assert "not client data" not in chart.caption


def test_a_deck_title_has_at_most_two_lines():
    for world, name in itertools.product(WORLDS.values(), CHARTS):
        chart = draw(name, world)
        largest = max(text.get_fontsize() for text in shown_texts(chart.figure))
        lines = [text for text in shown_texts(chart.figure) if text.get_fontsize() == largest]
        assert len({text.get_position()[1] for text in lines if text.get_position()[1] > 0.8}) <= 2


def test_every_policy_has_its_own_colour_with_enough_contrast():
    colours = [look.colour for look in KNOWN.values()] + [colour for colour, _ in FURTHER]
    assert len(set(colours)) == len(colours)
    for colour in colours:
        channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 4.5


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", CHARTS)
def test_the_same_tables_give_the_same_bytes(name, ending, tmp_path):
    files = [save(draw(name, tables(effect=0.1)), tmp_path / str(k) / f"{name}.{ending}") for k in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert [path.name for path in files[0].parent.iterdir()] == [f"{name}.{ending}"]


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


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["fan", "bridge", "gaps"])
def test_a_real_comparison_is_drawn_without_faults(folder, name, style):
    check_look(draw(name, Comparison.read(folder), style))


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
    ],
)
def test_the_command_refuses_what_it_does_not_know(folder, capsys, words, message):
    assert main(["chart", str(folder), *words]) == 2
    assert message in capsys.readouterr().err


def test_the_command_refuses_a_folder_without_a_comparison(tmp_path, capsys):
    assert main(["chart", str(tmp_path / "nowhere"), "fan"]) == 2
    assert "not a comparison folder" in capsys.readouterr().err
