"""From whole files to the queue: submitted under a key first, then written into the ledger, so that a crash in between
repeats the keys and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from blake3 import blake3

from engine.domain.arrival import Arrival
from engine.domain.request import Request
from engine.domain.watched_file import WatchedFile
from engine.intake.find import Found
from engine.queue.deadline import DeadlineRule
from engine.queue.watch.gather import Offer
from engine.queue.watch.listing import regular_file, relative_to, version_of
from engine.queue.watch.rule import FolderRule
from engine.store.database import Store
from engine.store.watched import Ledger
from engine.store.watched_units import Taken


class Queue(Protocol):
    """What a watched folder asks of the feed."""

    @property
    def store(self) -> Store:
        """Where the ledger lies beside the queue."""

    def submit(
        self,
        found: Found,
        request: Request,
        *,
        arrived_at: datetime | None,
        due: DeadlineRule | None,
        priority: int,
        key: str | None,
    ) -> Arrival:
        """Queues a study; the same key again gives the arrival that it gave before, and queues nothing."""

    def depth(self) -> int:
        """How many studies wait."""


class Taking:
    """Submits what the whole files of one folder make, and writes down that they were taken.

    Args:
        rule: of the folder.
        queue: where to.
        ledger: of the folder.
    """

    def __init__(self, rule: FolderRule, queue: Queue, ledger: Ledger) -> None:
        self._rule = rule
        self._queue = queue
        self._ledger = ledger

    def take(self, offers: Sequence[tuple[Offer, int]]) -> None:
        """Takes offers, each with how often its files were taken before; writes the ledger once.

        Raises:
            StoreError: the ledger says nothing of any of them; the next call with the same files repeats the keys.
        """
        taken = [one for offer, tries in offers for one in self._submit(offer, tries)]
        if taken:
            self._ledger.take(taken)

    def _submit(self, offer: Offer, tries: int) -> Iterator[Taken]:
        earlier = [file for path in offer.earlier if (file := self._still_there(path, offer.first_seen_at))]
        files = {self._rule.path / file.relative: file for file in earlier}
        files |= {followed.path: followed.file for followed in offer.files}
        ctimes_ns = {followed.path: followed.ctime_ns for followed in offer.files}
        used: set[Path] = set()
        for found in offer.founds:
            of_found = {entry.path for entry in found.files} & files.keys()
            if len(offer.founds) == 1:
                of_found |= {followed.path for followed in offer.files}
            used |= of_found
            key = self._key(found, [(files[path], ctimes_ns.get(path, 0)) for path in sorted(of_found)], tries)
            arrival = self._arrival(found, offer.first_seen_at, key)
            for path in sorted(of_found):
                yield Taken(files[path], arrival.id)
        for followed in offer.files:
            if followed.path not in used:
                yield Taken(followed.file, None)

    def _arrival(self, found: Found, first_seen_at: datetime, key: str) -> Arrival:
        return self._queue.submit(
            found,
            self._rule.request,
            arrived_at=first_seen_at,
            due=self._rule.due,
            priority=self._rule.priority,
            key=key,
        )

    def _still_there(self, path: Path, first_seen_at: datetime) -> WatchedFile | None:
        status = regular_file(path)
        if status is None:
            return None
        parent = relative_to(self._rule.path, path.parent)
        return WatchedFile(parent, path.name, version_of(self._rule, status), first_seen_at)

    def _key(self, found: Found, files: Iterable[tuple[WatchedFile, int]], tries: int) -> str:
        """Names this study in these versions of its files.

        With the time of the last change of name, so that a file which was moved out and put back by a person to be
        answered once more is another one.
        """
        digest = blake3(os.fsencode(self._rule.path))
        for file, ctime_ns in files:
            version = file.version
            digest.update(b"\0" + os.fsencode(file.relative))
            digest.update(f"\0{version.inode} {version.size_bytes} {version.mtime_ns} {ctime_ns} {tries}".encode())
        for entry in found.files:
            digest.update(b"\0" + os.fsencode(entry.member))
        return digest.hexdigest()
