"""The settings: a list of sections on the left, the chosen one on the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QStackedWidget, QWidget

from app.text import tr
from app.views.page import PageFrame


class SettingsPage(PageFrame):
    """Holds the sections."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Settings"), "settings", parent)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Sections"))
        self.list.setObjectName("sections")
        self._sections = QStackedWidget()
        self.list.currentRowChanged.connect(self._sections.setCurrentIndex)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.list)
        split.addWidget(self._sections)
        split.setStretchFactor(1, 1)
        self.list.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * 18)
        split.setSizes([self.list.minimumWidth() + 30, 900])
        self.panes = (self.list, self._sections)
        self.body.addWidget(split)

    def add(self, title: str, section: QWidget) -> None:
        """Adds a section at the end."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(section)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sections.addWidget(scroll)
        item = QListWidgetItem(title)
        item.setSizeHint(QSize(0, int(self.fontMetrics().height() * 2.1)))
        self.list.addItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def show_section(self, row: int) -> None:
        """Looks at another section."""
        self.list.setCurrentRow(row)
