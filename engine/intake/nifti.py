"""NIfTI-1 and NIfTI-2 files, plain or in gzip, to a volume in LPS.

Read here and not through a library, so that the header is held against the limits before anything is inflated, the
stored values keep their slope and intercept, and what was hashed is what was decoded. SimpleITK is the second reader
that the tests compare with.

Source: the NIfTI-1 data format, nifti1.h (January 2006) and nifti2.h (March 2011) of the NIfTI DFWG.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import IDENTITY, Direction
from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.forms import GZIP, HEAD_BYTES, inflated_head
from engine.intake.limits import Limits
from engine.intake.nifti_header import Fields, fields_of
from engine.intake.voxels import (
    FARTHEST_MM,
    VoxelHeader,
    decode_voxels,
    direction_of,
    no_header,
    no_such_type,
    not_three,
    right_angled,
    sheared,
)

_CODEC = "Fovea (NIfTI)"

_DTYPES = {
    2: "u1", 4: "i2", 8: "i4", 16: "f4", 64: "f8", 256: "i1", 512: "u2", 768: "u4", 1024: "i8", 1280: "u8",
}  # fmt: skip
"""By `datatype`; bits, complex numbers, colours and 128 bit floats are not read."""

_UNITS_MM = {0: 1.0, 1: 1000.0, 2: 1.0, 3: 0.001}
"""Of `xyzt_units`, its lowest three bits: unknown (taken as mm), metre, millimetre, micrometre."""

_LPS = np.diag([-1.0, -1.0, 1.0])
"""NIfTI's axes point right, anterior and superior."""

_ROUNDING = 1e-3
"""How far the squares of a quaternion may add up to more than 1."""

_AGREE_MM = 0.1
"""How far a corner may lie from where the other of two stated geometries puts it."""

Affine = NDArray[np.float64]
"""(3, 4): voxel (i, j, k, 1) to LPS mm."""


def read_nifti(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a volume of one number a voxel, or a single slice.

    Raises:
        InputError: one of IN-VOL-... or IN-PIX-SIZE.
    """
    deflated = data.startswith(GZIP)
    head = data[:HEAD_BYTES]
    fields = fields_of(inflated_head(head) if deflated else head, source)
    return decode_voxels(data, _header(fields, source, deflated=deflated), _CODEC, source, limits)


def _header(fields: Fields, source: str, *, deflated: bool) -> VoxelHeader:
    if fields.magic.startswith(b"ni"):
        raise InputError(
            "IN-VOL-PAIR",
            f"{source} is a NIfTI header whose voxels lie in another file.",
            "Convert the pair to a single .nii file.",
        )
    slope, intercept = fields.slope, fields.intercept
    if slope == 0.0 or not (math.isfinite(slope) and math.isfinite(intercept)):  # 0 means: none
        slope, intercept = 1.0, 0.0
    shape = _shape(fields, source)
    place = _place(fields, shape, source)
    return VoxelHeader(
        shape=shape,
        dtype=_dtype(fields, source),
        at=_offset(fields, source),
        deflated=deflated,
        slope=slope,
        intercept=intercept,
        spacing_mm=place.spacing_mm,
        origin_mm=place.origin_mm,
        direction=place.direction,
        oriented=place.oriented,
        notes=place.notes,
        doubts=place.doubts,
    )


def _shape(fields: Fields, source: str) -> tuple[int, int, int]:
    count = fields.dim[0]
    if not 1 <= count <= 7:
        raise no_header(source, f"states {count} dimensions")
    sizes = fields.dim[1 : count + 1]
    if min(sizes) < 1:
        raise no_header(source, f"states the sizes {sizes}")
    if count < 2 or any(size != 1 for size in sizes[3:]):
        raise not_three(source, sizes)
    return (sizes[2] if count > 2 else 1), sizes[1], sizes[0]


def _dtype(fields: Fields, source: str) -> np.dtype[np.generic]:
    if fields.datatype not in _DTYPES:
        raise no_such_type(source, f"values of NIfTI type {fields.datatype}")
    dtype = np.dtype(_DTYPES[fields.datatype]).newbyteorder("<" if fields.order == "<" else ">")
    if fields.bitpix != dtype.itemsize * 8:
        raise no_header(source, f"states {fields.bitpix} bits for its type, which has {dtype.itemsize * 8}")
    return dtype


def _offset(fields: Fields, source: str) -> int:
    """Where the voxels begin; the header and four bytes that announce extensions come before."""
    least = 352 if fields.magic.startswith(b"n+1") else 544
    if fields.vox_offset == 0:
        return least
    if not (math.isfinite(fields.vox_offset) and least <= fields.vox_offset <= 1 << 40):
        raise no_header(source, f"puts its voxels at byte {fields.vox_offset:g}; the first possible is {least}")
    return int(fields.vox_offset)


@dataclass(frozen=True, slots=True)
class _Place:
    """In the terms of `Scan`."""

    spacing_mm: tuple[float, float, float]
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = IDENTITY
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    oriented: bool = True


def _place(fields: Fields, shape: tuple[int, int, int], source: str) -> _Place:
    """The sform where it is given and right-angled, else the qform, else the sizes of the voxels alone."""
    unit_mm = _UNITS_MM.get(fields.units & 7, 1.0)
    x_mm, y_mm, z_mm = (abs(size) * unit_mm for size in fields.pixdim[1:4])
    if fields.dim[0] < 3 and z_mm == 0.0:
        z_mm = y_mm
    if not all(0.0 < size <= FARTHEST_MM for size in (x_mm, y_mm, z_mm)):
        raise no_header(source, f"states voxels of {x_mm:g} x {y_mm:g} x {z_mm:g} mm")
    with np.errstate(invalid="ignore", over="ignore"):  # what is no number is told by `_is_sound`
        sform = _LPS @ np.array(fields.srow, np.float64).reshape(3, 4) * unit_mm if fields.sform_code > 0 else None
        qform = _qform(fields, (x_mm, y_mm, z_mm), unit_mm) if fields.qform_code > 0 else None
    if sform is None and qform is None:
        return _Place((z_mm, y_mm, x_mm), oriented=False, notes=("The file states no position and orientation.",))
    sound = [form for form in (sform, qform) if form is not None and _is_sound(form)]
    if not sound:
        raise sheared(source, (sform if sform is not None else qform)[:, :3])  # type: ignore[index]  # one is given
    affine, *others = sound
    notes: tuple[str, ...] = ()
    if sform is not None and affine is not sform:
        notes = ("The axes of its sform are not at right angles; its qform was taken.",)
    apart_mm = max((_apart_mm(affine, other, shape) for other in others), default=0.0)
    if apart_mm > _AGREE_MM:
        notes = (f"Its sform and qform put corners up to {apart_mm:.1f} mm apart; the sform was taken.",)
    x_mm, y_mm, z_mm = (float(length) for length in np.linalg.norm(affine[:, :3], axis=0))
    x, y, z = (float(value) for value in affine[:, 3])
    doubts = ("geometry-unsure",) if notes else ()
    return _Place((z_mm, y_mm, x_mm), (x, y, z), direction_of(affine[:, :3]), notes, doubts)


def _qform(fields: Fields, size_mm: tuple[float, float, float], unit_mm: float) -> Affine:
    """A rotation as a quaternion, of which the first number follows from the others (nifti1.h, METHOD 2)."""
    b, c, d = fields.quaternion
    rest = 1.0 - (b * b + c * c + d * d)
    a = math.sqrt(rest) if rest > 0.0 else (0.0 if rest > -_ROUNDING else math.nan)
    rotation = np.array(
        [
            [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b],
        ]
    )
    handed = -1.0 if fields.pixdim[0] < 0.0 else 1.0
    axes = rotation * np.array([size_mm[0], size_mm[1], size_mm[2] * handed])
    affine: Affine = _LPS @ np.column_stack([axes, np.array(fields.offset) * unit_mm])
    return affine


def _is_sound(affine: Affine) -> bool:
    return bool((abs(affine[:, 3]) <= FARTHEST_MM).all()) and right_angled(affine[:, :3])


def _apart_mm(one: Affine, other: Affine, shape: tuple[int, int, int]) -> float:
    """How far apart two geometries put the farthest corner."""
    last_k, last_j, last_i = (size - 1 for size in shape)
    corners = np.array([[i, j, k, 1] for i in (0, last_i) for j in (0, last_j) for k in (0, last_k)], np.float64).T
    return float(np.linalg.norm((one - other) @ corners, axis=0).max())
