"""How charts look: contrast, overlap, sizes, colours for every eye."""

import itertools
from functools import cache

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from sim.charts import CHARTS, STYLES, draw, draw_cohort, find_style
from sim.charts.form import NothingToDraw
from sim.charts.theme import FURTHER, GAIN, LOSS, POLICY_LOOKS, settings
from sim.charts.words import LONGEST_TITLE
from sim.experiments.compare import compare
from sim.parameters import Scenario
from tests.support.made_up_comparisons import ABOUT, THREE, cohort_table, tables

WORLDS = {
    "null": {},
    "better": {"effect": 0.3},
    "worse": {"effect": -0.4, "size": 0.001},
    "losses": {"effect": 0.3, "size": -30.0},
    "one year": {"years": 1},
    "pair": {"policies": ("osfa", "customer_centric"), "effect": 0.1},
    "own": {"policies": ("product_centric", "my files/mine.py:MyVeryOwnAndRatherLongPolicy", "customer_centric")},
    "five": {"policies": (*THREE, "hybrid", "mine.py:Mine"), "effect": 0.1},
}


@cache
def comparison_of(world):
    """The tables of a made-up comparison."""
    return tables(**WORLDS[world])


def drawings():
    for world, name, style in itertools.product(WORLDS, CHARTS, STYLES):
        yield pytest.param(world, name, style, id=f"{world}-{name}-{style}")


def shown_texts(figure):
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def boxes(chart):
    with settings(chart.style):
        canvas = FigureCanvasAgg(chart.figure)
        chart.figure.draw_without_rendering()
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


def lines_of_title(chart):
    largest = max(text.get_fontsize() for text in shown_texts(chart.figure))
    lines = [text for text in shown_texts(chart.figure) if text.get_fontsize() == largest]
    return len({text.get_position()[1] for text in lines if text.get_position()[1] > 0.8})


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
    if chart.style.name == "deck":
        assert lines_of_title(chart) <= 2
    if chart.style.name == "journal":
        assert round(width) in (89, 183) and height <= 170
        assert max(sizes) <= 7


@pytest.mark.long
@pytest.mark.parametrize(("world", "name", "style"), list(drawings()))
def test_no_text_is_clipped_small_or_over_another(world, name, style):
    check_look(draw(name, comparison_of(world), style))


@pytest.mark.parametrize("style", STYLES)
def test_a_whale_without_a_fall_says_so(style):
    flat = tables()
    flat.whale["cumulated"] = 1e6 * flat.whale["rank_share"]
    with pytest.raises(NothingToDraw, match="no whale curve falls"):
        draw("whale", flat, style)


@pytest.mark.parametrize("style", STYLES)
def test_the_cohort_shows_real_data_and_says_so(style):
    chart = draw_cohort(cohort_table(), 0.0432, ABOUT, find_style(style))
    check_look(chart)
    assert "4.3" in chart.title
    assert "real data" in chart.caption
    assert "not client data" not in chart.caption


def test_every_policy_has_its_own_colour_with_enough_contrast():
    colours = [look.colour for look in POLICY_LOOKS.values()] + [colour for colour, _ in FURTHER]
    assert len(set(colours)) == len(colours)
    for colour in colours:
        luminance = XYZ[1] @ linear(colour)
        assert 1.05 / (luminance + 0.05) >= 4.5


# Machado, Oliveira and Fernandes (2009), severity 1
SEEN_BY = {
    "all": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    channels = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    part = XYZ @ np.clip(rgb, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eye", SEEN_BY)
def test_no_two_colours_look_alike_to_any_eye(eye):
    matrix = np.array(SEEN_BY[eye])
    colours = [look.colour for look in POLICY_LOOKS.values()] + [colour for colour, _ in FURTHER] + [GAIN, LOSS]
    for one, other in itertools.combinations(colours, 2):
        assert np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))) > 17, (one, other)


@pytest.mark.parametrize("eye", SEEN_BY)
def test_the_five_policies_in_the_box_are_far_apart_to_any_eye(eye):
    seen = [lab(np.array(SEEN_BY[eye]) @ linear(look.colour)) for look in POLICY_LOOKS.values()]
    assert len(seen) == 5 == len({look.dash for look in POLICY_LOOKS.values()})
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) > 24


@pytest.fixture(scope="module")
def comparison():
    small = {"market.customers": 150, "market.size": 1500, "months": 24, "market.warm_up": 6}
    return compare(Scenario.load("telecom").with_settings(small), replications=3)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["fan", "bridge", "gaps"])
def test_a_real_comparison_is_drawn_without_faults(comparison, name, style):
    check_look(draw(name, comparison, style))
