"""DICOM data sets that stand alone, without the preamble and the prefix that a file begins with (PS3.10 7.1)."""

from __future__ import annotations

import struct

IMPLICIT_LITTLE = "1.2.840.10008.1.2"
EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
EXPLICIT_BIG = "1.2.840.10008.1.2.2"

_LONG = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
_SHORT = frozenset({b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH",
                    b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US"})  # fmt: skip
"""Value representations whose length has four or two bytes (PS3.5 7.1.2)."""

_LEAST_ELEMENTS = 4
"""So many sound elements in a row are no accident."""

_FIRST_GROUPS = (0x0002, 0x0008)
_LONGEST_VALUE = 1 << 16
"""Elements before the pixels that are longer than this are sequences and private data, which come later."""


def bare_syntax(head: bytes) -> str | None:
    """The native transfer syntax in which a data set without any preamble begins; None where none does.

    File meta information, which is always explicit and little-endian, counts as such a beginning.

    Args:
        head: the first 2,048 bytes, or the whole of a shorter file.
    """
    for syntax in (EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG):
        if _sound_elements(head, syntax) >= _LEAST_ELEMENTS:
            return syntax
    return None


def _sound_elements(head: bytes, syntax: str) -> int:
    """How many elements follow each other in ascending order from the first byte on; 0 for another beginning."""
    order = ">" if syntax == EXPLICIT_BIG else "<"
    at, last, count = 0, 0, 0
    while at + 12 <= len(head):
        group, element = struct.unpack_from(f"{order}HH", head, at)
        tag = group << 16 | element
        value = _value_of(head, at, order, explicit=syntax != IMPLICIT_LITTLE)
        if value is None or (count == 0 and group not in _FIRST_GROUPS) or tag <= last:
            return 0
        begin, length = value
        if length > _LONGEST_VALUE:
            return count
        last, at, count = tag, begin + length, count + 1
    return count


def _value_of(head: bytes, at: int, order: str, *, explicit: bool) -> tuple[int, int] | None:
    """Begin and length of the value of the element here; None where it is none."""
    if not explicit:
        (length,) = struct.unpack_from(f"{order}I", head, at + 4)
        return (at + 8, length) if length % 2 == 0 or length == 0xFFFF_FFFF else None
    kind = head[at + 4 : at + 6]
    if kind in _SHORT:
        return at + 8, struct.unpack_from(f"{order}H", head, at + 6)[0]
    if kind in _LONG:
        return at + 12, struct.unpack_from(f"{order}I", head, at + 8)[0]
    return None
