"""The models page: the shelf is read each time it is looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.jobs.installed import read_installed, verified
from app.jobs.run import Lane, run
from app.state.pages import Page
from app.state.session import Trouble
from app.views.models_page import ModelsPage
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError


class ModelsWiring(QObject):
    """Joins the page to the shelf.

    Args:
        parts: of the desktop.
        lane: where packages are read.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._home = parts.room.home
        self._lane = lane
        self._page: ModelsPage | None = None
        parts.window.pages.offer(Page.MODELS, self._make)
        parts.pages.changed.listen(lambda page: self.read() if page is Page.MODELS else None)

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self) -> None:
        """Reads the shelf."""
        page = self._page
        if page is not None:
            run(
                lambda task: read_installed(self._home),  # noqa: ARG005 -- a single step
                on_done=page.show_installed,
                on_failed=self._failed,
                parent=self,
                lane=self._lane,
            )

    def _make(self) -> ModelsPage:
        page = self._page = ModelsPage()
        page.verify_asked.connect(self._verify)
        return page

    def _verify(self, path: Path) -> None:
        page = self._page
        if page is None:
            return
        page.show_trouble(None)
        page.show_verifying()
        run(
            lambda task: verified(self._home, path),  # noqa: ARG005 -- a single step
            on_done=page.show_verified,
            on_failed=self._failed,
            parent=self,
            lane=self._lane,
        )

    def _failed(self, error: FoveaError) -> None:
        if self._page is not None:
            self._page.verify_button.setEnabled(True)
            self._page.show_trouble(Trouble.of(error))
