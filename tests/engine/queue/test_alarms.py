"""Which alarms stand, and which do not."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.queue.alarms import LEAST_FREE_BYTES, Condition, alarms_of
from engine.queue.forecast import Forecast
from engine.queue.plan import Planned
from engine.queue.pulse import Sign
from engine.queue.turn import ROUTINE, STAT, Waiting
from engine.store.outcomes import Recorded
from tests.engine.store.answers import answered, job

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORK = Forecast(1.0, 2.0, 3.0, 4.0, "recorded")


def sign(role, pid, age_s=0.1, **facts):
    return Sign(role, "one", pid, age_s, facts)


def planned(priority=ROUTINE, waited_s=5.0, late_s=0.0):
    arrived_at = NOW - timedelta(seconds=waited_s)
    one = Waiting(uuid.uuid4().hex, arrived_at, NOW, priority, "volume", 1 << 20)
    return Planned(one, WORK, NOW, NOW, late_s)


def outcome(ago_s=10.0, **changes):
    arrival = Arrival(uuid.uuid4().hex, "/in/a.png", NOW)
    found = replace(answered(arrival), **changes)
    return Recorded(1, NOW - timedelta(seconds=ago_s), arrival, None, found, b"")


@pytest.fixture
def healthy():
    pid = 1  # a process that is there
    worker = sign("worker", pid, ready=True, trouble="")
    feeder = sign("feeder", pid, origin="watch", supervisor=True, reasons=(), fault="")
    return Condition(NOW, (planned(),), (), worker, (feeder,), (outcome(),), (True,), LEAST_FREE_BYTES)


def names(condition, expected=()):
    return [alarm.name for alarm in alarms_of(condition, expected)]


def test_a_queue_that_is_worked_off_raises_none(healthy):
    assert names(healthy, ["watch"]) == []


def test_nothing_waiting_and_nobody_there_raises_none(healthy):
    assert names(replace(healthy, planned=(), worker=None, feeders=())) == []


def test_who_is_to_be_there_and_is_not_is_missed(healthy):
    (alarm,) = alarms_of(healthy, ["watch", "listen"])
    assert (alarm.name, alarm.reason) == ("not-running", "`fovea listen` is not running.")


@pytest.mark.parametrize("worker", [None, sign("worker", 1, age_s=60.0), sign("worker", 2**22 + 1)])
def test_studies_without_a_worker_raise_one_after_half_a_minute(healthy, worker):
    assert names(replace(healthy, worker=worker)) == []
    assert names(replace(healthy, worker=worker, planned=(planned(waited_s=31.0),))) == ["no-worker"]


def test_a_study_that_a_worker_began_which_is_gone_raises_one_too(healthy):
    arrival = Arrival(uuid.uuid4().hex, "/in/a.png", NOW - timedelta(seconds=31.0))
    claimed = job(arrival=arrival)
    assert names(replace(healthy, planned=(), at_work=(claimed,))) == []
    assert names(replace(healthy, planned=(), at_work=(claimed,), worker=None)) == ["no-worker"]


def test_what_the_worker_suffers_from_is_told(healthy):
    suffering = sign("worker", 1, ready=True, trouble="The disk is full.")
    (alarm,) = alarms_of(replace(healthy, worker=suffering))
    assert (alarm.name, alarm.reason) == ("worker-trouble", "The disk is full.")


def test_what_the_last_worker_ended_with_is_told_by_its_supervisor(healthy):
    feeder = sign("feeder", 1, origin="watch", reasons=(), fault="No run time works here.")
    assert [alarm.reason for alarm in alarms_of(replace(healthy, feeders=(feeder,)))] == ["No run time works here."]


def test_a_folder_that_cannot_be_watched_is_named(healthy):
    feeder = sign("feeder", 1, origin="watch", reasons=("/mnt/scanner is gone.",), fault="")
    (alarm,) = alarms_of(replace(healthy, feeders=(feeder,)))
    assert (alarm.name, alarm.reason) == ("not-fed", "fovea watch: /mnt/scanner is gone.")


def test_a_stat_case_that_is_expected_late_raises_one_and_a_routine_study_none(healthy):
    late = replace(healthy, planned=(planned(ROUTINE, late_s=60.0),))
    assert names(late) == []
    assert len(late.late) == 1
    assert names(replace(healthy, planned=(planned(STAT, late_s=60.0), planned(STAT)))) == ["stat-late"]


def test_a_study_that_waits_for_more_than_an_hour_raises_one(healthy):
    assert names(replace(healthy, planned=(planned(waited_s=3599.0),))) == []
    assert names(replace(healthy, planned=(planned(waited_s=3601.0),))) == ["waits-long"]


def test_a_study_that_failed_within_the_hour_raises_one(healthy):
    failed = {"status": Status.FAILED, "code": "QU-KILLED", "coverage": 0.0, "flagged": None}
    (alarm,) = alarms_of(replace(healthy, last=(outcome(), outcome(60.0, **failed))))
    assert alarm.name == "failed"
    assert "QU-KILLED" in alarm.reason
    assert names(replace(healthy, last=(outcome(), outcome(3601.0, **failed)))) == []


def test_a_gpu_that_was_lost_raises_one_until_it_answers_again(healthy):
    lost, back = outcome(doubts=("gpu-lost",)), outcome()
    assert names(replace(healthy, last=(lost, back))) == ["gpu-lost"]
    assert names(replace(healthy, last=(back, lost))) == []


def test_a_repeated_outcome_says_nothing_of_the_gpu(healthy):
    repeated = outcome(doubts=("gpu-lost",), reused_from="another")
    assert names(replace(healthy, last=(repeated, outcome()))) == []


def test_a_disk_that_is_nearly_full_raises_one(healthy):
    assert names(replace(healthy, free_bytes=LEAST_FREE_BYTES - 1)) == ["disk-low"]
