"""The page that F1 shows: all keys by their menu, and what the mouse does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
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

from app.state.commands import COMMANDS, MENUS, MOUSE
from app.text import tr
from app.views.actions import Actions
from app.views.styled import label

MOST_COLUMNS = 3
AROUND = QSize(70, 110)
"""What of the dialog is not its content."""

EXPLAINED_LETTERS = 23
"""What a key does is broken into lines no shorter than this."""

Group = tuple[str, Sequence[tuple[str, str]]]
"""A title, and what does what."""


class KeysDialog(QDialog):
    """Groups in columns, never larger than what it lies over: keys as they are now, and the mouse.

    Args:
        actions: of the window.
        parent: what it lies over.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys and mouse"))
        room = parent.size() * 0.94
        groups = _groups(actions)
        content = _columns(groups, MOST_COLUMNS)
        for count in range(MOST_COLUMNS - 1, 0, -1):
            if content.minimumSizeHint().width() + AROUND.width() > room.width():
                content = _columns(groups, count)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        scroll.setAccessibleName(tr("Keys and mouse"))
        buttons = QDialogButtonBox()
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        self.resize((content.sizeHint() + AROUND).boundedTo(room))


def _groups(actions: Actions) -> list[Group]:
    """What has keys, menu by menu, and the mouse."""
    keyed: list[Group] = [
        (
            tr(title),
            [
                (_shown(actions[command.name].shortcuts()), tr(command.title).rstrip("."))
                for command in COMMANDS
                if command.menu == menu and actions[command.name].shortcuts()
            ],
        )
        for menu, title in MENUS.items()
    ]
    mouse = (tr("Mouse"), [(tr(what), tr(does)) for what, does in MOUSE])
    return [group for group in (*keyed, mouse) if group[1]]


def _columns(groups: Sequence[Group], count: int) -> QWidget:
    content = QWidget()
    columns = QHBoxLayout(content)
    columns.setSpacing(36)
    for some in _shared_out(groups, count):
        columns.addWidget(_table(some), 1)
    return content


def _shared_out(groups: Sequence[Group], count: int) -> list[list[Group]]:
    """The groups in columns, in their order, each about as long as the others."""
    share = sum(len(lines) + 1 for _, lines in groups) / count
    columns: list[list[Group]] = [[] for _ in range(count)]
    above = 0.0
    for group in groups:
        columns[min(count - 1, int((above + len(group[1]) / 2) / share))].append(group)
        above += len(group[1]) + 1
    return [column for column in columns if column]


def _shown(keys: list[QKeySequence]) -> str:
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def _table(groups: Sequence[Group]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    for title, lines in groups:
        if grid.rowCount() > 1:
            grid.setRowMinimumHeight(grid.rowCount(), table.fontMetrics().height() // 2)
        grid.addWidget(label(title, "title"), grid.rowCount(), 0, 1, 2)
        for key, does in lines:
            line = grid.rowCount()
            grid.addWidget(label(key, "key"), line, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            explained = label(does, wraps=True)
            explained.setMinimumWidth(explained.fontMetrics().averageCharWidth() * EXPLAINED_LETTERS)
            grid.addWidget(explained, line, 1)
    grid.setRowStretch(grid.rowCount(), 1)
    return table
