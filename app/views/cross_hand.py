"""The crosshair under the hand: its middle is moved, its handles are turned."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter

from app.paint.crosshair import draw_crosshair, handle_px, on_screen
from app.state.crosshair import CrossLine
from app.views.sight import Sight

NEAR_PX = 9.0


class CrossHand:
    """Takes hold of the crosshair of one sight.

    Args:
        sight: where it is drawn.
        on_moved: told of the image point that the crosshair is dragged to.
        on_turned: told by how much the lines are turned, in radians, from what runs to the right towards what runs
            down in the picture.
    """

    def __init__(
        self, sight: Sight, on_moved: Callable[[tuple[float, float]], None], on_turned: Callable[[float], None]
    ) -> None:
        self._sight = sight
        self._on_moved = on_moved
        self._on_turned = on_turned
        self._lines: tuple[CrossLine, ...] = ()
        self._held = ""
        self._angle = 0.0

    @property
    def lines(self) -> tuple[CrossLine, ...]:
        """The lines that are drawn."""
        return self._lines

    def show_lines(self, lines: tuple[CrossLine, ...]) -> None:
        """Draws other lines; none hides the crosshair."""
        self._lines = lines
        self._sight.update()

    def press(self, event: QMouseEvent) -> bool:
        """Left, at the middle or at a handle."""
        self._held = self._at(event.position()) if event.button() is Qt.MouseButton.LeftButton else ""
        self._angle = self._angle_at(event.position())
        return bool(self._held)

    def move(self, event: QMouseEvent) -> bool:
        """Moves or turns while held."""
        view = self._sight.view
        if not self._held or view is None:
            return False
        if self._held == "middle":
            self._on_moved(view.to_image(event.position().x(), event.position().y()))
        else:
            angle = self._angle_at(event.position())
            turned, self._angle = angle - self._angle, angle
            self._on_turned(math.remainder(turned, 2 * math.pi))
        return True

    def release(self, event: QMouseEvent) -> bool:  # noqa: ARG002 -- as every hand
        """Lets go."""
        held, self._held = self._held, ""
        return bool(held)

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:
        """A cross over the middle, a hand over the handles."""
        held = self._held or self._at(at)
        return {"middle": Qt.CursorShape.SizeAllCursor, "handle": Qt.CursorShape.PointingHandCursor}.get(held)

    def paint(self, painter: QPainter) -> None:
        """Draws the lines."""
        if self._sight.view is not None and self._lines:
            draw_crosshair(painter, self._sight.view, self._lines, handles=True)

    def _at(self, point: QPointF) -> str:
        """`middle`, `handle`, or empty."""
        view = self._sight.view
        if view is None:
            return ""
        for line in self._lines:
            at, way = on_screen(view, line)
            if _distance(point, at) <= NEAR_PX:
                return "middle"
            far = handle_px(view)
            if any(_distance(point, at + way * (sign * far)) <= NEAR_PX for sign in (-1.0, 1.0)):
                return "handle"
        return ""

    def _angle_at(self, point: QPointF) -> float:
        """Of the direction from the crosshair to a point, in the picture."""
        view = self._sight.view
        if view is None or not self._lines:
            return 0.0
        x, y = view.to_image(point.x(), point.y())
        middle = self._lines[0].at
        return math.atan2((y - middle[1]) * view.aspect, x - middle[0])


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
