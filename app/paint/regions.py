"""Draws regions over a picture in the window: boxes, labels with scores, the chosen one with handles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.paint.decisions import draw_decision
from app.paint.palette import DARK
from app.paint.plates import Rect, place_plates
from app.paint.region_marks import BOXES, Mark, Outlined, draw_marks, marks_of, shown_box
from app.state.geometry import View
from engine.domain.region import Region
from engine.domain.review import RegionVerdict

LABELLED_AT_ONCE = 80
"""Labels drawn at most, the best scores and the chosen region first: more could not be read."""

BADGE = 15.0
"""Side of the sign of a decision at the corner of its box."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """How labels are written, and where not.

    Args:
        font: of the labels.
        taken: where something else is written, which no label covers.
    """

    font: QFont
    taken: Sequence[Rect] = ()


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


def draw_regions(
    painter: QPainter,
    view: View,
    regions: Sequence[Region],
    chosen: int | None,
    lettering: Lettering,
    decisions: Sequence[RegionVerdict | None] = (),
    outlined: Outlined = BOXES,
) -> None:
    """Draws all regions that are on the screen, the chosen one last and on top.

    Args:
        painter: in logical pixels of the widget.
        view: where the picture lies.
        regions: highest score first.
        chosen: index of the chosen one.
        lettering: of the labels.
        decisions: what was decided of each region; empty where nothing was.
        outlined: what is drawn around them.
    """
    bounds = (0.0, 0.0, float(view.screen_px[0]), float(view.screen_px[1]))
    marks = [mark for mark in marks_of(view, regions, chosen, decisions, outlined) if _meets(mark.box, bounds)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_marks(painter, view, marks)
    _draw_badges(painter, marks)
    _draw_plates(painter, marks[:LABELLED_AT_ONCE], bounds, lettering)
    painter.restore()


def _meets(box: Rect, bounds: Rect) -> bool:
    return box[0] < bounds[2] and bounds[0] < box[2] and box[1] < bounds[3] and bounds[1] < box[3]


def _draw_badges(painter: QPainter, marks: Sequence[Mark]) -> None:
    """The signs of decisions, at the top right corners, and beside what was flagged however small it is."""
    ratio = painter.device().devicePixelRatioF()
    for mark in marks:
        if mark.verdict is not None:
            badge = _badge(mark.verdict, ratio)
            painter.drawPixmap(QPointF(mark.box[2] - 1.0, mark.box[1] - BADGE + 1.0), badge)


@lru_cache(maxsize=32)
def _badge(verdict: RegionVerdict, ratio: float) -> QPixmap:
    """Drawn once: a thousand outlines a frame would take longer than the picture."""
    side = math.ceil(BADGE * ratio)
    badge = QPixmap(side, side)
    badge.setDevicePixelRatio(ratio)
    badge.fill(Qt.GlobalColor.transparent)
    painter = QPainter(badge)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.halo))
    painter.drawEllipse(QRectF(0, 0, BADGE, BADGE))
    inset = BADGE * 0.18
    place = QRectF(0, 0, BADGE, BADGE).adjusted(inset, inset, -inset, -inset)
    draw_decision(painter, verdict, "sure", place, DARK)
    painter.end()
    return badge


def _draw_plates(painter: QPainter, marks: Sequence[Mark], bounds: Rect, lettering: Lettering) -> None:
    painter.setFont(lettering.font)
    metrics = QFontMetricsF(lettering.font)
    texts = [mark.text for mark in marks]
    sizes = [(metrics.horizontalAdvance(text) + 16.0, metrics.height() + 4.0) for text in texts]
    boxes = [_spread(mark) for mark in marks]
    for mark, text, plate in zip(marks, texts, place_plates(boxes, sizes, bounds, lettering.taken), strict=True):
        if plate is not None:
            _draw_leader(painter, mark, plate)
            _draw_plate(painter, mark, text, plate)


def _spread(mark: Mark) -> Rect:
    """The box with its lines, handles and sign, which plates keep off."""
    x0, y0, x1, y1 = mark.box
    beside = 4.0 if mark.verdict is None else BADGE
    return x0 - 4.0, y0 - beside, x1 + beside, y1 + 4.0


def _draw_leader(painter: QPainter, mark: Mark, plate: Rect) -> None:
    x = min(max((plate[0] + plate[2]) / 2, mark.box[0]), mark.box[2])
    y = min(max((plate[1] + plate[3]) / 2, mark.box[1]), mark.box[3])
    to = QPointF(min(max(x, plate[0]), plate[2]), min(max(y, plate[1]), plate[3]))
    line = QLineF(QPointF(x, y), to)
    if line.length() > 6.0:
        painter.setPen(QPen(QColor(DARK.halo), 3.0))
        painter.drawLine(line)
        painter.setPen(QPen(mark.colour, 1.0))
        painter.drawLine(line)


def _draw_plate(painter: QPainter, mark: Mark, text: str, plate: Rect) -> None:
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
