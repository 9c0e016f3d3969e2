"""Paths as given to candidates: files, series of files, and folders searched to the bottom, in a steady order."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.intake.dicom.slice_header import SliceHeader, slice_header
from engine.intake.forms import HEAD_BYTES, form_of, has_image_suffix, is_text
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.metaimage import data_files_beside
from engine.intake.series import Slices, studies_of
from engine.intake.stored import head_of, require_regular, unreadable
from engine.intake.text import printable

_LITTER = frozenset({"Thumbs.db", "desktop.ini"})
"""Files that file managers leave behind."""


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: what gets one answer.

    Args:
        source: the path as given or found, as text. Of a series the folder that holds nothing else, otherwise the
            file of its first slice.
        path: the same, as a path.
        refusal: why it cannot be read; None for what is worth reading.
        files: what is to be read; of a series all of its files, in slice order.
        slices: of a series what its headers say, as long as they are at hand; one for each file.
    """

    source: str
    path: Path
    refusal: InputError | None = None
    files: tuple[Path, ...] = ()
    slices: Slices = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.files:
            object.__setattr__(self, "files", (self.path,))


def _ignore(path: Path) -> None:
    """Passes over without telling anyone."""


def find(
    paths: Sequence[Path],
    on_passed_over: Callable[[Path], None] = _ignore,
    on_file: Callable[[Path], None] = _ignore,
    limits: Limits = NO_OTHER_LIMITS,
) -> Iterator[Found]:
    """Finds what there is to answer.

    A file given by name is always a candidate. In a folder, hidden files and text files whose name does not claim to
    be a picture are passed over, and so is the data file of a MetaImage header beside it; all else is a candidate, so
    that a damaged picture is refused and not overlooked. Folders are searched in the order of their names by code
    point, links are followed, and one real file is answered once however often it is met.

    DICOM files that are slices of one volume are one candidate, wherever among the paths they lie. So slices come
    last, in the order of the first of each series: only the end of the search shows that a series is complete.

    Args:
        paths: files and folders, in the order in which they are to be answered.
        on_passed_over: told of each file in a folder that was not taken as a candidate.
        on_file: told of each candidate file when it is looked into; may raise to stop the search.
        limits: for the reading of headers.

    Yields:
        Each candidate; what is missing, unreadable or an empty folder carries its refusal.
    """
    search = _Search(on_passed_over, on_file, limits)
    for path in paths:
        yield from search.given(path)
    yield from search.series()


def find_one(path: Path, limits: Limits = NO_OTHER_LIMITS) -> Found:
    """The one study at a path: a file, or a folder with the files of one series; refused where there are more."""
    candidates = list(find([path], limits=limits))
    if len(candidates) == 1:
        return candidates[0]
    return _refused(
        path,
        InputError(
            "IN-FOLDER-SEVERAL",
            f"{printable(path)} holds {len(candidates)} studies, wanted is 1.",
            "Name one of them.",
        ),
    )


class _Search:
    """One search, which remembers the real files and folders it has met."""

    def __init__(self, on_passed_over: Callable[[Path], None], on_file: Callable[[Path], None], limits: Limits) -> None:
        self._on_passed_over = on_passed_over
        self._on_file = on_file
        self._limits = limits
        self._met: set[Path] = set()
        self._folders: set[tuple[int, int]] = set()
        self._slices: list[SliceHeader] = []
        self._holds: Counter[Path] = Counter()

    def given(self, path: Path) -> Iterator[Found]:
        try:
            status = path.stat()
        except (OSError, ValueError) as error:
            yield _refused(path, unreadable(path, error))
            return
        if not stat.S_ISDIR(status.st_mode):
            yield from filter(None, self._once(path, status))
            return
        if (status.st_dev, status.st_ino) in self._folders:
            return
        candidates = 0
        for place, found in self._walk(path, status):
            candidates += 1
            self._count(place, path)
            if found is not None:
                yield found
        if not candidates:
            yield _refused(
                path,
                InputError(
                    "IN-FOLDER-EMPTY",
                    f"{printable(path)} holds no picture.",
                    "Give a folder with pictures, DICOM files or volumes.",
                ),
            )

    def series(self) -> Iterator[Found]:
        """What the slices that were met make together."""
        for slices in studies_of(self._slices):
            files = tuple(header.path for header in slices)
            if len(files) == 1:
                yield Found(printable(files[0]), files[0])
                continue
            path = self._folder_of(files) or files[0]
            yield Found(printable(path), path, files=files, slices=slices)

    def _walk(self, root: Path, status: os.stat_result) -> Iterator[tuple[Path, Found | None]]:
        """Yields where each candidate lies, with None for a slice, and for what was answered before."""
        waiting = [self._entries(root, status)]
        while waiting:
            path = next(waiting[-1], None)
            if path is None:
                waiting.pop()
                continue
            if isinstance(path, Found):
                yield path.path, path
                continue
            try:
                status = path.stat()
                if stat.S_ISDIR(status.st_mode):
                    waiting.append(self._entries(path, status))
                elif not _is_candidate(path):
                    self._on_passed_over(path)
                else:
                    yield path, next(self._once(path, status), None)
            except OSError as error:
                yield path, _refused(path, unreadable(path, error))

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
        data_files = data_files_beside(folder, names)
        for name in _visible(names):
            if name in data_files:
                self._on_passed_over(folder / name)
            else:
                yield folder / name

    def _once(self, path: Path, status: os.stat_result) -> Iterator[Found | None]:
        """The candidate that a file is: nothing if it was met before, None if it waits for the rest of its series."""
        try:
            real = path.resolve()
        except (OSError, RuntimeError):  # RuntimeError: a loop of links that appeared since (Python below 3.13)
            real = path.absolute()
        if real in self._met:
            return
        self._met.add(real)
        self._on_file(path)
        try:
            require_regular(status, printable(path))
        except InputError as refusal:
            yield _refused(path, refusal)
            return
        header = _header(path, self._limits)
        if header is None:
            yield Found(printable(path), path)
            return
        self._slices.append(header)
        yield None

    def _count(self, candidate: Path, root: Path) -> None:
        """Remembers which folders hold a candidate, from its own up to the one that was given."""
        for folder in candidate.parents:
            self._holds[folder] += 1
            if folder == root:
                return

    def _folder_of(self, files: Sequence[Path]) -> Path | None:
        """The folder in which these files lie and no other candidate; None where there is none."""
        shared = (folder for folder in files[0].parents if all(path.is_relative_to(folder) for path in files))
        common = next(shared, None)
        return common if common is not None and self._holds[common] == len(files) else None


def _header(path: Path, limits: Limits) -> SliceHeader | None:
    try:
        return slice_header(path, limits)
    except OSError:  # reading it will say so
        return None


def _visible(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if not name.startswith(".") and name not in _LITTER)


def _is_candidate(path: Path) -> bool:
    """Whether a file met in a folder is to be answered.

    Raises:
        OSError: it cannot be looked into.
    """
    if has_image_suffix(path):
        return True
    head = head_of(path, HEAD_BYTES)
    return form_of(head) is not None or not is_text(head)


def _refused(path: Path, refusal: InputError) -> Found:
    return Found(printable(path), path, refusal)
