"""Draws what a second opinion has flagged over a picture in the window: the corners of its boxes, and words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.paint.palette import DARK
from app.paint.plates import Rect, place_plates
from app.paint.region_marks import shown_box
from app.paint.regions import LABELLED_AT_ONCE, Lettering
from app.state.geometry import View
from app.state.opinion import SECOND_ONLY, SecondMark
from app.text import tr

OUTSIDE_PX = 6.0
"""The corners lie so far outside the box, where no line of the first answer runs."""

WIDTH_PX = 2.0


def draw_second(painter: QPainter, view: View, marks: Sequence[SecondMark], lettering: Lettering) -> None:
    """Draws the second answer over the first one; only what that one does not have is named.

    Args:
        painter: in logical pixels of the widget.
        view: where the picture lies.
        marks: as they lie on what is seen.
        lettering: of the labels.
    """
    bounds = (0.0, 0.0, float(view.screen_px[0]), float(view.screen_px[1]))
    seen = [(mark, _around(view, mark)) for mark in marks if mark.region.box_px is not None]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = [line for _, box in seen for line in _corners(box)]
    for colour, width in ((DARK.halo, WIDTH_PX + 2.0), (DARK.second, WIDTH_PX)):
        painter.setPen(QPen(QColor(colour), width, c=Qt.PenCapStyle.SquareCap))
        painter.drawLines(lines)
    _draw_words(painter, [one for one in seen if one[0].alone][:LABELLED_AT_ONCE], bounds, lettering)
    painter.restore()


def words_of(mark: SecondMark) -> str:
    """What it is, and that only the second answer has it."""
    return f"{mark.region.label} {mark.region.score:.2f}, {tr(SECOND_ONLY)}"


def _around(view: View, mark: SecondMark) -> Rect:
    if mark.region.box_px is None:
        raise ValueError("a mark that is not on what is seen")
    x0, y0, x1, y1 = shown_box(view, mark.region.box_px)
    return x0 - OUTSIDE_PX, y0 - OUTSIDE_PX, x1 + OUTSIDE_PX, y1 + OUTSIDE_PX


def _corners(box: Rect) -> list[QLineF]:
    x0, y0, x1, y1 = box
    across, down = (x1 - x0) / 4, (y1 - y0) / 4
    return [
        line
        for x, way_x in ((x0, across), (x1, -across))
        for y, way_y in ((y0, down), (y1, -down))
        for line in (QLineF(x, y, x + way_x, y), QLineF(x, y, x, y + way_y))
    ]


def _draw_words(painter: QPainter, seen: Sequence[tuple[SecondMark, Rect]], bounds: Rect, lettering: Lettering) -> None:
    painter.setFont(lettering.font)
    metrics = QFontMetricsF(lettering.font)
    texts = [words_of(mark) for mark, _ in seen]
    sizes = [(metrics.horizontalAdvance(text) + 16.0, metrics.height() + 4.0) for text in texts]
    ground = QColor(DARK.halo)
    ground.setAlpha(225)
    for text, plate in zip(texts, place_plates([box for _, box in seen], sizes, bounds, lettering.taken), strict=True):
        if plate is None:
            continue
        frame = QRectF(plate[0], plate[1], plate[2] - plate[0], plate[3] - plate[1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, 3.0, 3.0)
        painter.setPen(QColor(DARK.second))
        painter.drawText(frame.adjusted(8.0, 0.0, -2.0, 0.0), Qt.AlignmentFlag.AlignVCenter, text)
