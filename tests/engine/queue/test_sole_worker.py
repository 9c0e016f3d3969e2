import signal
import subprocess
import sys

import pytest

from engine.errors import StoreError
from engine.queue import sole_worker
from engine.queue.locks import taken, worker_lock
from engine.queue.sole_worker import ended_well, noted, only_worker

HOLD = """
import os, sys, time
from pathlib import Path
from engine.places import Home
from engine.queue.locks import taken, worker_lock
from engine.queue.sole_worker import started_at
with taken(worker_lock(Home(Path(sys.argv[1])))) as lock:
    lock.note(f"w0 {os.getpid()} {started_at(os.getpid()) if sys.argv[2] == 'mine' else 17}")
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def held(home, root):
    """Another worker with the lock, which does not end."""
    processes = []

    def hold(whose):
        command = [sys.executable, "-c", HOLD, str(home.root), whose]
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield hold
    for process in processes:
        process.kill()
        process.communicate()


def test_a_worker_of_a_supervisor_that_is_gone_is_killed_where_it_does_not_end(home, held, monkeypatch):
    monkeypatch.setattr(sole_worker, "_PATIENCE_S", 0.2)
    process = held("mine")
    with only_worker(home) as lock:
        assert lock.read().startswith(f"w0 {process.pid} ")
    assert process.wait() == -signal.SIGKILL


def test_a_process_that_only_has_the_number_of_a_dead_worker_is_left_alone(home, held):
    process = held("another's")
    sole_worker._kill(worker_lock(home).read_text().strip())
    sole_worker._kill("")
    sole_worker._kill("w0 1 2 ended")
    assert process.poll() is None


@pytest.mark.parametrize(("raised", "ended"), [(None, "w1"), (StoreError("ST-FULL", "Full."), "w1"), (TypeError(), "")])
def test_only_an_end_for_a_known_reason_is_one_in_good_order(home, raised, ended):
    def leave():
        with taken(worker_lock(home)) as lock, noted(lock, "w1"):
            if raised is not None:
                raise raised

    if raised is None:
        leave()
    else:
        with pytest.raises(type(raised)):
            leave()
    with only_worker(home) as lock:
        assert ended_well(lock) == ended
