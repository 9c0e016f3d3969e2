"""When an answer is due, and what can be told of a study before anything of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.domain.study import Kind
from engine.intake.dicom.glance import Glance, glance
from engine.intake.find import Found
from engine.intake.forms import SUFFIXES

VOLUME_S = 180.0
PICTURE_S = 10.0
"""Seconds until an answer is due, unless a setting says otherwise."""

_VOLUME_SUFFIXES = SUFFIXES["nifti"] | SUFFIXES["metaimage"] | SUFFIXES["nrrd"]

CountsFrom = Literal["first-seen", "acquired"]


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """When the answers to what one place brings are due.

    Args:
        volume_s: seconds for volumes and stacks.
        picture_s: seconds for single pictures.
        counts_from: `first-seen`: when the first file of the study was noticed, so that waiting for it to settle
            counts; `acquired`: when the file says that it was taken, where it says so.
    """

    volume_s: float = VOLUME_S
    picture_s: float = PICTURE_S
    counts_from: CountsFrom = "first-seen"

    def due(self, kind: Kind, first_seen: datetime, acquired_at: datetime | None = None) -> datetime:
        """The deadline, UTC. A picture taken in the future has a wrong clock; being first seen counts then."""
        begins = first_seen
        if self.counts_from == "acquired" and acquired_at is not None:
            begins = min(acquired_at, first_seen)
        return begins + timedelta(seconds=self.volume_s if is_long(kind) else self.picture_s)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What can be told of a study before it is read.

    Args:
        kind: what it most likely is; only reading it makes that sure.
        stored_bytes: size of its files on disk; 0 where none can be asked.
        acquired_at: when it was taken, UTC; None where no file says so.
    """

    kind: Kind
    stored_bytes: int
    acquired_at: datetime | None = None


def prospect_of(found: Found) -> Prospect:
    """Looks at the names and sizes of a candidate's files, and into the header of a DICOM file."""
    glanced = None if found.refusal else glance(found.files[0])
    return Prospect(_kind(found, glanced), _stored_bytes(found), glanced.acquired_at if glanced else None)


def is_long(kind: Kind) -> bool:
    """Whether a study of that kind has many slices, and so the time of a volume."""
    return kind in ("volume", "stack")


def _kind(found: Found, glanced: Glance | None) -> Kind:
    if len(found.files) > 1 or found.files[0].suffix.lower() in _VOLUME_SUFFIXES:
        return "volume"
    if glanced is None:
        return "photograph"
    return "volume" if glanced.frames > 1 else "image"


def _stored_bytes(found: Found) -> int:
    total = 0
    for entry in found.files:
        try:
            total += entry.place.stored_bytes if entry.place else entry.path.stat().st_size
        except OSError:  # gone already: reading it says so
            continue
    return total
