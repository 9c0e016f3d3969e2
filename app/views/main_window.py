"""The window: studies on the left, the picture in the middle, its regions on the right, the run time at the bottom."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from app.state.commands import Menu
from app.tables.studies import StudiesModel
from app.text import tr
from app.views.actions import Actions
from app.views.picture_pane import PicturePane
from app.views.region_list import RegionList
from app.views.study_list import StudyList
from app.views.styled import frame, label

MENUS: tuple[Menu, ...] = ("File", "Picture", "Go", "Help")

SIDES_PX = (276, 290)
"""Widths of the left and the right pane at first."""


class MainWindow(QMainWindow):
    """Lays out the parts; knows nothing of studies beyond what it is told to show."""

    first_painted = Signal()
    """Once, after the window was painted for the first time: what takes long to import may be imported now."""
    paths_dropped = Signal(list)
    closed = Signal()

    def __init__(self, studies: StudiesModel) -> None:
        super().__init__()
        self.setWindowTitle("Fovea")
        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        self.studies = StudyList(studies)
        self.picture = PicturePane(self.actions_)
        self.regions = RegionList()
        self._painted = False
        self._panes = (self.studies.list, self.picture.view, self.regions.table)
        self.actions_.listen_in(self._panes)
        self._body = self._build_panes()
        self.setCentralWidget(self._body)
        self._build_menus()
        self._pointer, self._window_words, self._runtime = label(), label(), label()
        self._build_status_bar()
        self._drop_frame = frame("dropping")
        self._drop_frame.setParent(self)
        self._drop_frame.hide()
        self.resize(1280, 800)
        self.setMinimumSize(820, 520)
        self.picture.welcome.files_button.setFocus()

    def show_pointer(self, words: str) -> None:
        """What lies under the pointer."""
        self._pointer.setText(words)

    def show_window_words(self, words: str) -> None:
        """Zoom, window and level."""
        self._window_words.setText(words)

    def show_runtime(self, words: str) -> None:
        """What answers, always in sight."""
        self._runtime.setText(words)
        self._runtime.setToolTip(words)

    def go_to_next_pane(self) -> None:
        """Moves the focus to the next part of the window that is in use."""
        shown = [pane for pane in self._panes if pane.isVisible()]
        at = next((index for index, pane in enumerate(shown) if pane.hasFocus()), -1)
        if shown:
            shown[(at + 1) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 -- Qt's name
        if _local_paths(event):
            event.acceptProposedAction()
            self._drop_frame.setGeometry(self._body.geometry().adjusted(8, 8, -8, -8))
            self._drop_frame.raise_()
            self._drop_frame.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self._drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 -- Qt's name
        self._drop_frame.hide()
        if paths := _local_paths(event):
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def _build_panes(self) -> QWidget:
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(1)
        for pane in (self.studies, self.picture, self.regions):
            panes.addWidget(pane)
        self.studies.setMinimumWidth(200)
        self.regions.setMinimumWidth(210)
        panes.setStretchFactor(1, 1)
        panes.setSizes([SIDES_PX[0], 714, SIDES_PX[1]])
        return panes

    def _build_menus(self) -> None:
        for name in MENUS:
            menu = self.menuBar().addMenu(tr(name))
            menu.addActions(self.actions_.of_menu(name))

    def _build_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._pointer, 1)
        bar.addPermanentWidget(self._window_words)
        bar.addPermanentWidget(self._runtime)
        for shown, name in (
            (self._pointer, tr("Under the pointer")),
            (self._window_words, tr("Zoom, window and level")),
            (self._runtime, tr("Run time")),
        ):
            shown.setAccessibleName(name)


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
