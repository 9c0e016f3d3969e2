"""What somebody has to look after, in the bar at the bottom of the window; leads to the monitor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from app.paint.signs import draw_sign
from app.state.status import Shape, Sign
from app.text import tr
from app.views.theme import colours

LONGEST_LETTERS = 54
SIDE = 14


class AlarmButton(QToolButton):
    """Hidden while nothing stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm")
        self.setAccessibleName(tr("Alarms"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(SIDE, SIDE))
        self.hide()

    def show_alarms(self, reasons: Sequence[str]) -> None:
        """Says how many alarms stand, and the first; no colour alone.

        Args:
            reasons: a sentence each, the gravest first.
        """
        self.setVisible(bool(reasons))
        if not reasons:
            return
        count = tr("1 alarm") if len(reasons) == 1 else tr("%1 alarms").replace("%1", f"{len(reasons):,}")
        width = self.fontMetrics().averageCharWidth() * LONGEST_LETTERS
        self.setText(self.fontMetrics().elidedText(f"{count}: {reasons[0]}", Qt.TextElideMode.ElideRight, width))
        self.setIcon(_icon())
        self.setToolTip("\n".join(reasons))
        self.setAccessibleName(f"{count}: {' '.join(reasons)}")


def _icon() -> QIcon:
    pixels = QPixmap(2 * SIDE, 2 * SIDE)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    draw_sign(
        painter, Sign("alarm", Shape.TRIANGLE, "refused"), QRectF(pixels.rect()).adjusted(2, 2, -2, -2), colours()
    )
    painter.end()
    return QIcon(pixels)
