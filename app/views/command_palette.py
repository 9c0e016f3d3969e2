"""What Ctrl+L opens: a line to type into, and the commands that it finds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.state.commands import COMMANDS
from app.state.finding import matching
from app.text import tr
from app.views.actions import Actions
from app.views.styled import label
from app.views.theme import colours

_NAME = int(Qt.ItemDataRole.UserRole)
_KEY = _NAME + 1
_WIDTH_PX, _HEIGHT_PX = 520, 380


class CommandPalette(QDialog):
    """Finds a command and does it.

    Args:
        actions: what can be done; what cannot be done now is shown, and not chosen.
        parent: the window that it lies over.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(tr("Find a command"))
        self._actions = actions
        self._titles = [(command.name, tr(command.title).rstrip(".")) for command in COMMANDS]
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type what you want to do"))
        self.line.setAccessibleName(tr("Find a command"))
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setItemDelegate(_WithKey(self.list))
        self.list.itemActivated.connect(self._do)
        self.list.itemClicked.connect(self._do)
        self._none = label(tr("No command is called like that."), "quiet")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none, 1)
        self._find("")
        self._lie_over(parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if (step := steps.get(Qt.Key(event.key()))) is not None:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        self.list.clear()
        titles = dict(self._titles)
        for name in matching(typed, self._titles):
            action = self._actions[name]
            item = QListWidgetItem(titles[name])
            item.setData(_KEY, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, int(self.fontMetrics().height() * 1.9)))
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setVisible(self.list.count() > 0)
        self._none.setVisible(self.list.count() == 0)
        self.list.setCurrentRow(0)

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        action = self._actions[str(item.data(_NAME))]
        self.accept()
        action.trigger()

    def _lie_over(self, parent: QWidget) -> None:
        scale = self.fontMetrics().height() / 17
        width, height = (
            min(int(_WIDTH_PX * scale), parent.width() - 40),
            min(int(_HEIGHT_PX * scale), parent.height() - 80),
        )
        at = parent.mapToGlobal(parent.rect().topLeft())
        self.setGeometry(at.x() + (parent.width() - width) // 2, at.y() + 60, width, height)


class _WithKey(QStyledItemDelegate):
    """A title on the left, its key on the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(QColor(colours().quiet))
        painter.drawText(
            option.rect.adjusted(0, 0, -12, 0),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(index.data(_KEY) or ""),
        )
        painter.restore()
