"""The slices of a DICOM series to one volume: read one after the other into voxels that are there once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from blake3 import blake3

from engine.domain.scan import StoredSlice
from engine.domain.study import Instance
from engine.errors import InputError
from engine.intake.check import check
from engine.intake.decoded import Decoded, Pixels
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.slice_header import SliceHeader
from engine.intake.fill import fill
from engine.intake.grid import Grid, lay_grid
from engine.intake.limits import Limits
from engine.intake.series import Slices, places
from engine.intake.stored import read_file
from engine.intake.text import printable

_MOST_NAMES = 5
"""Most names of copies that a note lists."""

_MOST_NOTES = 8
"""Most distinct notes kept of the files of one series."""


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


def read_volume(slices: Slices, source: str, limits: Limits, on_slice: Callable[[], None]) -> Volume:
    """Reads a series.

    Args:
        slices: of one volume and in order, as `series.studies_of` gives them.
        source: the series, for messages.
        limits: for each file, and for the volume as a whole.
        on_slice: called before each file is read; may raise to stop.

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
    planes = places(slices)
    grid = lay_grid([place[0] for place in planes], source)
    reader = _Reader(slices, source, limits, on_slice)
    limits.check_volume(source, grid.shape, reader.dtype.itemsize)
    voxels = np.empty(grid.shape, reader.dtype)
    fill(voxels, grid, reader.read(planes), outside_is_high=slices[0].dark_is_high)
    return Volume(
        decoded=reader.decoded(voxels, grid),
        instances=tuple(reader.instances),
        slices=grid.slices,
        content_hash=blake3(b"".join(reader.hashes)).hexdigest(),
    )


class _Reader:
    """Decodes the files in order, and keeps what they say beside their pixels."""

    def __init__(self, slices: Slices, source: str, limits: Limits, on_slice: Callable[[], None]) -> None:
        # One slope and intercept for all: stored values stay as they are. Others are turned into real values.
        self._to_real = len({(header.slope, header.intercept) for header in slices}) > 1
        self.dtype = np.dtype(np.float32 if self._to_real else slices[0].dtype)
        self.instances: list[Instance] = []
        self.hashes: list[bytes] = []
        self._source = source
        self._limits = limits
        self._on_slice = on_slice
        self._first_by_name = min(header.path for header in slices)
        self._middle = slices[len(slices) // 2].path
        self._kept: dict[Path, Decoded] = {}
        self._notes: dict[str, None] = {}
        self._doubts: dict[str, None] = {}
        self._copies: list[Path] = []
        self._lossy = False

    def read(self, planes: Sequence[Slices]) -> Iterator[Pixels]:
        """(rows, columns) of each plane, in the volume's dtype."""
        for header, *others in planes:
            content_hash, decoded = self._decode(header)
            for other in others:
                self._check_copy(header, decoded, other)
            source = printable(header.path)
            self.instances.append(Instance(source, decoded.facts.sop_uid))
            self.hashes.append(bytes.fromhex(content_hash))
            self._doubts |= dict.fromkeys((*decoded.doubts, *check(decoded, source, self._limits)))
            yield self._values(decoded, source)

    def decoded(self, voxels: Pixels, grid: Grid) -> Decoded:
        """The volume in the terms of a single file; what may differ from slice to slice is that of the middle one."""
        middle = self._kept[self._middle]
        tilted = ("tilted-series",) if grid.drift_mm else ()
        uneven = ("uneven-series",) if grid.steps_mm else ()
        return replace(
            middle,
            pixels=voxels,
            stored=self._kept[self._first_by_name].stored,
            repairs=(*list(self._notes)[:_MOST_NOTES], *self._repairs(grid)),
            doubts=(*self._doubts, *tilted, *uneven),
            lossy=self._lossy,
            facts=replace(
                middle.facts,
                kind="volume",
                sop_uid=None,
                slope=1.0 if self._to_real else middle.facts.slope,
                intercept=0.0 if self._to_real else middle.facts.intercept,
                spacing_mm=grid.spacing_mm,
                origin_mm=grid.origin_mm,
                direction=grid.direction,
            ),
        )

    def _decode(self, header: SliceHeader) -> tuple[str, Decoded]:
        """The content hash of a file and its image, which must be the one that was listed."""
        self._on_slice()
        file = read_file(header.path, self._limits)
        decoded = read_dicom(file.data, file.source, self._limits)
        facts, plane = decoded.facts, header.plane
        found = (decoded.pixels.shape, facts.spacing_mm, facts.origin_mm, facts.direction)
        if found != ((header.rows, header.columns), plane.spacing_mm, plane.origin_mm, plane.direction):
            raise InputError(
                "IN-FILE-CHANGED",
                f"{file.source} has another size or place than when its series was listed.",
                "Wait until the program that writes it is done, then run it again.",
            )
        if header.path in (self._first_by_name, self._middle):
            self._kept[header.path] = decoded
        self._notes |= dict.fromkeys(decoded.repairs)
        self._lossy |= decoded.lossy
        return file.content_hash, decoded

    def _check_copy(self, header: SliceHeader, decoded: Decoded, other: SliceHeader) -> None:
        """Returns where the other file at one place holds the same image."""
        _, twin = self._decode(other)
        same_meaning = (twin.facts.slope, twin.facts.intercept) == (decoded.facts.slope, decoded.facts.intercept)
        if same_meaning and np.array_equal(twin.pixels, decoded.pixels):
            self._copies.append(other.path)
            return
        raise InputError(
            "IN-SER-OVERLAP",
            f"{self._source} has two different images at one position, {printable(header.path)} and "
            f"{printable(other.path)}, and nothing in them that would tell two series apart.",
            "Export each series by itself from the archive or scanner.",
        )

    def _values(self, decoded: Decoded, source: str) -> Pixels:
        pixels, facts = decoded.pixels, decoded.facts
        if self._to_real:
            return (pixels * facts.slope + facts.intercept).astype(np.float32)
        if pixels.dtype == self.dtype or self.dtype.kind == "f":
            return pixels.astype(self.dtype, copy=False)
        limits = np.iinfo(self.dtype)
        if pixels.dtype.kind in "iu" and limits.min <= pixels.min() and pixels.max() <= limits.max:
            return pixels.astype(self.dtype)
        raise InputError(
            "IN-SER-VALUES",
            f"{source} holds values from {pixels.min():g} to {pixels.max():g} ({pixels.dtype.name}), the first slice "
            f"of its series is stored as {self.dtype.name}, {limits.min} to {limits.max}.",
            "Export the series again from the archive or scanner.",
        )

    def _repairs(self, grid: Grid) -> list[str]:
        """What was done to the slices to make them a volume."""
        repairs = []
        if self._copies:
            names = ", ".join(printable(Path(path.name)) for path in self._copies[:_MOST_NAMES])
            more = " and more" if len(self._copies) > _MOST_NAMES else ""
            repairs.append(f"{len(self._copies)} files are copies of slices and were left out: {names}{more}.")
        if self._to_real:
            repairs.append("Rescale slope and intercept differ between slices; all were turned into real values.")
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
