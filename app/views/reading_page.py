"""The page where studies are read: studies on the left, the picture in the middle, its regions on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.tables.studies import StudiesModel
from app.views.actions import Actions
from app.views.picture_pane import PicturePane
from app.views.region_list import RegionList
from app.views.study_list import StudyList

LIST_LETTERS = 26
LIST_PX = (200, 290)
"""The left pane is as narrow as so many letters at least, and within these."""

SIDES_PX = (276, 290)
"""Widths of the left and the right pane at first."""


class ReadingPage(QSplitter):
    """Lays out the three panes and lets their keys work.

    Args:
        actions: of the window.
        studies: what is listed on the left.
    """

    def __init__(self, actions: Actions, studies: StudiesModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.studies = StudyList(studies)
        self.picture = PicturePane(actions)
        self.regions = RegionList(actions)
        self.panes: tuple[QWidget, ...] = (self.studies.list, *self.picture.views, self.regions.table)
        actions.listen_in(self.panes)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for pane in (self.studies, self.picture, self.regions):
            self.addWidget(pane)
        self._fit_text()
        self.setStretchFactor(1, 1)
        self._sizes = [SIDES_PX[0], 714, SIDES_PX[1]]
        self.setSizes(self._sizes)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_text()

    def _fit_text(self) -> None:
        """Larger text needs wider lists, up to a point: the picture needs its place too."""
        wanted_px = LIST_LETTERS * self.fontMetrics().averageCharWidth()
        self.studies.setMinimumWidth(min(max(wanted_px, LIST_PX[0]), LIST_PX[1]))

    def give_picture(self) -> QWidget:
        """Lets the picture go, into a window of its own; the lists stay."""
        self._sizes = self.sizes()
        self.picture.setParent(None)
        return self.picture

    def take_picture(self) -> None:
        """Has the picture between the lists again."""
        self.insertWidget(1, self.picture)
        self.setStretchFactor(1, 1)
        self.setSizes(self._sizes)
        self.picture.show()
