"""The line under the regions that says how much the heat map covers, while it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from app.text import tr
from app.views.styled import label

PERCENT = 50
"""Of the strongest cells, at first."""


class HeatBar(QWidget):
    """Hidden until the heat map is asked for."""

    moved = Signal(float)
    """The opacity, 0..1, that a person has chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label(look="quiet", wraps=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(5, 100)
        self.slider.setValue(PERCENT)
        self.slider.setAccessibleName(tr("Opacity of the heat map"))
        self.slider.valueChanged.connect(lambda percent: self.moved.emit(percent / 100))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 0)
        layout.addWidget(self._words)
        layout.addWidget(self.slider, 1)
        self.hide()

    @property
    def opacity(self) -> float:
        """0..1."""
        return self.slider.value() / 100

    def show_kept(self, *, kept: bool) -> None:
        """Says whether there is a map of this study."""
        self.slider.setVisible(kept)
        self._words.setText(tr("Heat map") if kept else tr("No heat map is kept of this study."))
