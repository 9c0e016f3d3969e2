"""The overlay of a volume: an overview, and for each region three planes through its centre. Needs no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.paint.ink import scored, strip
from app.paint.palette import DARK, rgb
from app.paint.second import NO_SECOND, Second
from app.paint.tile import TILE_PX, Tile, draw_tile
from app.state.contours import Contours, contours_of
from app.state.grid import Grid
from app.state.measures import measured
from app.state.plane import Plane, three_planes
from app.state.window_level import WindowLevel, first_window, preset_named, window_around
from engine.domain.region import BoxVox, Region
from engine.domain.scan import Scan

MOST_REGIONS = 12
"""Regions drawn in planes of their own; the others are in the overview only."""

GAP_PX = 8
FONT_PX = 18

NO_SUPERSCRIPTS = str.maketrans("²³", "23")
"""The font that comes with Pillow has none."""

FIELD_MM = 100.0
"""A region's tile shows at least so much, so that its surroundings can be recognised; voxels without a spacing."""

FIELD_IN_SIDES = 4.0
"""And at least so many times the longest side of the region."""


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """What is said and the planes below it."""

    title: str
    caption: str
    tiles: tuple[Tile, ...] = field(default=())


def burn_volume(
    scan: Scan,
    regions: Sequence[Region],
    *,
    title: str,
    caption: str,
    most: int = MOST_REGIONS,
    second: Second = NO_SECOND,
) -> Image.Image:
    """Draws a strip of text, an overview, and a row of planes for each of the first regions.

    Args:
        scan: a volume or a stack.
        regions: highest score first.
        title: first line of the strip.
        caption: the lines below, broken where needed.
        most: regions drawn in planes of their own.
        second: what a second opinion says of them, and has flagged itself; its own places are in the overview and in
            the planes of the regions near them.

    Returns:
        RGB; without regions the three middle slices.
    """
    grid = Grid.of(scan)
    rows = [
        _Row(title, caption),
        _overview(scan, grid, regions, second) if regions or second.marks else _middle(scan, grid),
    ]
    contours = contours_of(regions[:most], scan, lambda: None)
    rows += [_region_row(scan, grid, regions, index, contours, second) for index in range(min(len(regions), most))]
    if len(regions) > most:
        rows.append(_Row("", f"{len(regions) - most} more regions are in the overview only."))
    font = ImageFont.load_default(FONT_PX)
    drawn = [_drawn(scan, row, font) for row in rows]
    sheet = Image.new("RGB", (drawn[0].width, sum(image.height for image in drawn)), rgb(DARK.ground))
    top = 0
    for image in drawn:
        sheet.paste(image, (0, top))
        top += image.height
    return sheet


def _middle(scan: Scan, grid: Grid) -> _Row:
    window = first_window(scan)
    tiles = [Tile(plane, plane.cut(scan.pixels), (0, 0), window, plane.words) for plane in three_planes(grid)]
    return _Row("Middle slices", _window_words(scan, window), tuple(tiles))


def _overview(scan: Scan, grid: Grid, regions: Sequence[Region], second: Second) -> _Row:
    """All slices averaged, as an X-ray would show them, with the number of each region where it lies."""
    tiles = []
    for plane in three_planes(grid):
        seen = plane.average(scan.pixels)
        words = f"{plane.name}, all {plane.count} averaged"
        marks = tuple(
            (region, plane.shadow(region.box_vox), str(number))
            for number, region in enumerate(regions, start=1)
            if region.box_vox is not None
        )
        others = tuple(
            (plane.shadow(mark.region.box_vox), second.own_words(mark))
            for mark in second.marks
            if mark.region.box_vox is not None
        )
        tiles.append(Tile(plane, seen, (0, 0), _window_over(scan, seen), words, marks, second=others))
    if not regions:
        return _Row("Overview", "where the second opinion has flagged something, seen through all slices", tuple(tiles))
    lie = "where the region lies" if len(regions) == 1 else f"where the {len(regions)} regions lie"
    return _Row("Overview", f"{lie}, seen through all slices", tuple(tiles))


def _region_row(
    scan: Scan,
    grid: Grid,
    regions: Sequence[Region],
    index: int,
    contours: Contours | None = None,
    second: Second = NO_SECOND,
) -> _Row:
    """Three planes through the centre of one region, with whatever else was flagged there."""
    region = regions[index]
    box = region.box_vox
    if box is None:
        raise ValueError(f"region {index} of a volume has no box in it")
    window = window_around(scan, scan.pixels[_surroundings(box, grid)])
    tiles = []
    for plane in three_planes(grid, box):
        columns, rows = _field(plane, box)
        marks = tuple(
            (other, on_plane, second.words(number - 1, other, f"{number} "))
            for number, other in _first(regions, index)
            if other.box_vox is not None and (on_plane := plane.box(other.box_vox)) is not None
        )
        pixels = plane.cut(scan.pixels)[rows, columns]
        others = tuple(
            (on_plane, second.own_words(mark))
            for mark in second.marks
            if mark.region.box_vox is not None and (on_plane := plane.box(mark.region.box_vox)) is not None
        )
        corner = columns.start, rows.start
        lines = () if contours is None else contours.seen_on(plane, [other for other, _, _ in marks])
        tiles.append(Tile(plane, pixels, corner, window, plane.words, marks, lines, others))
    facts = [region.band, *(f"{each.name} {measured(each).translate(NO_SUPERSCRIPTS)}" for each in region.measures)]
    title = scored(f"{index + 1}  {region.label}", region.score)
    return _Row(title, "  ·  ".join([*facts, _window_words(scan, window)]), tuple(tiles))


def _first(regions: Sequence[Region], index: int) -> list[tuple[int, Region]]:
    """All regions with their numbers, this one before the others: its label gets the best place."""
    return sorted(enumerate(regions, start=1), key=lambda numbered: numbered[0] != index + 1)


def _surroundings(box: BoxVox, grid: Grid) -> tuple[slice, ...]:
    """The box and as much again on each side, in voxels."""
    cut = []
    for low, high, size in zip(box[:3], box[3:], grid.shape, strict=True):
        margin = max(high - low, 2.0)
        cut.append(slice(max(int(low - margin), 0), min(int(np.ceil(high + margin)), size)))
    return tuple(cut)


def _field(plane: Plane, box: BoxVox) -> tuple[slice, slice]:
    """Columns and rows of the plane that are shown of a region's surroundings, moved inwards at the edges."""
    x0, y0, x1, y1 = plane.shadow(box)
    spacing = plane.grid.spacing_mm if plane.grid.located and plane.grid.spacing_mm else (1.0, 1.0, 1.0)
    sides = [(box[axis + 3] - box[axis]) * spacing[axis] for axis in range(3)]
    shown = max(FIELD_MM, FIELD_IN_SIDES * max(sides))
    spans = []
    for middle, step, size in (
        ((x0 + x1) / 2, spacing[plane.right.axis], plane.size_px[0]),
        ((y0 + y1) / 2, spacing[plane.down.axis], plane.size_px[1]),
    ):
        length = int(min(max(np.ceil(shown / step), 1), size))
        start = min(max(round(middle - length / 2), 0), size - length)
        spans.append(slice(start, start + length))
    return spans[0], spans[1]


def _window_over(scan: Scan, stored: NDArray[Any]) -> WindowLevel:
    """A window over what the values span but for their rare ends."""
    low, high = np.percentile(stored * scan.slope + scan.intercept, (1.0, 99.5))
    return WindowLevel(float(low + high) / 2, max(float(high - low), 1e-6))


def _window_words(scan: Scan, window: WindowLevel) -> str:
    named = preset_named(window) if scan.modality == "CT" else ""
    return f"{named} window ({window.words})".strip()


def _drawn(scan: Scan, row: _Row, font: Any) -> Image.Image:
    width = 3 * TILE_PX + 4 * GAP_PX
    head = strip(row.title, row.caption, width, font)
    if not row.tiles:
        return head
    tallest = max(round(tile.pixels.shape[0] * tile.scale[1]) for tile in row.tiles)
    line_px = int(font.size * 1.8)
    image = Image.new("RGB", (width, head.height + GAP_PX + tallest + line_px), rgb(DARK.ground))
    image.paste(head, (0, 0))
    for column, tile in enumerate(row.tiles):
        left = GAP_PX + column * (TILE_PX + GAP_PX)
        frame = draw_tile(image, scan, tile, (left, head.height + GAP_PX, tallest), font)
        words = tile.words.capitalize()
        place = ((frame[0] + frame[2]) / 2, head.height + GAP_PX + tallest + line_px / 2)
        ImageDraw.Draw(image).text(place, words, fill=rgb(DARK.text), font=font, anchor="mm")
    return image
