"""The picture with its regions, and what the mouse and the keys do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.paint.palette import DARK
from app.paint.picture import Picture
from app.paint.regions import draw_regions, region_at
from app.paint.viewport import Viewport
from app.state.geometry import View
from app.state.session import Look
from app.state.window_level import WindowLevel
from app.text import tr
from engine.domain.region import Region

CLICK_PX = 4.0
"""The pointer may move so far, in screen pixels, and it is still a click."""

WHEEL_STEP = 1.25
KEY_STEP = 1.25
PAN_SHARE = 0.1

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton


@dataclass(frozen=True, slots=True)
class Pointed:
    """What lies under the pointer: the image pixel and its real value, one number a channel."""

    column: int
    row: int
    values: tuple[float, ...]


@dataclass(slots=True)
class _Drag:
    """A mouse button held down."""

    button: Qt.MouseButton
    pans: bool
    start: QPointF
    last: QPointF
    moved: bool = False


class PictureView(QWidget):
    """Shows one picture; keeps nothing but how it is being looked at, and tells that whenever it changes."""

    looked = Signal(object)
    """A `Look`, after the person changed it."""
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
        self.setAccessibleName(tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._viewport: Viewport | None = None
        self._view: View | None = None
        self._window: WindowLevel | None = None
        self._regions: tuple[Region, ...] = ()
        self._chosen: int | None = None
        self._regions_shown = True
        self._drag: _Drag | None = None

    @property
    def view(self) -> View | None:
        """What part of the picture is seen."""
        return self._view

    @property
    def window_level(self) -> WindowLevel | None:
        """Which values are black and white."""
        return self._window

    def show_picture(self, picture: Picture | None, look: Look) -> None:
        """Shows another picture, as it was looked at last; None shows nothing."""
        self._drag = None
        self._viewport = None if picture is None else Viewport(picture)
        self._view = None
        self._window = None
        if picture is not None:
            self._view = View.fit(picture.size_px, self._screen_px())
            if look.view is not None and look.view.image_px == picture.size_px:
                self._view = look.view.resized(self._screen_px())
            self._window = look.window or picture.window
        self.update()

    def show_regions(self, regions: tuple[Region, ...], chosen: int | None) -> None:
        """Shows other regions over the picture."""
        self._regions = regions
        self._chosen = chosen
        self.update()

    def center_on(self, index: int) -> None:
        """Brings a region into the middle."""
        box = self._regions[index].box_px
        if self._view is not None and box is not None:
            self._look(view=self._view.centered_on(box))

    def set_regions_shown(self, shown: bool) -> None:
        """Draws the regions or leaves them out."""
        self._regions_shown = shown
        self.update()

    def fit(self) -> None:
        """The whole picture."""
        if self._view is not None:
            self._look(view=View.fit(self._view.image_px, self._view.screen_px))

    def show_actual(self) -> None:
        """One image pixel a device pixel."""
        if self._view is not None:
            self._look(view=self._view.at_scale(1.0 / self.devicePixelRatioF()))

    def zoom(self, steps: float) -> None:
        """Larger or smaller about the middle."""
        if self._view is not None:
            self._look(view=self._view.zoomed(KEY_STEP**steps))

    def invert(self) -> None:
        """Black and white exchanged."""
        if self._window is not None:
            self._look(window=self._window.flipped())

    def reset(self) -> None:
        """As it was opened."""
        if self._viewport is not None and self._view is not None:
            self._look(View.fit(self._view.image_px, self._view.screen_px), self._viewport.picture.window)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(720, 560)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), DARK.ground)
        if self._viewport is not None and self._view is not None and self._window is not None:
            self._viewport.paint(painter, self._view, self._window, self.devicePixelRatioF())
            if self._regions_shown:
                draw_regions(painter, self._view, self._regions, self._chosen, self.font())
        if self.hasFocus():
            painter.setPen(DARK.accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        if self._view is not None:
            self._look(view=self._view.resized(self._screen_px()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        if self._view is None or self._drag is not None or event.button() not in (LEFT, MIDDLE, RIGHT):
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        pans = event.button() == MIDDLE or (event.button() == LEFT and shifted)
        self._drag = _Drag(event.button(), pans, event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 -- Qt's name
        self.pointed.emit(self._pointed_at(event.position()))
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
            shown = self._regions if self._regions_shown else ()
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
            at = event.position()
            self._look(view=self._view.zoomed(WHEEL_STEP**steps, (at.x(), at.y())))
        event.accept()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 -- Qt's name
        pan = self._PANS.get(Qt.Key(event.key()))
        if pan is None or self._view is None:
            super().keyPressEvent(event)
            return
        step = min(self._view.screen_px) * PAN_SHARE
        self._look(view=self._view.panned(pan[0] * step, pan[1] * step))

    def _look(self, view: View | None = None, window: WindowLevel | None = None) -> None:
        """Takes what is given, keeps the rest, and tells."""
        self._view = view or self._view
        self._window = window or self._window
        self.update()
        self.looked.emit(Look(self._view, self._window))

    def _pointed_at(self, at: QPointF) -> Pointed | None:
        if self._view is None or self._viewport is None or (place := self._view.pixel_at(at.x(), at.y())) is None:
            return None
        scan = self._viewport.picture.scan
        stored = scan.pixels[place[1], place[0]]
        values = stored.tolist() if scan.channels == 3 else [stored.item()]
        return Pointed(*place, tuple(value * scan.slope + scan.intercept for value in values))

    def _screen_px(self) -> tuple[int, int]:
        return max(self.width(), 1), max(self.height(), 1)
