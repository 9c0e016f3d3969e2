"""Where answered files go: moved without ever replacing a file, and never a version that was not the one answered."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Sequence
from pathlib import Path

from engine.domain.outcome import Status
from engine.domain.watched_file import DONE, REFUSED, Version, free_names
from engine.queue.watch.listing import regular_file
from engine.store.watched import Verdict

_AT_WORKING_FOLDER = -100
_NO_REPLACE = 1
_NOT_SUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)

_LATE_SLICES_HELP = frozenset({"IN-SER-INCOMPLETE", "IN-SER-GAP"})


def destination(verdicts: Sequence[Verdict]) -> str | None:
    """The folder that a file is moved to, by the verdicts on all that was made of it; None to leave it.

    The slices of a series that lacks some stay, so that those that come late make it whole.
    """
    if all(verdict.code in _LATE_SLICES_HELP for verdict in verdicts):
        return None
    return DONE if all(map(_looked_at, verdicts)) else REFUSED


def _looked_at(verdict: Verdict) -> bool:
    """In part at least: one that came too late may have been dropped unseen."""
    return verdict.status is Status.ANSWERED or (verdict.status is Status.INCOMPLETE and verdict.coverage > 0.0)


def move(path: Path, version: Version, folder: Path) -> bool:
    """Moves a file into a folder, under its name or, where that is taken, under `name (2)` and so on.

    May be called again at any time, however the last call ended: where the file is not there any more, it may have been
    moved already.

    Args:
        path: where it lies.
        version: what was answered; another one that took its place is left alone.
        folder: made where it is missing; on the same file system.

    Returns:
        False where there is no such version any more: replaced, or deleted.

    Raises:
        OSError: it cannot be moved, and lies where it was.
    """
    if not _is_there(path, version):  # nor its folder, perhaps: nothing is made where a share is gone
        return _was_moved(path.name, version, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for target in free_names(folder, path.name):
        if not _is_there(path, version):
            return _was_moved(path.name, version, folder)
        try:
            _rename(path, target)
        except FileExistsError:
            continue
        except FileNotFoundError:
            return False
        if _is_there(target, version):
            return True
        _put_back(target, path)
        return False
    raise FileExistsError(errno.EEXIST, "no free name is left", str(folder / path.name))


def _put_back(target: Path, path: Path) -> None:
    """Back to where it came in: a version that came in the moment before the move is an arrival of its own."""
    for name in free_names(path.parent, path.name):
        try:
            _rename(target, name)
        except FileExistsError:  # yet another one came since
            continue
        return


def _was_moved(name: str, version: Version, folder: Path) -> bool:
    for target in free_names(folder, name):
        if _is_there(target, version):
            return True
        if not os.path.lexists(target):
            break
    return False


def _is_there(path: Path, version: Version) -> bool:
    status = regular_file(path)
    return status is not None and Version.of(status, steady_inodes=bool(version.inode)) == version


def _rename(source: Path, target: Path) -> None:
    """Renames, and never replaces what lies there (renameat2(2)); file systems without that are asked first."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = (_AT_WORKING_FOLDER, os.fsencode(source), _AT_WORKING_FOLDER, os.fsencode(target))
    if libc.renameat2(*names, _NO_REPLACE) == 0:
        return
    number = ctypes.get_errno()
    if number not in _NOT_SUPPORTED:
        raise OSError(number, os.strerror(number), str(source))
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)
