"""Files that are being followed until they are whole, and the test for a single one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.domain.watched_file import Version, WatchedFile
from engine.intake.dicom.slice_header import SliceHeader
from engine.queue.watch.lease import is_being_written
from engine.queue.watch.listing import regular_file
from engine.queue.watch.rule import FolderRule


@dataclass(slots=True)
class Followed:
    """One file, from when it is first seen until it is taken.

    Args:
        path: where it lies.
        parent: its folder, relative to the watched one.
        version: as last seen.
        ctime_ns: last change of what the file system says of it, a new name included.
        first_seen_at: when this version was first seen, UTC.
        since_s: when it was last seen to change, by the steady clock.
        being_written: events told that it was made, and have not yet told that it was closed.
        whole: nothing more is to be waited for in the file itself.
        header: of a whole file that is a slice.
        not_before_s: it was taken and could not be opened then; so long it is left alone, by the steady clock.
    """

    path: Path
    parent: str
    version: Version
    ctime_ns: int
    first_seen_at: datetime
    since_s: float
    being_written: bool = False
    whole: bool = False
    header: SliceHeader | None = None
    not_before_s: float = 0.0

    @property
    def file(self) -> WatchedFile:
        """As the ledger keeps it."""
        uid = self.header.series_uid if self.header else None
        return WatchedFile(self.parent, self.path.name, self.version, self.first_seen_at, uid)

    def changed(self, status: os.stat_result, version: Version, now_s: float) -> None:
        """Takes note of another version. It was first seen when the first one was: what grows is one file."""
        self.version, self.ctime_ns, self.since_s = version, status.st_ctime_ns, now_s
        self.whole, self.header = False, None


def has_settled(followed: Followed, rule: FolderRule, now_s: float) -> bool:
    """Whether a file is whole by its folder's rule; its version is that of a moment ago."""
    if rule.completion == "renamed":
        return True
    still_s = now_s - followed.since_s
    if rule.completion == "marker":
        markers = rule.markers_of(followed.path.name)
        marked = any(regular_file(followed.path.with_name(marker)) for marker in markers)
        return marked and (is_being_written(followed.path) is not True or still_s >= rule.wait_s)
    if still_s < rule.settle_s:
        return False
    written = is_being_written(followed.path)
    return still_s >= rule.wait_s or not (followed.being_written if written is None else written)
