"""Paints the cells of the worklist that are more than words: the study with its thumbnail, the deadline, the status."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.paint.countdown import COLOURS, draw_countdown
from app.paint.palette import DARK
from app.paint.signs import draw_sign
from app.state.countdown import Countdown, Haste
from app.state.worklist import Column, Entry, Seen
from app.tables.worklist import COLUMNS, DUE, ENTRY, SEEN
from app.views.theme import colours

PAD = 8.0
THUMBNAIL = (62.0, 40.0)
"""(width, height) of the thumbnail's place, logical pixels."""

Index = QModelIndex | QPersistentModelIndex


class WorklistDelegate(QStyledItemDelegate):
    """Draws cells; heights follow the font."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 -- Qt's name
        wide = QFontMetricsF(option.font).horizontalAdvance(str(index.data() or "")) + 2 * PAD + 4
        column = COLUMNS[index.column()]
        if column is Column.STUDY:
            wide += THUMBNAIL[0] + PAD
        elif column in (Column.DEADLINE, Column.STATUS):
            wide += QFontMetricsF(option.font).height() + 4
        return QSize(int(wide), row_height(option.font.pointSizeF()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return
        frame = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        self._ground(painter, frame, option)
        inner = frame.adjusted(PAD, 0, -PAD, 0)
        palette = colours()
        colour = palette.text
        column = COLUMNS[index.column()]
        side = QFontMetricsF(option.font).height() * 0.7
        mark = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        if column is Column.STUDY:
            seen = index.data(SEEN)
            inner = _draw_thumbnail(painter, inner, entry, seen if isinstance(seen, Seen) else Seen())
        elif column is Column.STATUS:
            draw_sign(painter, entry.sign, mark, palette)
            colour = palette.colour(entry.sign.colour)
            inner = inner.adjusted(side + 7, 0, 0, 0)
        elif column is Column.DEADLINE:
            due = index.data(DUE)
            if isinstance(due, Countdown) and due.haste is not Haste.NONE:
                draw_countdown(painter, due, mark, palette)
                colour = palette.colour(COLOURS[due.haste])
            inner = inner.adjusted(side + 7, 0, 0, 0)
        elif column in (Column.PERSON, Column.MODALITY, Column.ARRIVED):
            colour = palette.quiet
        painter.setPen(QColor(colour))
        words = QFontMetricsF(option.font).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, frame: QRectF, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(frame, QColor(colours().accent_ground))
        painter.setPen(QColor(colours().raised))
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())


def row_height(point_size: float) -> int:
    """Of a row, in logical pixels."""
    return int(max(THUMBNAIL[1], point_size * 2.2) + 10)


def _draw_thumbnail(painter: QPainter, inner: QRectF, entry: Entry, seen: Seen) -> QRectF:
    """Draws the small picture, or the shape of the status in its place; returns what is left beside it."""
    place = QRectF(inner.left(), inner.center().y() - THUMBNAIL[1] / 2, *THUMBNAIL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.ground))
    painter.drawRoundedRect(place, 4, 4)
    pixmap = _pixmap(entry.key, seen.thumbnail)
    if pixmap is None:
        draw_sign(painter, entry.sign, QRectF(place.center().x() - 8, place.center().y() - 8, 16, 16), DARK)
    else:
        scale = min(place.width() / pixmap.width(), place.height() / pixmap.height())
        shown = QRectF(0, 0, pixmap.width() * scale, pixmap.height() * scale)
        shown.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(shown, pixmap, QRectF(pixmap.rect()))
    return inner.adjusted(THUMBNAIL[0] + PAD + 2, 0, 0, 0)


def _pixmap(key: str, png: bytes | None) -> QPixmap | None:
    """The thumbnail, decoded once as long as Qt's own cache keeps it."""
    if png is None:
        return None
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = QPixmap.fromImage(QImage.fromData(png))
        QPixmapCache.insert(key, found)
    return None if found.isNull() else found
