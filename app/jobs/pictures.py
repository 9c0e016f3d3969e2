"""Fetches the picture of the study that is looked at, and keeps the few seen last."""

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


class Pictures(QObject):
    """Reads one picture at a time; a wish that is no longer wanted is cancelled before its reading starts.

    Args:
        room: the engine.
        lane: where it reads, beside the one that answers.
        found: what intake found under a source.
        parent: with its end nothing is called back any more.
    """

    fetched = Signal(str, object)
    """The source and its `Picture`."""
    missed = Signal(str, object)
    """The source and the `Trouble` that kept its picture from being read."""

    def __init__(self, room: EngineRoom, lane: Lane, found: Callable[[str], Found | None], parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._lane = lane
        self._find = found
        self._kept: RecentPictures[Picture] = RecentPictures(KEPT_BYTES)
        self._job: Job[Picture] | None = None

    def fetch(self, source: str) -> None:
        """Announces the picture: at once if it is kept, otherwise when it has been read."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if (kept := self._kept.get(source)) is not None:
            self.fetched.emit(source, kept)
            return
        if (found := self._find(source)) is None:
            return
        self._job = run(
            lambda task: self._room.read(found),  # noqa: ARG005 -- reading one file is a single step
            on_done=lambda picture: self._read(source, picture),
            on_failed=lambda error: self._failed(source, error),
            parent=self,
            lane=self._lane,
        )

    def _read(self, source: str, picture: Picture) -> None:
        self._kept.put(source, picture)
        self.fetched.emit(source, picture)

    def _failed(self, source: str, error: FoveaError) -> None:
        if error.code != "BU-CANCELLED":
            self.missed.emit(source, Trouble.of(error))
