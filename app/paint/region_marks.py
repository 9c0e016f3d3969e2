"""How regions are marked in the window: boxes and contours by what the model and a person said, and handles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.paint.contours import on_screen
from app.paint.palette import DARK
from app.paint.plates import Rect
from app.state.contours import SMALLEST_PX, Contour
from app.state.geometry import View
from app.state.preferences import Outlines
from engine.domain.region import BoxPx, Region
from engine.domain.review import RegionVerdict

SMALLEST_BOX = 6.0
"""Screen pixels that a drawn box has at least."""

HANDLE = 7.0


@dataclass(frozen=True, slots=True)
class Outlined:
    """What is drawn around regions.

    Args:
        contours: of each region, as it lies on what is seen; empty where there are none.
        wanted: boxes, contours where there are any, or both.
    """

    contours: Sequence[Contour | None] = ()
    wanted: Outlines = "box"


BOXES = Outlined()


@dataclass(frozen=True, slots=True)
class Mark:
    """A region on the screen.

    Args:
        region: as it lies on what is seen.
        box: on the screen.
        chosen: it is the chosen one, whose box can be taken hold of.
        verdict: what was decided about it.
        contour: where it is drawn.
        boxed: its box is drawn.
    """

    region: Region
    box: Rect
    chosen: bool
    verdict: RegionVerdict | None
    contour: Contour | None
    boxed: bool

    @property
    def look(self) -> str:
        """`sure` or `unsure` as the model is, `rejected` once it is nothing, `added` where a person drew it."""
        if self.verdict in (RegionVerdict.REJECTED, RegionVerdict.ADDED):
            return self.verdict.value
        return self.region.band

    @property
    def colour(self) -> QColor:
        return QColor(_COLOURS[self.look])

    @property
    def text(self) -> str:
        """A place that a person drew has no score."""
        score = self.region.score
        return self.region.label if math.isnan(score) else f"{self.region.label} {score:.2f}"


_COLOURS = {"sure": DARK.sure, "unsure": DARK.unsure, "rejected": DARK.quiet, "added": DARK.accent}

LOOKS = ("rejected", "unsure", "added", "sure")
"""In the order in which they are drawn: the last is on top."""

CONTOUR_WIDTH = 1.5

THIN_FROM = 150
"""So many contours at once are drawn thin and without halos: wide ones would take longer than the picture."""

_DASHES = {"unsure": (8.0, 5.0), "rejected": (2.0, 5.0)}
"""Lengths of line and gap, screen pixels; the other looks have whole lines."""


def shown_box(view: View, box: BoxPx) -> Rect:
    """A box on the screen, never smaller than can be seen."""
    x0, y0, x1, y1 = view.box_to_screen(box)
    wide, tall = max(SMALLEST_BOX - (x1 - x0), 0.0) / 2, max(SMALLEST_BOX - (y1 - y0), 0.0) / 2
    return x0 - wide, y0 - tall, x1 + wide, y1 + tall


def marks_of(
    view: View,
    regions: Sequence[Region],
    chosen: int | None,
    decisions: Sequence[RegionVerdict | None],
    outlined: Outlined,
) -> list[Mark]:
    """The chosen region first, the rejected ones last: the first are labelled first, and the chosen one is on top."""
    decided = decisions or (None,) * len(regions)
    contours = outlined.contours if outlined.wanted != "box" and outlined.contours else (None,) * len(regions)
    marks = []
    for index, (region, verdict, contour) in enumerate(zip(regions, decided, contours, strict=True)):
        if region.box_px is not None:
            box, is_chosen = shown_box(view, region.box_px), index == chosen
            drawn = contour if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST_PX else None
            boxed = is_chosen or drawn is None or outlined.wanted == "both"
            marks.append(Mark(region, box, is_chosen, verdict, drawn, boxed))
    return sorted(marks, key=lambda mark: (not mark.chosen, mark.verdict is RegionVerdict.REJECTED))


def draw_marks(painter: QPainter, view: View, marks: Sequence[Mark]) -> None:
    """Draws contours and boxes, those of the chosen region last and on top."""
    for chosen_ones in (False, True):
        those = [mark for mark in marks if mark.chosen is chosen_ones]
        _draw_contours(painter, view, [mark for mark in those if mark.contour is not None])
        _draw_boxes(painter, [mark for mark in those if mark.boxed])


def _draw_contours(painter: QPainter, view: View, marks: Sequence[Mark]) -> None:
    """Draws all halos, then all lines, as for boxes; of very many thin lines alone."""
    many = len(marks) >= THIN_FROM
    width = 1.0 if many else CONTOUR_WIDTH
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [(mark.look, on_screen(view, [mark.contour])) for mark in marks if mark.contour is not None]
    if not many:
        painter.setPen(QPen(QColor(DARK.halo), width + 2.0, j=Qt.PenJoinStyle.RoundJoin))
        for _, those in lines:
            for line in those:
                painter.drawPolygon(line)
    for look in LOOKS:
        painter.setPen(_pen(look, width))
        for each, those in lines:
            if each == look:
                for line in those:
                    painter.drawPolygon(line)


def _pen(look: str, width: float) -> QPen:
    pen = QPen(QColor(_COLOURS[look]), width, j=Qt.PenJoinStyle.MiterJoin)
    if look in _DASHES:
        pen.setDashPattern([length / width for length in _DASHES[look]])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _draw_boxes(painter: QPainter, marks: Sequence[Mark]) -> None:
    """Draws all halos, then all lines: a thousand boxes in three calls."""
    if not marks:
        return
    width = 3.0 if marks[0].chosen else 2.0
    frames = [_frame(mark.box, width) for mark in marks]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(DARK.halo), width + 2.0, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRects(frames)
    for look in LOOKS:
        those = [frame for mark, frame in zip(marks, frames, strict=True) if mark.look == look]
        if those:
            painter.setPen(_pen(look, width))
            painter.drawRects(those)
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
