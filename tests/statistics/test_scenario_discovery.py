"""Boxes by PRIM: they find what was hidden, and refuse what cannot be found."""

import numpy as np
import pandas as pd
import pytest

from sim.parameters import BadInput
from sim.statistics.contour import contour, zeros
from sim.statistics.declaration import Contrast
from sim.statistics.extras import import_extra
from sim.statistics.scenario_discovery import discover_boxes, find_boxes
from tests.support.made_up_runs import crossed, runs_of

AGAINST = Contrast("policy", "new", "old", "npv", smallest=1.0)
ACROSS, UP = [0.0, 0.5, 1.0], [0.0, 0.25, 0.5, 0.75, 1.0]


def grid(noise, line, replicates=40, seed=3):
    """The new policy is better by 10 times the height above a line."""

    def response(across, up, policy):
        return 100.0 + 10.0 * (up - line(across)) * (policy == "new")

    levels = {"needs": ACROSS, "cost": UP, "policy": ["old", "new"]}
    return crossed(levels, response, replicates, luck=5.0, noise=noise, seed=seed)


def test_without_noise_the_zero_line_is_the_line():
    found = contour(grid(0.0, lambda x: 0.2 + 0.6 * x), AGAINST, "needs", "cost", seed=1)
    line = found.zero_line.set_index("across")
    assert line["up"].to_dict() == pytest.approx({0.0: 0.2, 0.5: 0.5, 1.0: 0.8})
    assert line["rising"].all()


@pytest.mark.long
def test_the_interval_of_the_zero_line_holds_it_as_often_as_it_says():
    held = []
    for seed in range(70):
        line = contour(grid(3.0, lambda x: 0.2 + 0.6 * x, seed=seed), AGAINST, "needs", "cost", 1).zero_line
        ends = line.groupby("across")[["low", "high"]].agg({"low": "min", "high": "max"}).fillna({"low": 0, "high": 1})
        held += [low <= 0.2 + 0.6 * x <= high for x, low, high in ends.itertuples()]
    assert len(held) == 210 and np.mean(held) >= 0.91  # 95 %, false alarm below 1 %


def test_a_line_outside_the_grid_is_not_there_and_the_signs_say_so():
    found = contour(grid(0.5, lambda x: -0.5), AGAINST, "needs", "cost", 1)
    assert len(found.zero_line) == 0 and (found.grid["sign"] == "positive").all()


def test_an_interval_that_leaves_the_grid_is_open():
    line = contour(grid(3.0, lambda x: 0.08), AGAINST, "needs", "cost", 1).zero_line
    assert line["low"].isna().any() and line["high"].notna().all()


def test_zeros_lie_where_straight_lines_cross():
    assert zeros(np.array([0.0, 1.0, 3.0]), np.array([2.0, -2.0, 2.0])).tolist() == [0.5, 2.0]


def test_a_grid_with_holes_is_refused():
    runs = grid(1.0, lambda x: 0.5, 3)
    runs = runs[(runs["needs"] != 0.5) | (runs["cost"] != 0.75)]
    with pytest.raises(BadInput, match=r"needs = 0.5, cost = 0.75; a zero line needs all 15 points"):
        contour(runs, AGAINST, "needs", "cost", 1)


def test_a_point_of_the_grid_without_pairs_is_named():
    runs = grid(1.0, lambda x: 0.5, 3)
    broken = runs.assign(status=np.where((runs["needs"] == 1.0) & (runs["cost"] == 0.25), "failed", "ok"))
    with pytest.raises(BadInput, match="0 whole pairs at needs = 1, cost = 0.25"):
        contour(broken, AGAINST, "needs", "cost", 1)


def test_a_zero_line_needs_numbers():
    runs = grid(1.0, lambda x: 0.5, 3).astype({"needs": str})
    with pytest.raises(BadInput, match="needs is none"):
        contour(runs, AGAINST, "needs", "cost", 1)


@pytest.fixture(scope="module")
def scattered():
    """Points spread evenly; the outcome is 1 inside a known box and 0 outside, with a little noise."""
    rng = np.random.default_rng(12)
    points = rng.uniform(size=(1500, 3))
    inside = (points[:, 0] > 0.6) & (points[:, 1] < 0.5)
    return runs_of(points, inside[:, None] + 0.05 * rng.normal(size=(1500, 2)), ["needs", "cost", "noise"])


@pytest.mark.long
def test_prim_finds_a_known_box(scattered):
    found = discover_boxes(scattered, ["needs", "cost", "noise"], "npv", lambda means: means > 0.5, density=0.95)
    box = found[(found["box"] == 1) & (found["p"] < 0.01)].set_index("factor")
    assert set(box.index) == {"needs", "cost"}
    assert box.loc["needs", "low"] == pytest.approx(0.6, abs=0.03) and box.loc["needs", "high"] > 0.97
    assert box.loc["cost", "high"] == pytest.approx(0.5, abs=0.03) and box.loc["cost", "low"] < 0.03
    assert (box["density"] >= 0.95).all() and (box["coverage"] > 0.9).all()


@pytest.mark.long
def test_prim_finds_names_too(scattered):
    rng = np.random.default_rng(1)
    words = rng.choice(["telecom", "grocery", "cdnow"], size=600)
    points = [[word, number] for word, number in zip(words, rng.uniform(size=600), strict=True)]
    runs = runs_of(points, (words == "grocery")[:, None] * 1.0, ["world", "cost"])
    found = discover_boxes(runs, ["world", "cost"], "npv", lambda means: means > 0.5).set_index("factor")
    assert found.loc["world", "names"] == "grocery" and found.loc["world", "coverage"] == 1.0


@pytest.mark.parametrize("limit, message", [(9.0, "no point is of interest"), (-9.0, "every point is of interest")])
def test_a_box_needs_points_of_both_kinds(scattered, limit, message):
    with pytest.raises(BadInput, match=message):
        discover_boxes(scattered, ["needs"], "npv", lambda means: means > limit)


def test_a_run_that_failed_is_an_error(scattered):
    broken = scattered.assign(status=np.where(scattered["key"] == "run-7-1", "failed", "ok"))
    with pytest.raises(BadInput, match="no finite npv: run-7-1"):
        discover_boxes(broken, ["needs"], "npv", lambda means: means > 0.5)


def test_a_library_that_is_not_there_is_named_with_the_way_out():
    with pytest.raises(BadInput, match=r"needs not_there.*pip install 'customer-centricity\[discovery\]'"):
        import_extra("not_there.at_all", "discovery")


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 3, 18, 22])  # where some peeled limit turns out to be idle
def test_no_limit_is_told_that_the_density_can_do_without(seed):
    pytest.importorskip("ema_workbench")
    rng = np.random.default_rng(seed)
    points = pd.DataFrame(rng.uniform(size=(150, 8)), columns=[f"x{k}" for k in range(8)])
    wanted = (points["x0"] - points["x1"] + 0.3 * rng.normal(size=150)).to_numpy() > 0.0
    box = find_boxes(points, wanted, "x", density=0.8).query("box == 1")
    inside = {row.factor: points[row.factor].between(row.low, row.high).to_numpy() for row in box.itertuples()}
    assert wanted[np.logical_and.reduce(list(inside.values()))].mean() == pytest.approx(box["density"].iloc[0])
    for name in inside:
        others = [one for other, one in inside.items() if other != name]
        assert not others or wanted[np.logical_and.reduce(others)].mean() < 0.8
