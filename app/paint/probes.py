"""Draws probes and what they say over a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.paint.palette import DARK
from app.state.geometry import View
from app.state.probe import Probe, ProbeKind

DOT_PX = 3.5


@dataclass(frozen=True, slots=True)
class DrawnProbe:
    """A probe and its lines of words.

    Args:
        probe: possibly with points missing.
        words: a line a reading; empty while points are missing.
        chosen: the one that Delete removes.
    """

    probe: Probe
    words: tuple[str, ...] = ()
    chosen: bool = False


def draw_probes(painter: QPainter, view: View, probes: Sequence[DrawnProbe], font: QFont) -> None:
    """Draws probes.

    Args:
        painter: in logical pixels of the widget.
        view: where the picture lies.
        probes: those that lie on what is seen.
        font: of the words.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    for drawn in probes:
        points = [QPointF(*view.to_screen(*point)) for point in drawn.probe.points]
        if points:
            _draw_shape(painter, drawn, points)
            _draw_words(painter, drawn.words, points, view, QFontMetricsF(font))
    painter.restore()


def _draw_shape(painter: QPainter, drawn: DrawnProbe, points: list[QPointF]) -> None:
    path = QPainterPath(points[0])
    if drawn.probe.kind is ProbeKind.AREA and len(points) == 2:
        path = QPainterPath()
        path.addEllipse(QRectF(points[0], points[1]).normalized())
    else:
        for point in points[1:]:
            path.lineTo(point)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((DARK.halo, 4.0), (DARK.accent, 2.0 if drawn.chosen else 1.4)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawPath(path)
    painter.setPen(QPen(QColor(DARK.halo), 1.0))
    painter.setBrush(QColor(DARK.accent))
    for point in points:
        painter.drawEllipse(point, DOT_PX, DOT_PX)


def _draw_words(
    painter: QPainter, words: Sequence[str], points: Sequence[QPointF], view: View, metrics: QFontMetricsF
) -> None:
    """Beside the last point, pushed inwards at the edges."""
    if not words:
        return
    wide = max(metrics.horizontalAdvance(line) for line in words) + 12.0
    tall = metrics.height() * len(words) + 6.0
    at = max(points, key=lambda point: point.x())
    left = min(max(at.x() + 10.0, 2.0), max(view.screen_px[0] - wide - 2.0, 2.0))
    top = min(max(at.y() + 6.0, 2.0), max(view.screen_px[1] - tall - 2.0, 2.0))
    frame = QRectF(left, top, wide, tall)
    ground = QColor(DARK.halo)
    ground.setAlpha(215)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(frame, 3.0, 3.0)
    painter.setPen(QColor(DARK.text))
    for number, line in enumerate(words):
        place = QRectF(left + 6.0, top + 3.0 + number * metrics.height(), wide - 12.0, metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
