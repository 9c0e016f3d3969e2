"""Raw inotify: which paths of the watched folders changed, told by the kernel within a millisecond.

Hints only: whoever uses them looks at the path again, and lists all folders anew from time to time. See
`docs/decisions/0009-raw-inotify-leases-and-a-rescan.md`.

Source:
    inotify(7)
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import struct
from collections.abc import Iterator
from pathlib import Path

from engine.queue.watch.changes import Changes

_CLOSE_WRITE, _MOVED_FROM, _MOVED_TO, _CREATE = 0x8, 0x40, 0x80, 0x100
_DELETE, _DELETE_SELF, _MOVE_SELF = 0x200, 0x400, 0x800
_UNMOUNT, _OVERFLOW, _IGNORED, _IS_FOLDER = 0x2000, 0x4000, 0x8000, 0x40000000
_ONLY_FOLDER, _NO_LINK, _NO_UNLINKED = 0x01000000, 0x02000000, 0x04000000

_CHANGES = _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE | _DELETE_SELF | _MOVE_SELF
_WATCHED = _CHANGES | _ONLY_FOLDER | _NO_LINK | _NO_UNLINKED
_HEADER = struct.Struct("iIII")
_READ_BYTES = 1 << 18


class NoMoreWatches(OSError):  # noqa: N818  # told apart from other errors of the system by what it means
    """The kernel's limit of watches or of instances is reached: the folder has to be polled."""


class Inotify:
    """The changes below any number of folders, through one descriptor.

    Raises:
        NoMoreWatches: this user has as many instances as the kernel allows.
    """

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._checked(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        self._folders: dict[int, Path] = {}
        self._watches: dict[Path, int] = {}

    def close(self) -> None:
        os.close(self._descriptor)

    def watch(self, folder: Path) -> bool:
        """Watches one folder, without those in it; False where it is gone or no folder.

        Raises:
            NoMoreWatches: the kernel gives no more.
        """
        try:
            watch = self._checked(self._libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _WATCHED))
        except NoMoreWatches:
            raise
        except OSError:
            return False
        # The kernel gives one folder one number, whatever name it was reached by: the newest name is the right one.
        self._watches.pop(self._folders.get(watch, folder), None)
        self._folders[watch], self._watches[folder] = folder, watch
        return True

    def leave(self, folder: Path) -> None:
        """Watches this folder and those below no more, since their names are no longer theirs."""
        for below in [path for path in self._watches if path == folder or path.is_relative_to(folder)]:
            watch = self._watches.pop(below)
            self._folders.pop(watch, None)
            self._libc.inotify_rm_watch(self._descriptor, watch)

    def wait(self, wait_s: float) -> Changes:
        """What changed since the last call; waits for the first change at most so long."""
        changes = Changes()
        if select.select([self._descriptor], [], [], wait_s)[0]:
            for watch, mask, name in self._events():
                self._note(changes, watch, mask, name)
        return changes

    def _note(self, changes: Changes, watch: int, mask: int, name: str) -> None:
        if mask & _OVERFLOW:
            changes.everything = True
            return
        folder = self._folders.get(watch)
        if folder is None:
            return
        if mask & (_IGNORED | _DELETE_SELF | _UNMOUNT | _MOVE_SELF):
            self.leave(folder)
            changes.folders.add(folder.parent)
        elif mask & _IS_FOLDER:
            if mask & _MOVED_FROM:
                self.leave(folder / name)
            changes.folders.add(folder / name if mask & (_CREATE | _MOVED_TO) else folder)
        elif name:
            changes.files.add(folder / name)
            (changes.opened.add if mask & _CREATE else changes.opened.discard)(folder / name)

    def _events(self) -> Iterator[tuple[int, int, str]]:
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            watch, mask, _, length = _HEADER.unpack_from(data, at)
            at += _HEADER.size
            yield watch, mask, os.fsdecode(data[at : at + length].rstrip(b"\0"))
            at += length

    @staticmethod
    def _checked(result: int) -> int:
        if result >= 0:
            return result
        number = ctypes.get_errno()
        kind = NoMoreWatches if number in (errno.ENOSPC, errno.EMFILE, errno.ENOMEM) else OSError
        raise kind(number, os.strerror(number))
