"""The worklist: what waits with its deadline, what was answered, the day's tally and the forecast of the queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from app.jobs.listing import SORTED_MOST, Forecast, Read
from app.state.countdown import span
from app.state.words import later
from app.state.worklist import Column, Entry, Filter, Period, Show
from app.tables.worklist import COLUMNS, ENTRY, TITLES, WorklistModel
from app.text import studies_counted, tr
from app.views.page import PageFrame, SearchLine, reading_words
from app.views.styled import ElidedLabel, frame, label
from app.views.worklist_row import WorklistDelegate, row_height
from engine.domain.outcome import Status

TYPED_MS = 250
"""So long after the last letter the search begins."""

SHOWS = {
    Show.ALL: later("All"),
    Show.CONTESTED: later("Second opinion differs"),
    Show.FLAGGED: later("Flagged"),
    Show.CLEAR: later("Nothing flagged"),
    Show.INCOMPLETE: later("Incomplete"),
    Show.OUT_OF_DOMAIN: later("Out of domain"),
    Show.REFUSED: later("Refused"),
    Show.FAILED: later("Failed"),
}
PERIODS = {Period.ALL: later("At any time"), Period.TODAY: later("Today"), Period.WEEK: later("Last 7 days")}

WIDTHS = {
    Column.STUDY: 27,
    Column.PERSON: 19,
    Column.MODALITY: 9,
    Column.ARRIVED: 16,
    Column.DEADLINE: 19,
    Column.STATUS: 19,
    Column.REGIONS: 11,
    Column.DOUBTS: 16,
    Column.REVIEW: 9,
}
"""Of the columns at first, in letters."""

NARROWEST = 0.8
"""Columns give way to this share of their widths; then the table scrolls sideways."""


class WorklistPage(PageFrame):
    """Shows the list; says what is wanted of it.

    Args:
        model: the lines.
        parent: of this widget.
    """

    opened = Signal(object)
    """An `Entry` that is to be looked at."""
    filtered = Signal(object)
    """A `Filter`."""

    def __init__(self, model: WorklistModel, parent: QWidget | None = None) -> None:
        super().__init__(tr("Worklist"), "worklist", parent)
        self.model = model
        self._tally, self._queue = ElidedLabel("quiet"), label(look="quiet")
        self.line = SearchLine(tr("Search in names and folders"))
        self.shows, self.periods = _choice(SHOWS, tr("Which answers")), _choice(PERIODS, tr("Since when"))
        for tool in (self.line, self.shows, self.periods):
            self.tools.addWidget(tool)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._tell_filter)
        self.line.textChanged.connect(lambda: self._typed.start())  # noqa: PLW0108 -- drops what Qt passes
        self.line.returnPressed.connect(self._tell_filter)
        self.shows.currentIndexChanged.connect(self._tell_filter)
        self.periods.currentIndexChanged.connect(self._tell_filter)
        self.table = _Table(model)
        self.table.setObjectName("worklist")
        self.table.activated.connect(self._open)
        self.table.entered_key.connect(self._open)
        self.panes = (self.table, self.line)
        self.body.addWidget(self._summary())
        self.body.addWidget(self.table, 1)
        self.say(reading_words())

    def show_read(self, read: Read, wanted: Filter) -> None:
        """Shows what was read beside the lines: the counts, and what to do where there are none."""
        self._tally.setText(_tally_words(read))
        self._tally.setToolTip(self._tally.text())
        self._queue.setText(_queue_words(read.forecast, read.at))
        count = len(read.listing.waiting) + len(read.listing.answered)
        more = "" if read.listing.complete else "+"
        sorted_ = len(read.listing.answered) == SORTED_MOST and read.listing.complete
        newest = tr("the newest %1 that match").replace("%1", f"{SORTED_MOST:,}")
        self.say(newest if sorted_ else f"{studies_counted(count)}{more}" if count else "")
        if count:
            self.show_content()
        elif wanted == Filter():
            self.show_empty(
                tr("Nothing has arrived yet"),
                tr(
                    "Drop files or folders on the window, or let a folder be watched or a scanner send "
                    "(see Settings). Whatever arrives is listed here with its deadline."
                ),
                tr("Open the sample studies"),
                self.samples_asked.emit,
            )
        else:
            self.show_empty(tr("Nothing matches"), tr("No study fits this search."), tr("Show all"), self.clear_filter)

    samples_asked = Signal()

    def clear_filter(self) -> None:
        """Lists everything again."""
        for choice in (self.shows, self.periods):
            choice.setCurrentIndex(0)
        self.line.clear()
        self._tell_filter()

    @property
    def chosen(self) -> Entry | None:
        """The line under the cursor."""
        found = self.table.currentIndex().data(ENTRY)
        return found if isinstance(found, Entry) else None

    def _tell_filter(self) -> None:
        self._typed.stop()
        self.filtered.emit(
            Filter(Show(self.shows.currentData()), Period(self.periods.currentData()), self.line.text().strip())
        )

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            self.opened.emit(entry)

    def _summary(self) -> QWidget:
        strip = frame("banner")
        row = QHBoxLayout(strip)
        row.setContentsMargins(18, 7, 18, 7)
        row.setSpacing(24)
        row.addWidget(self._tally, 1)
        row.addWidget(self._queue)
        self._tally.setAccessibleName(tr("Today"))
        self._queue.setAccessibleName(tr("Queue"))
        return strip


class _Table(QTableView):
    """The lines; Enter opens one, as a double click does."""

    entered_key = Signal(object)

    def __init__(self, model: WorklistModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(WorklistDelegate(self))
        self.setAccessibleName(tr("Worklist"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(self.font().pointSizeF()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        header.setSortIndicator(COLUMNS.index(Column.ARRIVED), Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self.font().pointSizeF()))
            self._share_width()

    def _share_width(self) -> None:
        """Every column as wide as it likes and the rest for the study; in a narrow window all give way, to a point."""
        letter = self.fontMetrics().averageCharWidth() * 1.12
        wanted = {column: WIDTHS[column] * letter + 14 for column in COLUMNS}
        share = min(1.0, max(self.viewport().width() / sum(wanted.values()), NARROWEST))
        heads = self.horizontalHeader().fontMetrics()
        least = {column: heads.horizontalAdvance(tr(TITLES[column])) + 22 for column in COLUMNS}
        widths = {column: max(int(width * share), least[column]) for column, width in wanted.items()}
        widths[Column.STUDY] += max(0, self.viewport().width() - sum(widths.values()))
        for number, column in enumerate(COLUMNS):
            self.horizontalHeader().resizeSection(number, widths[column])

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Another list may come: the line under the cursor and the place of the view stay."""
        chosen, top = self.currentIndex().data(ENTRY), self.verticalScrollBar().value()
        yield
        if isinstance(chosen, Entry):
            row = self._rows.row_of(chosen)
            if row is not None:
                self.setCurrentIndex(self._rows.index(row, 0))
        self.verticalScrollBar().setValue(top)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_key.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _choice(words: dict[Show, str] | dict[Period, str], name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, text in words.items():
        made.addItem(tr(text), value.value)
    return made


def _tally_words(read: Read) -> str:
    """`Today: 120 answered, 8 flagged, 109 clear, 1 incomplete, 2 refused; yield 98.3 %, 2 rejected`."""
    tally = read.tally
    counts = [
        (tr("%1 flagged"), tally.flagged),
        (tr("%1 clear"), tally.clear),
        (tr("%1 incomplete"), tally.others.get(Status.INCOMPLETE, 0)),
        (tr("%1 out of domain"), tally.others.get(Status.OUT_OF_DOMAIN, 0)),
        (tr("%1 refused"), tally.others.get(Status.REFUSED, 0)),
        (tr("%1 failed"), tally.others.get(Status.FAILED, 0)),
    ]
    words = [tr("Today: %1 answered").replace("%1", f"{tally.answered:,}")]
    words += [text.replace("%1", f"{count:,}") for text, count in counts if count]
    if tally.yield_share is not None:
        words.append(tr("yield %1").replace("%1", f"{tally.yield_share:.1%}"))
        words.append(tr("%1 rejected").replace("%1", f"{tally.verdicts.get('reject', 0):,}"))
    return "   ".join(words)


def _queue_words(forecast: Forecast, now: datetime) -> str:
    """`Queue: 4 waiting, 1 at work, empty in 2:10 min, 1 expected late`."""
    if forecast.empty_at is None:
        return (
            tr("Queue: %1 at work").replace("%1", f"{forecast.at_work:,}") if forecast.at_work else tr("Queue: empty")
        )
    words = [
        tr("Queue: %1 waiting").replace("%1", f"{forecast.waiting:,}"),
        tr("empty in %1").replace("%1", span(max(0.0, (forecast.empty_at - now).total_seconds()))),
    ]
    if forecast.late:
        words.append(tr("%1 expected late").replace("%1", f"{forecast.late:,}"))
    return ", ".join(words)
