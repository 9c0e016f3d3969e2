"""The examination of a log: a walk from its first entry to its last, and the name of what was done where it breaks.

Entries whose key is known are checked by their MAC. Those before the last seal, whose keys were wiped, are checked by
the chain of digests up to the signed seal, unless the first key is given, from which all keys follow.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from engine.audit.chain import ORIGIN, digest_of, mac_holds
from engine.audit.log import AuditEntry, canonical
from engine.audit.ratchet import ChainKey, advanced
from engine.audit.seal import Seal

_REACH = 32
"""How many places further on an entry is looked for that is not where it belongs."""
_TELL_EVERY = 10_000


class Tampering(StrEnum):
    """What was done to a log."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    EMPTIED = "emptied"
    OTHER_DATABASE = "other database"
    KEY_MISSING = "key missing"


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that does not hold.

    Args:
        seq: where.
        kind: what was done.
        how: in words, a sentence without its subject.
    """

    seq: int
    kind: Tampering
    how: str


class Log(Protocol):
    """The entries as they are stored."""

    def in_order(self, first: int, last: int) -> Iterator[AuditEntry]:
        """Those with numbers from the first to the last, by their number."""

    def at(self, seq: int) -> AuditEntry | None:
        """The one with this number."""

    def following(self, digest: str) -> Sequence[AuditEntry]:
        """Those that name this digest as that of their predecessor."""


class Keys:
    """Which key made the MAC of which entry, as far as it can be known.

    Args:
        now: the key of the moment; None where only the digests are to be checked.
        seals: in order.
        first: the first key, if it is at hand.
    """

    def __init__(self, now: ChainKey | None, seals: Sequence[Seal], first: bytes | None) -> None:
        secrets = {now.number: now.secret} if now else {}
        numbers = [0, *(seal.number for seal in seals)]
        if first is not None:
            for before, number in zip([0, *numbers], numbers, strict=False):
                first = advanced(first, number - before)
                secrets.setdefault(number, first)
        ends = [*(seal.count for seal in seals), sys.maxsize]
        self.spans = [(end, secrets.get(number)) for end, number in zip(ends, numbers, strict=True)]
        """The last entry of each span, and its key where it is known."""

    def of(self, seq: int) -> bytes | None:
        """The key of an entry; None where it was wiped."""
        return next(secret for end, secret in self.spans if seq <= end)


class Examination:
    """One log and what is known about it beside it.

    Args:
        log: the entries.
        keys: what makes their MACs.
        seals: those kept in the database, and those that were kept elsewhere.
    """

    def __init__(self, log: Log, keys: Keys, seals: Sequence[Seal]) -> None:
        self._log = log
        self._keys = keys
        self._sealed = {seal.count: seal for seal in seals}
        self.count = 0

    def first_break(
        self, on_progress: Callable[[int], None] = lambda _: None, first: int = 1, last: int = 0
    ) -> Break | None:
        """The first entry that does not hold; None if all do. `count` says up to which number they do.

        Args:
            on_progress: told now and then up to which number.
            first: where to begin; the entry before it is taken as it stands, so somebody has to examine that one too.
            last: where to end; 0 for the end of the log.
        """
        previous, earlier = self._ends_before(first)
        self.count = first - 1
        spans = iter(self._keys.spans)
        end, secret = next(spans)
        for expected, entry in enumerate(self._log.in_order(first, last or sys.maxsize), start=first):
            while expected > end:
                end, secret = next(spans)
            if entry.seq != expected:
                return self._named(expected, previous)
            if entry.previous != previous:
                return self._broken_link(expected, previous, earlier)
            form = _form(entry)
            if form is None or (secret is not None and not mac_holds(form, entry.mac, secret)):
                return self._named(expected, previous)
            earlier, previous = previous, digest_of(form, entry.mac)
            seal = self._sealed.get(expected)
            if seal is not None and seal.head != previous:
                return Break(
                    expected, Tampering.CHANGED, f"is not the entry that was sealed on {seal.at} as number {expected}"
                )
            self.count = expected
            if expected % _TELL_EVERY == 0:
                on_progress(expected)
        return self._named(self.count + 1, previous) if self.count < last else None

    def _ends_before(self, first: int) -> tuple[str, str]:
        """The digests of the entry before, and of the one before that."""
        before = self._log.at(first - 1) if first > 1 else None
        form = None if before is None else _form(before)
        if before is None or form is None:
            return ORIGIN.digest, ORIGIN.digest
        return digest_of(form, before.mac), before.previous

    def _broken_link(self, seq: int, previous: str, earlier: str) -> Break:
        """The entry at `seq` names another predecessor than the one that stands there: one of the two is wrong."""
        # Past the first check only where keys were wiped: with its key the walk would have stopped at the one before.
        entry, before = self._log.at(seq), self._log.at(seq - 1)
        if before is None or entry is None or self._genuine(before, seq - 1):
            return self._named(seq, previous)
        if self._genuine(entry, seq) or self._rightful(seq - 1, earlier):
            return self._named(seq - 1, earlier)
        return self._named(seq, previous)

    def _rightful(self, seq: int, previous: str) -> list[int]:
        """Where the entry stands that belongs at a number: after the one with this digest."""
        return [entry.seq for entry in self._log.following(previous) if self._genuine(entry, seq)]

    def _named(self, seq: int, previous: str) -> Break:
        """What was done at a number where nothing, or the wrong entry, stands."""
        found = self._log.at(seq)
        rightful = self._rightful(seq, previous)
        if found is not None:
            return self._wrong(found, rightful)
        if rightful:
            return Break(seq, Tampering.REORDERED, f"is missing: it stands as entry {rightful[0]}")
        return Break(seq, Tampering.REMOVED, "is missing")

    def _wrong(self, found: AuditEntry, rightful: list[int]) -> Break:
        seq = found.seq
        places = [*rightful, *range(seq + 1, seq + _REACH)]
        belongs = next((place for place in places if place != seq and self._genuine(found, place)), None)
        if belongs is not None and rightful:
            return Break(seq, Tampering.REORDERED, f"belongs at number {belongs}: entries have changed places")
        if belongs is not None:
            how = f"belongs at number {belongs}: what stood here was removed, and what follows numbered anew"
            return Break(seq, Tampering.REMOVED, how)
        if rightful and rightful != [seq]:
            how = f"was inserted: the entry that belongs here stands as number {rightful[0]}"
            return Break(seq, Tampering.INSERTED, how)
        if self._genuine(found, seq):
            return Break(seq, Tampering.INSERTED, "does not follow the entry before it: it comes from another log")
        return Break(seq, Tampering.CHANGED, "was changed, or written without the key of this home")

    def _genuine(self, entry: AuditEntry, seq: int) -> bool:
        """Whether an entry would hold if it stood at that number: by its key, else by what follows or was sealed."""
        form = _form(replace(entry, seq=seq))
        if form is None:
            return False
        secret = self._keys.of(seq)
        if secret is not None:
            return mac_holds(form, entry.mac, secret)
        own = digest_of(form, entry.mac)
        seal = self._sealed.get(seq)
        return seal.head == own if seal is not None else bool(self._log.following(own))


def broken_seal(seals: Sequence[Seal], now: ChainKey | None) -> Break | None:
    """The first seal that does not hold; None if all do.

    Args:
        seals: those of the database, in order.
        now: the key of the moment, which names the last of them.
    """
    number = 0
    for seal in seals:
        if not seal.holds:
            return Break(seal.count, Tampering.CHANGED, f"ends at seal {seal.number}, whose signature does not hold")
        if seal.follows != number:
            return Break(seal.count, Tampering.REMOVED, f"ends at seal {seal.number}; seal {seal.follows} is missing")
        number = seal.number
    if now is not None and number < now.number:
        return Break(now.sealed, Tampering.REMOVED, f"ended at seal {now.number}, which is missing")
    return None


def seal_of_another(seals: Sequence[Seal], outside: Sequence[Seal], origin: str) -> Break | None:
    """A seal kept elsewhere that was not made here, or does not hold; None if there is no such."""
    signers = {seal.public_key for seal in seals}
    for seal in outside:
        if not seal.holds:
            return Break(seal.count, Tampering.CHANGED, f"is claimed by a seal of {seal.at} whose signature is wrong")
        if seal.origin != origin:
            return Break(1, Tampering.OTHER_DATABASE, f"is not that of the log that was sealed on {seal.at}")
        if seal.public_key not in signers:
            how = f"was sealed on {seal.at} by a key that no seal kept here was made with"
            return Break(seal.count, Tampering.OTHER_DATABASE, how)
    return None


def _form(entry: AuditEntry) -> bytes | None:
    try:
        entry.mac.encode("ascii")
        return canonical(entry)
    except (TypeError, AttributeError, UnicodeEncodeError):
        return None
