"""A package on its way onto the shelf: each step with what was found, and what can be done where one fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.sentences.told import line_of
from app.state.session import Trouble
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import LinesModel
from app.text import tr
from app.views.lines_table import LinesTable
from app.views.model_pane import STEPS
from app.views.model_words import step_lines
from app.views.page import tool
from app.views.sign_line import SignLine

if TYPE_CHECKING:
    from engine.registry.imports import Step

UNSIGNED = "MD-UNSIGNED"
RUNNING = Sign(later("running"), Shape.ARC, "running")
DONE = Sign(later("imported"), Shape.RING, "clear")
STOPPED = Sign(later("not imported"), Shape.CROSS, "failed")
ROWS = 6


class ImportPanel(QFrame):
    """Hidden until a package is imported; stays until it is closed."""

    unsigned_asked = Signal(object)
    """The path of a package that nobody signed, to be let in all the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._path = Path()
        self._taken: list[Step] = []
        self.said = SignLine()
        self._model = LinesModel(STEPS, self)
        self.steps = LinesTable(self._model, tr("Steps of the import"), wraps=True)
        self.unsigned_button = tool(tr("Let it in unsigned..."), lambda: self.unsigned_asked.emit(self._path))
        self.close_button = tool(tr("Close"), self.hide)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.said, 1)
        head.addWidget(self.unsigned_button)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 8, 14, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.steps)
        self.hide()

    def begin(self, path: Path) -> None:
        """A package is being looked at."""
        self._path = path
        self._taken = []
        self._model.show([])
        self.steps.hide()
        self.said.show_words(RUNNING, tr("%1 is being imported").replace("%1", path.name))
        self.unsigned_button.hide()
        self.close_button.setEnabled(False)
        self.show()

    def add(self, step: Step) -> None:
        """One step was taken."""
        self._taken.append(step)
        self._model.show(step_lines(self._taken))
        rows = min(len(self._taken) + 1, ROWS)
        self.steps.setFixedHeight(rows * self.steps.verticalHeader().defaultSectionSize() + 12)
        self.steps.show()
        self.steps.scrollToBottom()

    def finish(self, name: str) -> None:
        """It is on the shelf."""
        words = tr("%1 is on the shelf. It answers nothing before it is activated.").replace("%1", name)
        self.said.show_words(DONE, words)
        self.close_button.setEnabled(True)

    def refuse(self, trouble: Trouble) -> None:
        """It is not."""
        self.said.show_words(STOPPED, f"{self._path.name}: {line_of(trouble)}")
        self.unsigned_button.setVisible(trouble.code == UNSIGNED)
        self.close_button.setEnabled(True)
