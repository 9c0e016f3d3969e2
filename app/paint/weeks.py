"""Draws the weekly means of a number: a line with a dot a week, and where a change was noticed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.paint.palette import Palette
from app.state.drift import WeekPlot

MARGIN = 6.0


def draw_weeks(painter: QPainter, plot: WeekPlot, frame: QRectF, palette: Palette) -> None:
    """Draws a plot with its words.

    Args:
        painter: has the font of the words.
        plot: what is drawn.
        frame: all of it, words included.
        palette: of the window.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = painter.fontMetrics()
    line = float(metrics.height())
    left = frame.left() + max(metrics.horizontalAdvance(word) for word in (plot.low, plot.high)) + MARGIN
    area = QRectF(left, frame.top() + line / 2, frame.right() - left - MARGIN, frame.height() - 1.5 * line - MARGIN)
    _draw_words(painter, plot, frame, area, QColor(palette.quiet))
    painter.setPen(QPen(QColor(palette.line), 1.0))
    for y in (area.top(), area.center().y(), area.bottom()):
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    if plot.changed_x is not None:
        _draw_change(painter, area, plot.changed_x, QColor(palette.refused))
    _draw_means(painter, plot, area, QColor(palette.accent))
    painter.restore()


def _draw_words(painter: QPainter, plot: WeekPlot, frame: QRectF, area: QRectF, colour: QColor) -> None:
    painter.setPen(colour)
    line = float(painter.fontMetrics().height())
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for word, y in ((plot.high, area.top()), (plot.low, area.bottom())):
        painter.drawText(QRectF(frame.left(), y - line / 2, area.left() - frame.left() - MARGIN, line), right, word)
    below = QRectF(area.left(), frame.bottom() - line, area.width(), line)
    if plot.first == plot.last:
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, plot.first)
        return
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, plot.first)
    painter.drawText(below, right, plot.last)


def _draw_change(painter: QPainter, area: QRectF, at: float, colour: QColor) -> None:
    """A dashed line and a triangle that stands on it: seen without its colour too."""
    x = area.left() + at * area.width()
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    side = MARGIN
    top = area.top() - side / 2
    painter.drawPolygon(QPolygonF([QPointF(x - side, top), QPointF(x + side, top), QPointF(x, top + 1.6 * side)]))


def _draw_means(painter: QPainter, plot: WeekPlot, area: QRectF, colour: QColor) -> None:
    points = [QPointF(area.left() + x * area.width(), area.bottom() - y * area.height()) for x, y in plot.points]
    painter.setPen(QPen(colour, 2.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for point in points:
        painter.drawEllipse(point, 3.0, 3.0)
