import sqlite3
from contextlib import closing

import pytest

from engine.audit.chain import Break
from engine.store.outcomes import record
from engine.store.queue import enqueue, states_of
from engine.store.verify import verify
from tests.engine.store.answers import answered, arrival, job, nodule, photograph, spot

_UNLOCK = "DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete;"


@pytest.fixture
def three(store):
    for _ in range(3):
        record(store, came := arrival(), photograph(), answered(came, [spot(), nodule()]))
    return store


def _tamper(store, script):
    with closing(sqlite3.connect(store.home.database)) as connection:
        connection.executescript(script)


def test_untouched_record_is_intact(three):
    assert verify(three) is None


@pytest.mark.parametrize(
    ("statement", "seq", "how"),
    [
        ("UPDATE audit_entries SET actor = 'somebody' WHERE seq = 3", 3, "was changed"),
        ("UPDATE audit_entries SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2", 2, "was changed"),
        ("UPDATE audit_entries SET at = 'yesterday' WHERE seq = 2", 2, "was changed"),
        ("UPDATE audit_entries SET actor = x'00' WHERE seq = 2", 2, "was changed"),
        ("DELETE FROM audit_entries WHERE seq = 2", 2, "is missing"),
        ("DELETE FROM audit_entries", 1, "the log is empty"),
        ("DELETE FROM audit_entries WHERE seq = 3; UPDATE audit_entries SET seq = 3 WHERE seq = 4", 3, "was changed"),
    ],
)
def test_first_entry_that_does_not_hold_is_named(three, statement, seq, how):
    _tamper(three, _UNLOCK + statement)
    found = verify(three)
    assert found.seq == seq
    assert how in found.how


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcomes SET flagged = 0 WHERE id = 2",
        "UPDATE outcomes SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE id = 2",
        "UPDATE outcomes SET recorded_at = 'yesterday' WHERE id = 2",
        "UPDATE outcomes SET doubts = 'not JSON' WHERE id = 2",
        "UPDATE outcomes SET salt = 'text' WHERE id = 2",
        "UPDATE regions SET x0 = 'left' WHERE outcome_id = 2",
        "UPDATE regions SET score = 0.3 WHERE outcome_id = 2",
        "DELETE FROM regions WHERE outcome_id = 2",
        "UPDATE region_instances SET sop_uid = '1.2.3' WHERE outcome_id = 2",
        "UPDATE region_instances SET region = 0 WHERE outcome_id = 2",
        "DELETE FROM region_instances WHERE outcome_id = 2",
        "INSERT INTO region_instances VALUES (2, 0, 0, '1.2.3', 0, 0.0, 0.0, 1.0, 1.0)",
        "UPDATE region_measures SET value = 3.0 WHERE outcome_id = 2 AND position = 0",
        "UPDATE region_measures SET unit = 'cm' WHERE outcome_id = 2",
        "DELETE FROM region_measures WHERE outcome_id = 2",
        "INSERT INTO region_measures VALUES (2, 0, 0, 'volume', 7.0, 'mm3')",
        "UPDATE studies SET content_hash = 'other' WHERE id = 2",
        "UPDATE instances SET path = '/other.png' WHERE study_id = 2",
        "UPDATE arrivals SET priority = 0 WHERE id = (SELECT arrival_id FROM outcomes WHERE id = 2)",
        "UPDATE outcomes SET study_id = NULL WHERE id = 2",
        "UPDATE outcomes SET salt = x'00' WHERE id = 2",
    ],
)
def test_record_that_was_changed_is_named_by_its_entry(three, statement):
    _tamper(three, statement)
    found = verify(three)
    assert found.seq == 3
    assert "was changed since" in found.how


def test_record_that_was_removed_is_named_by_its_entry(three):
    _tamper(three, "DELETE FROM regions WHERE outcome_id = 2; DELETE FROM outcomes WHERE id = 2;")
    found = verify(three)
    assert isinstance(found, Break)
    assert (found.seq, "was removed" in found.how) == (3, True)


def test_arrival_that_was_removed_from_the_queue_shows(store):
    first, second = enqueue(store, job()), enqueue(store, job())
    assert verify(store) is None
    _tamper(store, "DELETE FROM job_files; DELETE FROM jobs WHERE id = 2")
    assert verify(store) == Break(3, f"records an arrival in the queue that was removed: {second.arrival.id}")
    assert states_of(store, [first.arrival.id, second.arrival.id]) == {first.arrival.id: "waiting"}
