"""The models page by mouse: imports, the gate, shadows and the way back, over a real shelf and a real record."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from app.model_place import Place
from app.state.pages import Page
from app.views.reason_dialog import ReasonDialog
from engine.domain.operator import Operator, Role
from engine.operators.session import Session
from engine.store.database import open_store
from engine.store.logbook import page as log_page
from engine.store.model_changes import changes
from tests.app.mouse import click_tab
from tests.app.watchdog import watching_the_loop
from tests.engine.registry.releases import packed, state_requirements

LEFT = Qt.MouseButton.LeftButton
READ_MS = 300_000


@pytest.fixture
def site(spotted_home):
    """A home with a validation set, and requirements that the model there meets."""
    state_requirements(spotted_home)
    return spotted_home


class Models:
    """The page, and what a person does with it."""

    def __init__(self, bench, monkeypatch):
        self.bench, self.qtbot, self._patch = bench, bench.qtbot, monkeypatch
        self.click(bench.window.switch.buttons[Page.MODELS])
        self.page = bench.window.pages.currentWidget()
        self.until(lambda: self.page.chosen is not None)
        self.pane = self.page.pane

    def click(self, widget):
        self.qtbot.mouseClick(widget, LEFT)

    def until(self, is_so):
        self.qtbot.waitUntil(is_so, timeout=READ_MS)

    def bring(self, path):
        """Imports a package by its button; the dialog of the system is the only thing that is not clicked."""
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        self.click(self.page.import_button)
        self.until(self.page.importing.close_button.isEnabled)

    def choose(self, version):
        model = self.page.list.model()
        row = next(row for row in range(model.rowCount()) if model.index(row, 1).data() == version)
        at = self.page.list.visualRect(model.index(row, 0)).center()
        self.qtbot.mouseClick(self.page.list.viewport(), LEFT, pos=at)
        assert self.page.chosen.card.version == version

    def turn_to(self, title):
        click_tab(self.qtbot, self.pane.tabs, title)

    def ask_gate(self):
        self.click(self.pane.activate_button)
        self.until(lambda: not self.page.work.isVisible())

    def give_reason(self, button, reason):
        self.click(button)
        dialog = next(each for each in self.bench.window.findChildren(ReasonDialog) if each.isVisible())
        assert not dialog.do_button.isEnabled()
        self.qtbot.keyClicks(dialog.line, reason)
        self.click(dialog.do_button)

    def states(self):
        model = self.page.list.model()
        return {model.index(row, 1).data(): model.index(row, 2).data() for row in range(model.rowCount())}


@pytest.fixture
def models(site, quiet_bench, monkeypatch):
    return Models(quiet_bench, monkeypatch)


def cells(table, column):
    return [table.model().index(row, column).data() for row in range(table.model().rowCount())]


def test_an_import_shows_its_steps_and_keeps_them_with_the_version(models, site, tmp_path):
    models.bring(packed(tmp_path, "1.1.0", bias=-14.5))
    steps = ["signature", "files", "graph", "parity on onnx-cpu", "shelf"]
    assert [name for name in cells(models.page.importing.steps, 1) if name in steps] == steps
    assert set(cells(models.page.importing.steps, 0)) == {"passed"}
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    assert models.states() == {"1.0.0": "usable", "1.1.0": "not active"}
    models.turn_to("Import")
    assert cells(models.pane.steps, 1) == cells(models.page.importing.steps, 1)
    models.turn_to("History")
    assert cells(models.pane.history, 1) == ["imported"]


@pytest.mark.deep
def test_a_package_dropped_on_the_page_is_imported_and_no_study(models, tmp_path):
    path = packed(tmp_path, "1.1.0")
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    copy = Qt.DropAction.CopyAction
    models.bench.window.dropEvent(
        QDropEvent(QPointF(QPoint(300, 300)), copy, content, LEFT, Qt.KeyboardModifier.NoModifier)
    )
    models.until(lambda: "1.1.0" in models.states())
    assert len(models.bench.desktop.session) == 0


@pytest.mark.deep
def test_an_unsigned_package_is_refused_and_let_in_for_a_reason_that_stays_visible(models, site, tmp_path):
    packed(tmp_path, "1.1.0")
    models.bring(_without_signature(tmp_path))
    assert "MD-UNSIGNED" in models.page.importing.said.words
    models.give_reason(models.page.importing.unsigned_button, "made next door")
    models.until(lambda: models.states().get("1.1.0") == "not active, unsigned")
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    assert any("made next door" in note for note in _notes(models.pane))


@pytest.mark.deep
def test_a_worse_version_is_refused_with_the_lines_that_fail_and_overridden_for_a_reason(models, site, tmp_path):
    models.bring(packed(tmp_path, "1.1.0", bias=-20.5))
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    models.ask_gate()
    assert models.page.trouble.isVisible()
    assert cells(models.pane.gate, 0)[0] == "FAILED"
    assert cells(models.pane.gate, 1)[0] == "sensitivity of spot"
    assert "off by 0.600" in cells(models.pane.gate, 2)[0]
    models.give_reason(models.pane.override_button, "the lamp is new")
    models.until(lambda: models.states() == {"1.0.0": "not active", "1.1.0": "active"})
    models.until(lambda: any("the lamp is new" in note for note in _notes(models.pane)))
    assert not models.page.trouble.isVisible()
    assert cells(models.pane.gate, 0)[0] == "FAILED"


@pytest.mark.deep
def test_a_better_version_shadows_answers_and_is_rolled_back_for_a_reason(models, site, tmp_path):
    models.bring(packed(tmp_path, "1.1.0", bias=-14.5))
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    models.click(models.pane.shadow_button)
    models.until(lambda: models.states()["1.1.0"] == "shadow")
    models.until(lambda: models.pane.shown.comparison is not None)
    assert models.pane.shadow_button.text() == "End shadow"
    models.ask_gate()
    models.until(lambda: models.states() == {"1.0.0": "not active", "1.1.0": "active"})
    assert models.pane.shown.place is Place.ACTIVE
    models.give_reason(models.pane.back_button, "a bad day")
    models.until(lambda: models.states() == {"1.0.0": "active", "1.1.0": "not active"})
    with open_store(site) as store:
        assert [one.cause.value for one in changes(store)] == ["imported", "shadowed", "activated", "rolled-back"]
        assert changes(store)[-1].reason == "a bad day"


def test_what_the_role_does_not_permit_is_refused_by_the_engine(models, site, tmp_path):
    models.bench.desktop.parts.who.change(Session(Operator("rea", Role.READER)))
    models.bring(packed(tmp_path, "1.1.0"))
    assert "US-ROLE" in models.page.importing.said.words
    assert models.states() == {"1.0.0": "usable"}
    with open_store(site) as store:
        assert not [entry for entry in log_page(store, 100) if entry.action == "model.imported"]


@pytest.mark.deep
def test_a_gate_that_is_cancelled_changes_nothing(models, site, tmp_path):
    models.bring(packed(tmp_path, "1.1.0"))
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    models.click(models.pane.activate_button)
    models.click(models.page.work.cancel_button)
    models.until(lambda: not models.page.work.isVisible())
    assert not models.page.trouble.isVisible()
    assert models.states() == {"1.0.0": "usable", "1.1.0": "not active"}
    assert models.pane.gate.model().rowCount() == 0


@pytest.mark.deep
def test_an_import_and_a_gate_never_block_the_loop_over_50_ms(models, site, tmp_path):
    models.bring(packed(tmp_path, "1.1.0", bias=-14.5))  # once before it counts: what the page needs is imported
    models.until(lambda: models.page.chosen.card.version == "1.1.0")
    models.ask_gate()
    better = packed(tmp_path, "1.2.0", bias=-14.5)
    with watching_the_loop(models.bench.window) as watched:
        models.bring(better)
        models.until(lambda: models.page.chosen.card.version == "1.2.0")
        models.ask_gate()
    assert watched.counting == []


def _without_signature(tmp_path):
    """The sources of the version, packed by nobody."""
    from engine.registry.pack import pack  # noqa: PLC0415 -- only here

    return pack(tmp_path / "source-1.1.0", tmp_path / "unsigned.zip", None).path


def _notes(pane):
    return [pane.notes.itemAt(at).widget().words for at in range(pane.notes.count())]
