"""The left side of the window."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt

from app.jobs.answering import Progress
from app.paint.palette import DARK
from app.state.session import Session
from app.state.time_left import TimeLeft
from app.tables.studies import StudiesModel
from app.views.study_list import StudyList
from engine.domain.outcome import Outcome, Status

ANSWERS = [
    Outcome("a", status, flagged=flagged, code="" if status is Status.ANSWERED else "IN-X")
    for status in Status
    for flagged in (True, False)
]


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def studies(qtbot, dressed, session):
    studies = StudyList(StudiesModel(session))
    qtbot.addWidget(studies)
    studies.resize(280, 900)
    with qtbot.waitExposed(studies):
        studies.show()
    return studies


def test_rows_of_all_statuses_are_drawn_in_their_colours(studies, session):
    session.add([f"/data/{n}.png" for n in range(len(ANSWERS) + 1)])
    for index, answer in enumerate(ANSWERS):
        session.answer(index, answer, None)
    image = studies.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    wanted = {DARK.colour(session[index].sign.colour) for index in range(len(ANSWERS))}
    assert wanted <= seen


def test_progress_shows_while_something_waits_and_goes_then(studies):
    studies.show_progress(Progress(3, 11, searching=False))
    assert studies.cancel_button.isVisible()
    assert studies._progress_words.text() == "3 of 11 answered"
    studies.show_progress(Progress(11, 11, searching=False))
    assert not studies.cancel_button.isVisible()


def test_time_left_is_told_once_something_was_answered(studies):
    studies._pace = TimeLeft(iter((100.0, 100.0, 106.0)).__next__)
    studies.show_progress(Progress(0, 11, searching=False))
    studies.show_progress(Progress(2, 11, searching=False))
    assert studies._progress_words.text() == "2 of 11 answered\nabout 27 s left"


def test_search_that_has_found_nothing_yet_shows_that_it_searches(studies):
    studies.show_progress(Progress(0, 0, searching=True))
    assert studies._progress_words.text() == "Searching"
    studies.show_progress(Progress(0, 0, searching=True, files=1500))
    assert studies._progress_words.text() == "Searching: 1,500 files so far"


def test_search_that_goes_on_is_named_beside_what_is_answered(studies):
    studies.show_progress(Progress(1, 50, searching=True, files=1500))
    assert studies._progress_words.text() == "1 of 50 answered, searching"


def test_tally_names_the_most_frequent_first(studies):
    studies.show_tally(Counter({"refused": 1, "flagged": 1200}))
    assert studies._tally.text() == "1,200 flagged, 1 refused"
    assert studies._title.text() == "1,201 studies"


def test_arrow_keys_choose_the_next_study(studies, session, qtbot):
    session.add(["/data/a.png", "/data/b.png"])
    studies.choose(0)
    with qtbot.waitSignal(studies.chosen) as told:
        qtbot.keyClick(studies.list, Qt.Key.Key_Down)
    assert told.args == [1]


def test_ten_thousand_studies_are_listed_at_once(studies, session):
    session.add([f"/data/{n:05}.png" for n in range(10_000)])
    studies.choose(9_999)
    assert studies.list.currentIndex().row() == 9_999
