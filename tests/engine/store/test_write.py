import random
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, insert

from engine.audit.log import AuditDraft
from engine.errors import ProgramError, StoreError
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from engine.store.tables import arrivals
from engine.store.trail import entries
from engine.store.verify import verify, verify_home
from engine.store.write import write
from tests.engine.store.answers import ARRIVED, answered, arrival, photograph, spot


@dataclass(frozen=True, slots=True)
class _Noted:
    """Adds an arrival, then does what the test asks for."""

    id: str
    then: Exception | None = None

    @property
    def audit(self) -> AuditDraft:
        return AuditDraft("reader", "arrival.noted", self.id, {})

    def apply(self, connection: Connection) -> None:
        connection.execute(insert(arrivals), {"id": self.id, "source": "/in", "arrived_at": ARRIVED, "priority": 1})
        if self.then:
            raise self.then


def _ids(store):
    with store.reading() as connection:
        return connection.exec_driver_sql("SELECT id FROM arrivals ORDER BY id").scalars().all()


def _log(store):
    with store.reading() as connection:
        return list(entries(connection))


def _record_all(store, offered):
    for came in offered:
        record(store, came, photograph(), answered(came, [spot()] * 5))


def test_unit_and_its_entry_are_written_together(store):
    entry = write(store, _Noted("a"))
    assert _ids(store) == ["a"]
    assert _log(store)[-1] == entry
    assert (entry.seq, entry.actor, entry.action, entry.subject) == (2, "reader", "arrival.noted", "a")


def test_unit_that_fails_leaves_nothing(store):
    with pytest.raises(KeyError):
        write(store, _Noted("a", KeyError("in the middle")))
    assert _ids(store) == []
    assert len(_log(store)) == 1
    write(store, _Noted("b"))
    assert verify(store) is None


def test_unit_that_breaks_a_constraint_is_our_fault_and_leaves_nothing(store):
    write(store, _Noted("a"))
    with pytest.raises(ProgramError) as caught:
        write(store, _Noted("a"))
    assert caught.value.code == "PR-STORE"
    assert len(_log(store)) == 2


def test_full_disk_is_named_and_nothing_of_the_unit_stays(store):
    with store.writer.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    offered = [arrival() for _ in range(1000)]
    with pytest.raises(StoreError) as caught:
        _record_all(store, offered)
    assert caught.value.code == "ST-FULL"
    kept = [row.arrival for row in reversed(newest(store, 1000))]
    assert 0 < len(kept) < len(offered)
    assert kept == offered[: len(kept)]
    assert verify(store) is None
    with store.writer.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    _record_all(store, offered[len(kept) :][:3])
    assert verify(store) is None


def test_database_turned_read_only_is_named(store):
    with store.writer.transaction() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError) as caught:
        write(store, _Noted("a"))
    assert caught.value.code == "ST-READONLY"


def test_threads_write_one_after_the_other(store):
    def twenty(name):
        for number in range(20):
            write(store, _Noted(f"{name}{number}"))

    threads = [threading.Thread(target=twenty, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_ids(store)) == 40
    assert verify(store) is None


_WRITER = """
import sys
from pathlib import Path
from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph, spot
# Longer than usual: SQLite lets those who wait in by chance, not by turn, and here eight do on however busy a machine.
with open_store(Home(Path(sys.argv[1])), busy_timeout_s=120.0) as store:
    for _ in range(int(sys.argv[2])):
        came = arrival()
        record(store, came, photograph(), answered(came, [spot()] * 5))
        print(came.id, flush=True)
"""


def _writer(home, root, count):
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(home.root), str(count)], cwd=root, stdout=subprocess.PIPE, text=True
    )


def test_two_processes_make_a_home_and_write_to_it_at_once(tmp_path, home, root):
    with _writer(home, root, 60) as first, _writer(home, root, 60) as second:
        printed = first.communicate()[0].split() + second.communicate()[0].split()
    assert (first.returncode, second.returncode) == (0, 0)
    with open_store(home) as store:
        assert sorted(_ids(store)) == sorted(printed)
        assert len(_log(store)) == 121
        assert verify(store) is None


def test_killed_writer_loses_nothing_it_had_answered_for(home, root):
    acknowledged = []
    for _ in range(3):
        with _writer(home, root, 100_000) as writer:
            acknowledged += [writer.stdout.readline().strip() for _ in range(25)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += writer.stdout.read().split("\n")[:-1]
        assert writer.returncode == -signal.SIGKILL
    with open_store(home) as store:
        assert set(acknowledged) <= set(_ids(store))
        assert verify(store) is None
        rows = newest(store, 10_000)
        assert len(_log(store)) == len(rows) + 1
        assert all(len(row.outcome.regions) == 5 for row in rows)
    connection = sqlite3.connect(home.database)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.deep
@pytest.mark.timeout(1200)
def test_eight_processes_of_which_three_are_killed_lose_nothing_and_leave_no_gap(home, root):
    with open_store(home):
        pass
    chance = random.Random(7)
    writers = [_writer(home, root, 2000) for _ in range(8)]
    doomed = {number: chance.randrange(100, 1500) for number in chance.sample(range(8), 3)}
    acknowledged = [[] for _ in writers]

    def listen(number):
        for line in writers[number].stdout:
            acknowledged[number].append(line.strip())
            if len(acknowledged[number]) == doomed.get(number):
                writers[number].send_signal(signal.SIGKILL)

    listeners = [threading.Thread(target=listen, args=(number,)) for number in range(8)]
    for listener in listeners:
        listener.start()
    for listener in listeners:
        listener.join()
    ends = [writer.wait() for writer in writers]
    for writer in writers:
        writer.stdout.close()
    assert [number for number, end in enumerate(ends) if end == -signal.SIGKILL] == sorted(doomed)
    assert all(len(acknowledged[number]) == 2000 for number in range(8) if number not in doomed)
    with open_store(home) as store:
        kept = set(_ids(store))
        assert {one for lines in acknowledged for one in lines if len(one) == 32} <= kept
        assert len(_log(store)) == len(kept) + 1
        assert [entry.seq for entry in _log(store)] == list(range(1, len(kept) + 2))
    verdict = verify_home(home)
    assert verdict.broken is None
    assert verdict.entries == len(kept) + 1
    assert verdict.seals >= 10
