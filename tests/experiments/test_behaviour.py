"""Behavioural calibration of worlds: its numbers, patterns, observations, bank, command and file."""

import numpy as np
import pytest

from sim import BadInput, Scenario
from sim.experiments.behaviour.bank_of_runs import bank_experiment, bank_of
from sim.experiments.behaviour.figures import FirmMonths
from sim.experiments.behaviour.numbers import USUAL_NUMBERS, number_ranges
from sim.experiments.behaviour.observed import read_observed
from sim.experiments.behaviour.patterns import PATTERNS, measures_of, patterns_of, patterns_seen, runs_by_firm, scaled
from sim.experiments.behaviour.plan import BehaviourPlan
from sim.model.measures import BY_NAME
from sim.parameters.shipped import scenario_names
from tests.support.sweeps import here, stored_keys

TELECOM = Scenario.load("telecom")


def by_name(name):
    return next(row for row in PATTERNS if row.name == name)


# numbers and their ranges


@pytest.mark.parametrize("world", scenario_names())
def test_the_usual_numbers_of_every_world_have_ranges_that_the_table_allows(world):
    scenario = Scenario.load(world)
    assert len(number_ranges((), scenario)) == len(USUAL_NUMBERS[scenario.relationship])


def test_a_number_without_a_range_has_that_of_the_table_of_parameters():
    assert number_ranges(["market.temper.talk"], TELECOM) == number_ranges(["temper.talk"], TELECOM)
    (row,) = number_ranges(["satisfaction.noise"], TELECOM)
    assert (row.low, row.high) == (0.0, 0.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("choice.considre_slope", "no such number. Did you mean choice.consider_slope"),
        ("choice.consider_slope=1", "write PATH, or PATH=LOW..HIGH"),
        ("choice.consider_slope=8..1", "the range must rise"),
        ("choice.consider_slope=0..99", "lie between 0 and 12"),
        ("choice.consider_slope=0..inf", "both ends must be finite"),
        ("choice.price_memory", "any value in a range"),
    ],
)
def test_a_number_that_cannot_be_calibrated_is_refused(text, said):
    with pytest.raises(BadInput, match=said.replace(".", r"\.")):
        number_ranges([text], TELECOM)


def test_a_number_is_named_once():
    with pytest.raises(BadInput, match=r"choice\.taste twice"):
        number_ranges(["choice.taste", "market.choice.taste=0..1"], TELECOM)


# patterns


def months_of(**measures):
    """Two firms over two years; a measure is a number, or one for each firm."""
    names = measures_of(PATTERNS)
    flat = {name: np.zeros((24, 2)) for name in names}
    return FirmMonths(flat | {name: np.broadcast_to(value, (24, 2)).astype(float) for name, value in measures.items()})


@pytest.mark.parametrize(
    ("name", "measures", "expected"),
    [
        ("annual_loss", {"customers_kept": (60, 90), "customers_before": (100, 100)}, 1 - 150 / 200),
        ("newcomers_lost", {"customers": 100, "customers_kept": 70, "gross_adds": 5}, 1 - 60 / 120),
        ("joined", {"gross_adds": (1, 3), "customers": (50, 50)}, 4 / 100),
        ("complained_first", {"losses_complained": (1, 2), "losses_voluntary": (4, 6)}, 3 / 10),
        ("negative_share", {"messages_negative": 1, "messages_positive": 3}, 1 / 4),
        ("messages", {"messages_negative": 1, "messages_positive": 3, "customers": 50}, 4 / 50),
        ("nps", {"nps": (10, 40), "customers": (10, 20)}, (10 * 10 + 20 * 40) / 30),
        ("nps_change", {"nps": 20, "customers": 10}, 0),
        ("nps_unrest", {"nps": 20}, 0),
        ("gap_in_losses", {"losses_voluntary": (2, 1), "customers": 50}, np.log(2)),
        ("repeat_share", {"repeat_share": (0.2, 0.6), "customers": (30, 10)}, (30 * 0.2 + 10 * 0.6) / 40),
    ],
)
def test_a_pattern_is_what_it_says(name, measures, expected):
    assert by_name(name).of(months_of(**measures)) == pytest.approx(expected)


def test_the_slope_on_price_is_the_elasticity_of_what_is_won():
    prices, elasticity = np.array([0.9, 1.2]), -2.5
    run = months_of(price=prices, gross_adds=50 * prices**elasticity, customers=1000)
    assert by_name("price_slope").of(run) == pytest.approx(elasticity)


def test_where_all_firms_ask_the_same_price_there_is_no_slope_on_it():
    assert np.isnan(by_name("price_slope").of(months_of(price=1.0, gross_adds=(1, 2), customers=10)))


def test_the_change_of_the_score_is_that_against_the_year_before():
    nps = np.vstack([np.full((12, 2), 5.0), np.full((12, 2), 12.0)])
    assert by_name("nps_change").of(months_of(nps=nps, customers=10)) == pytest.approx(7.0)


def test_unrest_is_the_spread_of_monthly_changes():
    nps = np.array([[4.0 * (month % 2)] * 2 for month in range(24)])
    changes = [4.0 * (-1) ** month for month in range(11)]
    assert by_name("nps_unrest").of(months_of(nps=nps)) == pytest.approx(np.std(changes))


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.name)
def test_a_pattern_needs_measures_that_there_are(row):
    assert set(row.columns) <= set(BY_NAME)


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.name)
def test_a_scale_leads_back_to_the_value(row):
    for value in (0.0, 0.2, 1.0):
        assert row.scale.back(row.scale(value)) == pytest.approx(value)


def test_a_contract_has_no_patterns_of_a_repertoire():
    names = {row.name for row in patterns_of(TELECOM)}
    assert "annual_loss" in names
    assert "wallet_share" not in names


# observations


def written(folder, text):
    path = folder / "seen.yaml"
    path.write_text(text)
    return path


def test_observed_patterns_are_read_from_a_file(tmp_path):
    path = written(tmp_path, "annual_loss: 0.14\nnps: 12\n")
    assert read_observed(path, patterns_of(TELECOM)) == {"annual_loss": 0.14, "nps": 12.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("anual_loss: 0.1\nnps: 3\n", "no pattern of this market. Did you mean annual_loss"),
        ("annual_loss: 14\nnps: 3\n", "is 14 [share]; a number between 0 and 1"),
        ("nps: high\nannual_loss: 0.1\n", "nps is 'high'"),
        ("nps: 3\n", "1 patterns are known; at least 2"),
    ],
)
def test_observations_that_cannot_be_are_refused(tmp_path, text, said):
    with pytest.raises(BadInput) as trouble:
        read_observed(written(tmp_path, text), patterns_of(TELECOM))
    assert said in str(trouble.value)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(BadInput, match="holds no run"):
        read_observed(tmp_path, patterns_of(TELECOM))


# the bank

SHORT = BehaviourPlan(runs=8, customers=50, months=24, seed=5)
NUMBERS = number_ranges((), TELECOM)
CONTRACT_PATTERNS = patterns_of(TELECOM)


class Stopped(Exception):
    pass


def stop_after(count):
    def show(progress):
        if progress.done >= count:
            raise Stopped

    return show


def tiny_bank():
    return bank_experiment("telecom", NUMBERS, CONTRACT_PATTERNS, SHORT)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return here(tiny_bank(), tmp_path_factory.mktemp("whole") / "bank", chunk=2)


def test_a_bank_that_was_stopped_goes_on_and_is_the_same(tmp_path, whole, monkeypatch):
    from sim.experiments.sweep.runner import progress

    monkeypatch.setattr(progress.Watch.tell, "__defaults__", (0.0,))  # say so after every chunk
    with pytest.raises(Stopped):
        here(tiny_bank(), tmp_path / "bank", chunk=1, progress=stop_after(1))
    begun = len(stored_keys(tmp_path / "bank"))
    made = here(tiny_bank(), tmp_path / "bank", chunk=2)
    assert 0 < begun < SHORT.runs
    one, other = (bank_of(folder, NUMBERS, CONTRACT_PATTERNS) for folder in (made, whole))
    assert np.array_equal(one.truths, other.truths)
    assert np.array_equal(one.summaries, other.summaries, equal_nan=True)


def test_the_bank_holds_what_each_run_had_and_showed(whole):
    bank = bank_of(whole, NUMBERS, CONTRACT_PATTERNS)
    assert bank.numbers == tuple(number.name for number in NUMBERS)
    assert (bank.low <= bank.truths).all()
    assert (bank.truths <= bank.high).all()
    months = whole.monthly
    run = runs_by_firm(CONTRACT_PATTERNS, months, "point")[3]
    assert np.array_equal(
        bank.summaries[3], scaled(CONTRACT_PATTERNS, patterns_seen(CONTRACT_PATTERNS, run)), equal_nan=True
    )
    own = months[(months["point"] == 3) & (months["month"] > 12)]
    assert run.sum("gross_adds") == own["gross_adds"].sum()


def test_runs_of_a_bank_have_luck_of_their_own(whole):
    assert whole.design["seed"].nunique() == SHORT.runs


def test_a_larger_bank_begins_with_the_smaller_one():
    points = [
        [point.labels for point in bank_experiment("telecom", NUMBERS, CONTRACT_PATTERNS, plan).points]
        for plan in (SHORT, SHORT._replace(runs=16))
    ]
    assert points[1][:8] == points[0]


def test_short_runs_and_small_banks_are_refused():
    for plan in (SHORT._replace(runs=512, months=23), SHORT):
        with pytest.raises(BadInput):
            plan.checked()
