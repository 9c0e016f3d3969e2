"""A probe in hand: its points are set by clicks, or two of them by one drag, or by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from app.paint.probes import DrawnProbe, draw_probes
from app.state.cut import Cut
from app.state.probe import Probe, ProbeKind
from app.views.sight import Sight

DRAG_PX = 5.0
"""From so many screen pixels on a press and its release are two points."""

KEY_PX = 8
"""Screen pixels that an arrow key moves the next point by."""


class ProbeHand(QObject):
    """Sets the points of a probe on one sight, and draws those that are there.

    While a probe is in hand the arrow keys move its next point, with Shift by single pixels, and Return sets it.

    Args:
        sight: where they lie.
        on_done: told of each probe that has all its points.
    """

    _STEPS: ClassVar = {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }

    def __init__(self, sight: Sight, on_done: Callable[[Probe], None]) -> None:
        super().__init__(sight)
        self._sight = sight
        self._on_done = on_done
        self._kind: ProbeKind | None = None
        self._points: tuple[tuple[float, float], ...] = ()
        self._cut: Cut | None = None
        self._loose: tuple[float, float] | None = None
        self._pressed: QPointF | None = None
        self._drawn: tuple[DrawnProbe, ...] = ()
        sight.installEventFilter(self)

    @property
    def kind(self) -> ProbeKind | None:
        """What is being measured; None while nothing is."""
        return self._kind

    def take(self, kind: ProbeKind | None) -> None:
        """Takes a probe in hand, or puts it down."""
        self._kind = kind
        self._points, self._loose, self._pressed = (), None, None
        self._sight.update()

    def show_probes(self, drawn: tuple[DrawnProbe, ...]) -> None:
        """Draws these probes, which are whole."""
        self._drawn = drawn
        self._sight.update()

    def press(self, event: QMouseEvent) -> bool:
        """Left: sets a point."""
        if self._kind is None or event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._pressed = event.position()
        self._set(event.position())
        return True

    def move(self, event: QMouseEvent) -> bool:
        """The next point follows the pointer."""
        if self._kind is None or not self._points:
            return False
        self._loose = self._image_point(event.position())
        self._sight.update()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """After a drag sets the next point."""
        pressed, self._pressed = self._pressed, None
        if self._kind is None or pressed is None or not self._points:
            return pressed is not None
        if (event.position() - pressed).manhattanLength() >= DRAG_PX:
            self._set(event.position())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Its keys are no commands while a probe is in hand."""
        if self._kind is None or not isinstance(event, QKeyEvent) or event.type() is QEvent.Type.KeyRelease:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key not in (*self._STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self._press_key(key, 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else KEY_PX)
        return event.type() is QEvent.Type.KeyPress

    def cursor(self, at: QPointF) -> Qt.CursorShape | None:  # noqa: ARG002 -- as every hand
        """A cross while a probe is in hand."""
        return None if self._kind is None else Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter) -> None:
        """Draws the probes, and the one that is being set."""
        view = self._sight.view
        if view is None:
            return
        drawn = self._drawn
        if self._kind is not None and (self._points or self._loose is not None):
            loose = () if self._loose is None else (self._loose,)
            drawn = (*drawn, DrawnProbe(Probe(self._kind, self._points + loose), chosen=True))
        draw_probes(painter, view, drawn, self._sight.font())

    def _press_key(self, key: Qt.Key, step_px: int) -> None:
        """Moves the next point, from the middle of the picture at first, or sets it."""
        view = self._sight.view
        if view is None:
            return
        at = QPointF(*view.to_screen(*(self._loose or view.center)))
        if key in self._STEPS:
            right, down = self._STEPS[key]
            self._loose = self._image_point(at + QPointF(right * step_px, down * step_px))
        else:
            self._set(at)
            self._loose = self._image_point(at) if self._kind is not None else None
        self._sight.update()

    def _set(self, at: QPointF) -> None:
        if self._kind is None:
            return
        if self._cut != self._sight.plane:  # it was begun on another slice: there it would lie nowhere
            self._points, self._cut = (), self._sight.plane
        self._points = (*self._points, self._image_point(at))
        self._loose = None
        probe = Probe(self._kind, self._points, self._sight.plane)
        if probe.whole:
            self.take(None)
            self._on_done(probe)
        self._sight.update()

    def _image_point(self, at: QPointF) -> tuple[float, float]:
        view = self._sight.view
        return (0.0, 0.0) if view is None else view.to_image(at.x(), at.y())
