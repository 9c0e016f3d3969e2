"""Full screen, and the picture in a window of its own, on a second monitor where there is one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.state.commands import COMMANDS
from app.views.picture_window import PictureWindow
from app.wiring.parts import Does, Parts
from engine.operators.session import Session


class ScreensWiring(QObject):
    """Where the window and the picture are.

    Args:
        parts: of the desktop.
        parent: of this object.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._window, self._actions = parts.window, parts.window.actions_
        self._apart: PictureWindow | None = None
        self._window.closed.connect(self._close)
        self._window.first_painted.connect(self._open_as_before)
        parts.who.changed.listen(self._person_changed)

    def does(self) -> Does:
        """What the commands on screens do."""
        return {"full_screen": self._toggle_full_screen, "picture_window": self._toggle_apart}

    def _toggle_full_screen(self) -> None:
        """Of the window that is in use."""
        window = self._apart if self._apart is not None and self._apart.isActiveWindow() else self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()
        self._actions["full_screen"].setChecked(window.isFullScreen())

    def _toggle_apart(self) -> None:
        if self._apart is None:
            self._take_out()
        else:
            self._apart.close()
        self._parts.preferred.set(picture_apart=self._apart is not None)

    def _take_out(self) -> None:
        self._apart = PictureWindow(self._window.reading.give_picture(), self._window)
        self._apart.place(self._parts.preferred.now.picture_frame)
        self._apart.addActions([self._actions[command.name] for command in COMMANDS if command.scope == "window"])
        self._apart.closed.connect(self._take_back)
        self._apart.show()
        self._apart.activateWindow()  # the keys go where the picture went
        self._actions["picture_window"].setChecked(True)

    def _take_back(self) -> None:
        """Into the main window again."""
        apart, self._apart = self._apart, None
        if apart is not None:
            self._parts.preferred.set(picture_frame=apart.placed(), picture_apart=False)
            self._window.reading.take_picture()
            self._actions["picture_window"].setChecked(False)
            apart.deleteLater()

    def _open_as_before(self) -> None:
        """A picture that was on a second monitor opens there again, if there still is one and somebody works here."""
        wanted = self._parts.preferred.now.picture_apart and self._parts.who.session is not None
        if self._apart is None and wanted and len(QApplication.screens()) > 1:
            self._take_out()

    def _person_changed(self, session: Session | None) -> None:
        """While nobody is logged in no picture is seen on the second monitor either."""
        if self._apart is not None:
            self._apart.setVisible(session is not None)
        else:
            self._open_as_before()

    def _close(self) -> None:
        """With the main window; where the picture was is kept."""
        if self._apart is not None:
            apart = self._apart
            apart.closed.disconnect(self._take_back)
            self._parts.preferred.set(picture_frame=apart.placed(), picture_apart=True)
            self._window.reading.take_picture()
            self._apart = None
            apart.close()
            apart.deleteLater()
