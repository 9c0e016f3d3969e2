"""Fetches the picture of the study that is looked at, reads the next one ahead, and keeps the few seen last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs.engine_room import EngineRoom
from app.jobs.run import Job, Lane, run
from app.paint.picture import Picture
from app.state.recent_pictures import RecentPictures
from app.state.session import Trouble
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.intake.find import Found

KEPT_BYTES = 512 * 2**20
"""Memory for the pictures seen last, the one on screen included."""

KEPT_PICTURES = 8
"""How many of them are kept, however small."""


class Pictures(QObject):
    """Reads one picture at a time, what is wanted first; what is not wanted any more is cancelled.

    Args:
        room: the engine.
        lane: where it reads, beside the one that answers.
        found: what intake found under a source.
        parent: with its end nothing is called back any more.
        kept: the pictures seen last, shared with who shows others beside these; None begins anew.
    """

    fetched = Signal(str, object)
    """The source and its `Picture`."""
    grew = Signal(str, object)
    """The source and the `Picture` of a series that is still being read; `fetched` or `missed` follows."""
    missed = Signal(str, object)
    """The source and the `Trouble` that kept its picture from being read."""

    def __init__(
        self,
        room: EngineRoom,
        lane: Lane,
        found: Callable[[str], Found | None],
        parent: QObject,
        kept: RecentPictures[Picture] | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._lane = lane
        self._find = found
        self.kept = kept if kept is not None else RecentPictures[Picture](KEPT_BYTES, KEPT_PICTURES)
        self._jobs: dict[str, Job[Picture]] = {}
        self._wanted = ""

    @property
    def is_reading(self) -> bool:
        """Whether something is on its way."""
        return bool(self._jobs)

    def fetch(self, source: str) -> None:
        """Announces the picture: at once if it is kept, otherwise when it has been read."""
        self._wanted = source
        self._drop_others(source)
        if (kept := self.kept.get(source)) is not None:
            self.fetched.emit(source, kept)
        else:
            self._read(source)

    def expect(self, source: str) -> None:
        """Reads what is likely to be wanted next, after what is wanted now; announces nothing."""
        if self.kept.get(source) is None:
            self._read(source)

    def _drop_others(self, source: str) -> None:
        for other, job in list(self._jobs.items()):
            if other != source:
                job.cancel()
                del self._jobs[other]

    def _read(self, source: str) -> None:
        if source in self._jobs or (found := self._find(source)) is None:
            return
        self._jobs[source] = run(
            lambda task: self._room.read(found, task.budget, task.report),
            on_done=lambda picture: self._done(source, picture),
            on_failed=lambda error: self._failed(source, error),
            parent=self,
            lane=self._lane,
            on_progress=lambda picture: self._grown(source, picture),
        )

    def _grown(self, source: str, picture: Picture) -> None:
        if source == self._wanted:
            self.grew.emit(source, picture)

    def _done(self, source: str, picture: Picture) -> None:
        self._jobs.pop(source, None)
        self.kept.put(source, picture)
        if source == self._wanted:
            self.fetched.emit(source, picture)

    def _failed(self, source: str, error: FoveaError) -> None:
        if error.code == "BU-CANCELLED":
            return  # a later job may read the same source by now
        self._jobs.pop(source, None)
        if source == self._wanted:
            self.missed.emit(source, Trouble.of(error))
