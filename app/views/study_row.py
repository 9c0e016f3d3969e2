"""Paints one row of the list of studies: thumbnail, name, status as shape and word, regions and best score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.paint.palette import DARK
from app.paint.signs import draw_sign
from app.state.session import StudyRow
from app.tables.studies import ROW, summary
from app.text import tr
from app.views.theme import colours

PAD = 8.0
THUMBNAIL = (80.0, 52.0)
"""(width, height) of the thumbnail's place, logical pixels."""

Index = QModelIndex | QPersistentModelIndex


class StudyRowDelegate(QStyledItemDelegate):
    """Draws rows; heights follow the font."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802 -- Qt's signature
        lines = QFontMetricsF(option.font).height() * 3 + 6.0
        return QSize(180, int(max(THUMBNAIL[1], lines) + 2 * PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, StudyRow):
            return
        frame = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, frame, option.state)
        inner = frame.adjusted(PAD, PAD, -PAD, -PAD)
        _draw_thumbnail(painter, QRectF(inner.left(), inner.center().y() - THUMBNAIL[1] / 2, *THUMBNAIL), row)
        _draw_words(painter, inner.adjusted(THUMBNAIL[0] + PAD + 2, 0, 0, 0), row, option.font)
        painter.restore()


def _draw_ground(painter: QPainter, frame: QRectF, state: QStyle.StateFlag) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    pointed = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen or pointed:
        painter.setBrush(QColor(colours().accent_ground if chosen else colours().raised))
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 7, 7)
    if chosen:
        painter.setBrush(QColor(colours().accent))
        painter.drawRoundedRect(QRectF(frame.left() + 1, frame.top() + 12, 3, frame.height() - 24), 1.5, 1.5)


def _draw_thumbnail(painter: QPainter, place: QRectF, row: StudyRow) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(DARK.ground))
    painter.drawRoundedRect(place, 4, 4)
    if row.thumbnail is None:
        draw_sign(painter, row.sign, QRectF(place.center().x() - 9, place.center().y() - 9, 18, 18))
        return
    height, width = row.thumbnail.shape[:2]
    image = QImage(row.thumbnail.data, width, height, width * 3, QImage.Format.Format_RGB888)
    scale = min(place.width() / width, place.height() / height)
    shown = QRectF(0, 0, width * scale, height * scale)
    shown.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(shown, image)
    painter.setPen(QPen(QColor(colours().line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 4, 4)


def _draw_words(painter: QPainter, place: QRectF, row: StudyRow, font: QFont) -> None:
    metrics = QFontMetricsF(font)
    line = metrics.height() + 2
    top = place.center().y() - line * 1.5
    painter.setFont(font)
    painter.setPen(QColor(colours().text))
    name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, place.width())
    painter.drawText(QRectF(place.left(), top, place.width(), line), Qt.AlignmentFlag.AlignVCenter, name)
    side = metrics.height() * 0.62
    draw_sign(painter, row.sign, QRectF(place.left() + 1, top + line + (line - side) / 2, side, side), colours())
    painter.setPen(QColor(colours().colour(row.sign.colour)))
    room = QRectF(place.left() + side + 8, top + line, place.width() - side - 8, line)
    word = metrics.elidedText(tr(row.sign.word), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
    painter.setPen(QColor(colours().quiet))
    below = QRectF(place.left(), top + 2 * line, place.width(), line)
    painter.drawText(
        below,
        Qt.AlignmentFlag.AlignVCenter,
        metrics.elidedText(summary(row), Qt.TextElideMode.ElideRight, place.width()),
    )
