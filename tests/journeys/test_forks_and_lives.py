"""Fork, journeys and lives: a stored run lived again."""

import json
import re

import pandas as pd
import pytest

from sim import BadInput, Market
from sim.experiments.run_folder import write_run
from sim.journeys.recorder import EVENT_COLUMNS, Journeys
from sim.journeys.stored_run import StoredRun, differences, fork, life_of, origin
from sim.reports.life import life_in_words, people_of
from sim.simulation.agents import Customer
from tests.support.command_line import sim
from tests.support.worlds import run_market, same, small


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    write_run(run_market(small(months=12)), folder, ["sim", "run"], 1.0, save_state=False)
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
        {"market.warm_up": 3},
        {"seed": 9},
        {"firms.0.offers.quality": 0.9},
    ],
)
def test_a_fork_cannot_have_another_past(change):
    market = Market(small())
    market.step()
    with pytest.raises(BadInput, match="keeps its past"):
        market.fork(change)


def test_a_fork_cannot_end_before_it_begins():
    market = Market(small())
    while market.month < 4:
        market.step()
    with pytest.raises(BadInput, match="4 months were simulated already"):
        market.fork({"months": 3})


def test_a_fork_keeps_replicate_engine_threads_and_customers():
    class Own(Customer):
        """Another class."""

    market = Market(small(), seed=4, replicate=2, engine="agents", threads=2, customer_class=Own)
    forked = market.fork()
    assert (forked.seed_used, forked.replicate, forked.threads, forked.customer_class) == (4, 2, 2, Own)
    assert type(forked.engine) is type(market.engine)


def test_a_month_outside_the_run_is_refused(stored):
    with pytest.raises(BadInput, match="months 0 to 11"):
        fork(stored, 12, {})


def test_watching_changes_nothing():
    watched = Market(small())
    journeys = Journeys(range(120), 120)
    watched.watcher = journeys.look
    assert same(watched.run(), run_market(small()))
    assert len(journeys.rows) > 0


def test_journeys_agree_with_the_counts_of_the_firms():
    market = Market(small(months=12))
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    months = market.run().monthly()
    told, weight = journeys.table(), market.world.weight
    assert list(told) == list(EVENT_COLUMNS)
    for event, measure in (
        ("became a customer", "gross_adds"),
        ("complained", "complaints"),
        ("praised", "messages_positive"),
    ):
        counted = told[told.event == event].groupby("firm").size() * weight
        assert counted.to_dict() == {k: v for k, v in months.groupby("firm")[measure].sum().items() if v}
    bought = told[told.event == "bought"].groupby("firm").value.sum() * weight
    assert bought.to_dict() == pytest.approx(months.groupby("firm").purchases.sum().to_dict())


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_events_that_leave_no_trace_of_their_own_agree_with_the_books(name):
    market = Market(small(name, months=12, **{"market.death": 0.02}))
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    months = market.run().monthly()
    told, weight = journeys.table(), market.world.weight
    paid = told[told.event == "was billed"].groupby("firm").value.sum() * weight
    booked = months.assign(net=months.revenue - months.discounts).groupby("firm").net.sum()
    assert paid.to_dict() == pytest.approx({k: v for k, v in booked.items() if v}, rel=1e-5)
    for events, measure in (
        (["left without a word"], "losses_silent"),
        (["left after complaining"], "losses_complained"),
        (["died", "left the category"], "losses_involuntary"),
        (["ran into trouble"], "incidents"),
        (["was handed on"], "handoffs"),
        (["was granted a discount", "was refused a discount"], "discount_demanded"),
    ):
        chosen = told[told.event.isin(events) & (told.firm != "")]
        counted = (
            chosen.groupby("firm").value.sum()
            if measure in ("incidents", "handoffs")
            else chosen.groupby("firm").size()
        )
        assert (counted * weight).to_dict() == {k: v for k, v in months.groupby("firm")[measure].sum().items() if v}
    assert {"died", "was served", "was made good"} <= set(told.event)


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery"])
@pytest.mark.parametrize("structure", [0.0, 1.0, 2.0])
def test_told_sales_agree_with_what_was_counted_and_paid_back(name, structure):
    ours = {"sales_structure": structure, "walls": 0.7, "pay_value": 0.5, "most_calls": 1.0}
    market = Market(
        small(
            name, months=14, mechanisms__sales_calls=True, market__sales__call_hours=0.02,
            market__sales__acceptance=0.9, market__sales__giving_up=0.4,
            **{f"firms__0__decisions__{key}": value for key, value in ours.items()},
        )
    )  # fmt: skip
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    months, told, weight = market.run().monthly(), journeys.table(), market.world.weight
    by_quota = told[(told.event == "was called on") & told.reason.str.startswith("by quota")]
    assert set(months.firm) >= set(by_quota.firm) and len(by_quota) > 0
    for event, measure, counted in (
        ("was called on", "sales_calls", "value"),
        ("took a further category", "categories_sold", None),
        ("returned a category", "refunds", "value"),
    ):
        groups = told[told.event == event].groupby("firm")
        sums = (groups[counted].sum() if counted else groups.size()) * weight
        assert sums.to_dict() == pytest.approx(
            {k: v for k, v in months.groupby("firm")[measure].sum().items() if v}, rel=1e-4
        )
    gone = told[told.event.isin(["gave up a category", "returned a category"])].groupby("firm").size() * weight
    assert gone.to_dict() == {k: v for k, v in months.groupby("firm").categories_given_up.sum().items() if v}
    billed = told[told.event == "was billed"].groupby("firm").value.sum()
    back = told[told.event == "returned a category"].groupby("firm").value.sum()
    net = months.assign(net=months.revenue - months.discounts).groupby("firm").net.sum()
    assert ((billed - back.reindex(billed.index).fillna(0.0)) * weight).to_dict() == pytest.approx(
        net.to_dict(), rel=1e-5
    )
    useless = told[(told.event == "took a further category") & told.reason.str.startswith("it serves no need")]
    assert len(useless) * weight == months.categories_sold_unneeded.sum()
    assert not any(re.search(r"\bnan\b", line) for line in life_in_words(market, journeys))


def test_whoever_leaves_under_contract_has_considered_it():
    market = Market(small(months=24, **{"market.choice.consider": 0.05}))
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    market.run()
    told = journeys.table().set_index(["month", "customer"])
    left = told[told.event.str.startswith("left without") | told.event.str.startswith("left after")]
    considered = told[told.event == "considered leaving"]
    assert len(left) > 0 and set(left.index) <= set(considered.index)
    assert len(considered) > len(left) and (considered.reason != "").all()


@pytest.mark.long
def test_every_event_has_its_words():
    market = Market(small(months=24))
    journeys = Journeys(range(120), 120)
    market.watcher = journeys.look
    lines = life_in_words(market.run(), journeys)
    assert len([line for line in lines if line.startswith("At the end")]) == len(journeys.holders) >= 100
    assert not any(re.search(r"\bnan\b", line) for line in lines)


def test_a_life_is_told_from_a_stored_run(stored):
    market, journeys = life_of(stored, 7)
    assert market.month == 12
    assert set(journeys.table().customer) <= {7}
    assert same(market, run_market(stored.scenario))


def test_who_dies_is_told_apart_from_who_comes_after(tmp_path):
    scenario = small(months=24, **{"market.death": 0.1, "market.refill": 0.9})
    write_run(run_market(scenario), tmp_path / "run", ["sim"], 1.0, save_state=False)
    people = people_of(*life_of(StoredRun.load(tmp_path / "run"), 5))
    assert [one["person"] for one in people] == sorted(one["person"] for one in people) and len(people) > 1
    assert "in the market: died in month" in people[0]["ending"]
    assert all(one["to"] <= other["from"] for one, other in zip(people[:-1], people[1:], strict=True))


def test_a_fork_can_be_forked_and_told_by_way_of_its_origin(stored, tmp_path):
    found = fork(stored, 6, {"firms.0.policy": "osfa"})
    write_run(found.forked, tmp_path / "fork", ["sim"], 1.0, save_state=False, origin=origin(found.past))
    told = json.loads((tmp_path / "fork" / "run.json").read_text())["fork"]
    assert (told["of"], told["month"], told["settings"]) == (str(stored.folder), 6, {"firms.0.policy": "osfa"})
    again = StoredRun.load(tmp_path / "fork")
    assert same(life_of(again, 3)[0], found.forked)
    second = fork(again, 8, {})
    assert second.repeated and same(second.forked, found.forked)
    with pytest.raises(BadInput, match="months 6 to 11 can be followed; this run was itself forked after month 6"):
        fork(again, 5, {})


def test_a_saved_state_spares_the_months_before_it(tmp_path, monkeypatch):
    scenario = small(months=8)
    write_run(run_market(scenario), tmp_path / "run", ["sim"], 1.0, save_state=False)
    early = Market(scenario)
    while early.month < 4:
        early.step()
    early.save(tmp_path / "run" / "state.npz")
    run, stepped = StoredRun.load(tmp_path / "run"), []
    step = Market.advance
    monkeypatch.setattr(Market, "advance", lambda self: (stepped.append(self.month), step(self))[1])
    assert run.replay(6).month == 6 and stepped == [4, 5]
    assert fork(run, 6, {}).repeated
    stepped.clear()
    assert run.replay(2).month == 2 and stepped == [-2, -1, 0, 1]


def test_a_code_that_changed_is_said_and_does_not_use_the_state(stored, tmp_path):
    for name in ("run.json", "monthly.parquet"):
        (tmp_path / name).write_bytes((stored.folder / name).read_bytes())
    about = json.loads((tmp_path / "run.json").read_text()) | {"code": "another"}
    (tmp_path / "run.json").write_text(json.dumps(about))
    (tmp_path / "state.npz").write_bytes(b"never read")
    assert not StoredRun.load(tmp_path).same_code
    assert fork(StoredRun.load(tmp_path), 3, {}).repeated
    done = sim("explain", str(tmp_path), "--customer", "1")
    assert done.returncode == 0 and "the code has changed" in done.stderr


def test_months_that_were_not_stored_are_said(stored, tmp_path):
    (tmp_path / "run.json").write_bytes((stored.folder / "run.json").read_bytes())
    with pytest.raises(BadInput, match="monthly measures of the run cannot be read"):
        fork(StoredRun.load(tmp_path), 3, {})


def test_a_longer_fork_is_compared_over_the_months_of_both(stored):
    table = differences(fork(stored, 6, {"months": 24}), ["revenue"])
    assert set(table.year) == {1} and (table.revenue == 0).all()


def test_a_customer_that_is_not_there_is_named(stored):
    with pytest.raises(BadInput, match="customers go from 0 to 119"):
        life_of(stored, 120)


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
    assert json.loads(forked.stdout)["original_repeated"] is True
    life = json.loads(sim("explain", "run", "--customer", "5", "--json", cwd=tmp_path).stdout)
    assert life["people"][0]["ending"] and {"event", "reason"} <= set(life["events"][0])
    over = sim("fork", "run", "--month", "6", "--out", "./run", cwd=tmp_path)
    assert over.returncode == 2 and "is the run that is forked" in over.stderr


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


WORLDS = {"telecom": {}, "b2b": {}, "grocery": {}, "cdnow": {"market.economics.purchase_rate": 2.0}}
DEPARTMENTS_OF = {
    "was contacted": {"marketing"}, "saw what newcomers get": {"marketing"}, "used the product": {"product"},
    "bought": {"sales"}, "ran into trouble": {"service"}, "complained": {"service"},
    "was handed on": {"product", "marketing", "sales", "finance"},
}  # fmt: skip
SELF_EVIDENT = {"bought", "was billed", "was invoiced", "was served"}  # by rate and luck; at once and by junior staff


@pytest.fixture(scope="module", params=WORLDS)
def both(request):
    """Journeys of everybody in a small world, lived by either engine."""
    told = []
    for engine in ("compiled", "agents"):
        market = Market(small(request.param, months=8, **WORLDS[request.param]), engine=engine)
        market.watcher = (journeys := Journeys(range(120), 120)).look
        told.append((market.run(), journeys))
    return told


@pytest.mark.long
def test_both_engines_tell_the_same_lives(both):
    (market, journeys), (other, others) = both
    assert journeys.table().equals(others.table())
    assert life_in_words(market, journeys) == life_in_words(other, others)


def test_a_life_goes_across_departments_and_every_change_has_its_reason(both):
    table = both[0][1].table()
    departments = table.groupby("event").department.agg(set)
    for event, allowed in DEPARTMENTS_OF.items():
        assert event not in departments or departments[event] <= allowed
    assert departments["ran into trouble"] and len(departments["was handed on"]) > 1
    bare = table[(table.reason == "") & ~table.event.isin(SELF_EVIDENT)]
    assert list(bare.event.unique()) == []
