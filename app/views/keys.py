"""The page that F1 shows: all keys, and what the mouse does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.state.commands import COMMANDS, MOUSE
from app.text import tr
from app.views.actions import Actions
from app.views.styled import label


class KeysDialog(QDialog):
    """Two columns: keys, as they are now, and mouse.

    Args:
        actions: of the window.
        parent: what it lies over.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys and mouse"))
        keyed = [
            (_shown(actions[command.name].shortcuts()), tr(command.title).rstrip("."))
            for command in COMMANDS
            if actions[command.name].shortcuts()
        ]
        columns = QHBoxLayout()
        columns.setSpacing(36)
        columns.addWidget(_table(tr("Keys"), keyed))
        columns.addWidget(_table(tr("Mouse"), [(tr(what), tr(does)) for what, does in MOUSE]), 1)
        content = QWidget()
        content.setLayout(columns)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        buttons = QDialogButtonBox()
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        wanted = content.sizeHint()
        self.resize(wanted.width() + 70, wanted.height() + 110)


def _shown(keys: list[QKeySequence]) -> str:
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _table(title: str, lines: list[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(title, "title"), 0, 0, 1, 2)
    for line, (key, does) in enumerate(lines, start=1):
        grid.addWidget(label(key, "key"), line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        explained = label(does, wraps=True)
        explained.setMinimumWidth(190)
        grid.addWidget(explained, line, 1)
    grid.setRowStretch(len(lines) + 1, 1)
    return table
