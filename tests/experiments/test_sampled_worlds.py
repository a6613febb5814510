"""Policies in the same sampled worlds: shares, drivers and boxes of a paired difference, made up and lived."""

import importlib.util
import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim import BadInput, Contrast
from sim.cli import main
from sim.statistics import analysis as analysis_module
from sim.statistics.declaration import Declared
from sim.statistics.drivers import rank_correlations
from sim.statistics.sampled_worlds import differences, drivers, every_box, scenario_discovery, shares
from tests.support.made_up_runs import runs_of
from tests.support.sweeps import here, tiny

AGAINST = Contrast("policy", "new", "old", "npv", smallest=1.0, name="new_against_old")
CHEAPER = Contrast("policy", "new", "old", "npv", smallest=1.0, direction="lower", name="cheaper")
SAMPLED = ("needs", "cost", "idle")
FACTORS = ("needs", "policy", "cost", "idle")
needs_prim = pytest.mark.skipif(not importlib.util.find_spec("ema_workbench"), reason="extra discovery")


def made(effect, worlds=400, replicates=2, luck=50.0, noise=0.05, seed=5):
    """Sampled worlds under two policies: shared luck of world and replicate, and the effect of the new policy."""
    rng = np.random.default_rng(seed)
    points, values = [], []
    for world in rng.uniform(size=(worlds, 3)):
        shared = luck * rng.normal(size=replicates)
        for policy in ("old", "new"):
            gain = effect(*world) if policy == "new" else 0.0
            points.append((world[0], policy, *world[1:]))
            values.append(shared + gain + noise * rng.normal(size=replicates))
    return runs_of(points, values, FACTORS)


def in_the_box(needs, cost, idle):
    return 4.0 if needs > 0.6 and cost < 0.5 else -4.0


@pytest.fixture(scope="module")
def boxed_runs():
    return made(in_the_box)


def test_differences_are_taken_within_world_and_replicate_so_that_shared_luck_cancels(boxed_runs):
    found = differences(boxed_runs.sample(frac=1.0, random_state=1), AGAINST, FACTORS, ("policy",))
    assert found.gaps.shape == (400, 2) and list(found.worlds) == list(SAMPLED)
    expected = [in_the_box(*world) for world in found.worlds.to_numpy()]
    assert np.abs(found.means - expected).max() < 0.3
    assert found.luck == pytest.approx(0.05, rel=0.15)  # two runs of noise 0.05, mean of two replicates


def test_other_crossed_factors_are_averaged_within_a_world_unless_the_contrast_says_where():
    worlds, points, values = [0.1, 0.7, 0.9], [], []
    for needs in worlds:
        for horizon, gain in ((1, 2.0), (2, 10.0)):
            for policy in ("old", "new"):
                points.append((needs, policy, horizon))
                values.append([100.0 * needs + gain * needs * (policy == "new")])
    runs = runs_of(points, values, ("needs", "policy", "horizon"))
    names, crossed = ("needs", "policy", "horizon"), ("policy", "horizon")
    assert differences(runs, AGAINST, names, crossed).means == pytest.approx([6.0 * one for one in worlds])
    there = Contrast("policy", "new", "old", "npv", 1.0, where={"horizon": 2})
    assert differences(runs, there, names, crossed).means == pytest.approx([10.0 * one for one in worlds])


def test_shares_count_worlds_beyond_the_smallest_effect_with_wilsons_interval():
    runs = made(lambda needs, cost, idle: 3.0 if needs < 0.25 else -3.0 if needs > 0.75 else 0.5, noise=0.01)
    needs = runs.drop_duplicates("needs")["needs"].to_numpy()
    table = shares(runs, [AGAINST], FACTORS, ("policy",)).set_index("finding")
    counts = {"better": (needs < 0.25).sum(), "equivalent": ((needs >= 0.25) & (needs <= 0.75)).sum(),
              "worse": (needs > 0.75).sum()}  # fmt: skip
    assert table["count"].to_dict() == counts and (table["worlds"] == 400).all()
    n, z = 400, stats.norm.ppf(0.975)
    for finding, count in counts.items():
        share = count / n
        middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        ends = [(middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)]
        assert table.loc[finding, ["low", "high"]].tolist() == pytest.approx(ends)
    assert table["mean"].to_dict() == pytest.approx({"better": 3.0, "equivalent": 0.5, "worse": -3.0}, abs=0.01)


def test_what_is_better_follows_the_direction(boxed_runs):
    up, down = (shares(boxed_runs, [one], FACTORS, ("policy",)).set_index("finding") for one in (AGAINST, CHEAPER))
    assert up.loc["better", "count"] == down.loc["worse", "count"] > 0
    assert up.loc["worse", "count"] == down.loc["better", "count"] > 0


def test_a_difference_of_exactly_the_smallest_effect_is_equivalent():
    runs = made(lambda needs, cost, idle: 1.0, worlds=10, luck=0.0, noise=0.0)
    table = shares(runs, [AGAINST], FACTORS, ("policy",)).set_index("finding")
    assert table["count"].to_dict() == {"better": 0, "equivalent": 10, "worse": 0}
    assert np.isnan(table.loc["better", "mean"]) and table.loc["better", "high"] > 0.2


def test_drivers_are_the_rank_correlations_of_the_difference_the_strongest_first():
    runs = made(lambda needs, cost, idle: np.exp(3.0 * needs) - 2.0 * cost, noise=0.2)
    found = differences(runs, AGAINST, FACTORS, ("policy",))
    table = drivers(runs, [AGAINST], FACTORS, ("policy",))
    assert table["factor"].tolist()[0] == "needs" and set(table["factor"]) == set(SAMPLED)
    for row in table.to_dict("records"):
        ranks = stats.rankdata(found.worlds[row["factor"]]), stats.rankdata(found.means)
        assert row["rank_correlation"] == pytest.approx(np.corrcoef(*ranks)[0, 1])
        assert row["low"] < row["rank_correlation"] < row["high"]
    ends = table.set_index("factor")
    assert ends.loc["needs", "low"] > 0.8 and ends.loc["cost", "high"] < 0.0
    assert ends.loc["idle", "low"] < 0.0 < ends.loc["idle", "high"]


def test_the_interval_of_a_rank_correlation_holds_it_as_often_as_it_says():
    truth = 6.0 / np.pi * np.arcsin(0.5 / 2.0)  # of two normal numbers with correlation 0.5
    held, rng = [], np.random.default_rng(8)
    for _ in range(600):
        one, other = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], size=60).T
        row = rank_correlations(pd.DataFrame({"x": one}), other).iloc[0]
        held.append(row["low"] <= truth <= row["high"])
    assert 0.92 <= np.mean(held) <= 0.98  # 95 %; false alarm below 1 in 500


def test_a_factor_of_names_and_one_that_never_varies_have_no_rank_correlation():
    numbers = pd.DataFrame({"word": ["a", "b", "a", "b", "a"], "same": [1.0] * 5, "x": [1.0, 2.0, 3.0, 4.0, 5.0]})
    table = rank_correlations(numbers, np.arange(5.0)).set_index("factor")
    assert table.loc[["word", "same"], "rank_correlation"].isna().all()
    assert table.loc["x", "rank_correlation"] == pytest.approx(1.0)


@pytest.mark.long
@needs_prim
def test_the_box_in_which_a_policy_is_better_is_found(boxed_runs):
    table = scenario_discovery(boxed_runs, AGAINST, FACTORS, ("policy",), density=0.95)
    first = table[table["box"] == 1].set_index("factor")
    assert set(first.index) == {"needs", "cost"}
    assert first.loc["needs", "low"] == pytest.approx(0.6, abs=0.06) and first.loc["needs", "high"] > 0.95
    assert first.loc["cost", "high"] == pytest.approx(0.5, abs=0.06) and first.loc["cost", "low"] < 0.05
    assert (first["coverage"] > 0.9).all() and (first["p"] < 0.01).all() and (first["p"] >= 0.0).all()


@pytest.mark.long
@needs_prim
def test_the_box_of_lower_is_better_is_that_of_below_and_bounds_may_be_ones_own(boxed_runs):
    crossing = (FACTORS, ("policy",))
    lower = scenario_discovery(boxed_runs, CHEAPER, *crossing)
    pd.testing.assert_frame_equal(lower, scenario_discovery(boxed_runs, AGAINST, *crossing, below=-1.0))
    pd.testing.assert_frame_equal(
        scenario_discovery(boxed_runs, AGAINST, *crossing),
        scenario_discovery(boxed_runs, CHEAPER, *crossing, above=1.0),
    )


@pytest.mark.long
@needs_prim
def test_a_later_box_holds_none_of_the_points_of_an_earlier_one():
    runs = made(lambda needs, cost, idle: 4.0 if needs > 0.75 or cost < 0.2 else -4.0)
    table = scenario_discovery(runs, AGAINST, FACTORS, ("policy",)).drop_duplicates("box")
    assert len(table) >= 2 and table["coverage"].sum() <= 1.0 + 1e-9


@needs_prim
@pytest.mark.parametrize(("gain", "told"), [(9.0, "every point is of interest"), (0.0, "no point is of interest")])
def test_boxes_of_no_or_every_world_are_refused_and_told_in_the_analysis(gain, told):
    runs = made(lambda needs, cost, idle: gain, worlds=20)
    with pytest.raises(BadInput, match=told):
        scenario_discovery(runs, AGAINST, FACTORS, ("policy",))
    row = every_box(runs, [AGAINST], FACTORS, ("policy",)).iloc[0]
    assert row["box"] == 0 and ("in no world" if gain == 0.0 else "in 100 % of all worlds") in row["note"]


@pytest.mark.parametrize("table", [shares, drivers])
def test_a_run_that_failed_or_is_missing_refuses_and_is_named(boxed_runs, table):
    broken = boxed_runs.assign(status=np.where(boxed_runs["key"] == "run-7-1", "failed", "ok"))
    with pytest.raises(BadInput, match="1 runs have no finite npv: run-7-1; leaving worlds out would choose them"):
        table(broken, [AGAINST], FACTORS, ("policy",))
    with pytest.raises(BadInput, match="1 of 800 pairs lack a run"):
        table(boxed_runs[boxed_runs["key"] != "run-7-1"], [AGAINST], FACTORS, ("policy",))
    lone = boxed_runs[~((boxed_runs["needs"] == boxed_runs["needs"].iloc[0]) & (boxed_runs["replicate"] == 1))]
    with pytest.raises(BadInput, match="1 pairs of worlds are missing"):
        table(lone, [AGAINST], FACTORS, ("policy",))


def test_failures_of_a_policy_that_is_not_asked_about_do_not_matter(boxed_runs):
    third = boxed_runs[boxed_runs["policy"] == "old"].assign(policy="third", status="failed")
    both = pd.concat([boxed_runs, third.assign(key="x" + third["key"])], ignore_index=True)
    pd.testing.assert_frame_equal(
        shares(both, [AGAINST], FACTORS, ("policy",)), shares(boxed_runs, [AGAINST], FACTORS, ("policy",))
    )


def test_a_sampled_policy_has_no_pairs_and_the_way_out_is_named():
    rng = np.random.default_rng(1)
    points = [(needs, ("old", "new")[k % 2]) for k, needs in enumerate(rng.uniform(size=10))]
    runs = runs_of(points, rng.normal(size=(10, 1)), ("needs", "policy"))
    with pytest.raises(BadInput, match=r"no world has both levels; name its factor in design\.crossed"):
        shares(runs, [AGAINST], ("needs", "policy"))
    with pytest.raises(BadInput, match="no factor is left that was sampled"):
        shares(runs, [AGAINST], ("policy",))


CROSSED = {
    "factors": {
        "spread": {"path": "market.needs.spread", "range": [0.5, 1.5]},
        "policy": {"policies": ["product_centric", "osfa"]},
        "price": {"path": "market.economics.price_weight", "range": [2.0, 10.0]},
    },
    "design": {"kind": "latin_hypercube", "points": 12, "seed": 1, "crossed": ["policy"]},
    "contrasts": {"osfa": {"factor": "policy", "level": "osfa", "against": "product_centric", "outcome": "npv",
                           "smallest": 1000}},
    "replications": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    return here(tiny(**CROSSED), tmp_path_factory.mktemp("lived") / "out")


def analysed(capsys, *words):
    status = main(["analyse", *map(str, words)])
    return status, capsys.readouterr().out


def test_the_terminal_shows_shares_drivers_and_boxes_and_writes_them_with_meanings(lived, tmp_path, capsys):
    status, text = analysed(capsys, lived.folder, "--out", tmp_path / "tables")
    assert status == 0
    assert text.index("In which share of the sampled worlds") < text.index("What the difference goes with")
    wide = lived.runs.pivot(index=["spread", "price", "replicate"], columns="policy", values="npv")
    gap = (wide["osfa"] - wide["product_centric"]).groupby(level="spread").mean()
    written = pd.read_csv(tmp_path / "tables" / "shares.csv").set_index("finding")
    assert written.loc["better", "count"] == (gap > 1000).sum() and written.loc["worse", "count"] == (gap < -1000).sum()
    assert set(written["unit"]) == {"EUR"}
    meanings = pd.read_csv(tmp_path / "tables" / "dictionary.csv")
    for name in ("shares", "drivers"):
        columns = set(pd.read_csv(tmp_path / "tables" / f"{name}.csv").columns)
        assert set(meanings.loc[meanings["table"] == name, "column"]) == columns


def test_json_and_python_say_the_same(lived, capsys):
    status, text = analysed(capsys, lived.folder, "--json")
    tables = json.loads(text)["tables"]
    assert status == 0
    assert [row["count"] for row in tables["shares"]] == lived.shares()["count"].tolist()
    assert [row["rank_correlation"] for row in tables["drivers"]] == lived.drivers("osfa")["rank_correlation"].tolist()
    mine = Contrast("policy", "product_centric", "osfa", "npv", smallest=1000)
    assert lived.shares(mine)["count"].tolist() == lived.shares()["count"].tolist()[::-1]


@needs_prim
def test_boxes_of_a_contrast_are_there_by_its_name(lived):
    middle = float(
        differences(lived.runs, lived.declared.contrasts[0], lived.declared.factors, ("policy",)).gaps.mean()
    )
    found = lived.boxes("osfa", above=middle)
    assert set(found["factor"]) <= {"spread", "price"} and set(found["factor_unit"]) <= {"sd", "utility"}
    with pytest.raises(BadInput, match="one bound at most"):
        lived.boxes("osfa", above=1.0, below=0.0)
    with pytest.raises(BadInput, match="Did you mean osfa"):
        lived.boxes("ofsa")


def test_without_the_workbench_a_note_says_how_to_get_boxes(lived, capsys, monkeypatch):
    for module in ("sim.experiments.sweep.analysis", analysis_module.__name__):
        monkeypatch.setattr(f"{module}.there", lambda library: False)
    status, text = analysed(capsys, lived.folder)
    assert status == 0 and "pip install 'customer-centricity[discovery]'" in text
    assert "In which share of the sampled worlds" in text and "Boxes of worlds" not in text


def test_a_design_that_crosses_nothing_has_no_such_tables(boxed_runs):
    design = Declared("latin_hypercube", FACTORS, ("npv",), (AGAINST,))
    assert not {"shares", "drivers", "boxes"} & {name for name, _ in analysis_module.analyses(boxed_runs, design, None)}
