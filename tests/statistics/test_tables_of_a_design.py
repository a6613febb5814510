"""Which tables a design allows, and that they hold what was put into the runs."""

import numpy as np
import pandas as pd
import pytest
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from sim.parameters import BadInput
from sim.statistics.analysis import analyse
from sim.statistics.columns import COLUMNS
from sim.statistics.declaration import Contrast, Declared
from tests.support.made_up_runs import crossed, runs_of

NAMES = ("a", "b", "c")
PROBLEM = {"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}
AGAINST = Contrast("policy", "new", "old", "npv", 1.0)
LEVELS = {"wall": [0.0, 1.0], "policy": ["old", "new"]}


@pytest.fixture(scope="module")
def sweep():
    return crossed(LEVELS, lambda wall, policy: 9.0 + wall + 4.0 * (policy == "new"), 30, luck=2.0, noise=1.0)


def of_kind(kind):
    points = {
        "saltelli": lambda: sobol_sample.sample(PROBLEM, 16, calc_second_order=False, seed=1),
        "morris": lambda: morris_sample.sample(PROBLEM, 6, seed=1),
        "full_factorial": lambda: np.array(np.meshgrid([0, 1], [0, 1], [0, 1])).T.reshape(-1, 3),
    }[kind]()
    values = (points @ [3.0, 2.0, 1.0])[:, None] + 0.1 * np.random.default_rng(1).normal(size=(len(points), 3))
    runs = runs_of(points, values, NAMES)
    return runs.assign(profit=-runs["npv"]), Declared(kind, NAMES, ("npv", "profit"))


@pytest.mark.long
@pytest.mark.parametrize("kind, name", [("saltelli", "sobol"), ("morris", "morris"), ("full_factorial", "effects")])
def test_a_kind_of_design_has_its_table_for_every_outcome(kind, name):
    tables = analyse(*of_kind(kind))
    assert list(tables) == [name]
    assert set(tables[name]["outcome"]) == {"npv", "profit"}
    assert tables[name].attrs["columns"] == {column: COLUMNS[name][column] for column in tables[name]}


def test_declared_contrasts_come_averaged_by_setting_and_with_their_pairing(sweep):
    tables = analyse(sweep, Declared("table", ("wall", "policy"), ("npv",), (AGAINST,)))
    assert {name: len(table) for name, table in tables.items()} == {
        "contrasts": 1, "contrasts_by_setting": 2, "pairing": 2,
    }  # fmt: skip
    by_setting = tables["contrasts_by_setting"]
    assert tables["contrasts"]["mean"][0] == pytest.approx(by_setting["mean"].mean())
    assert by_setting["at"].tolist() == tables["pairing"]["at"].tolist()


@pytest.mark.parametrize("name", ["contrasts", "contrasts_by_setting", "pairing"])
def test_every_column_says_what_it_means(sweep, name):
    table = analyse(sweep, Declared("table", ("wall", "policy"), (), (AGAINST,)))[name]
    assert set(table.attrs["columns"]) == set(table.columns)
    assert all(table.attrs["columns"].values())


def test_meanings_of_columns_survive_parquet(sweep, tmp_path):
    table = analyse(sweep, Declared("table", ("wall", "policy"), (), (AGAINST,)))["contrasts"]
    table.to_parquet(tmp_path / "contrasts.parquet")
    assert pd.read_parquet(tmp_path / "contrasts.parquet").attrs == table.attrs


@pytest.mark.long
def test_the_same_runs_in_another_order_give_the_same_tables(sweep):
    design = Declared("full_factorial", ("wall", "policy"), ("npv",), (AGAINST,))
    shuffled = sweep.sample(frac=1.0, random_state=3)
    for name, table in analyse(sweep, design).items():
        pd.testing.assert_frame_equal(table, analyse(shuffled, design)[name])


def test_a_failed_run_spoils_effects_but_not_contrasts(sweep):
    broken = sweep.assign(status=np.where(sweep["key"] == "run-0-3", "failed", "ok"))
    contrasts = Declared("table", ("wall", "policy"), ("npv",), (AGAINST,))
    assert analyse(broken, contrasts)["contrasts"]["missing"].tolist() == [1]
    with pytest.raises(BadInput, match="run-0-3"):
        analyse(broken, Declared("full_factorial", ("wall", "policy"), ("npv",)))
