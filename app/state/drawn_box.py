"""Boxes under the hand: drawn, moved and resized on a picture or on one plane of a volume. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

from app.state.plane import Plane, Way
from engine.domain.region import BoxPx, BoxVox

SMALLEST_PX = 1.0
"""A box keeps at least so many pixels in each direction."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hold:
    """What the hand has hold of: -1 the low face, 1 the high face, 0 neither; none of all four is the whole box.

    Args:
        x: of the left and right faces.
        y: of the top and bottom faces.
    """

    x: int
    y: int


WHOLE = Hold(0, 0)


def between(start: Point, end: Point, image_px: tuple[int, int]) -> BoxPx | None:
    """The box that a drag from one point to another draws, inside the picture; None where it is no box.

    Args:
        start: image coordinates.
        end: the same.
        image_px: (width, height) of the picture.
    """
    x0, x1 = (min(max(x, 0.0), float(image_px[0])) for x in sorted((start[0], end[0])))
    y0, y1 = (min(max(y, 0.0), float(image_px[1])) for y in sorted((start[1], end[1])))
    if x1 - x0 < SMALLEST_PX or y1 - y0 < SMALLEST_PX:
        return None
    return x0, y0, x1, y1


def hold_at(box: BoxPx, at: Point, reach: Point, *, inside: bool) -> Hold | None:
    """Which part of a box lies under a point.

    Args:
        box: on the picture.
        at: image coordinates.
        reach: how near, across and down, is near enough.
        inside: whether the inside counts, and not only the faces.
    """
    x0, y0, x1, y1 = box
    if not (x0 - reach[0] <= at[0] <= x1 + reach[0] and y0 - reach[1] <= at[1] <= y1 + reach[1]):
        return None
    found = Hold(_face(x0, x1, at[0], reach[0]), _face(y0, y1, at[1], reach[1]))
    return found if found != WHOLE or inside else None


def pulled(box: BoxPx, hold: Hold, by: Point, image_px: tuple[int, int]) -> BoxPx:
    """The box after its part was pulled by so much: a whole one moves, a face moves alone; it stays in the picture."""
    x0, x1 = _pulled(box[0], box[2], hold, hold.x, by[0], image_px[0])
    y0, y1 = _pulled(box[1], box[3], hold, hold.y, by[1], image_px[1])
    return x0, y0, x1, y1


def solid(plane: Plane, box: BoxPx) -> BoxVox:
    """The box of a volume that a box drawn on one of its planes means: as deep as it is wide in the mean.

    What is flagged in a body is seldom flat; its depth is corrected on another plane.
    """
    spacing = plane.grid.spacing_mm or (1.0, 1.0, 1.0)
    width_mm = (box[2] - box[0]) * spacing[plane.right.axis]
    height_mm = (box[3] - box[1]) * spacing[plane.down.axis]
    depth = 1.0 if plane.grid.unrelated else max((width_mm + height_mm) / 2 / spacing[plane.axis], 1.0)
    middle = plane.index + 0.5
    low, high = max(middle - depth / 2, 0.0), min(middle + depth / 2, float(plane.count))
    # The other faces are those of the drawn box.
    return reshaped(plane, (low, low, low, high, high, high), box)


def reshaped(plane: Plane, volume_box: BoxVox, box: BoxPx) -> BoxVox:
    """A box of a volume with other faces on a plane; across the plane it stays as deep as it was."""
    faces = list(volume_box)
    for way, low, high in ((plane.right, box[0], box[2]), (plane.down, box[1], box[3])):
        faces[way.axis], faces[way.axis + 3] = _along(plane, way, low, high)
    z0, y0, x0, z1, y1, x1 = faces
    return z0, y0, x0, z1, y1, x1


def _along(plane: Plane, way: Way, low: float, high: float) -> tuple[float, float]:
    length = plane.grid.shape[way.axis]
    return (low, high) if way.rising else (length - high, length - low)


def _face(low: float, high: float, at: float, reach: float) -> int:
    """The nearer face within reach."""
    to_low, to_high = abs(at - low), abs(at - high)
    if min(to_low, to_high) > reach:
        return 0
    return -1 if to_low <= to_high else 1


def _pulled(low: float, high: float, hold: Hold, face: int, by: float, length: int) -> tuple[float, float]:
    if hold == WHOLE:
        by = min(max(by, -low), length - high)
        return low + by, high + by
    if face < 0:
        return min(max(low + by, 0.0), high - SMALLEST_PX), high
    if face > 0:
        return low, max(min(high + by, float(length)), low + SMALLEST_PX)
    return low, high
