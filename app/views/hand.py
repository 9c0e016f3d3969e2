"""What may take hold of a picture before window and level do: a region, a probe, the crosshair."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter


class Hand(Protocol):
    """Gets the mouse first. Once it has taken a press, the moves and the release that follow are its own."""

    def press(self, event: QMouseEvent) -> bool:
        """Whether this press is its own."""

    def move(self, event: QMouseEvent) -> bool:
        """Whether this move was used; also called without a button held."""

    def release(self, event: QMouseEvent) -> bool:
        """Whether this release was used."""

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:
        """What the pointer looks like here; None where a press would not be its own."""

    def paint(self, painter: QPainter) -> None:
        """Draws over the picture and its regions, in logical pixels; the painter is as it was afterwards."""
