"""What lies in a watched folder: regular files, folder by folder; symbolic links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.domain.watched_file import Version
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.source import keeps_numbers


@dataclass(frozen=True, slots=True)
class Listed:
    """One folder as it was found.

    Args:
        folder: its path.
        parent: the same relative to the watched folder; empty for that itself.
        files: what `lstat` says of each regular file that the rule lets through, by name in code point order.
        names: all names there.
    """

    folder: Path
    parent: str
    files: dict[str, os.stat_result]
    names: frozenset[str]


def relative_to(root: Path, path: Path) -> str:
    """A path below the watched folder, relative to it; empty for that itself."""
    relative = str(path.relative_to(root))
    return "" if relative == "." else relative


def folders_below(rule: FolderRule, start: Path, before: Callable[[Path], None]) -> Iterator[Listed | OSError]:
    """Lists a folder and all below it that the rule lets through; one that cannot be listed is told by its error.

    Links are left alone: one that leads into the watched folder leads to what is met there anyway, and what lies
    outside was not given to be watched.

    Args:
        rule: of the watched folder.
        start: the folder to begin with, in it or itself.
        before: told of each folder before it is listed, so that changes from then on can be heard of.
    """
    waiting = [start]
    while waiting:
        folder = waiting.pop()
        before(folder)
        parent = relative_to(rule.path, folder)
        files, names = {}, []
        try:
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    names.append(entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        if rule.passes_folder(f"{parent}/{entry.name}" if parent else entry.name):
                            waiting.append(folder / entry.name)
                    elif rule.passes_file(entry.name) and (status := _regular(entry)):
                        files[entry.name] = status
        except OSError as error:
            yield error
            continue
        yield Listed(folder, parent, files, frozenset(names))


def regular_file(path: Path) -> os.stat_result | None:
    """What `lstat` says of a regular file; None for all else, and for what is gone."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def version_of(rule: FolderRule, status: os.stat_result) -> Version:
    """Which version of a file lies there, which the file's own device decides: a share may be mounted at any time."""
    return Version.of(status, steady_inodes=rule.steady_inodes and keeps_numbers(status.st_dev))


def _regular(entry: os.DirEntry[str]) -> os.stat_result | None:
    if not entry.is_file(follow_symlinks=False):
        return None
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:  # gone since
        return None
