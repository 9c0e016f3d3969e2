import json
import threading
import time
from contextlib import closing

import pytest

from engine.errors import BackendError
from engine.places import Home
from engine.queue import supervise
from engine.queue.locks import note_of, supervisor_lock, taken
from engine.queue.orders import Link, fault_message
from engine.queue.pulse import Pulse
from engine.queue.supervise import Settings, Supervisor

LONG_S = 30.0


class Scripted:
    """A worker that says what it is told to: over the real link, without a process."""

    script: tuple = ()
    begun: list
    killed: list

    def __init__(self, orders):
        self._link, theirs = Link.pair()
        self._theirs = Link(theirs)
        self.pid = 1 + len(self.begun)
        self.how_it_ended = "exit status 1"
        self.begun.append(orders)
        for message in self.script:
            self._theirs.send(message)
        if {} in self.script:
            self._theirs.close()

    def receive(self, timeout_s):
        return self._link.receive(timeout_s)

    def ask_to_end(self):
        self._theirs.close()

    def kill(self):
        self.killed.append(self.pid)

    def close(self):
        self._theirs.close()
        self._link.close()


@pytest.fixture
def scripted(monkeypatch):
    def make(*script):
        worker = type("OneScript", (Scripted,), {"script": script, "begun": [], "killed": []})
        monkeypatch.setattr(supervise, "WorkerProcess", worker)
        return worker

    return make


def wait_until(is_so):
    until_s = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < until_s
        threading.Event().wait(0.01)


def test_the_first_supervises_and_the_next_takes_over_when_it_goes(home, scripted):
    workers = scripted({"ready": True})
    with Supervisor(home) as second_choice:
        assert second_choice.is_supervisor
        with Supervisor(home) as later:
            assert not later.is_supervisor
            second_choice.close()
            wait_until(lambda: later.is_supervisor)
            assert len(workers.begun) == 2


def test_how_the_worker_is_to_work_is_known_to_those_who_attach(home, scripted):
    scripted({"ready": True})
    with Supervisor(home, Settings("onnx-cpu", 3)), Supervisor(home) as other:
        wait_until(lambda: other.settings_in_force() is not None)
        assert other.settings_in_force() == Settings("onnx-cpu", 3)
        assert json.loads(note_of(supervisor_lock(home))) == {"backend": "onnx-cpu", "threads": 3}


def test_a_worker_that_dies_young_is_started_again_after_longer_and_longer_pauses(home, scripted, monkeypatch):
    monkeypatch.setattr(supervise, "_FIRST_PAUSE_S", 0.1)
    workers = scripted({})
    with Supervisor(home):
        time.sleep(1.0)
        begun = len(workers.begun)
    assert 2 <= begun <= 4  # at 0, 0.1, 0.3 and 0.7 s
    assert [orders.seen for orders in workers.begun[:2]] == ["", "exit status 1"]
    assert len({orders.worker for orders in workers.begun}) == len(workers.begun)


def test_what_a_worker_ended_with_is_known_until_one_is_ready(home, scripted):
    workers = scripted(fault_message(BackendError("BE-NONE", "No GPU.", "Buy one.")), {})
    with Supervisor(home) as supervisor:
        wait_until(lambda: supervisor.fault is not None)
        assert supervisor.fault.code == "BE-NONE"
        workers.script = ({"ready": True, "trouble": "The disk is full."},)
        wait_until(lambda: supervisor.fault is None)
        wait_until(lambda: supervisor.trouble == "The disk is full.")


@pytest.mark.parametrize(
    ("limit", "messages", "seen"),
    [
        ("LEASE_S", [{"ready": True}], "no sign of life for 0.2 s"),
        ("STALLED_S", [{"ready": True, "progress": "a detect 0.5;"}], "no progress for 0.2 s"),
        ("STARTING_S", [{"ready": False, "progress": "-"}], "no progress for 0.2 s"),
    ],
)
def test_a_worker_that_hangs_is_killed_and_the_next_is_told_why(home, scripted, monkeypatch, limit, messages, seen):
    monkeypatch.setattr(supervise, limit, 0.2)
    workers = scripted(*messages)
    with Supervisor(home):
        wait_until(lambda: len(workers.begun) > 1)
    assert workers.killed[0] == 1
    assert workers.begun[1].seen == seen


def test_a_worker_without_work_may_stand_still(home, scripted, monkeypatch):
    monkeypatch.setattr(supervise, "STALLED_S", 0.1)
    workers = scripted({"ready": True, "progress": ""})
    with Supervisor(home):
        time.sleep(0.5)
    assert workers.killed == []


def test_a_worker_that_waits_for_a_disk_to_be_freed_is_left_alone(home, scripted, monkeypatch):
    monkeypatch.setattr(supervise, "STALLED_S", 0.1)
    message = {"ready": True, "progress": "a record 1.0;", "trouble": "The disk is full."}
    workers = scripted()

    def says_the_same(worker, _):
        return None if Scripted.receive(worker, 0.02) is None else dict(message)

    monkeypatch.setattr(workers, "receive", says_the_same)
    with Supervisor(home):
        time.sleep(0.5)
        assert workers.killed == []
        message["trouble"] = ""
        wait_until(lambda: workers.killed)


def test_between_two_workers_there_are_signs_of_life(home, scripted, monkeypatch):
    monkeypatch.setattr(supervise, "_FIRST_PAUSE_S", LONG_S)
    monkeypatch.setattr(supervise, "_BEAT_S", 0.05)
    scripted({})
    with Supervisor(home), closing(Pulse(home)) as pulse:
        wait_until(lambda: pulse.signs("feeder"))
        time.sleep(0.5)
        (sign,) = pulse.signs("feeder")
        assert sign.age_s < 0.4


def test_a_home_that_cannot_be_used_is_tried_again_and_stops_nobody(tmp_path, scripted):
    workers = scripted({"ready": True})
    (tmp_path / "file").write_text("in the way")
    with Supervisor(Home(tmp_path / "file" / "home")) as supervisor:
        assert not supervisor.is_supervisor
    assert workers.begun == []


def test_the_lock_is_free_when_the_supervisor_is_closed(home, scripted):
    scripted({"ready": True})
    with Supervisor(home), taken(supervisor_lock(home)) as other:
        assert other is None
    with taken(supervisor_lock(home)) as mine:
        assert mine is not None
