"""After the answer: files are put where they are to lie, and then the ledger says so.

The outcome is recorded before a file is moved, and the file is moved before the ledger says so; a crash in between
leaves the row open, and the next call finds the file where it was put.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.domain.watched_file import WatchedFile
from engine.intake.text import printable
from engine.queue.watch.listing import regular_file, version_of
from engine.queue.watch.routing import destination, move
from engine.queue.watch.rule import FolderRule
from engine.store.watched import Answered, Ledger

MOST_TRIES = 3

_NOT_READ = frozenset({"IN-NOT-FOUND", "IN-UNREADABLE", "IN-FILE-CHANGED"})
"""What says nothing of the file itself: its share was away, or something else was in its place for a moment."""


@dataclass(slots=True)
class _Sorted:
    """The answered files, by what becomes of them."""

    left: list[WatchedFile] = field(default_factory=list)
    gone: list[WatchedFile] = field(default_factory=list)
    again: list[WatchedFile] = field(default_factory=list)


class Closing:
    """Closes the answered files of one folder.

    Args:
        rule: of the folder.
        ledger: of the folder.
        tell: told the id of each arrival that was answered.
        is_away: whether the folder cannot be looked into now, so that nothing is known of its files.
    """

    def __init__(
        self, rule: FolderRule, ledger: Ledger, tell: Callable[[str], None], is_away: Callable[[], bool]
    ) -> None:
        self._rule = rule
        self._ledger = ledger
        self._tell = tell
        self._is_away = is_away
        self._tries: dict[WatchedFile, int] = {}
        self._looked_up_to: tuple[int, str] | None = None
        self.reason = ""
        self.held = 0
        """How many answered files could not be moved."""

    def tries(self, file: WatchedFile) -> int:
        """How often this version was taken and could not be opened then."""
        return self._tries.get(file, 0)

    def close(self) -> list[WatchedFile]:
        """Closes what is answered; where no outcome came and no file was taken since, there is nothing to look for.

        Returns:
            The files that are still there and could not be opened when they were to be read: to be taken once more.

        Raises:
            StoreError: the ledger says nothing of it; what was moved is found moved by the next call.
        """
        newest = self._ledger.newest_outcome()
        if newest == self._looked_up_to and not self.held:
            return []
        self._looked_up_to = None
        if self._is_away():
            return []
        self.reason, self.held = "", 0
        found = _Sorted()
        arrivals: dict[str, None] = {}
        for answered in self._ledger.answered():
            if self._sort(answered, found):
                arrivals |= dict.fromkeys(verdict.arrival_id for verdict in answered.verdicts)
        if found.left or found.gone or found.again:
            self._ledger.close(found.left, found.gone + found.again)
        for file in found.again:
            self._tries[file] = self.tries(file) + 1
        for file in (*found.left, *found.gone):
            self._tries.pop(file, None)
        for arrival_id in arrivals:
            self._tell(arrival_id)
        self._looked_up_to = newest
        return found.again

    def look_again(self) -> None:
        """Says that files were taken: what was made of them may have been answered before."""
        self._looked_up_to = None

    def _sort(self, answered: Answered, found: _Sorted) -> bool:
        """Decides about one file and moves it; False where it cannot be moved now."""
        file = answered.file
        path = self._rule.path / file.relative
        where = destination(answered.verdicts) if self._rule.routing == "move" else None
        status = regular_file(path)
        is_there = status is not None and version_of(self._rule, status) == file.version
        if is_there and self.tries(file) < MOST_TRIES and _NOT_READ & {verdict.code for verdict in answered.verdicts}:
            found.again.append(file)
        elif where is None:
            (found.left if is_there else found.gone).append(file)
        elif self._moved(path, file, where):
            found.gone.append(file)
        else:
            self.held += 1
            return False
        return True

    def _moved(self, path: Path, file: WatchedFile, where: str) -> bool:
        try:
            if move(path, file.version, self._rule.path / where / file.parent):
                self._move_markers(path, self._rule.path / where / file.parent)
        except OSError as error:
            self.reason = f"{printable(path)} cannot be moved to {where}: {error.strerror}"
            return False
        return True

    def _move_markers(self, path: Path, folder: Path) -> None:
        """Takes a file's own marker along: left behind, it would stand for the next file of that name."""
        if self._rule.completion != "marker" or "*" not in self._rule.marker:
            return
        for marker in self._rule.markers_of(path.name):
            status = regular_file(path.with_name(marker))
            if status is not None and not self._stands_for_others(path, marker):
                move(path.with_name(marker), version_of(self._rule, status), folder)

    def _stands_for_others(self, path: Path, marker: str) -> bool:
        if marker == self._rule.marker.replace("*", path.name):
            return False
        beside = (other.name for other in path.parent.iterdir() if self._rule.passes_file(other.name))
        return any(marker in self._rule.markers_of(name) for name in beside)
