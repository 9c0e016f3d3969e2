"""The place where linked cuts meet: going there, tilting about it, and the lines that show it. Plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.state.cut import Cut
from app.state.frame import Place
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane, three_planes

KINDS = ("axial", "coronal", "sagittal")
"""Kinds of cuts, and the palette's names of their colours: red, green and yellow, as 3D Slicer has them."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CrossLine:
    """Where another cut passes through the one that is seen.

    Args:
        at: the crosshair, an image point.
        way: (x, y) of the line, in image pixels, of length 1.
        colour: name of a colour of the palette.
        cut: number of the other cut.
    """

    at: Point
    way: Point
    colour: str
    cut: int


def colour_of(cut: Cut, number: int) -> str:
    """The colour that a cut's lines and its own pane have; by its number where nothing is known of the patient."""
    kind = cut.kind if isinstance(cut, Oblique) else cut.name
    return kind if kind in KINDS else KINDS[number % len(KINDS)]


def middle_of(grid: Grid) -> Place:
    """The voxel in the middle, where the planes of a volume meet at first."""
    z, y, x = (float(size // 2) for size in grid.shape)
    return z, y, x


def followed(cut: Cut, place: Place) -> Place:
    """A place moved along a cut's normal until it lies on the cut, within the volume."""
    frame = cut.frame
    x, y, _ = frame.seen_at(place)
    return inside(cut.grid, frame.voxel_at(x, y))


def inside(grid: Grid, place: Place) -> Place:
    """The nearest place within the volume."""
    z, y, x = (min(max(part, 0.0), size - 1.0) for part, size in zip(place, grid.shape, strict=True))
    return z, y, x


def tilted(cuts: Sequence[Cut], held: int, angle_rad: float, place: Place) -> tuple[Cut, ...]:
    """All cuts but one turned about that one's normal, so that its own picture stays.

    Args:
        cuts: that meet at the place.
        held: number of the one that stays.
        angle_rad: on its picture, from what runs to the right towards what runs down.
        place: the crosshair.
    """
    stays = Oblique.of(cuts[held])
    about = np.cross(stays.right, stays.down)
    axis = (float(about[0]), float(about[1]), float(about[2]))
    return tuple(
        cut if number == held else Oblique.of(cut).tilted(axis, angle_rad, place) for number, cut in enumerate(cuts)
    )


def straight(grid: Grid, place: Place) -> tuple[Plane, ...]:
    """The planes along the grid through a place, not tilted."""
    return tuple(plane.through_place(place) for plane in three_planes(grid))


def straightened(cut: Cut, place: Place) -> Plane:
    """The plane that a cut was before it was tilted, through a place; as thick as it is now."""
    planes = straight(cut.grid, place)
    named = [plane for plane in planes if isinstance(cut, Oblique) and plane.name == cut.kind]
    found = named[0] if len(named) == 1 else next(plane for plane in planes if plane.axis == _axis(cut))
    return found.with_slab(cut.slab)


def others(cut: Cut, place: Place) -> tuple[Plane, ...]:
    """The planes along the grid that stand beside a cut, through a place."""
    own = straightened(cut, place).axis if isinstance(cut, Oblique) else cut.axis
    return tuple(plane for plane in straight(cut.grid, place) if plane.axis != own)


def _axis(cut: Cut) -> int:
    """The axis of the grid that a cut is across, or nearly so."""
    return int(np.argmax(np.abs(cut.normal))) if isinstance(cut, Oblique) else cut.axis


def lines_on(cuts: Sequence[Cut], seen: int, place: Place) -> tuple[CrossLine, ...]:
    """The lines that the other cuts leave on one of them; none of a cut that is parallel to it."""
    frame = cuts[seen].frame
    x, y, _ = frame.seen_at(place)
    own = Oblique.of(cuts[seen])
    lines = []
    for number, cut in enumerate(cuts):
        along = np.cross(own.normal, Oblique.of(cut).normal)
        if number == seen or np.linalg.norm(along) < 1e-6:
            continue
        steps = np.array(place) + along / np.array(own.spacing)
        ahead = np.array(frame.seen_at((float(steps[0]), float(steps[1]), float(steps[2]))))[:2] - (x, y)
        way = ahead / np.linalg.norm(ahead)
        lines.append(CrossLine((x, y), (float(way[0]), float(way[1])), colour_of(cut, number), number))
    return tuple(lines)
