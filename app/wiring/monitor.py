"""The monitor page: read while it is looked at, every few seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.jobs.watching import Watched, read_watched
from app.state.pages import Page
from app.state.session import Trouble
from app.views.monitor_page import MonitorPage
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

AGAIN_MS = 5000


class MonitorWiring(QObject):
    """Joins the page to the records.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._page: MonitorPage | None = None
        self._reading = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.read)
        parts.window.closed.connect(self._again.stop)
        parts.window.pages.offer(Page.MONITOR, self._make)
        parts.pages.changed.listen(self._turned_to)

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self) -> None:
        """Looks anew, unless it is being looked."""
        if not self._reading:
            self._reading = True
            self._parts.lookups.ask(read_watched, on_done=self._show, on_failed=self._failed, parent=self)

    def _make(self) -> MonitorPage:
        self._page = MonitorPage()
        return self._page

    def _turned_to(self, page: Page) -> None:
        if page is Page.MONITOR:
            self._again.start()
            self.read()
        else:
            self._again.stop()

    def _show(self, watched: Watched) -> None:
        self._reading = False
        if self._page is not None:
            self._page.show_trouble(None)
            self._page.show_watched(watched)

    def _failed(self, error: FoveaError) -> None:
        self._reading = False
        if self._page is not None:
            self._page.show_trouble(Trouble.of(error))
