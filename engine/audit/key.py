"""Secret files, the log's first key among them: made exclusively, readable by their owner only, wiped when replaced."""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import StoreError, UsageError

KEY_BYTES = 32
_FILE_MAX_BYTES = 4096


def make_key(path: Path) -> None:
    """Makes a key if there is none; of several processes at once exactly one makes it.

    Raises:
        OSError: the folder cannot be written.
    """
    make_secret(path, secrets.token_bytes(KEY_BYTES))


def load_key(path: Path) -> bytes:
    """The key that a file holds.

    Raises:
        StoreError: ST-KEY-MISSING where the file is gone, ST-KEY where it is not a key or others may read it.
        OSError: the file cannot be read.
    """
    key = load_secret(path)
    if len(key) != KEY_BYTES:
        raise StoreError(
            "ST-KEY",
            f"The audit key {path} does not have {KEY_BYTES} bytes.",
            "Put the key back, or restore a copy with `fovea restore --first-key`.",
        )
    return key


def read_first_key(path: Path) -> bytes:
    """The first key as it was handed over: its hexadecimal digits, spaces among them or not.

    Raises:
        UsageError: US-FIRST-KEY where the file cannot be read or holds something else.
    """
    try:
        key = bytes.fromhex("".join(path.read_text("ascii").split()))
    except OSError as error:
        raise _no_first_key(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _no_first_key(path, "it holds something else than hexadecimal digits") from error
    if len(key) != KEY_BYTES:
        raise _no_first_key(path, f"it has {len(key)} bytes, not {KEY_BYTES}")
    return key


def make_secret(path: Path, content: bytes) -> None:
    """Makes a secret file if there is none.

    It is written under a temporary name and linked into place: linking fails where the name is taken, and nobody ever
    sees a half-written secret.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    temporary = _written_aside(path, content)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process made it first; its secret is as good as ours
    finally:
        temporary.unlink()
    flush_folder(path.parent)


def replace_secret(path: Path, content: bytes) -> None:
    """Puts a new secret in the place of one, whose bytes are then overwritten.

    The order matters: whenever the machine stops, one of the two is there in full. On a disk that writes elsewhere
    (solid state, copy on write) the old bytes may outlive their overwriting; `docs/audit.md` says so.

    Raises:
        OSError: the folder cannot be written.
    """
    temporary = _written_aside(path, content)
    old = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        temporary.replace(path)
        flush_folder(path.parent)
        _wipe(old)
    finally:
        os.close(old)


def remove_secret(path: Path) -> None:
    """Removes a secret file after overwriting its bytes.

    Raises:
        OSError: the folder cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        _wipe(descriptor)
        path.unlink()
        flush_folder(path.parent)
    finally:
        os.close(descriptor)


def load_secret(path: Path) -> bytes:
    """The content of a secret file.

    Raises:
        StoreError: ST-KEY-MISSING where the file is gone, ST-KEY where others may read it.
        OSError: the file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise StoreError(
            "ST-KEY-MISSING",
            f"The audit key {path} is missing, and the log beside it was written with it.",
            "Put the key back, or restore a copy with `fovea restore --first-key`.",
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        content = file.read(_FILE_MAX_BYTES)
    if mode & 0o077:
        raise StoreError("ST-KEY", f"The audit key {path} has mode {mode:o}, wanted 600.", f"Run: chmod 600 {path}")
    return content


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Held by one thread of one process at a time; freed where its holder dies.

    Raises:
        OSError: the lock file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder durable.

    Raises:
        OSError: the folder cannot be read.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _no_first_key(path: Path, why: str) -> UsageError:
    return UsageError(
        "US-FIRST-KEY",
        f"{path} does not hold the first key of an audit log: {why}.",
        "Name the file that fovea audit setup wrote, or type its 64 digits into one.",
    )


def _written_aside(path: Path, content: bytes) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink()  # a full disk must not keep pieces of secrets
        raise
    return temporary


def _wipe(descriptor: int) -> None:
    os.pwrite(descriptor, bytes(os.fstat(descriptor).st_size), 0)
    os.fsync(descriptor)
