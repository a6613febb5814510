"""Sweeps: run, resumed, looked at from elsewhere; runs that fail; keys."""

import json
import math
import os
import shutil
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim
from sim import BadInput, Market, Scenario, Sweep, sweep
from sim.experiments.sweep.store.keys import model_files, run_key, world_digest
from sim.experiments.sweep.store.verification import verify
from tests.support.sweeps import design, here, same, shipped_experiment, start_sweep, stored_keys, tiny, write_design

TROUBLE = """
import ctypes, time
from sim.policies.osfa import OneSizeFitsAll

class Raises(OneSizeFitsAll):
    name = "raises"
    def decide(self, view):
        raise ZeroDivisionError("no")

class Hangs(OneSizeFitsAll):
    name = "hangs"
    def decide(self, view):
        time.sleep(1000)

class Crashes(OneSizeFitsAll):
    name = "crashes"
    def decide(self, view):
        ctypes.string_at(0)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return here(tiny(), tmp_path_factory.mktemp("made") / "out")


def test_a_run_is_what_a_market_with_its_settings_gives(made):
    row = made.runs[(made.runs["policy"] == "osfa") & (made.runs["spread"] == 0.5) & (made.runs["replicate"] == 3)]
    settings = design()["settings"] | {"firms.0.policy": "osfa", "market.needs.spread": 0.5}
    scenario = Scenario.load("telecom").with_settings(settings)
    table = Market(scenario, replicate=3).run().monthly()
    own = table[table["firm"] == scenario.firms[0].name]
    rate = scenario.market["discount_rate"]
    value = sum(profit / (1.0 + rate) ** month for profit, month in zip(own["profit"], own["month"], strict=True))
    assert math.isclose(row["npv"].item(), value, rel_tol=1e-12)
    assert row["left"].item() == table["losses"].sum()


def test_the_table_of_runs_has_address_factors_and_outcomes(made):
    assert list(made.runs.columns) == ["key", "point", "replicate", "seed", "status", "policy", "spread", "npv", "left"]
    assert len(made.runs) == 4 * 5
    assert made.units["npv"] == "EUR"


def test_months_are_kept_of_every_run(made):
    assert len(made.monthly) == 20 * 6 * 3
    assert {"policy", "policy_of_firm", "profit", "losses"} <= set(made.monthly.columns)


@pytest.mark.long
@pytest.mark.parametrize(("workers", "chunk"), [(2, 3)])
def test_workers_and_chunks_change_no_bit(made, tmp_path, workers, chunk):
    assert same(sweep(tiny(), tmp_path / "out", workers=workers, chunk=chunk), made)


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "chunk"), [(1, 1), (1, None), (2, 1), (2, None), (4, 4)])
def test_any_workers_and_chunks_change_no_bit(made, tmp_path, workers, chunk):
    assert same(sweep(tiny(), tmp_path / "out", workers=workers, chunk=chunk), made)


def test_nothing_is_lived_twice(made):
    before = {path: path.stat().st_mtime_ns for path in (made.folder / "runs").iterdir()}
    here(tiny(), made.folder)
    assert {path: path.stat().st_mtime_ns for path in (made.folder / "runs").iterdir()} == before


def test_further_levels_and_replications_live_only_what_is_new(tmp_path):
    here(tiny(replications=2), tmp_path / "out")
    before = set(stored_keys(tmp_path / "out"))
    factors = design()["factors"] | {"spread": {"path": "market.needs.spread", "values": [0.25, 0.5, 1.0]}}
    found = here(tiny(replications=3, factors=factors), tmp_path / "out")
    keys = stored_keys(tmp_path / "out")
    assert before < set(keys)
    assert len(keys) == len(set(keys)) == len(found.runs) == 2 * 3 * 3
    assert set(found.runs["status"]) == {"ok"}


def test_a_sweep_under_way_tells_what_is_waiting(tmp_path):
    class EnoughError(Exception):
        pass

    def stop(progress):
        if progress.done:
            raise EnoughError

    with pytest.raises(EnoughError):
        here(tiny(), tmp_path / "out", chunk=2, progress=stop, live=slow)
    runs = Sweep.load(tmp_path / "out").runs
    assert set(runs["status"]) == {"ok", "waiting"}
    assert runs.loc[runs["status"] == "waiting", "npv"].isna().all()


def slow(run, scenario):
    from sim.experiments.sweep.store.one_run import simulate_run

    time.sleep(0.3)
    return simulate_run(run, scenario)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"outcomes": {"npv": {"measure": "revenue"}}}, "other outcomes"),
        ({"name": "other"}, "another name"),
        ({"settings": {"market.customers": 70}}, "another base scenario"),
        ({"monthly": ["cash"]}, "other monthly measures"),
    ],
)
def test_a_folder_of_another_design_is_refused_with_a_way_out(made, changed, told):
    with pytest.raises(BadInput, match=rf"{told}.*--out"):
        here(tiny(**changed), made.folder)


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="no sweep folder"):
        here(tiny(), tmp_path)


def test_two_sweeps_in_one_folder_are_refused(made):
    from sim.experiments.sweep.store.lock import alone

    with alone(made.folder), pytest.raises(BadInput, match="another sweep is running"):
        here(tiny(), made.folder)


@pytest.mark.long
def test_runs_that_raise_hang_or_crash_are_recorded_and_the_others_go_on(tmp_path):
    (tmp_path / "trouble.py").write_text(TROUBLE)
    named = [f"{tmp_path / 'trouble.py'}:{name}" for name in ("Raises", "Hangs", "Crashes")]
    factors = {"policy": {"policies": ["osfa", *named]}}
    found = sweep(tiny(factors=factors, replications=1, limit=1), tmp_path / "out", workers=2, chunk=3)
    status = found.runs.groupby("policy")["status"].agg(lambda column: ",".join(column))
    assert status.to_dict() == dict(zip(
        ["osfa", *named], ["ok", "failed", "hung", "crashed"], strict=True
    ))  # fmt: skip
    failures = found.failures.set_index("policy")
    assert "ZeroDivisionError" in failures.loc[named[0], "error"]
    assert "in decide" in failures.loc[named[1], "error"]
    command = failures.loc[named[0], "command"].split()
    again = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "ZeroDivisionError" in again.stderr


def test_failures_are_lived_again_when_asked(tmp_path):
    policy = tmp_path / "trouble.py"
    policy.write_text(TROUBLE)
    experiment = tiny(factors={"policy": {"policies": ["osfa", f"{policy}:Raises"]}}, replications=2)
    here(experiment, tmp_path / "out")
    before = len(stored_keys(tmp_path / "out"))
    found = here(experiment, tmp_path / "out", retry=True)
    assert before == len(stored_keys(tmp_path / "out")) == 4
    assert len(found.failures) == 2


def test_verify_finds_a_number_that_was_changed(tmp_path):
    found = here(tiny(replications=1), tmp_path / "out")
    assert all(one.differing == () for one in verify(found.folder, 4))
    path = next((found.folder / "runs").iterdir())
    table = pq.read_table(path).to_pandas()
    table["npv"] = np.nextafter(table["npv"], np.inf)
    table.to_parquet(path)
    assert any(one.differing == ("npv",) for one in verify(found.folder, 4))


def test_a_comment_in_a_scenario_changes_no_key_and_a_number_does(tmp_path):
    text = (sim.parameters.shipped.shipped_folder("scenarios") / "telecom.yaml").read_text()
    plain, told, other = (tmp_path / f"{name}.yaml" for name in ("plain", "told", "other"))
    plain.write_text(text)
    told.write_text("# a word more\n" + text.replace("description: ", "description: also "))
    other.write_text(text.replace("customers: 3000", "customers: 3001"))
    one, same_world, another = (world_digest(Scenario.load(path)) for path in (plain, told, other))
    assert one == same_world != another


@pytest.mark.long
def test_editing_a_rule_changes_the_code_of_keys_and_editing_a_chart_does_not(tmp_path):
    package = tmp_path / "sim"
    shutil.copytree(os.path.dirname(sim.__file__), package, ignore=shutil.ignore_patterns("__pycache__"))

    def code():
        words = [sys.executable, "-c", "from sim.experiments.sweep.store.keys import model_hash; print(model_hash())"]
        return subprocess.run(words, cwd=tmp_path, env=os.environ | {"PYTHONPATH": ""}, capture_output=True,
                              text=True, check=True).stdout  # fmt: skip

    before = code()
    with (package / "charts" / "theme.py").open("a") as file:
        file.write("\n# colours\n")
    assert code() == before
    with (package / "model" / "equations" / "needs.py").open("a") as file:
        file.write("\nANOTHER = 1\n")
    assert code() != before


def test_every_room_that_makes_results_is_in_the_code_of_keys():
    rooms = {name.partition("/")[0] for name in model_files(__import__("pathlib").Path(sim.__file__).parent)}
    assert rooms == {"experiments", "model", "numeric", "parameters", "policies", "simulation"}


def test_the_key_of_a_run_knows_world_seed_replicate_and_code():
    keys = {run_key(*told) for told in (("w", 1, 2, "c"), ("v", 1, 2, "c"), ("w", 2, 2, "c"), ("w", 1, 1, "c"),
                                        ("w", 1, 2, "d"))}  # fmt: skip
    assert len(keys) == 5


@pytest.mark.long
def test_status_from_another_terminal_while_it_runs(tmp_path):
    file, out = write_design(tmp_path, replications=100), tmp_path / "out"
    process = start_sweep(file, out, "--workers", "1", "--chunk", "2")
    while process.poll() is None and not (out / "design.parquet").exists():
        time.sleep(0.01)
    words = [sys.executable, "-m", "sim", "sweep", str(file), "--out", str(out), "--status", "--json"]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    process.kill()
    process.communicate()
    assert told["total"] == 400
    assert told["running"] is True


def test_export_writes_what_the_sweep_tells(made):
    from sim.experiments.sweep.export import export_csv

    paths = {path.stem: path for path in export_csv(made, made.folder / "csv")}
    back = pd.read_csv(paths["runs"])
    assert (back["npv"] == made.runs["npv"]).all()


@pytest.mark.long
def test_experiments_in_the_box_are_sound():
    from sim.experiments.sweep.design.shipped import experiment_names

    names = experiment_names()
    assert len(names) >= 6
    assert all(shipped_experiment(name).points for name in names)


@pytest.mark.long
def test_a_dask_cluster_gives_the_same_bits(made, tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        found = sweep(tiny(), tmp_path / "out", executor=f"dask:{cluster.scheduler_address}", chunk=4)
    assert same(found, made)


def test_mesa_batch_run_drives_a_market_to_the_same_numbers(made):
    import mesa

    def losses(market):
        return sum(market.monthly().get("losses", [0.0]))

    class Collecting(Market):
        def __init__(self, scenario, replicate=0, rng=None, seed=None):
            super().__init__(scenario, rng=1, replicate=replicate)
            self.datacollector = mesa.DataCollector(
                {"losses": lambda market: sum(market.monthly().get("losses", [0.0]))}
            )

    settings = design()["settings"] | {"firms.0.policy": "osfa", "market.needs.spread": 0.5}
    given = {"scenario": [Scenario.load("telecom").with_settings(settings)], "replicate": [0, 1]}
    found = mesa.batch_run(Collecting, given, max_steps=7, display_progress=False)
    ours = made.runs[(made.runs["policy"] == "osfa") & (made.runs["spread"] == 0.5)].set_index("replicate")["left"]
    assert [one["losses"] for one in found] == [ours[0], ours[1]]


def test_a_damaged_part_is_named_and_its_runs_are_lived_again_once_it_is_gone(tmp_path):
    experiment = tiny(replications=1)
    folder = here(experiment, tmp_path / "out").folder
    part = next((folder / "runs").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-40])
    for ask in (lambda: Sweep(folder).runs, lambda: here(experiment, folder)):
        with pytest.raises(BadInput, match=rf"{part.name} is damaged .*delete it"):
            ask()
    part.unlink()
    assert (here(experiment, folder).runs.status == "ok").all()
