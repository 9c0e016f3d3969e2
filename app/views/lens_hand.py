"""The magnifier: it follows the pointer and takes hold of nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from app.paint.lens import Lens
from app.views.picture_view import PictureView


class LensHand:
    """Draws a lens where the pointer is.

    Args:
        view: over which it moves.
    """

    def __init__(self, view: PictureView) -> None:
        self._view = view
        self._lens = Lens()

    def press(self, event: QMouseEvent) -> bool:  # noqa: ARG002 -- as every hand
        """Window and level go on below it."""
        return False

    def move(self, event: QMouseEvent) -> bool:  # noqa: ARG002 -- as every hand
        """The lens is where the pointer is."""
        self._view.update()
        return False

    def release(self, event: QMouseEvent) -> bool:  # noqa: ARG002 -- as every hand
        """Nothing was held."""
        return False

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:  # noqa: ARG002 -- as every hand
        """As without it."""
        return None

    def paint(self, painter: QPainter) -> None:
        """Draws the lens."""
        picture, view, window, at = self._view.picture, self._view.view, self._view.window_level, self._view.pointer
        if picture is not None and view is not None and window is not None and at is not None:
            self._lens.paint(painter, picture, view, window, at, self._view.devicePixelRatioF())
