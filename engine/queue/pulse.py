"""Signs of life: who is there, how far the work is, and what came too late for the record.

A SQLite file of its own, `FOVEA_HOME/pulse.db`, that is never flushed: nothing that must survive stands in it, so a
beat costs no disk. Nor does anything depend on it: what cannot be written, on a full disk say, is left out, and what
cannot be read is not there.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.places import Home

_log = logging.getLogger(__name__)

Role = Literal["worker", "feeder"]

GONE_S = 10.0
"""Without a beat for so long, nobody is there any more. One comes at least every two seconds."""

_BUSY_S = 0.2
_KEPT = 2000
"""Notes on so many answers are kept."""

_STARTS = 30
"""The last starts of a worker are kept."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS signs (
    role TEXT NOT NULL, name TEXT NOT NULL, pid INTEGER NOT NULL, boot TEXT NOT NULL, beat_s REAL NOT NULL,
    facts TEXT NOT NULL, PRIMARY KEY (role, name)
);
CREATE TABLE IF NOT EXISTS starts (id INTEGER PRIMARY KEY, took_s REAL NOT NULL);
CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, arrival_id TEXT NOT NULL UNIQUE, told TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Sign:
    """The last that was heard of a process.

    Args:
        role: what it does.
        name: which one.
        pid: of the process.
        age_s: since its last beat.
        facts: what it says of itself.
    """

    role: Role
    name: str
    pid: int
    age_s: float
    facts: Mapping[str, Any]

    @property
    def is_alive(self) -> bool:
        """Whether it was heard of lately and its process is there."""
        return 0.0 <= self.age_s < GONE_S and Path(f"/proc/{self.pid}").exists()


@dataclass(frozen=True, slots=True)
class Note:
    """What came too late for the record of an answer.

    Args:
        arrival_id: whose.
        ms: milliseconds by stage, with those of its own commit, which its row cannot hold.
        passed_over: run times that were preferred and did not answer, with their reasons: a sentence each.
    """

    arrival_id: str
    ms: Mapping[str, float]
    passed_over: tuple[str, ...] = ()


class Pulse:
    """The file of one home; threads may share it, and it is closed at the end.

    Args:
        home: whose.
        now_s: a clock that all processes of the machine share and nobody sets.
    """

    def __init__(self, home: Home, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._boot = _boot_id()
        self._lock = threading.Lock()
        self._connection = _opened(home.pulse)

    def beat(self, role: Role, name: str, facts: Mapping[str, Any]) -> None:
        """Says that this process is there."""
        self._write(
            "INSERT OR REPLACE INTO signs VALUES (?, ?, ?, ?, ?, ?)",
            (role, name, os.getpid(), self._boot, self._now_s(), json.dumps(facts)),
        )

    def leave(self, role: Role, name: str) -> None:
        """Says that it goes."""
        self._write("DELETE FROM signs WHERE role = ? AND name = ?", (role, name))

    def keep_note(self, note: Note) -> None:
        """Keeps what came too late for the record of an answer."""
        told = json.dumps({"ms": note.ms, "passed_over": note.passed_over})
        self._write("INSERT OR REPLACE INTO notes (arrival_id, told) VALUES (?, ?)", (note.arrival_id, told))
        self._write("DELETE FROM notes WHERE id <= (SELECT max(id) FROM notes) - ?", (_KEPT,))

    def note_of(self, arrival_id: str) -> Note | None:
        """That of an answer; None where it is not there, or not yet."""
        found = self._read("SELECT told FROM notes WHERE arrival_id = ?", (arrival_id,))
        if not found:
            return None
        told = json.loads(found[0][0])
        return Note(arrival_id, told["ms"], tuple(told["passed_over"]))

    def keep_start(self, took_s: float) -> None:
        """Keeps how long a worker took from its start until it was ready."""
        self._write("INSERT INTO starts (took_s) VALUES (?)", (took_s,))
        self._write("DELETE FROM starts WHERE id <= (SELECT max(id) FROM starts) - ?", (_STARTS,))

    def starts_s(self) -> tuple[float, ...]:
        """What the last starts took, in no order."""
        return tuple(took_s for (took_s,) in self._read("SELECT took_s FROM starts", ()))

    def signs(self, role: Role) -> tuple[Sign, ...]:
        """Of all who did not leave, the latest first; ask each whether it is alive."""
        rows = self._read(
            "SELECT name, pid, boot, beat_s, facts FROM signs WHERE role = ? ORDER BY beat_s DESC", (role,)
        )
        now_s = self._now_s()
        return tuple(
            Sign(role, name, pid, now_s - beat_s if boot == self._boot else float("inf"), json.loads(facts))
            for name, pid, boot, beat_s, facts in rows
        )

    def close(self) -> None:
        """Closes the file."""
        with self._lock, suppress(sqlite3.Error):
            self._connection.close()

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        try:
            with self._lock:
                self._connection.execute(statement, values)
        except sqlite3.Error as error:
            _log.debug("No pulse: %s", error)

    def _read(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            _log.debug("No pulse: %s", error)
            return []


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to the file, made anew where it is damaged; to memory alone where there can be none."""
    for _ in range(2):
        try:
            _make_private(path)
            return _connected(str(path))
        except sqlite3.OperationalError as error:
            _log.warning("No signs of life are kept in %s: %s", path, error)
            break
        except sqlite3.DatabaseError:  # torn by a loss of power
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
    return _connected(":memory:")


def _make_private(path: Path) -> None:
    """Where the file is missing; one that cannot be made is told by whoever opens it."""
    # One that is there is not opened: closing it would drop the locks that SQLite holds on it in this process.
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _boot_id() -> str:
    """Differs from one start of the machine to the next, since the shared clock begins anew with each."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
