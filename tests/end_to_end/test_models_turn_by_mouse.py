"""The whole turn of a model by mouse, on the Models and Monitor pages: window, worker and record are real."""

from itertools import groupby

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from app.jobs.engine_room import EngineRoom
from app.state.pages import Page
from app.tables.lines import VALUE
from app.views.reason_dialog import ReasonDialog
from app.views.theme import dress
from app.wiring.desktop import Desktop
from engine.store.database import open_store
from engine.store.logbook import page as log_page
from tests.app.mouse import click_tab
from tests.end_to_end.model_turn import BETTER, SHIPPED, WORSE, better, camera, make_site, worse

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1800)]

LEFT = Qt.MouseButton.LeftButton
LONG_MS = 300_000
LOGGED = ("model.", "shadow.", "source.")


class Person:
    """Sits at the window and has a mouse; only the system's own file dialog is answered for them."""

    def __init__(self, desktop, qtbot, monkeypatch):
        self.desktop, self.window, self.qtbot, self._patch = desktop, desktop.window, qtbot, monkeypatch

    def until(self, is_so):
        self.qtbot.waitUntil(is_so, timeout=LONG_MS)

    def click(self, widget):
        self.until(lambda: widget.isVisible() and widget.isEnabled())
        self.qtbot.mouseClick(widget, LEFT)

    def turn_to(self, page):
        self.click(self.window.switch.buttons[page])
        return self.window.pages.currentWidget()

    def drop(self, paths):
        """Drops photographs on the reading page, and waits for their answers."""
        self.turn_to(Page.READING)
        known = len(self.desktop.session)
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy = Qt.DropAction.CopyAction
        self.window.dropEvent(QDropEvent(QPointF(300, 300), copy, content, LEFT, Qt.KeyboardModifier.NoModifier))
        self.until(lambda: len(self.desktop.session) == known + len(paths))
        self.until(lambda: not self.desktop.answering.progress.busy)
        return [self.desktop.session[row].outcome for row in range(known, known + len(paths))]

    def bring(self, models, path, version):
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        self.click(models.import_button)
        self.until(models.importing.close_button.isEnabled)
        self.until(lambda: models.chosen.card.version == version)
        self.click(models.importing.close_button)

    def choose(self, models, version):
        model = models.list.model()
        row = next(
            row
            for row in range(model.rowCount())
            if (model.index(row, 0).data(), model.index(row, 1).data()) == ("surface-pitting", version)
        )
        at = models.list.visualRect(model.index(row, 0)).center()
        self.qtbot.mouseClick(models.list.viewport(), LEFT, pos=at)
        self.until(lambda: models.chosen.card.version == version)

    def turn_to_tab(self, models, title):
        click_tab(self.qtbot, models.pane.tabs, title)

    def ask_gate(self, models):
        self.click(models.pane.activate_button)
        self.until(lambda: not models.work.isVisible())

    def look_now(self, monitor):
        """Has every source looked at, on the tab of the sources."""
        click_tab(self.qtbot, monitor.tabs, monitor.tabs.tabText(monitor.tabs.indexOf(monitor.drift)))
        self.click(monitor.drift.look_button)
        self.until(monitor.drift.look_button.isEnabled)

    def give_reason(self, button, reason):
        self.click(button)
        (dialog,) = (each for each in self.window.findChildren(ReasonDialog) if each.isVisible())
        self.qtbot.keyClicks(dialog.line, reason)
        self.click(dialog.do_button)


@pytest.fixture
def site(home, shared):
    return make_site(home, shared)


@pytest.fixture
def person(site, qtbot, qapp, monkeypatch):
    dress(qapp)
    faults = []
    desktop = Desktop(EngineRoom(site, "onnx-cpu"), faults.append)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    yield Person(desktop, qtbot, monkeypatch)
    desktop.window.close()
    desktop.window.deleteLater()
    assert faults == []


def state_of(models, version):
    model = models.list.model()
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    return next((row[2] for row in rows if row[:2] == ["surface-pitting", version]), "")


def cells(table, column):
    return [table.model().index(row, column).data() for row in range(table.model().rowCount())]


def test_the_whole_turn_of_a_model_is_made_with_the_mouse(person, site, shared, tmp_path):
    before, after = camera(tmp_path / "line", shared)
    models = person.turn_to(Page.MODELS)
    person.until(lambda: models.chosen is not None)

    person.bring(models, worse(site), WORSE)
    person.ask_gate(models)
    assert "MD-GATE" in models.trouble._words.text()
    assert "sensitivity of pitting" in models.trouble._words.text()
    assert (cells(models.pane.gate, 0)[0], cells(models.pane.gate, 1)[0]) == ("FAILED", "sensitivity of pitting")
    assert "off by" in cells(models.pane.gate, 2)[0]
    assert state_of(models, WORSE) == "not active"

    person.bring(models, better(site), BETTER)
    person.click(models.pane.shadow_button)
    person.until(lambda: state_of(models, BETTER) == "shadow")
    (outcome,) = person.drop([first_photograph(site)])
    assert outcome.model == f"surface-pitting {SHIPPED}"
    models = person.turn_to(Page.MODELS)
    person.until(lambda: models.chosen.comparison is not None and models.chosen.comparison.studies == 1)

    person.ask_gate(models)
    person.until(lambda: state_of(models, BETTER) == "active")
    assert {one.model for one in person.drop(before)} == {f"surface-pitting {BETTER}"}
    monitor = person.turn_to(Page.MONITOR)
    person.look_now(monitor)
    assert noticed(monitor) == set()

    person.drop(after)
    person.turn_to(Page.MONITOR)
    person.look_now(monitor)
    assert {"dark", "middle", "unlike the training"} <= noticed(monitor)
    person.turn_to(Page.WORKLIST)
    person.until(lambda: "source-changed" in person.window.alarm_button.accessibleName())
    person.click(person.window.alarm_button)
    assert person.window.pages.currentWidget() is monitor
    assert monitor.tabs.currentWidget() is monitor.drift
    person.until(lambda: any(card.noticed.startswith("CHANGED") for card in monitor.drift.plots.cards))
    assert any(f"surface-pitting {BETTER}" in name for name in cells(monitor.drift.unlike, 2))
    person.until(lambda: any("source-changed" in line.widget().words for line in lines_of(monitor._alarms)))

    models = person.turn_to(Page.MODELS)
    person.choose(models, BETTER)
    person.give_reason(models.pane.back_button, "the lamp is dark")
    person.until(lambda: state_of(models, SHIPPED) == "active")
    person.turn_to_tab(models, "History")
    assert cells(models.pane.history, 4)[0] == "the lamp is dark"

    with open_store(site) as store:
        log = [entry.action for entry in log_page(store, 1000) if entry.action.startswith(LOGGED)]
    assert [action for action, _ in groupby(log)] == [
        *("model.imported", "model.refused", "model.imported", "model.shadowed", "shadow.answered"),
        *("model.activated", "source.changed", "model.rolled-back"),
    ]
    audit = person.turn_to(Page.AUDIT)
    person.until(lambda: audit.table.model().rowCount() > len(log))
    person.click(audit.verify_button)
    person.until(lambda: audit._said.text().startswith("Intact: "))


def first_photograph(site):
    return next((site.root / "validation").rglob("*.jpg"))


def noticed(monitor):
    """What changed; how long an answer takes is left out, since others compute on this machine too."""
    model = monitor.drift.sources.model()
    sources = [model.index(row, 0).data(VALUE) for row in range(model.rowCount())]
    return {one.name for source in sources for one in source.changed} - {"seconds"}


def lines_of(layout):
    return [layout.itemAt(at) for at in range(layout.count())]
