"""The picture under the hand: what the mouse, the wheel and the arrow keys do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.paint.outline import outline_at
from app.paint.picture import Picture
from app.paint.pointed import pointed_at
from app.paint.regions import region_at
from app.state.session import Look
from app.views.hand import Hand
from app.views.steered_sight import SteeredSight

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
    on_region: bool = False


class PictureView(SteeredSight):
    """A sight that can be taken hold of."""

    region_clicked = Signal(object)
    """Index of the region under a click, or None beside them."""
    place_clicked = Signal(object)
    """The image point, (x, y), of a click beside the regions."""
    pointed = Signal(object)
    """A `Pointed`, or None beside the picture."""
    menu_asked = Signal(object)
    """Global position of a right click."""
    doubled = Signal()
    """A double click beside the regions."""
    scrolled = Signal()
    """The person went to another slice by hand."""

    _PANS: ClassVar = {
        Qt.Key.Key_Left: (1, 0),
        Qt.Key.Key_Right: (-1, 0),
        Qt.Key.Key_Up: (0, 1),
        Qt.Key.Key_Down: (0, -1),
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.tool: Hand | None = None
        """What is in hand now: it comes before all else."""
        self.hand: Hand | None = None
        """What takes hold of regions."""
        self.cross: Hand | None = None
        """What takes hold of the crosshair."""
        self.lens: Hand | None = None
        """The magnifier, while it is on."""
        self.up_is_brighter = True
        self._held: Hand | None = None
        self._drag: _Drag | None = None
        self._wheel_steps = 0.0
        self._pointer: QPointF | None = None
        # Another slice comes under a pointer that stays where it is.
        self.plane_shown.connect(self._point)

    @property
    def pointer(self) -> QPointF | None:
        """Where the pointer is; None elsewhere."""
        return self._pointer

    def hands(self) -> tuple[Hand, ...]:
        """As `Sight`, first those that come first."""
        return tuple(hand for hand in (self.tool, self.hand, self.cross, self.lens) if hand is not None)

    def show_picture(self, picture: Picture | None, look: Look) -> None:
        """As `Sight`; lets go of the picture before."""
        self._drag = None
        self._held = None
        self._wheel_steps = 0.0
        super().show_picture(picture, look)

    def turn_wheel(self, steps: float) -> None:
        """Scrolls a volume: towards the hand is on; a touch pad's small steps add up to whole slices."""
        self._wheel_steps -= steps
        whole = int(self._wheel_steps)
        self._wheel_steps -= whole
        self.go_by(whole)

    def go_by(self, slices: int) -> None:
        """So many slices on or back, by hand."""
        self.scrolled.emit()
        self.scroll_slices(slices)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if self._view is None or self._drag is not None or self._held is not None:
            return
        on_region = event.button() == LEFT and self._choose_outline(event.position())
        self._held = next((hand for hand in self.hands() if hand.press(event)), None)
        if self._held is not None or event.button() not in (LEFT, MIDDLE, RIGHT):
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        pans = event.button() == MIDDLE or (event.button() == LEFT and shifted)
        self._drag = _Drag(event.button(), pans, event.position(), event.position(), on_region=on_region)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        self._pointer = event.position()
        self._dragging = bool(event.buttons())
        self._point()
        if self._held is not None:
            self._held.move(event)
        elif self._drag is not None:
            self._go_on(self._drag, event.position())
        else:
            for hand in self.hands():
                if hand.move(event):
                    break
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        self._dragging = False
        self.update()
        if self._held is not None:
            held, self._held = self._held, None
            held.release(event)
            return
        drag = self._drag
        if drag is None or event.button() != drag.button:
            return
        self._drag = None
        if not drag.moved and self._view is not None:
            self._click(drag.button, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        at, view = event.position(), self._view
        taken = view is None or any(hand.cursor(at) is not None for hand in self.hands())
        if view is None or taken or event.button() != LEFT:
            self.mousePressEvent(event)
        elif region_at(view, self.seen_regions, at.x(), at.y()) is None:
            self.doubled.emit()

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
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        pan = self._PANS.get(Qt.Key(event.key()))
        if pan is None or self._view is None:
            super().keyPressEvent(event)
        elif self.plane is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.go_by(-sum(pan))
        else:
            step = min(self._view.screen_px) * PAN_SHARE
            self._look(view=self._view.panned(pan[0] * step, pan[1] * step))

    def _go_on(self, drag: _Drag, at: QPointF) -> None:
        """The pointer moved with a button held."""
        if self._view is None or self._window is None or self._viewport is None:
            return
        if not drag.moved and (at - drag.start).manhattanLength() < CLICK_PX:
            return
        drag.moved = True
        dx, dy = at.x() - drag.last.x(), at.y() - drag.last.y()
        drag.last = at
        if drag.pans:
            self._look(view=self._view.panned(dx, dy))
        elif drag.button == LEFT and not drag.on_region:
            down = dy if self.up_is_brighter else -dy
            self._look(window=self._window.dragged(dx, down, self._viewport.picture.span))
        elif drag.button == RIGHT:
            self._look(view=self._view.zoomed(1.01**-dy, (drag.start.x(), drag.start.y())))

    def _choose_outline(self, at: QPointF) -> bool:
        """A region whose outline is under the pointer wins over window and level: it is chosen before the drag begins,
        so that whoever takes hold of chosen regions has it."""
        if self._view is None or any(hand.cursor(at) is not None for hand in self.hands()):
            return False
        index = outline_at(self._view, self.seen_regions, at.x(), at.y())
        if index is not None and index != self._chosen:
            self.region_clicked.emit(index)
        return index is not None

    def _click(self, button: Qt.MouseButton, event: QMouseEvent) -> None:
        at, view = event.position(), self._view
        if button == RIGHT:
            self.menu_asked.emit(event.globalPosition().toPoint())
        elif button == LEFT and view is not None:
            region = region_at(view, self.seen_regions, at.x(), at.y())
            self.region_clicked.emit(region)
            if region is None:
                self.place_clicked.emit(view.to_image(at.x(), at.y()))

    def _show_cursor(self, at: QPointF) -> None:
        shapes = (hand.cursor(at) for hand in self.hands())
        shape = next((each for each in shapes if each is not None), Qt.CursorShape.ArrowCursor)
        if shape != self.cursor().shape():
            self.setCursor(shape)

    def _point(self) -> None:
        """Tells what lies under the pointer now."""
        if self._pointer is None or self._view is None or self._viewport is None:
            self.pointed.emit(None)
        else:
            at = self._pointer.x(), self._pointer.y()
            self.pointed.emit(pointed_at(self._viewport.picture, self._view, *at))
