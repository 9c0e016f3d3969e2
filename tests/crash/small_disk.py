"""A small disk of memory that can be filled up, mounted where only this run and its children see it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

SIZE_BYTES = 48 << 20
"""Room for the home of a run with its journals, and filled within milliseconds."""

_OWN_MOUNTS = ("unshare", "--mount", "--map-root-user")
"""What is mounted inside is gone with the last process of it, whatever kills this one; needs no privilege."""

_INSIDE = "FOVEA_TEST_OWN_MOUNTS"
_BLOCK_BYTES = 64 << 10


def enter_own_mounts(command: Sequence[str]) -> None:
    """Starts this program anew where it may mount; returns where it already may, or where the system lets nobody.

    Args:
        command: what starts this program with its arguments.
    """
    if _INSIDE in os.environ or not shutil.which(_OWN_MOUNTS[0]):
        return
    if subprocess.run([*_OWN_MOUNTS, "true"], capture_output=True, check=False).returncode == 0:
        sys.stdout.flush()
        os.environ[_INSIDE] = "1"
        os.execvp(_OWN_MOUNTS[0], [*_OWN_MOUNTS, *command])  # noqa: S606  # this very program


class SmallDisk:
    """A folder on a disk of its own.

    Args:
        root: an empty folder; it becomes the disk.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ballast = root / "ballast"

    @classmethod
    def at(cls, root: Path) -> SmallDisk | None:
        """Mounts one, or returns None where the system does not allow it."""
        if _INSIDE not in os.environ:
            return None
        size = f"size={SIZE_BYTES},mode=0700"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", root], capture_output=True, check=False)
        return cls(root) if done.returncode == 0 else None

    def fill(self) -> None:
        """Takes the last byte of it."""
        with self.ballast.open("ab", buffering=0) as ballast:
            for size_bytes in (_BLOCK_BYTES, 1):
                while _taken(ballast.fileno(), size_bytes):
                    pass

    def free(self) -> None:
        """Gives back what `fill` took."""
        self.ballast.unlink(missing_ok=True)

    def unmount(self) -> None:
        """Gives its memory back."""
        with suppress(OSError):
            subprocess.run(["umount", "--lazy", self.root], capture_output=True, check=False)


def _taken(file: int, size_bytes: int) -> bool:
    try:
        return os.write(file, bytes(size_bytes)) > 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
