"""What a notebook shows: cards of results, and progress only there."""

import sys
from types import SimpleNamespace

import sim
from sim.files import notebook
from sim.parameters import Scenario
from sim.simulation.market import Market
from tests.support.made_up_comparisons import tables
from tests.support.worlds import small


def test_a_card_escapes_what_it_shows():
    assert "<b>" not in notebook.card("<b>", ["<b>"], ["<b>"], [["<b>"]])


def test_scenario_and_market_have_a_card_with_their_firms():
    for card in (Scenario.load("telecom")._repr_html_(), Market(small())._repr_html_()):
        assert card.startswith("<div>") and "north" in card and len(card) < 3000


def test_a_comparison_has_a_card_with_its_differences():
    from sim.experiments.comparison_result import Comparison

    made = tables(effect=0.2)
    card = Comparison(made.runs, made.gaps, made.bridge, made.whale, made.monthly, made.about)._repr_html_()
    assert card.count("<tr>") == 1 + 3 and "net present value" in card


def test_progress_shows_by_itself_in_a_notebook_alone(monkeypatch, capsys):
    assert notebook.shown_progress("worlds") is None
    shell = type(notebook.KERNEL, (), {})()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    notebook.shown_progress("worlds")(3, 3)
    assert capsys.readouterr().out.strip() == "3 of 3 worlds"


def test_dir_shows_what_there_is_to_use():
    assert dir(sim) == sorted(sim.__all__)
