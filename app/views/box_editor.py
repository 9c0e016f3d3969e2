"""The hand that draws, moves and resizes boxes on a picture, by mouse or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from app.paint.palette import DARK
from app.state.drawn_box import WHOLE, Hold, Point, between, hold_at, pulled
from app.state.oblique import Oblique
from app.views.picture_view import CLICK_PX, PictureView
from engine.domain.region import BoxPx

REACH_PX = 5.0
"""How near, on the screen, the pointer must come to a face."""

FIRST_SHARE = 0.2
"""A box put down by a key is so large, in terms of the picture's part that is seen."""

DOTS = (3.0, 3.0)


class BoxEditor(QObject):
    """Takes hold of the faces of the chosen region always, and of all of it while it is being changed.

    Args:
        view: what it works on; its hand.
    """

    drawn = Signal(object)
    """A `BoxPx` that is to be a new region."""
    changed = Signal(int, object)
    """The region and its `BoxPx`, after it was let go."""
    ended = Signal()
    """Nothing is being drawn or changed any more."""

    _STEPS: ClassVar = {
        Qt.Key.Key_Left: (-1.0, 0.0),
        Qt.Key.Key_Right: (1.0, 0.0),
        Qt.Key.Key_Up: (0.0, -1.0),
        Qt.Key.Key_Down: (0.0, 1.0),
    }

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self._chosen: int | None = None
        self._may_change = False
        self._adding = False
        self._editing = False
        self._box: BoxPx | None = None
        self._hold: Hold | None = None
        self._start: Point = (0.0, 0.0)
        self._pressed_at = QPointF()
        self._pulls = False
        view.installEventFilter(self)

    @property
    def busy(self) -> bool:
        """Whether a box is being drawn or changed."""
        return self._adding or self._editing

    def show_chosen(self, chosen: int | None, *, may_change: bool) -> None:
        """Another region is chosen, or none; what is signed cannot be changed."""
        if chosen != self._chosen or not may_change:
            self.stop()
        self._chosen, self._may_change = chosen, may_change

    def add(self) -> None:
        """The next drag draws a box."""
        if self._view.view is not None and not isinstance(self._view.plane, Oblique):
            self._adding, self._editing, self._box = True, False, None
            self._view.update()

    def edit(self) -> None:
        """The chosen region can be moved and resized until it is let be."""
        if self._seen() is not None:
            self._adding, self._editing = False, True
            self._view.update()

    def stop(self) -> None:
        """Lets the box be."""
        was_busy = self.busy
        self._adding = self._editing = False
        self._box = self._hold = None
        if was_busy:
            self._view.update()
            self.ended.emit()

    def press(self, event: QMouseEvent) -> bool:
        """Takes the left button on a face, on all of the box while it is changed, and anywhere while one is added."""
        if event.button() != Qt.MouseButton.LeftButton or self._view.view is None:
            return False
        at = self._image(event.position())
        self._pressed_at, self._pulls = event.position(), False
        if self._adding:
            self._hold, self._start = WHOLE, at
            return True
        seen, hold = self._seen(), self._hold_at(event.position())
        if seen is None or hold is None:
            return False
        self._box, self._hold, self._start = seen, hold, at
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Draws or pulls the box along."""
        if self._hold is None or self._view.view is None:
            return False
        # A hand that trembles while it clicks draws and changes nothing.
        self._pulls = self._pulls or (event.position() - self._pressed_at).manhattanLength() >= CLICK_PX
        if not self._pulls:
            return True
        at = self._image(event.position())
        if self._adding:
            self._box = between(self._start, at, self._view.view.image_px)
        elif (seen := self._seen()) is not None:
            by = at[0] - self._start[0], at[1] - self._start[1]
            self._box = pulled(seen, self._hold, by, self._view.view.image_px)
        self._view.update()
        return True

    def release(self, event: QMouseEvent) -> bool:  # noqa: ARG002 -- the hand's signature
        """Hands over the box as it is now."""
        if self._hold is None:
            return False
        box, seen = self._box, self._seen()
        self._hold = self._box = None
        if self._adding:
            if box is not None:
                self._hand_over_new(box)
        elif box is not None and box != seen and self._chosen is not None:
            self.changed.emit(self._chosen, box)
        self._view.update()
        return True

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:
        """A cross where a box is added, a hand where one can be taken hold of."""
        if self._adding:
            return Qt.CursorShape.CrossCursor
        hold = self._hold_at(at)
        if hold is None:
            return None
        return Qt.CursorShape.SizeAllCursor if hold == WHOLE else Qt.CursorShape.PointingHandCursor

    def paint(self, painter: QPainter) -> None:
        """Draws the box that is under the hand, and a frame of dots around one that is being changed."""
        view = self._view.view
        box = self._box or (self._seen() if self._editing else None)
        if view is None or box is None:
            return
        x0, y0, x1, y1 = view.box_to_screen(box)
        painter.save()
        for colour, width in ((DARK.halo, 4.0), (DARK.text, 2.0)):
            pen = QPen(QColor(colour), width)
            if self._editing and self._box is None:
                pen.setDashPattern([length / width for length in DOTS])
            painter.setPen(pen)
            painter.drawRect(QRectF(x0 - 4, y0 - 4, x1 - x0 + 8, y1 - y0 + 8))
        painter.restore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """While a box is drawn or changed, arrows, Return and Escape are its own, also where they are commands."""
        if watched is self._view and self.busy and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._is_own(event):
                self._key(event)
                return True
        return super().eventFilter(watched, event)

    def _is_own(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        return key in self._STEPS or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)

    def _key(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.stop()
        elif key in self._STEPS:
            self._push(self._STEPS[key], resizes=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif self._adding:
            self._hand_over_new(self._middle_box())
        else:
            self.stop()

    def _push(self, step: Point, *, resizes: bool) -> None:
        """One pixel of the picture, or of the screen where that is more: the whole box, or its far faces."""
        seen, view = self._seen(), self._view.view
        if seen is None or view is None or self._chosen is None:
            return
        across, down = view.to_image(step[0], step[1]), view.to_image(0.0, 0.0)
        by = tuple(_at_least_one(to - start) for to, start in zip(across, down, strict=True))
        hold = WHOLE if not resizes else Hold(1 if by[0] else 0, 1 if by[1] else 0)
        self.changed.emit(self._chosen, pulled(seen, hold, (by[0], by[1]), view.image_px))

    def _middle_box(self) -> BoxPx:
        view = self._view.view
        if view is None:
            return 0.0, 0.0, 1.0, 1.0
        x0, y0, x1, y1 = view.visible()
        x, y, half = (x0 + x1) / 2, (y0 + y1) / 2, max(min(x1 - x0, y1 - y0) * FIRST_SHARE / 2, 1.0)
        return between((x - half, y - half), (x + half, y + half), view.image_px) or (0.0, 0.0, 1.0, 1.0)

    def _hand_over_new(self, box: BoxPx) -> None:
        self._adding = False
        self._hold = self._box = None
        self.drawn.emit(box)
        self.ended.emit()

    def _seen(self) -> BoxPx | None:
        """The chosen region's box on what is seen."""
        regions: Sequence[object] = self._view.seen_regions
        if self._chosen is None or self._chosen >= len(regions) or isinstance(self._view.plane, Oblique):
            return None
        return self._view.seen_regions[self._chosen].box_px

    def _hold_at(self, at: QPointF) -> Hold | None:
        seen, view = self._seen(), self._view.view
        if seen is None or view is None or not self._may_change:
            return None
        reach = REACH_PX / view.scale, REACH_PX / view.scale_down
        return hold_at(seen, self._image(at), reach, inside=self._editing)

    def _image(self, at: QPointF) -> Point:
        view = self._view.view
        return (0.0, 0.0) if view is None else view.to_image(at.x(), at.y())


def _at_least_one(by: float) -> float:
    """A step of a key on the picture: whole pixels, so that boxes do not drift; turned views give tiny rests."""
    if abs(by) < 1e-6:
        return 0.0
    return max(1.0, round(abs(by))) * (1.0 if by > 0 else -1.0)
