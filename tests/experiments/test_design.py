"""Designs: factors, levels, sampling, and what a design file may say."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from sim import BadInput, Experiment
from sim.experiments.sweep.design import Contrast, Factor, Level, Outcome, StoppingRule
from sim.experiments.sweep.design.sampling import DESIGN_KINDS, SamplingPlan, problem
from sim.experiments.sweep.stopping import paired_gaps, stays_small
from sim.parameters import MARKET, Scenario
from tests.support.sweeps import NPV, design, here, shipped_experiment, tiny


def ranges(count):
    return tuple(Factor(f"x{k}", (), (f"p{k}",), 0.0, 1.0, "uniform") for k in range(count))


def two_levels(count):
    return tuple(Factor(f"x{k}", (Level("low", {f"p{k}": 0}), Level("high", {f"p{k}": 1}))) for k in range(count))


def table_of(points):
    return np.array([[level.label for level in levels] for levels in points], dtype=float)


def signs_of(points):
    return np.array([[1 if level.label == "high" else -1 for level in levels] for levels in points])


def test_a_full_factorial_has_every_combination_once():
    points = DESIGN_KINDS["full_factorial"](two_levels(3), SamplingPlan("full_factorial"))
    assert [tuple(level.label for level in one) for one in points] == list(itertools.product(("low", "high"), repeat=3))


def test_a_fractional_factorial_aliases_as_its_generators_say():
    plan = SamplingPlan("fractional_factorial", generators="a b c abc")
    signs = signs_of(DESIGN_KINDS["fractional_factorial"](two_levels(4), plan))
    assert len(signs) == 8
    assert (signs[:, 3] == signs[:, 0] * signs[:, 1] * signs[:, 2]).all()
    assert (signs.sum(axis=0) == 0).all()


def test_one_at_a_time_moves_one_factor_from_the_base():
    points = DESIGN_KINDS["one_at_a_time"](two_levels(3), SamplingPlan("one_at_a_time"))
    assert len(points) == 1 + 3
    assert [(signs != -1).sum() for signs in signs_of(points)] == [0, 1, 1, 1]


def test_a_latin_hypercube_has_one_point_in_every_slice():
    shares = table_of(DESIGN_KINDS["latin_hypercube"](ranges(3), SamplingPlan("latin_hypercube", points=10)))
    assert (np.sort((shares * 10).astype(int), axis=0) == np.arange(10)[:, None]).all()


def test_a_sobol_sequence_has_one_point_in_every_dyadic_slice():
    shares = table_of(DESIGN_KINDS["sobol"](ranges(3), SamplingPlan("sobol", points=16)))
    assert (np.sort((shares * 16).astype(int), axis=0) == np.arange(16)[:, None]).all()


@pytest.mark.parametrize(("second_order", "blocks"), [(False, 3 + 2), (True, 2 * 3 + 2)])
def test_a_saltelli_design_has_the_size_salib_analyses(second_order, blocks):
    plan = SamplingPlan("saltelli", points=8, second_order=second_order)
    assert len(DESIGN_KINDS["saltelli"](ranges(3), plan)) == 8 * blocks


def test_a_saltelli_design_recovers_the_indices_of_a_sum():
    from SALib.analyze import sobol

    shares = table_of(DESIGN_KINDS["saltelli"](ranges(2), SamplingPlan("saltelli", points=1024)))
    found = sobol.analyze(problem(ranges(2)), shares @ np.array([1.0, 2.0]), calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx([1 / 5, 4 / 5], abs=0.02)


def test_a_morris_design_moves_one_factor_a_step():
    shares = table_of(DESIGN_KINDS["morris"](ranges(3), SamplingPlan("morris", trajectories=5, seed=1)))
    steps = (np.diff(shares.reshape(5, 4, 3), axis=1) != 0).sum(axis=2)
    assert (steps == 1).all()


def test_a_table_is_read_as_it_stands(tmp_path):
    (tmp_path / "points.csv").write_text("wall,policy\n0.25,osfa\n1,product_centric\n")
    factors = {
        "policy": {"policies": ["product_centric", "osfa"]},
        "wall": {"path": "firms.0.decisions.walls", "range": [0, 1]},
    }
    plan = {"kind": "table", "file": str(tmp_path / "points.csv")}
    points = tiny(factors=factors, design=plan).points
    assert [dict(point.labels) for point in points] == [
        {"policy": "osfa", "wall": 0.25},
        {"policy": "product_centric", "wall": 1.0},
    ]


def test_a_wrong_cell_of_a_table_is_named_by_line(tmp_path):
    (tmp_path / "points.csv").write_text("policy,spread\nosfa,0.5\nofsa,0.7\n")
    with pytest.raises(BadInput, match=r"points.csv:3: policy is 'ofsa'.*\n.*points.csv:3: spread is '0.7'"):
        tiny(design={"kind": "table", "file": str(tmp_path / "points.csv")})


@pytest.mark.parametrize(
    ("distribution", "share", "value"),
    [
        ("uniform", 0.5, 5.5),
        ("log_uniform", 0.5, 10.0**0.5),
        ("whole", 0.999, 10),
        ("whole", 0.0, 1),
        ("triangular", 1.0, 10.0),
    ],
)
def test_a_range_follows_its_distribution(distribution, share, value):
    assert Factor("x", (), ("p",), 1.0, 10.0, distribution, 4.0).at(share).label == pytest.approx(value)


def test_everything_wrong_is_told_at_once_with_file_and_line(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        "name: wrong\nscenario: telecom\nfactors:\n  policy: {policies: [osfa, prodct_centric]}\n"
        "  spread: {path: market.needs.spred, values: [1, 2]}\noutcomes:\n  npv: {measure: proft}\ncolour: red\n"
    )
    with pytest.raises(BadInput) as told:
        Experiment.load(path)
    for line, word in ((4, "product_centric"), (5, "spread"), (7, "profit"), (8, "colour")):
        assert any(one.startswith(f"{path}:{line}: ") and word in one for one in str(told.value).splitlines())


RULE = {"contrast": "c", "minimum": 4, "maximum": 12, "look_ahead": 2}
CONTRAST = {"c": {"factor": "policy", "level": "osfa", "against": "product_centric", "outcome": "npv", "smallest": 1}}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"design": {"kind": "sobol", "points": 9}}, "power of two"),
        ({"design": {"kind": "morris"}}, "design.trajectories"),
        ({"design": {"kind": "fractional_factorial", "generators": "a"}}, "one generator a factor"),
        ({"factors": {"x": {"path": "months", "range": [5, 3]}}}, "low and a high number"),
        ({"factors": {"x": {"path": "market.needs.spread", "range": [0.5, 1]}}}, "range without levels"),
        ({"factors": {"x": {"path": "market.needs.spread", "values": [0.5, "much"]}}}, "all must be"),
        ({"factors": {"seed": {"path": "market.needs.spread", "values": [0.5, 1]}}}, "name of a column"),
        ({"factors": {}}, "at least one thing"),
        ({"outcomes": {"policy": NPV}}, "name of another column"),
        ({"outcomes": {"npv": {"measure": "profit", "firm": "nort"}}}, "Did you mean north"),
        ({"settings": {"market.customers": 4}}, "settings.market.customers"),
        ({"scenario": "telecm"}, "Did you mean telecom"),
        ({"monthly": ["cahs"]}, "Did you mean cash"),
        ({"stopping": {"contrast": "a"}}, "stopping.contrast"),
        ({"stopping": RULE | {"half_width": 1}, "contrasts": CONTRAST}, "replications cannot be there with stopping"),
        ({"contrasts": {"c": CONTRAST["c"] | {"smallest": None}}}, "smallest is missing; a number above 0"),
    ],
)
def test_a_wrong_design_is_refused_before_the_first_run(changed, told):
    with pytest.raises(BadInput, match=told):
        tiny(**changed)


def test_levels_that_do_not_go_together_are_told_by_point():
    shares = {f"firm{seat}": {"path": f"firms.{seat}.offers.start_share", "values": [0.2, 0.35]} for seat in range(2)}
    with pytest.raises(BadInput, match="point 3 .*starting shares sum"):
        tiny(factors=shares)


def test_a_factor_may_set_several_paths_and_bundles_set_what_they_name():
    factors = {
        "spread": {"paths": ["market.needs.spread", "market.needs.distortion"], "values": [0.5, 1.0]},
        "rivals": {"bundles": {"as they are": {}, "alike": {"firms.1.policy": "osfa", "firms.2.policy": "osfa"}}},
    }
    experiment = tiny(factors=factors)
    world = experiment.scenario_of(experiment.points[3])
    assert (world.market["needs.spread"], world.market["needs.distortion"]) == (1.0, 1.0)
    assert [firm.policy for firm in world.firms[1:]] == ["osfa", "osfa"]


def test_a_world_of_another_name_gets_the_settings_of_the_file():
    experiment = tiny(factors={"world": {"scenarios": ["telecom", "grocery"]}})
    worlds = [experiment.scenario_of(point) for point in experiment.points]
    assert [world.name for world in worlds] == ["telecom", "grocery"]
    assert {(world.months, world.customers) for world in worlds} == {(6, 60)}


def screening(**changed):
    every = {"every": ["needs", "choice"], "within": 0.3} | changed
    design = {"kind": "morris", "trajectories": 2}
    return tiny(factors={"behaviour": every}, design=design)


def test_every_parameter_of_a_section_is_varied_around_its_value_unless_it_is_zero():
    base = Scenario.load("telecom")
    expected = {name for name, value in base.market.items() if name.split(".")[0] in ("needs", "choice") and value}
    found = {factor.paths[0].removeprefix("market."): factor for factor in screening().factors}
    assert set(found) == expected
    assert (found["needs.spread"].low, found["needs.spread"].high) == pytest.approx((0.7, 1.3))
    assert (found["needs.segments"].low, found["needs.segments"].high) == (3, 5)


def test_some_parameters_may_be_left_out_of_a_section_and_a_wrong_name_is_told():
    assert "needs_spread" not in {factor.name for factor in screening(**{"except": ["needs.spread"]}).factors}
    with pytest.raises(BadInput, match="no parameter or section. Did you mean needs"):
        screening(every=["nedes"])
    with pytest.raises(BadInput, match="behaviour.within"):
        screening(within=7)


BEHAVIOURAL = ("needs", "economics", "temper", "satisfaction", "hearing", "choice", "word_of_mouth", "network")


@pytest.mark.long
def test_the_screening_in_the_box_has_every_behavioural_parameter():
    screening = shipped_experiment("screening")
    behavioural = [one.name for one in MARKET if one.name.split(".")[0] in BEHAVIOURAL]
    wanted = {f"market.{name}" for name in behavioural if screening.scenario.market.get(name)}
    assert wanted <= {path for factor in screening.factors for path in factor.paths}


MONTHS = {
    "month": np.repeat([1, 2, 3], 2),
    "firm": np.array(["north", "south"] * 3),
    "profit": np.array([1.0, 10.0, 2.0, 20.0, 4.0, 40.0]),
}


@pytest.mark.parametrize(
    ("outcome", "value"),
    [
        (Outcome("o", "profit"), 1 + 2 + 4),
        (Outcome("o", "profit", "south", "mean"), (10 + 20 + 40) / 3),
        (Outcome("o", "profit", "all", "last"), 4 + 40),
        (Outcome("o", "profit", "all", "max", 1, 2), 2 + 20),
        (Outcome("o", "profit", "focal", "present_value", 2), 2 / 1.01**2 + 4 / 1.01**3),
        (Outcome("o", "profit", "focal", "median"), 2),
    ],
)
def test_an_outcome_is_its_aggregation_over_its_months_and_firm(outcome, value):
    scenario = Scenario.load("telecom").with_settings({"market.discount_rate": 0.01})
    assert outcome.of(MONTHS, scenario) == pytest.approx(value, rel=1e-12)


def test_common_random_numbers_share_the_seed_and_independent_ones_do_not():
    common, own = tiny(), tiny(random_numbers="independent")
    assert len({common.seed_of(point) for point in common.points}) == 1
    assert len({own.seed_of(point) for point in own.points}) == len(own.points)


def test_a_policy_that_changes_nothing_gives_differences_of_exactly_zero(tmp_path):
    factors = {"price": {"bundles": {"as it is": {}, "said aloud": {"mechanisms.queue": True}}}}
    runs = here(tiny(factors=factors, replications=3), tmp_path / "out").runs
    contrast = Contrast("price", "said aloud", "as it is", "npv", smallest=1.0)
    assert (paired_gaps(runs, contrast, ["price"]) == 0.0).all()
    assert runs["key"].nunique() == 3  # the same world is not lived twice


@pytest.mark.parametrize(("half_width", "replications"), [(1e12, 4 + 2), (1e-9, 12)])
def test_a_sweep_stops_when_its_contrast_is_narrow_or_the_most_is_reached(tmp_path, half_width, replications):
    given = {name: one for name, one in design().items() if name != "replications"}
    experiment = Experiment.from_mapping(given | {"contrasts": CONTRAST, "stopping": RULE | {"half_width": half_width}})
    runs = here(experiment, tmp_path / "out").runs
    assert runs["replicate"].max() + 1 == replications


def test_a_half_width_that_was_small_by_luck_does_not_stop():
    rule = StoppingRule("c", half_width=0.5, minimum=5, maximum=100, look_ahead=3)
    quiet = np.zeros(8)
    assert stays_small(quiet, rule)
    assert not stays_small(np.append(quiet[:7], 50.0), rule)


def test_the_example_of_the_page_on_sweeps_is_sound(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "sweeps.md").read_text(encoding="utf-8")
    (tmp_path / "walls.yaml").write_text(page.partition("```yaml\n")[2].partition("```")[0])
    experiment = Experiment.load(tmp_path / "walls.yaml")
    assert len(experiment.points) == 2 * 3 * 3
    assert experiment.replications == experiment.stopping.maximum


def test_a_crate_names_only_what_is_there(tmp_path):
    here(tiny(replications=1), tmp_path / "out")
    graph = json.loads((tmp_path / "out" / "ro-crate-metadata.json").read_text())["@graph"]
    things = {thing["@id"]: thing for thing in graph}
    assert all((tmp_path / "out" / part["@id"]).exists() for part in things["./"]["hasPart"])
    assert things["#sweep"]["instrument"]["@id"] in things
