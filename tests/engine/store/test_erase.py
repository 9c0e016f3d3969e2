import sqlite3
from contextlib import closing

import pytest

from engine.domain.job import Lease
from engine.domain.operator import Operator, Role
from engine.domain.watched_file import Version, WatchedFile
from engine.domain.workload import Workload
from engine.errors import QueueError, UsageError
from engine.operators.session import Session, single_operator
from engine.store import worklist
from engine.store.database import open_store
from engine.store.erase import erase
from engine.store.logbook import page
from engine.store.outcomes import find, newest, record
from engine.store.queue import claim, depth, enqueue
from engine.store.reviews import sign, versions
from engine.store.timings import recorded_timings
from engine.store.verify import verify, verify_home
from engine.store.wanted import Wanted
from engine.store.watched import Ledger
from engine.store.watched_units import Taken
from tests.engine.store.answers import ARRIVED, answered, arrival, job, nodule, photograph, refused, volume
from tests.engine.store.decisions import review_of

ME = single_operator()


@pytest.fixture
def two(store):
    """A volume answered twice and reviewed, and a picture."""
    came, other = arrival("/in/Doe^Jane"), arrival()
    record(store, came, None, refused(came))
    record(store, came, volume(), answered(came, [nodule()], attempt=2))
    sign(store, ME, review_of(came, 1, attempt=2))
    record(store, other, photograph(), answered(other))
    return came, other


def test_nothing_of_an_erased_arrival_is_left_and_the_rest_stays(store, two):
    came, other = two
    erase(store, ME, came.id)
    assert find(store, came.id) is None
    assert versions(store, came.id) == ()
    assert [row.arrival for row in newest(store, 10)] == [other]
    left = "SELECT (SELECT count(*) FROM regions) + (SELECT count(*) FROM region_instances) + "
    left += "(SELECT count(*) FROM region_measures) + (SELECT count(*) FROM reviews) + "
    left += "(SELECT count(*) FROM review_regions), (SELECT count(*) FROM studies)"
    with closing(sqlite3.connect(store.home.database)) as connection:
        assert connection.execute(left).fetchone() == (0, 1)


def test_job_timing_and_watched_file_of_an_erased_arrival_go_with_it(store):
    came, other = enqueue(store, job()), enqueue(store, job())
    Ledger(store, "/in").take([Taken(WatchedFile("", "a.zip", Version(1, 2, 3), ARRIVED), came.arrival.id)])
    claim(store, "worker", came)
    workload = Workload(1, 2, 3, 4, 5, 6)
    record(store, came.arrival, photograph(), answered(came.arrival), lease=Lease("worker", 1), workload=workload)
    erase(store, ME, came.arrival.id)
    assert (depth(store), recorded_timings(store), Ledger(store, "/in").known("")) == (1, (), {})
    erase(store, ME, other.arrival.id)
    assert depth(store) == 0
    assert verify(store) is None


def test_worker_loses_its_lease_where_its_arrival_is_erased(store):
    came = enqueue(store, job())
    claim(store, "worker", came)
    erase(store, ME, came.arrival.id)
    with pytest.raises(QueueError) as caught:
        record(store, came.arrival, photograph(), answered(came.arrival), lease=Lease("worker", 1))
    assert caught.value.code == "QU-LEASE"


def test_log_holds_after_an_erasure_and_says_who_did_it(store, home, two):
    came, _ = two
    erase(store, ME, came.id)
    entry = page(store, 100)[-1]
    assert (entry.actor, entry.action, entry.subject) == (ME.name, "record.erased", came.id)
    assert entry.detail == '{"outcomes":2,"reviews":1}'
    assert verify(store) is None


def test_bytes_of_what_was_erased_are_gone_from_the_file(home):
    with open_store(home) as store:
        record(store, came := arrival("/in/Doe^Jane.png"), photograph("/in/Doe^Jane.png"), answered(came))
        worklist.page(store, Wanted(text="doe"))
        erase(store, ME, came.id)
    left = [path.name for path in home.root.rglob("*") if path.is_file() and b"Doe^Jane" in path.read_bytes()]
    assert left == []
    assert verify_home(home).broken is None


def test_small_picture_of_an_erased_study_is_gone_and_those_of_others_stay(store, two):
    came, _ = two
    pictures = [store.home.thumbnail(seen.content_hash) for seen in (volume(), photograph())]
    pictures[0].parent.mkdir(parents=True)
    for path in pictures:
        path.write_bytes(b"pixels")
    erase(store, ME, came.id)
    assert [path.exists() for path in pictures] == [False, True]


def test_record_removed_without_an_erasure_still_shows(store, two):
    came, other = two
    erase(store, ME, came.id)
    with closing(sqlite3.connect(store.home.database)) as connection, connection:
        connection.execute("DELETE FROM outcomes WHERE arrival_id = ?", (other.id,))
    assert "was removed" in verify(store).how


def test_unknown_arrival_and_a_role_that_may_not_are_refused(store, two):
    with pytest.raises(UsageError) as caught:
        erase(store, ME, "unknown")
    assert caught.value.code == "US-ARRIVAL"
    with pytest.raises(UsageError) as caught:
        erase(store, Session(Operator("ann", Role.LEAD)), two[0].id)
    assert caught.value.code == "US-ROLE"
    assert len(newest(store, 10)) == 3
