"""What lies in a watched folder and was not taken yet: looked at after each hint, and all of it from time to time."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from engine.clock import Clock
from engine.domain.watched_file import WatchedFile
from engine.intake.text import printable
from engine.queue.watch.changes import Changes
from engine.queue.watch.followed import Followed, has_settled
from engine.queue.watch.listing import Listed, folders_below, regular_file, relative_to, version_of
from engine.queue.watch.rule import FolderRule
from engine.store.watched import Known, Ledger

MOST_FOLLOWED = 20_000
"""Files beyond these are looked for again once there is room: the folder remembers them for us."""


class Following:
    """The files of one folder that are not in the ledger.

    Args:
        rule: of the folder.
        ledger: of the folder.
        clock: for when a file was first seen, and how long it has kept still.
        listen: told of each folder before it is listed.
        let_go: told of each file that changed or is gone.
    """

    def __init__(
        self,
        rule: FolderRule,
        ledger: Ledger,
        clock: Clock,
        *,
        listen: Callable[[Path], None],
        let_go: Callable[[Path], None],
    ) -> None:
        self._rule = rule
        self._ledger = ledger
        self._clock = clock
        self._listen = listen
        self._let_go = let_go
        self._files: dict[Path, Followed] = {}
        self._device: int | None = None
        self.passed_by = False
        self.reason = ""

    def __len__(self) -> int:
        return len(self._files)

    @property
    def unsettled(self) -> frozenset[str]:
        """The folders in which files lie that are not whole yet, relative to the watched one."""
        return frozenset(followed.parent for followed in self._files.values() if not followed.whole)

    def rescan(self) -> None:
        """Looks at everything.

        A folder that cannot be listed, or whose file system went away, says nothing of its files: none is forgotten.
        """
        self.passed_by, self.reason = False, self._why_not()
        if self.reason:
            return
        parents: set[str] = set()
        there: set[Path] = set()
        for listed in folders_below(self._rule, self._rule.path, self._listen):
            if isinstance(listed, OSError):
                self.reason = _cannot_list(listed)
                continue
            self._take_in(listed)
            parents.add(listed.parent)
            there.update(listed.folder / name for name in listed.files)
        if not self.reason:
            self._ledger.forget_all_but(parents)
            for path in self._files.keys() - there:
                self._drop(path)

    def is_away(self) -> bool:
        """Whether the folder itself cannot be listed now, or stands empty in the place of a share that went away."""
        return bool(self._why_not())

    def look(self, changes: Changes) -> None:
        """Looks at what is said to have changed."""
        for folder in changes.folders:
            if (
                self._rule.searches(relative_to(self._rule.path, folder))
                and folder.is_dir()
                and not folder.is_symlink()
            ):
                for listed in folders_below(self._rule, folder, self._listen):
                    if isinstance(listed, Listed):
                        self._take_in(listed)
        by_folder: defaultdict[Path, list[str]] = defaultdict(list)
        for path in changes.files:
            if self._rule.passes_file(path.name):
                by_folder[path.parent].append(path.name)
        for folder, names in by_folder.items():
            self._look_at(folder, names, changes.opened)

    def settle(self) -> Iterator[Followed]:
        """The files that have become whole since the last call."""
        now_s = self._clock.steady_s()
        for path, followed in list(self._files.items()):
            if followed.whole or now_s < followed.not_before_s:
                continue
            status = regular_file(path)
            if status is None:
                self._drop(path)
            elif (version := version_of(self._rule, status)) != followed.version:
                followed.changed(status, version, now_s)
            elif has_settled(followed, self._rule, now_s):
                followed.whole = True
                yield followed

    def taken(self, paths: Iterable[Path]) -> None:
        """Lets go of files that the ledger has."""
        for path in paths:
            self._files.pop(path, None)

    def follow_again(self, file: WatchedFile, wait_s: float) -> None:
        """Follows a file that could not be opened when it was to be read, and leaves it alone for a while."""
        path = self._rule.path / file.relative
        status = regular_file(path)
        if status is not None:
            self._notice(path, file.parent, status, None)
            if followed := self._files.get(path):
                followed.not_before_s = self._clock.steady_s() + wait_s

    def _why_not(self) -> str:
        try:
            device = os.stat(self._rule.path).st_dev  # noqa: PTH116 - the same call as for the files in it
            with os.scandir(self._rule.path) as entries:
                is_empty = next(entries, None) is None
        except OSError as error:
            return _cannot_list(error)
        if self._device not in (None, device) and is_empty:
            return f"{printable(self._rule.path)} is empty and on another disk than before: its share may be gone"
        self._device = device
        return ""

    def _take_in(self, listed: Listed) -> None:
        known = self._ledger.known(listed.parent)
        if gone := [name for name, one in known.items() if one.is_closed and name not in listed.names]:
            self._ledger.forget(listed.parent, gone)
        for name, status in listed.files.items():
            self._notice(listed.folder / name, listed.parent, status, known.get(name))

    def _look_at(self, folder: Path, names: list[str], opened: set[Path]) -> None:
        parent = relative_to(self._rule.path, folder)
        known = self._ledger.known(parent, names)
        gone = []
        for name in names:
            path = folder / name
            status = regular_file(path)
            if status is None:
                self._drop(path)
                gone += [name] if name in known and known[name].is_closed else []
                continue
            self._notice(path, parent, status, known.get(name))
            if followed := self._files.get(path):
                followed.being_written = path in opened
        if gone:
            self._ledger.forget(parent, gone)

    def _notice(self, path: Path, parent: str, status: os.stat_result, known: Known | None) -> None:
        version = version_of(self._rule, status)
        now_s = self._clock.steady_s()
        if followed := self._files.get(path):
            if followed.version != version:
                self._let_go(path)
                followed.changed(status, version, now_s)
        elif known is not None and version in known.versions:
            return
        elif len(self._files) >= MOST_FOLLOWED:
            self.passed_by = True
        else:
            self._files[path] = Followed(path, parent, version, status.st_ctime_ns, self._clock.now(), now_s)

    def _drop(self, path: Path) -> None:
        if self._files.pop(path, None):
            self._let_go(path)


def _cannot_list(error: OSError) -> str:
    return f"{printable(Path(error.filename))} cannot be listed: {error.strerror}"
