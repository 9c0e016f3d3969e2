"""The picture under the hand: what the mouse, the wheel and the arrow keys do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.paint.picture import Picture
from app.paint.pointed import pointed_at
from app.paint.regions import region_at
from app.state.session import Look
from app.views.sight import Sight

CLICK_PX = 4.0
"""The pointer may move so far, in screen pixels, and it is still a click."""

WHEEL_STEP = 1.25
PAN_SHARE = 0.1

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


@dataclass(slots=True)
class _Drag:
    """A mouse button held down."""

    button: Qt.MouseButton
    pans: bool
    start: QPointF
    last: QPointF
    moved: bool = False


class PictureView(Sight):
    """A sight that can be taken hold of."""

    region_clicked = Signal(object)
    """Index of the region under a click, or None beside them."""
    pointed = Signal(object)
    """A `Pointed`, or None beside the picture."""
    menu_asked = Signal(object)
    """Global position of a right click."""

    _PANS: ClassVar = {
        Qt.Key.Key_Left: (1, 0),
        Qt.Key.Key_Right: (-1, 0),
        Qt.Key.Key_Up: (0, 1),
        Qt.Key.Key_Down: (0, -1),
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self._drag: _Drag | None = None
        self._wheel_steps = 0.0
        self._pointer: QPointF | None = None
        # Another slice comes under a pointer that stays where it is.
        self.plane_shown.connect(self._point)

    def show_picture(self, picture: Picture | None, look: Look) -> None:
        """As `Sight`; lets go of the picture before."""
        self._drag = None
        self._wheel_steps = 0.0
        super().show_picture(picture, look)

    def turn_wheel(self, steps: float) -> None:
        """Scrolls a volume: towards the hand is on; a touch pad's small steps add up to whole slices."""
        self._wheel_steps -= steps
        whole = int(self._wheel_steps)
        self._wheel_steps -= whole
        self.scroll_slices(whole)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if self._view is None or self._drag is not None or event.button() not in (LEFT, MIDDLE, RIGHT):
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        pans = event.button() == MIDDLE or (event.button() == LEFT and shifted)
        self._drag = _Drag(event.button(), pans, event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        self._pointer = event.position()
        self._point()
        drag = self._drag
        if drag is None or self._view is None or self._window is None or self._viewport is None:
            return
        at = event.position()
        if not drag.moved and (at - drag.start).manhattanLength() < CLICK_PX:
            return
        drag.moved = True
        dx, dy = at.x() - drag.last.x(), at.y() - drag.last.y()
        drag.last = at
        if drag.pans:
            self._look(view=self._view.panned(dx, dy))
        elif drag.button == LEFT:
            self._look(window=self._window.dragged(dx, dy, self._viewport.picture.span))
        else:
            self._look(view=self._view.zoomed(1.01**-dy, (drag.start.x(), drag.start.y())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        drag = self._drag
        if drag is None or event.button() != drag.button:
            return
        self._drag = None
        if drag.moved or self._view is None:
            return
        at = event.position()
        if drag.button == LEFT:
            shown = self._seen if self._regions_shown else ()
            self.region_clicked.emit(region_at(self._view, shown, at.x(), at.y()))
        elif drag.button == RIGHT:
            self.menu_asked.emit(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 -- Qt's name
        # A right click may be the start of a zoom: the menu waits for the release. The menu key opens it at once.
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 -- Qt's name
        # With Alt held, Qt reports the vertical wheel as horizontal: only the vertical part counts here.
        steps = event.angleDelta().y() / 120
        if self._view is not None and steps:
            if self.plane is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.turn_wheel(steps)
            else:
                at = event.position()
                self._look(view=self._view.zoomed(WHEEL_STEP**steps, (at.x(), at.y())))
        event.accept()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self._pointer = None
        self._point()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        pan = self._PANS.get(Qt.Key(event.key()))
        if pan is None or self._view is None:
            super().keyPressEvent(event)
        elif self.plane is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.scroll_slices(-sum(pan))
        else:
            step = min(self._view.screen_px) * PAN_SHARE
            self._look(view=self._view.panned(pan[0] * step, pan[1] * step))

    def _point(self) -> None:
        """Tells what lies under the pointer now."""
        if self._pointer is None or self._view is None or self._viewport is None:
            self.pointed.emit(None)
        else:
            at = self._pointer.x(), self._pointer.y()
            self.pointed.emit(pointed_at(self._viewport.picture, self._view, *at))
