"""BG/NBD beside a known exit: the plain model without one, its own numbers back, and what a client's file gets."""

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special

from sim import Scenario, calibrate
from sim.calibration.calibration import merge_into
from sim.calibration.kinds.buying_model import BuyingModel, chance_of_repeats, expected_later, fit_bg_nbd
from sim.calibration.known_exit import exit_hazard, log_integral_of_exits
from sim.calibration.purchase_log import Histories
from sim.calibration.purchase_models import PurchaseFit, bg_nbd_log_likelihood, expected_repeats
from sim.parameters.shipped import shipped_folder
from tests.support.client_files import START, purchases

NUMBERS, HAZARD, WEEKS = (0.8, 6.0, 0.9, 3.0), 0.02, 60.0  # r, alpha, a, b; a week; of observation
LATER = 40.0  # weeks after it


def lived(people, hazard, seed):
    """Histories of people who buy, drop out and leave event by event, and what they buy in the weeks after."""
    rng = np.random.default_rng(seed)
    r, alpha, a, b = NUMBERS
    rate, drop = rng.gamma(r, 1.0 / alpha, people), rng.beta(a, b, people)
    gone = rng.exponential(1.0 / hazard, people) if hazard else np.full(people, np.inf)
    time, there = np.zeros(people), np.ones(people, bool)
    repeats, recency, later = np.zeros(people), np.zeros(people), np.zeros(people)
    while there.any():
        time = time + rng.exponential(1.0 / rate)
        there &= time < np.minimum(gone, WEEKS + LATER)
        seen = there & (time < WEEKS)
        repeats, recency, later = repeats + seen, np.where(seen, time, recency), later + (there & ~seen)
        there &= rng.random(people) >= drop
    return Histories(repeats, recency, np.full(people, WEEKS), np.zeros(people)), later


@pytest.fixture(scope="module")
def world():
    return lived(6000, HAZARD, 3)


@pytest.fixture(scope="module")
def few():
    return lived(2000, HAZARD, 4)[0]


def test_without_an_exit_the_likelihood_is_that_of_the_plain_model_to_the_last_digit(few):
    r, alpha, a, b = NUMBERS
    x, recency, age = few.repeats, few.recency, few.age
    buying = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    staying = special.betaln(a, b + x) - special.betaln(a, b) - (r + x) * np.log(alpha + age)
    after = special.betaln(a + 1.0, b + np.maximum(x, 1.0) - 1.0) - special.betaln(a, b)
    leaving = np.where(x > 0, after - (r + x) * np.log(alpha + recency), -np.inf)
    assert bg_nbd_log_likelihood(np.array(NUMBERS), few, 0.0) == (buying + np.logaddexp(staying, leaving)).sum()


def test_a_tiny_exit_moves_the_likelihood_by_as_little(few):
    plain, tiny = (bg_nbd_log_likelihood(np.array(NUMBERS), few, hazard) for hazard in (0.0, 1e-9))
    assert 0.0 < abs(tiny - plain) < 1e-3


def test_the_integral_over_the_time_of_exit_is_that_of_adaptive_quadrature():
    past = Histories(
        np.array([0.0, 1.0, 30.0, 2.0]), np.array([0.0, 38.0, 5.0, 3.0]), np.array([39.0, 39.0, 39.0, 400.0]), None
    )
    found = np.exp(log_integral_of_exits(0.3, 0.5, past, 0.01))
    for place, (x, t, age) in enumerate(zip(past.repeats, past.recency, past.age, strict=True)):

        def inside(s, x=x):
            return 0.01 * np.exp(-0.01 * s) * (0.5 + s) ** -(0.3 + x)

        wanted = integrate.quad(inside, t, age, epsabs=0.0, epsrel=1e-12, limit=500, points=[t + 1e-3, t + 0.5])[0]
        assert found[place] == pytest.approx(wanted, rel=1e-6)


def test_the_numbers_come_back_within_three_standard_errors(world):
    top = fit_bg_nbd(world[0], HAZARD).maximum
    away = (top.point - np.log(NUMBERS)) / np.sqrt(np.diag(top.covariance))
    assert np.abs(away).max() < 3.0


def test_the_plain_model_takes_exits_for_dropout(world):
    """The control: without the known exit the mean chance to drop out comes out far above the true 0.23."""
    plain, known = (fit_bg_nbd(world[0], hazard) for hazard in (0.0, HAZARD))
    assert plain.a / (plain.a + plain.b) > 1.3 * known.a / (known.a + known.b)
    assert known.maximum.log_likelihood > plain.maximum.log_likelihood + 3.0


def test_repeat_purchases_are_those_of_the_process(world):
    """Counts and their mean at the true numbers; four standard errors."""
    model, fit = BuyingModel(*NUMBERS, None, HAZARD), PurchaseFit(*NUMBERS, 0.0, 0, HAZARD)
    repeats = world[0].repeats
    chances = chance_of_repeats(model, np.array([WEEKS]), 7)[0]
    shares = np.bincount(np.minimum(repeats, 7).astype(int), minlength=8) / len(repeats)
    assert (np.abs(shares - chances) < 4.0 * np.sqrt(chances * (1.0 - chances) / len(repeats))).all()
    mean = expected_repeats(fit, np.array([WEEKS]))[0]
    assert abs(repeats.mean() - mean) < 4.0 * repeats.std() / np.sqrt(len(repeats))


@pytest.mark.parametrize("least", [0, 1, 4])
def test_purchases_to_come_are_those_of_the_process(world, least):
    """Of everybody, and of those with some repeat purchases; four standard errors."""
    past, later = world
    among = past.repeats >= least
    away = (later - expected_later(BuyingModel(*NUMBERS, None, HAZARD), past, LATER))[among]
    assert abs(away.mean()) < 4.0 * away.std() / np.sqrt(among.sum())


def test_nobody_leaves_a_world_without_births_and_deaths():
    world = Scenario.load("cdnow")
    off = world.with_settings({"mechanisms.births_and_deaths": False})
    months = 365.25 / 12.0 / 7.0
    wanted = -np.log((1.0 - world.market["category_exit"]) * (1.0 - world.market["death"])) / months
    assert exit_hazard(off) == 0.0
    assert exit_hazard(world) == pytest.approx(wanted, rel=1e-12)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("client") / "orders.csv"
    purchases(2, customers=600).to_csv(path, index=False)
    return path


def test_a_file_is_fitted_beside_the_exit_of_the_scenario_into_which_its_numbers_go(client):
    """Grocery loses fewer people than `cdnow`, so that more of the same silence is dropout."""
    music, grocery = (calibrate("purchases", client, base=name) for name in ("cdnow", "grocery"))
    dropout = [next(n.interval.value for n in one.fits[0].numbers if n.name == "dropout") for one in (music, grocery)]
    assert dropout[0] < dropout[1]
    assert "known exit of 1.07 % a month".replace(" %", "%") in music.fits[0].model
    assert any("1.07%" in remark for remark in music.fits[0].remarks)


def test_a_fit_merged_into_another_scenario_takes_the_exit_of_that(client):
    music = calibrate("purchases", client)
    written = merge_into("grocery", [music])["market"]["economics"]
    direct = calibrate("purchases", client, base="grocery").settings
    assert written["dropout_a"] == pytest.approx(direct["market.economics.dropout_a"], rel=1e-5)
    assert music.into("cdnow") is music


def test_a_file_that_speaks_against_the_exits_of_the_scenario_is_told_so(tmp_path):
    """Nobody leaves or drops out: two years of steady buying, laid into a world that loses 5 % a month."""
    rng, rows = np.random.default_rng(5), []
    for person in range(400):
        rate = rng.gamma(4.0, 0.25)
        days = np.cumsum(np.concatenate([[rng.uniform(0, 90)], rng.exponential(30.0 / rate, 100)]))
        rows += [(f"c{person}", START + np.timedelta64(int(day), "D")) for day in days[days < 730]]
    path, leaving = tmp_path / "steady.csv", tmp_path / "leaving.yaml"
    pd.DataFrame(rows, columns=["customer", "date"]).to_csv(path, index=False)
    text = (shipped_folder("scenarios") / "cdnow.yaml").read_text(encoding="utf-8")
    leaving.write_text(text.replace("category_exit: 0.01\n", "category_exit: 0.05\n"), encoding="utf-8")
    remarks = calibrate("purchases", path, base=str(leaving)).fits[0].remarks
    assert any("5.07% a month" in remark and "the file speaks against it" in remark for remark in remarks)
