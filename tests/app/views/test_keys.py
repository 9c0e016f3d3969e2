"""The page that F1 shows, and the menus."""

from PySide6.QtWidgets import QLabel, QWidget

from app.state.commands import COMMANDS, MOUSE
from app.views.actions import Actions
from app.views.keys import KeysDialog


def test_every_key_and_every_mouse_habit_is_explained(qtbot, dressed):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = KeysDialog(Actions(window), window)
    said = {label.text() for label in dialog.findChildren(QLabel)}
    assert {command.title.rstrip(".") for command in COMMANDS if command.keys} <= said
    assert {does for _, does in MOUSE} <= said


def test_every_command_stands_in_a_menu_and_does_something(bench):
    listed = [action.objectName() for menu in bench.window.menus.actions() for action in menu.menu().actions()]
    assert sorted(listed) == sorted(command.name for command in COMMANDS)
    for command in COMMANDS:
        assert bench.window.actions_[command.name].receivers("2triggered(bool)") > 0, command.name
