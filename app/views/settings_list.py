"""A section that edits several tables of one kind: a list of them, and a form for the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.state.site_fields import Field
from app.views.settings_form import Section, SettingsForm

MOST_LINES = 5
"""So many tables are seen at once."""

LINE_HEIGHT = 2.1
"""Of the list, in heights of the font."""


class ListSection(Section):
    """Edits tables, of which some can be added and removed.

    Args:
        title: of the section, and of its list as it is read out.
        words: what it is for, and when a change holds.
        fields: of each table; the first one names it.
        add: what the button says that adds a table.
        remove: what the button says that removes the chosen one.
        parent: of this widget.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        fields: Sequence[Field],
        *,
        add: str,
        remove: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, words, saves=True, parent=parent)
        self.tables: list[dict[str, Any]] = []
        self._named_by = fields[0].name
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.currentRowChanged.connect(self._choose)
        self.form = SettingsForm(fields)
        self.form.changed.connect(self._typed)
        self.add_button, self.remove_button = QPushButton(add), QPushButton(remove)
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        self.body.addWidget(self.list)
        self.body.addLayout(buttons)
        self.body.addWidget(self.form)
        self.show_tables([])

    def line_of(self, table: Mapping[str, Any]) -> str:
        """What the list says of a table: its name, unless a section has more to say."""
        return str(table.get(self._named_by, ""))

    def new_table(self) -> dict[str, Any]:
        """One that was just added."""
        return {}

    def fit_form(self, table: Mapping[str, Any]) -> None:
        """Has the form show the fields that a table can have; all of them, unless a section knows better."""

    def show_tables(self, tables: Sequence[Mapping[str, Any]], row: int = 0) -> None:
        """Shows these, and the one in a given row in the form."""
        self.tables = [dict(each) for each in tables]
        line_px = self.fontMetrics().height() * LINE_HEIGHT
        self.list.blockSignals(True)
        self.list.clear()
        for each in self.tables:
            item = QListWidgetItem(self.line_of(each))
            item.setSizeHint(QSize(0, int(line_px)))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(self.tables))
        self.list.setFixedHeight(int(line_px * min(len(self.tables), MOST_LINES)) + 12)
        self.form.setVisible(bool(self.tables))
        self.remove_button.setEnabled(bool(self.tables))
        if self.tables:
            self.list.setCurrentRow(row)
            self._choose(row)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.tables):
            self.form.show_table(self.tables[row])
            self.fit_form(self.tables[row])

    def _typed(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.tables):
            self.fit_form(self.form.table())
            self.tables[row] = self.form.table()
            self.list.item(row).setText(self.line_of(self.tables[row]))
            self.changed.emit()

    def _add(self) -> None:
        self.show_tables([*self.tables, self.new_table()], row=len(self.tables))
        self.form.editors[self._named_by].setFocus()
        self.changed.emit()

    def _remove(self) -> None:
        row = self.list.currentRow()
        self.show_tables([each for at, each in enumerate(self.tables) if at != row])
        self.changed.emit()
