"""The models page: the shelf as it is now, kept up to date while it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.jobs.installed import Installations, Installed, verified
from app.jobs.records import Records
from app.state.pages import Page
from app.state.session import Trouble
from app.views.models_page import ModelsPage
from app.wiring.model_changes import ModelChanges
from app.wiring.model_work import ModelWork
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

WATCHED_MS = 2000
"""How often it is asked whether anybody changed something, while the page is looked at."""

MANIFEST = "manifest.toml"


class ModelsWiring(QObject):
    """Joins the page to the shelf and to the record of its changes.

    Args:
        parts: of the desktop.
        packages: the database, in a lane of its own: an import or a gate takes minutes.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, packages: Records, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._packages = parts, packages
        self._shelf = Installations()
        self._page: ModelsPage | None = None
        self._work: ModelWork | None = None
        self._reading = self._again = False
        self._choose = ""
        self._watch = QTimer(self)
        self._watch.setInterval(WATCHED_MS)
        self._watch.timeout.connect(lambda: parts.lookups.ask_if_changed(on_changed=self.read, parent=self))
        parts.window.closed.connect(self._watch.stop)
        parts.window.paths_dropped.connect(self._dropped)
        parts.window.pages.offer(Page.MODELS, self._make)
        parts.pages.changed.listen(self._turned_to)

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self, choose: str = "") -> None:
        """Reads the shelf, while it is being read once more afterwards; the version of a given hash is looked at."""
        self._choose = choose or self._choose
        if self._reading or self._page is None:
            self._again = self._reading
            return
        self._reading = True
        self._parts.lookups.ask(self._shelf.read, on_done=self._show, on_failed=self._not_read, parent=self)

    def cancel(self) -> None:
        """Ends the import or the gate that goes on, at its next step."""
        if self._work is not None:
            self._work.cancel()

    def _make(self) -> ModelsPage:
        page = self._page = ModelsPage()
        page.verify_asked.connect(self._verify)
        changes = ModelChanges(self._parts, page, self.read, self)
        self._work = ModelWork(self._parts, self._packages, page, changes, self.read)
        return page

    def _turned_to(self, page: Page) -> None:
        if page is Page.MODELS:
            self._watch.start()
            self.read()
        else:
            self._watch.stop()

    def _show(self, installed: Sequence[Installed]) -> None:
        if self._page is not None:
            self._page.show_installed(installed, self._choose)
        if not self._again:  # otherwise what was read may be older than the version that is to be looked at
            self._choose = ""
        self._end_reading()

    def _not_read(self, error: FoveaError) -> None:
        self._failed(error)
        self._end_reading()

    def _end_reading(self) -> None:
        again, self._reading, self._again = self._again, False, False
        if again:
            self.read()

    def _verify(self, path: Path) -> None:
        page = self._page
        if page is None:
            return
        page.show_trouble(None)
        page.show_verifying()
        self._parts.lookups.ask(
            lambda store: verified(store.home, path),
            on_done=page.show_verified,
            on_failed=self._failed,
            parent=self,
        )

    def _dropped(self, paths: Sequence[Path]) -> None:
        """What is dropped on this page is a package."""
        if self._parts.pages.shown is Page.MODELS and self._work is not None:
            first = paths[0]
            self._work.bring_in(first.parent if first.name == MANIFEST else first)

    def _failed(self, error: FoveaError) -> None:
        if self._page is not None:
            self._page.verify_button.setEnabled(True)
            self._page.show_trouble(Trouble.of(error))
