"""The left side of the window: the studies with their answers, the tally, and the progress of what is waiting."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.jobs.answering import Progress
from app.state.time_left import TimeLeft
from app.tables.studies import StudiesModel
from app.text import studies_counted, time_left, tr
from app.views.study_row import StudyRowDelegate
from app.views.styled import frame, label


class StudyList(QWidget):
    """Shows the studies; says which one was chosen and that a person wants to cancel."""

    chosen = Signal(int)
    cancelled = Signal()

    def __init__(self, model: StudiesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("studiesPane")
        self._title = label(tr("Studies"), "title")
        self._tally = label(look="quiet", wraps=True)
        self.list = QListView()
        self.list.setModel(model)
        self.list.setItemDelegate(StudyRowDelegate(self.list))
        self.list.setAccessibleName(tr("Studies"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._progress_words = label(look="quiet", wraps=True)
        self._pace = TimeLeft()
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        self._strip = self._build_strip()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_header())
        layout.addWidget(self.list, 1)
        layout.addWidget(self._strip)

    def choose(self, index: int | None) -> None:
        """Marks the study that is looked at."""
        at = self.list.model().index(-1 if index is None else index, 0)
        if at != self.list.currentIndex():
            self.list.setCurrentIndex(at)
        self.list.scrollTo(at)

    def show_tally(self, tally: Counter[str]) -> None:
        """Shows how many studies say what."""
        total = sum(tally.values())
        self._title.setText(studies_counted(total) if total else tr("Studies"))
        self._tally.setText(", ".join(f"{count:,} {tr(word)}" for word, count in tally.most_common()))
        self._tally.setVisible(bool(total))

    def show_progress(self, progress: Progress) -> None:
        """Shows how far the line has come; hidden while nothing is waiting."""
        self._strip.setVisible(progress.busy)
        self._bar.setRange(0, 0 if progress.searching and not progress.total else progress.total)
        self._bar.setValue(progress.done)
        left_s = self._pace.left_s(progress.done, 0 if progress.searching else progress.total)
        self._progress_words.setText("\n".join(filter(None, (_words(progress), time_left(left_s)))))

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())

    def _build_header(self) -> QWidget:
        header = frame("header")
        layout = QVBoxLayout(header)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._tally)
        self._tally.hide()
        return header

    def _build_strip(self) -> QWidget:
        strip = frame("banner")
        row = QHBoxLayout()
        row.addWidget(self._progress_words, 1)
        row.addWidget(self.cancel_button)
        layout = QVBoxLayout(strip)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addLayout(row)
        layout.addWidget(self._bar)
        strip.hide()
        return strip


def _words(progress: Progress) -> str:
    if progress.total:
        answered = tr("%1 of %2 answered").replace("%1", f"{progress.done:,}").replace("%2", f"{progress.total:,}")
        return tr("%1, searching").replace("%1", answered) if progress.searching else answered
    return tr("Searching: %1 files so far").replace("%1", f"{progress.files:,}") if progress.files else tr("Searching")
