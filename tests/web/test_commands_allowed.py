"""Only known commands pass, from those who may send them, with fields of the right type and range."""

import json

import pytest

from sim.experiments.game.design_file import game_design
from sim.experiments.game.game_design import FEWEST_ROUNDS
from sim.web.audience import AUDIENCE
from sim.web.commands_allowed import ALLOWED_COMMANDS, ROUNDS_OF_EPISODE, NotAllowed, command_in, fields_of

CHANGE = {"do": "change", "id": "1", "side": "left", "month": 12, "settings": {"firms.north.decisions.walls": 0.2}}


def refusal_of(command, role="facilitator"):
    with pytest.raises(NotAllowed) as refused:
        fields_of(command_in(json.dumps(command)), role)
    return refused.value.why


def test_a_command_with_fields_that_fit_passes():
    assert fields_of(CHANGE, "facilitator")["month"] == 12


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("side", "up"), ("month", 1.5), ("month", True), ("month", -1), ("month", 10_000), ("month", "12"),
        ("settings", []), ("settings", {"firms.north.policy": "mine.py:Mine"}),
        ("settings", {"firms.north.policy": "/tmp/mine"}), ("settings", {"../x": 1}), ("settings", {"a": [1]}),
        ("settings", {"a": None}), ("settings", {f"a.b{number}": 1 for number in range(41)}),
    ],
)  # fmt: skip
def test_a_field_of_another_type_or_range_is_refused(field, value):
    assert refusal_of(CHANGE | {field: value}) == "field"


def test_a_facilitator_may_choose_the_rounds_that_the_design_allows():
    assert (FEWEST_ROUNDS, game_design().rounds) == ROUNDS_OF_EPISODE


def test_a_field_that_is_unknown_is_refused():
    assert refusal_of(CHANGE | {"more": 1}) == "field"


def test_a_field_that_is_missing_is_refused():
    assert refusal_of({"do": "change", "id": "1"}) == "field"


def test_an_unknown_command_is_refused():
    assert refusal_of({"do": "shutdown", "id": "1"}) == "unknown_command"


@pytest.mark.parametrize("role", ["player", "projector", "guest"])
def test_only_the_facilitator_may_change_worlds(role):
    assert refusal_of(CHANGE, role) == "not_allowed"


@pytest.mark.parametrize("role", ["projector", "guest"])
@pytest.mark.parametrize("name", sorted(ALLOWED_COMMANDS))
def test_who_only_looks_changes_nothing(name, role):
    assert role not in ALLOWED_COMMANDS[name].roles or name == "frames"


@pytest.mark.parametrize(
    "message",
    ["NaN", "[1]", "{", '{"do": "clock"}', '{"do": "clock", "id": 7}', "[" * 4000, '{"do": "a b", "id": "1"}'],
)
def test_what_is_no_command_is_refused(message):
    with pytest.raises(NotAllowed):
        command_in(message)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(number):
    message = f'{{"do": "clock", "id": "1", "month": {number}}}'
    with pytest.raises(NotAllowed):
        fields_of(command_in(message), "facilitator")


@pytest.mark.parametrize("say", ["drafts", "seat", "history", "pair", "game"])
def test_a_guest_is_told_nothing_of_the_room(say):
    assert "guest" not in AUDIENCE[say]


@pytest.mark.parametrize("say", ["drafts", "seat", "draft", "view", "you", "bought"])
def test_the_projector_is_told_nothing_that_is_sealed(say):
    assert "projector" not in AUDIENCE[say]


@pytest.mark.parametrize("say", ["drafts", "seat", "pair", "life", "debrief"])
def test_a_phone_is_told_nothing_that_only_the_front_sees(say):
    assert "player" not in AUDIENCE[say]
