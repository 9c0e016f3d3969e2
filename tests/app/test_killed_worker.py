"""The worker is killed while the window watches it: the window says so, goes on, and every study gets its answer."""

import os
import signal
from contextlib import closing

import pytest
from PySide6.QtWidgets import QLabel

from app.state.pages import Page
from engine.domain.outcome import Status
from engine.queue import supervise
from engine.queue.pulse import Pulse
from engine.store.database import open_store
from engine.store.outcomes import newest
from engine.store.verify import verify
from tests.app.conftest import ANSWERED_MS
from tests.engine.queue.test_feed import pictures

pytestmark = pytest.mark.deep

STUDIES = 25
REAL_WORKER = supervise.WorkerProcess


@pytest.fixture
def _the_worker_is_a_process(monkeypatch, _the_worker_is_a_thread):
    monkeypatch.setattr("engine.queue.supervise.WorkerProcess", REAL_WORKER)


def pid_of_worker(home):
    with closing(Pulse(home)) as pulse:
        return next((sign.pid for sign in pulse.signs("worker") if sign.is_alive), None)


def said_in_bar(window):
    return [label.text() for label in window.statusBar().findChildren(QLabel)]


@pytest.mark.usefixtures("_the_worker_is_a_process")
def test_killed_worker_is_named_in_the_bar_and_every_study_is_answered_once(spotted_home, bench, tmp_path):
    paths = [found.path for found in pictures(tmp_path, STUDIES)]
    session, window = bench.desktop.session, bench.window
    bench.desktop.open(paths)
    bench.qtbot.waitUntil(lambda: any(session[at].outcome for at in range(len(session))), timeout=ANSWERED_MS)
    killed = pid_of_worker(spotted_home)
    os.kill(killed, signal.SIGKILL)
    bench.qtbot.waitUntil(lambda: any("begins anew" in text for text in said_in_bar(window)), timeout=ANSWERED_MS)
    bench.desktop.parts.pages.show(Page.MONITOR)  # the window is used meanwhile
    bench.desktop.parts.pages.show(Page.READING)
    bench.settle()
    assert pid_of_worker(spotted_home) != killed
    assert not any("begins anew" in text for text in said_in_bar(window))
    assert [session[index].outcome.status for index in range(len(session))] == [Status.ANSWERED] * STUDIES
    with open_store(spotted_home) as store:
        assert len(newest(store, 2 * STUDIES)) == STUDIES
        assert verify(store) is None
