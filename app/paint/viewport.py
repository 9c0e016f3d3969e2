"""Draws the visible part of a picture: only what is on the screen is worked out, into memory that is used again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from app.paint.colour_map import GREY, ColourMap, heat_table, table_of
from app.paint.heat import Heat
from app.paint.heat_sheet import heat_sheet
from app.paint.oblique_sheet import oblique_sheet
from app.paint.picture import Picture
from app.paint.renderer import DRAWING
from app.paint.sheet import Sheet
from app.state.geometry import View
from app.state.oblique import Oblique
from app.state.window_level import WindowLevel
from kernels.screen import Line, Ramp, line_of, ramp_of

SQUARES_FROM = 3.0
"""From so many device pixels an image pixel on, the pixels of a picture are drawn as squares: what is seen is what is
stored. Voxels are samples of a body and stay interpolated, as its readers are used to."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """The part of the screen that the picture covers, in device pixels.

    Args:
        left: first column.
        top: first row.
        columns: for each column, where its centre lies in the image along the axis that runs across the screen.
        rows: the same downwards.
        sideways: the image's x runs down the screen.
    """

    left: int
    top: int
    columns: Floats
    rows: Floats
    sideways: bool

    @classmethod
    def of(cls, view: View, device_pixel_ratio: float) -> Covered:
        """All device pixels whose centres lie on the picture."""
        a, b, c, d, e, f = view.affine
        sideways = abs(b) > abs(a)
        width, height = (round(side * device_pixel_ratio) for side in view.screen_px)
        columns = (np.arange(width, dtype=np.float64) + 0.5) / device_pixel_ratio
        rows = (np.arange(height, dtype=np.float64) + 0.5) / device_pixel_ratio
        across, down = (d * columns + f, b * rows + c) if sideways else (a * columns + c, e * rows + f)
        lengths = view.image_px[::-1] if sideways else view.image_px
        (left, across), (top, down) = _inside(across, lengths[0]), _inside(down, lengths[1])
        return cls(left, top, across, down, sideways)

    @property
    def is_empty(self) -> bool:
        """Whether the picture is beside the screen."""
        return self.columns.size == 0 or self.rows.size == 0

    @property
    def x(self) -> Floats:
        """Places along the image's x."""
        return self.rows if self.sideways else self.columns

    @property
    def y(self) -> Floats:
        """Places along the image's y."""
        return self.columns if self.sideways else self.rows

    def lines(self, sheet: Sheet, *, smooth: bool) -> tuple[Line, Line]:
        """Down and across: where the screen's rows and columns fall on a sheet."""
        x = line_of((self.x - sheet.place[0]) / sheet.pitch[0], sheet.size_px[0], sheet.step_right, smooth=smooth)
        y = line_of((self.y - sheet.place[1]) / sheet.pitch[1], sheet.size_px[1], sheet.step_down, smooth=smooth)
        return (x, y) if self.sideways else (y, x)


class Viewport:
    """Renders views of one picture; draws again only what is no longer as it was."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._memory = np.empty(0, np.uint32)
        self._image: QImage | None = None
        self._key: object = None
        self._cut: tuple[object, Sheet] | None = None
        self._heat: tuple[object, Sheet] | None = None

    def show(self, picture: Picture) -> None:
        """Draws another picture from now on, such as the next slice, into the same memory."""
        self.picture = picture
        self._key = self._cut = self._heat = None

    def paint(
        self,
        painter: QPainter,
        view: View,
        window: WindowLevel,
        device_pixel_ratio: float,
        *,
        dragging: bool = False,
        heat: Heat | None = None,
        colours: ColourMap = GREY,
    ) -> None:
        """Draws the picture where the view has it.

        Args:
            painter: in logical pixels of the widget.
            view: what part is seen, how large and how turned.
            window: which values are black and white.
            device_pixel_ratio: device pixels a logical one.
            dragging: something is being moved: the nearest values will do.
            heat: laid over the picture.
            colours: of pictures with one channel.
        """
        key = (view, window, device_pixel_ratio, dragging, heat, colours, DRAWING.renderer)
        covered = Covered.of(view, device_pixel_ratio)
        if covered.is_empty or not self.picture.is_there:
            return
        if self._image is None or key != self._key:
            self._image = self._render(view, window, device_pixel_ratio, covered, dragging, heat, colours)
            self._key = key
        painter.drawImage(QPointF(covered.left / device_pixel_ratio, covered.top / device_pixel_ratio), self._image)

    def _render(
        self,
        view: View,
        window: WindowLevel,
        device_pixel_ratio: float,
        covered: Covered,
        dragging: bool,
        heat: Heat | None,
        colours: ColourMap,
    ) -> QImage:
        out = self._room(covered.rows.size, covered.columns.size)
        scale = view.scale * device_pixel_ratio
        squares = self.picture.plane is None and scale >= SQUARES_FROM
        smooth = DRAWING.renderer.smooth and not squares and not dragging
        sheet = self._sheet(view, device_pixel_ratio, covered, smooth)
        down, across = covered.lines(sheet, smooth=smooth)
        DRAWING.renderer.show(sheet, down, across, self._ramp(window), table_of(colours), out)
        if heat is not None:
            cells = self._heat_sheet(heat)
            down, across = covered.lines(cells, smooth=True)
            ramp = ramp_of(0.0, 1.0)
            DRAWING.renderer.tint(cells.values, down, across, ramp, heat_table(heat.opacity), out)
        image = QImage(out.data, out.shape[1], out.shape[0], out.strides[0], QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(device_pixel_ratio)
        return image

    def _sheet(self, view: View, device_pixel_ratio: float, covered: Covered, smooth: bool) -> Sheet:
        scale, scale_down = view.scale * device_pixel_ratio, view.scale_down * device_pixel_ratio
        plane = self.picture.plane
        if not isinstance(plane, Oblique):
            return self.picture.sheet(scale, scale_down, smooth=smooth)
        key = (plane, view, device_pixel_ratio, smooth, DRAWING.renderer)
        if self._cut is None or self._cut[0] != key:
            sheet = oblique_sheet(self.picture.scan.pixels, plane, (covered.x, covered.y), scale, smooth=smooth)
            self._cut = key, sheet
        return self._cut[1]

    def _heat_sheet(self, heat: Heat) -> Sheet:
        key = (heat, self.picture.plane, DRAWING.renderer)
        if self._heat is None or self._heat[0] != key:
            self._heat = key, heat_sheet(heat, self.picture)
        return self._heat[1]

    def _ramp(self, window: WindowLevel) -> Ramp:
        scan = self.picture.scan
        inverted = (scan.photometric == "MONOCHROME1") != window.inverted  # PS3.3 C.7.6.3.1.2
        return ramp_of(window.low, window.high, slope=scan.slope, intercept=scan.intercept, inverted=inverted)

    def _room(self, rows: int, columns: int) -> NDArray[np.uint32]:
        self._image = None  # it shares the memory
        if self._memory.size < rows * columns:
            self._memory = np.empty(rows * columns, np.uint32)
        return self._memory[: rows * columns].reshape(rows, columns)


def _inside(places: Floats, length: int) -> tuple[int, Floats]:
    """The first of the places on an axis of this length, and all of them; they lie side by side."""
    inside = np.flatnonzero((places >= 0.0) & (places < length))
    if inside.size == 0:
        return 0, places[:0]
    first, last = int(inside[0]), int(inside[-1])
    return first, places[first : last + 1]
