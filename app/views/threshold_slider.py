"""The slider that says from which score on regions are shown, with the points at which the model was measured."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.text import tr
from app.views.theme import colours

STEPS = 1000
"""Of the slider from score 0 to 1."""

KEY_STEP, PAGE_STEP = 10, 100
MARGIN_PX = 9.0
SNAP_PX = 6.0
"""A handle so near to an operating point stops at it."""


@dataclass(frozen=True, slots=True)
class OperatingPoints:
    """Scores of a model.

    Args:
        unsure: from here on regions are kept, as unsure.
        sure: from here on they are sure.
    """

    unsure: float
    sure: float


class ThresholdSlider(QAbstractSlider):
    """Scores from the left to the right: dashes where the model is unsure, a whole line where it is sure."""

    moved = Signal(float)
    """The score that a person has chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(tr("Regions are shown from this score on"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(0, STEPS)
        self.setSingleStep(KEY_STEP)
        self.setPageStep(PAGE_STEP)
        self._points = OperatingPoints(0.0, 0.0)
        self.valueChanged.connect(lambda value: self.moved.emit(value / STEPS))

    def show_points(self, points: OperatingPoints, threshold: float) -> None:
        """Shows another model's scores, and from which one on regions are shown; tells nobody."""
        self._points = points
        self.blockSignals(True)
        self.setRange(round(points.unsure * STEPS), STEPS)
        self.setValue(round(threshold * STEPS))
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(160, 24)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        palette, middle = colours(), self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, sure, right = (self._x(score) for score in (self.minimum() / STEPS, self._points.sure, 1.0))
        for start, end, colour, dashed in ((left, sure, palette.unsure, True), (sure, right, palette.sure, False)):
            pen = QPen(QColor(colour), 3.0, c=Qt.PenCapStyle.FlatCap)
            if dashed:
                pen.setDashPattern([2.0, 1.2])
            painter.setPen(pen)
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        painter.setPen(QPen(QColor(palette.text), 1.5))
        for score in (self._points.unsure, self._points.sure):
            painter.drawLine(QPointF(self._x(score), middle - 6), QPointF(self._x(score), middle + 6))
        painter.setPen(QPen(QColor(palette.accent if self.hasFocus() else palette.panel), 2.0))
        painter.setBrush(QColor(palette.text if self.isEnabled() else palette.disabled))
        at = self._x(self.value() / STEPS)
        painter.drawRoundedRect(QRectF(at - 5, middle - 9, 10, 18), 4.0, 4.0)
        painter.end()

    def _x(self, score: float) -> float:
        low = self.minimum() / STEPS
        return MARGIN_PX + (score - low) / max(1.0 - low, 1e-9) * self._length()

    def _go_to(self, x: float) -> None:
        for score in (self._points.unsure, self._points.sure):
            if abs(self._x(score) - x) <= SNAP_PX:
                self.setValue(round(score * STEPS))
                return
        share = min(max((x - MARGIN_PX) / self._length(), 0.0), 1.0)
        self.setValue(round(self.minimum() + share * (STEPS - self.minimum())))

    def _length(self) -> float:
        return max(self.width() - 2 * MARGIN_PX, 1.0)
