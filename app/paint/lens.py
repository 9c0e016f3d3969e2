"""A magnifier: what lies around the pointer, several times larger, in a round frame."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.paint.palette import DARK
from app.paint.picture import Picture
from app.paint.viewport import Viewport
from app.state.geometry import LARGEST_SCALE, View
from app.state.window_level import WindowLevel

SIDE_PX = 220
TIMES = 3.0


class Lens:
    """Draws into memory of its own, so that the picture below keeps its."""

    def __init__(self) -> None:
        self._viewport: Viewport | None = None

    def paint(
        self, painter: QPainter, picture: Picture, view: View, window: WindowLevel, at: QPointF, ratio: float
    ) -> None:
        """Draws the lens.

        Args:
            painter: in logical pixels of the widget.
            picture: what is seen.
            view: how it is seen without the lens.
            window: which values are black and white.
            at: the pointer.
            ratio: device pixels a logical one.
        """
        if self._viewport is None:
            self._viewport = Viewport(picture)
        elif self._viewport.picture is not picture:
            self._viewport.show(picture)
        scale = min(view.scale * TIMES, LARGEST_SCALE)
        inside = replace(
            view, screen_px=(SIDE_PX, SIDE_PX), center=view.to_image(at.x(), at.y()), scale=scale, fitted=False
        )
        frame = QRectF(0.0, 0.0, SIDE_PX, SIDE_PX)
        round_ = QPainterPath()
        round_.addEllipse(frame)
        painter.save()
        painter.translate(at - frame.center())
        painter.setClipPath(round_)
        painter.fillRect(frame, QColor(DARK.ground))
        self._viewport.paint(painter, inside, window, ratio)
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((DARK.halo, 4.0), (DARK.accent, 1.6)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(frame)
        painter.restore()
