"""The commands as Qt actions: one each, shared by the menus, the tool bar and the keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.paint.icons import icon
from app.paint.palette import DARK
from app.state.commands import COMMANDS, Command, Menu
from app.text import tr


class Actions:
    """All actions by the names of their commands.

    Args:
        window: where `window` keys work.
    """

    def __init__(self, window: QWidget) -> None:
        self._actions = {command.name: _action(command, window) for command in COMMANDS}
        window.addActions([self._actions[command.name] for command in COMMANDS if command.scope == "window"])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def of_menu(self, menu: Menu) -> list[QAction]:
        """The actions of one menu, in order."""
        return [self._actions[command.name] for command in COMMANDS if command.menu == menu]

    def listen_in(self, widgets: Iterable[QWidget]) -> None:
        """Makes the keys of scope `picture` work while one of these has the focus."""
        keyed = [self._actions[command.name] for command in COMMANDS if command.scope == "picture"]
        for widget in widgets:
            widget.addActions(keyed)


def _action(command: Command, window: QWidget) -> QAction:
    action = QAction(tr(command.title), window)
    action.setObjectName(command.name)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut if command.scope == "window" else Qt.ShortcutContext.WidgetShortcut
    )
    action.setCheckable(command.checkable)
    if command.icon:
        action.setIcon(icon(command.icon, DARK.text))
    key = f" ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if command.keys else ""
    action.setToolTip(f"{tr(command.title).rstrip('.')}{key}")
    return action
