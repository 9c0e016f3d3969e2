"""Tabs in the look of the pages: in a narrow window their words give way, instead of hiding behind arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget


class Tabs(QTabWidget):
    """Shows one of several contents.

    Args:
        name: as it is read out.
        parent: of this widget.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBar().setAccessibleName(name)
        for arrow in self.tabBar().findChildren(QToolButton):  # there and never shown: named in English by Qt
            arrow.setAccessibleName("")
