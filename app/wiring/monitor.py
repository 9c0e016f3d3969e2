"""The monitor page: read while it is looked at, every few seconds; what changed by source when anybody wrote."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.jobs.drift import Drift, begin_source_anew, look_now, read_drift
from app.jobs.records import Records
from app.jobs.watching import Watched, read_watched
from app.state.pages import Page
from app.state.session import Trouble
from app.text import tr
from app.views.monitor_page import MonitorPage
from app.views.reason_dialog import ReasonDialog
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

AGAIN_MS = 5000
DRIFT_MS = 30_000
"""Where studies come all the time, every source is looked at no more often."""


class MonitorWiring(QObject):
    """Joins the page to the records.

    Args:
        parts: of the desktop.
        watching: the database, in a lane of its own: looking at every source takes seconds.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, watching: Records, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._watching = parts, watching
        self._page: MonitorPage | None = None
        self._reading = self._looking = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.read)
        self._drift_again = QTimer(self)
        self._drift_again.setInterval(DRIFT_MS)
        self._drift_again.timeout.connect(lambda: watching.ask_if_changed(on_changed=self.read_drift, parent=self))
        for timer in (self._again, self._drift_again):
            parts.window.closed.connect(timer.stop)
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

    def read_drift(self, *, now: bool = False) -> None:
        """Reads what changed by source; with `now` after watching every source once more."""
        if self._looking:
            return
        self._looking = True
        if self._page is not None:
            self._page.drift.show_looking(looking=True)
        work = look_now if now else read_drift
        self._watching.ask(work, on_done=self._show_drift, on_failed=self._failed, parent=self)

    def _make(self) -> MonitorPage:
        page = self._page = MonitorPage()
        page.drift.look_asked.connect(lambda: self.read_drift(now=True))
        page.drift.begin_asked.connect(self._ask_begin)
        return page

    def _turned_to(self, page: Page) -> None:
        for timer in (self._again, self._drift_again):
            timer.start() if page is Page.MONITOR else timer.stop()
        if page is Page.MONITOR:
            self.read()
            self.read_drift()

    def _show(self, watched: Watched) -> None:
        self._reading = False
        if self._page is not None:
            self._page.show_trouble(None)
            self._page.show_watched(watched)

    def _show_drift(self, drift: Drift) -> None:
        self._end_look()
        if self._page is not None:
            self._page.show_drift(drift)
        self.read()

    def _ask_begin(self, source: str) -> None:
        words = tr("What comes from %1 from now on is held against what comes from now on. Say what was found.")
        dialog = ReasonDialog(
            self._parts.window, tr("Begin the watch anew"), words.replace("%1", source), tr("Begin anew")
        )
        dialog.asked.connect(lambda reason: self._begin(dialog, source, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self, dialog: ReasonDialog, source: str, reason: str) -> None:
        try:
            session = self._parts.who.require()
        except FoveaError as error:
            dialog.refuse(Trouble.of(error))
            return

        def done(_: None) -> None:
            dialog.accept()
            self.read_drift()

        self._parts.records.ask(
            lambda store: begin_source_anew(store, session, source, reason),
            on_done=done,
            on_failed=lambda error: dialog.refuse(Trouble.of(error)),
            parent=self,
        )

    def _end_look(self) -> None:
        self._looking = False
        if self._page is not None:
            self._page.drift.show_looking(looking=False)

    def _failed(self, error: FoveaError) -> None:
        self._reading = False
        self._end_look()
        if self._page is not None:
            self._page.show_trouble(Trouble.of(error))
