"""Sampled worlds crossed with the levels of some factors: which points they make, and what is refused."""

import json

import pytest

from sim import BadInput, Experiment
from sim.cli import main
from sim.experiments.sweep.run import sweep
from tests.support.sweeps import here, tiny, write_design

POLICIES = ["product_centric", "osfa", "customer_centric"]
SPREAD = {"path": "market.needs.spread", "range": [0.5, 1.5]}
TASTE = {"path": "market.choice.taste", "range": [0.2, 1.0]}
FACTORS = {"spread": SPREAD, "policy": {"policies": POLICIES}, "taste": TASTE}
LHS = {"kind": "latin_hypercube", "points": 8, "seed": 3}


def crossing(crossed, factors=FACTORS, **changed):
    return tiny(factors=factors, design=LHS | {"crossed": crossed}, **changed)


def worlds_of(experiment, names):
    return [tuple(point.labels[name] for name in names) for point in experiment.points]


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol"])
def test_every_sampled_world_meets_every_level_and_the_sample_is_that_of_the_others_alone(kind):
    design = {"kind": kind, "points": 8, "seed": 3}
    found = tiny(factors=FACTORS, design=design | {"crossed": ["policy"]})
    alone = tiny(factors={"spread": SPREAD, "taste": TASTE}, design=design)
    sampled = worlds_of(alone, ("spread", "taste"))
    assert worlds_of(found, ("spread", "taste")) == [world for world in sampled for _ in POLICIES]
    assert [point.labels["policy"] for point in found.points] == POLICIES * len(sampled)
    assert [point.number for point in found.points] == list(range(3 * 8))


def test_several_factors_are_crossed_in_every_combination():
    factors = FACTORS | {"wall": {"path": "firms.0.decisions.walls", "range": [0.0, 1.0], "levels": 2}}
    found = crossing(["wall", "policy"], factors)
    first = [(point.labels["policy"], point.labels["wall"]) for point in found.points[:6]]
    assert first == [(policy, wall) for policy in POLICIES for wall in (0.0, 1.0)]
    assert len(found.points) == 8 * 3 * 2


def test_a_point_lives_the_world_that_was_sampled_under_its_policy():
    experiment = crossing(["policy"])
    for point in experiment.points:
        world = experiment.scenario_of(point)
        assert world.market["needs.spread"] == point.labels["spread"]
        assert world.firms[0].policy == point.labels["policy"]


def test_the_points_of_a_world_share_all_their_luck(tmp_path):
    made = here(crossing(["policy"], replications=2), tmp_path / "out")
    design = made.design
    assert len(design) == 8 * 3 * 2 and design["seed"].nunique() == 1
    assert (design.groupby(["spread", "replicate"])["policy"].nunique() == 3).all()
    assert made.declared.crossed == ("policy",)


def test_without_the_key_nothing_moves_and_folders_of_before_cross_nothing(tmp_path):
    factors = {"spread": SPREAD, "taste": TASTE}
    plain = tiny(factors=factors, design=LHS, replications=1)
    assert plain.plan.crossed == ()
    made = here(plain, tmp_path / "out")
    told = json.loads((made.folder / "declared.json").read_text())
    del told["design"]["crossed"]
    (made.folder / "declared.json").write_text(json.dumps(told))
    assert made.declared.crossed == ()
    again = sweep(plain, made.folder, workers=1)
    assert again.runs["key"].tolist() == made.runs["key"].tolist() and len(made.runs) == 8


def test_the_runs_of_one_policy_are_those_of_the_design_that_samples_its_worlds_alone(tmp_path):
    plain = tiny(factors={"spread": SPREAD, "taste": TASTE}, design=LHS, replications=1,
                 settings={**crossing(["policy"]).settings, "firms.0.policy": "osfa"})  # fmt: skip
    one = here(plain, tmp_path / "plain").runs
    many = here(crossing(["policy"], replications=1), tmp_path / "crossed").runs
    same = many[many["policy"] == "osfa"]
    assert one["npv"].tolist() == same["npv"].tolist() and one["key"].tolist() == same["key"].tolist()


@pytest.mark.parametrize(
    ("crossed", "told"),
    [
        (["polcy"], "design.crossed has 'polcy', which is no factor. Did you mean policy"),
        (["spread"], "design.crossed has spread, a range without levels"),
        (["policy", "policy"], "design.crossed has policy 2 times"),
        ([], r"design.crossed is \[\]; a list"),
        ("policy", "design.crossed is 'policy'; a list"),
        (None, "design.crossed is None; a list"),
        ([3], "a list of names of factors"),
    ],
)
def test_a_crossing_that_makes_no_sense_is_refused(crossed, told):
    with pytest.raises(BadInput, match=told):
        crossing(crossed)


def test_something_must_be_left_to_sample():
    with pytest.raises(BadInput, match="leaves no factor to be sampled"):
        crossing(["policy"], {"policy": {"policies": POLICIES}})


def test_other_kinds_of_designs_do_not_cross():
    with pytest.raises(BadInput, match="design.crossed is not a known key"):
        tiny(design={"kind": "full_factorial", "crossed": ["policy"]})


def test_a_crossing_is_bounded_by_all_its_points():
    design = {"kind": "latin_hypercube", "points": 1_000_000, "crossed": ["policy"]}
    with pytest.raises(BadInput, match="makes 3000000 points of 1000000 sampled worlds; the most are 2000000"):
        tiny(factors=FACTORS, design=design)


def test_sampled_worlds_that_are_the_same_are_refused():
    few = {"path": "market.needs.segments", "range": [3, 4], "distribution": "whole"}
    with pytest.raises(BadInput, match=r"design: sampled worlds \d+ and \d+ are the same \(few=\d\)"):
        crossing(["policy"], {"policy": {"policies": POLICIES}, "few": few})


def test_a_contrast_over_a_sampled_factor_has_no_pairs_and_is_refused():
    levelled = FACTORS | {"spread": {"path": "market.needs.spread", "values": [0.5, 1.0]}}
    contrast = {"factor": "spread", "level": 1.0, "against": 0.5, "outcome": "npv", "smallest": 1}
    with pytest.raises(BadInput, match="contrasts.c.factor is spread, which is sampled"):
        crossing(["policy"], levelled, contrasts={"c": contrast})
    assert crossing(["policy", "spread"], levelled, contrasts={"c": contrast}).contrasts


def test_every_complaint_is_told_at_once_with_file_and_line(tmp_path):
    path = write_design(tmp_path, factors=FACTORS, design=LHS | {"crossed": ["spread", "polcy"], "points": 1})
    with pytest.raises(BadInput) as told:
        Experiment.load(path)
    lines = str(told.value).splitlines()
    numbered = {
        word: number
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for word in (line.split(":")[0].strip(),)
    }
    assert len(lines) == 3
    assert sum(line.startswith(f"{path}:{numbered['crossed']}: design.crossed") for line in lines) == 2
    assert any(line.startswith(f"{path}:{numbered['points']}: design.points") for line in lines)


def test_a_dry_run_counts_all_points(tmp_path, capsys):
    path = write_design(tmp_path, factors=FACTORS, design=LHS | {"crossed": ["policy"]}, replications=2)
    assert main(["sweep", str(path), "--dry-run"]) == 0
    assert "24 points x 2 replications = 48 runs" in capsys.readouterr().out


def test_more_levels_live_only_what_is_new(tmp_path):
    two = FACTORS | {"policy": {"policies": POLICIES[:2]}}
    before = here(crossing(["policy"], two, replications=1), tmp_path / "out").runs
    after = here(crossing(["policy"], replications=1), tmp_path / "out").runs
    assert set(before["key"]) < set(after["key"]) and len(after) == 24
