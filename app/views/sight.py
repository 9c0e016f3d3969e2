"""What is seen of a study, and how: the widget that paints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.paint.captions import NO_CAPTIONS, captions_of, cut_named
from app.paint.colour_map import GREY
from app.paint.corners import draw_overlaid
from app.paint.heat import Heat
from app.paint.overlaid import overlaid
from app.paint.palette import DARK
from app.paint.picture import Picture
from app.paint.region_marks import Outlined
from app.paint.regions import Lettering, draw_regions
from app.paint.second_marks import draw_second
from app.paint.viewport import Viewport
from app.state.contours import Contour, Contours
from app.state.cut import Cut, reframed, seen_on
from app.state.geometry import View
from app.state.opinion import SecondMark
from app.state.preferences import Outlines
from app.state.session import Look
from app.state.window_level import WindowLevel
from app.text import tr
from app.views.hand import Hand
from engine.domain.region import Region
from engine.domain.review import RegionVerdict


class Sight(QWidget):
    """Shows one picture, or one cut through a volume, with its regions.

    It keeps nothing but how it is being looked at, and tells that whenever it changes.
    """

    looked = Signal(object)
    """A `Look`, after the person changed it."""
    plane_shown = Signal(object)
    """A `Cut`, or None for a single picture or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.colour = ""
        """Of the plane, a palette's name; empty where only one is seen."""
        self.note = ""
        """Which study is seen, where two are side by side."""
        self._viewport: Viewport | None = None
        self._captions = NO_CAPTIONS
        self._view: View | None = None
        self._window: WindowLevel | None = None
        self._regions: tuple[Region, ...] = ()
        self._decisions: tuple[RegionVerdict | None, ...] = ()
        self._seen: tuple[Region, ...] = ()
        self._chosen: int | None = None
        self._contours: Contours | None = None
        self._seen_contours: tuple[Contour | None, ...] = ()
        self._outlines: Outlines = "both"
        self._second: tuple[SecondMark, ...] = ()
        self._seen_second: tuple[SecondMark, ...] = ()
        self._regions_shown = True
        self._heat: Heat | None = None
        self._colours = GREY
        self._dragging = False

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return None if self._viewport is None else self._viewport.picture

    @property
    def view(self) -> View | None:
        """What part of the picture is seen."""
        return self._view

    @property
    def window_level(self) -> WindowLevel | None:
        """Which values are black and white."""
        return self._window

    @property
    def plane(self) -> Cut | None:
        """Which cut of a volume is seen; None in a single picture."""
        return None if self._viewport is None else self._viewport.picture.plane

    @property
    def is_ct(self) -> bool:
        """Whether the values are Hounsfield units, for which the preset windows are made."""
        return self._viewport is not None and self._viewport.picture.scan.modality == "CT"

    @property
    def seen_regions(self) -> tuple[Region, ...]:
        """The regions as they lie on what is seen; those elsewhere have no box in its pixels. Empty while hidden."""
        return self._seen if self._regions_shown else ()

    def hands(self) -> tuple[Hand, ...]:
        """Who draws over the picture, and gets the mouse before it."""
        return ()

    def show_picture(self, picture: Picture | None, look: Look) -> None:
        """Shows another picture, as it was looked at last; None shows nothing."""
        self._viewport = None
        self._view = None
        self._window = None
        if picture is not None:
            if picture.plane is not None and look.plane is not None and look.plane.grid == picture.plane.grid:
                picture = picture.on(look.plane)
            self._viewport = Viewport(picture)
            self._captions = captions_of(picture.scan)
            self._view = View.fit(picture.size_px, self._screen_px(), picture.aspect)
            if look.view is not None and look.view.image_px == picture.size_px:
                self._view = look.view.resized(self._screen_px())
            self._window = look.window or picture.window
        self._see()

    def grow(self, picture: Picture) -> None:
        """Shows what has come of a series since, as it is looked at now; nothing where another study is seen."""
        if self._viewport is None or self._viewport.picture.scan is not picture.scan or self.plane is None:
            return
        self._viewport.show(picture if picture.plane == self.plane else picture.on(self.plane))
        self.update()

    def show_regions(
        self, regions: tuple[Region, ...], chosen: int | None, decisions: Sequence[RegionVerdict | None] = ()
    ) -> None:
        """Shows other regions over the picture; in a volume on the slices that they touch."""
        self._regions = regions
        self._decisions = tuple(decisions)
        self._chosen = chosen
        self._see()

    def show_heat(self, heat: Heat | None) -> None:
        """Lays what the model saw over the picture, or takes it away."""
        self._heat = heat
        self.update()

    def show_contours(self, contours: Contours | None) -> None:
        """Gives the regions contours, or takes them away."""
        if contours is not self._contours:
            self._contours = contours
            self._see()

    def show_second(self, marks: tuple[SecondMark, ...]) -> None:
        """Shows what a second opinion has flagged beside the regions, with them and hidden with them."""
        if marks != self._second:
            self._second = marks
            self._see()

    def look_at(self, region: Region) -> None:
        """Brings a place into the middle; in a volume the slice through its centre comes first."""
        if self.plane is not None and region.box_vox is not None:
            self.show_plane(self.plane.through(region.box_vox))
        box = seen_on(self.plane, (region,))[0].box_px
        if self._view is not None and box is not None:
            self._look(view=self._view.centered_on(box))

    def show_outlines(self, outlines: Outlines) -> None:
        """What is drawn around regions from now on."""
        self._outlines = outlines
        self.update()

    def center_on(self, index: int) -> None:
        """Brings a region into the middle; in a volume the slice through its centre comes first."""
        self.look_at(self._regions[index])

    def show_plane(self, plane: Cut) -> None:
        """Shows another cut of the volume that is seen; the view stays where the cut has the same shape, and follows
        the place where an oblique one has another."""
        before = self.plane
        if self._viewport is None or self._view is None or before is None or before == plane:
            return
        self._viewport.show(self._viewport.picture.on(plane))
        view = reframed(self._view, before, plane)
        self._see()
        self._look(view=view or View.fit(plane.size_px, self._screen_px(), plane.aspect))

    def set_regions_shown(self, shown: bool) -> None:
        """Draws the regions or leaves them out."""
        self._regions_shown = shown
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        return QSize(720, 560)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), DARK.ground)
        if self._viewport is not None and self._view is not None and self._window is not None:
            ratio = self.devicePixelRatioF()
            self._viewport.paint(
                painter,
                self._view,
                self._window,
                ratio,
                dragging=self._dragging,
                heat=self._heat,
                colours=self._colours,
            )
            # Words before regions: no box is hidden by them, and no label of a region hides them.
            written = overlaid(self._viewport.picture, self._view, self._window, self._captions, self.note)
            written = replace(written, colour=self.colour)
            taken = draw_overlaid(painter, written, self._view.screen_px, self.font())
            if self._regions_shown:
                outlined = Outlined(self._seen_contours, self._outlines)
                lettering = Lettering(self.font(), taken)
                draw_regions(painter, self._view, self._seen, self._chosen, lettering, self._decisions, outlined)
                draw_second(painter, self._view, self._seen_second, lettering)
            for hand in self.hands():
                hand.paint(painter)
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
        self._seen_contours = () if self._contours is None else self._contours.seen_on(self.plane, self._regions)
        second = seen_on(self.plane, [mark.region for mark in self._second])
        self._seen_second = tuple(replace(mark, region=one) for mark, one in zip(self._second, second, strict=True))
        self.setAccessibleDescription("" if self.plane is None else cut_named(self.plane))
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
