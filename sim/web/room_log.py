"""The log of rooms in one SQLite file: what was done is appended before it is done, and a room is its log replayed."""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_OWNER_ONLY = 0o600  # nicknames, reasons and hashes of tokens are nobody else's
_TABLES = """
CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, model TEXT NOT NULL, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS events (
  room TEXT NOT NULL REFERENCES rooms(code) ON DELETE CASCADE, seq INTEGER NOT NULL, id TEXT NOT NULL,
  kind TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL, contents TEXT NOT NULL,
  PRIMARY KEY (room, seq), UNIQUE (room, who, id)
);
CREATE TABLE IF NOT EXISTS tokens (
  hash TEXT PRIMARY KEY, role TEXT NOT NULL, member INTEGER, made REAL NOT NULL,
  room TEXT REFERENCES rooms(code) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS marks (
  room TEXT NOT NULL REFERENCES rooms(code) ON DELETE CASCADE, name TEXT NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (room, name)
);
"""


class RoomEvent(NamedTuple):
    """One thing that was done in a room.

    Args:
        seq: Number in the room, from 1.
        id: What the sender called it; the same sender's id is done once.
        kind: What was done.
        who: Who did it.
        at: When. [seconds since 1970]
        contents: With what, plain values.
    """

    seq: int
    id: str
    kind: str
    who: str
    at: float
    contents: dict[str, Any]


class RoomLog:
    """Rooms, their events, tokens and marks in one file.

    Args:
        path: The file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
        path.chmod(_OWNER_ONLY)  # its journals get the same
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def rooms(self) -> list[tuple[str, str]]:
        """Code and model of every room, the newest first."""
        return self._rows("SELECT code, model FROM rooms ORDER BY made DESC")

    def add_room(self, code: str, model: str) -> None:
        """Begin a room.

        Args:
            code: Code of the room.
            model: Hash of the model that it is played with.
        """
        self._write("INSERT INTO rooms VALUES (?, ?, ?)", (code, model, time.time()))

    def delete_room(self, code: str) -> None:
        """Delete a room with everything that belongs to it, also from the file's free pages.

        Args:
            code: Code of the room.
        """
        self._write("DELETE FROM rooms WHERE code = ?", (code,))
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._file.execute("VACUUM")

    def append(self, room: str, id: str, kind: str, who: str, contents: dict[str, Any]) -> RoomEvent | None:
        """Append one event in one transaction; nothing when this sender's id is there already.

        Args:
            room: Code of the room.
            id: The sender's name for it.
            kind: What is done.
            who: Who does it.
            contents: With what, plain values.
        """
        at = time.time()
        with self._transaction() as file:
            if file.execute("SELECT 1 FROM events WHERE room = ? AND who = ? AND id = ?", (room, who, id)).fetchone():
                return None
            last = file.execute("SELECT coalesce(max(seq), 0) FROM events WHERE room = ?", (room,)).fetchone()[0]
            text = json.dumps(contents, allow_nan=False)
            row = (room, last + 1, id, kind, who, at, text)
            file.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return RoomEvent(last + 1, id, kind, who, at, contents)

    def events(self, room: str) -> list[RoomEvent]:
        """All events of a room in order.

        Args:
            room: Code of the room.
        """
        rows = self._rows("SELECT seq, id, kind, who, at, contents FROM events WHERE room = ? ORDER BY seq", (room,))
        return [RoomEvent(seq, id, kind, who, at, json.loads(text)) for seq, id, kind, who, at, text in rows]

    def set_marks(self, room: str, marks: dict[str, float]) -> None:
        """Note where things that move by themselves stand, such as a clock.

        Args:
            room: Code of the room.
            marks: Where each stands, by name.
        """
        with self._transaction() as file:
            rows = [(room, name, value) for name, value in marks.items()]
            file.executemany("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", rows)

    def marks(self, room: str) -> dict[str, float]:
        """Where things stood when they were last seen, by name.

        Args:
            room: Code of the room.
        """
        return dict(self._rows("SELECT name, value FROM marks WHERE room = ?", (room,)))

    def add_token(self, hash: str, role: str, room: str | None, member: int | None) -> None:
        """Keep the hash of a token.

        Args:
            hash: Hash of the token.
            role: What it admits to.
            room: Code of the room; none for all rooms.
            member: Number of the member in the room.
        """
        row = (hash, role, member, time.time(), room)
        self._write("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", row)

    def token(self, hash: str) -> tuple[str, str | None, int | None] | None:
        """Role, room and member of a token; nothing when it is unknown.

        Args:
            hash: Hash of the token.
        """
        rows = self._rows("SELECT role, room, member FROM tokens WHERE hash = ?", (hash,))
        return rows[0] if rows else None

    def delete_tokens(self, role: str) -> None:
        """Forget all tokens of a role.

        Args:
            role: What they admit to.
        """
        self._write("DELETE FROM tokens WHERE role = ?", (role,))

    def use_token(self, hash: str, life: float) -> bool:
        """Forget a token; whether it was there and not too old.

        Args:
            hash: Hash of the token.
            life: How long it is good. [seconds]
        """
        with self._transaction() as file:
            row = file.execute("DELETE FROM tokens WHERE hash = ? RETURNING made", (hash,)).fetchone()
        return row is not None and time.time() - row[0] <= life

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            return self._file.execute(query, values).fetchall()

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        with self._transaction() as file:
            file.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")
