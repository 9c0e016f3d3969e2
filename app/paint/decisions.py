"""The signs of decisions, on pictures and in lists: tick, cross, pen, plus; told apart without any colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.paint.palette import Palette
from engine.domain.region import Band
from engine.domain.review import RegionVerdict

_STROKES: dict[RegionVerdict, tuple[tuple[tuple[float, float], ...], ...]] = {
    RegionVerdict.CONFIRMED: (((0.16, 0.54), (0.40, 0.78), (0.86, 0.24)),),
    RegionVerdict.REJECTED: (((0.22, 0.22), (0.78, 0.78)), ((0.78, 0.22), (0.22, 0.78))),
    RegionVerdict.CHANGED: (((0.20, 0.80), (0.26, 0.58), (0.70, 0.14), (0.86, 0.30), (0.42, 0.74), (0.20, 0.80)),),
    RegionVerdict.ADDED: (((0.5, 0.16), (0.5, 0.84)), ((0.16, 0.5), (0.84, 0.5))),
}
"""Lines through points of a square from (0, 0) to (1, 1)."""

_COLOURS = {
    RegionVerdict.CONFIRMED: "clear",
    RegionVerdict.REJECTED: "quiet",
    RegionVerdict.CHANGED: "out_of_domain",
    RegionVerdict.ADDED: "accent",
}


def _path(verdict: RegionVerdict, frame: QRectF) -> QPainterPath:
    """The lines of a decision's sign in a square."""
    path = QPainterPath()
    for stroke in _STROKES[verdict]:
        points = [QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height()) for x, y in stroke]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
    return path


def _pen(verdict: RegionVerdict, side: float, palette: Palette) -> QPen:
    """What a sign of that size is drawn with."""
    colour = QColor(palette.colour(_COLOURS[verdict]))
    return QPen(colour, max(side / 7, 1.6), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)


def draw_decision(
    painter: QPainter, verdict: RegionVerdict | None, band: Band, frame: QRectF, palette: Palette
) -> None:
    """Draws the sign of a decision; of an undecided region its box: a whole line where the model is sure, else dashes.

    Args:
        painter: anywhere.
        verdict: None while undecided.
        band: how sure the model is.
        frame: a square.
        palette: of what is drawn on.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if verdict is not None:
        painter.setPen(_pen(verdict, frame.width(), palette))
        painter.drawPath(_path(verdict, frame))
    else:
        pen = QPen(QColor(palette.sure if band == "sure" else palette.unsure), 1.6)
        if band == "unsure":
            pen.setDashPattern([2.0, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        inset = frame.width() * 0.18
        painter.drawRect(frame.adjusted(inset, inset, -inset, -inset))
    painter.restore()
