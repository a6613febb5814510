"""A workshop is its events: seats, drafts that count when they were sent, rounds that can be played again."""

import pytest

from sim.web.members import Member, Members
from sim.web.room_log import RoomEvent
from sim.web.seating import seats_for
from sim.web.workshop import DEPARTMENTS, WORKSHOP_EFFECTS, new_workshop

WHERE = {"team": "Red", "department": "sales"}


@pytest.fixture
def game():
    return new_workshop({"record": {"teams": ["Red", "Blue"]}, "rounds": 2, "episode": "walls"})


def after(game, *events):
    for seq, (kind, contents) in enumerate(events, 1):
        WORKSHOP_EFFECTS[kind](game, RoomEvent(seq, str(seq), kind, "somebody", 100.0, contents))
    return game


def draft(decisions, sent):
    return "draft", WHERE | {"decisions": decisions, "why": "", "sent": sent}


def close(game):
    entry = {"do": "close", "episode": game.episode, "round": game.round, "choices": game.choices()}
    return after(game, ("close", {"entry": entry}), ("closed", {}))


def test_what_was_sent_counts_at_the_close(game):
    after(game, ("start", {}), draft({"price": 1.1}, True))
    assert game.choices() == {"Red": {"sales": {"decisions": {"price": 1.1}}}}


def test_what_was_only_drafted_does_not_count(game):
    after(game, ("start", {}), draft({"price": 1.1}, False))
    assert game.choices() == {}


def test_a_draft_after_sending_leaves_what_was_sent(game):
    after(game, ("start", {}), draft({"price": 1.1}, True), draft({"price": 1.5}, False))
    assert game.choices()["Red"]["sales"]["decisions"] == {"price": 1.1}
    assert game.seats["Red", "sales"].state == "drafting"


def test_a_new_round_begins_without_drafts(game):
    after(game, ("start", {}), draft({"price": 1.1}, True))
    close(game)
    assert after(game, ("start", {})).choices() == {}


def test_the_last_round_ends_the_episode(game):
    for _ in range(2):
        close(after(game, ("start", {})))
    assert game.phase == "over"


def test_back_to_the_start_of_a_round_is_told_to_the_game(game):
    for _ in range(2):
        close(after(game, ("start", {})))
    after(game, ("back", {"round": 2}))
    assert (game.round, game.phase) == (1, "closed")
    assert game.entries[-1] == {"do": "back", "episode": "walls", "round": 2}


def test_another_episode_keeps_the_seats_and_what_was_played(game):
    after(game, ("claim", WHERE | {"member": 7}), ("start", {}))
    close(game)
    after(game, ("episode", {"episode": "joined_up"}))
    assert (game.round, game.phase, game.seats_of(7)) == (0, "lobby", [("Red", "sales")])
    assert [entry["episode"] for entry in game.entries] == ["walls"]


def test_an_episode_that_is_begun_again_forgets_its_rounds(game):
    close(after(game, ("start", {})))
    after(game, ("episode", {"episode": "walls"}))
    assert game.entries[-1] == {"do": "back", "episode": "walls", "round": 1}


def test_a_seat_in_another_team_gives_up_the_one_before(game):
    after(game, ("claim", WHERE | {"member": 7}), ("claim", {"team": "Blue", "department": "sales", "member": 7}))
    assert game.seats_of(7) == [("Blue", "sales")]


def test_a_second_seat_in_the_same_team_is_added(game):
    after(game, ("claim", WHERE | {"member": 7}), ("claim", {"team": "Red", "department": "finance", "member": 7}))
    assert game.seats_of(7) == [("Red", "sales"), ("Red", "finance")]


def members(count, watching=0):
    room = Members()
    for number in range(1, count + watching + 1):
        room.join(Member(number, "", watches=number > count))
    return room


def test_teams_are_filled_evenly(game):
    given = seats_for(members(7), game, merge=False)
    assert [len([1 for team, _, _ in given if team == name]) for name in ("Red", "Blue")] == [4, 3]


def test_nobody_gets_a_seat_that_is_taken(game):
    after(game, ("claim", WHERE | {"member": 99}))
    given = seats_for(members(9), game, merge=False)
    assert ("Red", "sales") not in {(team, department) for team, department, _ in given}


def test_who_watches_gets_no_seat(game):
    assert seats_for(members(0, watching=3), game, merge=True) == []


def test_merged_seats_leave_none_free_in_a_team_with_people(game):
    given = seats_for(members(3), game, merge=True)
    assert len({(team, department) for team, department, _ in given}) == 2 * len(DEPARTMENTS)
