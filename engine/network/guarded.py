"""Sockets that hold a peer to the size and the pace of its PDUs, which pynetdicom leaves to trust.

pynetdicom (3.0.4) reads as many bytes as a PDU's header announces, up to 4 GiB, and waits for them without end: a peer
that stalls would keep its association, and memory, for ever.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field

_HEADER_BYTES = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one PDU may take.

    Args:
        pdu_bytes: its length.
        stall_s: silence in the middle of it.
        pdu_s: from its first byte to its last.
    """

    pdu_bytes: int = 1 << 20
    stall_s: float = 30.0
    pdu_s: float = 60.0


@dataclass(slots=True)
class Framing:
    """Follows the borders of PDUs in a stream of bytes.

    Source:
        PS3.8 9.3.1: type, a reserved byte, and the length in four bytes, the highest first
    """

    bounds: Bounds
    _header: bytearray = field(default_factory=bytearray)
    _left_bytes: int = 0
    _ends_s: float = 0.0

    def take(self, data: bytes, now_s: float) -> None:
        """Notes what was read.

        Raises:
            ConnectionError: a PDU is announced that is longer than the limit.
            TimeoutError: a PDU has taken longer than the limit.
        """
        at = 0
        while at < len(data):
            if self._left_bytes:
                step = min(self._left_bytes, len(data) - at)
                self._left_bytes -= step
            else:
                if not self._header:
                    self._ends_s = now_s + self.bounds.pdu_s
                step = min(_HEADER_BYTES - len(self._header), len(data) - at)
                self._header += data[at : at + step]
                self._begin_when_known()
            at += step
        if (self._header or self._left_bytes) and now_s > self._ends_s:
            raise TimeoutError(f"a PDU takes more than {self.bounds.pdu_s:g} s")

    def _begin_when_known(self) -> None:
        if len(self._header) < _HEADER_BYTES:
            return
        self._left_bytes = int.from_bytes(self._header[2:], "big")
        self._header.clear()
        if self._left_bytes > self.bounds.pdu_bytes:
            raise ConnectionError(
                f"a PDU of {self._left_bytes:,} bytes was announced, the limit is {self.bounds.pdu_bytes:,}"
            )


class GuardedSocket(socket.socket):
    """A connection whose PDUs are watched."""

    framing: Framing

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        data = super().recv(bufsize, flags)
        self.framing.take(data, time.monotonic())
        return data

    def shutdown(self, how: int, /) -> None:
        # pynetdicom (3.0.4) leaves a socket open where this raises, which it does once the peer is gone.
        with suppress(OSError):
            super().shutdown(how)


class GuardedTlsSocket(ssl.SSLSocket):
    """The same through TLS."""

    framing: Framing

    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        data = super().recv(buflen, flags)
        self.framing.take(data, time.monotonic())
        return data

    def shutdown(self, how: int) -> None:
        with suppress(OSError):  # as above
            super().shutdown(how)


def guarded(connection: socket.socket, bounds: Bounds) -> GuardedSocket | GuardedTlsSocket:
    """A connection with its PDUs watched.

    Args:
        connection: taken over; through TLS, one of a context that makes `GuardedTlsSocket`.
        bounds: for every PDU, and for the handshake where that is still to be done.
    """
    made = connection if isinstance(connection, GuardedTlsSocket) else GuardedSocket(fileno=connection.detach())
    made.settimeout(bounds.stall_s)
    made.framing = Framing(bounds)
    return made
