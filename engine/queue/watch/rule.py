"""The rule of one watched folder: what is asked for, when a file is whole, and where it goes once it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from engine.domain.request import Request
from engine.domain.watched_file import DONE, REFUSED
from engine.intake.contents import is_visible
from engine.queue.deadline import DeadlineRule

Completion = Literal["closed", "renamed", "marker"]
"""closed: a file is whole once nobody has it open for writing and it has kept still; renamed: files get their name when
they are whole; marker: a second file says so. The slices of a DICOM series wait for one another in addition."""

Routing = Literal["leave", "move"]
"""leave: files stay where they came in; move: they go to `done` or `refused` in the watched folder."""

Events = Literal["auto", "inotify", "poll"]

PARTIAL_NAMES = ("*.tmp", "*.part", "*.partial", "*.crdownload", "*~")
"""Names that programs give to what they have not finished."""


@dataclass(frozen=True, slots=True)
class FolderRule:
    """One watched folder.

    Args:
        path: the folder.
        request: what is asked of each answer. Content that was answered before is answered from the record.
        due: when answers are due; waiting for a file to be whole counts.
        priority: 0 stat, 1 routine.
        completion: when a single file is whole.
        marker: for `marker`: the name of the file that says so, in the same folder. A `*` in it stands for the name of
            the file that is whole, with or without its suffix; without one the marker is for all files of its folder.
        routing: where answered files go.
        events: how changes are noticed; `auto` polls where the folder lies on a share that sends no events.
        steady_inodes: whether a file keeps its number while it lies there; not so on some shares.
        ignore: names of files that are not looked at.
        settle_s: how long a file keeps still before it is taken for whole.
        series_quiet_s: how long no slice comes before a series of which nothing is known to be missing is whole.
        wait_s: how long what is not whole is waited for: a slice that is missing, a voxel file of a header, a file
            that cannot be opened or is never closed. Then it goes on as it is, and its outcome says what was missing.
        rescan_s: how often the folder is listed anew, events or not.
        poll_s: the same without events.
        most_waiting: no more is taken while so many studies wait in the queue; the files wait in the folder.
    """

    path: Path
    request: Request = field(default_factory=lambda: Request(reuse=True))
    due: DeadlineRule = field(default_factory=DeadlineRule)
    priority: int = 1
    completion: Completion = "closed"
    marker: str = ""
    routing: Routing = "leave"
    events: Events = "auto"
    steady_inodes: bool = True
    ignore: tuple[str, ...] = PARTIAL_NAMES
    settle_s: float = 1.0
    series_quiet_s: float = 10.0
    wait_s: float = 60.0
    rescan_s: float = 60.0
    poll_s: float = 2.0
    most_waiting: int = 1000

    def passes_folder(self, relative: str) -> bool:
        """Whether a folder, named relative to the watched one, is searched."""
        if self.routing == "move" and relative in (DONE, REFUSED):
            return False
        return is_visible(relative.rpartition("/")[2])

    def searches(self, relative: str) -> bool:
        """The same, and whether all folders that it lies in are."""
        parts = relative.split("/") if relative else []
        return all(self.passes_folder("/".join(parts[:depth])) for depth in range(1, len(parts) + 1))

    def passes_file(self, name: str) -> bool:
        """Whether a file of this name is looked at."""
        return is_visible(name) and not self.is_marker(name) and not any(fnmatchcase(name, one) for one in self.ignore)

    def is_marker(self, name: str) -> bool:
        """Whether a file of this name only says that others are whole."""
        return self.completion == "marker" and (
            fnmatchcase(name, self.marker) if "*" in self.marker else name == self.marker
        )

    def markers_of(self, name: str) -> tuple[str, ...]:
        """The names of the markers any of which says that a file of this name is whole."""
        if "*" not in self.marker:
            return (self.marker,)
        return tuple(dict.fromkeys(self.marker.replace("*", stem) for stem in (name, Path(name).stem)))
