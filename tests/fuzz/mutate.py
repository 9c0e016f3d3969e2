"""Damage of the kinds that files suffer, or that somebody does to them; the same for the same random numbers."""

from __future__ import annotations

import gzip
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_NUMBERS = (b"0", b"-1", b"1e308", b"-1e308", b"nan", b"inf", b"99999999", b"2147483648", b"0.00001", b"1", b"32768")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_HEADS = (64, 512, 4096)
_PNG = b"\x89PNG\r\n\x1a\n"
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


def mutated(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, str]:
    """Damages a file in one to three ways.

    What lies behind a checksum is reached too: a PNG may get its checksums right again, and its rows and what is in
    gzip or zip may be damaged before they are packed.

    Args:
        data: the file; not empty.
        other: another one, to splice with.
        chance: decides everything.

    Returns:
        The damaged file, and what was done to it.
    """
    if data.startswith(_GZIP) and chance.random() < 0.5:
        inside, kinds = _damaged(gzip.decompress(data), other, chance)
        return gzip.compress(inside, mtime=0), f"{kinds}, packed again"
    if data.startswith(_ZIP) and chance.random() < 0.5:
        return _with_damaged_member(data, other, chance)
    if data.startswith(_PNG) and chance.random() < 0.3:
        return _with_damaged_rows(data, other, chance)
    damaged, kinds = _damaged(data, other, chance)
    if data.startswith(_PNG) and chance.random() < 0.7:
        return _with_checksums(damaged), f"{kinds}, checksums right"
    return damaged, kinds


def _damaged(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, str]:
    kinds = chance.choices(
        list(_KINDS), [3 if kind == "payload" else 1 for kind in _KINDS], k=chance.choice([1, 1, 1, 2, 3])
    )
    for kind in kinds:
        data = _KINDS[kind](bytearray(data or b"\0"), other, chance)
    return data, ", ".join(kinds)


def _with_damaged_member(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, str]:
    file, done = BytesIO(), ""
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(file, "w") as packed:
        victim = chance.choice(archive.namelist())
        for member in archive.infolist():
            content = archive.read(member)
            if member.filename == victim:
                content, done = _damaged(content, other, chance)
            packed.writestr(member, content)
    return file.getvalue(), f"{done} in {victim}, packed again"


def _place(data: bytearray, chance: random.Random) -> int:
    """Anywhere, but more often near the beginning, where the headers are."""
    begin = min(chance.choices([0, _after_file_meta(data)], [1, 4])[0], len(data) - 1)
    return begin + chance.randrange(min(len(data) - begin, chance.choice([*_HEADS, len(data)])))


def _after_file_meta(data: bytearray) -> int:
    """Where the data set of a DICOM file begins (PS3.10 7.1): without its file meta, nothing else of it is read."""
    if data[128:132] != b"DICM" or data[132:140] != b"\x02\0\0\0UL\x04\0" or len(data) < 144:
        return 0
    return 144 + int.from_bytes(data[140:144], "little")


def _bits(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        data[_place(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(data)


def _bytes(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        data[_place(data, chance)] = chance.randrange(256)
    return bytes(data)


def _payload(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    """Bytes behind the headers, none more or fewer: what reaches the decoders."""
    begin = len(data) // 4
    for _ in range(chance.choice([1, 2, 8, 32])):
        data[chance.randrange(begin, len(data))] = chance.choice([0, 0xFF, chance.randrange(256)])
    return bytes(data)


def _cut(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(len(data))])


def _extreme(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    """A number of two or four bytes becomes an extreme one."""
    at, width, order = _place(data, chance), chance.choice([2, 4]), chance.choice(["<", ">"])
    return _with_number(data, at, chance.choice(_EXTREMES), width, order)


def _length(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    """A number that may be a length, as it is no larger than the file, becomes another one."""
    for _ in range(64):
        at, width, order = _place(data, chance), chance.choice([2, 4]), chance.choice(["<", ">"])
        field = bytes(data[at : at + width])
        value = int.from_bytes(field, "little" if order == "<" else "big")
        if len(field) == width and 0 < value <= len(data):
            changed = chance.choice([value - 1, value + 1, value * 2, value // 2, value + 2, len(data), *_EXTREMES])
            return _with_number(data, at, changed, width, order)
    return _extreme(data, b"", chance)


def _written(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    """A number written in digits becomes another one, as long as before or not."""
    numbers = list(_NUMBER.finditer(data, 0, chance.choice([*_HEADS, len(data)])))
    if not numbers:
        return _extreme(data, b"", chance)
    begin, end = chance.choice(numbers).span()
    number = chance.choice(_NUMBERS)
    data[begin:end] = number[: end - begin].ljust(end - begin) if chance.random() < 0.7 else number
    return bytes(data)


def _splice(data: bytearray, other: bytes, chance: random.Random) -> bytes:
    """From somewhere on, or for a while, another file."""
    at, source = _place(data, chance), chance.randrange(max(1, len(other)))
    length = chance.choice([8, 64, 1024, len(other)])
    piece = other[source : source + length]
    data[at : at + (len(piece) if chance.random() < 0.5 else len(data))] = piece
    return bytes(data)


def _twice(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    begin, length = _place(data, chance), chance.choice([4, 16, 128, 2048])
    data[begin:begin] = data[begin : begin + length] * chance.choice([1, 1, 20])
    return bytes(data)


def _swap(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    first, second = sorted((_place(data, chance), _place(data, chance)))
    length = min(chance.choice([4, 16, 128]), second - first)
    head, tail = data[first : first + length], data[second : second + length]
    data[first : first + len(tail)] = tail
    data[second : second + length] = head
    return bytes(data)


def _gap(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    """A piece is lost, or reads as zeros."""
    begin, length = _place(data, chance), chance.choice([1, 4, 64, 512, 4096])
    lost = bytes(data[begin : begin + length])
    data[begin : begin + length] = bytes(len(lost)) if chance.random() < 0.5 else b""
    return bytes(data)


def _noise(data: bytearray, _other: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    data[at:at] = chance.randbytes(chance.choice([1, 2, 16, 256]))
    return bytes(data)


_KINDS: dict[str, Callable[[bytearray, bytes, random.Random], bytes]] = {
    "bits": _bits,
    "bytes": _bytes,
    "payload": _payload,
    "cut": _cut,
    "extreme": _extreme,
    "length": _length,
    "written number": _written,
    "splice": _splice,
    "twice": _twice,
    "swap": _swap,
    "gap": _gap,
    "noise": _noise,
}


def _with_number(data: bytearray, at: int, value: int, width: int, order: str) -> bytes:
    field = struct.pack(f"{order}Q", value % (1 << (8 * width)))
    data[at : at + width] = field[:width] if order == "<" else field[-width:]
    return bytes(data)


def _with_damaged_rows(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, str]:
    """A PNG whose filtered rows (PNG third edition, 9) are damaged; all around them is sound."""
    begin = data.index(b"IDAT") - 4
    (length,) = struct.unpack_from(">I", data, begin)
    rows, kinds = _damaged(zlib.decompress(data[begin + 8 : begin + 8 + length]), other, chance)
    packed = zlib.compress(rows)
    chunk = struct.pack(">I", len(packed)) + b"IDAT" + packed + bytes(4)
    return _with_checksums(data[:begin] + chunk + data[begin + 12 + length :]), f"{kinds} in rows, checksums right"


def _with_checksums(data: bytes) -> bytes:
    """A PNG whose chunks, as far as they can be told, have the right checksums."""
    whole, at = bytearray(data), len(_PNG)
    while at + 12 <= len(whole):
        (length,) = struct.unpack_from(">I", whole, at)
        end = at + 8 + length
        if end + 4 > len(whole):
            break
        struct.pack_into(">I", whole, end, zlib.crc32(whole[at + 4 : end]))
        at = end + 4
    return bytes(whole)
