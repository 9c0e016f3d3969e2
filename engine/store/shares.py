"""The walk through a long log, shared out among processes; each holds its part against the entry before as it stands.

A part is the entries of a range with their records. Together they show what one walk shows: the entry that a part
begins after is examined by the part before.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from engine.audit.examine import Break, Examination, Keys
from engine.audit.seal import Seal
from engine.store.database import connect
from engine.store.record_check import broken_record
from engine.store.statement import driver_of
from engine.store.stored_log import StoredLog

LEAST_ENTRIES = 100_000
"""Of a part: below, starting a process takes longer than it saves."""
_MOST_PROCESSES = 8
_BUSY_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Against:
    """What entries are held against.

    Args:
        keys: what makes their MACs.
        seals: those kept in the database, and those that were kept elsewhere.
    """

    keys: Keys
    seals: Sequence[Seal]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a walk through a part showed.

    Args:
        chain: the first entry that does not hold.
        record: the first entry whose record does not; not looked for where an entry does not hold.
        count: up to which number entries hold.
    """

    chain: Break | None
    record: Break | None
    count: int


def walk(
    connection: Connection, against: Against, first: int, last: int, on_progress: Callable[[int], None]
) -> Finding:
    """Examines the entries of a range, then their records."""
    examination = Examination(StoredLog(driver_of(connection)), against.keys, against.seals)
    broken = examination.first_break(on_progress, first, last)
    return Finding(broken, None if broken else broken_record(connection, first, last), examination.count)


def walk_all(
    database: Path,
    connection: Connection,
    against: Against,
    on_progress: Callable[[int], None],
    least_entries: int = LEAST_ENTRIES,
) -> Finding:
    """Examines the whole log, in as many processes as there are cores and long parts.

    Args:
        database: which others open too.
        connection: to it; the last entry that it sees is the last one that is examined.
        against: see `Against`.
        on_progress: told now and then how many entries hold.
        least_entries: of a part.
    """
    ranges = _ranges(StoredLog(driver_of(connection)).count, least_entries)
    with ExitStack() as open_:
        others = [open_.enter_context(closing(_Walker(database, against, *part))) for part in ranges[1:]]
        findings = [walk(connection, against, *ranges[0], on_progress)]
        for other, part in zip(others, ranges[1:], strict=True):
            findings.append(other.finding() or walk(connection, against, *part, on_progress))
            on_progress(findings[-1].count)
    return joined(findings)


def joined(findings: Sequence[Finding]) -> Finding:
    """What one walk would have shown, of the findings in all parts, in order."""
    chain = next((finding for finding in findings if finding.chain), None)
    record = next((finding.record for finding in findings if finding.record), None)
    return chain or Finding(None, record, findings[-1].count)


def _ranges(count: int, least_entries: int) -> list[tuple[int, int]]:
    parts = max(1, min(len(os.sched_getaffinity(0)), _MOST_PROCESSES, count // least_entries))
    ends = [count * part // parts for part in range(1, parts + 1)]
    return list(zip([1, *(end + 1 for end in ends)], ends, strict=False))


class _Walker:
    """A process that walks through one part."""

    def __init__(self, database: Path, against: Against, first: int, last: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe(duplex=False)
        arguments = (theirs, database, against, first, last)
        self._process = spawn.Process(target=_walk_apart, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def finding(self) -> Finding | None:
        """What it found, as soon as it has; None where it ended without."""
        try:
            found: Finding = self._pipe.recv()
        except EOFError:
            return None
        return found

    def close(self) -> None:
        """Ends it, finished or not."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()


def _walk_apart(pipe: Pipe, database: Path, against: Against, first: int, last: int) -> None:
    """The other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that started this one, which then ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    engine = connect(database, _BUSY_TIMEOUT_S)
    try:
        with engine.connect() as connection:
            pipe.send(walk(connection, against, first, last, lambda _: None))
    except (DBAPIError, sqlite3.Error):
        pass  # whoever waits for it walks here too, and says what is wrong
    finally:
        engine.dispose()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
