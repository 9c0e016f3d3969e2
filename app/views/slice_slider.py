"""The thin bar beside a volume: which slice is seen, and on which slices something was flagged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.paint.captions import cut_named
from app.paint.palette import DARK
from app.state.cut import Cut
from app.text import tr
from engine.domain.region import Region

WIDTH_PX = 18
MARGIN_PX = 10.0
HANDLE_PX = 6.0
SMALLEST_MARK_PX = 3.0


class SliceSlider(QAbstractSlider):
    """A slider whose first slice is at the top; hidden while there is nothing to scroll."""

    wheel_turned = Signal(float)
    """By so many steps, away from the hand; the picture beside it knows what a step is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setAccessibleName(tr("Slice"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._marks: tuple[tuple[float, float, str], ...] = ()
        self.hide()

    def show_plane(self, plane: Cut | None) -> None:
        """Shows which slice is seen; tells nobody."""
        self.setVisible(plane is not None and plane.count > 1)
        if plane is None:
            return
        self.blockSignals(True)
        self.setRange(0, plane.count - 1)
        self.setValue(plane.index)
        self.blockSignals(False)
        self.setToolTip(cut_named(plane))
        self.update()

    def show_regions(self, plane: Cut | None, regions: Sequence[Region]) -> None:
        """Marks the slices that regions touch, the sure ones last and so on top."""
        marks = () if plane is None else ((_share(plane, region), region.band) for region in regions if region.box_vox)
        self._marks = tuple(sorted(((*share, band) for share, band in marks), key=lambda mark: mark[2] == "sure"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(WIDTH_PX, 200)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().y())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 -- Qt's name
        self.wheel_turned.emit(event.angleDelta().y() / 120)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, length = self.width() / 2, self._length()
        painter.setBrush(QColor(DARK.line))
        painter.drawRoundedRect(QRectF(middle - 1.5, MARGIN_PX, 3, length), 1.5, 1.5)
        for low, high, band in self._marks:
            painter.setBrush(QColor(DARK.sure if band == "sure" else DARK.unsure))
            top, tall = MARGIN_PX + low * length, max((high - low) * length, SMALLEST_MARK_PX)
            painter.drawRoundedRect(QRectF(middle - 4, top, 8, tall), 1.0, 1.0)
        share = self.value() / max(self.maximum(), 1)
        painter.setBrush(QColor(DARK.text))
        handle = QRectF(2, MARGIN_PX + share * length - HANDLE_PX / 2, self.width() - 4, HANDLE_PX)
        painter.drawRoundedRect(handle, 3.0, 3.0)
        painter.end()

    def _go_to(self, y: float) -> None:
        share = min(max((y - MARGIN_PX) / self._length(), 0.0), 1.0)
        self.setValue(round(share * self.maximum()))

    def _length(self) -> float:
        return max(self.height() - 2 * MARGIN_PX, 1.0)


def _share(plane: Cut, region: Region) -> tuple[float, float]:
    """Where a region begins and ends, as shares of all slices."""
    low, high = plane.span(region.box_vox or (0.0,) * 6)
    return low / plane.count, high / plane.count
