"""A table of lines of text as Qt sees it: what the pages beside the reading page show their figures and entries in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.text import tr

VALUE = int(Qt.ItemDataRole.UserRole)
"""Role of what stands behind a line."""

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Head:
    """One column.

    Args:
        title: English, translated where shown.
        is_number: stands to the right.
        stretches: takes the room that the others leave.
    """

    title: str
    is_number: bool = False
    stretches: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line.

    Args:
        cells: one a column.
        value: what stands behind it.
        tip: shown over the line; empty for the cell's own text.
    """

    cells: tuple[str, ...]
    value: object = None
    tip: str = ""


class LinesModel(QAbstractTableModel):
    """Shows the lines it is given.

    Args:
        heads: the columns, from the left.
        parent: of this object.
    """

    def __init__(self, heads: Sequence[Head], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self._lines: list[TextLine] = []

    def show(self, lines: Sequence[TextLine]) -> None:
        """Shows other lines; where they are the same ones, what is chosen and seen of them stays."""
        if (shown := list(lines)) == self._lines:
            return
        self.beginResetModel()
        self._lines = shown
        self.endResetModel()

    def add(self, lines: Sequence[TextLine]) -> None:
        """Adds lines at the end."""
        if lines:
            self.beginInsertRows(_NOWHERE, len(self._lines), len(self._lines) + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(self.heads)

    def headerData(  # noqa: N802 -- Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return tr(self.heads[section].title) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.cells[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return line.tip or line.cells[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                named = zip(self.heads, line.cells, strict=True)
                return ", ".join(f"{tr(head.title)} {cell}" for head, cell in named if cell)
            case _:
                return line.value if role == VALUE else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.heads[column].is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
