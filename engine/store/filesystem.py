"""The home folder on its disk: made private, and refused where SQLite's locks do not reach."""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import StoreError
from engine.places import Home

# WAL keeps its index in memory shared by all who have the database open, which cannot span machines
# (sqlite.org/wal.html). 9p and virtiofs are left out: sandboxes and virtual machines show local disks that way.
NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs"),
        *("ceph", "glusterfs", "lustre", "gpfs", "beegfs", "orangefs", "gfs2", "ocfs2"),
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.gvfsd-fuse"),
    )
)


def make_private(home: Home) -> None:
    """Creates the home folder (0700) and an empty database file (0600) where they are missing.

    Raises:
        StoreError: ST-NETWORK on a network file system, ST-HOME where the home is not a folder.
        OSError: the disk is full, read-only or not ours.
    """
    refuse_network(home, read_mountinfo())
    try:
        home.make()
    except (FileExistsError, NotADirectoryError):
        raise StoreError(
            "ST-HOME", f"The home {home.root} is not a folder.", "Name a folder with FOVEA_HOME, or move the file away."
        ) from None
    # An existing database is never opened here: closing any descriptor of a file drops all POSIX locks that this
    # process holds on it, those of other SQLite connections included (sqlite.org/howtocorrupt.html 2.2).
    with suppress(FileExistsError):
        os.close(os.open(home.database, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for place in (home.root, home.database):
        if not os.access(place, os.W_OK):
            raise PermissionError(13, "your user may not write there", str(place))


@contextmanager
def opening(home: Home, limit_s: float) -> Iterator[None]:
    """Held while a store is opened, so that only one process makes or migrates the database; freed if it dies.

    Raises:
        StoreError: ST-LOCKED where another process takes longer than the limit.
    """
    end_s = time.monotonic() + limit_s  # not the store's clock: the other process lives in real time
    descriptor = os.open(home.root / "open.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end_s:
                    raise StoreError(
                        "ST-LOCKED",
                        f"Another process has been opening {home.database} for more than {limit_s:g} s.",
                        "Wait until its migration has ended, then try again.",
                    ) from None
                time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def filesystem_of(path: Path, mountinfo: str) -> str:
    """Type of the file system that a path lies on, e.g. `ext4`; empty where the table does not say.

    Args:
        path: absolute, symbolic links resolved.
        mountinfo: the content of /proc/self/mountinfo.

    Source:
        proc_pid_mountinfo(5)
    """
    longest, found = -1, ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5 or not after:
            continue
        mount = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        depth = len(mount.parts)
        # The last of several mounts on one point hides the others.
        if depth >= longest and path.is_relative_to(mount):
            longest, found = depth, after.split(" ")[0]
    return found


def filesystem_of_device(device: int, mountinfo: str) -> str:
    """Type of the file system that has a device's number (`st_dev`); empty where the table does not say.

    Args:
        mountinfo: the content of /proc/self/mountinfo.
    """
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        if separator and before.split(" ")[2:3] == [number]:
            return after.split(" ")[0]
    return ""


def refuse_network(home: Home, mountinfo: str) -> None:
    """Lets a home on a local disk through.

    Raises:
        StoreError: ST-NETWORK, naming the file system.
    """
    filesystem = filesystem_of(home.root.resolve(), mountinfo)
    if filesystem in NETWORK:
        raise StoreError(
            "ST-NETWORK",
            f"The home {home.root} lies on a network file system ({filesystem}), where records can be lost.",
            "Name a folder on a local disk with FOVEA_HOME.",
        )


def read_mountinfo() -> str:
    """The table that `filesystem_of` reads; empty on a system that has none."""
    try:
        return Path("/proc/self/mountinfo").read_text("utf-8", errors="surrogateescape")
    except OSError:
        return ""
