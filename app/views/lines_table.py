"""A table of lines, in the look of the other lists."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.tables.lines import LinesModel

LONGEST_LETTERS = 46
"""No column is wider at first, but those that stretch."""

WRAPPED_LETTERS = 36
"""The same where lines are broken."""


class LinesTable(QTableView):
    """Columns are as wide as what they hold; one takes the rest.

    Args:
        model: the lines.
        name: as it is read out.
        wraps: breaks what does not fit into several lines, for sentences that are to be read as a whole.
        parent: of this widget.
    """

    def __init__(self, model: LinesModel, name: str, parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self._lines = model
        self._longest_letters = WRAPPED_LETTERS if wraps else LONGEST_LETTERS
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(wraps)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.9))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(48)
        model.modelReset.connect(self.fit_columns)
        model.rowsInserted.connect(self.fit_columns)
        if wraps:
            self._fit_rows = QTimer(self)
            self._fit_rows.setSingleShot(True)
            self._fit_rows.timeout.connect(self.resizeRowsToContents)
            self.horizontalHeader().sectionResized.connect(lambda *_: self._fit_rows.start())
            model.modelReset.connect(lambda: self._fit_rows.start())  # noqa: PLW0108 -- drops what Qt passes
        self.fit_columns()

    def fit_columns(self) -> None:
        """Makes room for what stands in the columns now; of long lists the first lines count."""
        metrics = QFontMetrics(self.font())
        header = self.horizontalHeader()
        longest = metrics.averageCharWidth() * self._longest_letters
        for column, head in enumerate(self._lines.heads):
            if head.stretches:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                continue
            words = [str(self._lines.index(row, column).data()) for row in range(min(self._lines.rowCount(), 60))]
            words.append(str(self._lines.headerData(column, header.orientation())))
            width = max(metrics.horizontalAdvance(each) for each in words) + 30
            header.resizeSection(column, min(width, longest))
