"""Deflated streams, inflated piece by piece and never far past a limit, or only measured."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_STEP_BYTES = 1 << 20

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
"""Told by the first bytes."""


@dataclass(frozen=True, slots=True)
class Inflated:
    """What became of a stream.

    Args:
        size_bytes: how much came out, until the end or the limit.
        used_bytes: how much of the stored bytes that took; others may follow.
        ended: the stream was whole.
    """

    size_bytes: int
    used_bytes: int
    ended: bool


def measure_inflated(deflated: bytes, limit: int, *, raw: bool = False) -> Inflated:
    """Inflates a stream piece by piece, and stops above the limit.

    Args:
        deflated: the stored bytes.
        limit: most bytes that may come out.
        raw: without zlib's header and checksum (RFC 1951 instead of RFC 1950).

    Raises:
        zlib.error: the stream is damaged.
    """
    stream = _Stream(deflated, 0, -zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    size = 0
    for piece in stream.pieces():
        size += len(piece)
        if size > limit:
            break
    return Inflated(size, stream.used, stream.ended)


def inflate(deflated: bytes | memoryview, limit: int, *, raw: bool = False) -> tuple[bytearray, bool]:
    """Inflates gzip members that follow each other, or one zlib stream, and stops above the limit.

    Args:
        deflated: the stored bytes; what follows the last member is left alone.
        limit: most bytes wanted.
        raw: one stream without zlib's header and checksum (RFC 1951 instead of RFC 1950).

    Returns:
        The bytes, a little more than the limit where it was passed; and whether the stream ended before, its
        checksum right.

    Raises:
        zlib.error: the stream is damaged.
    """
    inflated, at = bytearray(), 0
    while True:
        stream = _Stream(deflated, at, -zlib.MAX_WBITS if raw else _GZIP_OR_ZLIB)
        for piece in stream.pieces():
            inflated += piece
            if len(inflated) > limit:
                return inflated, False
        at = stream.used
        if not stream.ended:
            return inflated, False
        if raw or bytes(deflated[at : at + 2]) != b"\x1f\x8b":
            return inflated, True


class _Stream:
    """One stream, fed in steps: what zlib has not used of a step is copied, which the whole must not be."""

    def __init__(self, deflated: bytes | memoryview, begin: int, window_bits: int) -> None:
        self._view = memoryview(deflated)
        self._fed = begin
        self._inflater = zlib.decompressobj(window_bits)

    @property
    def ended(self) -> bool:
        return self._inflater.eof

    @property
    def used(self) -> int:
        return self._fed - len(self._inflater.unconsumed_tail) - len(self._inflater.unused_data)

    def pieces(self) -> Iterator[bytes]:
        while not self.ended:
            step: bytes | memoryview = self._inflater.unconsumed_tail
            if not step:
                step = self._view[self._fed : self._fed + _STEP_BYTES]
                self._fed += len(step)
            piece = self._inflater.decompress(step, _STEP_BYTES)
            if not piece and not step:
                return
            yield piece
