"""The commands as Qt actions: one each, shared by the menus, the tool bar and the keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.paint.icons import icon
from app.state.commands import COMMANDS, Command, Menu
from app.state.preferences import Keys
from app.text import tr
from app.views.theme import colours


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

    def set_keys(self, changed: Keys) -> None:
        """Gives every action its keys: those that a person chose, or its own."""
        for command in COMMANDS:
            _give_keys(self._actions[command.name], command, changed.get(command.name, command.keys))

    def wear_icons(self) -> None:
        """Draws the icons anew, in the colours that are worn now."""
        for command in COMMANDS:
            if command.icon:
                self._actions[command.name].setIcon(icon(command.icon, colours().text, colours().line))

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
    action.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut if command.scope == "window" else Qt.ShortcutContext.WidgetShortcut
    )
    action.setCheckable(command.checkable)
    if command.icon:
        action.setIcon(icon(command.icon, colours().text, colours().line))
    _give_keys(action, command, command.keys)
    return action


def _give_keys(action: QAction, command: Command, keys: tuple[str, ...]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])
    key = f" ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
    action.setToolTip(f"{tr(command.title).rstrip('.')}{key}")
