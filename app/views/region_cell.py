"""Paints the first cell of a region's row: the sign of what was decided, then the label."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.paint.decisions import draw_decision
from app.tables.regions import DECISION, REGION
from app.views.theme import colours
from engine.domain.region import Region
from engine.domain.review import RegionVerdict

Index = QModelIndex | QPersistentModelIndex

PAD, GAP = 8.0, 3.0
"""Before the sign, and more than a cell's own between sign and label."""

_SELECTED = QStyle.StateFlag.State_Selected


class RegionCellDelegate(QStyledItemDelegate):
    """Leaves room for the sign; everything else is as any cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 -- Qt's name
        wanted = super().sizeHint(option, index)
        return QSize(wanted.width() + int(_side(option) + GAP), wanted.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        region = index.data(REGION)
        side = _side(option)
        moved = QStyleOptionViewItem(option)
        moved.rect = option.rect.adjusted(int(side + GAP), 0, 0, 0)
        # The ground is that of the whole cell, and the words begin behind the sign.
        painter.fillRect(option.rect, colours().accent_ground if option.state & _SELECTED else colours().panel)
        super().paint(painter, moved, index)
        if isinstance(region, Region):
            place = QRectF(option.rect.left() + PAD, option.rect.center().y() - side / 2 + 0.5, side, side)
            decided = index.data(DECISION)  # Qt makes a text of it
            verdict = None if decided is None else RegionVerdict(decided)
            draw_decision(painter, verdict, region.band, place, colours())


def _side(option: QStyleOptionViewItem) -> float:
    return float(option.fontMetrics.height()) * 0.9
