"""Which object a DICOM file holds, by the four UIDs of its data set; each checked before a name is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom import dcmread

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.slice_header import FIRST_BYTES
from engine.intake.dicom.walk import walk
from engine.intake.entry import Entry
from engine.intake.guard import decoding
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.peek import MOST_BYTES, peeked

_KEYWORDS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
_UID = re.compile(r"[0-9]+(\.[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an object is, in UIDs that are safe as names of files.

    Args:
        sop_class: its class.
        sop_instance: the object itself.
        exam: what DICOM calls its study.
        series: within that.
    """

    sop_class: str
    sop_instance: str
    exam: str
    series: str


def is_uid(text: str) -> bool:
    """Whether it is made as UIDs are: digits and dots, 64 at most (PS3.5 9.1).

    Components that begin with a zero are let pass, since devices write them.
    """
    return len(text) <= 64 and _UID.fullmatch(text) is not None


def identity_of(path: Path) -> Identity | None:
    """Reads a file's header; None where it lacks one of the UIDs, or is no DICOM file with a header of sane length.

    Raises:
        OSError: it cannot be read.
    """
    try:
        uids = _uids(path)
    except InputError:
        return None
    return Identity(*uids) if all(map(is_uid, uids)) else None


def _uids(path: Path) -> list[str]:
    with peeked(Entry(path)) as peek:
        if peek is None:
            return [""]
        elements: Elements | None = walk(peek.upto(FIRST_BYTES), _KEYWORDS, peek.upto)
        if elements is None and len(peek.upto(0)) < MOST_BYTES:
            with decoding(f"pydicom {pydicom.__version__}", path.name), peek.file(NO_OTHER_LIMITS) as file:
                elements = dcmread(file, stop_before_pixels=True, specific_tags=list(_KEYWORDS))
    return [""] if elements is None else [str(elements.get(name) or "") for name in _KEYWORDS]
