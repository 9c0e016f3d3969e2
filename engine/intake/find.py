"""Paths as given to candidates: files, and folders searched to the bottom, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError
from engine.intake.forms import form_of, has_image_suffix, is_text
from engine.intake.stored import head_of, require_regular, unreadable
from engine.intake.text import printable

_SNIFF_BYTES = 512

_LITTER = frozenset({"Thumbs.db", "desktop.ini"})
"""Files that file managers leave behind."""


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate.

    Args:
        source: the path as given or found, as text.
        path: the same, to be opened.
        refusal: why it cannot be read; None for a file worth reading.
    """

    source: str
    path: Path
    refusal: InputError | None = None


def _ignore(path: Path) -> None:
    """Passes over without telling anyone."""


def find(paths: Sequence[Path], on_passed_over: Callable[[Path], None] = _ignore) -> Iterator[Found]:
    """Finds what there is to answer.

    A file given by name is always a candidate. In a folder, hidden files and text files whose name does not claim to
    be a picture are passed over; all else is a candidate, so that a damaged picture is refused and not overlooked.
    Folders are searched in the order of their names by code point, links are followed, and one real file is answered
    once however often it is met.

    Args:
        paths: files and folders, in the order in which they are to be answered.
        on_passed_over: told of each file in a folder that was not taken as a candidate.

    Yields:
        Each candidate; what is missing, unreadable or an empty folder carries its refusal.
    """
    search = _Search(on_passed_over)
    for path in paths:
        yield from search.given(path)


class _Search:
    """One search, which remembers the real files and folders it has met."""

    def __init__(self, on_passed_over: Callable[[Path], None]) -> None:
        self._on_passed_over = on_passed_over
        self._met: set[Path] = set()
        self._folders: set[tuple[int, int]] = set()

    def given(self, path: Path) -> Iterator[Found]:
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            yield _refused(path, unreadable(path, error))
            return
        if not stat.S_ISDIR(status.st_mode):
            yield from self._once(path, status)
            return
        if (status.st_dev, status.st_ino) in self._folders:
            return
        candidates = 0
        for found in self._walk(path, status):
            candidates += 1
            if found is not None:
                yield found
        if not candidates:
            yield _refused(
                path,
                InputError(
                    "IN-FOLDER-EMPTY",
                    f"{printable(path)} holds no picture.",
                    "Give a folder with PNG, JPEG, BMP, TIFF or DICOM files.",
                ),
            )

    def _walk(self, root: Path, status: os.stat_result) -> Iterator[Found | None]:
        """Yields a candidate each, None for one that was answered before."""
        waiting = [self._entries(root, status)]
        while waiting:
            path = next(waiting[-1], None)
            if path is None:
                waiting.pop()
                continue
            if isinstance(path, Found):
                yield path
                continue
            try:
                status = path.stat()
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(self._entries(path, status))
                elif not _is_candidate(path):
                    self._on_passed_over(path)
                else:
                    yield next(self._once(path, status), None)
            except OSError as error:
                yield _refused(path, unreadable(path, error))

    def _entries(self, folder: Path, status: os.stat_result) -> Iterator[Path | Found]:
        """The visible entries of a folder not met before; a folder that cannot be listed is its own refusal."""
        identity = (status.st_dev, status.st_ino)
        if identity in self._folders:
            return
        self._folders.add(identity)
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths, are what the order is defined on
        except OSError as error:
            yield _refused(folder, unreadable(folder, error))
            return
        yield from (folder / name for name in _visible(names))

    def _once(self, path: Path, status: os.stat_result) -> Iterator[Found]:
        try:
            real = path.resolve()
        except (OSError, RuntimeError):  # RuntimeError: a loop of links that appeared since (Python below 3.13)
            real = path.absolute()
        if real in self._met:
            return
        self._met.add(real)
        try:
            require_regular(status, printable(path))
        except InputError as refusal:
            yield _refused(path, refusal)
        else:
            yield Found(printable(path), path)


def _visible(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith(".") and name not in _LITTER)


def _is_candidate(path: Path) -> bool:
    """Whether a file met in a folder is to be answered.

    Raises:
        OSError: it cannot be looked into.
    """
    if has_image_suffix(path):
        return True
    head = head_of(path, _SNIFF_BYTES)
    return form_of(head) is not None or not is_text(head)


def _refused(path: Path, refusal: InputError) -> Found:
    return Found(printable(path), path, refusal)
