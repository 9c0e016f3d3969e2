"""One plane of a volume on an overlay: its pixels in their right shape, its regions, and the letters of its edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.paint.ink import Mark, draw_marks
from app.paint.inked_contours import lines_on
from app.paint.palette import DARK, rgb
from app.paint.plates import Rect
from app.paint.tones import ToneCurve
from app.state.contours import Contour
from app.state.plane import Plane
from app.state.window_level import WindowLevel
from engine.domain.region import BoxPx, Region
from engine.domain.scan import Scan

TILE_PX = 420
"""Longest side of a tile."""


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """One plane on the sheet.

    Args:
        plane: which one.
        pixels: (height, width[, 3]), the stored values that are shown of it.
        corner: (x, y) of the plane's pixel at the top left of `pixels`.
        window: which values are black and white.
        words: what stands below.
        marks: regions with their boxes on the plane and their words.
        contours: of the marks, on the plane; empty where none is drawn.
        second: boxes on the plane, and words, of what a second opinion has flagged.
    """

    plane: Plane
    pixels: NDArray[Any]
    corner: tuple[int, int]
    window: WindowLevel
    words: str
    marks: tuple[tuple[Region, BoxPx, str], ...] = ()
    contours: tuple[Contour | None, ...] = ()
    second: tuple[tuple[BoxPx, str], ...] = ()

    @property
    def scale(self) -> tuple[float, float]:
        """Pixels of the sheet a pixel of the plane, across and down."""
        height, width = self.pixels.shape[:2]
        across = min(TILE_PX / width, TILE_PX / (height * self.plane.aspect))
        return across, across * self.plane.aspect

    def on_sheet(self, box: BoxPx, left: float, top: float) -> Rect:
        """A box of the plane, where the tile's corner lies at `left` and `top`."""
        return *self.point_on_sheet(box[0], box[1], left, top), *self.point_on_sheet(box[2], box[3], left, top)

    def point_on_sheet(self, x: float, y: float, left: float, top: float) -> tuple[float, float]:
        """A point of the plane, likewise."""
        across, down = self.scale
        return (x - self.corner[0]) * across + left, (y - self.corner[1]) * down + top


def draw_tile(image: Image.Image, scan: Scan, tile: Tile, cell: tuple[int, int, int], font: Any) -> Rect:
    """Draws a plane into the middle of its cell.

    Args:
        image: drawn on.
        scan: whose values they are.
        tile: what is drawn.
        cell: left, top and height; `TILE_PX` wide.
        font: of labels and letters.

    Returns:
        Where it lies.
    """
    across, down = tile.scale
    size = max(1, round(tile.pixels.shape[1] * across)), max(1, round(tile.pixels.shape[0] * down))
    tones = ToneCurve.of(scan, tile.window).apply(np.ascontiguousarray(tile.pixels))
    left, top = cell[0] + (TILE_PX - size[0]) // 2, cell[1] + (cell[2] - size[1]) // 2
    image.paste(Image.fromarray(tones).convert("RGB").resize(size, Image.Resampling.BICUBIC), (left, top))
    frame = (left, top, left + size[0], top + size[1])
    marks = [
        Mark.of(region, placed, words, lines_on(contour, placed, lambda x, y: tile.point_on_sheet(x, y, left, top)))
        for (region, box, words), contour in zip(tile.marks, tile.contours or repeat(None), strict=False)
        if _meets(placed := tile.on_sheet(box, left, top), frame)
    ]
    marks += [
        Mark.of_second(placed, words)
        for box, words in tile.second
        if _meets(placed := tile.on_sheet(box, left, top), frame)
    ]
    draw_marks(image, marks, frame, font)
    _draw_letters(image, tile.plane, frame, font)
    return frame


def _meets(box: Rect, frame: Rect) -> bool:
    return box[0] < frame[2] and frame[0] < box[2] and box[1] < frame[3] and frame[1] < box[3]


def _draw_letters(image: Image.Image, plane: Plane, frame: Rect, font: Any) -> None:
    """The letters of the patient's sides inside the edges; dark outlines keep them readable on any picture."""
    draw = ImageDraw.Draw(image)
    middle = ((frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2)
    places = (
        ((frame[0] + 5, middle[1]), "lm"),
        ((middle[0], frame[1] + 5), "mt"),
        ((frame[2] - 5, middle[1]), "rm"),
        ((middle[0], frame[3] - 5), "mb"),
    )
    for letters, (place, anchor) in zip(plane.letters, places, strict=True):
        draw.text(
            place, letters, fill=rgb(DARK.text), font=font, anchor=anchor, stroke_width=2, stroke_fill=rgb(DARK.halo)
        )
