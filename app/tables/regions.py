"""The regions of one study as Qt sees them: label, score, how sure, size."""

from __future__ import annotations

from enum import IntEnum
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.state.measures import measured, size_of
from app.text import band_named, tr
from engine.domain.region import Region

REGION = int(Qt.ItemDataRole.UserRole)
"""Role of the `Region` itself."""

Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, from the left."""

    LABEL = 0
    SCORE = 1
    BAND = 2
    SIZE = 3


class RegionsModel(QAbstractTableModel):
    """Shows the regions it is given; their order is the outcome's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._regions: tuple[Region, ...] = ()

    def show(self, regions: tuple[Region, ...]) -> None:
        """Shows other regions."""
        self.beginResetModel()
        self._regions = regions
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 -- Qt's name
        return 0 if parent.isValid() else len(self._regions)

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
        return (tr("Label"), tr("Score"), tr("Band"), tr("Size"))[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or index.row() >= len(self._regions):
            return None
        region = self._regions[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(region, Column(index.column()))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(Column(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return _sentence(region)
            case Qt.ItemDataRole.ToolTipRole:
                return "<br>".join(f"{escape(each.name)}: {escape(measured(each))}" for each in region.measures)
            case _:
                return region if role == REGION else None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers to the right, words to the left."""
    side = Qt.AlignmentFlag.AlignRight if column in (Column.SCORE, Column.SIZE) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell(region: Region, column: Column) -> str:
    match column:
        case Column.LABEL:
            return region.label
        case Column.SCORE:
            return f"{region.score:.2f}"
        case Column.BAND:
            return band_named(region.band)
        case Column.SIZE:
            return _size(region)


def _size(region: Region) -> str:
    """Pixels in a picture; in a volume its length, or voxels where none was measured."""
    if (length := size_of(region.measures)) is not None:
        return measured(length)
    box = region.box_px or region.box_vox or ()
    half = len(box) // 2
    sides = [high - low for low, high in zip(box[:half], box[half:], strict=True)]
    return " x ".join(f"{side:.0f}" for side in sides)


def _sentence(region: Region) -> str:
    """As it is read out."""
    parts = [region.label, f"{tr('score')} {region.score:.2f}", band_named(region.band)]
    parts += [f"{measure.name} {measured(measure)}" for measure in region.measures]
    return ", ".join(parts)
