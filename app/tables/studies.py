"""The list of studies as Qt sees it: rows of the session, shown by `views.study_row`."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.sentences.told import said, told
from app.state.session import RowChanged, RowsAdded, Session, StudyRow
from app.text import regions_counted, tr

ROW = int(Qt.ItemDataRole.UserRole)
"""Role of the `StudyRow` itself."""

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class StudiesModel(QAbstractListModel):
    """Follows the session; holds nothing of its own."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known = len(session)
        session.rows_added.listen(self._added)
        session.row_changed.listen(self._changed)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else self._known

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= self._known:
            return None
        row = self._session[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                return _details(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.name}, {tr(row.sign.word)}, {summary(row)}".rstrip(", ")
            case _:
                return row if role == ROW else None

    def _added(self, added: RowsAdded) -> None:
        self.beginInsertRows(_NOWHERE, added.first, added.last)
        self._known = added.last + 1
        self.endInsertRows()

    def _changed(self, changed: RowChanged) -> None:
        index = self.index(changed.index)
        self.dataChanged.emit(index, index)


def summary(row: StudyRow) -> str:
    """What stands under the name: how many regions and the best score, or the code of what went wrong."""
    if row.regions:
        return f"{regions_counted(len(row.regions))}, {tr('top')} {row.regions[0].score:.2f}"
    if row.trouble is not None:
        return row.trouble.code
    if row.outcome is None:
        return ""
    return row.outcome.code or regions_counted(0)


def _details(row: StudyRow) -> str:
    lines = [row.source, tr(row.sign.word)]
    if row.outcome is not None and row.outcome.reason:
        lines.append(f"{row.outcome.code}: {said(row.outcome.code, row.outcome.reason)}")
    elif row.trouble is not None:
        lines.append(f"{row.trouble.code}: {told(row.trouble).sentence}")
    return "<br>".join(escape(line) for line in lines)
