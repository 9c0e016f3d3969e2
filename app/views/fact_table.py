"""A short table of names and values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.views.styled import label, selectable


class FactTable(QFrame):
    """Shows the pairs it is given; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 12)
        self._layout.setHorizontalSpacing(10)
        self._layout.setVerticalSpacing(4)
        self._layout.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Shows other facts."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(facts))
        for line, (name, value) in enumerate(facts):
            self._layout.addWidget(label(name, "quiet"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(selectable(value), line, 1)
