"""The frame of the window: menus and pages at the top, one page in the middle, what answers at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenuBar, QWidget

from app.paint.icons import drawn
from app.state.pages import Page
from app.text import tr
from app.views.styled import ElidedLabel, frame
from app.views.theme import colours

if TYPE_CHECKING:
    from app.tables.studies import StudiesModel
    from app.views.actions import Actions
    from app.views.alarm_button import AlarmButton
    from app.views.page_stack import PageStack
    from app.views.page_switch import PageSwitch
    from app.views.picture_pane import PicturePane
    from app.views.reading_page import ReadingPage
    from app.views.region_list import RegionList
    from app.views.study_list import StudyList


class MainWindow(QMainWindow):
    """Lays out the parts; knows nothing of studies beyond what it is told to show.

    It appears bare, with nothing imported that takes long, and is furnished once the rest is there.
    """

    appeared = Signal()
    """Once, after it was painted for the first time, bare: what takes long to import may be imported now."""
    first_painted = Signal()
    """Once, after it was painted for the first time with everything in it."""
    paths_dropped = Signal(list)
    closed = Signal()
    alarms_asked = Signal()
    """The person wants to see what stands."""

    actions_: Actions
    reading: ReadingPage
    studies: StudyList
    picture: PicturePane
    regions: RegionList
    pages: PageStack
    switch: PageSwitch
    alarm_button: AlarmButton
    menus: QMenuBar

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Fovea")
        self.may_close: Callable[[], bool] = lambda: True
        self._has_appeared = self._is_furnished = self._painted = False
        emblem = QLabel()
        emblem.setPixmap(drawn("fovea", colours().line, 96))
        emblem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setCentralWidget(emblem)
        self.resize(1280, 800)
        self.setMinimumSize(820, 520)

    def furnish(self, studies: StudiesModel) -> None:
        """Puts everything in.

        Args:
            studies: what is listed beside the picture.
        """
        from app.views.actions import Actions  # noqa: PLC0415 -- start-up time: the bare window is shown first
        from app.views.alarm_button import AlarmButton  # noqa: PLC0415 -- as above
        from app.views.page_stack import PageStack  # noqa: PLC0415 -- as above
        from app.views.page_switch import PageSwitch  # noqa: PLC0415 -- as above
        from app.views.reading_page import ReadingPage  # noqa: PLC0415 -- as above

        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        self.reading = ReadingPage(self.actions_, studies)
        self.studies, self.picture, self.regions = self.reading.studies, self.reading.picture, self.reading.regions
        self.pages = PageStack()
        self.pages.offer(Page.READING, lambda: self.reading)
        self.setCentralWidget(self.pages)
        self.menus = self._build_menus()
        self.switch = PageSwitch(self.actions_, self.menus)
        self.setMenuWidget(self.switch)
        self._group_pages()
        self._pointer, self._window_words = ElidedLabel(least=12), ElidedLabel(least=28)
        self._runtime, self._models = ElidedLabel(least=12), ElidedLabel(least=40)
        self.alarm_button = AlarmButton()
        self.alarm_button.clicked.connect(self.alarms_asked)
        self._build_status_bar()
        self._drop_frame = frame("dropping")
        self._drop_frame.setParent(self)
        self._drop_frame.hide()
        self.show_page(Page.READING)
        self.picture.welcome.files_button.setFocus()
        self._is_furnished = True

    def show_page(self, page: Page) -> None:
        """Looks at another page; what is said of the picture is said beside the picture alone."""
        self.pages.show_page(page)
        self.switch.show_page(page)
        for of_picture in (self._pointer, self._window_words):
            of_picture.setVisible(page is Page.READING)

    def show_pointer(self, words: str) -> None:
        """What lies under the pointer."""
        _say(self._pointer, words)

    def show_window_words(self, words: str) -> None:
        """Zoom, window and level."""
        _say(self._window_words, words)

    def show_runtime(self, words: str, models: str = "") -> None:
        """What answers, always in sight.

        Args:
            words: on what it runs, or why nothing does.
            models: which models; where the bar is too narrow for all of it, they give way last.
        """
        _say(self._runtime, words)
        _say(self._models, models)

    def go_to_next_pane(self) -> None:
        """Moves the focus to the next part of the page that is in use."""
        page = self.pages.currentWidget()
        panes: tuple[QWidget, ...] = getattr(page, "panes", ())
        shown = [pane for pane in panes if pane.isVisible()]
        at = next((index for index, pane in enumerate(shown) if pane.hasFocus()), -1)
        if shown:
            shown[(at + 1) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def placed(self) -> str:
        """Where the window is, to be kept: in hexadecimal digits."""
        return bytes(self.saveGeometry().toHex().data()).decode("ascii")

    def place(self, frame_: str) -> None:
        """Puts the window where it was; Qt brings it back onto a screen that is there."""
        if frame_:
            self.restoreGeometry(QByteArray.fromHex(frame_.encode("ascii")))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        super().paintEvent(event)
        if not self._has_appeared:
            self._has_appeared = True
            self.appeared.emit()
        if self._is_furnished and not self._painted:
            self._painted = True
            self.first_painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        if not self.may_close():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 -- Qt's name
        if _local_paths(event):
            event.acceptProposedAction()
            self._drop_frame.setGeometry(self.pages.geometry().adjusted(8, 8, -8, -8))
            self._drop_frame.raise_()
            self._drop_frame.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self._drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 -- Qt's name
        self._drop_frame.hide()
        if paths := _local_paths(event):
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def _build_menus(self) -> QMenuBar:
        from app.state.commands import MENUS  # noqa: PLC0415 -- as in `furnish`

        bar = QMenuBar()
        for name, title in MENUS.items():
            menu = bar.addMenu(tr(title))
            menu.addActions(self.actions_.of_menu(name))
        return bar

    def _group_pages(self) -> None:
        """Of the pages one is looked at."""
        self._page_group = QActionGroup(self)
        for page in Page:
            self._page_group.addAction(self.actions_[page.value])

    def _build_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.alarm_button)
        bar.addWidget(self._pointer, 1)
        bar.addPermanentWidget(self._window_words)
        bar.addPermanentWidget(self._runtime)
        bar.addPermanentWidget(self._models)
        for shown, name in (
            (self._pointer, tr("Under the pointer")),
            (self._window_words, tr("Zoom, window and level")),
            (self._runtime, tr("Run time")),
            (self._models, tr("Model")),
        ):
            shown.setAccessibleName(name)


def _say(shown: ElidedLabel, words: str) -> None:
    """Shows words, all of them in the tip, and to who listens."""
    shown.setText(words)
    shown.setToolTip(words)
    shown.setAccessibleDescription(words)


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
