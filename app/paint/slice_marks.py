"""What stands over a slice or an image of a patient in the window: which plane it is, and the letters of its edges."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.paint.palette import DARK
from app.state.plane import Plane
from engine.domain.orientation import Edges

PAD = 6.0
EDGE = 8.0


def draw_slice_marks(painter: QPainter, plane: Plane, screen_px: tuple[int, int], font: QFont) -> None:
    """Draws the plate at the top left and a letter at each edge.

    Args:
        painter: in logical pixels of the widget.
        plane: what is seen.
        screen_px: (width, height) of the widget.
        font: of the words.
    """
    metrics = QFontMetricsF(font)
    words = plane.words.capitalize()
    painter.save()
    _draw_plate(painter, words, QRectF(EDGE, EDGE, *_plate_size(metrics, words)), font)
    painter.restore()
    left, top, right, bottom = plane.letters
    draw_edges(painter, Edges(left, top, right, bottom), screen_px, font)


def draw_edges(painter: QPainter, edges: Edges, screen_px: tuple[int, int], font: QFont) -> None:
    """Draws what lies at each edge, where it is known; for the arguments see `draw_slice_marks`."""
    painter.save()
    metrics = QFontMetricsF(font)
    width, height = screen_px
    for place, letters in enumerate((edges.left, edges.top, edges.right, edges.bottom)):
        if letters:
            wide, tall = _plate_size(metrics, letters)
            left = (EDGE, (width - wide) / 2, width - EDGE - wide, (width - wide) / 2)[place]
            top = ((height - tall) / 2, EDGE, (height - tall) / 2, height - EDGE - tall)[place]
            _draw_plate(painter, letters, QRectF(left, top, wide, tall), font)
    painter.restore()


def _plate_size(metrics: QFontMetricsF, words: str) -> tuple[float, float]:
    return metrics.horizontalAdvance(words) + 2 * PAD, metrics.height() + PAD


def _draw_plate(painter: QPainter, words: str, place: QRectF, font: QFont) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    ground = QColor(DARK.halo)
    ground.setAlpha(190)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, 3.0, 3.0)
    painter.setPen(QColor(DARK.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
