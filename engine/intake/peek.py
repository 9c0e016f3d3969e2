"""A file or a member of an archive, opened to be looked into: its beginning, as far as it is asked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, Protocol

from engine.intake.archive import MemberHead
from engine.intake.entry import Entry
from engine.intake.limits import Limits

_SLACK_BYTES = 16 << 10
"""Read at least so far beyond what is asked for, since more will be: a header is walked element by element. What is at
hand doubles each time, or a long header would be copied again for every few of its elements."""

MOST_BYTES = 16 << 20
"""What begins with a longer header is not looked into: it may have millions of elements, and take minutes."""


class Peek(Protocol):
    """The beginning of something that holds bytes."""

    def upto(self, size_bytes: int) -> bytes:
        """The first bytes, at least so many where there are so many; fewer past `MOST_BYTES`."""
        ...

    def file(self, limits: Limits) -> BinaryIO:
        """All of it as a file at its beginning; a member is inflated for that, within the limits."""
        ...


@contextmanager
def peeked(entry: Entry) -> Iterator[Peek | None]:
    """Opens a regular file or a member, without ever waiting for a pipe; None for what is no regular file.

    Raises:
        OSError: it cannot be opened.
        InputError: IN-ZIP-DAMAGED, for a member.
    """
    if entry.member:
        yield _Member(entry)
        return
    descriptor = _opened(entry)
    if descriptor is None:
        yield None
        return
    try:
        yield _File(descriptor)
    finally:
        os.close(descriptor)


def head_of(entry: Entry, size_bytes: int) -> bytes:
    """The first bytes, fewer where it is shorter, none where it is no regular file.

    Raises:
        OSError: it cannot be read.
        InputError: IN-ZIP-DAMAGED, for a member.
    """
    with peeked(entry) as peek:
        return b"" if peek is None else peek.upto(size_bytes)[:size_bytes]


def _opened(entry: Entry) -> int | None:
    # A pipe without a writer would block the open for ever, a device may act on being opened: ask first. The second
    # look, through the open descriptor, is for a name that changed hands in between.
    if not stat.S_ISREG(os.stat(entry.path).st_mode):  # noqa: PTH116 - half the time of Path.stat, for each file
        return None
    descriptor = os.open(entry.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    return None


def _with_slack(size_bytes: int, at_hand: int) -> int:
    return min(size_bytes + max(_SLACK_BYTES, at_hand), MOST_BYTES)


class _File:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._data = b""

    def upto(self, size_bytes: int) -> bytes:
        if len(self._data) < min(size_bytes, MOST_BYTES):
            wanted = _with_slack(size_bytes, len(self._data)) if self._data else size_bytes
            self._data += os.pread(self._descriptor, wanted - len(self._data), len(self._data))
        return self._data

    def file(self, limits: Limits) -> BinaryIO:  # noqa: ARG002  # a file on disk is not read at once
        opened = os.fdopen(self._descriptor, "rb", closefd=False)
        opened.seek(0)
        return opened


class _Member:
    def __init__(self, entry: Entry) -> None:
        self._head = MemberHead(entry)
        self._data = b""

    def upto(self, size_bytes: int) -> bytes:
        if len(self._data) < min(size_bytes, MOST_BYTES):
            self._data = self._head.upto(_with_slack(size_bytes, len(self._data)))
        return self._data

    def file(self, limits: Limits) -> BinaryIO:
        return BytesIO(self._head.upto(limits.file_bytes))
