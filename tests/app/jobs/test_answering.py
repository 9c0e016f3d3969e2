"""The line of studies."""

import shutil

import pytest
from PySide6.QtCore import QObject

from app.jobs.answering import FILES_AT_ONCE, Answering, Progress
from app.jobs.engine_room import EngineRoom
from app.jobs.run import Lane
from app.state.session import Session
from app.state.signed_in import SignedIn
from app.state.status import Stage
from engine.operators.session import single_operator
from engine.places import RESOURCES, Home

SAMPLE = RESOURCES / "samples" / "635000-270-200908.jpg"


@pytest.fixture
def lanes(qapp):
    lanes = Lane("search"), Lane("engine")
    yield lanes
    for lane in lanes:
        lane.close(30.0)


@pytest.fixture
def parent(qapp):
    return QObject()


def line_over(room, lanes, parent, who=None):
    session = Session()
    who = who or SignedIn(single_operator())
    return session, Answering(session, room, who, search_lane=lanes[0], engine_lane=lanes[1], parent=parent)


def settle(qtbot, answering):
    qtbot.waitUntil(lambda: not answering.progress.busy, timeout=120_000)


def test_progress_counts_up_and_starts_anew_with_the_next_opening(qtbot, room, lanes, parent, tmp_path):
    session, answering = line_over(room, lanes, parent)
    told = []
    answering.progressed.connect(told.append)
    for number in range(3):
        shutil.copy(SAMPLE, tmp_path / f"{number}.jpg")
    answering.open([tmp_path / "0.jpg", tmp_path / "1.jpg"])
    settle(qtbot, answering)
    assert told[0] == Progress(0, 0, searching=True)
    assert told[-1] == Progress(2, 2, searching=False)
    answering.open([tmp_path / "2.jpg"])
    settle(qtbot, answering)
    assert told[-1] == Progress(1, 1, searching=False)
    assert len(session) == 3


def test_large_folder_is_listed_in_steps_while_it_is_searched(qtbot, room, lanes, parent, tmp_path):
    session, answering = line_over(room, lanes, parent)
    added = []
    session.rows_added.listen(added.append)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.png").write_bytes(b"")
    answering.open([folder])
    settle(qtbot, answering)
    assert len(session) == 120
    assert len(added) == 3


def test_a_search_tells_how_many_files_it_has_looked_into_before_it_has_a_study(qtbot, room, lanes, parent, tmp_path):
    _, answering = line_over(room, lanes, parent)
    told = []
    answering.progressed.connect(told.append)
    for number in range(FILES_AT_ONCE + 1):
        (tmp_path / f"{number}.txt").write_text("no study")
    answering.open([tmp_path])
    settle(qtbot, answering)
    assert Progress(0, 0, searching=True, files=FILES_AT_ONCE) in told
    assert told[-1] == Progress(1, 1, searching=False), "the folder itself, in which there is no study"


def test_engine_that_cannot_start_leaves_studies_unanswered_with_the_reason(qtbot, lanes, parent, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    blocked_room = EngineRoom(Home(blocked / "home"))
    session, answering = line_over(blocked_room, lanes, parent)
    answering.open([SAMPLE])
    settle(qtbot, answering)
    assert session[0].stage is Stage.STOPPED
    assert session[0].trouble.code.startswith("ST-")
    blocked_room.close()


def test_opening_nothing_starts_nothing(room, lanes, parent):
    _, answering = line_over(room, lanes, parent)
    answering.open([])
    assert not answering.progress.busy


def test_study_in_line_is_not_put_in_line_twice(qtbot, room, lanes, parent):
    session, answering = line_over(room, lanes, parent)
    answering.open([SAMPLE])
    qtbot.waitUntil(lambda: len(session) == 1)
    answering.again(0)
    assert answering.progress.total == 1
    settle(qtbot, answering)


def test_what_is_opened_before_anybody_logged_in_is_answered_for_whoever_does(qtbot, room, lanes, parent):
    who = SignedIn()
    session, answering = line_over(room, lanes, parent, who)
    answering.open([SAMPLE])
    qtbot.waitUntil(lambda: len(session) == 1, timeout=60_000)
    assert answering.progress == Progress(0, 1, searching=False)
    who.change(single_operator())
    settle(qtbot, answering)
    assert session[0].outcome is not None


def test_what_waits_for_somebody_to_log_in_can_be_cancelled(qtbot, room, lanes, parent):
    session, answering = line_over(room, lanes, parent, SignedIn())
    answering.open([SAMPLE])
    qtbot.waitUntil(lambda: len(session) == 1, timeout=60_000)
    answering.cancel()
    assert not answering.progress.busy
    assert (session[0].stage, session[0].trouble.code) == (Stage.STOPPED, "BU-CANCELLED")
