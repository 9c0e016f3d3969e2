"""The chain of the audit log: how an entry is linked to its predecessor, and whether one holds."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from engine.audit.log import AuditDraft, AuditEntry, canonical, canonical_json, form_of, utc_text


@dataclass(frozen=True, slots=True)
class End:
    """Where a log ends: what the next entry continues from.

    Args:
        seq: number of the newest entry; 0 before the first.
        digest: of that entry, its MAC included: the next one's `previous`.
    """

    seq: int
    digest: str


ORIGIN = End(0, "0" * 64)
"""Before the first entry."""


def link(draft: AuditDraft, at: datetime, end: End, secret: bytes) -> AuditEntry:
    """The entry that follows; see `extend`."""
    return extend(draft, at, end, secret)[0]


def extend(draft: AuditDraft, at: datetime, end: End, secret: bytes) -> tuple[AuditEntry, End]:
    """The entry that follows, and where the log ends with it.

    Args:
        draft: what to record.
        at: when, UTC.
        end: the newest entry so far.
        secret: the key of the moment.
    """
    seq = end.seq + 1
    texts = (utc_text(at), draft.actor, draft.action, draft.subject, canonical_json(draft.detail), end.digest)
    form = form_of(seq, texts)
    mac = _mac(form, secret)
    return AuditEntry(seq, *texts, mac), End(seq, digest_of(form, mac))


def end_of(entry: AuditEntry) -> End:
    """What the entry after this one continues from."""
    return End(entry.seq, digest(entry))


def digest(entry: AuditEntry) -> str:
    """Hash of an entry with its MAC.

    Raises:
        TypeError: see `canonical`.
    """
    return digest_of(canonical(entry), entry.mac)


def digest_of(form: bytes, mac: str) -> str:
    """Hash of a canonical form with its MAC."""
    return hashlib.sha256(form + b"\n" + mac.encode("utf-8")).hexdigest()


def mac_holds(form: bytes, mac: str, secret: bytes) -> bool:
    """Whether the MAC of a canonical form was made with this key."""
    return hmac.compare_digest(mac.encode("utf-8"), _mac(form, secret).encode("ascii"))


def _mac(form: bytes, secret: bytes) -> str:
    return hmac.digest(secret, form, "sha256").hex()
