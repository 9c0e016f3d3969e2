"""Draws the visible part of a picture: only what is on the screen is windowed, into memory that is used again."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform

from app.paint.picture import Picture
from app.paint.tones import ToneCurve
from app.state.geometry import View
from app.state.window_level import WindowLevel

SQUARES_FROM = 3.0
"""From so many device pixels an image pixel on, the pixels of a picture are drawn as squares: what is seen is what is
stored. Voxels are samples of a body and stay interpolated, as its readers are used to."""

EDGE_PX = 2
"""Level pixels drawn beyond the screen, so that interpolation at its edge has neighbours."""


class Viewport:
    """Renders views of one picture; keeps the tones of the last part as long as nothing but the position changes."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._memory = np.empty(0, np.uint8)
        self._tones: NDArray[np.uint8] | None = None
        self._key: object = None

    def show(self, picture: Picture) -> None:
        """Draws another picture from now on, such as the next slice, into the same memory."""
        self.picture = picture
        self._tones = None

    def paint(self, painter: QPainter, view: View, window: WindowLevel, device_pixel_ratio: float) -> None:
        """Draws the picture where the view has it.

        Args:
            painter: in logical pixels of the widget.
            view: what part is seen, and how large.
            window: which values are black and white.
            device_pixel_ratio: device pixels a logical one.
        """
        level = self.picture.level_for(min(view.scale, view.scale_down) * device_pixel_ratio)
        part = self._part(view, level)
        if part is None:
            return
        tones = self._render(level, part, window)
        image = _as_image(tones)
        step = 2.0**level
        corner = view.to_screen(part[0] * step, part[1] * step)
        painter.save()
        # The last pixel of an averaged level may stand for image pixels that do not exist.
        painter.setClipRect(QRectF(QPointF(*view.to_screen(0, 0)), QPointF(*view.to_screen(*self.picture.size_px))))
        squares = self.picture.plane is None and view.scale * device_pixel_ratio >= SQUARES_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not squares)
        on_screen = QTransform(view.scale * step, 0, 0, view.scale_down * step, corner[0], corner[1])
        painter.setTransform(on_screen, combine=True)
        painter.drawImage(QPointF(0, 0), image)
        painter.restore()

    def _part(self, view: View, level: int) -> tuple[int, int, int, int] | None:
        """(x0, y0, x1, y1) in pixels of the level, a little more than is visible; None if nothing is."""
        x0, y0, x1, y1 = view.visible()
        if x0 >= x1 or y0 >= y1:
            return None
        height, width = self.picture.levels[level].shape[:2]
        step = 2.0**level
        return (
            max(math.floor(x0 / step) - EDGE_PX, 0),
            max(math.floor(y0 / step) - EDGE_PX, 0),
            min(math.ceil(x1 / step) + EDGE_PX, width),
            min(math.ceil(y1 / step) + EDGE_PX, height),
        )

    def _render(self, level: int, part: tuple[int, int, int, int], window: WindowLevel) -> NDArray[np.uint8]:
        key = (level, part, window)
        if self._tones is None or key != self._key:
            stored = self.picture.levels[level][part[1] : part[3], part[0] : part[2]]
            if self._memory.size < stored.size:
                self._memory = np.empty(stored.size, np.uint8)
            out = self._memory[: stored.size].reshape(stored.shape)
            self._tones = ToneCurve.of(self.picture.scan, window).apply(stored, out)
            self._key = key
        return self._tones


def _as_image(tones: NDArray[np.uint8]) -> QImage:
    """An image that shares the memory of the tones; valid while they are."""
    height, width = tones.shape[:2]
    form = QImage.Format.Format_RGB888 if tones.ndim == 3 else QImage.Format.Format_Grayscale8
    return QImage(tones.data, width, height, tones.strides[0], form)
