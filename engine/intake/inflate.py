"""How large a deflated stream becomes, found without keeping what comes out."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

_STEP_BYTES = 1 << 22


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
    inflater = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    size, rest = 0, deflated
    while not inflater.eof and size <= limit:
        piece = inflater.decompress(rest, _STEP_BYTES)
        rest = inflater.unconsumed_tail
        if not piece and not rest:
            break
        size += len(piece)
    return Inflated(size, len(deflated) - len(rest) - len(inflater.unused_data), inflater.eof)
