"""Looks into the files of the studies on screen in the worklist: a thumbnail, and whose the study is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QObject, Signal
from PySide6.QtGui import QImage

from app.jobs.engine_room import EngineRoom
from app.jobs.records import Records
from app.jobs.run import Lane, run
from app.state.worklist import Entry, Seen
from engine.errors import FoveaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.domain.study import Instance
    from engine.store.database import Store

MOST_IN_LINE = 40
"""Of what scrolled by, so many of the last ones are looked into."""


class SeenStudies(QObject):
    """Looks into one study at a time, the one that came on screen last first.

    Args:
        room: whose decoders read.
        records: where the files of a study are named.
        lane: where files are read, beside everything else.
        parent: with its end nothing is called back any more.
    """

    found = Signal(object, object)
    """The `Entry` and what was `Seen`."""

    def __init__(self, room: EngineRoom, records: Records, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._records = records
        self._lane = lane
        self._line: list[Entry] = []
        self._busy = False

    def want(self, entry: Entry) -> None:
        """Puts a study in line; of what waits there is no record to look into yet."""
        if entry.line is None or not entry.line.content_hash:
            return
        self._line.append(entry)
        del self._line[:-MOST_IN_LINE]
        self._next()

    def _next(self) -> None:
        if self._busy or not self._line:
            return
        self._busy = True
        entry = self._line.pop()
        self._records.ask(
            lambda store: _middle_of(store, entry.arrival_id),
            on_done=lambda instance: self._read(entry, instance),
            on_failed=self._go_on,
            parent=self,
        )

    def _read(self, entry: Entry, instance: Instance | None) -> None:
        if instance is None:
            self._go_on()
            return
        run(
            lambda task: _look(self._room, entry, instance),  # noqa: ARG005 -- one file is a single step
            on_done=lambda seen: self._tell(entry, seen),
            on_failed=self._go_on,
            parent=self,
            lane=self._lane,
        )

    def _tell(self, entry: Entry, seen: Seen) -> None:
        self.found.emit(entry, seen)
        self._go_on()

    def _go_on(self, _: FoveaError | None = None) -> None:
        """A file that is gone leaves its line as it is."""
        self._busy = False
        self._next()


def _middle_of(store: Store, arrival_id: str) -> Instance | None:
    """The image that stands for a study: of a volume its middle slice."""
    from engine.store.outcomes import find  # noqa: PLC0415 -- start-up time: the window is shown first

    recorded = find(store, arrival_id)
    if recorded is None or recorded.study is None or not recorded.study.instances:
        return None
    return recorded.study.instances[len(recorded.study.instances) // 2]


def _look(room: EngineRoom, entry: Entry, instance: Instance) -> Seen:
    kept = room.home.thumbnail(entry.line.content_hash if entry.line else "")
    if instance.sop_uid is None and (png := _kept(kept)) is not None:
        return Seen(thumbnail=png)  # a photograph says nothing of a person
    person, pixels = room.glance(Path(instance.path))
    png = _png(pixels)
    _keep(kept, png)
    return Seen(person, png)


def _kept(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _keep(path: Path, png: bytes) -> None:
    """A cache: what cannot be kept is made again."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(png)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding knows `str`, its stub only `bytes`
    return bytes(buffer.data().data())
