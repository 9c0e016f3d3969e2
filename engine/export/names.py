"""What things are called outside: as they are recorded, or by pseudonyms that only this home can trace back."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.audit.key import load_key, make_key
from engine.places import Home
from engine.store.faults import named_file_faults

_LONGEST_SHIFT_DAYS = 3650
_PUBLIC_UIDS = "1.2.840.10008."
"""UIDs that the standard itself gives: classes, syntaxes, well-known frames of reference (PS3.6 A)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an export.

    One secret of the home makes all of them, so that the same patient, exam or image has the same pseudonym in every
    export, and nobody without the secret can test a guess.

    Args:
        secret: None leaves everything as it is recorded.
    """

    secret: bytes | None = field(default=None, repr=False)

    @property
    def deidentified(self) -> bool:
        """Whether pseudonyms stand for names."""
        return self.secret is not None

    def of(self, kind: str, text: str) -> str:
        """The name of something: `patient-3fb2...` instead of `DOE^JANE`; nothing stays nothing."""
        if self.secret is None or not text:
            return text
        return f"{kind}-{self._digest(kind, text)[:8].hex()}"

    def uid(self, uid: str) -> str:
        """The UID that stands for another: derived from a UUID (PS3.5 B.2), the same for the same one."""
        if self.secret is None or not uid or uid.startswith(_PUBLIC_UIDS):
            return uid
        return f"2.25.{int.from_bytes(self._digest('uid', uid)[:16], 'big')}"

    def shift(self, person: str) -> timedelta:
        """By how much the dates of one person move: the same for all of them, so that intervals stay."""
        if self.secret is None:
            return timedelta(0)
        return -timedelta(days=1 + int.from_bytes(self._digest("days", person)[:4], "big") % _LONGEST_SHIFT_DAYS)

    def moved(self, moment: datetime | None, person: str) -> datetime | None:
        """A moment, moved with the dates of a person."""
        return None if moment is None else moment + self.shift(person)

    def words(self, text: str) -> str:
        """Free text, which may hold any name: only left in where nothing is replaced."""
        return "" if self.secret is not None else text

    def _digest(self, kind: str, text: str) -> bytes:
        # Names of files need not be UTF-8 (PEP 383).
        message = f"{kind}\0{text}".encode("utf-8", "surrogateescape")
        return hmac.digest(self.secret or b"", message, hashlib.sha256)


def pseudonyms_of(home: Home) -> Names:
    """The pseudonyms of a home; its secret is made at the first use.

    Raises:
        StoreError: ST-KEY, the secret can be read by others or has a wrong length; ST-READONLY, ST-FULL or ST-IO, the
            home cannot be written.
    """
    path = home.keys / "deidentify.key"
    with named_file_faults(home.root):
        make_key(path)
        return Names(load_key(path))
