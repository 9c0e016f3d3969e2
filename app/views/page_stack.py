"""The pages of the window, each made when it is first looked at: a window must not wait for pages nobody opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.state.pages import Page


class PageStack(QStackedWidget):
    """Shows one page at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers: dict[Page, Callable[[], QWidget]] = {}
        self._made: dict[Page, QWidget] = {}

    def offer(self, page: Page, make: Callable[[], QWidget]) -> None:
        """Says how a page is made."""
        self._makers[page] = make

    def show_page(self, page: Page) -> QWidget:
        """Shows a page, making it at its first time."""
        if page not in self._made:
            made = self._made[page] = self._makers[page]()
            self.addWidget(made)
        self.setCurrentWidget(self._made[page])
        return self._made[page]

    def made(self, page: Page) -> QWidget | None:
        """The page, if it was ever looked at."""
        return self._made.get(page)
