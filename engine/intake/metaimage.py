"""MetaImage files, .mha or .mhd with its data file beside it, to a volume in LPS.

Read here and not through a library for the reasons given in `nifti`, and because the header names the file that holds
the voxels: it may only lie beside the header or below.

Source: the MetaIO documentation of the Insight Toolkit, "MetaIO/Documentation", keys of MetaObject and MetaImage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from engine.domain.scan import IDENTITY, Direction
from engine.intake.decoded import Decoded
from engine.intake.limits import Limits
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

_CODEC = "Fovea (MetaImage)"

HEADER_BYTES = 1 << 16
"""Most that a header may take."""

_LAST_KEY = "ElementDataFile"

_DTYPES = {
    "MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4", "MET_UINT": "u4",
    "MET_LONG": "i4", "MET_ULONG": "u4", "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4",
    "MET_DOUBLE": "f8",
}  # fmt: skip

_MODALITIES = {"MET_MOD_CT": "CT", "MET_MOD_MR": "MR", "MET_MOD_NM": "NM", "MET_MOD_US": "US"}


_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True, slots=True)
class _Header:
    """The keys of a header with their words, and where the voxels are said to be."""

    keys: dict[str, str]
    end: int
    source: str

    def words(self, *names: str) -> list[str]:
        """Of the first of these keys that is there; none where none is."""
        return next((self.keys[name].split() for name in names if name in self.keys), [])

    def whole(self, name: str) -> list[int]:
        return self._numbers(int, name)

    def reals(self, *names: str) -> list[float]:
        return self._numbers(_sensible, *names)

    def true(self, *names: str) -> bool:
        return [word.lower() for word in self.words(*names)] in (["true"], ["1"], ["t"])

    def _numbers(self, number: Callable[[str], _Number], *names: str) -> list[_Number]:
        try:
            return [number(word) for word in self.words(*names)]
        except ValueError as error:
            words = shortened(" ".join(self.words(*names)), 64)
            raise no_header(self.source, f"has {names[0]} '{words}'") from error


def _sensible(word: str) -> float:
    number = float(word)
    if not abs(number) <= FARTHEST_MM:
        raise ValueError(word)
    return number


def read_metaimage(file: StoredFile, limits: Limits) -> Decoded:
    """Reads a volume of one number a voxel, or a single slice; the data file is then in `beside`.

    Raises:
        InputError: one of IN-VOL-..., IN-PIX-SIZE, or what is wrong with the data file.
    """
    header = _keys_of(file.data, file.source)
    voxels = _voxel_header(header)
    limits.check_volume(file.source, voxels.shape, voxels.dtype.itemsize)
    name = header.keys[_LAST_KEY]
    if name.upper() == "LOCAL":
        data = memoryview(file.data)[header.end :]
        return decode_voxels(data, _begun(voxels, header, len(data)), _CODEC, file.source, limits)
    beside = read_file(file.entry.beside(name_beside(name, file.source)), limits)
    decoded = decode_voxels(beside.data, _begun(voxels, header, len(beside.data)), _CODEC, beside.source, limits)
    return replace(decoded, beside=(beside,))


def data_file_of_metaimage(head: bytes, source: str) -> str | None:
    """The name that a header gives of its data file; None where the voxels follow it.

    Raises:
        InputError: there is no sound header, or the file does not lie beside it.
    """
    name = _keys_of(head, source).keys[_LAST_KEY]
    return None if name.upper() == "LOCAL" else name_beside(name, source)


def _keys_of(data: bytes, source: str) -> _Header:
    """Splits `Key = words` lines up to the key that ends the header."""
    keys: dict[str, str] = {}
    at = 0
    while _LAST_KEY not in keys:
        end = data.find(b"\n", at, HEADER_BYTES)
        if end < 0:
            # A file with its voxels elsewhere may end without a line feed.
            end = min(len(data), HEADER_BYTES)
            if not data[at:end].strip().startswith(_LAST_KEY.encode()):
                raise no_header(source, "has no ElementDataFile, which ends the header of a MetaImage")
        key, equals, words = data[at:end].decode("latin-1").partition("=")
        if equals:
            keys[key.strip()] = words.strip()
        at = end + 1
    return _Header(keys, at, source)


def _voxel_header(header: _Header) -> VoxelHeader:
    """What the keys say of the voxels, wherever they lie."""
    source = header.source
    sizes = tuple(header.whole("DimSize"))
    if header.whole("NDims") != [len(sizes)] or not sizes or min(sizes) < 1:
        raise no_header(source, f"has NDims '{shortened(header.keys.get('NDims'), 32)}' and DimSize {sizes[:8]}")
    while len(sizes) > 3 and sizes[-1] == 1:
        sizes = sizes[:-1]
    if not 2 <= len(sizes) <= 3:
        raise not_three(source, sizes)
    dims = len(header.whole("DimSize"))
    kind = " ".join(header.words("ElementType"))
    channels = header.whole("ElementNumberOfChannels") or [1]
    if kind not in _DTYPES or channels != [1]:
        raise no_such_type(source, f"{channels[0]} values of type '{kind}'")
    if "BinaryData" in header.keys and not header.true("BinaryData"):
        raise no_such_type(source, "numbers written as text")
    order = ">" if header.true("BinaryDataByteOrderMSB", "ElementByteOrderMSB") else "<"
    spacing_mm, origin_mm, direction = _place(header, dims)
    return VoxelHeader(
        shape=(sizes[2] if len(sizes) > 2 else 1, sizes[1], sizes[0]),
        dtype=np.dtype(_DTYPES[kind]).newbyteorder("<" if order == "<" else ">"),
        at=0,
        deflated=header.true("CompressedData"),
        modality=_MODALITIES.get(" ".join(header.words("Modality"))),
        spacing_mm=spacing_mm,
        origin_mm=origin_mm,
        direction=direction,
        oriented=bool(header.reals("TransformMatrix", "Rotation", "Orientation")),
        notes=() if spacing_mm else ("The file states no spacing.",),
    )


def _place(
    header: _Header, dims: int
) -> tuple[tuple[float, float, float] | None, tuple[float, float, float], Direction]:
    """Spacing (z, y, x), origin and direction; a slice by itself has the spacing of its rows between slices."""
    steps = header.reals("ElementSpacing", "ElementSize")
    offset = header.reals("Offset", "Position", "Origin")
    matrix = header.reals("TransformMatrix", "Rotation", "Orientation")
    wanted = ((steps, dims), (offset, dims), (matrix, dims * dims))
    if any(numbers and len(numbers) != count for numbers, count in wanted) or any(step == 0.0 for step in steps):
        raise no_header(header.source, f"has spacing, offset or matrix that do not fit {dims} dimensions")
    spacing = None
    if steps:
        x_mm, y_mm, z_mm = [abs(step) for step in (*steps, steps[1])][:3]
        spacing = (z_mm, y_mm, x_mm)
    x, y, z = [*offset, 0.0, 0.0, 0.0][:3]
    if not matrix:
        return spacing, (x, y, z), IDENTITY
    axes = np.eye(3)
    count = min(dims, 3)
    axes[:count, :count] = np.array(matrix).reshape(dims, dims)[:count, :count].T  # each row of the file is an axis
    if not right_angled(axes):
        raise sheared(header.source, axes)
    return spacing, (x, y, z), direction_of(axes)


def _begun(voxels: VoxelHeader, header: _Header, size_bytes: int) -> VoxelHeader:
    """Adds where the voxels begin in their data: behind so many bytes, or (-1) so that they end with it."""
    skip = (header.whole("HeaderSize") or [0])[0]
    if skip == -1 and not voxels.deflated:
        skip = max(0, size_bytes - voxels.size_bytes)
    if skip < 0 or (skip and voxels.deflated):
        raise no_header(header.source, f"has HeaderSize {skip}, which cannot be for these voxels")
    return replace(voxels, at=skip)
