"""One watched number: its name, its newest weekly mean, the means by week, and whether a change was noticed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.paint.weeks import draw_weeks
from app.state.drift import WeekPlot
from app.text import tr
from app.views.styled import label
from app.views.theme import colours


class WeekPlotCard(QFrame):
    """A card with a plot.

    Args:
        title: what is watched.
        noticed: what the watch says of it, a few words.
        plot: None where there is no number yet.
        parent: of this widget.
    """

    def __init__(self, title: str, noticed: str, plot: WeekPlot | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.noticed = noticed
        head = QHBoxLayout()
        head.addWidget(label(title, "title"), 1)
        head.addWidget(label(plot.newest if plot else "-"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(label(noticed, "quiet", wraps=True))
        column.addWidget(_Canvas(plot), 1)
        newest = tr("newest week %1").replace("%1", plot.newest) if plot else tr("no number yet")
        self.setAccessibleName(f"{title}: {newest}, {noticed}")


class _Canvas(QWidget):
    def __init__(self, plot: WeekPlot | None) -> None:
        super().__init__()
        self._plot = plot
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(220, self.fontMetrics().height() * 5)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(140, self.fontMetrics().height() * 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        if self._plot is not None:
            painter = QPainter(self)
            draw_weeks(painter, self._plot, QRectF(self.rect()).adjusted(0, 2, 0, -2), colours())
            painter.end()
