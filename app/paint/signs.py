"""Draws the shape of a study's status, so that it is told without its colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.paint.palette import DARK, Palette
from app.state.status import Shape, Sign


def draw_sign(painter: QPainter, sign: Sign, frame: QRectF, palette: Palette = DARK) -> None:
    """Draws the shape of a sign into a square."""
    colour = QColor(palette.colour(sign.colour))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, max(frame.width() / 7, 1.5), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = frame.adjusted(pen.widthF() / 2, pen.widthF() / 2, -pen.widthF() / 2, -pen.widthF() / 2)
    _draw(painter, sign.shape, inner, colour)
    painter.restore()


def _draw(painter: QPainter, shape: Shape, frame: QRectF, colour: QColor) -> None:
    match shape:
        case Shape.TRIANGLE:
            painter.setBrush(colour)
            top = QPointF(frame.center().x(), frame.top())
            painter.drawPolygon(QPolygonF([top, frame.bottomRight(), frame.bottomLeft()]))
        case Shape.RING:
            painter.drawEllipse(frame)
        case Shape.HALF:
            painter.drawEllipse(frame)
            painter.setBrush(colour)
            painter.drawPie(frame, 90 * 16, 180 * 16)
        case Shape.DASHED:
            _draw_corners(painter, frame)
        case Shape.BARRED:
            painter.drawEllipse(frame)
            third = frame.width() / 4
            painter.drawLine(
                QPointF(frame.left() + third, frame.center().y()), QPointF(frame.right() - third, frame.center().y())
            )
        case Shape.CROSS:
            painter.drawLine(frame.topLeft(), frame.bottomRight())
            painter.drawLine(frame.topRight(), frame.bottomLeft())
        case Shape.DOTS:
            _draw_dots(painter, frame, colour)
        case Shape.ARC:
            painter.drawArc(frame, 40 * 16, 280 * 16)
        case Shape.SQUARE:
            painter.drawRect(frame)


def _draw_corners(painter: QPainter, frame: QRectF) -> None:
    side = frame.width() / 3
    for x, inwards in ((frame.left(), side), (frame.right(), -side)):
        for y, down in ((frame.top(), side), (frame.bottom(), -side)):
            painter.drawLine(QPointF(x, y), QPointF(x + inwards, y))
            painter.drawLine(QPointF(x, y), QPointF(x, y + down))


def _draw_dots(painter: QPainter, frame: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    radius = frame.width() / 8
    for x in (frame.left() + radius, frame.center().x(), frame.right() - radius):
        painter.drawEllipse(QPointF(x, frame.center().y()), radius, radius)
