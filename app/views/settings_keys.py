"""The section of keys: every command with its key, which may be another; no key does two things."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QKeySequenceEdit, QPushButton, QWidget

from app.state.commands import COMMANDS
from app.state.keymap import doubled, keys_now, with_key
from app.state.preferences import Preferences, Preferred
from app.text import tr
from app.views.settings_form import Section
from app.views.styled import label, selectable


class KeysSection(Section):
    """A line a command.

    Args:
        preferred: holds the changed keys.
        parent: of this widget.
    """

    def __init__(self, preferred: Preferred, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Keys"),
            tr("Click into a field and press the new key. It holds at once, unless another command has it."),
            parent=parent,
        )
        self._preferred = preferred
        self.edits: dict[str, QKeySequenceEdit] = {}
        self._wrong_key = selectable()
        self._wrong_key.setObjectName("wrong")
        self._wrong_key.hide()
        self.reset_button = QPushButton(tr("Give all commands their own keys again"))
        self.reset_button.clicked.connect(lambda: preferred.set(keys={}))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, command in enumerate(COMMANDS):
            title = label(tr(command.title).rstrip("."))
            edit = self.edits[command.name] = QKeySequenceEdit()
            edit.setMaximumSequenceLength(1)
            edit.setClearButtonEnabled(True)
            edit.setAccessibleName(title.text())
            edit.setMaximumWidth(title.fontMetrics().averageCharWidth() * 30)
            edit.editingFinished.connect(lambda name=command.name: self._take(name))
            grid.addWidget(title, line, 0)
            grid.addWidget(edit, line, 1, Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.addWidget(self.reset_button)
        top.addStretch(1)
        self.body.addWidget(self._wrong_key)
        self.body.addLayout(top)
        self.body.addLayout(grid)
        self.show_preferences(preferred.now)
        preferred.changed.listen(self.show_preferences)

    def show_preferences(self, now: Preferences) -> None:
        """Shows the keys in force."""
        for name, keys in keys_now(now.keys).items():
            self.edits[name].setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())

    def _take(self, name: str) -> None:
        key = self.edits[name].keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        keys = keys_now(self._preferred.now.keys)
        if key == (keys[name][0] if keys[name] else ""):
            return
        wanted = with_key(self._preferred.now.keys, name, key)
        taken = [other for other in doubled(wanted).get(key, ()) if other != name]
        self._wrong_key.setVisible(bool(taken))
        if taken:
            title = next(tr(command.title).rstrip(".") for command in COMMANDS if command.name == taken[0])
            self._wrong_key.setText(tr("%1 is the key of: %2").replace("%1", key).replace("%2", title))
            self.show_preferences(self._preferred.now)
        else:
            self._preferred.set(keys=wanted)
