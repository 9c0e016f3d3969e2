"""Draws how much time is left: a disc that empties, and other shapes where the time is over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.paint.palette import Palette
from app.state.countdown import Countdown, Haste

COLOURS = {
    Haste.CALM: "clear",
    Haste.SOON: "incomplete",
    Haste.LATE: "refused",
    Haste.KEPT: "quiet",
    Haste.MISSED: "refused",
}


def draw_countdown(painter: QPainter, due: Countdown, frame: QRectF, palette: Palette) -> None:
    """Draws the shape of a deadline into a square; of none, nothing."""
    if due.haste is Haste.NONE:
        return
    colour = QColor(palette.colour(COLOURS[due.haste]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(frame.width() / 9, 1.4), c=Qt.PenCapStyle.RoundCap))
    match due.haste:
        case Haste.CALM | Haste.SOON:
            painter.drawEllipse(frame)
            painter.setBrush(colour)
            painter.drawPie(frame, 90 * 16, -round(due.left_share * 360 * 16))
        case Haste.KEPT:
            left, low, right = frame.left(), frame.bottom(), frame.right()
            tip = QPointF(left + frame.width() * 0.38, low - frame.height() * 0.15)
            painter.drawLine(QPointF(left, frame.center().y()), tip)
            painter.drawLine(tip, QPointF(right, frame.top() + frame.height() * 0.15))
        case _:
            painter.setBrush(colour)
            top = QPointF(frame.center().x(), frame.bottom())
            painter.drawPolygon(QPolygonF([top, frame.topLeft(), frame.topRight()]))
    painter.restore()
