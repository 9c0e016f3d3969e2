"""How large a deflated stream becomes, found without keeping what comes out."""

from __future__ import annotations

import zlib

_STEP_BYTES = 1 << 22


def inflated_bytes(deflated: bytes, limit: int, *, raw: bool = False) -> int | None:
    """Inflates a stream piece by piece.

    Args:
        deflated: the whole stream.
        limit: where to stop.
        raw: without zlib's header and checksum (RFC 1951 instead of RFC 1950).

    Returns:
        Its size once inflated, or the first size found above the limit; None for a stream that ends early.

    Raises:
        zlib.error: the stream is damaged.
    """
    inflater = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    size, rest = 0, deflated
    while not inflater.eof and size <= limit:
        piece = inflater.decompress(rest, _STEP_BYTES)
        rest = inflater.unconsumed_tail
        if not piece and not rest:
            return None
        size += len(piece)
    return size
