"""The chain of the audit log: how an entry is linked to its predecessor, and the walk that finds the first break."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from engine.audit.log import AuditDraft, AuditEntry, canonical, canonical_json, utc_text

ORIGIN = "0" * 64
"""The `previous` of the first entry."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not hold.

    Args:
        seq: where.
        how: what is wrong with it, a sentence without its subject.
    """

    seq: int
    how: str


def link(draft: AuditDraft, at: datetime, head: AuditEntry | None, key: bytes) -> AuditEntry:
    """The entry that follows the head.

    Args:
        draft: what to record.
        at: when, UTC.
        head: the newest entry so far; None for the first.
        key: the secret of this home.
    """
    unsigned = AuditEntry(
        seq=head.seq + 1 if head else 1,
        at=utc_text(at),
        actor=draft.actor,
        action=draft.action,
        subject=draft.subject,
        detail=canonical_json(draft.detail),
        previous=digest(head) if head else ORIGIN,
        mac="",
    )
    return replace(unsigned, mac=_mac(canonical(unsigned), key))


def digest(entry: AuditEntry) -> str:
    """Hash of an entry with its MAC: what the next entry carries as `previous`."""
    return _digest(canonical(entry), entry.mac)


def first_break(entries: Iterable[AuditEntry], key: bytes) -> Break | None:
    """Walks the log from its first entry; None if every entry holds.

    A tail that was cut off leaves a shorter chain that holds: the chain alone cannot show it.
    """
    expected_seq, previous = 1, ORIGIN
    for entry in entries:
        if entry.seq != expected_seq:
            return Break(expected_seq, f"is missing: entry {entry.seq} stands in its place")
        form = _form_that_holds(entry, key)
        if form is None:
            return Break(entry.seq, "was changed, or written without the key of this home: its MAC does not match")
        if entry.previous != previous:
            return Break(entry.seq, "does not follow the entry before it: one was removed, inserted or moved")
        expected_seq, previous = entry.seq + 1, _digest(form, entry.mac)
    return Break(1, "is missing: the log is empty") if expected_seq == 1 else None


def _form_that_holds(entry: AuditEntry, key: bytes) -> bytes | None:
    try:
        form = canonical(entry)
        return form if hmac.compare_digest(entry.mac.encode("utf-8"), _mac(form, key).encode("ascii")) else None
    except (TypeError, AttributeError):
        return None  # somebody put bytes or NULL where text belongs


def _mac(form: bytes, key: bytes) -> str:
    return hmac.digest(key, form, "sha256").hex()


def _digest(form: bytes, mac: str) -> str:
    return hashlib.sha256(form + b"\n" + mac.encode("utf-8")).hexdigest()
