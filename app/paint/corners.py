"""What stands over a picture: the letters of its edges, texts in its corners, and a bar that tells its scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.paint.captions import NO_CAPTIONS, Captions, side_named
from app.paint.palette import DARK
from app.paint.plates import Rect
from app.state.scale_bar import ScaleBar
from app.state.turn import Sides

EDGE = 8.0
PAD = 6.0
SMALLEST_FOR_TEXTS = (21, 16)
"""(width, height) in heights of a line: on a smaller picture only the most important stands; the others would cover
it."""

_HALO = ((-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What is written over one picture.

    Args:
        title: which cut is seen, at the top left on a plate.
        colour: of the mark before the title, a palette's name; empty for none.
        letters: of the edges, as the picture lies on the screen; empty strings where nothing is known.
        captions: of patient, exam and technique.
        bar: the scale.
        window: window and level in words, at the bottom right.
    """

    title: str = ""
    colour: str = ""
    letters: Sides = ("", "", "", "")
    captions: Captions = NO_CAPTIONS
    bar: ScaleBar | None = None
    window: str = ""


def draw_overlaid(painter: QPainter, seen: Overlaid, screen_px: tuple[int, int], font: QFont) -> tuple[Rect, ...]:
    """Draws everything that is written over a picture.

    Args:
        painter: in logical pixels of the widget.
        seen: what to write.
        screen_px: (width, height) of the widget.
        font: of the words.

    Returns:
        Where something is written now, so that labels of regions can keep off it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    title = _draw_title(painter, seen, screen_px, metrics)
    taken = [title, *_draw_letters(painter, seen.letters, screen_px, metrics, title)]
    lines = screen_px[0] / metrics.height(), screen_px[1] / metrics.height()
    roomy = lines[0] >= SMALLEST_FOR_TEXTS[0] and lines[1] >= SMALLEST_FOR_TEXTS[1]
    if roomy:
        taken += _draw_corners(painter, seen, screen_px, metrics, title)
    low = screen_px[1] - EDGE - (metrics.height() + 4.0 if roomy and seen.window else 0.0)
    if seen.bar is not None:
        taken.append(_draw_bar(painter, seen.bar, QPointF(screen_px[0] - EDGE, low), metrics))
        low = taken[-1].top() - 3.0
    taken += _draw_warnings(painter, seen.captions, screen_px, metrics, low)
    painter.restore()
    return tuple((one.left(), one.top(), one.right(), one.bottom()) for one in taken if not one.isEmpty())


def _draw_corners(
    painter: QPainter, seen: Overlaid, screen_px: tuple[int, int], metrics: QFontMetricsF, title: QRectF
) -> list[QRectF]:
    width, height = screen_px
    room, line = width * 0.42, metrics.height()
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    captions = seen.captions
    exam = (*captions.exam, side_named(captions.side)) if captions.side else captions.exam
    below = title.bottom() + 4.0
    taken = _draw_lines(painter, captions.patient, QRectF(EDGE, below, room, height / 2), left, metrics)
    beside = title.right() + EDGE <= width - EDGE - min(max(map(metrics.horizontalAdvance, exam), default=0.0), room)
    top = EDGE if beside else below
    taken += _draw_lines(painter, exam, QRectF(width - EDGE - room, top, room, height / 2), right, metrics)
    technique = captions.technique
    low = height - EDGE - line * len(technique)
    taken += _draw_lines(painter, technique, QRectF(EDGE, low, room, height), left, metrics)
    low = height - EDGE - line
    window = (seen.window,) if seen.window else ()
    return taken + _draw_lines(painter, window, QRectF(width - EDGE - room, low, room, height), right, metrics)


def _draw_lines(
    painter: QPainter, lines: Sequence[str], frame: QRectF, side: Qt.AlignmentFlag, metrics: QFontMetricsF
) -> list[QRectF]:
    taken = []
    for number, line in enumerate(lines):
        place = QRectF(frame.left(), frame.top() + number * metrics.height(), frame.width(), metrics.height())
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, frame.width())
        _draw_haloed(painter, shown, place, side | Qt.AlignmentFlag.AlignVCenter, DARK.text)
        taken.append(metrics.boundingRect(place, side | Qt.AlignmentFlag.AlignVCenter, shown))
    return taken


def _draw_haloed(painter: QPainter, words: str, place: QRectF, flags: Qt.AlignmentFlag, colour: str) -> None:
    """Words that can be read on any picture, without a plate that would cover it."""
    painter.setPen(QColor(DARK.halo))
    for dx, dy in _HALO:
        painter.drawText(place.translated(dx, dy), flags, words)
    painter.setPen(QColor(colour))
    painter.drawText(place, flags, words)


def _draw_title(painter: QPainter, seen: Overlaid, screen_px: tuple[int, int], metrics: QFontMetricsF) -> QRectF:
    """The plate at the top left.

    Returns:
        Where it is; empty without a title.
    """
    if not seen.title:
        return QRectF(EDGE, EDGE, 0.0, 0.0)
    mark = 10.0 if seen.colour else 0.0
    title = metrics.elidedText(seen.title, Qt.TextElideMode.ElideRight, screen_px[0] - 2 * (EDGE + PAD) - mark)
    wide, tall = _plate_size(metrics, title)
    frame = QRectF(EDGE, EDGE, wide + mark, tall)
    _draw_plate(painter, frame)
    if seen.colour:
        painter.setBrush(QColor(DARK.colour(seen.colour)))
        painter.drawRoundedRect(QRectF(EDGE + 4.0, EDGE + 4.0, 6.0, tall - 8.0), 2.0, 2.0)
    painter.setPen(QColor(DARK.text))
    place = QRectF(EDGE + PAD + mark, EDGE, wide, tall)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
    return frame


def _draw_letters(
    painter: QPainter, letters: Sides, screen_px: tuple[int, int], metrics: QFontMetricsF, title: QRectF
) -> list[QRectF]:
    """In the middle of each edge; the upper one below a title that reaches so far."""
    width, height = screen_px
    taken = []
    for place, written in enumerate(letters):
        if written:
            wide, tall = _plate_size(metrics, written)
            left = (EDGE, (width - wide) / 2, width - EDGE - wide, (width - wide) / 2)[place]
            top = ((height - tall) / 2, EDGE, (height - tall) / 2, height - EDGE - tall)[place]
            frame = QRectF(left, top, wide, tall)
            if frame.intersects(title):
                frame.moveTop(title.bottom() + 3.0)
            _draw_plate(painter, frame)
            painter.setPen(QColor(DARK.text))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, written)
            taken.append(frame)
    return taken


def _draw_bar(painter: QPainter, bar: ScaleBar, corner: QPointF, metrics: QFontMetricsF) -> QRectF:
    """To the left of a corner, with its words above."""
    left, right, low = corner.x() - bar.length_px, corner.x(), corner.y() - 2.0
    shape = QPolygonF([QPointF(left, low - 5), QPointF(left, low), QPointF(right, low), QPointF(right, low - 5)])
    for colour, width in ((DARK.halo, 4.0), (DARK.text, 1.6)):
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(shape)
    wide = metrics.horizontalAdvance(bar.words)
    start = min((left + right - wide) / 2, right - wide)
    place = QRectF(start, low - metrics.height() - 6, wide + 2, metrics.height())
    _draw_haloed(painter, bar.words, place, Qt.AlignmentFlag.AlignCenter, DARK.text)
    return place.united(shape.boundingRect())


def _draw_warnings(
    painter: QPainter, captions: Captions, screen_px: tuple[int, int], metrics: QFontMetricsF, low: float
) -> list[QRectF]:
    """At the bottom right, each with a triangle: no meaning by colour alone."""
    width, taken = screen_px[0], []
    for words in reversed(captions.warnings):
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - 2 * EDGE - 3 * PAD - metrics.height())
        wide, tall = _plate_size(metrics, shown)
        frame = QRectF(width - EDGE - wide - tall, low - tall, wide + tall, tall)
        _draw_plate(painter, frame)
        corner, side = QPointF(frame.left() + PAD, frame.top() + tall * 0.25), tall * 0.5
        painter.setBrush(QColor(DARK.incomplete))
        painter.drawPolygon(
            QPolygonF([corner + QPointF(side / 2, 0), corner + QPointF(side, side), corner + QPointF(0, side)])
        )
        painter.setPen(QColor(DARK.text))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(frame.adjusted(0, 0, -PAD, 0), flags, shown)
        taken.append(frame)
        low -= tall + 3.0
    return taken


def _plate_size(metrics: QFontMetricsF, words: str) -> tuple[float, float]:
    return metrics.horizontalAdvance(words) + 2 * PAD, metrics.height() + PAD


def _draw_plate(painter: QPainter, place: QRectF) -> None:
    ground = QColor(DARK.halo)
    ground.setAlpha(190)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, 3.0, 3.0)
