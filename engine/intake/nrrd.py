"""NRRD files, .nrrd or .nhdr with its data file beside it, to a volume in LPS.

Read here for the reasons given in `nifti` and `metaimage`.

Source: "Definition of NRRD File Format", versions 1 to 5, of the Teem libraries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import IDENTITY, Direction
from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.limits import Limits
from engine.intake.nrrd_header import NrrdHeader, header_of
from engine.intake.stored import StoredFile, read_file
from engine.intake.text import shortened
from engine.intake.voxels import (
    FARTHEST_MM,
    VoxelHeader,
    decode_voxels,
    direction_of,
    name_beside,
    no_header,
    no_such_type,
    not_three,
    right_angled,
    sheared,
)

_CODEC = "Fovea (NRRD)"

_DTYPES = {
    "i1": "signed char, int8, int8_t",
    "u1": "uchar, unsigned char, uint8, uint8_t",
    "i2": "short, short int, signed short, signed short int, int16, int16_t",
    "u2": "ushort, unsigned short, unsigned short int, uint16, uint16_t",
    "i4": "int, signed int, int32, int32_t",
    "u4": "uint, unsigned int, uint32, uint32_t",
    "i8": "longlong, long long, long long int, signed long long, signed long long int, int64, int64_t",
    "u8": "ulonglong, unsigned long long, unsigned long long int, uint64, uint64_t",
    "f4": "float",
    "f8": "double",
}
"""Each with the names that the format knows for it."""

_SPACES = {
    "left-posterior-superior": (1.0, 1.0, 1.0), "lps": (1.0, 1.0, 1.0),
    "right-anterior-superior": (-1.0, -1.0, 1.0), "ras": (-1.0, -1.0, 1.0),
    "left-anterior-superior": (1.0, -1.0, 1.0), "las": (1.0, -1.0, 1.0),
}  # fmt: skip
"""What turns the three anatomical spaces into LPS. Others, such as `scanner-xyz`, say nothing of the patient."""

_UNITS_MM = {"mm": 1.0, "millimeter": 1.0, "millimetre": 1.0, "cm": 10.0, "m": 1000.0, "um": 0.001, "µm": 0.001}
"""Of `space units`; any other word is taken as mm."""

_VECTOR = re.compile(r"none|\(([^()]*)\)", re.IGNORECASE)


def read_nrrd(file: StoredFile, limits: Limits) -> Decoded:
    """Reads a volume of one number a voxel, or a single slice; a data file of its own is then in `beside`.

    Raises:
        InputError: one of IN-VOL-..., IN-PIX-SIZE, or what is wrong with the data file.
    """
    header = header_of(file.data, file.source)
    voxels = _voxel_header(header)
    limits.check_volume(file.source, voxels.shape, voxels.dtype.itemsize)
    if header.data_file is None:
        data = memoryview(file.data)[header.end :]
        return decode_voxels(data, _begun(voxels, header, data), _CODEC, file.source, limits)
    beside = read_file(file.entry.beside(name_beside(header.data_file, file.source)), limits)
    data = memoryview(beside.data)
    return replace(decode_voxels(data, _begun(voxels, header, data), _CODEC, beside.source, limits), beside=(beside,))


def data_file_of_nrrd(head: bytes, source: str) -> str | None:
    """The name that a header gives of its data file; None where the voxels follow it.

    Raises:
        InputError: there is no sound header, or the file does not lie beside it.
    """
    name = header_of(head, source).data_file
    return None if name is None else name_beside(name, source)


@dataclass(frozen=True, slots=True)
class _Place:
    """In the terms of `Scan`."""

    spacing_mm: tuple[float, float, float] | None
    origin_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: Direction = IDENTITY
    oriented: bool = False
    notes: tuple[str, ...] = ()


def _voxel_header(header: NrrdHeader) -> VoxelHeader:
    """What the fields say of the voxels, wherever they lie."""
    source = header.source
    sizes = header.wholes("sizes")
    if header.wholes("dimension") != [len(sizes)] or not sizes or min(sizes) < 1:
        raise no_header(source, f"has dimension '{shortened(header.text('dimension'), 32)}' and sizes {sizes[:8]}")
    kept = _kept_axes(sizes, header)
    named = {name: dtype for dtype, names in _DTYPES.items() for name in names.split(", ")}
    dtype = named.get(header.text("type").lower())
    if dtype is None:
        raise no_such_type(source, f"values of type '{header.text('type')}'")
    encoding = header.text("encoding").lower()
    if encoding not in ("raw", "gzip", "gz"):
        raise InputError(
            "IN-VOL-ENCODING",
            f"{source} stores its voxels as '{shortened(encoding, 32)}'; read are raw and gzip.",
            "Save the volume with the encoding raw or gzip.",
        )
    endian = header.text("endian").lower()
    if dtype[1] != "1" and endian not in ("little", "big"):
        raise no_header(source, f"has endian '{shortened(endian, 16)}' for values of {dtype[1]} bytes")
    place = _place(header, kept)
    x, y, z = (sizes[axis] for axis in kept) if len(kept) == 3 else (*(sizes[axis] for axis in kept), 1)
    return VoxelHeader(
        shape=(z, y, x),
        dtype=np.dtype(dtype).newbyteorder(">" if endian == "big" else "<"),
        at=0,
        deflated=encoding != "raw",
        spacing_mm=place.spacing_mm,
        origin_mm=place.origin_mm,
        direction=place.direction,
        oriented=place.oriented,
        notes=place.notes,
    )


def _kept_axes(sizes: list[int], header: NrrdHeader) -> list[int]:
    """The axes of the volume, the fastest first; those of a single sample beyond are left out.

    Raises:
        InputError: IN-VOL-DIMS where there are more or fewer, or one of them does not lie in space.
    """
    vectors = _VECTOR.findall(header.text("space directions"))
    outside = {axis for axis, words in enumerate(vectors) if not words}
    kept = [axis for axis, size in enumerate(sizes) if size > 1 or axis not in outside]
    while len(kept) > 3 and sizes[kept[-1]] == 1:
        kept.pop()
    if not 2 <= len(kept) <= 3 or outside.intersection(kept):
        raise not_three(header.source, tuple(sizes))
    return kept


def _place(header: NrrdHeader, kept: list[int]) -> _Place:
    if header.text("space directions"):
        return _place_in_space(header, kept)
    spacings = header.reals("spacings")
    if not spacings:
        return _Place(None, notes=("The file states no spacing.",))
    if len(spacings) <= max(kept):
        raise no_header(header.source, f"has {len(spacings)} spacings for its axes")
    steps = [abs(spacings[axis]) for axis in kept]
    if any(not 0.0 < step <= FARTHEST_MM for step in steps):  # NaN, which the format allows for `unknown`, too
        return _Place(None, notes=("The file states no spacing of each axis.",))
    return _Place(_zyx(steps), notes=("The file states no position and orientation.",))


def _place_in_space(header: NrrdHeader, kept: list[int]) -> _Place:
    """Each axis has the step that it takes in space, of which the three anatomical ones become LPS."""
    source = header.source
    vectors = [_numbers(words, source) for words in _VECTOR.findall(header.text("space directions"))]
    if len(vectors) <= max(kept) or any(len(vectors[axis]) not in (2, 3) for axis in kept):
        raise no_header(source, f"has space directions '{shortened(header.text('space directions'), 96)}'")
    space = header.text("space").lower().removesuffix("-time").removesuffix("t")
    signs = _SPACES.get(space)
    to_lps = np.array(signs or (1.0, 1.0, 1.0)) * _unit_mm(header.text("space units"))
    with np.errstate(invalid="ignore", over="ignore"):  # what is no number is told by `right_angled`
        steps = _three_axes([vectors[axis] for axis in kept]) * to_lps[:, None]
    if not right_angled(steps):
        raise sheared(source, steps)
    x, y, z = _origin(header) * to_lps
    if not max(abs(x), abs(y), abs(z)) <= FARTHEST_MM:
        raise no_header(source, f"has space origin '{shortened(header.text('space origin'), 64)}'")
    lengths = [float(length) for length in np.linalg.norm(steps, axis=0)]
    oriented = signs is not None and all(len(vectors[axis]) == 3 for axis in kept)
    notes = () if oriented else (f"Its space '{shortened(space or 'not named', 32)}' says nothing of the patient.",)
    return _Place(_zyx(lengths[: len(kept)]), (float(x), float(y), float(z)), direction_of(steps), oriented, notes)


def _origin(header: NrrdHeader) -> NDArray[np.float64]:
    """(3,) in the file's own space; 0 where it states none."""
    origin = np.zeros(3)
    for words in _VECTOR.findall(header.text("space origin"))[:1]:
        numbers = _numbers(words, header.source)[:3]
        origin[: len(numbers)] = numbers
    return origin


def _three_axes(vectors: list[list[float]]) -> NDArray[np.float64]:
    """(3, 3): the steps as columns; a slice by itself gets a third one across, as long as its rows are apart."""
    axes = np.zeros((3, 3))
    for column, numbers in enumerate(vectors):
        axes[: len(numbers), column] = numbers
    if len(vectors) == 2:
        across = np.cross(axes[:, 0], axes[:, 1])
        length = float(np.linalg.norm(across))
        axes[:, 2] = across / length * np.linalg.norm(axes[:, 1]) if length > 0.0 else 0.0
    return axes


def _zyx(steps: list[float]) -> tuple[float, float, float]:
    x, y, z = [*steps, steps[1]][:3]
    return z, y, x


def _unit_mm(text: str) -> float:
    """Of the first axis; they are all alike in space."""
    words = re.findall(r'"([^"]*)"', text)
    return _UNITS_MM.get(words[0].strip().lower(), 1.0) if words else 1.0


def _numbers(words: str, source: str) -> list[float]:
    try:
        return [float(word) for word in words.split(",")] if words else []
    except ValueError as error:
        raise no_header(source, f"has the vector '({shortened(words, 64)})'") from error


def _begun(voxels: VoxelHeader, header: NrrdHeader, data: memoryview) -> VoxelHeader:
    """Adds where the voxels begin: behind so many lines and bytes, or (-1) so that they end with the file."""
    lines, skip = (_single(header.wholes(name)) for name in ("line skip", "byte skip"))
    if lines:
        raise no_header(header.source, f"skips {lines} lines before its voxels, which is not read")
    if skip == -1 and not voxels.deflated:
        skip = max(0, len(data) - voxels.size_bytes)
    if skip < 0:
        raise no_header(header.source, f"has byte skip {skip}, which cannot be for these voxels")
    return replace(voxels, at=skip)


def _single(numbers: Iterable[int]) -> int:
    return next(iter(numbers), 0)
