"""The bytes of one file, read once, and only from something that is a file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from blake3 import blake3

from engine.errors import InputError
from engine.intake.archive import member_bytes
from engine.intake.entry import Entry
from engine.intake.limits import Limits, mebibytes
from engine.intake.text import printable


@dataclass(frozen=True, slots=True, eq=False)
class StoredFile:
    """One file in memory.

    Args:
        entry: where it was read.
        source: the same as text for messages and records.
        data: every byte.
        content_hash: hexadecimal BLAKE3 of `data`.
    """

    entry: Entry
    source: str
    data: bytes
    content_hash: str


def read_file(entry: Entry, limits: Limits) -> StoredFile:
    """Reads a regular file or a member of an archive as a whole.

    Raises:
        InputError: IN-NOT-FOUND, IN-UNREADABLE, IN-SPECIAL, IN-EMPTY, IN-FILE-SIZE, IN-FILE-CHANGED or IN-ZIP-DAMAGED.
    """
    source = entry.source
    try:
        data = member_bytes(entry, limits) if entry.member else _bytes_of(entry.path, source, limits)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise unreadable(entry.shown, error) from error
    return StoredFile(entry, source, data, blake3(data).hexdigest())


def _bytes_of(path: Path, source: str, limits: Limits) -> bytes:
    # A pipe without a writer would block the open for ever, a device may act on being opened: ask first. The second
    # look, through the open descriptor, is for a name that changed hands in between.
    require_regular(path.stat(), source)
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY), "rb") as file:
        before = os.fstat(file.fileno())
        require_regular(before, source)
        if before.st_size == 0:
            raise InputError("IN-EMPTY", f"{source} is empty (0 bytes).", "Copy or export the file again.")
        if before.st_size > limits.file_bytes:
            raise InputError(
                "IN-FILE-SIZE",
                f"{source} has {mebibytes(before.st_size)}; the limit is {mebibytes(limits.file_bytes)} a file.",
                "Export the picture in smaller parts.",
            )
        data = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(data) != before.st_size or _version(after) != _version(before):
        raise InputError(
            "IN-FILE-CHANGED",
            f"{source} changed while it was read ({before.st_size:,} bytes before, {after.st_size:,} after).",
            "Wait until the program that writes it is done, then run it again.",
        )
    return data


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def require_regular(status: os.stat_result, source: str) -> None:
    """Returns for a regular file.

    Raises:
        InputError: IN-SPECIAL for a folder, pipe, socket or device.
    """
    if stat.S_ISREG(status.st_mode):
        return
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a character device",
        stat.S_IFBLK: "a block device",
    }
    kind = kinds.get(stat.S_IFMT(status.st_mode), "of an unknown kind")
    raise InputError("IN-SPECIAL", f"{source} is {kind}, not a file.", "Give the path of a picture file.")


def unreadable(path: Path, error: OSError | ValueError) -> InputError:
    """The refusal for a path that the system would not read."""
    source = printable(path)
    if isinstance(error, FileNotFoundError):
        return InputError("IN-NOT-FOUND", f"{source} does not exist.", "Check the path; it may have been moved.")
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return InputError(
        "IN-UNREADABLE",
        f"{source} cannot be read: {reason}.",
        "Check the path and its permissions, and that its disk or share is connected.",
    )
