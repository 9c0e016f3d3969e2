"""What is being done, how far it has come, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.text import tr
from app.views.styled import label


class WorkStrip(QFrame):
    """Hidden while nothing is done."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._words = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(14)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        self.hide()

    def show_work(self, words: str, done: int = 0, of: int = 0) -> None:
        """Says what is being done.

        Args:
            words: what; empty: nothing.
            done: how much of it.
            of: how much there is to do; 0 where that is not known.
        """
        self._words.setText(words)
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self.cancel_button.setEnabled(True)
        self.setVisible(bool(words))

    def _cancel(self) -> None:
        """It ends after the step that it is at."""
        self.cancel_button.setEnabled(False)
        self._words.setText(tr("Stopping after this step..."))
        self.cancelled.emit()
