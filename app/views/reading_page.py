"""The page where studies are read: studies on the left, the picture in the middle, its regions on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from app.tables.studies import StudiesModel
from app.views.actions import Actions
from app.views.picture_pane import PicturePane
from app.views.region_list import RegionList
from app.views.study_list import StudyList

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
        self.studies.setMinimumWidth(200)
        self.setStretchFactor(1, 1)
        self._sizes = [SIDES_PX[0], 714, SIDES_PX[1]]
        self.setSizes(self._sizes)

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
