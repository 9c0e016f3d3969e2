"""The regions of one study as Qt sees them: what was decided, label, score and size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import IntEnum
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.decision_text import decision_named
from app.state.measures import NAMES, measured, size_of
from app.state.opinion import FIRST_ONLY
from app.text import band_named, tr
from engine.domain.region import Measure, Region
from engine.domain.review import RegionVerdict

REGION = int(Qt.ItemDataRole.UserRole)
"""Role of the `Region` itself."""

DECISION = REGION + 1
"""Role of the `RegionVerdict` about it, or None."""

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, from the left."""

    LABEL = 0
    SCORE = 1
    SIZE = 2


class RegionsModel(QAbstractTableModel):
    """Shows the regions it is given; their order is the outcome's, then come those that a person added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._regions: tuple[Region, ...] = ()
        self._decisions: tuple[RegionVerdict | None, ...] = ()
        self._places: tuple[int, ...] = ()
        self._contested: frozenset[int] = frozenset()

    def show(
        self,
        regions: tuple[Region, ...],
        decisions: Sequence[RegionVerdict | None] = (),
        places: Sequence[int] | None = None,
        contested: frozenset[int] = frozenset(),
    ) -> None:
        """Shows other regions, or the same with other decisions: then only the rows that differ are told of.

        Args:
            regions: all of them.
            decisions: what was decided of each; empty where nothing was.
            places: which of them have a row; None is all.
            contested: which of them a second opinion does not have.
        """
        decided = tuple(decisions) or (None,) * len(regions)
        listed = tuple(range(len(regions)) if places is None else places)
        before = self._regions, self._decisions
        if listed != self._places or len(regions) != len(before[0]) or contested != self._contested:
            self.beginResetModel()
            self._contested = contested
            self._regions, self._decisions, self._places = regions, decided, listed
            self.endResetModel()
            return
        self._regions, self._decisions = regions, decided
        for row, place in enumerate(listed):
            if regions[place] is not before[0][place] or decided[place] is not before[1][place]:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def place_of(self, row: int) -> int:
        """Which region a row shows."""
        return self._places[row]

    def row_of(self, place: int | None) -> int:
        """The row of a region; -1 where it has none."""
        return self._places.index(place) if place in self._places else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 -- Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Label"), tr("Score"), tr("Size"))[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._places):
            return None
        place = self._places[index.row()]
        region, decided = self._regions[place], self._decisions[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                words = _cell(region, Column(index.column()))
                return f"{words}, {tr(FIRST_ONLY)}" if self._is_named(index) else words
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(Column(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                sentence = _sentence(region, decided)
                return f"{sentence}, {tr(FIRST_ONLY)}" if place in self._contested else sentence
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(region, decided)
            case _:
                return {REGION: region, DECISION: decided}.get(role)

    def _is_named(self, index: Index) -> bool:
        """Whether a cell says that the second answer does not have the region."""
        return index.column() == Column.LABEL and self._places[index.row()] in self._contested


def _alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers to the right, words to the left."""
    side = Qt.AlignmentFlag.AlignLeft if column is Column.LABEL else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell(region: Region, column: Column) -> str:
    match column:
        case Column.LABEL:
            return region.label
        case Column.SCORE:
            return "" if math.isnan(region.score) else f"{region.score:.2f}"
        case Column.SIZE:
            return _size(region)


def _size(region: Region) -> str:
    """Columns and rows in a picture; in a volume its length, or where none was measured, its box in voxels."""
    if (length := size_of(region.measures)) is not None:
        return measured(length)
    if region.box_px is not None:
        x0, y0, x1, y1 = region.box_px
        return f"{x1 - x0:.0f} x {y1 - y0:.0f} px"
    if region.box_vox is not None:
        z0, y0, x0, z1, y1, x1 = region.box_vox
        return f"{x1 - x0:.0f} x {y1 - y0:.0f} x {z1 - z0:.0f} {tr('voxels')}"
    return ""


def _named(measure: Measure) -> str:
    return tr(NAMES.get(measure.name, measure.name.capitalize()))


def _words(region: Region, decided: RegionVerdict | None) -> list[str]:
    """How sure the model is, and what a person said; where a person drew it, the model said nothing."""
    own = [] if math.isnan(region.score) else [band_named(region.band)]
    return [*own, decision_named(decided)]


def _sentence(region: Region, decided: RegionVerdict | None) -> str:
    """As it is read out."""
    score = [] if math.isnan(region.score) else [f"{tr('score')} {region.score:.2f}"]
    parts = [region.label, *score, *_words(region, decided)]
    parts += [f"{_named(measure)} {measured(measure)}" for measure in region.measures]
    return ", ".join(parts)


def _tip(region: Region, decided: RegionVerdict | None) -> str:
    lines = [", ".join(_words(region, decided))]
    lines += [f"{_named(each)}: {measured(each)}" for each in region.measures]
    return "<br>".join(map(escape, lines))
