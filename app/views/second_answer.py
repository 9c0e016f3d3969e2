"""What a second opinion says of the study that is looked at: who was asked, where both agree, and where only one has a
place. Below the regions of the first answer."""

from __future__ import annotations

from html import escape
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.state.opinion import ASKED, BOTH, SECOND_ONLY, second_marks
from app.state.session import StudyRow
from app.text import tr
from app.views.styled import label
from app.views.theme import colours
from engine.domain.opinion import Opinion

MOST_ROWS = 5
"""Seen at once; the others are scrolled to."""


class SecondAnswer(QWidget):
    """Hidden where the study has no second opinion."""

    chosen = Signal(int)
    """A region of the second answer that is to be looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label(look="quiet", wraps=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Second answer"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        self.hide()

    def show_row(self, row: StudyRow | None) -> None:
        """Shows that of another study."""
        outcome = row.outcome if row is not None else None
        opinion = outcome.opinion if outcome is not None else None
        self.setVisible(opinion is not None)
        self.list.clear()
        if opinion is None:
            return
        self.words.setText(said_by(opinion))
        self.words.setToolTip(escape(opinion.name))
        for mark in second_marks(outcome):
            where = tr(SECOND_ONLY) if mark.alone else tr(BOTH)
            item = QListWidgetItem(f"{mark.region.label} {mark.region.score:.2f}, {where}")
            if mark.alone:
                item.setForeground(QColor(colours().second))
            self.list.addItem(item)
        rows = min(self.list.count(), MOST_ROWS)
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + 2 * self.list.frameWidth())


def said_by(opinion: Opinion) -> str:
    """Who was asked, how it is drawn, and what became of it."""
    name = PurePath(opinion.name).name if opinion.by == "template" else opinion.name
    asked = tr("Second answer, in brackets: %1").replace("%1", tr(ASKED[opinion.by]))
    told = f"{asked} ({name})" if name else asked
    if opinion.code:
        return f"{told}. {tr('Not in full: %1').replace('%1', opinion.code)}"
    if not opinion.differs:
        return f"{told}. {tr('Both agree.')}"
    counted = tr("%1 places only the first has, %2 only the second.")
    return f"{told}. {counted.replace('%1', f'{len(opinion.missing):,}').replace('%2', f'{len(opinion.alone):,}')}"
