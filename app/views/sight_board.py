"""How many sights are seen, and where: one, three planes, or two side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.paint.palette import DARK
from app.state.arrangement import Arrangement
from app.text import tr
from app.views.picture_view import PictureView
from app.views.sight_pane import SightPane

BESIDE_FROM = 1.25
"""From so many times wider than high on, the smaller planes stand beside the large one, otherwise below it."""


class SightBoard(QWidget):
    """Three panes, of which the first is always seen.

    The second and third are as good as absent while they are not: they show no picture and so hold none.
    """

    activated = Signal()
    """Another view has the focus: the commands are for it now."""

    arranged = Signal(object)
    """The `Arrangement` that is seen from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes = (SightPane(), SightPane(), SightPane())
        for pane, name in zip(self.panes, (tr("Picture"), tr("Second picture"), tr("Third picture")), strict=True):
            pane.view.setAccessibleName(name)
            pane.view.installEventFilter(self)
        self._active = self.panes[0].view
        self._arrangement = Arrangement.ONE
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)
        self._lie = ""
        self._arrange()

    @property
    def views(self) -> tuple[PictureView, PictureView, PictureView]:
        """The pictures, the first one being the main one."""
        first, second, third = self.panes
        return first.view, second.view, third.view

    @property
    def seen(self) -> tuple[PictureView, ...]:
        """Those that are on the screen."""
        return self.views[: self._arrangement.seen]

    @property
    def active(self) -> PictureView:
        """The one that commands are for: it had the focus last."""
        return self._active if self._active in self.seen else self.views[0]

    @property
    def arrangement(self) -> Arrangement:
        """How they lie."""
        return self._arrangement

    def arrange(self, arrangement: Arrangement) -> None:
        """Shows so many sights."""
        changed, self._arrangement = arrangement is not self._arrangement, arrangement
        self._arrange()
        if changed:
            self.arranged.emit(arrangement)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, PictureView):
            self._active = watched
            self.activated.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """Between pictures it is as dark as behind them, in both themes."""
        QPainter(self).fillRect(event.rect(), QColor(DARK.line))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= self.height() * BESIDE_FROM
        lie = f"{self._arrangement} {beside}"
        if lie == self._lie:
            return
        self._lie = lie
        first, second, third = self.panes
        for pane in self.panes:
            self._grid.removeWidget(pane)
        for line in range(2):
            self._grid.setColumnStretch(line, 0)
            self._grid.setRowStretch(line, 0)
        match self._arrangement:
            case Arrangement.ONE:
                self._grid.addWidget(first, 0, 0)
            case Arrangement.TWO:
                self._grid.addWidget(first, 0, 0)
                self._grid.addWidget(second, 0, 1)
                self._stretch((1, 1), (1, 0))
            case Arrangement.THREE if beside:
                self._grid.addWidget(first, 0, 0, 2, 1)
                self._grid.addWidget(second, 0, 1)
                self._grid.addWidget(third, 1, 1)
                self._stretch((3, 2), (1, 1))
            case Arrangement.THREE:
                self._grid.addWidget(first, 0, 0, 1, 2)
                self._grid.addWidget(second, 1, 0)
                self._grid.addWidget(third, 1, 1)
                self._stretch((1, 1), (3, 2))
        for number, pane in enumerate(self.panes):
            pane.setVisible(number < self._arrangement.seen)

    def _stretch(self, columns: tuple[int, int], rows: tuple[int, int]) -> None:
        for line in range(2):
            self._grid.setColumnStretch(line, columns[line])
            self._grid.setRowStretch(line, rows[line])
