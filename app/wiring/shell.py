"""The frame of the window: pages, appearance, keys, the palette of commands, and what is kept of it at the end."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from app.jobs.preferences_file import keep_preferences
from app.state.pages import Page
from app.state.preferences import Preferences
from app.text import tr
from app.views.command_palette import CommandPalette
from app.views.keys import KeysDialog
from app.views.theme import dress
from app.wiring.parts import Does, Parts
from engine.program import program_version


class ShellWiring(QObject):
    """Joins the frame to what a person wants of it.

    Args:
        parts: of the desktop.
        parent: of this object.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._window = parts.window
        self._worn = (parts.preferred.now.theme, parts.preferred.now.text_percent)
        parts.pages.changed.listen(self._window.show_page)
        parts.preferred.changed.listen(self._preferred)
        self._window.closed.connect(self._keep_frame)
        self._window.actions_.set_keys(parts.preferred.now.keys)
        if not self._window.isVisible():
            self._window.place(parts.preferred.now.frame)

    def does(self) -> Does:
        """What the commands of the frame do."""
        pages: Does = {page.value: lambda page=page: self._parts.pages.show(page) for page in Page}  # type: ignore[misc]  # mypy takes a default for an argument
        return pages | {
            "palette": lambda: CommandPalette(self._window.actions_, self._window).exec(),
            "keys": lambda: KeysDialog(self._window.actions_, self._window).exec(),
            "next_pane": self._window.go_to_next_pane,
            "quit": self._window.close,
            "about": self._show_about,
        }

    def _preferred(self, now: Preferences) -> None:
        """Takes on what was changed, and keeps it at once."""
        worn = (now.theme, now.text_percent)
        application = QApplication.instance()
        if worn != self._worn and isinstance(application, QApplication):
            self._worn = worn
            dress(application, *worn)
            self._window.actions_.wear_icons()
        self._window.actions_.set_keys(now.keys)
        keep_preferences(self._parts.room.home.preferences, now)

    def _keep_frame(self) -> None:
        self._parts.preferred.set(frame=self._window.placed())

    def _show_about(self) -> None:
        QMessageBox.about(
            self._window,
            tr("About Fovea"),
            tr(
                "Fovea %1\n\nShows what a local detector flagged; a person decides.\nNothing leaves this machine."
            ).replace("%1", program_version()),
        )
