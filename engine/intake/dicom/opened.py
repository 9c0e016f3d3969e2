"""A DICOM file opened: its elements up to the pixels, its transfer syntax, and where its pixels lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from pydicom import Dataset
from pydicom.dataelem import RawDataElement
from pydicom.filereader import read_dataset
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, MediaStorageDirectoryStorage

from engine.errors import InputError
from engine.intake.dicom.bare import IMPLICIT_LITTLE, bare_syntax
from engine.intake.dicom.elements import PIXELS, Elements, PixelSpan
from engine.intake.inflate import inflate
from engine.intake.limits import Limits, mebibytes

_PREFIX_END = 132
_HEAD_BYTES = 2048
_UNDEFINED = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What stands before the pixels of a file, and the pixels as they are stored.

    Args:
        elements: those before the pixels, and what stands in sequences.
        syntax: UID of the transfer syntax.
        data: the file, or what a deflated one inflates to.
        pixels: where they lie in it; None where it holds none.
        in_words: bytes travel in swapped pairs (big endian, VR OW: PS3.5 8.1.2).
        notes: what is unusual about the file.
    """

    elements: Elements
    syntax: str
    data: bytes | bytearray
    pixels: PixelSpan | None
    in_words: bool = False
    notes: tuple[str, ...] = ()


def open_dicom(data: bytes, source: str, limits: Limits) -> Opened:
    """Reads all elements before the pixels; to be called where what pydicom raises is caught.

    Raises:
        InputError: IN-FILE-SIZE where a deflated file inflates past the limit, IN-DCM-DIRECTORY for a DICOMDIR,
            IN-DCM-TRUNCATED where it ends inside an element, IN-DCM-SYNTAX without a transfer syntax, IN-DCM-NOPIXELS
            where it holds pixels twice.
    """
    file = BytesIO(data)
    file.seek(_PREFIX_END if data[_PREFIX_END - 4 : _PREFIX_END] == b"DICM" else 0)
    meta = read_dataset(file, is_implicit_VR=False, is_little_endian=True, stop_when=lambda tag, *_: tag.group != 2)
    if meta.get("MediaStorageSOPClassUID") == MediaStorageDirectoryStorage:
        raise InputError(
            "IN-DCM-DIRECTORY",
            f"{source} is the directory of a DICOM medium, not an image.",
            "Give the folder that it lies in.",
        )
    syntax, notes = _syntax(meta, data, file.tell(), source)
    body: bytes | bytearray = data
    if syntax == DeflatedExplicitVRLittleEndian:
        body = _inflated(data, file.tell(), source, limits)
        file = BytesIO(body)
    little = UID(syntax).is_little_endian if UID(syntax).is_transfer_syntax else True
    elements = read_dataset(file, syntax == IMPLICIT_LITTLE, little, stop_when=lambda tag, *_: tag in PIXELS)
    at = file.tell()
    pixels, in_words = _span(body, at, elements, source)
    return Opened(elements, syntax, body, pixels, in_words, notes)


def _syntax(meta: Dataset, data: bytes, at: int, source: str) -> tuple[str, tuple[str, ...]]:
    """The transfer syntax that is stated, or the one that a data set without meta information begins in."""
    notes = () if data[_PREFIX_END - 4 : _PREFIX_END] == b"DICM" else ("The file lacks the 128 byte preamble.",)
    if stated := meta.get("TransferSyntaxUID"):
        return str(stated), notes
    bare = bare_syntax(data[at : at + _HEAD_BYTES]) if len(meta) == 0 else None
    if bare is None:
        raise InputError(
            "IN-DCM-SYNTAX",
            f"{source} names no transfer syntax (0002,0010), so its bytes cannot be read for certain.",
            "Export the image again from the archive or scanner.",
        )
    return bare, (*notes, f"The file names no transfer syntax; its elements are {UID(bare).name}.")


def _inflated(data: bytes, at: int, source: str, limits: Limits) -> bytearray:
    """The data set of a deflated file (PS3.5 A.5)."""
    try:
        body, ended = inflate(memoryview(data)[at:], limits.decoded_bytes, raw=True)
    except zlib.error as error:
        raise InputError(
            "IN-DCM-DAMAGED",
            f"{source} is deflated, and cannot be inflated: {error}.",
            "Copy or export the image again.",
        ) from error
    if len(body) > limits.decoded_bytes:
        raise InputError(
            "IN-FILE-SIZE",
            f"{source} inflates to more than {mebibytes(limits.decoded_bytes)}, the limit.",
            "Export the image without deflating it.",
        )
    if not ended:
        raise _cut_short(source, len(data))
    return body


def _span(data: bytes | bytearray, at: int, elements: Dataset, source: str) -> tuple[PixelSpan | None, bool]:
    """Where the value of the pixel element here begins and ends, and whether its bytes travel in swapped pairs."""
    implicit, little = elements.original_encoding
    order = "<" if little else ">"
    head = 8 if implicit else 12
    if at + head > len(data):
        _check_ends_whole(elements, data, source)
        return None, False
    group, element = struct.unpack_from(f"{order}HH", data, at)
    keyword = PIXELS.get(group << 16 | element)
    if keyword is None:  # an item delimiter, at which pydicom stops as well
        return None, False
    vr = bytes(data[at + 4 : at + 6])
    if implicit or not vr.isalpha():  # some writers change to implicit in the middle; pydicom follows them as well
        vr, head = b"", 8
    (length,) = struct.unpack_from(f"{order}I", data, at + head - 4)
    begin = at + head
    if length == _UNDEFINED:
        return PixelSpan(keyword, begin, None), False
    end = min(begin + length, len(data))
    follows = data[end : end + 4]
    if len(follows) == 4 and (follower := struct.unpack(f"{order}HH", follows)) and follower[0] == 0x7FE0:
        raise InputError(
            "IN-DCM-NOPIXELS",
            f"{source} holds two pixel elements, wanted is 1.",
            "Export the image again from the archive or scanner.",
        )
    return PixelSpan(keyword, begin, end), vr == b"OW" and not little


def _check_ends_whole(elements: Dataset, data: bytes | bytearray, source: str) -> None:
    """Tells a file that is cut short from one without pixels.

    Raises:
        InputError: IN-DCM-TRUNCATED where its last bytes are a part of an element.
    """
    last: object = elements.get_item(max(elements.keys())) if len(elements) else None
    if isinstance(last, RawDataElement) and last.length != _UNDEFINED and last.value_tell + last.length != len(data):
        raise _cut_short(source, len(data))


def _cut_short(source: str, size_bytes: int) -> InputError:
    return InputError(
        "IN-DCM-TRUNCATED",
        f"{source} is cut short: it ends after {size_bytes:,} bytes, inside one of its elements.",
        "Send or export the image again from the archive or scanner.",
    )
