"""The audit page: pages of the log, a check of the whole record, an export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.jobs.auditing import Asked, Checked, Left, Reached, check_record, export_log, read_log
from app.jobs.run import Job
from app.state.pages import Page
from app.state.session import Trouble
from app.text import tr
from app.views.audit_page import INTACT, AuditPage
from app.wiring.parts import Does, Parts
from engine.domain.operator import Action
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.audit.log import AuditEntry


class AuditWiring(QObject):
    """Joins the page to the log.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._page: AuditPage | None = None
        self._asked = Asked()
        self._job: Job[Any] | None = None
        parts.window.pages.offer(Page.AUDIT, self._make)
        parts.pages.changed.listen(lambda page: self.read() if page is Page.AUDIT else None)

        parts.who.changed.listen(lambda _: self._permit())

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self) -> None:
        """Reads the newest entries that are asked for."""
        asked = self._asked
        self._permit()
        self._parts.lookups.ask(
            lambda store: read_log(store, asked, None),
            on_done=lambda entries: self._show(asked, entries, more=False),
            on_failed=self._failed,
            parent=self,
        )

    def _make(self) -> AuditPage:
        page = self._page = AuditPage()
        page.asked.connect(self._search)
        page.more_asked.connect(self._read_more)
        page.verify_asked.connect(self._verify)
        page.export_asked.connect(self._export)
        page.cancel_asked.connect(lambda: self._job.cancel() if self._job else None)
        return page

    def _permit(self) -> None:
        """What the person may not do is not offered."""
        if self._page is not None:
            self._page.permit_export(self._parts.who.may(Action.EXPORT_IDENTIFIED))

    def _search(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            self.read()

    def _read_more(self) -> None:
        asked, before = self._asked, self._page.last_seq if self._page else None
        self._parts.lookups.ask(
            lambda store: read_log(store, asked, before),
            on_done=lambda entries: self._show(asked, entries, more=True),
            on_failed=self._failed,
            parent=self,
        )

    def _show(self, asked: Asked, entries: tuple[AuditEntry, ...], *, more: bool) -> None:
        if self._page is not None and asked == self._asked:
            self._page.show_trouble(None)
            self._page.show_entries(entries, more=more)

    def _verify(self) -> None:
        self._work(tr("Checking the record..."))
        self._job = self._parts.lookups.ask_at_length(
            check_record,
            on_done=self._checked,
            on_failed=self._failed,
            parent=self,
            on_progress=lambda reached: self._tell(tr("Checking the record: %1 entries hold so far"), reached),
        )

    def _export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._page, tr("Folder that the export is put into"))
        if not folder:
            return
        at = self._parts.clock.now()
        out = Path(folder) / f"fovea-audit-{at:%Y%m%d-%H%M%S}"
        try:
            session = self._parts.who.require()
        except FoveaError as error:
            self._failed(error)
            return
        self._work(tr("Exporting the log..."))
        self._job = self._parts.lookups.ask_at_length(
            lambda store, task: export_log(store, session, out, task),
            on_done=self._exported,
            on_failed=self._failed,
            parent=self,
            on_progress=lambda reached: self._tell(tr("Exporting the log: %1 entries so far"), reached),
        )

    def _work(self, words: str) -> None:
        if self._page is not None:
            self._page.show_trouble(None)
            self._page.show_work(words)

    def _tell(self, words: str, reached: object) -> None:
        if self._page is not None and isinstance(reached, Reached):
            self._page.show_work(words.replace("%1", f"{reached.entries:,}"), reached.entries, reached.of)

    def _checked(self, checked: Checked) -> None:
        if self._page is not None:
            self._page.show_checked(checked)

    def _exported(self, left: Left) -> None:
        if self._page is not None:
            self._page.show_work("")
            words = tr("%1 entries were exported to %2").replace("%1", f"{left.entries:,}")
            self._page.show_words(words.replace("%2", str(left.folder)), INTACT)
        self.read()

    def _failed(self, error: FoveaError) -> None:
        if self._page is not None:
            self._page.show_work("")
            self._page.show_trouble(None if error.code == "BU-CANCELLED" else Trouble.of(error))
