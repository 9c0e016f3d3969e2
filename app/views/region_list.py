"""The right side of the window: the regions of the study that is looked at, and how its answer came to be."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.state.session import StudyRow
from app.tables.regions import Column, RegionsModel
from app.text import regions_counted, tr
from app.views.answer_facts import AnswerFacts
from app.views.region_facts import RegionFacts
from app.views.styled import frame, label
from engine.domain.region import Region


class RegionList(QWidget):
    """Shows the regions and the facts of an answer; says which region was chosen."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("regionsPane")
        self._model = RegionsModel(self)
        self._regions: tuple[Region, ...] = ()
        self._marking = False
        self._title = label(tr("Regions"), "title")
        self._words = label(look="quiet", wraps=True)
        self.table = _table(self._model)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self._region_facts = RegionFacts()
        self._facts = AnswerFacts()
        header = frame("header")
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
        layout.addWidget(self._facts)
        self.show_row(None)

    def show_row(self, row: StudyRow | None) -> None:
        """Shows another study, or the same one with its answer."""
        regions = row.regions if row is not None else ()
        self._model.show(regions)
        self.table.setVisible(bool(regions))
        self._rest.setVisible(not regions)
        self._title.setText(regions_counted(len(regions)).capitalize() if regions else tr("Regions"))
        self._words.setText(_words(row))
        self._regions = regions
        self._region_facts.show_region(None)
        self._facts.show_row(row)

    def choose(self, index: int | None) -> None:
        """Marks a region."""
        at = self._model.index(-1 if index is None else index, Column.LABEL)
        if at.row() != self.table.currentIndex().row():
            self._marking = True
            self.table.setCurrentIndex(at)
            self._marking = False
        self._region_facts.show_region(self._regions[at.row()] if at.isValid() else None)
        if at.isValid():
            self.table.scrollTo(at)

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() != previous.row() and not self._marking:
            self.chosen.emit(current.row())


def _table(model: RegionsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
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
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(Column.LABEL, QHeaderView.ResizeMode.Stretch)
    return table


def _words(row: StudyRow | None) -> str:
    if row is None:
        return tr("Open a study to see what is flagged in it.")
    if row.regions:
        sure = sum(region.band == "sure" for region in row.regions)
        return tr("%1 sure, %2 unsure").replace("%1", f"{sure:,}").replace("%2", f"{len(row.regions) - sure:,}")
    return row.sign.word.capitalize()
