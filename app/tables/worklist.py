"""The worklist as Qt sees it: pages are fetched as the view comes near the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.sentences.doubts import doubts_in_words
from app.state.countdown import HASTE_WORDS, Countdown, Haste, countdown, span
from app.state.words import later
from app.state.worklist import Changed, Column, Entry, Order, Seen, Worklist
from app.text import tr

if TYPE_CHECKING:
    from engine.store.worklist_line import Line

ENTRY = int(Qt.ItemDataRole.UserRole)
"""Role of the `Entry` itself."""
SEEN = ENTRY + 1
"""Role of what is known of the study beyond its record."""
DUE = ENTRY + 2
"""Role of the `Countdown`."""

COLUMNS = tuple(Column)
TITLES = {
    Column.STUDY: later("Study"),
    Column.PERSON: later("Patient or part"),
    Column.MODALITY: later("Modality"),
    Column.ARRIVED: later("Arrived"),
    Column.DEADLINE: later("Deadline"),
    Column.STATUS: later("Status"),
    Column.REGIONS: later("Regions"),
    Column.DOUBTS: later("Doubts"),
    Column.REVIEW: later("Review"),
}
REVIEWS = {"signed": later("signed"), "draft": later("draft"), "": later("open")}

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_NOTHING = Seen()


class WorklistModel(QAbstractTableModel):
    """Follows the state; holds nothing of its own but what was seen of the studies on screen.

    Args:
        worklist: the state.
        now: the time of day, UTC.
        parent: of this object.
    """

    more_wanted = Signal()
    """The view came to the end of what was read."""
    order_wanted = Signal(object)
    """An `Order`."""
    seen_wanted = Signal(object)
    """An `Entry` is on screen of which nothing is known beyond its record."""

    def __init__(self, worklist: Worklist, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = worklist
        self._now = now
        self._count = len(worklist)
        self._asked = False
        self.seen: dict[str, Seen] = {}
        worklist.changed.listen(self._changed)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 -- Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[COLUMNS[section]])
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 -- Qt's name
        return not parent.isValid() and not self._asked and self._list.listing.after is not None

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self._asked = True
        self.more_wanted.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Asks for another order; the records are read for it."""
        wanted = Order(COLUMNS[column], order is Qt.SortOrder.DescendingOrder)
        if wanted != self._list.order:
            self._list.order = wanted
            self.order_wanted.emit(wanted)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= self._count:
            return None
        entry = self._list[index.row()]
        column = COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(entry, column)
            case Qt.ItemDataRole.ToolTipRole:
                return entry.source if column is Column.STUDY else self._words(entry, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (self._words(entry, each) for each in COLUMNS)))
            case _:
                return self._own_role(entry, role)

    def tell_seen(self, entry: Entry, seen: Seen) -> None:
        """Shows what was found in the file of a study."""
        self.seen[entry.key] = seen
        row = self._list.row_of(entry.key)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 1))

    def row_of(self, entry: Entry) -> int | None:
        """Where a line is now."""
        return self._list.row_of(entry.key)

    def tick(self) -> None:
        """Time went by: the countdowns of what waits say something else."""
        waiting = len(self._list.listing.waiting)
        column = COLUMNS.index(Column.DEADLINE)
        if waiting:
            self.dataChanged.emit(self.index(0, column), self.index(waiting - 1, column))

    def _own_role(self, entry: Entry, role: int) -> object:
        if role == ENTRY:
            return entry
        if role == DUE:
            return self._countdown(entry)
        if role == SEEN:
            if entry.key not in self.seen:
                self.seen[entry.key] = _NOTHING
                self.seen_wanted.emit(entry)
            return self.seen[entry.key]
        return None

    def _countdown(self, entry: Entry) -> Countdown:
        answered_at = entry.line.recorded_at if entry.line else None
        return countdown(entry.arrived_at, entry.deadline, self._now(), answered_at)

    def _words(self, entry: Entry, column: Column) -> str:
        found = self._words_of_arrival(entry, column)
        return _words_of_answer(entry.line, column) if found is None else found

    def _words_of_arrival(self, entry: Entry, column: Column) -> str | None:
        """What is known without an answer."""
        match column:
            case Column.STUDY:
                return entry.name
            case Column.PERSON:
                return self.seen.get(entry.key, _NOTHING).person or entry.place
            case Column.ARRIVED:
                return moment_words(entry.arrived_at, self._now())
            case Column.DEADLINE:
                return due_words(self._countdown(entry))
            case Column.STATUS:
                return tr(entry.sign.word)
            case _:
                return None

    def _changed(self, changed: Changed) -> None:
        self._asked = False
        if changed.inserted is None:
            self.beginResetModel()
            self._count = len(self._list)
            self.endResetModel()
        elif changed.inserted:
            self.beginInsertRows(_NOWHERE, changed.first, changed.first + changed.inserted - 1)
            self._count = len(self._list)
            self.endInsertRows()


def _words_of_answer(line: Line | None, column: Column) -> str:
    if line is None:
        return ""
    match column:
        case Column.MODALITY:
            return line.modality or ""
        case Column.REGIONS:
            return f"{line.region_count:,}  ({line.best_score:.2f})" if line.best_score is not None else "0"
        case Column.DOUBTS:
            return doubts_in_words(line.doubts)
        case _:
            return tr(REVIEWS[line.reviewed])


def due_words(due: Countdown) -> str:
    """A countdown as it is read."""
    words = tr(HASTE_WORDS[due.haste]).replace("%1", span(due.seconds))
    return "" if due.haste is Haste.NONE else words


def moment_words(moment: datetime, now: datetime) -> str:
    """A moment in the time zone of the person: of today the time alone."""
    local, today = moment.astimezone(), now.astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
