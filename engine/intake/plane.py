"""The files that lie at one place of a series to one plane of its volume, here or in a decoder process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.domain.study import Instance
from engine.errors import InputError
from engine.intake.check import check
from engine.intake.decoded import Decoded, Pixels
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.plain_slice import read_plain
from engine.intake.dicom.slice_header import SliceHeader
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.series import Slices
from engine.intake.stored import StoredFile, read_file


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for all planes of a volume.

    Args:
        source: the series, for messages.
        dtype: of the voxels.
        to_real: slope and intercept differ between the slices, so that the voxels hold real values.
        outside_is_high: see `fill`.
        first_by_name: the file whose stored pixels are kept.
        middle: the file whose facts stand for all.
        limits: for each file.
    """

    source: str
    dtype: np.dtype[Any]
    to_real: bool
    outside_is_high: bool
    first_by_name: Entry
    middle: Entry
    limits: Limits

    @classmethod
    def of(cls, slices: Slices, source: str, limits: Limits) -> Plan:
        """The plan for these slices, in their order."""
        # One slope and intercept for all: stored values stay as they are.
        to_real = len({(header.slope, header.intercept) for header in slices}) > 1
        return cls(
            source=source,
            dtype=np.dtype(np.float32 if to_real else slices[0].dtype),
            to_real=to_real,
            outside_is_high=slices[0].dark_is_high,
            first_by_name=min(header.entry for header in slices),
            middle=slices[len(slices) // 2].entry,
            limits=limits,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """What the files at one place say beside the values of their plane.

    Args:
        instance: the first of them; the others are copies of it.
        content_hash: BLAKE3 of that file.
        copies: the other files.
        repairs: what was put right in any of them.
        doubts: what makes the pixels doubtful.
        lossy: the stored form of any of them had lost information.
        middle: the plan's middle file without its pixels, where it is one of these.
        stored: the pixels of the plan's first file by name as the codec gave them, where it is one of these.
    """

    instance: Instance
    content_hash: bytes
    copies: tuple[Entry, ...]
    repairs: tuple[str, ...]
    doubts: tuple[str, ...]
    lossy: bool
    middle: Decoded | None
    stored: Pixels | None


def read_plane(place: Slices, plan: Plan) -> tuple[Pixels, Plane]:
    """Reads the file at one place, and the others there to see that they hold the same image.

    Returns:
        (rows, columns) values in the plan's dtype, and what the files say beside them.

    Raises:
        InputError: IN-SER-OVERLAP, IN-SER-VALUES or IN-FILE-CHANGED, or what is wrong with one of the files.
    """
    first, *others = place
    file, decoded = _read(first, plan)
    twins = [(other, _read(other, plan)[1]) for other in others]
    for other, twin in twins:
        _check_copy(first, decoded, other, twin, plan.source)
    every = [(first, decoded), *twins]
    plane = Plane(
        instance=Instance(file.source, decoded.facts.sop_uid),
        content_hash=bytes.fromhex(file.content_hash),
        copies=tuple(other.entry for other in others),
        repairs=tuple(note for _, one in every for note in one.repairs),
        doubts=(*decoded.doubts, *check(decoded, file.source, plan.limits)),
        lossy=any(one.lossy for _, one in every),
        middle=next((_without_pixels(one) for header, one in every if header.entry == plan.middle), None),
        stored=next((one.stored for header, one in every if header.entry == plan.first_by_name), None),
    )
    return _values(decoded, plan, file.source), plane


def _read(header: SliceHeader, plan: Plan) -> tuple[StoredFile, Decoded]:
    """A file and its image, which must be the one that was listed."""
    file = read_file(header.entry, plan.limits)
    is_middle = header.entry == plan.middle
    if header.plain is not None and not is_middle:
        quick = read_plain(file, header.plain, (header.slope, header.intercept), header.plane)
        if quick is not None:
            return file, quick
    decoded = read_dicom(file.data, file.source, plan.limits, exam=is_middle)
    facts, plane = decoded.facts, header.plane
    found = (decoded.pixels.shape, facts.spacing_mm, facts.origin_mm, facts.direction)
    if found != ((header.rows, header.columns), plane.spacing_mm, plane.origin_mm, plane.direction):
        raise InputError(
            "IN-FILE-CHANGED",
            f"{file.source} has another size or place than when its series was listed.",
            "Wait until the program that writes it is done, then run it again.",
        )
    return file, decoded


def _check_copy(header: SliceHeader, decoded: Decoded, other: SliceHeader, twin: Decoded, source: str) -> None:
    """Returns where the other file at one place holds the same image."""
    same_meaning = (twin.facts.slope, twin.facts.intercept) == (decoded.facts.slope, decoded.facts.intercept)
    if same_meaning and np.array_equal(twin.pixels, decoded.pixels):
        return
    raise InputError(
        "IN-SER-OVERLAP",
        f"{source} has two different images at one position, {header.entry.source} and {other.entry.source}, and "
        "nothing in them that would tell two series apart.",
        "Export each series by itself from the archive or scanner.",
    )


def _without_pixels(decoded: Decoded) -> Decoded:
    none = np.empty((0, 0), decoded.pixels.dtype)
    return replace(decoded, pixels=none, stored=none)


def _values(decoded: Decoded, plan: Plan, source: str) -> Pixels:
    pixels, facts, dtype = decoded.pixels, decoded.facts, plan.dtype
    if plan.to_real:
        return (pixels * facts.slope + facts.intercept).astype(np.float32)
    if pixels.dtype == dtype or dtype.kind == "f":
        return pixels.astype(dtype, copy=False)
    limits = np.iinfo(dtype)
    if pixels.dtype.kind in "iu" and limits.min <= pixels.min() and pixels.max() <= limits.max:
        return pixels.astype(dtype)
    raise InputError(
        "IN-SER-VALUES",
        f"{source} holds values from {pixels.min():g} to {pixels.max():g} ({pixels.dtype.name}), the first slice "
        f"of its series is stored as {dtype.name}, {limits.min} to {limits.max}.",
        "Export the series again from the archive or scanner.",
    )
