"""The voxels of a volume file: what its header says, held against the limits and the bytes that are there."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import IDENTITY, Direction
from engine.errors import InputError
from engine.intake.decoded import Decoded, Facts
from engine.intake.inflate import inflate
from engine.intake.limits import Limits
from engine.intake.narrow import narrow
from engine.intake.text import shortened

_RIGHT_ANGLE = 1e-3
"""How far axes may be from right angles, as their cosine; the same as for DICOM."""

FARTHEST_MM = 1e9
"""Numbers beyond are no sizes or places, and would only overflow later."""

_OTHER = "OT"


@dataclass(frozen=True, slots=True)
class VoxelHeader:
    """What the header of a volume file says.

    Args:
        shape: (depth, height, width).
        dtype: of the stored values, byte order included.
        at: where the voxels begin, once inflated.
        deflated: they are one zlib stream or gzip file.
        slope: real value = stored * slope + intercept.
        intercept: see slope.
        modality: None where the file names none.
        spacing_mm: (z, y, x); None where the file does not say.
        origin_mm: (x, y, z) LPS of the centre of the first voxel.
        direction: row-major 3x3, columns are the LPS directions of the axes x, y, z.
        oriented: the file says how its axes lie in the patient.
        notes: what was put right.
        doubts: short names of what makes the geometry doubtful.
    """

    shape: tuple[int, int, int]
    dtype: np.dtype[np.generic]
    at: int
    deflated: bool = False
    slope: float = 1.0
    intercept: float = 0.0
    modality: str | None = None
    spacing_mm: tuple[float, float, float] | None = None
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = IDENTITY
    oriented: bool = True
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def size_bytes(self) -> int:
        """Of the voxels."""
        return math.prod(self.shape) * self.dtype.itemsize


def decode_voxels(data: bytes | memoryview, header: VoxelHeader, codec: str, source: str, limits: Limits) -> Decoded:
    """Views the voxels in place where they are stored as they are, otherwise inflates them.

    Returns:
        A volume, or an image where there is one slice only.

    Raises:
        InputError: IN-PIX-SIZE before anything is inflated, IN-VOL-TRUNCATED, IN-VOL-DAMAGED or IN-VOL-HEADER.
    """
    limits.check_volume(source, header.shape, header.dtype.itemsize)
    wanted = header.at + header.size_bytes
    plain = _inflated(data, wanted, source) if header.deflated else data
    if len(plain) < wanted:
        raise _cut_short(source, len(plain), wanted)
    if (len(plain) - wanted) * 2 >= header.size_bytes:
        raise InputError(
            "IN-VOL-HEADER",
            f"{source} holds at least {len(plain):,} bytes, its header describes {wanted:,}: one of them is wrong.",
            "Export the volume again from the program that wrote it.",
        )
    voxels = np.frombuffer(plain, header.dtype, math.prod(header.shape), header.at).reshape(header.shape)
    stored = voxels[0] if header.shape[0] == 1 else voxels
    pixels, notes = narrow(stored)
    return Decoded(
        pixels=pixels,
        stored=stored,
        photometric="MONOCHROME2",
        stored_max=float(np.iinfo(pixels.dtype).max) if pixels.dtype.kind in "iu" else 1.0,
        codec=codec,
        repairs=(*header.notes, *notes),
        doubts=header.doubts,
        facts=Facts(
            kind="image" if header.shape[0] == 1 else "volume",
            modality=header.modality or _OTHER,
            names_modality=header.modality is not None,
            slope=header.slope,
            intercept=header.intercept,
            spacing_mm=header.spacing_mm,
            origin_mm=header.origin_mm,
            direction=header.direction,
            oriented=header.oriented,
        ),
    )


def right_angled(axes: NDArray[np.float64]) -> bool:
    """Whether the columns of (3, 3) are numbers of a sensible size, none is zero, and they stand at right angles."""
    if not (abs(axes) <= FARTHEST_MM).all():  # written so that NaN fails as well
        return False
    lengths = np.linalg.norm(axes, axis=0)
    if not (lengths >= 1.0 / FARTHEST_MM).all():
        return False
    unit = axes / lengths
    return bool((abs(unit.T @ unit - np.eye(3)) <= _RIGHT_ANGLE).all())


def direction_of(axes: NDArray[np.float64]) -> Direction:
    """The columns of (3, 3) as unit vectors, in the order of `Scan.direction`."""
    a, b, c, d, e, f, g, h, i = (float(value) for value in (axes / np.linalg.norm(axes, axis=0)).ravel())
    return a, b, c, d, e, f, g, h, i


def name_beside(name: str, source: str) -> str:
    """The name of the one data file that a header names, which must lie beside it.

    Raises:
        InputError: IN-VOL-PAIR for a list or a pattern of names, IN-VOL-PATH for one that leads elsewhere.
    """
    if name.split()[:1] == ["LIST"] or "%" in name:
        raise InputError(
            "IN-VOL-PAIR",
            f"{source} spreads its voxels over several files ({shortened(name, 64)}).",
            "Save the volume as a single file, with its voxels behind its header.",
        )
    if name in ("", ".", "..") or any(mark in name for mark in "/\\\0"):
        raise InputError(
            "IN-VOL-PATH",
            f"{source} says that its voxels lie in '{shortened(name, 96)}', which is not a file beside it.",
            "Put the data file beside the header and name it there, or save the volume as a single file.",
        )
    return name


def no_header(source: str, what: str) -> InputError:
    """The refusal for a header that is missing a field, or contradicts itself."""
    return InputError("IN-VOL-HEADER", f"{source} {what}.", "Export the volume again from the program that wrote it.")


def no_such_type(source: str, what: str) -> InputError:
    """The refusal for values that are not one number a voxel."""
    return InputError(
        "IN-VOL-TYPE",
        f"{source} holds {shortened(what, 64)} a voxel; read is one whole or real number.",
        "Export the volume with one value a voxel, e.g. as 16 bit integers.",
    )


def not_three(source: str, sizes: tuple[int, ...]) -> InputError:
    """The refusal for more or fewer dimensions than a volume has."""
    return InputError(
        "IN-VOL-DIMS",
        f"{source} has the dimensions {shortened(sizes, 64)}; read are volumes of 3, or single slices.",
        "Export each volume of a time series or of several channels into a file of its own.",
    )


def sheared(source: str, axes: NDArray[np.float64]) -> InputError:
    """The refusal for axes that make no grid of boxes."""
    numbers = " ".join(f"{number:.4g}" for number in axes.T.ravel())
    return InputError(
        "IN-VOL-GEOMETRY",
        f"{source} has the axes {numbers}, which are zero, no numbers or not at right angles (limit {_RIGHT_ANGLE:g}).",
        "Resample the volume to a grid with right angles, or export it again.",
    )


def _inflated(data: bytes | memoryview, wanted: int, source: str) -> bytearray:
    try:
        plain, ended = inflate(data, wanted + wanted // 2 + 1)
    except zlib.error as error:
        raise InputError(
            "IN-VOL-DAMAGED",
            f"{source} is damaged: its compressed voxels cannot be inflated ({shortened(error)}).",
            "Copy or export the volume again.",
        ) from error
    if not ended and len(plain) <= wanted:
        raise _cut_short(source, len(plain), wanted)
    return plain


def _cut_short(source: str, found: int, wanted: int) -> InputError:
    return InputError(
        "IN-VOL-TRUNCATED",
        f"{source} is cut short: {found:,} bytes are there, {wanted:,} belong there.",
        "Copy or export the volume again.",
    )
