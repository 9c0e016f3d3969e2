"""The secret that the log's MACs are made with: one file a home, made once, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from engine.errors import StoreError

KEY_BYTES = 32


def make_key(path: Path) -> None:
    """Makes the key if there is none; of several processes at once exactly one makes it.

    The key is written under a temporary name and linked into place: linking fails where the name is taken, and nobody
    ever sees a half-written key.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process made it first; its key is as good as ours
    finally:
        temporary.unlink()
    _flush_folder(path.parent)


def load_key(path: Path) -> bytes:
    """The key of a home that has a log already.

    Raises:
        StoreError: ST-KEY-MISSING where the file is gone, ST-KEY where it is not a key or others may read it.
        OSError: the file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise StoreError(
            "ST-KEY-MISSING",
            f"The audit key {path} is missing, and the log beside it was written with it.",
            "Put the key back from the backup of this home.",
        ) from None
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        key = file.read(KEY_BYTES + 1)
    if mode & 0o077:
        raise StoreError("ST-KEY", f"The audit key {path} has mode {mode:o}, wanted 600.", f"Run: chmod 600 {path}")
    if len(key) != KEY_BYTES:
        raise StoreError(
            "ST-KEY",
            f"The audit key {path} does not have {KEY_BYTES} bytes.",
            "Put the key back from the backup of this home.",
        )
    return key


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
