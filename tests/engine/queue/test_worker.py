import ctypes
import signal
import uuid
from contextlib import closing

from engine.places import RESOURCES
from engine.queue.orders import Orders, fault_of
from engine.queue.process import WorkerProcess


def started(home, **changes):
    name = uuid.uuid4().hex[:12]
    return WorkerProcess(Orders(**{"home": str(home.root), "resources": str(RESOURCES), "worker": name} | changes))


def until(worker, is_it):
    while (message := worker.receive(60.0)) is not None:
        assert message, "no word for a minute"
        if is_it(message):
            return message
    return None


def hit_main_thread(pid, number):
    """The system may give a signal to a process to any of its threads; what is none of Python's has nothing to tell."""
    assert ctypes.CDLL(None).tgkill(pid, pid, number) == 0


def test_a_worker_that_is_asked_to_end_before_it_could_begin_ends_at_once(home):
    with closing(started(home)) as worker:
        assert until(worker, lambda message: "ready" in message)
        worker.ask_to_end()
        assert until(worker, lambda _: False) is None
    assert worker.how_it_ended == ""


def test_how_a_worker_died_is_told_and_where_it_was_is_written_down(home):
    with closing(started(home)) as worker:
        assert until(worker, lambda message: "ready" in message)
        hit_main_thread(worker.pid, signal.SIGSEGV)
        assert until(worker, lambda _: False) is None
    assert worker.how_it_ended == "SIGSEGV"
    written = (home.logs / "worker-crash.log").read_text()
    assert "Fatal Python error: Segmentation fault" in written
    assert "engine/queue/worker.py" in written


def test_why_a_worker_cannot_begin_is_told_with_its_code(home):
    with closing(started(home, backend="abacus")) as worker:
        told = until(worker, lambda message: "fault" in message)
        assert fault_of(told).code == "US-BACKEND"
        assert until(worker, lambda _: False) is None
    assert worker.how_it_ended == "exit status 1"
