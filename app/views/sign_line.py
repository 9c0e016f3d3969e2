"""A sentence with the shape of a sign before it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.state.status import Sign
from app.views.message import SignMark
from app.views.styled import selectable


class SignLine(QWidget):
    """Shows a sign and words.

    Args:
        sign: shown at first; None shows none yet.
        words: beside it.
        parent: of this widget.
    """

    def __init__(self, sign: Sign | None = None, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark, self._words = SignMark(18), selectable()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        if sign is not None:
            self.show_words(sign, words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_words(self, sign: Sign, words: str) -> None:
        """Says something else."""
        self._mark.show_sign(sign)
        self._words.setText(words)
