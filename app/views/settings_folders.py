"""The section of watched folders: a list of them, and a form for the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.state.site_fields import FOLDER
from app.text import tr
from app.views.settings_form import Section, SettingsForm

MOST_LINES = 5
"""So many folders are seen at once."""


class FoldersSection(Section):
    """Edits the tables of `watch.toml`; what stands above them in the file stays there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Watched folders"),
            tr("What comes into these folders is answered by `fovea watch`, which reads this at its next start."),
            saves=True,
            parent=parent,
        )
        self._shared: dict[str, Any] = {}
        self._folders: list[dict[str, Any]] = []
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Watched folders"))
        self.list.currentRowChanged.connect(self._choose)
        self.form = SettingsForm(FOLDER)
        self.form.changed.connect(self._typed)
        self.add_button, self.remove_button = QPushButton(tr("Add a folder")), QPushButton(tr("Remove this folder"))
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        self.body.addWidget(self.list)
        self.body.addLayout(buttons)
        self.body.addWidget(self.form)
        self._show()

    def show_table(self, table: Mapping[str, Any]) -> None:
        """Shows what is stored."""
        self._shared = {name: value for name, value in table.items() if name != "folder"}
        self._folders = [dict(each) for each in table.get("folder", [])]
        self._show()

    def table(self) -> dict[str, Any]:
        """What the section comes to."""
        return self._shared | ({"folder": self._folders} if self._folders else {})

    def _show(self, row: int = 0) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._folders:
            item = QListWidgetItem(str(each.get("path", "")) or tr("(no folder yet)"))
            item.setSizeHint(QSize(0, int(self.fontMetrics().height() * 2.1)))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(self._folders))
        self.list.setFixedHeight(int(self.fontMetrics().height() * 2.1 * min(len(self._folders), MOST_LINES)) + 12)
        self.form.setVisible(bool(self._folders))
        self.remove_button.setEnabled(bool(self._folders))
        if self._folders:
            self.list.setCurrentRow(row)
            self._choose(row)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._folders):
            self.form.show_table(self._folders[row])

    def _typed(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._folders):
            self._folders[row] = self.form.table()
            self.list.item(row).setText(str(self._folders[row].get("path", "")) or tr("(no folder yet)"))
            self.changed.emit()

    def _add(self) -> None:
        self._folders.append({})
        self._show(len(self._folders) - 1)
        self.form.editors["path"].setFocus()
        self.changed.emit()

    def _remove(self) -> None:
        del self._folders[self.list.currentRow()]
        self._show()
        self.changed.emit()
