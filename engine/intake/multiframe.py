"""The frames of one DICOM file: a volume where they lie on one grid, otherwise a stack of single images."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.intake.decoded import Decoded, Pixels
from engine.intake.dicom.decode import read_frames
from engine.intake.dicom.frames import FrameFacts
from engine.intake.dicom.slice_header import MARKS, SliceHeader, is_measurable
from engine.intake.entry import Entry
from engine.intake.fill import fill
from engine.intake.grid import Grid, lay_grid
from engine.intake.limits import Limits
from engine.intake.series import Slices, places, studies_of
from engine.intake.stored import StoredFile
from engine.intake.volume import grid_doubts, grid_repairs

_MOST_NAMES = 5
"""Most dimensions that a note lists."""


def read_dicom_file(file: StoredFile, limits: Limits) -> Decoded:
    """Reads a DICOM file by itself: an image, a volume or a stack.

    Raises:
        InputError: as `read_dicom`, and IN-SER-GAP where a volume lacks frames.
    """
    decoded, frames = read_frames(file.data, file.source, limits)
    return arranged(decoded, frames, file.entry, limits) if len(frames) > 1 else decoded


def arranged(decoded: Decoded, frames: Sequence[FrameFacts], entry: Entry, limits: Limits) -> Decoded:
    """Puts frames that make one volume in order along its normal, and leaves all others as they come.

    Frames that make several volumes (echoes, phases, stacks) are none, so that no model takes them for one; a note
    names what tells them apart. The frames of a segmentation stay apart as well: there is one for each segment, and
    those that would be empty are left out (PS3.3 C.8.20.2).

    Args:
        decoded: all frames, in the file's order.
        frames: what the file says of each.
        entry: the file.
        limits: for the volume.

    Raises:
        InputError: IN-SER-GAP where frames are missing, IN-PIX-SIZE where straightening makes the volume too large.
    """
    placed = () if decoded.facts.modality == "SEG" else _headers(decoded, frames, entry)
    studies = studies_of(placed)
    if len(studies) == 1 and len(places(studies[0])) == len(frames):
        frame_of = {header.entry: number for number, header in enumerate(placed)}
        order = [frame_of[header.entry] for header in studies[0]]
        return _volume(decoded, frames, studies[0], order, entry.source, limits)
    stack = replace(decoded, order=tuple(range(len(frames))))
    volumes = sum(max(map(len, places(study))) for study in studies if len(places(study)) > 1)
    if volumes == 0:
        return stack
    note = (
        f"Its {len(frames):,} frames make {volumes:,} volumes{_told_apart(frames)}, and are shown as single images; "
        "export each volume into a file or series of its own to have it looked at as one."
    )
    return replace(stack, repairs=(*stack.repairs, note), doubts=(*stack.doubts, "several-volumes"))


def _headers(decoded: Decoded, frames: Sequence[FrameFacts], entry: Entry) -> tuple[SliceHeader, ...]:
    """The frames as slices of a series; none where they are coloured or one of them has no place."""
    if decoded.photometric == "RGB" or not all(frame.plane.oriented and is_measurable(frame.plane) for frame in frames):
        return ()
    rows, columns = decoded.pixels.shape[1:]
    return tuple(
        SliceHeader(
            entry=Entry(entry.shown, f"frame {number:04}"),  # a name for messages, there is no such file
            series_uid="",
            alike=(),
            rows=rows,
            columns=columns,
            dark_is_high=decoded.photometric == "MONOCHROME1",
            dtype=decoded.pixels.dtype,
            slope=decoded.facts.slope,
            intercept=decoded.facts.intercept,
            plane=frame.plane,
            marks=("",) * len(MARKS),
        )
        for number, frame in enumerate(frames, start=1)
    )


def _volume(
    decoded: Decoded, frames: Sequence[FrameFacts], slices: Slices, order: list[int], source: str, limits: Limits
) -> Decoded:
    grid = lay_grid(slices, source)
    limits.check_volume(source, grid.shape, decoded.pixels.dtype.itemsize)
    return replace(
        decoded,
        pixels=_voxels(decoded, grid, order),
        repairs=(*decoded.repairs, *grid_repairs(grid)),
        doubts=(*decoded.doubts, *grid_doubts(grid)),
        facts=replace(
            decoded.facts,
            kind="volume",
            window=frames[order[len(order) // 2]].means.window,
            spacing_mm=grid.spacing_mm,
            origin_mm=grid.origin_mm,
            direction=grid.direction,
        ),
        order=tuple(order),
        slices=grid.slices,
    )


def _voxels(decoded: Decoded, grid: Grid, order: list[int]) -> Pixels:
    """(depth, height, width); the frames themselves, not a copy, where they are stored in order."""
    frames = decoded.pixels
    if grid.is_stored and order == list(range(len(frames))):
        return frames
    voxels = np.empty(grid.shape, frames.dtype)
    in_order = (frames[number] for number in order)
    fill(voxels, grid, in_order, outside_is_high=decoded.photometric == "MONOCHROME1")
    return voxels


def _told_apart(frames: Sequence[FrameFacts]) -> str:
    """The dimensions in which the frames differ, other than their place."""
    differing: Counter[str] = Counter(name for name, _ in {one for frame in frames for one in frame.dimensions})
    names = [f"{name} ({values})" for name, values in differing.items() if values > 1]
    return f", told apart by {', '.join(sorted(names)[:_MOST_NAMES])}" if names else ""
