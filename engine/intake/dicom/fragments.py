"""Encapsulated pixels to one compressed stream a frame: by the offset tables, or by how streams begin (PS3.5 A.4)."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.header import PixelForm

_ITEM = (0xFFFE, 0xE000)
_SEQUENCE_END = (0xFFFE, 0xE0DD)

_JPEG_START = b"\xff\xd8\xff"
_JPEG_2000_STARTS = (b"\xff\x4f\xff\x51", b"\x00\x00\x00\x0cjP  ")
"""SOI and the marker after it; SOC and SIZ, or the signature box of JP2."""

_RLE = "1.2.840.10008.1.2.5"
_RLE_HEADER_BYTES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Fragments:
    """The items that hold compressed pixels.

    Args:
        table: the value of the first item, the Basic Offset Table.
        places: of each other item's tag, counted from that of the first of them, as offset tables count.
        values: of these items, views of the file.
    """

    table: memoryview
    places: tuple[int, ...]
    values: tuple[memoryview, ...]


def fragments_in(pixels: memoryview, source: str, *, delimited: bool = True) -> Fragments:
    """Walks the items of encapsulated pixels.

    Args:
        pixels: from the tag of the first item on.
        source: the file, for messages.
        delimited: their length is undefined, so that a delimiter must end them.

    Raises:
        InputError: IN-DCM-TRUNCATED where they end early, IN-DCM-FRAGMENTS for anything but items.
    """
    starts, values, at, ended = [], [], 0, not delimited
    while at + 8 <= len(pixels):
        group, element, length = struct.unpack_from("<HHI", pixels, at)
        if (group, element) == _SEQUENCE_END:
            ended = True
            break
        if (group, element) != _ITEM:
            raise InputError(
                "IN-DCM-FRAGMENTS",
                f"{source} has ({group:04X},{element:04X}) where a fragment of its pixels should begin.",
                "Export the image again from the archive or scanner.",
            )
        if at + 8 + length > len(pixels):
            raise _cut_short(source, len(pixels), at + 8 + length)
        starts.append(at)
        values.append(pixels[at + 8 : at + 8 + length])
        at += 8 + length
    if not ended or not any(map(len, values[1:])):
        raise _cut_short(source, len(pixels), at + 8)
    return Fragments(values[0], tuple(start - starts[1] for start in starts[1:]), tuple(values[1:]))


def frame_streams(fragments: Fragments, elements: Elements, form: PixelForm, source: str) -> Iterator[bytes]:
    """The stream of each frame, in order; its fragments joined.

    A single frame is all of them. Several are cut by the extended offset table, else by the basic one. Without any,
    or where it cannot be right, each fragment is a frame if there are as many; else a frame begins with each fragment
    that begins as a stream does.

    Raises:
        InputError: IN-DCM-FRAGMENTS where none of these leads to as many frames as the header states.
    """
    firsts = _first_fragments(fragments, elements, form)
    if firsts is None:
        raise InputError(
            "IN-DCM-FRAGMENTS",
            f"{source} holds {len(fragments.values):,} fragments of pixels for {form.frames:,} frames, and neither an "
            "offset table nor their beginnings say which belong together.",
            "Export the image again from the archive or scanner.",
        )
    for begin, end in pairwise([*firsts, len(fragments.values)]):
        yield b"".join(fragments.values[begin:end])


def _first_fragments(fragments: Fragments, elements: Elements, form: PixelForm) -> Sequence[int] | None:
    """The index of the first fragment of each frame; None where it cannot be told."""
    if form.frames == 1:
        return [0]
    extended = elements.get("ExtendedOffsetTable")
    if isinstance(extended, bytes) and (firsts := _by_table(fragments, extended, "Q", form.frames)):
        return firsts
    if len(fragments.table) and (firsts := _by_table(fragments, fragments.table, "I", form.frames)):
        return firsts
    if len(fragments.values) == form.frames:
        return range(form.frames)
    begins = [index for index, value in enumerate(fragments.values) if _begins_stream(value, form)]
    return begins if len(begins) == form.frames and begins[0] == 0 else None


def _by_table(fragments: Fragments, table: bytes | memoryview, kind: str, frames: int) -> list[int] | None:
    """The fragments that a table of offsets names; None where it is not one offset a frame, each of a fragment."""
    if len(table) != frames * struct.calcsize(kind):
        return None
    offsets = struct.unpack(f"<{frames}{kind}", table)
    firsts = [bisect_left(fragments.places, offset) for offset in offsets]
    exact = all(
        first < len(fragments.places) and fragments.places[first] == offset
        for first, offset in zip(firsts, offsets, strict=True)
    )
    rising = firsts[0] == 0 and all(before < after for before, after in pairwise(firsts))
    return firsts if exact and rising else None


def _begins_stream(fragment: memoryview, form: PixelForm) -> bool:
    if form.syntax == _RLE:
        if len(fragment) < _RLE_HEADER_BYTES:
            return False
        segments, *offsets = struct.unpack_from("<16I", fragment)
        wanted = form.samples * form.bits_allocated // 8
        used, unused = offsets[:wanted], offsets[wanted:]
        rising = used == sorted(set(used)) and used[0] == _RLE_HEADER_BYTES
        return segments == wanted and rising and not any(unused)
    return bytes(fragment[:3]) == _JPEG_START or bytes(fragment[:8]).startswith(_JPEG_2000_STARTS)


def _cut_short(source: str, found: int, wanted: int) -> InputError:
    return InputError(
        "IN-DCM-TRUNCATED",
        f"{source} is cut short: {found:,} bytes of pixels are there, at least {wanted:,} belong there.",
        "Send or export the image again from the archive or scanner.",
    )
