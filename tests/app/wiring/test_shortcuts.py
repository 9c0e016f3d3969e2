"""Every shortcut, pressed where the picture has the focus."""

from PySide6.QtWidgets import QApplication

from app.state.commands import COMMANDS


def test_each_shortcut_reaches_its_command_and_no_other(reader, part):
    reader.show(part=part)
    reader.qtbot.waitUntil(lambda: reader.view.view is not None)
    done, wanted = [], []
    for command in COMMANDS:
        action = reader.window.actions_[command.name]
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, name=command.name: done.append(name))
        action.setEnabled(True)
    reader.qtbot.waitUntil(reader.window.isActiveWindow)
    reader.view.setFocus()
    for command in COMMANDS:
        for keys in reader.window.actions_[command.name].shortcuts():
            wanted.append(command.name)
            reader.qtbot.keyClick(reader.view, keys[0].key(), keys[0].keyboardModifiers())
            QApplication.processEvents()
            assert done == wanted, keys.toString()
    assert set(done) == {command.name for command in COMMANDS if command.keys}
