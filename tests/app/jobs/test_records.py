"""Questions to the records: asked in a lane, answered in the window's thread."""

import threading

import pytest
from PySide6.QtCore import QObject

from app.jobs.records import Records
from app.jobs.run import Lane
from engine.errors import UsageError
from engine.operators.session import single_operator
from engine.store import operators
from engine.store.outcomes import last_id
from tests.app.records import PARTS, fill


@pytest.fixture
def records(home, qapp):
    lane = Lane("records")
    yield Records(home, lane)
    lane.close(5.0)


@pytest.fixture
def parent(qapp):
    return QObject()


def test_answer_comes_back_in_the_thread_that_asked(records, home, qtbot, parent):
    fill(home)
    told = []
    records.ask(
        lambda store: (last_id(store), threading.current_thread()),
        on_done=lambda answer: told.append((*answer, threading.current_thread())),
        on_failed=told.append,
        parent=parent,
    )
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    count, asked_in, answered_in = told[0]
    assert count == PARTS
    assert asked_in is not answered_in
    assert answered_in is threading.main_thread()


def test_refusal_of_the_engine_is_told_as_it_is(records, qtbot, parent):
    told = []
    records.ask(
        lambda store: operators.disable(store, single_operator(), "nobody"),
        on_done=told.append,
        on_failed=told.append,
        parent=parent,
    )
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert isinstance(told[0], UsageError)
    assert told[0].code == "US-OPERATOR"


def test_change_by_anybody_is_noticed_once(records, home, qtbot, parent):
    changes, asked = [], []

    def ask():
        records.ask_if_changed(on_changed=lambda: changes.append(1), parent=parent)
        records.ask(last_id, on_done=asked.append, on_failed=asked.append, parent=parent)
        before = len(asked)
        qtbot.waitUntil(lambda: len(asked) > before, timeout=20_000)

    ask()  # the first time it is taken for granted
    ask()
    assert len(changes) == 1
    fill(home)
    ask()
    ask()
    assert len(changes) == 2
