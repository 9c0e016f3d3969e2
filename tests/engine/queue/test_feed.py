import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest

from engine import places
from engine.domain.outcome import Status
from engine.errors import UsageError
from engine.intake.find import find
from engine.queue import supervise
from engine.queue.deadline import DeadlineRule
from engine.queue.feed import Feed
from engine.queue.locks import supervisor_lock, taken
from engine.store.outcomes import newest
from engine.store.queue import job_of_arrival
from engine.store.verify import verify
from tests.engine.queue.in_process import WorkerThread, working
from tests.engine.tiny_model import picture

LONG_S = 120.0


def pictures(folder, count):
    return [next(find([picture(folder / f"{number}.png", shade=number).path])) for number in range(count)]


@contextmanager
def opened(home, **settings):
    with Feed.open(home, **({"threads": 1} | settings)) as feed:
        yield feed


def worker_of(feed):
    until_s = time.monotonic() + LONG_S
    while time.monotonic() < until_s:
        worker = feed.health().worker
        if worker is not None and worker.is_alive:
            return worker
        time.sleep(0.02)
    raise AssertionError


def is_gone(pid):
    until_s = time.monotonic() + LONG_S
    while time.monotonic() < until_s:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def in_thread(monkeypatch):
    """The worker is a thread of this process: where it need not be another."""
    monkeypatch.setattr(supervise, "WorkerProcess", WorkerThread)


def test_another_process_answers_and_ends_with_the_feed(spotted_home, tmp_path):
    found = pictures(tmp_path, 3)
    with opened(spotted_home, origin="watch") as feed:
        ids = [feed.submit(one).id for one in found]
        kept = list(feed.outcomes(ids, LONG_S))
        feed.ready()
        health = feed.health()
        assert [recorded.outcome.status for recorded in kept] == [Status.ANSWERED] * 3
        assert {recorded.arrival.source for recorded in kept} == {one.source for one in found}
        assert feed.note_on(kept[0]).ms["record"] > 0.0
        assert (feed.depth(), health.is_served, health.trouble, health.worker.pid != os.getpid()) == (0, True, "", True)
        assert [sign.facts["origin"] for sign in health.feeders] == ["watch"]
        assert list(feed.outcomes(ids, 0.0)) == kept
        assert feed.changed(kept[0].id) == tuple(sorted(kept, key=lambda recorded: recorded.id))[1:]
    assert is_gone(health.worker.pid)


def test_a_killed_worker_is_replaced_and_every_study_gets_one_answer(spotted_home, tmp_path):
    found = pictures(tmp_path, 30)
    with opened(spotted_home) as feed:
        ids = [feed.submit(one).id for one in found]
        waiting = feed.outcomes(ids, LONG_S)
        kept = [next(waiting)]
        killed = worker_of(feed).pid
        os.kill(killed, signal.SIGKILL)
        kept += waiting
        assert worker_of(feed).pid != killed
        assert Counter(recorded.arrival.id for recorded in kept) == Counter(ids)
        assert {recorded.outcome.status for recorded in kept} == {Status.ANSWERED}
        assert {recorded.outcome.attempt for recorded in kept} <= {1, 2}
        assert verify(feed.store) is None


def test_a_worker_that_shows_no_life_is_killed_and_replaced(spotted_home, tmp_path, monkeypatch):
    monkeypatch.setattr(supervise, "LEASE_S", 3.0)
    (found,) = pictures(tmp_path, 1)
    with opened(spotted_home) as feed:
        stopped = worker_of(feed).pid
        os.kill(stopped, signal.SIGSTOP)
        arrival = feed.submit(found)
        (kept,) = feed.outcomes([arrival.id], LONG_S)
        assert kept.outcome.status is Status.ANSWERED
        assert is_gone(stopped)


@pytest.mark.usefixtures("in_thread")
def test_two_feeds_share_a_worker_and_the_second_takes_over_from_the_first(spotted_home, tmp_path):
    first, second, third = pictures(tmp_path, 3)
    with opened(spotted_home) as later, opened(spotted_home) as other:
        assert later.supervisor.is_supervisor
        assert not other.supervisor.is_supervisor
        list(later.outcomes([later.submit(first).id], LONG_S))
        (kept,) = other.outcomes([other.submit(second).id], LONG_S)
        assert kept.outcome.status is Status.ANSWERED
        assert worker_of(other).pid == worker_of(later).pid
        later.supervisor.close()
        (kept,) = other.outcomes([other.submit(third).id], LONG_S)
        assert (kept.outcome.status, other.supervisor.is_supervisor) == (Status.ANSWERED, True)


SUPERVISES = """
import sys
from pathlib import Path
from engine import places
from engine.places import Home
from engine.queue.feed import Feed
places.RESOURCES = Path(sys.argv[2])
with Feed.open(Home(Path(sys.argv[1])), threads=1) as feed:
    feed.ready()
    print(feed.supervisor.is_supervisor, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["it ends", "it is killed"])
def test_who_waits_takes_over_from_a_supervisor_that_is_gone_and_no_study_is_lost(spotted_home, root, tmp_path, how):
    command = [sys.executable, "-c", SUPERVISES, str(spotted_home.root), str(places.RESOURCES)]
    found = pictures(tmp_path, 30)
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        with opened(spotted_home) as feed:
            assert not feed.supervisor.is_supervisor
            ids = [feed.submit(one).id for one in found]
            waiting = feed.outcomes(ids, LONG_S)
            kept = [next(waiting)]
            before = worker_of(feed).pid
            other.kill() if how == "it is killed" else other.stdin.close()
            kept += waiting
            assert Counter(recorded.arrival.id for recorded in kept) == Counter(ids)
            assert {(recorded.outcome.status, recorded.outcome.code) for recorded in kept} == {(Status.ANSWERED, "")}
            assert {recorded.outcome.attempt for recorded in kept} == {1}, "its worker gave back what it had"
            assert feed.ready().pid != before
            assert (feed.supervisor.is_supervisor, feed.depth()) == (True, 0)
            assert is_gone(before)
            assert verify(feed.store) is None


@pytest.mark.usefixtures("in_thread")
def test_who_attaches_to_a_worker_cannot_have_another_run_time(spotted_home):
    with opened(spotted_home, backend="onnx-cpu"):
        with opened(spotted_home, backend="onnx-cpu"), opened(spotted_home, threads=None):
            pass
        for settings in ({"backend": "torch"}, {"threads": 7}):
            with pytest.raises(UsageError) as refusal, opened(spotted_home, **settings):
                pass
            assert refusal.value.code == "US-WORKER"


@pytest.mark.usefixtures("in_thread")
def test_what_the_worker_could_not_begin_with_is_told(spotted_home, tmp_path):
    (found,) = pictures(tmp_path, 1)
    with opened(spotted_home, backend="abacus") as feed, pytest.raises(UsageError) as refusal:
        list(feed.outcomes([feed.submit(found).id], LONG_S))
    assert refusal.value.code == "US-BACKEND"


def test_no_worker_outlives_a_supervisor_that_is_killed(spotted_home, root):
    program = (
        "import sys, time; from pathlib import Path\n"
        "from engine.places import Home; from engine.queue.feed import Feed\n"
        "with Feed.open(Home(Path(sys.argv[1])), threads=1) as feed:\n"
        "    while not feed.health().is_served: time.sleep(0.02)\n"
        "    print(feed.health().worker.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(spotted_home.root)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        pid = int(process.stdout.readline())
        process.kill()
        assert is_gone(pid)


@pytest.mark.usefixtures("in_thread")
def test_what_has_a_deadline_is_taken_in_with_a_promise(spotted_home, tmp_path):
    with opened(spotted_home) as feed:
        now = feed.store.clock.now()
        (found,) = pictures(tmp_path, 1)
        arrival = feed.submit(found, arrived_at=now - timedelta(seconds=3), due=DeadlineRule(picture_s=63.0))
        promised = job_of_arrival(feed.store, arrival.id).outlook
        assert now < promised.expected_at < promised.at_latest
        assert (promised.late_s, promised.basis) == (0.0, "assumed")
        (kept,) = feed.outcomes([arrival.id], LONG_S)
        assert (kept.arrival, kept.outcome.status) == (arrival, Status.ANSWERED)
        assert kept.outcome.budget_s < 60.0


def test_nobody_hears_of_what_was_withdrawn(spotted_home, tmp_path):
    first, second = pictures(tmp_path, 2)
    with working(spotted_home), opened(spotted_home) as feed:
        kept = feed.submit(first)
        list(feed.outcomes([kept.id], LONG_S))
    with taken(supervisor_lock(spotted_home)), opened(spotted_home) as feed:
        dropped = feed.submit(second)
        assert (feed.withdraw(dropped.id), feed.withdraw(kept.id)) == ("withdrawn", "answered")
        assert feed.withdrawn([kept.id, dropped.id]) == (dropped.id,)
        assert [recorded.arrival for recorded in feed.outcomes([dropped.id, kept.id], LONG_S)] == [kept]
        assert len(newest(feed.store, 10)) == 1


def test_the_wait_for_what_nobody_answers_has_an_end(spotted_home, tmp_path):
    (found,) = pictures(tmp_path, 1)
    with taken(supervisor_lock(spotted_home)), opened(spotted_home) as feed:
        assert list(feed.outcomes([feed.submit(found).id], 0.05)) == []
        assert not feed.wait(0.05)
        feed.submit(found)
        assert feed.wait(LONG_S)
        assert feed.depth() == 2
