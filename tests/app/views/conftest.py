"""Widgets by themselves, on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)

SIZE_PX = (824, 624)
"""With the margin around a fitted picture it is twice 400 x 300."""


@pytest.fixture
def shown(qtbot: QtBot, dressed: QApplication) -> Callable[[W, tuple[int, int]], W]:
    """Shows a widget in a size, and waits until it is there."""

    def show(widget: W, size_px: tuple[int, int] = SIZE_PX) -> W:
        qtbot.addWidget(widget)
        widget.resize(*size_px)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show
