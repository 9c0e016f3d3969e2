"""What is seen of a study, and how: the widget that paints it and takes the commands of menus and keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.paint.palette import DARK
from app.paint.picture import Picture
from app.paint.regions import draw_regions
from app.paint.slice_marks import draw_edges, draw_slice_marks
from app.paint.viewport import Viewport
from app.state.geometry import View
from app.state.plane import Plane, seen_on
from app.state.session import Look
from app.state.window_level import WindowLevel
from app.text import tr
from engine.domain.orientation import edges_of
from engine.domain.region import Region

KEY_STEP = 1.25


class Sight(QWidget):
    """Shows one picture, or one plane of a volume, with its regions.

    It keeps nothing but how it is being looked at, and tells that whenever it changes.
    """

    looked = Signal(object)
    """A `Look`, after the person changed it."""
    plane_shown = Signal(object)
    """A `Plane`, or None for a single picture or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._viewport: Viewport | None = None
        self._view: View | None = None
        self._window: WindowLevel | None = None
        self._regions: tuple[Region, ...] = ()
        self._seen: tuple[Region, ...] = ()
        self._chosen: int | None = None
        self._regions_shown = True

    @property
    def view(self) -> View | None:
        """What part of the picture is seen."""
        return self._view

    @property
    def window_level(self) -> WindowLevel | None:
        """Which values are black and white."""
        return self._window

    @property
    def plane(self) -> Plane | None:
        """Which cut of a volume is seen; None in a single picture."""
        return None if self._viewport is None else self._viewport.picture.plane

    @property
    def is_ct(self) -> bool:
        """Whether the values are Hounsfield units, for which the preset windows are made."""
        return self._viewport is not None and self._viewport.picture.scan.modality == "CT"

    def show_picture(self, picture: Picture | None, look: Look) -> None:
        """Shows another picture, as it was looked at last; None shows nothing."""
        self._viewport = None
        self._view = None
        self._window = None
        if picture is not None:
            if picture.plane is not None and look.plane is not None and look.plane.grid == picture.plane.grid:
                picture = picture.on(look.plane)
            self._viewport = Viewport(picture)
            self._view = View.fit(picture.size_px, self._screen_px(), picture.aspect)
            if look.view is not None and look.view.image_px == picture.size_px:
                self._view = look.view.resized(self._screen_px())
            self._window = look.window or picture.window
        self._see()

    def show_regions(self, regions: tuple[Region, ...], chosen: int | None) -> None:
        """Shows other regions over the picture; in a volume on the slices that they touch."""
        self._regions = regions
        self._chosen = chosen
        self._see()

    def center_on(self, index: int) -> None:
        """Brings a region into the middle; in a volume the slice through its centre comes first."""
        box_vox = self._regions[index].box_vox
        if self.plane is not None and box_vox is not None:
            self.show_plane(self.plane.through(box_vox))
        box = self._seen[index].box_px
        if self._view is not None and box is not None:
            self._look(view=self._view.centered_on(box))

    def show_plane(self, plane: Plane) -> None:
        """Shows another plane of the volume that is seen; the view stays where the plane has the same shape."""
        if self._viewport is None or self._view is None or self.plane in (None, plane):
            return
        self._viewport.show(self._viewport.picture.on(plane))
        same = (self._view.image_px, self._view.aspect) == (plane.size_px, plane.aspect)
        self._see()
        self._look(view=None if same else View.fit(plane.size_px, self._screen_px(), plane.aspect))

    def scroll_slices(self, slices: int) -> None:
        """So many slices on, or back, no further than the ends."""
        if self.plane is not None:
            self.show_plane(self.plane.at(self.plane.index + slices))

    def set_window(self, window: WindowLevel) -> None:
        """Shows these values black and white; an inverted picture stays inverted."""
        if self._window is not None:
            self._look(window=replace(window, inverted=self._window.inverted))

    def set_regions_shown(self, shown: bool) -> None:
        """Draws the regions or leaves them out."""
        self._regions_shown = shown
        self.update()

    def fit(self) -> None:
        """The whole picture."""
        if self._view is not None:
            self._look(view=self._view.refitted())

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
            self._look(self._view.refitted(), self._viewport.picture.window)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(720, 560)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), DARK.ground)
        if self._viewport is not None and self._view is not None and self._window is not None:
            self._viewport.paint(painter, self._view, self._window, self.devicePixelRatioF())
            if self._regions_shown:
                draw_regions(painter, self._view, self._seen, self._chosen, self.font())
            if self.plane is not None:
                draw_slice_marks(painter, self.plane, self._view.screen_px, self.font())
            elif (edges := edges_of(self._viewport.picture.scan)) is not None:
                draw_edges(painter, edges, self._view.screen_px, self.font())
        if self.hasFocus():
            painter.setPen(DARK.accent)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        if self._view is not None:
            self._look(view=self._view.resized(self._screen_px()))

    def _see(self) -> None:
        """Works out anew which regions lie on the plane that is seen."""
        self._seen = seen_on(self.plane, self._regions)
        self.plane_shown.emit(self.plane)
        self.update()

    def _look(self, view: View | None = None, window: WindowLevel | None = None) -> None:
        """Takes what is given, keeps the rest, and tells."""
        self._view = view or self._view
        self._window = window or self._window
        self.update()
        self.looked.emit(Look(self._view, self._window, self.plane))

    def _screen_px(self) -> tuple[int, int]:
        return max(self.width(), 1), max(self.height(), 1)
