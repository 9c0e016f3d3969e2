"""The line above two studies side by side: with which one is compared, what links them, and how to look at both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.text import tr
from app.views.actions import Actions
from app.views.styled import ElidedLabel, frame, label


class CompareBar(QWidget):
    """Shows the studies that may be compared with; says what was chosen.

    Args:
        actions: of the window.
    """

    chosen = Signal(str)
    """The source of a study."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        for named in (self.choice, self.choice.view()):
            named.setAccessibleName(tr("Compare with"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumWidth(120)
        self._words = ElidedLabel("quiet")
        ground = frame("banner")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        line = QHBoxLayout(ground)
        line.setContentsMargins(12, 5, 8, 5)
        line.setSpacing(8)
        line.addWidget(label(tr("Compare with")))
        line.addWidget(self.choice, 1)
        line.addWidget(self._words, 1)
        for name in ("flicker", "difference", "compare"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
            line.addWidget(button)
        self.choice.activated.connect(lambda at: self.chosen.emit(self.choice.itemData(at)))
        self.hide()

    def show_choices(self, studies: Sequence[tuple[str, str]], chosen: str) -> None:
        """Shows other studies.

        Args:
            studies: source and name of each.
            chosen: the source of the one that is seen.
        """
        self.choice.clear()
        for source, name in studies:
            self.choice.addItem(name, source)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0) if chosen else -1)

    def say(self, words: str) -> None:
        """What links both, or why they cannot be linked."""
        self._words.setText(words)
        self._words.setToolTip(words)
