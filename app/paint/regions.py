"""Draws regions over a picture in the window: boxes, labels with scores, the chosen one with handles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.paint.palette import DARK
from app.paint.plates import Rect, place_plates
from app.state.geometry import View
from engine.domain.region import BoxPx, Region

LABELLED_AT_ONCE = 80
"""Labels drawn at most, the best scores and the chosen region first: more could not be read."""

SMALLEST_BOX = 6.0
"""Screen pixels that a drawn box has at least."""

HANDLE = 7.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A region on the screen."""

    region: Region
    box: Rect
    chosen: bool

    @property
    def colour(self) -> QColor:
        return QColor(DARK.sure if self.region.band == "sure" else DARK.unsure)


def region_at(view: View, regions: Sequence[Region], x: float, y: float) -> int | None:
    """The region under a screen point; the smallest where several lie over each other."""
    hits = [
        ((box[2] - box[0]) * (box[3] - box[1]), index)
        for index, region in enumerate(regions)
        if region.box_px is not None
        and (box := shown_box(view, region.box_px))
        and box[0] <= x <= box[2]
        and box[1] <= y <= box[3]
    ]
    return min(hits)[1] if hits else None


def shown_box(view: View, box: BoxPx) -> Rect:
    """A box on the screen, never smaller than can be seen."""
    x0, y0, x1, y1 = view.box_to_screen(box)
    wide, tall = max(SMALLEST_BOX - (x1 - x0), 0.0) / 2, max(SMALLEST_BOX - (y1 - y0), 0.0) / 2
    return x0 - wide, y0 - tall, x1 + wide, y1 + tall


def draw_regions(painter: QPainter, view: View, regions: Sequence[Region], chosen: int | None, font: QFont) -> None:
    """Draws all regions that are on the screen, the chosen one last and on top.

    Args:
        painter: in logical pixels of the widget.
        view: where the picture lies.
        regions: highest score first.
        chosen: index of the chosen one.
        font: of the labels.
    """
    bounds = (0.0, 0.0, float(view.screen_px[0]), float(view.screen_px[1]))
    marks = [mark for mark in _marks(view, regions, chosen) if _meets(mark.box, bounds)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for chosen_ones in (False, True):
        _draw_boxes(painter, [mark for mark in marks if mark.chosen is chosen_ones])
    _draw_plates(painter, marks[:LABELLED_AT_ONCE], bounds, font)
    painter.restore()


def _marks(view: View, regions: Sequence[Region], chosen: int | None) -> list[_Mark]:
    """The chosen region first: it is drawn last and labelled first."""
    marks = [
        _Mark(region, shown_box(view, region.box_px), index == chosen)
        for index, region in enumerate(regions)
        if region.box_px is not None
    ]
    return sorted(marks, key=lambda mark: not mark.chosen)


def _meets(box: Rect, bounds: Rect) -> bool:
    return box[0] < bounds[2] and bounds[0] < box[2] and box[1] < bounds[3] and bounds[1] < box[3]


def _draw_boxes(painter: QPainter, marks: Sequence[_Mark]) -> None:
    """Draws all halos, then all lines: a thousand boxes in three calls."""
    if not marks:
        return
    width = 3.0 if marks[0].chosen else 2.0
    frames = [_frame(mark.box, width) for mark in marks]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(DARK.halo), width + 2.0, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRects(frames)
    for band in ("unsure", "sure"):
        those = [(mark, frame) for mark, frame in zip(marks, frames, strict=True) if mark.region.band == band]
        if not those:
            continue
        pen = QPen(those[0][0].colour, width, j=Qt.PenJoinStyle.MiterJoin)
        if band == "unsure":
            pen.setDashPattern([8.0 / width, 5.0 / width])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawRects([frame for _, frame in those])
    for mark, frame in zip(marks, frames, strict=True):
        if mark.chosen:
            _draw_handles(painter, frame, mark.colour)


def _frame(box: Rect, width: float) -> QRectF:
    """Where a line of that width runs around a box, not over it."""
    x0, y0, x1, y1 = box
    return QRectF(x0 - width / 2, y0 - width / 2, x1 - x0 + width, y1 - y0 + width)


def _draw_handles(painter: QPainter, frame: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(QColor(DARK.halo), 1.0))
    painter.setBrush(colour)
    for x in (frame.left(), frame.center().x(), frame.right()):
        for y in (frame.top(), frame.center().y(), frame.bottom()):
            if QPointF(x, y) != frame.center():
                painter.drawRect(QRectF(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE))


def _draw_plates(painter: QPainter, marks: Sequence[_Mark], bounds: Rect, font: QFont) -> None:
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    texts = [f"{mark.region.label} {mark.region.score:.2f}" for mark in marks]
    sizes = [(metrics.horizontalAdvance(text) + 16.0, metrics.height() + 4.0) for text in texts]
    boxes = [_spread(mark.box) for mark in marks]
    for mark, text, plate in zip(marks, texts, place_plates(boxes, sizes, bounds), strict=True):
        if plate is not None:
            _draw_leader(painter, mark, plate)
            _draw_plate(painter, mark, text, plate)


def _spread(box: Rect) -> Rect:
    """The box with its lines and handles, which plates keep off."""
    return box[0] - 4.0, box[1] - 4.0, box[2] + 4.0, box[3] + 4.0


def _draw_leader(painter: QPainter, mark: _Mark, plate: Rect) -> None:
    x = min(max((plate[0] + plate[2]) / 2, mark.box[0]), mark.box[2])
    y = min(max((plate[1] + plate[3]) / 2, mark.box[1]), mark.box[3])
    to = QPointF(min(max(x, plate[0]), plate[2]), min(max(y, plate[1]), plate[3]))
    line = QLineF(QPointF(x, y), to)
    if line.length() > 6.0:
        painter.setPen(QPen(QColor(DARK.halo), 3.0))
        painter.drawLine(line)
        painter.setPen(QPen(mark.colour, 1.0))
        painter.drawLine(line)


def _draw_plate(painter: QPainter, mark: _Mark, text: str, plate: Rect) -> None:
    frame = QRectF(plate[0], plate[1], plate[2] - plate[0], plate[3] - plate[1])
    ground = QColor(DARK.halo)
    ground.setAlpha(255 if mark.chosen else 225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(frame, 3.0, 3.0)
    painter.setBrush(mark.colour)
    painter.drawRoundedRect(QRectF(frame.left(), frame.top(), 4.0, frame.height()), 2.0, 2.0)
    painter.setPen(QColor(DARK.text))
    painter.drawText(frame.adjusted(9.0, 0.0, -2.0, 0.0), Qt.AlignmentFlag.AlignVCenter, text)
