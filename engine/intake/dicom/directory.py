"""The directory of a DICOM medium, DICOMDIR: the files that it references, and where they lie (PS3.3 F, PS3.10 8)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pydicom
from pydicom import dcmread
from pydicom.dataelem import RawDataElement

from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.stored import read_file

Reference = tuple[str, ...]
"""Folders and name of a file below the folder of the directory."""


def references(entry: Entry, limits: Limits) -> list[Reference]:
    """The files that a directory references, each once and in the order of their names.

    Raises:
        InputError: IN-DIR-DAMAGED where it cannot be read, or what is wrong with the file itself.
    """
    file = read_file(entry, limits)
    try:
        with decoding(f"pydicom {pydicom.__version__}", file.source):
            dataset = dcmread(BytesIO(file.data))
            _check_whole(dataset.get_item("DirectoryRecordSequence"))
            stated = [record.get("ReferencedFileID") for record in dataset.DirectoryRecordSequence]
            return sorted({_components(value) for value in stated if value})
    except InputError as error:
        raise InputError(
            "IN-DIR-DAMAGED",
            f"{file.source} is the directory of a DICOM medium, but its list of files cannot be read.",
            "Give the folder that it lies in; then all files there are found.",
        ) from error


def leads_out(reference: Reference) -> bool:
    """Whether it is no plain name below the folder of the directory."""
    return any(part in ("", ".", "..") or set(part) & set("/\\\0") for part in reference)


class Medium(Protocol):
    """Where the references of one directory are looked up."""

    def entry(self, reference: Reference) -> Entry | None:
        """The file that is referenced; None where it is missing."""
        ...


class FolderMedium:
    """The folder that a directory lies in.

    Media are often mounted with names in lower case, or with a version behind them, `im1.;1` (ISO 9660 7.5); where a
    name is not there as it is referenced, such a one is taken.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[Path, dict[str, str]] = {}

    def entry(self, reference: Reference) -> Entry | None:
        path = self._folder.joinpath(*reference)
        if os.path.lexists(path):
            return Entry(path)
        path = self._folder
        for part in reference:
            name = self._names_in(path).get(_plain(part))
            if name is None:
                return None
            path /= name
        return Entry(path)

    def _names_in(self, folder: Path) -> dict[str, str]:
        if folder not in self._names:
            try:
                names = os.listdir(folder)  # noqa: PTH208 - names, not paths, are compared
            except OSError:
                names = []
            self._names[folder] = {_plain(name): name for name in sorted(names, reverse=True)}
        return self._names[folder]


class ArchiveMedium:
    """The archive that a directory is a member of."""

    def __init__(self, directory: Entry, members: Iterable[Entry]) -> None:
        self._folder = tuple(directory.member.split("/")[:-1])
        self._members = {_plain(member.member): member for member in members}

    def entry(self, reference: Reference) -> Entry | None:
        return self._members.get(_plain("/".join((*self._folder, *reference))))


def _check_whole(records: object) -> None:
    """pydicom makes do with as many records as there are; the others would be overlooked.

    Raises:
        EOFError: the list is cut short.
    """
    if isinstance(records, RawDataElement) and records.length != len(records.value or b""):
        raise EOFError


def _components(value: object) -> Reference:
    return (str(value),) if isinstance(value, str) else tuple(map(str, value))  # type: ignore[call-overload]  # a MultiValue


def _plain(name: str) -> str:
    return name.removesuffix(";1").removesuffix(".").casefold()
