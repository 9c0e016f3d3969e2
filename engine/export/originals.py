"""The stored files that an outcome rests on, found again and proven to be the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import pydicom
from blake3 import blake3
from pydicom import Dataset
from pydicom.errors import InvalidDicomError

from engine.domain.study import Study
from engine.domain.watched_file import free_names, places_of
from engine.errors import ExportError, InputError
from engine.intake.entry import Entry
from engine.intake.find import Found
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.read import Loaded, Reader
from engine.intake.stored import StoredFile, read_file
from engine.store.outcomes import Recorded

_WHO = ("PatientID", "PatientName", "StudyInstanceUID")
"""What tells whose study it is, the first that is stated."""


def loaded(study: Study, read: Reader, modality: str | None = None) -> Loaded:
    """Reads a study again.

    Args:
        study: as it was recorded.
        read: how files become scans.
        modality: the one that was stated when it was answered, where its files name none.

    Raises:
        ExportError: EX-ORIGINAL-GONE or EX-ORIGINAL-CHANGED.
    """
    with _still_there(study):
        again = read(found_again(study), modality=modality)
    _require_same(study, again.study.content_hash)
    return again


def found_again(study: Study) -> Found:
    """The files of a study where they lie now, as far as they are there; nothing is read."""
    files = _entries(study)
    return Found(study.source, files[0].shown, files=files)


def stored_files(study: Study) -> list[StoredFile]:
    """The bytes of a study's files, in the order of its instances; raises as `loaded`. Not for detached headers."""
    with _still_there(study):
        files = [read_file(entry, NO_OTHER_LIMITS) for entry in _entries(study)]
    _require_same(study, _hash_of(files))
    return files


def datasets(study: Study) -> list[Dataset]:
    """The DICOM datasets of a study, one a file, in the order of its instances; raises as `loaded`."""
    return [_parsed(study, file.data) for file in stored_files(study)]


def person_of(recorded: Recorded) -> str:
    """Whose dates move together: the patient where the files still say so, otherwise whoever is behind this study."""
    study = recorded.study
    if study is None:
        return recorded.arrival.id
    try:
        head = head_of(study)
    except ExportError:
        return study.content_hash
    return (person_in(head) if head is not None else "") or study.content_hash


def head_of(study: Study) -> Dataset | None:
    """What the first DICOM file of a study says besides its pixels; None of other files.

    Raises:
        ExportError: EX-ORIGINAL-GONE, or EX-ORIGINAL-CHANGED where it is no DICOM file any more.
    """
    if not study.instances or not study.instances[0].sop_uid:
        return None
    with _still_there(study):
        data = read_file(_entries(study)[0], NO_OTHER_LIMITS).data
    return _parsed(study, data, pixels=False)


def person_in(dataset: Dataset) -> str:
    """What tells whose the dataset is; empty where it does not say."""
    return next((text for keyword in _WHO if (text := str(dataset.get(keyword) or "").strip())), "")


def _parsed(study: Study, data: bytes, *, pixels: bool = True) -> Dataset:
    try:
        return pydicom.dcmread(io.BytesIO(data), force=True, stop_before_pixels=not pixels)
    except (InvalidDicomError, ValueError, NotImplementedError) as error:
        raise ExportError(
            "EX-ORIGINAL-CHANGED",
            f"{study.source} cannot be read as DICOM any more: {error}.",
            "Put the file back as it was answered.",
        ) from error


def _hash_of(files: Sequence[StoredFile]) -> str:
    hashes = [file.content_hash for file in files]
    return hashes[0] if len(hashes) == 1 else blake3(b"".join(map(bytes.fromhex, hashes))).hexdigest()


def _entries(study: Study) -> tuple[Entry, ...]:
    """The files of a study, also those that were moved; what lies in an archive is named `archive.zip/inside/name`.

    Where others of the same name lie there as well, the bytes tell which ones they are.
    """
    paths = dict.fromkeys(instance.path for instance in study.instances)
    found = [_found(Path(path)) for path in paths]
    first = tuple(next(iter(places.values())) for places in found)
    # A series was moved as one, so its files have the same of the places, as far as their names were taken there.
    wheres = dict.fromkeys(where for places in found for where in places)
    if len(wheres) > 1:
        for where in wheres:
            chosen = tuple(places.get(where, entry) for places, entry in zip(found, first, strict=True))
            if _hash_of([read_file(entry, NO_OTHER_LIMITS) for entry in chosen]) == study.content_hash:
                return chosen
    return first


def _found(path: Path) -> dict[tuple[int, int], Entry]:
    """Where a file lies that was answered at a path, by the number of the folder and that behind the name."""
    for outer in (path, *path.parents):
        inside = "" if outer == path else path.relative_to(outer).as_posix()
        found = {
            (number, again): Entry(name, inside)
            for number, place in enumerate(places_of(outer))
            for again, name in enumerate(takewhile(Path.is_file, free_names(place.parent, place.name)))
        }
        if found:
            return found
    return {(0, 0): Entry(path)}


@contextmanager
def _still_there(study: Study) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise ExportError(
            "EX-ORIGINAL-GONE",
            f"{study.source} cannot be read any more: {error.message}",
            "Put the files back where they were answered, or answer them again where they are now.",
        ) from error


def _require_same(study: Study, content_hash: str) -> None:
    if content_hash != study.content_hash:
        raise ExportError(
            "EX-ORIGINAL-CHANGED",
            f"{study.source} holds other bytes than when it was answered (hash {content_hash[:12]}, recorded "
            f"{study.content_hash[:12]}).",
            "Put the files back as they were, or answer them again.",
        )
