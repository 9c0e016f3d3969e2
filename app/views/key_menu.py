"""A menu whose own keys win over those of commands while it is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QWidget


class KeyMenu(QMenu):
    """Goes away by itself once it was closed.

    The widget below keeps the focus while a menu is open, and with it the keys of its commands: a digit would change
    the window of the picture instead of choosing a line.

    Args:
        parent: over which it opens.
        name: as it is read out.
    """

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.aboutToHide.connect(self.deleteLater)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)
