"""Messages between Fovea and a decoder process: values over a socket, their arrays through shared memory.

A process that decodes hostile bytes may be taken over by them. So what it sends is not trusted: it is unpickled to
values of known classes only, and the memory it hands over is sealed before it is looked at.
"""

from __future__ import annotations

import io
import pickle
import select
import socket
import struct
import time
from dataclasses import is_dataclass
from typing import Any

from engine.errors import FoveaError
from engine.intake.isolated.memory import SharedMemory

_HEAD = struct.Struct("<QI")
"""Bytes of the message, and how many arrays lie in the memory that comes with it."""

_SIZE = struct.Struct("<Q")

_MOST_BYTES = 64 << 20
"""Of one message without its arrays."""

_KNOWN = frozenset({
    ("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.numeric", "_frombuffer"),
    ("numpy._core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "scalar"), ("pathlib", "PosixPath"),
    ("datetime", "date"), ("datetime", "time"), ("datetime", "datetime"),
})  # fmt: skip
"""What values are made of beside the dataclasses and errors of the engine."""


class Channel:
    """One end of the connection.

    Args:
        connection: a stream socket of the Unix family, with a time limit where the other end may stall inside a
            message; closed by `close`.
        trusting: whether the other end may send anything.
    """

    def __init__(self, connection: socket.socket, *, trusting: bool) -> None:
        self._socket = connection
        self._trusting = trusting

    def send(self, message: object, memory: SharedMemory | None = None) -> None:
        """Sends a value.

        Args:
            message: arrays inside it that lie in one piece go through memory of their own.
            memory: handed over with it instead; then arrays travel inside the message.

        Raises:
            OSError: the other end is gone or takes nothing.
        """
        if memory is not None:
            self._send(pickle.dumps(message, 5), 0, memory)
            return
        arrays: list[pickle.PickleBuffer] = []
        data = pickle.dumps(message, 5, buffer_callback=arrays.append)
        if not arrays:
            self._send(data, 0, None)
            return
        parts = [array.raw() for array in arrays]
        sizes = b"".join(_SIZE.pack(part.nbytes) for part in parts)
        with SharedMemory.of_size(sum(part.nbytes for part in parts) or 1) as shared:
            at = 0
            for part in parts:
                at = shared.write(part, at)
            self._send(sizes + data, len(parts), shared)

    def receive(self, until_s: float | None = None) -> tuple[Any, SharedMemory | None] | None:
        """The next value, with memory that was handed over; None where nothing began to arrive in time.

        Args:
            until_s: on the clock `time.monotonic`; None waits for ever.

        Raises:
            EOFError, OSError: the other end is gone, or stalls.
            ValueError, pickle.UnpicklingError: it sends what no sound process would.
        """
        if until_s is not None and not select.select([self._socket], [], [], max(0.0, until_s - time.monotonic()))[0]:
            return None
        head, descriptors, _, _ = socket.recv_fds(self._socket, _HEAD.size, 1)
        memory = SharedMemory(descriptors[0]) if descriptors else None
        try:
            size_bytes, arrays = _HEAD.unpack(head + self._exactly(_HEAD.size - len(head)))
            if size_bytes > _MOST_BYTES:
                raise ValueError(f"a message of {size_bytes:,} bytes")
            data = memoryview(self._exactly(size_bytes))
            if not arrays:
                return self._load(data, []), memory
            if memory is None:
                raise ValueError("arrays without their memory")
            return self._load(data[arrays * _SIZE.size :], _parts(data, arrays, memory)), None
        except BaseException:
            if memory is not None:
                memory.close()
            raise

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def _send(self, data: bytes, arrays: int, memory: SharedMemory | None) -> None:
        head = _HEAD.pack(len(data), arrays)
        if memory is not None:
            sent = socket.send_fds(self._socket, [head], [memory.descriptor])
            self._socket.sendall(head[sent:] + data)
        else:
            self._socket.sendall(head + data)

    def _exactly(self, size_bytes: int) -> bytes:
        data = bytearray(size_bytes)
        rest = memoryview(data)
        while rest:
            count = self._socket.recv_into(rest)
            if not count:
                raise EOFError
            rest = rest[count:]
        return bytes(data)

    def _load(self, data: memoryview, arrays: list[memoryview]) -> Any:
        load = pickle.Unpickler if self._trusting else _Unpickler
        return load(io.BytesIO(data), buffers=arrays).load()


class _Unpickler(pickle.Unpickler):
    """Makes frozen values of the engine and nothing that acts."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KNOWN:
            return super().find_class(module, name)
        if module.startswith("engine."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, FoveaError)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def _parts(data: memoryview, arrays: int, memory: SharedMemory) -> list[memoryview]:
    """The arrays in the memory that came with a message, which is closed; they keep it mapped."""
    sizes = [_SIZE.unpack_from(data, index * _SIZE.size)[0] for index in range(arrays)]
    if sum(sizes) > memory.seal():
        raise ValueError("arrays larger than their memory")
    view, at, parts = memoryview(memory.mapped()), 0, []
    for size_bytes in sizes:
        parts.append(view[at : at + size_bytes])
        at += size_bytes
    memory.close()
    return parts
