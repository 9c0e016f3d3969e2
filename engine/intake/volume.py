"""The slices of a DICOM series to one volume: their planes are read in order into voxels that are there once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from blake3 import blake3

from engine.domain.scan import StoredSlice
from engine.domain.study import Instance
from engine.errors import InputError
from engine.intake.decoded import Decoded, Pixels
from engine.intake.entry import Entry
from engine.intake.fill import fill
from engine.intake.grid import Grid, lay_grid
from engine.intake.limits import Limits
from engine.intake.plane import Plan, Plane, read_plane
from engine.intake.series import Slices, places
from engine.intake.text import printable

_MOST_NAMES = 5
"""Most names of copies that a note lists."""

_MOST_NOTES = 8
"""Most distinct notes kept of the files of one series."""

ReadPlanes = Callable[[Sequence[Slices], Plan, Grid], tuple[Pixels, list[Plane]]]
"""Reads all places of a series, in order, to the voxels of the grid and what the files say beside them."""


@dataclass(frozen=True, slots=True, eq=False)
class Volume:
    """A series put together.

    Args:
        decoded: its voxels and what the files say of them.
        instances: the stored slices, in order; copies are left out.
        slices: where each of them lies in the grid.
        content_hash: hexadecimal BLAKE3 of the hashes of these files, in their order.
    """

    decoded: Decoded
    instances: tuple[Instance, ...]
    slices: tuple[StoredSlice, ...]
    content_hash: str


def read_volume(slices: Slices, source: str, limits: Limits, read_planes: ReadPlanes) -> Volume:
    """Reads a series.

    Args:
        slices: of one volume and in order, as `series.studies_of` gives them.
        source: the series, for messages.
        limits: for each file, and for the volume as a whole.
        read_planes: `planes_here`, or the decoder processes.

    Raises:
        InputError: IN-SER-FILES, IN-SER-GAP, IN-SER-OVERLAP, IN-SER-VALUES, IN-PIX-SIZE or IN-FILE-CHANGED, or what is
            wrong with one of the files.
    """
    if len(slices) > limits.files:
        raise InputError(
            "IN-SER-FILES",
            f"{source} has {len(slices):,} files; the limit is {limits.files:,} a series.",
            "Export the series in parts.",
        )
    together = places(slices)
    grid = lay_grid([place[0] for place in together], source)
    plan = Plan.of(slices, source, limits)
    limits.check_volume(source, grid.shape, plan.dtype.itemsize)
    voxels, planes = read_planes(together, plan, grid)
    return Volume(
        decoded=_decoded(voxels, planes, plan, grid),
        instances=tuple(plane.instance for plane in planes),
        slices=grid.slices,
        content_hash=blake3(b"".join(plane.content_hash for plane in planes)).hexdigest(),
    )


def planes_here(on_slice: Callable[[], None]) -> ReadPlanes:
    """Reads in this process.

    Args:
        on_slice: called before each plane is read; may raise to stop.
    """

    def read(together: Sequence[Slices], plan: Plan, grid: Grid) -> tuple[Pixels, list[Plane]]:
        planes: list[Plane] = []

        def values() -> Iterator[Pixels]:
            for place in together:
                on_slice()
                pixels, plane = read_plane(place, plan)
                planes.append(plane)
                yield pixels

        voxels = np.empty(grid.shape, plan.dtype)
        fill(voxels, grid, values(), outside_is_high=plan.outside_is_high)
        return voxels, planes

    return read


def _decoded(voxels: Pixels, planes: Sequence[Plane], plan: Plan, grid: Grid) -> Decoded:
    """The volume in the terms of a single file; what may differ from slice to slice is that of the middle one."""
    middle = next(plane.middle for plane in planes if plane.middle is not None)
    notes = dict.fromkeys(chain.from_iterable(plane.repairs for plane in planes))
    doubts = dict.fromkeys(chain.from_iterable(plane.doubts for plane in planes))
    return replace(
        in_terms_of(middle, voxels, plan, grid),
        stored=next(plane.stored for plane in planes if plane.stored is not None),
        repairs=(*list(notes)[:_MOST_NOTES], *_repairs(planes, plan, grid)),
        doubts=(*doubts, *grid_doubts(grid)),
        lossy=any(plane.lossy for plane in planes),
    )


def in_terms_of(middle: Decoded, voxels: Pixels, plan: Plan, grid: Grid) -> Decoded:
    """The voxels, with what the middle slice says that holds for all of them."""
    return replace(
        middle,
        pixels=voxels,
        facts=replace(
            middle.facts,
            kind="volume",
            sop_uid=None,
            slope=1.0 if plan.to_real else middle.facts.slope,
            intercept=0.0 if plan.to_real else middle.facts.intercept,
            spacing_mm=grid.spacing_mm,
            origin_mm=grid.origin_mm,
            direction=grid.direction,
        ),
    )


def _repairs(planes: Sequence[Plane], plan: Plan, grid: Grid) -> list[str]:
    """What was done to the slices to make them a volume."""
    repairs = []
    if copies := [copy for plane in planes for copy in plane.copies]:
        repairs.append(f"{len(copies)} files are copies of slices and were left out: {_names(copies)}.")
    if plan.to_real:
        repairs.append("Rescale slope and intercept differ between slices; all were turned into real values.")
    return [*repairs, *grid_repairs(grid)]


def grid_doubts(grid: Grid) -> tuple[str, ...]:
    """Short names of what a grid does to the slices that lie in it."""
    tilted = ("tilted-series",) if grid.drift_mm else ()
    uneven = ("uneven-series",) if grid.steps_mm else ()
    return (*tilted, *uneven)


def grid_repairs(grid: Grid) -> list[str]:
    """What a grid does to the slices that lie in it."""
    repairs = []
    if grid.drift_mm:
        repairs.append(
            f"The slices drift by {grid.drift_mm:.2f} mm in their plane, as a tilted gantry makes them; each was "
            "shifted back, linear between pixels, and the frame made as large as that needs."
        )
    if grid.steps_mm:
        least, greatest = grid.steps_mm
        repairs.append(
            f"The slices are {least:.2f} to {greatest:.2f} mm apart; they were resampled to even steps of "
            f"{grid.spacing_mm[0]:.2f} mm, linear between slices."
        )
    return repairs


def _names(entries: Sequence[Entry]) -> str:
    names = ", ".join(printable(Path(entry.shown.name)) for entry in entries[:_MOST_NAMES])
    return f"{names} and more" if len(entries) > _MOST_NAMES else names
