"""What is being done, how far it has come, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.state.time_left import TimeLeft
from app.text import time_left, tr
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
        self._left = label(look="quiet")
        self._pace = TimeLeft()
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(14)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self.cancel_button)
        self.hide()

    def show_work(self, words: str, done: int = 0, of: int = 0, left_s: float | None = None) -> None:
        """Says what is being done, and how long it will take where that is known or can be told by its pace.

        Args:
            words: what; empty: nothing.
            done: how much of it.
            of: how much there is to do; 0 where that is not known.
            left_s: what the rest will take, where the work itself says so.
        """
        by_pace_s = self._pace.left_s(done, of)
        self._left.setText(time_left(by_pace_s if left_s is None else left_s))
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
