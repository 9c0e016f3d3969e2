"""The worklist as Qt sees it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.state.status import Shape, Sign
from app.state.worklist import Column, Entry, Listing, Seen, Worklist
from app.tables.worklist import COLUMNS, DUE, SEEN, WorklistModel, moment_words
from engine.store.worklist_line import After
from tests.app.state.test_worklist import NOON, entries, entry_of, line

ROWS = 1_000_000


@pytest.fixture
def worklist():
    return Worklist()


@pytest.fixture
def model(worklist, qapp):
    made = WorklistModel(worklist, lambda: NOON + timedelta(seconds=30))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def cell(model, row, column):
    return model.index(row, COLUMNS.index(column)).data()


def test_next_page_is_asked_for_once_until_it_came(model, worklist):
    asked = []
    model.more_wanted.connect(lambda: asked.append(1))
    worklist.show(Listing(answered=entries(2), after=After(NOON, 2)))
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    worklist.add(entries(1), None)
    assert asked == [1]
    assert model.rowCount() == 2
    assert not model.canFetchMore(QModelIndex())


def test_file_of_a_study_is_looked_into_when_it_is_on_screen_and_once(model, worklist):
    wanted = []
    model.seen_wanted.connect(wanted.append)
    worklist.show(Listing(answered=entries(1), complete=True))
    for _ in range(2):
        assert model.index(0, 0).data(SEEN) == Seen()
    assert len(wanted) == 1
    model.tell_seen(wanted[0], Seen("Adams^Ann", b"png"))
    assert cell(model, 0, Column.PERSON) == "Adams^Ann"
    assert model.index(0, 0).data(SEEN).thumbnail == b"png"


def test_waiting_study_counts_down_and_an_answer_says_how_it_went(model, worklist):
    sign = Sign("waiting", Shape.DOTS, "waiting")
    waiting = Entry("w", "/in/new.png", sign, NOON, NOON + timedelta(seconds=90))
    late = entry_of(line(1, deadline=NOON + timedelta(seconds=50)))
    worklist.show(Listing(waiting=(waiting,), answered=(late,), complete=True))
    assert cell(model, 0, Column.DEADLINE) == "due in 1:00 min"
    assert model.index(0, 0).data(DUE).left_share == pytest.approx(60 / 90)
    assert cell(model, 1, Column.DEADLINE) == "was late by 10 s"
    assert (cell(model, 0, Column.REGIONS), cell(model, 0, Column.REVIEW)) == ("", "")


def test_row_is_read_out_as_one_sentence(model, worklist):
    worklist.show(Listing(answered=(entry_of(line(3, flagged=True, region_count=2, best_score=0.875)),), complete=True))
    said = model.index(0, 0).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Part_3.png, lot 1, photo, ")
    assert "flagged, 2  (0.88), open" in said


def test_list_of_a_million_answers_costs_what_is_on_screen(worklist, qapp):
    one = entries(1)[0]
    worklist.show(Listing(answered=(one,) * ROWS, complete=True))
    asked = []
    model = WorklistModel(worklist, lambda: asked.append(1) or NOON)
    assert model.rowCount() == ROWS
    assert cell(model, ROWS - 1, Column.STUDY) == "Part_1.png"
    assert len(asked) == 0


def test_moment_of_today_is_a_time_and_another_day_has_its_date():
    local = NOON.astimezone()
    assert moment_words(NOON, NOON + timedelta(minutes=1)) == f"{local:%H:%M:%S}"
    assert moment_words(NOON, NOON + timedelta(days=3)) == f"{local:%Y-%m-%d %H:%M}"
