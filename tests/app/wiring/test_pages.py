"""The pages beside the reading page, by mouse and keys, over real records."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from app.jobs.auditing import Asked
from app.state.pages import Page
from app.state.worklist import Column, Show
from app.tables.worklist import COLUMNS
from engine.store.logbook import newest
from tests.app.records import PARTS, fill

LEFT = Qt.MouseButton.LeftButton
READ_MS = 60_000


@pytest.fixture
def bench(quiet_bench):
    """These pages need no engine."""
    return quiet_bench


@pytest.fixture
def records(home):
    """Made before the window, which then shows them."""
    fill(home)


@pytest.fixture
def page(records, bench):
    """Turns to a page by its button and waits until it was read."""

    def turn(page):
        window = bench.window
        bench.qtbot.waitUntil(lambda: bench.desktop.parts.who.session is not None, timeout=READ_MS)
        bench.qtbot.mouseClick(window.switch.buttons[page], LEFT)
        assert window.pages.made(page) is window.pages.currentWidget()
        return window.pages.currentWidget()

    return turn


def listed(page, column=Column.STUDY):
    model = page.table.model()
    return [model.index(row, COLUMNS.index(column)).data() for row in range(model.rowCount())]


@pytest.fixture
def worklist(page, bench):
    found = page(Page.WORKLIST)
    bench.qtbot.waitUntil(lambda: found.model.rowCount() > 0, timeout=READ_MS)
    return found


def test_worklist_shows_what_waits_and_then_the_newest_answers(worklist):
    names = listed(worklist)
    assert len(names) == PARTS + 1
    assert names[:3] == ["waits.png", "nuclei-d6a880b1f605.png", "Part_10.png"]
    assert listed(worklist, Column.PERSON)[2] == "line 0"
    assert listed(worklist, Column.STATUS)[:2] == ["waiting", "nothing flagged"]
    assert listed(worklist, Column.DEADLINE)[0].startswith("due in 59:")
    assert listed(worklist, Column.REVIEW).count("draft") == 1
    assert worklist._tally.text().startswith("Today: 12 answered   3 flagged   7 clear   2 refused")
    assert worklist._tally.text().endswith("yield 100.0%   0 rejected")
    assert worklist._queue.text().startswith("Queue: 1 waiting, empty in ")


def test_worklist_is_searched_as_it_is_typed_filtered_and_shown_again(worklist, bench):
    bench.qtbot.keyClicks(worklist.line, "line 1")
    bench.qtbot.waitUntil(lambda: listed(worklist) == [f"Part_{n:02}.png" for n in (9, 7, 5, 3, 1)], timeout=READ_MS)
    worklist.shows.setCurrentIndex(worklist.shows.findData(Show.REFUSED.value))
    bench.qtbot.waitUntil(lambda: listed(worklist) == ["Part_09.png"], timeout=READ_MS)
    bench.qtbot.keyClicks(worklist.line, "0")
    bench.qtbot.waitUntil(lambda: worklist.is_empty, timeout=READ_MS)
    worklist._empty._button.click()
    bench.qtbot.waitUntil(lambda: worklist.model.rowCount() == PARTS + 1, timeout=READ_MS)
    assert not worklist.is_empty


def test_worklist_is_ordered_by_a_click_on_a_column(worklist, bench):
    header = worklist.table.horizontalHeader()
    column = COLUMNS.index(Column.REGIONS)
    at = QPoint(header.sectionViewportPosition(column) + 10, 5)
    for _ in range(2):
        bench.qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    bench.qtbot.waitUntil(lambda: listed(worklist, Column.REGIONS)[1].startswith("2"), timeout=READ_MS)
    assert listed(worklist)[0] == "waits.png"


def test_enter_opens_a_study_with_its_answer_and_answers_nothing_again(worklist, bench):
    row = listed(worklist).index("nuclei-d6a880b1f605.png")
    worklist.table.setCurrentIndex(worklist.model.index(row, 0))
    bench.qtbot.keyClick(worklist.table, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.desktop.parts.pages.shown is Page.READING, timeout=READ_MS)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None, timeout=READ_MS)
    assert bench.desktop.session.row.outcome.model == "surface-pitting 1.0.0"
    assert not bench.desktop.answering.progress.busy


def test_studies_after_the_one_that_was_opened_are_listed_beside_it(worklist, bench):
    worklist.table.setCurrentIndex(worklist.model.index(listed(worklist).index("nuclei-d6a880b1f605.png"), 0))
    bench.qtbot.keyClick(worklist.table, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: len(bench.desktop.session) == PARTS, timeout=READ_MS)
    assert bench.desktop.session.chosen == 0
    assert [bench.desktop.session[row].name for row in (1, 11)] == ["Part_10.png", "Part_00.png"]
    bench.desktop.session.choose_by(1)
    assert bench.desktop.session.row.outcome.arrival_id == "arrival-10"


def test_study_whose_files_are_gone_says_so(worklist, bench):
    worklist.table.setCurrentIndex(worklist.model.index(listed(worklist).index("Part_10.png"), 0))
    bench.qtbot.keyClick(worklist.table, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(
        lambda: bench.desktop.session.row is not None or worklist.trouble.isVisible(), timeout=READ_MS
    )
    if bench.desktop.session.row is not None:
        bench.qtbot.waitUntil(bench.window.picture.message.isVisible, timeout=READ_MS)


def test_thumbnail_of_what_is_on_screen_is_drawn_from_the_file(worklist, bench):
    key = next(worklist.model._list[row].key for row in range(2) if worklist.model._list[row].name.startswith("nuclei"))
    bench.qtbot.waitUntil(
        lambda: key in worklist.model.seen and worklist.model.seen[key].thumbnail is not None, timeout=READ_MS
    )
    assert worklist.model.seen[key].thumbnail.startswith(b"\x89PNG")


def test_empty_worklist_says_what_to_do(bench):
    bench.qtbot.mouseClick(bench.window.switch.buttons[Page.WORKLIST], LEFT)
    page = bench.window.pages.currentWidget()
    bench.qtbot.waitUntil(lambda: page.is_empty, timeout=READ_MS)
    assert "Nothing has arrived yet" in page._empty._title.text()


def test_monitor_names_what_stands_and_the_figures_of_each_group(page, bench):
    monitor = page(Page.MONITOR)
    bench.qtbot.waitUntil(lambda: monitor.figures.model().rowCount() == 1, timeout=READ_MS)
    model = monitor.figures.model()
    assert [model.index(0, column).data() for column in (1, 2, 3, 7)] == ["12", "30.0%", "50.0%", "2"]
    monitor.by.setCurrentIndex(2)
    assert {model.index(row, 0).data() for row in range(model.rowCount())} >= {"/in/line 0", "/in/line 1"}
    assert monitor.reasons.model().index(0, 1).data() == "2"


def test_models_page_shows_each_model_and_verifies_one(page, bench):
    models = page(Page.MODELS)
    bench.qtbot.waitUntil(lambda: models.list.model().rowCount() == 3, timeout=READ_MS)
    assert models.list.model().index(1, 0).data() == "nuclei"
    models.list.selectRow(1)
    assert "nuclei" in models.pane.card.toPlainText()
    bench.qtbot.mouseClick(models.verify_button, LEFT)
    bench.qtbot.waitUntil(models.pane.verdict.isVisible, timeout=READ_MS)
    assert "every file as packed, signed by a trusted key" in models.pane.verdict.words


def test_audit_log_is_searched_and_every_entry_is_checked(page, bench, home):
    audit = page(Page.AUDIT)
    bench.qtbot.waitUntil(lambda: audit.table.model().rowCount() > PARTS, timeout=READ_MS)
    audit.kinds.setCurrentIndex(audit.kinds.findData("review."))
    bench.qtbot.waitUntil(lambda: audit.table.model().rowCount() == 1, timeout=READ_MS)
    assert audit.table.model().index(0, 3).data() == "review.saved"
    audit.table.selectRow(0)
    assert audit._details.isVisible()
    bench.qtbot.keyClicks(audit.line, "nothing like it")
    bench.qtbot.waitUntil(lambda: audit.is_empty, timeout=READ_MS)
    bench.qtbot.mouseClick(audit.verify_button, LEFT)
    bench.qtbot.waitUntil(lambda: audit._said.text().startswith("Intact: "), timeout=READ_MS)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DROP TRIGGER audit_entries_no_delete")
    bench.qtbot.waitUntil(audit.verify_button.isEnabled, timeout=READ_MS)
    bench.qtbot.mouseClick(audit.verify_button, LEFT)
    bench.qtbot.waitUntil(lambda: "changes of it: audit_entries_no_delete." in audit._said.text(), timeout=READ_MS)


def test_audit_log_leaves_with_its_seals_and_that_is_in_the_log(page, bench, tmp_path, monkeypatch):
    audit = page(Page.AUDIT)
    bench.qtbot.waitUntil(audit.export_button.isEnabled, timeout=READ_MS)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    bench.qtbot.mouseClick(audit.export_button, LEFT)
    bench.qtbot.waitUntil(lambda: "were exported to" in audit._said.text(), timeout=READ_MS)
    (folder,) = tmp_path.glob("fovea-audit-*")
    assert {"audit.csv", "seals.jsonl"} <= {path.name for path in folder.iterdir()}
    told = []
    bench.desktop.parts.lookups.ask(
        lambda store: newest(store, 1, None, Asked().text, "export."),
        on_done=told.append,
        on_failed=told.append,
        parent=bench.window,
    )
    bench.qtbot.waitUntil(lambda: bool(told), timeout=READ_MS)
    assert told[0][0].action == "export.made"
