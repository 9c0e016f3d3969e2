"""Alarms in the bar at the bottom, on every page: looked for every few seconds, and leading to the monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.jobs.drift import read_alarms
from app.sentences.told import line_of, said
from app.state.pages import Page
from app.state.session import Trouble
from app.views.monitor_page import MonitorPage
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.operators.session import Session
    from engine.queue.alarms import Alarm

AGAIN_MS = 5000

OF_SOURCES = "source-changed"


class AlarmsWiring(QObject):
    """Joins the bar to the records.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._alarms: tuple[Alarm, ...] = ()
        self._reading = False
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.read)
        parts.window.closed.connect(self._again.stop)
        parts.window.alarms_asked.connect(self._go_there)
        parts.who.changed.listen(self._person_changed)
        parts.pages.changed.listen(lambda page: self.read() if page in (Page.WORKLIST, Page.MONITOR) else None)

    def does(self) -> Does:
        """No command of its own."""
        return {}

    def read(self) -> None:
        """Looks anew, unless it is being looked, or nobody is there to see it."""
        if not self._reading and self._parts.who.session is not None:
            self._reading = True
            self._parts.lookups.ask(read_alarms, on_done=self._show, on_failed=self._failed, parent=self)

    def _person_changed(self, person: Session | None) -> None:
        if person is None:
            self._again.stop()
            self._parts.window.alarm_button.show_alarms(())
        else:
            self._again.start()
            self.read()

    def _show(self, alarms: tuple[Alarm, ...]) -> None:
        self._reading = False
        self._alarms = alarms
        self._parts.window.alarm_button.show_alarms([f"{one.name}: {said(one.name, one.reason)}" for one in alarms])

    def _failed(self, error: FoveaError) -> None:
        """A store that cannot be read is an alarm too."""
        self._reading = False
        self._parts.window.alarm_button.show_alarms([line_of(Trouble.of(error))])

    def _go_there(self) -> None:
        pages = self._parts.window.pages
        self._parts.pages.show(Page.MONITOR)
        page = pages.made(Page.MONITOR)
        if isinstance(page, MonitorPage) and any(one.name == OF_SOURCES for one in self._alarms):
            page.look_at_sources()
