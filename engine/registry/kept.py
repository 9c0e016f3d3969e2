"""Small files of the home, written complete or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from engine.errors import StoreError
from engine.places import Home


def keep_text(home: Home, path: Path, text: str) -> None:
    """Writes a file into the home; what stood there before is there until the new one is on the disk.

    Args:
        home: made where it is not there yet.
        path: inside it.
        text: the content.

    Raises:
        StoreError: ST-KEEP, the home cannot be written.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}-{path.name}")
    try:
        home.make()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with temporary.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise StoreError(
            "ST-KEEP",
            f"{path} cannot be written: {error.strerror}.",
            "Free space, and give your user write permission for the home.",
        ) from error
