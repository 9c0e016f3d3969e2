"""The header of a NIfTI file, version 1 or 2, of either byte order, as its fields.

Source: nifti1.h (January 2006) and nifti2.h (March 2011) of the NIfTI DFWG.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from engine.intake.voxels import no_header


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a header that count, of either version."""

    magic: bytes
    order: str
    dim: tuple[int, ...]
    datatype: int
    bitpix: int
    pixdim: tuple[float, ...]
    vox_offset: float
    slope: float
    intercept: float
    qform_code: int
    sform_code: int
    quaternion: tuple[float, ...]
    offset: tuple[float, ...]
    srow: tuple[float, ...]
    units: int


def fields_of(head: bytes, source: str) -> Fields:
    """Unpacks a header; its first number, its own size, tells version and byte order."""
    sizes = {struct.unpack_from(order + "i", head.ljust(4, b"\0"))[0]: order for order in "<>"}
    if 348 in sizes and len(head) >= 348:
        order = sizes[348]
        dim = struct.unpack_from(order + "8h", head, 40)
        datatype, bitpix = struct.unpack_from(order + "2h", head, 70)
        pixdim = struct.unpack_from(order + "8f", head, 76)
        vox_offset, slope, intercept = struct.unpack_from(order + "3f", head, 108)
        qform_code, sform_code = struct.unpack_from(order + "2h", head, 252)
        numbers = struct.unpack_from(order + "18f", head, 256)
        units, magic = head[123], head[344:348]
    elif 540 in sizes and len(head) >= 540:
        order = sizes[540]
        datatype, bitpix = struct.unpack_from(order + "2h", head, 12)
        dim = struct.unpack_from(order + "8q", head, 16)
        pixdim = struct.unpack_from(order + "8d", head, 104)
        (vox_offset,) = struct.unpack_from(order + "q", head, 168)
        slope, intercept = struct.unpack_from(order + "2d", head, 176)
        qform_code, sform_code = struct.unpack_from(order + "2i", head, 344)
        numbers = struct.unpack_from(order + "18d", head, 352)
        (units,) = struct.unpack_from(order + "i", head, 500)
        magic = head[4:12]
    else:
        raise no_header(source, f"has a NIfTI mark but no whole header of 348 or 540 bytes ({len(head):,} are there)")
    return Fields(
        magic=magic, order=order, dim=dim, datatype=datatype, bitpix=bitpix, pixdim=pixdim, vox_offset=vox_offset,
        slope=slope, intercept=intercept, qform_code=qform_code, sform_code=sform_code, quaternion=numbers[:3],
        offset=numbers[3:6], srow=numbers[6:], units=units,
    )  # fmt: skip
