"""Draws the lines where other cuts pass through the one that is seen, each in the other's colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.paint.palette import DARK
from app.state.crosshair import CrossLine
from app.state.geometry import View

GAP_PX = 14.0
"""Screen pixels left free around the crosshair, so that what it points at is seen."""

TURNED_FROM = 0.55
"""From this share of the way to the edge on, a line is taken to be turned, not to be moved."""


def on_screen(view: View, line: CrossLine) -> tuple[QPointF, QPointF]:
    """The crosshair on the screen, and the direction of the line there, of length 1."""
    at = QPointF(*view.to_screen(*line.at))
    ahead = QPointF(*view.to_screen(line.at[0] + line.way[0], line.at[1] + line.way[1])) - at
    length = max((ahead.x() ** 2 + ahead.y() ** 2) ** 0.5, 1e-9)
    return at, ahead / length


def reach(view: View) -> float:
    """How far from the crosshair a line is drawn."""
    return 2.0 * max(view.screen_px)


def handle_px(view: View) -> float:
    """How far from the crosshair a line's handles stand: there it is turned."""
    return min(view.screen_px) * TURNED_FROM / 2


def draw_crosshair(painter: QPainter, view: View, lines: Sequence[CrossLine], *, handles: bool) -> None:
    """Draws all lines.

    Args:
        painter: in logical pixels of the widget.
        view: where the picture lies.
        lines: of the other cuts.
        handles: marks where a line is taken to be turned.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in lines:
        at, way = on_screen(view, line)
        far = reach(view)
        parts = [QLineF(at + way * (sign * GAP_PX), at + way * (sign * far)) for sign in (-1.0, 1.0)]
        for colour, width in ((DARK.halo, 3.0), (DARK.colour(line.colour), 1.2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLines(parts)
        if handles:
            painter.setPen(QPen(QColor(DARK.halo), 1.0))
            painter.setBrush(QColor(DARK.colour(line.colour)))
            for sign in (-1.0, 1.0):
                painter.drawEllipse(at + way * (sign * handle_px(view)), 4.0, 4.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.restore()
