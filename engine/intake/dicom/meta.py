"""The file meta information at the beginning of a DICOM file, as far as it tells what the file is (PS3.10 7.1)."""

from __future__ import annotations

import struct

from pydicom.uid import MediaStorageDirectoryStorage
from pydicom.valuerep import EXPLICIT_VR_LENGTH_32

_SOP_CLASS = b"\x02\x00"
_SYNTAX = b"\x10\x00"
"""The elements (0002,0002) and (0002,0010), as they are stored."""

_LONG = frozenset(vr.encode() for vr in EXPLICIT_VR_LENGTH_32)


def transfer_syntax_in(head: bytes) -> str | None:
    """The transfer syntax that a file names; None where that is not in its beginning, or the whole group is not."""
    return _uid(head, _SYNTAX)


def is_directory(head: bytes) -> bool:
    """Whether a file is the directory of a DICOM medium, a DICOMDIR (PS3.3 F), whatever its name."""
    return MediaStorageDirectoryStorage.encode() in head and _uid(head, _SOP_CLASS) == MediaStorageDirectoryStorage


def _uid(head: bytes, wanted: bytes) -> str | None:
    if head[128:132] != b"DICM":
        return None
    at, uid = 132, None
    while head[at : at + 2] == b"\x02\x00" and at + 12 <= len(head):
        element, kind, length = struct.unpack_from("<2x2s2sH", head, at)
        begin = at + 8
        if kind in _LONG:
            (length,) = struct.unpack_from("<I", head, begin)
            begin += 4
        at = begin + length
        if element == wanted:
            uid = head[begin:at].rstrip(b"\0 ").decode("latin-1")
    is_whole = at + 2 <= len(head) and head[at : at + 2] != b"\x02\x00"
    return uid if is_whole else None
