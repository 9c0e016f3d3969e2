"""The pages of the window, and which one is looked at."""

from __future__ import annotations

from enum import StrEnum

from app.state.announce import Announcer


class Page(StrEnum):
    """One page; the value names its command and its icon."""

    WORKLIST = "worklist"
    READING = "reading"
    MONITOR = "monitor"
    MODELS = "models"
    AUDIT = "audit"
    SETTINGS = "settings"


class Pages:
    """Which page is looked at; a change is announced after it is made.

    Args:
        shown: the first one.
    """

    def __init__(self, shown: Page) -> None:
        self._shown = shown
        self.changed: Announcer[Page] = Announcer()

    @property
    def shown(self) -> Page:
        """The page that is looked at."""
        return self._shown

    def show(self, page: Page) -> None:
        """Looks at another page."""
        if page is not self._shown:
            self._shown = page
            self.changed.announce(page)
