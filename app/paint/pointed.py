"""What lies under the pointer: which pixel or voxel, its real value, and its place in the patient."""

from __future__ import annotations

from dataclasses import dataclass

from app.paint.picture import Picture
from app.state.geometry import View
from engine.domain.scan import Scan


@dataclass(frozen=True, slots=True)
class Pointed:
    """One pixel or voxel.

    Args:
        column: of the picture, or of the volume's grid.
        row: the same.
        values: real values, one a channel.
        slice: 0-based, in a volume.
        place_mm: (x, y, z) LPS of a voxel's centre, where it is known.
    """

    column: int
    row: int
    values: tuple[float, ...]
    slice: int | None = None
    place_mm: tuple[float, float, float] | None = None


def pointed_at(picture: Picture, view: View, x: float, y: float) -> Pointed | None:
    """What lies under a point of the screen; None beside the picture."""
    if (place := view.pixel_at(x, y)) is None:
        return None
    column, row = place
    if picture.plane is None:
        return Pointed(column, row, _values(picture.scan, (row, column)))
    if (voxel := picture.plane.voxel(column, row)) is None:
        return None
    return Pointed(voxel[2], voxel[1], _values(picture.scan, voxel), voxel[0], picture.plane.grid.point_mm(voxel))


def _values(scan: Scan, place: tuple[int, ...]) -> tuple[float, ...]:
    stored = scan.pixels[place]
    values = stored.tolist() if scan.channels == 3 else [stored.item()]
    return tuple(value * scan.slope + scan.intercept for value in values)
