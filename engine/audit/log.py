"""What an audit entry is, and its canonical form: the exact bytes that its MAC covers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_FORMAT = "fovea-audit-1"
_COMPACT = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False, check_circular=False)


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """What is about to be recorded; its place in the chain is given to it by the writer.

    Patient data has no place here, and neither have file names or paths, which may hold a name: an entry names arrivals
    by id and content by a salted commitment, so that erasing a record leaves the log whole.

    Args:
        actor: who did it: an operator, or `fovea` for the program itself.
        action: what was done, `noun.verb`.
        subject: the id of what it was done to.
        detail: facts about it.
    """

    actor: str
    action: str
    subject: str
    detail: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of the log, as stored.

    Args:
        seq: 1 for the first, without gaps.
        at: when it was appended, as `utc_text` writes it.
        actor: see `AuditDraft`.
        action: see `AuditDraft`.
        subject: see `AuditDraft`.
        detail: the draft's detail as canonical JSON.
        previous: hash of the predecessor, hexadecimal.
        mac: keyed HMAC-SHA256 over the canonical form, hexadecimal.
    """

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    previous: str
    mac: str


def canonical(entry: AuditEntry) -> bytes:
    """The bytes that the MAC covers: a JSON array in fixed order, ASCII only, everything but the MAC itself.

    Raises:
        TypeError: a field is neither text nor number, as only tampering leaves it.
    """
    return form_of(entry.seq, (entry.at, entry.actor, entry.action, entry.subject, entry.detail, entry.previous))


def form_of(seq: int, texts: tuple[str, str, str, str, str, str]) -> bytes:
    """The canonical form of an entry's number and texts: at, actor, action, subject, detail, previous."""
    # As the JSON encoder writes this array, put together by hand: it is made for every entry, on the way to the disk.
    return f'["{_FORMAT}",{seq},{",".join(map(encode_basestring_ascii, texts))}]'.encode("ascii")


def canonical_json(value: Mapping[str, Json]) -> str:
    """JSON with sorted keys, no spaces, ASCII only; equal values give equal text.

    Raises:
        ValueError: a number is NaN or infinite, which JSON cannot hold.
    """
    return _COMPACT.encode(value)


def utc_text(moment: datetime) -> str:
    """`2026-01-31T12:00:00.000000Z`: fixed width, so that text order is time order.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        msg = f"{moment.isoformat()} carries no time zone"
        raise ValueError(msg)
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")[:-6] + "Z"  # instead of +00:00
