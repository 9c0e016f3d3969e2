"""The one door for background work."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from app.jobs.run import Lane, run
from engine.errors import FoveaError, InputError, ProgramError


def says(value):
    """Work that returns a value."""
    return lambda task: task and value


def waits_for(gate, seconds):
    """Work that goes on until it is let go."""
    return lambda task: task and gate.wait(seconds)


class Ear:
    """Hears what a job calls back, and in which thread."""

    def __init__(self):
        self.done, self.failed, self.progress, self.threads = [], [], [], set()

    def wires(self, parent, lane):
        return {
            "on_done": self.hear(self.done),
            "on_failed": self.hear(self.failed),
            "on_progress": self.hear(self.progress),
            "parent": parent,
            "lane": lane,
        }

    def hear(self, values):
        def callback(value):
            self.threads.add(threading.current_thread())
            values.append(value)

        return callback


@pytest.fixture
def lane(qapp):
    lane = Lane("test")
    yield lane
    assert lane.close(5.0)


@pytest.fixture
def parent(qapp):
    return QObject()


def test_result_comes_back_in_the_thread_of_the_window(qtbot, lane, parent):
    ear = Ear()
    run(lambda task: task and threading.current_thread().name, **ear.wires(parent, lane))
    qtbot.waitUntil(lambda: ear.done == ["fovea-test"])
    assert ear.threads == {threading.main_thread()}
    assert ear.failed == []


def test_jobs_of_a_lane_are_done_in_order(qtbot, lane, parent):
    ear = Ear()
    for number in range(20):
        run(says(number), **ear.wires(parent, lane))
    qtbot.waitUntil(lambda: ear.done == list(range(20)))


def test_progress_comes_before_the_result(qtbot, lane, parent):
    ear, order = Ear(), []
    wires = ear.wires(parent, lane) | {"on_progress": order.append, "on_done": order.append}
    run(lambda task: [task.report(n) for n in range(3)] and "result", **wires)
    qtbot.waitUntil(lambda: order == [0, 1, 2, "result"])


def test_error_of_the_world_comes_back_as_it_is(qtbot, lane, parent):
    ear, error = Ear(), InputError("IN-X", "It is broken.", "Mend it.")

    def work(task):
        raise error

    run(work, **ear.wires(parent, lane))
    qtbot.waitUntil(lambda: ear.failed == [error])


def test_error_of_ours_comes_back_as_a_program_error_and_the_lane_goes_on(qtbot, lane, parent):
    ear = Ear()
    run(lambda task: task.no_such_thing, **ear.wires(parent, lane))
    run(says("next"), **ear.wires(parent, lane))
    qtbot.waitUntil(lambda: ear.done == ["next"])
    (error,) = ear.failed
    assert isinstance(error, ProgramError)
    assert error.code == "PR-JOB"


def test_cancelled_job_that_has_not_begun_never_does(qtbot, lane, parent):
    ear, gate, begun = Ear(), threading.Event(), []
    run(waits_for(gate, 5), **ear.wires(parent, lane))
    job = run(begun.append, **ear.wires(parent, lane))
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(ear.failed) == 1)
    assert ear.failed[0].code == "BU-CANCELLED"
    assert begun == []


def test_cancelled_job_stops_at_its_next_check(qtbot, lane, parent):
    ear, begun = Ear(), threading.Event()

    def work(task):
        begun.set()
        while True:
            task.budget.check("spinning")

    job = run(work, **ear.wires(parent, lane))
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: len(ear.failed) == 1)
    assert isinstance(ear.failed[0], FoveaError)


def test_nothing_is_called_back_once_the_parent_is_gone(qtbot, lane, parent):
    gone, stays, gate, witness = Ear(), Ear(), threading.Event(), QObject()

    def work(task):
        task.report("begun")
        gate.wait(5)
        return "done"

    run(work, **gone.wires(parent, lane))
    run(says("later"), **stays.wires(witness, lane))
    qtbot.waitUntil(lambda: gone.progress == ["begun"])
    shiboken6.delete(parent)
    gate.set()
    qtbot.waitUntil(lambda: stays.done == ["later"])
    assert gone.done == []


def test_nothing_is_called_back_after_closing(qtbot, qapp, parent):
    ear, lane = Ear(), Lane("closing")
    run(says("done"), **ear.wires(parent, lane))
    assert lane.close(5.0)
    qtbot.wait(50)
    assert ear.done == []


def test_closing_does_not_wait_for_ever(qapp, parent):
    ear, lane, gate = Ear(), Lane("stuck"), threading.Event()
    run(waits_for(gate, 20), **ear.wires(parent, lane))
    assert not lane.close(0.05)
    gate.set()
    assert lane.close(5.0)
