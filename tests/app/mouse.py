"""What several tests do with the mouse."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget
from pytestqt.qtbot import QtBot


def click_tab(qtbot: QtBot, tabs: QTabWidget, title: str) -> None:
    """A click on the tab with a title, as it is shown."""
    bar = tabs.tabBar()
    at = next(at for at in range(bar.count()) if bar.tabText(at) == title)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
