"""The log of rooms: appended in one transaction, done once by id, and gone when a room is deleted."""

import sqlite3

import pytest

from sim.web.room_log import RoomLog


@pytest.fixture
def log(tmp_path):
    log = RoomLog(tmp_path / "rooms.sqlite")
    log.add_room("AAAAAA", "model")
    yield log
    log.close()


def test_events_are_numbered_in_the_order_in_which_they_are_appended(log):
    for name in ("one", "two", "three"):
        log.append("AAAAAA", name, "bet", "facilitator", {})
    assert [(event.seq, event.id) for event in log.events("AAAAAA")] == [(1, "one"), (2, "two"), (3, "three")]


def test_the_same_id_of_the_same_sender_is_appended_once(log):
    log.append("AAAAAA", "one", "bet", "facilitator", {"answer": "left"})
    assert log.append("AAAAAA", "one", "bet", "facilitator", {"answer": "right"}) is None
    assert [event.contents for event in log.events("AAAAAA")] == [{"answer": "left"}]


def test_two_senders_may_use_the_same_id(log):
    assert log.append("AAAAAA", "one", "bet", "member 1", {}) is not None
    assert log.append("AAAAAA", "one", "bet", "member 2", {}) is not None


def test_a_number_that_is_none_leaves_no_trace(log):
    with pytest.raises(ValueError, match="JSON"):
        log.append("AAAAAA", "one", "bet", "facilitator", {"answer": float("nan")})
    assert log.events("AAAAAA") == []
    assert log.append("AAAAAA", "one", "bet", "facilitator", {}) is not None


def test_another_process_reads_what_was_appended_before_the_log_is_closed(log, tmp_path):
    log.append("AAAAAA", "one", "bet", "facilitator", {})
    other = sqlite3.connect(tmp_path / "rooms.sqlite")
    assert other.execute("SELECT count(*) FROM events").fetchone() == (1,)
    other.close()


def test_the_log_is_written_ahead_and_in_full(log):
    assert log._rows("PRAGMA journal_mode") == [("wal",)]
    assert log._rows("PRAGMA synchronous") == [(2,)]  # FULL


def test_a_mark_is_where_something_stood_last(log):
    log.set_marks("AAAAAA", {"clock": 12.5})
    log.set_marks("AAAAAA", {"clock": 13.5})
    assert log.marks("AAAAAA") == {"clock": 13.5}


def test_a_room_that_is_deleted_leaves_nothing_in_the_file(log, tmp_path):
    log.append("AAAAAA", "one", "draft", "member 1", {"why": "a secret of the team"})
    log.add_token("hash", "member", "AAAAAA", 1)
    log.delete_room("AAAAAA")
    log.close()
    contents = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"secret" not in contents
    assert b"AAAAAA" not in contents


def test_a_token_is_good_for_one_use(log):
    log.add_token("hash", "link", None, None)
    assert log.use_token("hash", 60.0)
    assert not log.use_token("hash", 60.0)


def test_a_token_that_is_too_old_is_not_good(log):
    log.add_token("hash", "link", None, None)
    assert not log.use_token("hash", -1.0)
