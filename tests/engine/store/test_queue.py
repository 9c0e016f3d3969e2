import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.domain.job import Lease, Outlook
from engine.domain.workload import Workload
from engine.errors import QueueError
from engine.store.outcomes import find, of_arrivals, record, since
from engine.store.queue import (
    at_work,
    claim,
    depth,
    enqueue,
    give_back,
    job_of_arrival,
    next_waiting,
    states_of,
    urgent_waits,
    withdraw,
    work_ahead,
)
from engine.store.tables import metadata
from engine.store.timings import recorded_timings
from engine.store.trail import entries
from engine.store.verify import verify
from tests.engine.store.answers import ARRIVED, FILES, answered, job, photograph, refused


def actions(store):
    with store.reading() as connection:
        return [(entry.action, json.loads(entry.detail)) for entry in entries(connection)][1:]


def rows_of(store, table):
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def test_what_was_taken_in_is_what_is_claimed_bit_for_bit(store):
    refusal = ("IN-EMPTY", "It is empty.", "Copy it again.")
    given = enqueue(store, job(missing=("12 are missing.",), refusal=refusal, key="k\udcff", due_s=10))
    (listed,) = next_waiting(store)
    assert listed == replace(given, files=())
    claimed = claim(store, "w1", listed)
    assert claimed == replace(given, state="working", worker="w1", claimed_at=claimed.claimed_at)
    assert at_work(store) == (replace(claimed, files=()),)
    assert [action for action, _ in actions(store)] == ["arrival.queued", "job.claimed"]


def test_the_log_holds_no_path(store):
    claim(store, "w1", enqueue(store, job(key="/in/name of a patient")))
    withdraw(store, enqueue(store, job()).arrival.id, "/in/name of a patient")
    assert "/in" not in json.dumps(actions(store))


def test_a_job_is_claimed_once(store):
    waiting = enqueue(store, job())
    assert claim(store, "w1", waiting) is not None
    assert claim(store, "w2", waiting) is None
    assert [action for action, _ in actions(store)] == ["arrival.queued", "job.claimed"]


def test_the_same_key_gives_the_same_arrival_for_ever(store):
    first = enqueue(store, job(key="k"))
    assert enqueue(store, job(key="k")).arrival == first.arrival
    claimed = claim(store, "w1", first)
    record(store, first.arrival, None, refused(first.arrival), lease=Lease("w1", 1))
    assert enqueue(store, job(key="k")).arrival == first.arrival
    assert (claimed.arrival, depth(store), rows_of(store, "arrivals")) == (first.arrival, 0, 1)


def test_an_answer_closes_its_job_and_forgets_its_files(store):
    claimed = claim(store, "w1", enqueue(store, job()))
    record(store, claimed.arrival, photograph(), answered(claimed.arrival), lease=Lease("w1", 1))
    assert states_of(store, [claimed.arrival.id]) == {claimed.arrival.id: "answered"}
    assert (depth(store), rows_of(store, "job_files")) == (0, 0)
    assert verify(store) is None


@pytest.mark.parametrize("lease", [None, Lease("w2", 1), Lease("w1", 2)])
def test_only_who_has_the_lease_can_answer_and_nothing_is_written_otherwise(store, lease):
    claimed = claim(store, "w1", enqueue(store, job()))
    before = actions(store)
    with pytest.raises(QueueError) as refusal:
        record(store, claimed.arrival, photograph(), answered(claimed.arrival), lease=lease)
    assert refusal.value.code == "QU-LEASE"
    assert (find(store, claimed.arrival.id), actions(store), rows_of(store, "studies")) == (None, before, 0)


def test_a_lease_that_was_taken_away_cannot_answer_any_more(store):
    claimed = claim(store, "w1", enqueue(store, job()))
    assert give_back(store, claimed, "The worker died (SIGKILL).", died=True)
    again = claim(store, "w2", *next_waiting(store))
    assert again.attempt == 2
    with pytest.raises(QueueError, match="working by w2, attempt 2"):
        record(store, claimed.arrival, photograph(), answered(claimed.arrival), lease=Lease("w1", 1))
    outcome = answered(claimed.arrival, attempt=2)
    record(store, claimed.arrival, photograph(), outcome, lease=Lease("w2", 2))
    assert [recorded.outcome for recorded in since(store, 0)] == [outcome]


def test_an_outcome_without_a_job_needs_a_lease_as_little_as_one(store):
    arrival = job().arrival
    with pytest.raises(QueueError, match="not in the queue"):
        record(store, arrival, photograph(), answered(arrival), lease=Lease("w1", 1))
    record(store, arrival, photograph(), answered(arrival))
    assert [recorded.arrival for recorded in of_arrivals(store, [arrival.id, "other"])] == [arrival]


def test_giving_back_in_good_order_is_no_attempt_and_only_the_leaseholder_does(store):
    claimed = claim(store, "w1", enqueue(store, job()))
    assert not give_back(store, replace(claimed, worker="w2"), "It ended.")
    assert give_back(store, claimed, "It ended.")
    assert actions(store)[-1][0] == "job.returned"
    assert not give_back(store, claimed, "It ended.")
    back = job_of_arrival(store, claimed.arrival.id)
    assert (back.state, back.attempt, back.worker, back.reason, back.files) == ("waiting", 1, None, "It ended.", FILES)


def test_what_waits_is_withdrawn_and_what_is_at_work_is_asked_to_stop(store):
    waiting, working = enqueue(store, job()), claim(store, "w1", enqueue(store, job()))
    assert withdraw(store, waiting.arrival.id, "Not wanted.") == "withdrawn"
    assert withdraw(store, working.arrival.id, "Not wanted.") == "working"
    assert withdraw(store, working.arrival.id, "Not wanted.") == "working"
    assert [one.cancel for one in at_work(store)] == [True]
    assert [action for action, _ in actions(store)][-2:] == ["job.withdrawn", "job.cancelled"]
    assert not next_waiting(store)


def test_what_is_not_wanted_any_more_does_not_come_back_into_the_queue(store):
    claimed = claim(store, "w1", enqueue(store, job()))
    withdraw(store, claimed.arrival.id, "Not wanted.")
    give_back(store, claimed, "The worker ended.")
    assert states_of(store, [claimed.arrival.id]) == {claimed.arrival.id: "withdrawn"}
    assert rows_of(store, "job_files") == 0


def test_an_answer_that_came_first_stands(store):
    claimed = claim(store, "w1", enqueue(store, job()))
    record(store, claimed.arrival, None, refused(claimed.arrival), lease=Lease("w1", 1))
    assert withdraw(store, claimed.arrival.id, "Not wanted.") == "answered"


def test_a_backlog_of_the_late_does_not_hide_who_can_still_be_in_time(store):
    for after_s in range(5):
        enqueue(store, job(after_s=after_s, due_s=10))
    fresh = enqueue(store, job(due_s=1e9))
    assert fresh.arrival in [one.arrival for one in next_waiting(store, limit=2)]


def test_of_a_long_queue_those_due_first_are_listed_and_the_oldest(store):
    oldest = enqueue(store, job())
    for after_s in range(1, 6):
        enqueue(store, job(after_s=after_s, due_s=100 - after_s))
    assert not urgent_waits(store)
    stat = enqueue(store, job(priority=0))
    listed = next_waiting(store, limit=2)
    assert [one.arrival.deadline and (one.arrival.deadline - ARRIVED).total_seconds() for one in listed] == [
        None,
        95,
        96,
        None,
    ]
    assert (listed[0].arrival, listed[-1].arrival) == (stat.arrival, oldest.arrival)
    assert urgent_waits(store)


def test_the_work_ahead_is_that_of_what_comes_first(store):
    def enqueued(p50_s, p90_s, **kind):
        return enqueue(store, job(**kind), Outlook(p50_s, p90_s, "recorded"))

    working = enqueued(1.0, 2.0, due_s=500)
    claim(store, "w1", working)
    enqueued(10.0, 13.0, due_s=50)
    enqueued(100.0, 140.0, priority=0)
    enqueued(1000.0, 1000.0, due_s=70)
    assert work_ahead(store, job(due_s=60).arrival) == (111.0, 1.0 + 9.0 + 1600.0)


def test_what_was_promised_stays_when_the_work_is_forecast_anew(store):
    promised = Outlook(1.0, 2.0, "few", ARRIVED, ARRIVED + timedelta(seconds=1), 0.25)
    waiting = enqueue(store, job(), promised)
    claimed = claim(store, "w1", waiting, replace(promised, work_p50_s=3.0, work_p90_s=4.0, basis="recorded"))
    assert claimed.outlook == Outlook(3.0, 4.0, "recorded", ARRIVED, ARRIVED + timedelta(seconds=1), 0.25)


def test_what_there_was_to_do_is_kept_with_what_was_forecast(store):
    waiting = enqueue(store, job(), Outlook(1.5, 2.5, "few"))
    claim(store, "w1", waiting)
    workload = Workload(files=2, read_bytes=3, pixels=4, tiles=5, calls=6, threads=7)
    outcome = answered(waiting.arrival)
    record(store, waiting.arrival, photograph(), outcome, lease=Lease("w1", 1), workload=workload)
    (timing,) = recorded_timings(store)
    assert (timing.workload, timing.forecast_p50_s, timing.forecast_p90_s) == (workload, 1.5, 2.5)
