"""Replications: each file says what it is, each recipe reads what its file compares, and exact parts are exact."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.cli import main
from sim.parameters import BadInput
from sim.validation.bank import Bank
from sim.validation.closed_forms import sbg_survival
from sim.validation.closed_forms_of_chains import bass_in_steps
from sim.validation.closed_forms_of_prices import poaching_prices, switching_share
from sim.validation.closed_forms_of_spreading import Losses, Words, bass_by_draws, value_of_lost_adopter, value_of_words
from sim.validation.replications import lifetimes, lost_customers, poaching
from sim.validation.replications.description import ORIGINS, load_replication, replication_names
from sim.validation.replications.evaluation import lines_of_replication, replicate
from sim.validation.replications.recipes import RECIPES
from sim.validation.replications.setup import Setup
from sim.validation.replications.ties import complete_list, group_list
from sim.validation.situation import Situation

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "results" / "replications" / "figures.csv"
NAMES = replication_names()
TINY = {  # agents and numbers with which a recipe only shows that it reads what its file compares
    "bass-networks": (60, {"people": 30, "few": 20, "cut": 2}),
    "strong-and-weak-ties": (60, {"steps": 40, "drawn_steps": 12}),
    "negative-word-of-mouth": (100, {"years": 4, "degree": 10.0}),
    "lost-customer": (1000, {"years": 16}),
    "subscribers-high-end": (500, {}),
    "subscribers-regular": (500, {}),
}


def setup(name, folder, agents, numbers=None, changes=None):
    described = load_replication(name)
    here = Situation(Bank(), name, 0, agents, changes or {})
    return Setup(here, {**described.numbers, **(numbers or {})}, folder)


@pytest.mark.parametrize("name", NAMES)
def test_a_replication_says_what_it_is(name):
    described = load_replication(name)
    assert described.title and described.source and described.sets and described.limits and described.not_read
    assert described.recipe in RECIPES
    assert described.control.what and described.control.changes
    assert described.figure(described.control_quantity)
    assert {figure.origin for figure in described.figures} <= set(ORIGINS)


@pytest.mark.parametrize("name", NAMES)
def test_a_quantity_is_compared_once(name):
    quantities = [figure.quantity for figure in load_replication(name).figures]
    assert len(quantities) == len(set(quantities))


@pytest.mark.long
@pytest.mark.parametrize("name", TINY)
def test_a_recipe_reads_every_quantity_that_its_file_compares(name, tmp_path):
    described = load_replication(name)
    at = setup(name, tmp_path, *TINY[name])
    read = {reading.quantity for reading in RECIPES[described.recipe].read(at)}
    assert {figure.quantity for figure in described.figures} <= read


def test_a_replication_that_is_not_there_is_refused_with_the_nearest_name():
    with pytest.raises(BadInput, match="Did you mean lost-customer"):
        load_replication("lost-costumer")


def test_a_file_without_an_entry_is_refused(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("title: mine\n", encoding="utf-8")
    with pytest.raises(BadInput, match="source is missing"):
        load_replication(str(path))


def test_a_file_with_an_entry_that_nobody_knows_is_refused(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("titel: mine\n", encoding="utf-8")
    with pytest.raises(BadInput, match="titel is unknown. Did you mean title"):
        load_replication(str(path))


def test_the_complete_list_ties_everybody_once(tmp_path):
    lines = complete_list(tmp_path, 5).read_text(encoding="ascii").split()
    assert len(lines) == len(set(lines)) == 10


def test_groups_are_complete_and_have_ties_between_them(tmp_path):
    lines = group_list(tmp_path, 20, 5, 2.0).read_text(encoding="ascii").split()
    ties = [tuple(map(int, line.split(","))) for line in lines]
    ties = [tie for tie in ties if tie[0] != tie[1]]
    within = [tie for tie in ties if tie[0] // 5 == tie[1] // 5]
    assert len(set(within)) == 4 * 10
    assert len(ties) > len(within)


@pytest.mark.long
def test_without_words_a_lost_customer_is_worth_what_it_would_have_paid(tmp_path):
    at = setup("lost-customer", tmp_path, *TINY["lost-customer"], {"mechanisms.word_of_mouth": False})
    values = lost_customers.values_lost(at, 0.0)
    step = at.numbers["discount"] / at.numbers["cut"]
    years = np.array(at.numbers["lost_after"])
    payments = at.numbers["years"] * at.numbers["cut"] - np.round(years * at.numbers["cut"]) + 1
    annuity = (1.0 - (1.0 + step) ** -payments) / (1.0 - 1.0 / (1.0 + step)) / at.numbers["cut"]
    assert values == pytest.approx(annuity, rel=1e-9)


def test_the_cohort_shrinks_as_the_published_parameters_say(tmp_path):
    at = setup("subscribers-regular", tmp_path, 4000)
    left = lifetimes.surviving(lifetimes.cohort(at), 12)
    exact = sbg_survival(at.numbers["alpha"], at.numbers["beta"], np.arange(13))
    error = np.sqrt(exact * (1.0 - exact) / 4000)
    assert np.all(np.abs(left - exact)[1:] < 4.0 * error[1:])


def test_customers_switch_as_often_as_their_tastes_say(tmp_path):
    at = setup("behaviour-based-pricing", tmp_path, 4000)
    prices = poaching.theory_of(at)
    share = poaching.billed(at, (1.0, 1.0), (1.0 - prices.poaching / prices.own,) * 2)[2]
    assert abs(share - prices.switch) < 4.0 * np.sqrt(prices.switch * (1.0 - prices.switch) / 4000)


def test_firms_bill_the_list_price_to_own_customers_and_less_to_those_of_the_rival(tmp_path):
    at = setup("behaviour-based-pricing", tmp_path, 2000)
    *bills, switch = poaching.billed(at, (1.0, 1.0), (0.4, 0.4))
    assert sum(bills) == pytest.approx(1.0 - 0.4 * switch, rel=0.02)  # people differ a little in what they buy


def test_draws_of_their_own_bring_fewer_than_added_chances():
    assert np.all(bass_by_draws(0.03, 0.38, 15)[2:] < bass_in_steps(0.03, 0.38, 15)[2:])


def test_the_mean_field_of_words_without_blame_is_bass():
    value, rejected = value_of_words(Words(0.03, 0.38, 2.0, 0.0, True, False), 0.1, 30, 500)
    years = np.arange(0.0, 30.0, 0.001)
    grown = np.exp(-0.41 * years)
    rate = 0.41**2 / 0.03 * grown / (1.0 + 0.38 / 0.03 * grown) ** 2
    assert value == pytest.approx(float((rate * np.exp(-0.1 * years)).sum() * 0.001), rel=0.002)
    assert rejected == 0.0


def test_an_early_loss_costs_more_than_a_late_one_where_who_is_lost_is_silent():
    early, late = (value_of_lost_adopter((0.03, 0.38), Losses(year, 0.01, False), 200, 0.1) for year in (2, 20))
    assert early > 1.5 * late


def test_without_lasting_taste_there_is_nothing_to_poach_by():
    prices = poaching_prices(0.0)
    assert prices.poaching == pytest.approx(prices.own, rel=1e-4)
    assert switching_share(0.0, 0.0) == pytest.approx(0.5)


def test_no_price_of_its_own_brings_a_firm_more_than_the_best_reply():
    prices = poaching_prices(2.0)
    assert prices.own > prices.poaching
    assert prices.profit < prices.profit_alike


@pytest.mark.long
def test_the_command_writes_a_table_a_picture_and_what_was_not_read(tmp_path, capsys):
    folder = tmp_path / "r"
    assert main(["replicate", "subscribers-regular", "--quick", "--json", "--out", str(folder)]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert {row["replication"] for row in figures} == {"subscribers-regular"}
    assert all(row["control_gone"] for row in figures)
    with (folder / "figures.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(figures)
    assert (folder / "charts" / "subscribers-regular.png").is_file()
    assert json.loads((folder / "replications.json").read_text(encoding="utf-8"))["replications"][0]["not_read"]


@pytest.mark.long
def test_what_is_missed_stays_in_the_table(tmp_path):
    described = replace(
        load_replication("subscribers-regular"),
        numbers={"cohort": "none", "alpha": 3.0, "beta": 3.0, "survival": [0.6] * 12},
    )
    lines = lines_of_replication(replicate([replace(described, agents=(500, 500))], quick=True)[0])
    assert any(line["verdict"] == "missed" and line["distance"] for line in lines)


@pytest.mark.slow
def test_the_full_run_is_the_table_that_is_kept():
    with KEPT.open(encoding="utf-8") as file:
        kept = {(row["replication"], row["quantity"]): row for row in csv.DictReader(file)}
    outcomes = replicate([load_replication(name) for name in NAMES], quick=False)
    lines = [line for outcome in outcomes for line in lines_of_replication(outcome)]
    assert {(line["replication"], line["quantity"]) for line in lines} == set(kept)
    for line in lines:
        row = kept[line["replication"], line["quantity"]]
        assert float(row["reproduced"]) == pytest.approx(line["reproduced"], rel=1e-4, abs=1e-6)
        assert row["verdict"] == line["verdict"]
        assert line["control_gone"]
