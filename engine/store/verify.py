"""The check of everything recorded: keys, head file, seals, the chain, then each record against what the log says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from engine.audit.examine import Break, Keys, Tampering, broken_seal, seal_of_another
from engine.audit.head import Head, read_head
from engine.audit.key import load_key
from engine.audit.ratchet import ChainKey, advanced
from engine.audit.seal import Seal
from engine.errors import StoreError
from engine.places import Home
from engine.store.database import Store, connect, plain_engine
from engine.store.faults import named_faults, named_file_faults
from engine.store.migrate import SCHEMA, revision_of
from engine.store.record_check import broken_whole
from engine.store.shares import Against, walk, walk_all
from engine.store.statement import driver_of
from engine.store.stored_log import StoredLog, seals_of
from engine.store.trail import chain_key

TRIGGERS = frozenset(
    {
        *("audit_entries_gapless", "audit_entries_no_update", "audit_entries_no_delete"),
        *("audit_seals_no_update", "audit_seals_no_delete", "operators_no_delete"),
        *("reviews_no_update", "review_regions_no_update"),
        *("model_changes_no_update", "model_changes_no_delete", "shadow_answers_no_update"),
        *("source_changes_no_update", "source_changes_no_delete"),
    }
)
"""Those that the migrations make, which refuse changes of what is recorded."""

Progress = Callable[[int], None]
"""Told now and then how many entries hold so far."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Args:
        broken: the first entry that does not hold; None where all is intact.
        entries: how many entries hold.
        seals: how many seals the database keeps.
        keyed_from: the first entry whose MAC was checked; those before it were checked by digests and seals.
        first_key_kept: whether the first key still lies in the home, where it is to be handed over.
        triggers_gone: those of `TRIGGERS` that somebody took off, whether or not anything was changed then.
    """

    broken: Break | None
    entries: int = 0
    seals: int = 0
    keyed_from: int = 1
    first_key_kept: bool = False
    triggers_gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept elsewhere and brought along.

    Args:
        seals: from exports of this home.
        first_key: the first key of its log, which makes every MAC again.
    """

    seals: tuple[Seal, ...] = ()
    first_key: bytes | None = field(default=None, repr=False)


def verify(store: Store) -> Break | None:
    """The first entry that does not hold, or whose record was changed or removed; None if all is intact.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    return verify_home(store.home).broken


def verify_home(home: Home, evidence: Evidence | None = None, on_progress: Progress = lambda _: None) -> Verdict:
    """Checks the records of a home without opening its store, which would refuse what is to be named here.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT, ST-IO, ST-FOREIGN or ST-NEWER; ST-OLDER for an older schema than this
            program's.
    """
    evidence = evidence or Evidence()
    with named_faults(home.database), named_file_faults(home.root):
        # Before the database: others may go on writing and sealing, and it may be ahead of what was read of these.
        head, key = _head(home), _key(home)
        if not home.database.exists():
            return Verdict(Break(1, Tampering.EMPTIED, "is missing: there is no database"))
        engine = connect(home.database, busy_timeout_s=10.0)
        try:
            with engine.connect() as connection:
                revision = revision_of(connection, home, SCHEMA)
                if revision is None:
                    return Verdict(Break(1, Tampering.EMPTIED, "is missing: the database holds nothing"))
                if revision != SCHEMA.revisions[-1]:
                    raise _older(home, revision)
                verdict = _Check(home, connection, evidence).log(head, key, on_progress)
                broken = verdict.broken or broken_whole(connection)
                return replace(verdict, broken=broken, triggers_gone=_triggers_gone(connection))
        finally:
            engine.dispose()


def verify_copy(database: Path, home: Home, first_key: bytes | None = None) -> Verdict:
    """Checks a copy of the database of a home, which may be behind it.

    Raises:
        StoreError: as `verify_home`.
    """
    engine = plain_engine(database)
    try:
        with named_faults(database), engine.connect() as connection:
            verdict = _Check(home, connection, Evidence((), first_key)).copy()
            return verdict if verdict.broken else replace(verdict, broken=broken_whole(connection))
    finally:
        engine.dispose()


class _Check:
    """One check of a log."""

    def __init__(self, home: Home, connection: Connection, evidence: Evidence) -> None:
        self._home = home
        self._connection = connection
        self._log = StoredLog(driver_of(connection))
        self._seals = seals_of(driver_of(connection))
        self._evidence = evidence

    def log(self, head: Head | None, key: ChainKey | None, on_progress: Progress) -> Verdict:
        """The keys, the head file, the seals and the chain of the log that this home is writing, and its records."""
        if self._log.count == 0:
            return self._verdict(Break(1, Tampering.EMPTIED, "is missing: the log is empty"))
        if key is None:
            how = f"cannot be checked: the audit key {self._home.chain_key} is missing"
            return self._verdict(Break(1, Tampering.KEY_MISSING, how))
        now = _advanced_to(key, self._seals)
        if broken := self._other_database(head, now):
            return self._verdict(broken)
        if broken := broken_seal(self._seals, now):
            return self._verdict(broken)
        outside = self._evidence.seals
        if broken := seal_of_another(self._seals, outside, self._log.origin):
            return self._verdict(broken)
        keys = Keys(now, self._seals, self._first_key())
        against = Against(keys, [*self._seals, *outside])
        found = walk_all(self._home.database, self._connection, against, on_progress)
        broken = found.chain or self._cut_off(head, now) or found.record
        keyed_from = 1 + max((end for end, secret in keys.spans if secret is None), default=0)
        return self._verdict(broken, found.count, keyed_from)

    def copy(self) -> Verdict:
        """The chain by whatever key is at hand, and its records."""
        if self._log.count == 0:
            return self._verdict(Break(1, Tampering.EMPTIED, "is missing: the log is empty"))
        if broken := broken_seal(self._seals, None):
            return self._verdict(broken)
        against = Against(Keys(None, self._seals, self._first_key()), self._seals)
        found = walk(self._connection, against, 1, self._log.count, lambda _: None)
        return self._verdict(found.chain or found.record, found.count)

    def _verdict(self, broken: Break | None, entries: int = 0, keyed_from: int = 1) -> Verdict:
        return Verdict(broken, entries, len(self._seals), keyed_from, self._home.audit_key.exists())

    def _first_key(self) -> bytes | None:
        if self._evidence.first_key is not None:
            return self._evidence.first_key
        return load_key(self._home.audit_key) if self._home.audit_key.exists() else None

    def _other_database(self, head: Head | None, now: ChainKey) -> Break | None:
        """The log begins otherwise than the one that the home knows, and its newest known entry is not in it."""
        known = head.origin if head and head.origin else now.origin
        if not known or self._log.origin == known:
            return None
        if head is not None:
            at_head = self._log.at(head.count)
            if at_head is not None and at_head.mac == head.mac:
                return None  # the same log with another first entry, which the walk will name
        return Break(1, Tampering.OTHER_DATABASE, "is not the one that this home's log began with")

    def _cut_off(self, head: Head | None, now: ChainKey) -> Break | None:
        """The log holds as far as it goes: does it go as far as it did?"""
        count = self._log.count
        sealed = max([now.sealed, *(seal.count for seal in self._evidence.seals)])
        if head is None:
            how = "may have been cut off: the head file, which would tell, is missing or was changed"
            return Break(count + 1, Tampering.CUT_OFF, how)
        longest = max(sealed, head.count)
        if count < longest:
            return Break(count + 1, Tampering.CUT_OFF, f"was cut off, and all up to {longest} with it")
        at_head = self._log.at(head.count)
        if head.count and (at_head is None or at_head.mac != head.mac):
            return Break(head.count, Tampering.CHANGED, "is not the one that the head file names")
        return None


def _head(home: Home) -> Head | None:
    try:
        return read_head(home.audit_head)
    except StoreError:
        return None  # somebody wrote something else into it: it tells as little as none


def _key(home: Home) -> ChainKey | None:
    try:
        return chain_key(home)
    except StoreError as error:
        if error.code != "ST-KEY-MISSING":
            raise
        return None


def _triggers_gone(connection: Connection) -> tuple[str, ...]:
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    return tuple(sorted(TRIGGERS.difference(there)))


def _advanced_to(key: ChainKey, seals: Sequence[Seal]) -> ChainKey:
    """The key of now where the program stopped between a seal and its key."""
    if not seals or seals[-1].number <= key.number:
        return key
    last = seals[-1]
    return ChainKey(last.number, advanced(key.secret, last.number - key.number), key.origin, key.sealed)


def _older(home: Home, revision: str) -> StoreError:
    return StoreError(
        "ST-OLDER",
        f"{home.database} has schema {revision}, this program's is {SCHEMA.revisions[-1]}, so it cannot be checked.",
        "Run any command that opens it, such as fovea export, which brings it up to date and keeps a copy.",
    )
