"""The worklist page: read when it is looked at, read again when anybody wrote, and a study of it opened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.jobs.listing import PAGE, Read, read_list, read_page, recalled
from app.jobs.seen import SeenStudies
from app.state.pages import Page
from app.state.session import Trouble
from app.state.worklist import Entry, Filter, Order, Worklist
from app.tables.worklist import WorklistModel
from app.views.worklist_page import WorklistPage
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

if TYPE_CHECKING:
    from app.jobs.run import Lane
    from engine.domain.outcome import Outcome
    from engine.intake.find import Found
    from engine.store.worklist_line import After

WATCHED_MS = 2000
"""How often it is asked whether anybody wrote, while the page is looked at; the countdowns go on each second."""


OPENED_AFTER = 20
"""So many studies after the one that is opened are listed beside the picture."""


class WorklistWiring(QObject):
    """Joins the page to the records.

    Args:
        parts: of the desktop.
        lane: where the files on screen are looked into.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._clock = parts.clock
        self._list = Worklist()
        self._model = WorklistModel(self._list, parts.clock.now, self)
        self._page: WorklistPage | None = None
        self._reading = self._again = False
        self._opened = ""
        self._seen = SeenStudies(parts.room, parts.lookups, lane, self)
        self._seen.found.connect(self._model.tell_seen)
        self._model.seen_wanted.connect(self._seen.want)
        self._model.more_wanted.connect(self._read_more)
        self._model.order_wanted.connect(lambda: self.read())  # noqa: PLW0108 -- drops what Qt passes
        self._second, self._watch = QTimer(self), QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._model.tick)
        self._watch.setInterval(WATCHED_MS)
        self._watch.timeout.connect(lambda: parts.lookups.ask_if_changed(on_changed=self.read, parent=self))
        for timer in (self._second, self._watch):
            parts.window.closed.connect(timer.stop)
        parts.window.pages.offer(Page.WORKLIST, self._make)
        parts.pages.changed.listen(self._turned_to)

    def does(self) -> Does:
        """This page has no commands but its own keys."""
        return {}

    def read(self) -> None:
        """Reads the list anew; while it is being read, once more afterwards."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        wanted, order = self._list.filter, self._list.order
        persons = {key: seen.person for key, seen in self._model.seen.items() if seen.person}
        length = max(PAGE, len(self._list.listing.answered) if self._list.listing.answered else 0)
        midnight = self._midnight()
        self._parts.lookups.ask(
            lambda store: read_list(store, wanted, order, midnight, persons, length),
            on_done=lambda read: self._show(read, wanted, order),
            on_failed=self._failed,
            parent=self,
        )

    def _make(self) -> WorklistPage:
        page = self._page = WorklistPage(self._model)
        page.filtered.connect(self._filter)
        page.opened.connect(self._open)
        page.samples_asked.connect(self._parts.window.actions_["open_samples"].trigger)
        return page

    def _turned_to(self, page: Page) -> None:
        for timer in (self._second, self._watch):
            timer.start() if page is Page.WORKLIST else timer.stop()
        if page is Page.WORKLIST:
            self.read()

    def _filter(self, wanted: Filter) -> None:
        if wanted != self._list.filter:
            self._list.filter = wanted
            self.read()

    def _show(self, read: Read, wanted: Filter, order: Order) -> None:
        self._reading = False
        if self._page is None or (wanted, order) != (self._list.filter, self._list.order):
            self._again = False
            self.read()
            return
        self._page.show_trouble(None)
        with self._page.table.staying():
            self._list.show(read.listing)
        self._page.show_read(read, wanted)
        if self._again:
            self._again = False
            self.read()

    def _read_more(self) -> None:
        wanted, order, after = self._list.filter, self._list.order, self._list.listing.after
        if after is None:
            return
        midnight = self._midnight()

        def add(page: tuple[tuple[Entry, ...], After | None]) -> None:
            if (wanted, order, after) == (self._list.filter, self._list.order, self._list.listing.after):
                self._list.add(*page)

        self._parts.lookups.ask(
            lambda store: read_page(store, wanted, midnight, after), on_done=add, on_failed=self._failed, parent=self
        )

    def _open(self, entry: Entry) -> None:
        """Opens a study with its answer, and those after it, so that the next one is there; what waits has none."""
        if entry.line is None:
            return
        row = self._list.row_of(entry.key) or 0
        after = [self._list[each] for each in range(row + 1, min(row + 1 + OPENED_AFTER, len(self._list)))]
        self._opened = entry.key
        self._parts.lookups.ask(
            lambda store: recalled(store, entry.arrival_id),
            on_done=lambda recall: self._recall(recall, [each for each in after if each.line is not None]),
            on_failed=self._failed,
            parent=self,
        )

    def _recall(self, recall: tuple[Found, Outcome] | None, after: list[Entry]) -> None:
        if recall is None:
            return
        self._parts.pages.show(Page.READING)
        self._parts.answering.recall(*recall)
        self._list_after(self._opened, after)

    def _list_after(self, opened: str, after: list[Entry]) -> None:
        """One after the other, until the person opens another study; what cannot be read any more is left out."""
        if not after or opened != self._opened:
            return

        def go_on(_: object = None) -> None:
            self._list_after(opened, after[1:])

        def add(recall: tuple[Found, Outcome] | None) -> None:
            if recall is not None and opened == self._opened:
                self._parts.answering.recall(*recall, look=False)
            go_on()

        arrival_id = after[0].arrival_id
        self._parts.lookups.ask(lambda store: recalled(store, arrival_id), on_done=add, on_failed=go_on, parent=self)

    def _failed(self, error: FoveaError) -> None:
        self._reading = self._again = False
        if self._page is not None:
            self._page.show_trouble(Trouble.of(error))

    def _midnight(self) -> datetime:
        """When the day began where the person is, UTC."""
        local = self._clock.now().astimezone()
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
