"""Headers whose voxels lie in a file beside them: the name that they may give, and the files that are taken by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.forms import HEAD_BYTES, form_of
from engine.intake.metaimage import HEADER_BYTES, data_file_of_metaimage
from engine.intake.nrrd import data_file_of_nrrd
from engine.intake.peek import head_of

_DATA_FILE_OF: dict[str, Callable[[bytes, str], str | None]] = {
    ".mhd": data_file_of_metaimage,
    ".nhdr": data_file_of_nrrd,
}
"""By the ending of the header's name: the name that a header gives, or None where its voxels follow it."""


def data_files_beside(entries: Iterable[Entry]) -> frozenset[Entry]:
    """Of the entries of folders those that are the data files of headers there, and so no candidates of their own.

    A file that is read by itself stays a candidate, whatever a header says of it.
    """
    entries = list(entries)
    headers = [entry for entry in entries if entry.suffix.lower() in _DATA_FILE_OF]
    there = {entry: entry for entry in entries} if headers else {}
    found = set()
    for header in headers:
        named = data_file_of(header)
        data_file = there.get(named) if named is not None else None
        try:
            if data_file is not None and form_of(head_of(data_file, HEAD_BYTES)) is None:
                found.add(data_file)
        except (OSError, InputError):  # reading the header will say so
            continue
    return frozenset(found)


def data_file_of(header: Entry) -> Entry | None:
    """The file beside it that a header names; None where it names none, or is no header that can be read."""
    name_in = _DATA_FILE_OF.get(header.suffix.lower())
    try:
        name = None if name_in is None else name_in(head_of(header, HEADER_BYTES), header.source)
    except (OSError, InputError):  # reading the header will say so
        return None
    return None if name is None else header.beside(name)
