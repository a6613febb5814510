"""Fork, journeys and lives: a stored run lived again."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from sim import BadInput, Market
from sim.lab.journeys import COLUMNS, Journeys
from sim.lab.retelling import StoredRun, differences, fork, life_of
from sim.lab.run_folder import write_run
from tests.worlds import lived, same, small


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    write_run(lived(small(months=12)), folder, ["sim", "run"], 1.0, save_state=False)
    return StoredRun.load(folder)


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_a_fork_with_nothing_changed_is_the_same_run(engine):
    market = Market(small(), engine=engine)
    for _ in range(4):
        market.step()
    forked = market.fork()
    assert same(market.run(), forked.run())


def test_a_fork_keeps_the_months_before_it(stored):
    found = fork(stored, 6, {"firms.0.policy": "osfa"})
    before, after = found.original.monthly(), found.forked.monthly()
    measures = [name for name in before if name != "policy"]
    assert before[before.month <= 6][measures].equals(after[after.month <= 6][measures])
    assert not before[before.month > 6][measures].equals(after[after.month > 6][measures])
    assert found.repeated


def test_the_differences_are_fork_minus_original(stored):
    found = fork(stored, 6, {"firms.0.decisions.price": 1.3})
    table = differences(found, ["revenue"]).set_index("firm").revenue
    totals = [market.monthly().groupby("firm").revenue.sum() for market in (found.forked, found.original)]
    assert table["north"] == pytest.approx(totals[0]["north"] - totals[1]["north"])


@pytest.mark.parametrize(
    "change",
    [
        {"market.customers": 200},
        {"market.network.degree": 4},
        {"firms.0.name": "other"},
        {"market.relationship": "repertoire"},
    ],
)
def test_a_fork_cannot_have_another_past(change):
    market = Market(small())
    market.step()
    with pytest.raises(BadInput, match="keeps its past"):
        market.fork(change)


def test_a_month_outside_the_run_is_refused(stored):
    with pytest.raises(BadInput, match="months 0 to 11"):
        fork(stored, 12, {})


def test_watching_changes_nothing():
    watched = Market(small())
    journeys = Journeys(range(120), 120)
    watched.watcher = journeys.look
    assert same(watched.run(), lived(small()))
    assert len(journeys.rows) > 0


def test_journeys_agree_with_the_counts_of_the_firms():
    market = Market(small(months=12))
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    months = market.run().monthly()
    told, weight = journeys.table(), market.world.weight
    assert list(told) == list(COLUMNS)
    for event, measure in (
        ("became a customer", "gross_adds"),
        ("complained", "complaints"),
        ("praised", "messages_positive"),
    ):
        counted = told[told.event == event].groupby("firm").size() * weight
        assert counted.to_dict() == {k: v for k, v in months.groupby("firm")[measure].sum().items() if v}
    bought = told[told.event == "bought"].groupby("firm").value.sum() * weight
    assert bought.to_dict() == pytest.approx(months.groupby("firm").purchases.sum().to_dict())


def test_a_life_is_told_from_a_stored_run(stored):
    market, events = life_of(stored, 7)
    assert market.month == 12
    assert set(events.customer) <= {7}


def test_a_customer_that_is_not_there_is_named(stored):
    with pytest.raises(BadInput, match="customers go from 0 to 119"):
        life_of(stored, 120)


def sim(*words, cwd=None):
    return subprocess.run([sys.executable, "-m", "sim", *words], capture_output=True, text=True, cwd=cwd, check=False)


def test_run_watch_explain_and_fork_from_the_command_line(tmp_path):
    tiny = ["--customers", "80", "--set", "market.size=800", "--set", "market.warm_up=1", "--years", "1"]
    done = sim("run", "telecom", *tiny, "--watch", "3", "--out", "run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(pd.read_parquet(tmp_path / "run" / "journeys.parquet").customer) <= {0, 26, 53}
    told = sim("explain", "run", "--customer", "5", cwd=tmp_path)
    assert told.returncode == 0 and told.stdout.startswith("Customer 5") and "At the end customer 5" in told.stdout
    forked = sim("fork", "run", "--month", "6", "--policy", "south=customer_centric", "--json", cwd=tmp_path)
    assert forked.returncode == 0, forked.stderr
    assert json.loads(forked.stdout)["settings"] == {"firms.south.policy": "customer_centric"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["explain", "nowhere", "--customer", "1"], "not a run folder"),
        (["fork", "nowhere", "--month", "1"], "not a run folder"),
        (["run", "telecom", "--watch", "2"], "give --out DIR"),
        (["run", "telecom", "--watch", "x", "--out", "o"], "give a number of customers"),
        (["run", "telecom", "--customers", "50", "--watch", "3,99", "--out", "o"], "customers go from 0 to 49"),
    ],
)
def test_rubbish_is_answered_in_one_line(words, message, tmp_path):
    done = sim(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
