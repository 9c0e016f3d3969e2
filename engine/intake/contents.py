"""What folders, archives and DICOM directories hold, file by file to the bottom, in a steady order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError
from engine.intake.archive import ZIP_MAGICS, members
from engine.intake.detached import data_files_beside
from engine.intake.dicom.directory import ArchiveMedium, FolderMedium, Medium, Reference, leads_out, references
from engine.intake.dicom.layout import Layouts
from engine.intake.dicom.meta import is_directory
from engine.intake.dicom.slice_header import FIRST_BYTES, SliceHeader, slice_header
from engine.intake.entry import Entry
from engine.intake.forms import HEAD_BYTES, form_of, has_image_suffix, is_text
from engine.intake.known import Known
from engine.intake.limits import Limits
from engine.intake.peek import peeked
from engine.intake.stored import require_regular, unreadable
from engine.intake.text import printable, shortened

_LITTER = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
"""Files and folders that file managers leave behind."""


_MOST_NAMES = 5
"""Most names of references that a message lists."""


@dataclass(frozen=True, slots=True)
class Met:
    """A candidate that the search has come to.

    Args:
        entry: where it lies.
        refusal: why it cannot be read; None for what is worth reading.
        header: of a slice, which waits for the rest of its series.
        again: it was met before under another name.
    """

    entry: Entry
    refusal: InputError | None = None
    header: SliceHeader | None = None
    again: bool = False


_Waiting = Iterator[Entry | Met]


class Contents:
    """One search through any number of paths, which remembers the real files and folders that it has met.

    Args:
        on_passed_over: told of each file in a folder or archive that is no candidate.
        on_file: told of each file before it is looked into; may raise to stop the search.
        limits: for the reading of headers and archives.
    """

    def __init__(self, on_passed_over: Callable[[Path], None], on_file: Callable[[Path], None], limits: Limits) -> None:
        self._on_passed_over = on_passed_over
        self._on_file = on_file
        self._limits = limits
        self._layouts = Layouts()
        self._known = Known()

    def at(self, path: Path) -> Iterator[Met]:
        """All candidates at a path, which is a file, a folder, an archive or a DICOM directory."""
        entry = Entry(path)
        looked = self._look(entry, named=True)
        if isinstance(looked, Met):
            yield looked
        elif looked is not None:
            is_empty = True
            for met in self._through(looked):
                is_empty = False
                yield met
            if is_empty:
                yield Met(entry, _empty(entry))

    def among(self, files: Iterable[Path]) -> Iterator[Met]:
        """All candidates among files of folders, each judged as if its folder were searched and held only these."""
        yield from self._through(self._without_data_files([Entry(path) for path in files]))

    def _through(self, first: _Waiting) -> Iterator[Met]:
        """Goes down into what holds others; with a list of its own, since folders may be deeper than calls can be."""
        waiting = [first]
        while waiting:
            item = next(waiting[-1], None)
            if item is None:
                waiting.pop()
                continue
            looked = self._look(item, named=False) if isinstance(item, Entry) else item
            if isinstance(looked, Met):
                yield looked
            elif looked is not None:
                waiting.append(looked)

    def _look(self, entry: Entry, *, named: bool) -> Met | _Waiting | None:
        """What an entry is: a candidate, something that holds others, or None for what is passed over."""
        status = None
        if not entry.member:
            try:
                status = os.stat(entry.path)  # noqa: PTH116 - half the time of Path.stat, for each file
            except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
                return Met(entry, unreadable(entry.path, error))
            if stat.S_ISDIR(status.st_mode):
                return self._folder(entry.path, status)
        self._on_file(entry.shown)
        if status is not None and self._known.has(entry.path, status):
            return Met(entry, again=True)
        try:
            if status is not None:
                require_regular(status, entry.source)
            return self._look_into(entry, status, named=named)
        except InputError as refusal:
            return Met(entry, refusal)
        except OSError as error:
            return Met(entry, unreadable(entry.shown, error))

    def _look_into(self, entry: Entry, status: os.stat_result | None, *, named: bool) -> Met | _Waiting | None:
        with peeked(entry) as peek:
            head = b"" if peek is None else peek.upto(FIRST_BYTES)
            directory = is_directory(head)
            archive = head.startswith(ZIP_MAGICS) and form_of(head[:HEAD_BYTES]) is None
            if not (named or directory or archive or _is_candidate(entry, head[:HEAD_BYTES])):
                self._on_passed_over(entry.shown)
                return None
            if status is not None:
                self._known.add(entry.path, status)
            if archive:
                return Met(entry, _nested(entry)) if entry.member else self._archive(entry)
            if directory:
                return self._directory(entry, named=named)
            return Met(entry, header=slice_header(entry, self._limits, peek, self._layouts) if peek else None)

    def _folder(self, folder: Path, status: os.stat_result) -> _Waiting | None:
        if self._known.has(folder, status):
            return None
        self._known.add(folder, status)
        return self._entries(folder)

    def _entries(self, folder: Path) -> _Waiting:
        """The visible entries of a folder; one that cannot be listed is its own refusal."""
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths, are what the order is defined on
        except OSError as error:
            yield Met(Entry(folder), unreadable(folder, error))
            return
        yield from self._without_data_files([Entry(folder / name) for name in names if is_visible(name)])

    def _archive(self, archive: Entry) -> _Waiting:
        """The visible members of an archive, after what is wrong with any of them."""
        try:
            listed = list(members(archive.path, self._limits))
        except InputError as refusal:
            yield Met(archive, refusal)
            return
        except OSError as error:
            yield Met(archive, unreadable(archive.path, error))
            return
        entries = []
        for item in listed:
            if isinstance(item, tuple):
                yield Met(*item)
            elif all(map(is_visible, set(item.member.split("/")) - {".", ".."})):
                entries.append(item)
        yield from self._without_data_files(entries)

    def _without_data_files(self, entries: list[Entry]) -> Iterator[Entry]:
        data_files = data_files_beside(entries)
        for entry in entries:
            if entry in data_files:
                self._on_passed_over(entry.shown)
            else:
                yield entry

    def _directory(self, directory: Entry, *, named: bool) -> _Waiting:
        """What a DICOM directory references, or only what of it is missing where its folder is searched anyway."""
        if not named:
            self._on_passed_over(directory.shown)
        try:
            referenced = references(directory, self._limits)
            medium = self._medium(directory)
        except InputError as refusal:
            yield Met(directory, refusal)
            return
        except OSError as error:
            yield Met(directory, unreadable(directory.shown, error))
            return
        outside = [reference for reference in referenced if leads_out(reference)]
        if outside:
            yield Met(directory, _outside(directory, outside))
        inside = [reference for reference in referenced if not leads_out(reference)]
        entries = [medium.entry(reference) for reference in inside]
        missing = [reference for reference, entry in zip(inside, entries, strict=True) if entry is None]
        if missing:
            yield Met(directory, _missing(directory, missing, len(referenced)))
        if named:
            yield from filter(None, entries)

    def _medium(self, directory: Entry) -> Medium:
        if not directory.member:
            return FolderMedium(directory.path.parent)
        listed = members(directory.path, self._limits)
        return ArchiveMedium(directory, [item for item in listed if isinstance(item, Entry)])


def is_visible(name: str) -> bool:
    """Whether a file or folder of this name is looked at where it is not named itself."""
    return not name.startswith(".") and name not in _LITTER


def _is_candidate(entry: Entry, head: bytes) -> bool:
    """Whether a file met in a folder or archive is to be answered."""
    return form_of(head) is not None or has_image_suffix(entry.shown) or not is_text(head)


def _empty(entry: Entry) -> InputError:
    return InputError(
        "IN-FOLDER-EMPTY", f"{entry.source} holds no picture.", "Give a folder with pictures, DICOM files or volumes."
    )


def _nested(entry: Entry) -> InputError:
    return InputError(
        "IN-ZIP-NESTED", f"{entry.source} is an archive inside an archive.", "Extract it and give the folder."
    )


def _missing(directory: Entry, missing: Sequence[Reference], of: int) -> InputError:
    return InputError(
        "IN-DIR-MISSING",
        f"{directory.source} references {of:,} files, and {len(missing):,} of them are not there: {_names(missing)}.",
        "Copy the whole medium again, with all of its folders.",
    )


def _outside(directory: Entry, outside: Sequence[Reference]) -> InputError:
    return InputError(
        "IN-DIR-OUTSIDE",
        f"{directory.source} references files outside its own folder, {len(outside):,} in all: {_names(outside)}.",
        "Give these files by name, if you trust its maker.",
    )


def _names(references: Sequence[Reference]) -> str:
    more = " and more" if len(references) > _MOST_NAMES else ""
    names = (printable(Path("\\".join(reference))) for reference in references[:_MOST_NAMES])
    return ", ".join(shortened(name, 64) for name in names) + more
