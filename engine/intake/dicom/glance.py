"""What a schedule wants to know of a DICOM file before anything is read: how many frames, and when they were taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pydicom
from pydicom import dcmread

from engine.errors import InputError
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.walk import walk
from engine.intake.entry import Entry
from engine.intake.forms import HEAD_BYTES, form_of
from engine.intake.guard import decoding
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.peek import MOST_BYTES, Peek, peeked

_KEYWORDS = ("NumberOfFrames", "AcquisitionDateTime", "AcquisitionDate", "AcquisitionTime", "TimezoneOffsetFromUTC")

_MOMENT = re.compile(r"(\d{4})[.]?(\d{2})[.]?(\d{2})(\d{2}):?(\d{2}):?(\d{2})?(?:\.(\d{1,6}))?([+-]\d{4})?")
"""DT, or a DA and a TM in one; to the minute at least (PS3.5 6.2)."""

_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file says of itself, as far as it says so.

    Args:
        frames: 1 where nothing else is stated.
        acquired_at: when its pixels were taken, UTC; None where it does not say to the minute.
    """

    frames: int = 1
    acquired_at: datetime | None = None


def glance(entry: Entry) -> Glance | None:
    """Looks into a file or member; None for what is no DICOM file, or cannot be looked into."""
    try:
        with peeked(entry) as peek:
            return None if peek is None else _glance(entry, peek)
    except (OSError, InputError, MemoryError):  # reading it says so with its own code
        return None


def _glance(entry: Entry, peek: Peek) -> Glance | None:
    head = peek.upto(HEAD_BYTES)
    if form_of(head[:HEAD_BYTES]) != "dicom":
        return None
    elements: Elements | None = walk(head, _KEYWORDS, peek.upto)
    if elements is None:
        if len(peek.upto(0)) >= MOST_BYTES:
            return None
        with decoding(f"pydicom {pydicom.__version__}", entry.source), peek.file(NO_OTHER_LIMITS) as file:
            elements = dcmread(file, stop_before_pixels=True, specific_tags=list(_KEYWORDS))
    with decoding(f"pydicom {pydicom.__version__}", entry.source):  # it makes a value when it is asked for it
        return Glance(_frames(elements), acquired_at(elements))


def _frames(elements: Elements) -> int:
    stated = elements.get("NumberOfFrames")
    return max(1, int(stated)) if isinstance(stated, int) else 1


def acquired_at(elements: Elements) -> datetime | None:
    """When the pixels were taken: Acquisition DateTime (0008,002A), else Date (0008,0022) and Time (0008,0032).

    Without an offset of its own the time is that of Timezone Offset From UTC (0008,0201), else this machine's.

    Source:
        PS3.3 C.12.1.1.8
    """
    text = _text(elements, "AcquisitionDateTime")
    if not text:
        text = _text(elements, "AcquisitionDate") + _text(elements, "AcquisitionTime")
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    *parts, fraction, offset = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        microsecond = int((fraction or "").ljust(6, "0"))
        # A leap second may stand there as 60 (PS3.5 6.2).
        local = datetime(year, month, day, hour, minute, min(second, 59), microsecond)
        zone = _zone(offset or _text(elements, "TimezoneOffsetFromUTC"))
        return local.replace(tzinfo=zone).astimezone(UTC) if zone else local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _text(elements: Elements, keyword: str) -> str:
    return str(elements.get(keyword) or "").strip()


def _zone(text: str) -> timezone | None:
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)
