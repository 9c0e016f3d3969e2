"""The models: what is installed and which version answers, imports, the gate, shadows, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.jobs.changing_models import Judged
from app.jobs.installed import Installed, Verified
from app.state.words import later
from app.tables.lines import VALUE, Head, LinesModel
from app.text import tr
from app.views.import_panel import ImportPanel
from app.views.lines_table import LinesTable
from app.views.model_pane import ModelPane
from app.views.model_words import line_of
from app.views.page import PageFrame, reading_words, tool
from app.views.work_strip import WorkStrip

LIST = (Head(later("Model"), stretches=True), Head(later("Version")), Head(later("State")))


class ModelsPage(PageFrame):
    """Shows the shelf; asks for a package to be verified or imported."""

    verify_asked = Signal(object)
    """The path of a package."""
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), "models", parent)
        self._judged: dict[str, Judged] = {}
        self._list = LinesModel(LIST, self)
        self.list = LinesTable(self._list, tr("Installed models"))
        self.list.selectionModel().currentRowChanged.connect(self._choose)
        self.pane, self.importing, self.work = ModelPane(), ImportPanel(), WorkStrip()
        self.verify_button = tool(tr("Verify"), self._ask_verify, tip=tr("Reads every byte and checks the signature"))
        tip = tr("Reads a package step by step and puts it onto the shelf")
        self.import_button = tool(tr("Import..."), self.import_asked.emit, tip=tip)
        self.tools.addWidget(self.verify_button)
        self.tools.addWidget(self.import_button)
        self.panes = (self.list, *self.pane.panes)
        for widget in (self.work, self.importing):
            self.body.addWidget(widget)
        self.body.addWidget(self._build(), 1)
        self.say(reading_words())

    def show_installed(self, installed: Sequence[Installed], choose: str = "") -> None:
        """Shows the shelf as it is now.

        Args:
            installed: what is there.
            choose: hash of the model that is looked at from now on; empty stays where it was.
        """
        if not installed:
            self.say("")
            self.show_empty(
                tr("No model is installed"),
                tr("Import a package: a folder or a zip with a manifest, signed by a key that is trusted here."),
                tr("Import..."),
                self.import_asked.emit,
            )
            return
        self.show_content()
        usable = sum(each.card is not None for each in installed)
        self.say(tr("%1 of %2 may be used").replace("%1", str(usable)).replace("%2", str(len(installed))))
        chosen = self.chosen
        self._list.show([line_of(each) for each in installed])
        row = _row_of(installed, choose, chosen)
        self.list.selectRow(row)

    def show_judged(self, judged: Judged) -> None:
        """Shows what the gate said of a version, until the window is closed."""
        self._judged[judged.model_hash] = judged
        self._show_chosen()
        self.pane.look_at_gate()

    def forget_judged(self, model_hash: str) -> None:
        """What the gate said of a version does not hold any more; the record says it from now on."""
        self._judged.pop(model_hash, None)

    def show_verified(self, verified: Verified) -> None:
        """Says what verifying the chosen package found."""
        self.pane.show_verified(verified)
        self.verify_button.setEnabled(True)

    def show_verifying(self) -> None:
        """Says that it is being read."""
        self.verify_button.setEnabled(False)
        self.pane.verdict.hide()

    def show_work(self, words: str, done: int = 0, of: int = 0, left_s: float | None = None) -> None:
        """Says what long piece of work goes on; empty: none does."""
        self.work.show_work(words, done, of, left_s)
        self.import_button.setEnabled(not words)
        self.pane.show_busy(busy=bool(words))

    @property
    def chosen(self) -> Installed | None:
        """The version that is looked at."""
        found = self.list.currentIndex().data(VALUE)
        return found if isinstance(found, Installed) else None

    def _ask_verify(self) -> None:
        if self.chosen is not None:
            self.verify_asked.emit(self.chosen.path)

    def _choose(self, _current: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        each = self.chosen
        if each is not None:
            self.pane.show_installed(each, self._judged.get(each.card.hash) if each.card else None)
            self.pane.show_busy(busy=self.work.isVisible())

    def _build(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        letter = self.fontMetrics().averageCharWidth()
        self.list.setMinimumWidth(letter * 36)
        split.addWidget(self.list)
        split.addWidget(self.pane)
        split.setStretchFactor(1, 1)
        split.setSizes([letter * 56, 900])
        return split


def _row_of(installed: Sequence[Installed], choose: str, chosen: Installed | None) -> int:
    """The row that is looked at: the one asked for, else the one of before, else the first."""
    hashes = [each.card.hash if each.card else "" for each in installed]
    if choose in hashes and choose:
        return hashes.index(choose)
    paths = [each.path for each in installed]
    return paths.index(chosen.path) if chosen and chosen.path in paths else 0
