"""Memory without a name that several processes see: written through its descriptor, mapped to be read."""

from __future__ import annotations

import fcntl
import mmap
import os
import weakref
from collections import deque
from types import TracebackType

_NAME = "fovea-pixels"
"""As the system's lists of open files show it."""

_SPARE_SHARE = 4
"""Memory that is larger by this part than what is wanted is not taken for it."""

COUNTER_BYTES = 8
"""Of memory that holds a counter and nothing else."""


class SharedMemory:
    """An anonymous file in memory, which ends with the last process that has it open or mapped.

    It is filled by writing, not through a mapping: pages that are written as a whole are neither cleared before nor
    faulted in one by one.

    Args:
        descriptor: of the memory; closed by `close`.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def of_size(cls, size_bytes: int) -> SharedMemory:
        """New memory of this size, all zeros.

        Raises:
            MemoryError: the system has none left.
        """
        descriptor = os.memfd_create(_NAME, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(descriptor, size_bytes)
        except OSError as error:
            os.close(descriptor)
            raise MemoryError(f"{size_bytes:,} bytes of shared memory: {error.strerror}") from error
        return cls(descriptor)

    @property
    def size_bytes(self) -> int:
        """How large it is."""
        return os.fstat(self.descriptor).st_size

    def write(self, part: memoryview | bytes, offset: int) -> int:
        """Writes bytes at a place and returns the place after them.

        Raises:
            MemoryError: the system has none left.
        """
        rest = memoryview(part).cast("B")
        while rest:
            try:
                written = os.pwrite(self.descriptor, rest, offset)
            except OSError as error:
                raise MemoryError(f"{len(rest):,} bytes of shared memory: {error.strerror}") from error
            rest, offset = rest[written:], offset + written
        return offset

    def seal(self) -> int:
        """Fixes the size, so that no process can take pages away from under a mapping, and returns it in bytes."""
        fcntl.fcntl(self.descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        return os.fstat(self.descriptor).st_size

    def mapped(self) -> mmap.mmap:
        """All of it, read-only; the mapping lasts as long as it or an array made of it."""
        return mmap.mmap(self.descriptor, 0, mmap.MAP_SHARED, mmap.PROT_READ)

    def counter(self) -> memoryview:
        """One whole number at its beginning, which every process that maps it can change."""
        return memoryview(mmap.mmap(self.descriptor, COUNTER_BYTES)).cast("q")

    def again(self) -> SharedMemory:
        """The same memory under another descriptor."""
        return SharedMemory(os.dup(self.descriptor))

    def close(self) -> None:
        """Closes the descriptor; mappings stay."""
        os.close(self.descriptor)

    def __enter__(self) -> SharedMemory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class SpareMemory:
    """Keeps the memory of a scan that nobody holds any more for the next: getting pages costs more than writing them.

    Args:
        most_bytes: what is kept at most while nothing is read.
    """

    def __init__(self, most_bytes: int = 256 << 20) -> None:
        self._most_bytes = most_bytes
        # Without a lock: garbage is collected anywhere, also by a thread that would hold it.
        self._kept: deque[SharedMemory] = deque()

    def take(self, size_bytes: int) -> SharedMemory:
        """Sealed memory of at least this size; what it holds is to be written over as a whole.

        Raises:
            MemoryError: the system has none left.
        """
        while self._kept:
            memory = self._kept.popleft()
            if size_bytes <= memory.size_bytes <= size_bytes + size_bytes // _SPARE_SHARE:
                return memory
            memory.close()
        return self.fresh(size_bytes)

    @staticmethod
    def fresh(size_bytes: int) -> SharedMemory:
        """Sealed memory that never held another scan, all zeros: for what is seen before it is written as a whole.

        Raises:
            MemoryError: the system has none left.
        """
        made = SharedMemory.of_size(size_bytes)
        made.seal()
        return made

    def follow(self, mapping: mmap.mmap, memory: SharedMemory) -> None:
        """Has memory come back once its mapping is gone; to be called when no process writes to it any more."""
        weakref.finalize(mapping, self._keep, memory.again()).atexit = False

    def close(self) -> None:
        """Gives back what is kept, and keeps nothing more."""
        self._most_bytes = 0
        while self._kept:
            self._kept.popleft().close()

    def _keep(self, memory: SharedMemory) -> None:
        if memory.size_bytes <= self._most_bytes and not self._kept:
            self._kept.append(memory)
        else:
            memory.close()
