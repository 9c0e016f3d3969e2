import sqlite3
from contextlib import closing

import pytest

from engine.audit.examine import Keys, Tampering
from engine.audit.key import load_key
from engine.store.database import connect, open_store
from engine.store.outcomes import record
from engine.store.shares import Against, joined, walk, walk_all
from engine.store.statement import driver_of
from engine.store.stored_log import seals_of
from tests.engine.store.answers import answered, arrival, photograph, spot

ENTRIES = 12


def _nothing(_):
    pass


@pytest.fixture
def logged(home):
    """A home whose log has twelve entries, of which all but the first record an outcome."""
    with open_store(home) as store:
        for _ in range(1, ENTRIES):
            record(store, came := arrival(), photograph(), answered(came, [spot()]))
    return home


@pytest.fixture
def reading(logged):
    """A connection to its database, and what the log is held against."""
    engine = connect(logged.database, 10.0)
    with engine.connect() as connection:
        seals = seals_of(driver_of(connection))
        yield connection, Against(Keys(None, seals, load_key(logged.audit_key)), seals)
    engine.dispose()


def _do(home, statement, *values):
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute(statement, values)


def test_two_processes_find_a_sound_log_sound(logged, reading):
    connection, against = reading
    told = []
    found = walk_all(logged.database, connection, against, told.append, least_entries=ENTRIES // 2)
    assert (found.chain, found.record, found.count) == (None, None, ENTRIES)
    assert told[-1:] in ([], [ENTRIES])  # on a single core there is one process


@pytest.mark.parametrize("seq", [2, 7, ENTRIES])
def test_a_changed_record_is_named_whichever_process_meets_it(logged, reading, seq):
    connection, against = reading
    _do(logged, "UPDATE outcomes SET model = 'another 1.0' WHERE id = ?", seq - 1)
    found = walk_all(logged.database, connection, against, _nothing, least_entries=ENTRIES // 2)
    assert (found.record.seq, found.record.kind) == (seq, Tampering.CHANGED)


def test_a_process_that_ends_without_a_finding_is_stood_in_for(logged, reading, monkeypatch):
    connection, against = reading
    monkeypatch.setattr("engine.store.shares._Walker.finding", lambda _: None)
    _do(logged, "DELETE FROM regions WHERE outcome_id = ?", ENTRIES - 1)
    found = walk_all(logged.database, connection, against, _nothing, least_entries=ENTRIES // 2)
    assert (found.record.seq, found.record.kind) == (ENTRIES, Tampering.CHANGED)


@pytest.mark.parametrize("cut", range(1, ENTRIES))
def test_parts_find_what_one_walk_finds_wherever_the_log_is_cut(logged, reading, cut):
    connection, against = reading
    _do(logged, "UPDATE outcomes SET model = 'another 1.0' WHERE id IN (4, 9)")
    parts = [walk(connection, against, *part, _nothing) for part in ((1, cut), (cut + 1, ENTRIES))]
    assert joined(parts) == walk(connection, against, 1, ENTRIES, _nothing)
