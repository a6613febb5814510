"""Files of claims: read strictly, registered, one for each row of the ledger."""

import datetime
from pathlib import Path

import pytest

from sim.experiments.claims import shipped
from sim.experiments.claims.claim import digest_of
from sim.experiments.claims.designs import FULL_LEDGER, QUICK_LEDGER
from sim.experiments.claims.ledger import stamp_of
from sim.experiments.claims.shipped import entry_names, load_entry, register, registration_of, registrations
from sim.parameters import BadInput
from tests.support.claims import contents, entry, names_in_table

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
ENTRIES = [load_entry(name) for name in entry_names()]
CLAIMS = [shipped_entry for shipped_entry in ENTRIES if not shipped_entry.is_question]


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    (tmp_path / "bank.yaml").write_text("name: bank\n")
    monkeypatch.setattr(shipped, "claims_folder", lambda: tmp_path)
    return tmp_path


def test_every_row_of_the_ledger_has_a_file():
    assert names_in_table(PAGE) == set(entry_names())


@pytest.mark.parametrize("shipped_entry", CLAIMS, ids=lambda item: item.id)
def test_a_shipped_claim_goes_with_all_its_worlds(shipped_entry):
    assert shipped_entry.claim().worlds


@pytest.mark.parametrize("shipped_entry", ENTRIES, ids=lambda item: item.id)
def test_a_shipped_claim_is_as_it_was_registered(shipped_entry):
    assert registration_of(shipped_entry).startswith("registered ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"smallest": 1}, "smallest"),
        ({"source": "Z"}, "allowed: L, M, A, Y, C, O"),
        ({"arms": {"walls": {}}}, "at least two arms"),
        ({"worlds": ["telekom"]}, "telekom"),
        ({"mechanisms": ["hand_offs"]}, "hand_offs"),
        ({"tuned": []}, "say in untuned why none"),
        ({"control": None}, "exactly zero"),
        ({"other_way": None}, "other_way"),
        ({"measures": {}}, "at least one measure"),
        ({"measures": {"a": {"measure": "handoffs", "direction": "higher"}}}, "smallest_share"),
        ({"measures": {"a": {"measure": "handoffs", "direction": "up", "smallest": 1}}}, "higher, lower"),
        ({"measures": {"a": {"measure": "handoffs", "other": "x", "direction": "lower", "smallest": 1}}}, "'x'"),
        ({"arms": {"a": {"firms.0.decisions.price": 1.0}, "b": {}}, "grid": None}, "cannot set and tune"),
    ],
)
def test_a_wrong_key_is_told_with_its_path(change, message):
    with pytest.raises(BadInput, match=message):
        entry(**change).claim()


def test_weights_must_add_up_to_nothing():
    lone = {"measure": "handoffs", "weights": {"walls": 1, "open": -0.5}, "direction": "higher", "smallest": 1}
    with pytest.raises(BadInput, match="add up to 0"):
        entry(measures={"a": lone}).claim()


def test_a_measure_against_several_arms_is_one_measure_for_each():
    arms = {"a": {}, "b": {"firms.0.decisions.walls": 1.0}, "c": {"firms.0.decisions.walls": 0.5}}
    against = {"measure": "handoffs", "other": ["b", "c"], "direction": "higher", "smallest": 1}
    claim = entry(arms=arms, measures={"handoffs": against}, grid=None).claim()
    assert [measure.name for measure in claim.measures] == ["handoffs against b", "handoffs against c"]


def test_arms_of_all_firms_are_set_for_each_firm():
    claim = entry(adopt="all").claim()
    from sim.parameters import Scenario

    arms = claim.arm_settings(Scenario.load("telecom"))
    assert set(arms["walls"]) == {f"firms.{seat}.decisions.walls" for seat in range(3)}


def test_a_claim_that_cannot_fail_says_why():
    claim = entry(other_way=None, definitional="It is a definition.").claim()
    assert claim.other_way is None and claim.definitional


def test_the_layout_of_a_file_does_not_change_its_hash():
    turned = dict(reversed(contents().items()))
    assert digest_of(contents()) == digest_of(turned)


def test_an_unregistered_claim_says_so(ledger):
    assert registration_of(entry()) == "not registered"


def test_a_registered_claim_has_its_date(ledger):
    register([entry()], datetime.date(2026, 11, 29))
    assert registration_of(entry()) == "registered 2026-11-29"


def test_a_changed_claim_is_exploratory(ledger):
    register([entry()], datetime.date(2026, 11, 29))
    assert registration_of(entry(pairs=4)) == "exploratory"


def test_registering_anew_keeps_the_first_registration(ledger):
    register([entry()], datetime.date(2026, 11, 29))
    register([entry(pairs=4)], datetime.date(2026, 12, 1))
    assert registration_of(entry(pairs=4)) == "registered 2026-12-01, first 2026-11-29"


def test_registering_twice_adds_nothing(ledger):
    register([entry()])
    assert register([entry()]) == [] and [row.id for row in registrations()] == ["bank", "walls"]


def test_another_bank_makes_every_claim_exploratory(ledger):
    register([entry()])
    (ledger / "bank.yaml").write_text("name: another\n")
    assert registration_of(entry()) == "exploratory: another bank"


def test_a_quick_run_is_exploratory(ledger):
    register([entry()])
    assert stamp_of(entry(), QUICK_LEDGER, None) == "exploratory: a quick run"


def test_a_run_in_another_world_is_exploratory(ledger):
    register([entry()])
    assert stamp_of(entry(), FULL_LEDGER, "mine.yaml") == "exploratory: another world"


def test_an_unknown_claim_names_the_nearest():
    with pytest.raises(BadInput, match="silo-experience"):
        load_entry("silo-experiense")
