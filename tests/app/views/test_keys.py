"""The page that F1 shows, and the menus."""

from functools import partial

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

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


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800), (1024, 640)])
def test_page_of_keys_lies_within_the_window_with_its_button(qtbot, dressed, size):
    window = QWidget()
    window.resize(*size)
    qtbot.addWidget(window)
    dialog = KeysDialog(Actions(window), window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    assert dialog.rect().contains(buttons.geometry())
    dialog.close()


def _note(asked, action, _checked=False):
    asked.append(action.objectName())


def test_each_shortcut_asks_for_its_command_and_for_no_other(quiet_bench):
    window, asked = quiet_bench.window, []
    actions = [window.actions_[command.name] for command in COMMANDS]
    for action in actions:
        action.triggered.disconnect()  # what each does is tried elsewhere; some would end the program
        action.setEnabled(True)
        action.triggered.connect(partial(_note, asked, action))
    window.studies.list.setFocus()
    for command in COMMANDS:
        for key in command.keys:
            asked.clear()
            QTest.keySequence(window.studies.list, QKeySequence(key))
            assert asked == [command.name], key
