"""The right side of the window: the regions of the study that is looked at, what was decided, and how its answer came
to be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.state.opinion import contested
from app.state.session import StudyRow
from app.tables.regions import Column, RegionsModel
from app.text import capital, regions_counted, tr
from app.views.actions import Actions
from app.views.answer_facts import AnswerFacts
from app.views.heat_bar import HeatBar
from app.views.judge_bar import JudgeBar
from app.views.region_cell import RegionCellDelegate
from app.views.region_facts import RegionFacts
from app.views.second_answer import SecondAnswer
from app.views.styled import frame, label
from engine.domain.region import Region

NARROWEST_PX = 210

FACTS_FROM_LINES = 40
"""In a pane that is lower than so many lines of text the facts of the answer give way to the list."""


class RegionList(QWidget):
    """Shows the regions, the decisions and the facts of an answer; says which region was chosen.

    Args:
        actions: of the window.
    """

    chosen = Signal(int)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("regionsPane")
        self.hides: Callable[[Region], bool] = lambda region: False  # noqa: ARG005 -- all are shown until told otherwise
        self._model = RegionsModel(self)
        self._regions: tuple[Region, ...] = ()
        self._marking = False
        self._title = label(tr("Regions"), "title")
        self._words = label(look="quiet", wraps=True)
        self.table = _table(self._model)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.clicked.connect(lambda index: self.chosen.emit(self._model.place_of(index.row())))
        self._region_facts = RegionFacts()
        self._facts = AnswerFacts()
        self.second = SecondAnswer()
        self.heat = HeatBar()
        self.judge = JudgeBar(actions)
        header = frame("header")
        header.setMinimumWidth(NARROWEST_PX)  # of the pane: what stands below asks for as much as its words need
        head = QVBoxLayout(header)
        head.setContentsMargins(14, 10, 14, 10)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        layout.addWidget(self.table, 1)
        self._rest = QWidget()
        layout.addWidget(self._rest, 1)
        layout.addWidget(self._region_facts)
        layout.addWidget(self.second)
        layout.addWidget(self.heat)
        layout.addWidget(self.judge)
        layout.addWidget(self._facts)
        self._region_facts.show_region(None)
        self.show_row(None)

    def show_row(self, row: StudyRow | None) -> None:
        """Shows another study, or the same one with its answer or another decision."""
        regions = row.regions if row is not None else ()
        decisions = row.decisions if row is not None else ()
        places = tuple(place for place, region in enumerate(regions) if not self.hides(region))
        self._model.show(regions, decisions, places, contested(row.outcome if row is not None else None))
        self.second.show_row(row)
        self.table.setVisible(bool(places))
        self._rest.setVisible(not places)
        self._title.setText(regions_counted(len(regions)) if regions else tr("Regions"))
        hidden = len(regions) - len(places)
        words = _words(row)
        self._words.setText(f"{words}, {tr('%1 hidden').replace('%1', f'{hidden:,}')}" if hidden else words)
        if regions != self._regions:
            self._region_facts.show_region(None)
        self._regions = regions
        self._facts.show_row(row)
        self._fit_facts()

    def choose(self, index: int | None) -> None:
        """Marks a region."""
        at = self._model.index(self._model.row_of(index), Column.LABEL)
        if at.row() != self.table.currentIndex().row():
            self._marking = True
            self.table.setCurrentIndex(at)
            self._marking = False
        self._region_facts.show_region(self._regions[index] if index is not None and at.isValid() else None)
        if at.isValid():
            self.table.scrollTo(at)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        self._fit_facts()

    def _fit_facts(self) -> None:
        room = self.height() >= FACTS_FROM_LINES * self.fontMetrics().height()
        self._facts.setMaximumHeight(16_777_215 if room else 0)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() != previous.row() and not self._marking:
            self.chosen.emit(self._model.place_of(current.row()))


def _table(model: RegionsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegateForColumn(Column.LABEL, RegionCellDelegate(table))
    table.setAccessibleName(tr("Regions"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(int(table.fontMetrics().height() * 1.9))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setResizeContentsPrecision(0)  # by what is seen: all of a thousand rows would be measured with each decision
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Stretch)
    return table


def _words(row: StudyRow | None) -> str:
    if row is None:
        return tr("Open a study to see what is flagged in it.")
    if row.regions:
        found = row.outcome.regions if row.outcome is not None else ()
        sure = sum(region.band == "sure" for region in found)
        return tr("%1 sure, %2 unsure").replace("%1", f"{sure:,}").replace("%2", f"{len(found) - sure:,}")
    return capital(tr(row.sign.word))
