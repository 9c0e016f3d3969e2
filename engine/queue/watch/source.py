"""Where changes are heard of: inotify where the kernel tells them, and nowhere on shares, which are polled."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from engine.queue.watch.changes import Changes
from engine.queue.watch.inotify import Inotify, NoMoreWatches
from engine.queue.watch.rule import FolderRule
from engine.store.filesystem import NETWORK, filesystem_of, filesystem_of_device, read_mountinfo

_log = logging.getLogger(__name__)

_FROM_OUTSIDE = frozenset({"9p", "virtiofs", "vboxsf", "fuse", "fuseblk"})
"""File systems that others may write to without this kernel hearing of it, beside those of networks."""


class Source:
    """The changes in any number of folders; those that send none are only listed anew, more often.

    Args:
        rules: of the folders, their paths without links.
    """

    def __init__(self, rules: Iterable[FolderRule]) -> None:
        self._events = {rule.path: rule.events for rule in rules if rule.events != "poll"}
        self._hears: set[Path] = set()
        self._inotify: Inotify | None = None
        try:
            self._inotify = Inotify() if self._events else None
        except NoMoreWatches:
            _log.warning("The watched folders are polled: fs.inotify.max_user_instances is too low")

    def close(self) -> None:
        if self._inotify is not None:
            self._inotify.close()

    def hears(self, root: Path) -> bool:
        """Whether changes in this watched folder are told."""
        return root in self._hears

    def decide(self, root: Path) -> None:
        """Decides whether changes in a watched folder are told; anew for each listing, as a share may be there now."""
        keeps_numbers.cache_clear()
        events = self._events.get(root)
        if self._inotify is None or events is None:
            return
        if events == "inotify" or is_local(root):
            self._hears.add(root)
        elif root in self._hears:
            self._hears.discard(root)
            self._inotify.leave(root)

    def watch(self, root: Path, folder: Path) -> None:
        """Listens to a folder in a watched one. Where the kernel has no more watches, all of that one is polled."""
        if self._inotify is None or root not in self._hears:
            return
        try:
            self._inotify.watch(folder)
        except NoMoreWatches:
            del self._events[root]
            self._hears.discard(root)
            self._inotify.leave(root)
            _log.warning("A watched folder is polled: fs.inotify.max_user_watches is too low for its subfolders")

    def wait(self, wait_s: float) -> Changes:
        """What changed since the last call; waits at most so long."""
        if self._inotify is not None:
            return self._inotify.wait(wait_s)
        time.sleep(wait_s)
        return Changes()


def is_local(folder: Path) -> bool:
    """Whether only this machine writes to the file system of a folder, so that the kernel hears of every change."""
    return _is_local_kind(filesystem_of(folder.resolve(), read_mountinfo()))


@lru_cache(maxsize=64)
def keeps_numbers(device: int) -> bool:
    """Whether a file on a device (`st_dev`) keeps its number while it lies there; that of a share may be another one
    after the next mount."""
    return _is_local_kind(filesystem_of_device(device, read_mountinfo()))


def _is_local_kind(filesystem: str) -> bool:
    return filesystem not in NETWORK | _FROM_OUTSIDE and not filesystem.startswith("fuse.")
