"""What the window reads by itself, beside the worker: the pixels of a study once, for its picture and its thumbnail."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.paint.picture import Picture
from app.paint.thumbnail import thumbnail_of
from engine.budget import Budget
from engine.errors import Cancelled, InputError

if TYPE_CHECKING:
    from engine.intake.arriving import Arriving
    from engine.intake.find import Found
    from engine.intake.isolated.pool import Decoders
    from engine.intake.read import Loaded

KEPT_GLIMPSES = 64
"""So many studies whose pictures were read before their answers came keep their thumbnail for it."""

_LOOK_S = 0.1
"""How often it is looked whether a thumbnail is still wanted while the picture is on its way."""


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """What the window saw of a study.

    Args:
        content_hash: of what it read.
        thumbnail: (H, W, 3) uint8.
    """

    content_hash: str
    thumbnail: NDArray[np.uint8]


class WindowReader:
    """Reads in decoder processes of its own; safe to call from several lanes at once."""

    def __init__(self) -> None:
        self._decoders: Decoders | None = None
        self._lock = threading.Lock()
        self._on_their_way: dict[str, threading.Event] = {}
        self._glimpses: OrderedDict[str, Glimpse] = OrderedDict()

    def picture(self, found: Found, budget: Budget, on_arriving: Callable[[Picture], None]) -> Picture:
        """The picture of one study; what its thumbnail needs is kept, so that it is not read again for it.

        Args:
            found: the study.
            budget: ends the reading where the picture is not wanted any more.
            on_arriving: shown a series while its slices come, the middle one first; it may still be refused.

        Raises:
            InputError: the file cannot be read, or not any more.
            Cancelled: nobody wants it any more.
        """

        def show(arriving: Arriving) -> None:
            on_arriving(Picture.of_part(arriving.scan, arriving.first, arriving.end))

        there = threading.Event()
        with self._lock:
            self._on_their_way[found.source] = there
        try:
            loaded = self._reads().read_study(found, on_slice=lambda: budget.check("read"), on_arriving=show)
            picture = Picture.of(loaded.scan)
            self._keep(found.source, _glimpse_of(loaded))
        finally:
            with self._lock:
                if self._on_their_way.get(found.source) is there:
                    del self._on_their_way[found.source]
            there.set()
        return picture

    def glimpse(self, found: Found, budget: Budget, content_hash: str = "") -> Glimpse | None:
        """What is to be shown of a study in a list; None where nothing can be read, or is wanted any more.

        Args:
            found: the study.
            budget: ends the reading where it is not wanted any more.
            content_hash: which pixels are wanted; without one those that the picture shows, if it was read.
        """
        try:
            kept = self._kept(found.source, budget)
            if kept is not None and content_hash in ("", kept.content_hash):
                return kept
            budget.check("read")
            return _glimpse_of(self._reads().read_study(found, on_slice=lambda: budget.check("read")))
        except (InputError, Cancelled):
            return None

    def glance(self, path: Path) -> tuple[str, NDArray[np.uint8]]:
        """Whose an image is, and a small picture of it.

        Raises:
            InputError: the file cannot be read, or not any more.
        """
        from engine.intake.find import Found  # noqa: PLC0415 -- start-up time: the window is shown first

        scan = self._reads().read_study(Found(str(path), path)).scan
        patient = scan.exam.patient if scan.exam is not None else None
        return (patient.name or patient.id) if patient else "", thumbnail_of(scan)

    def close(self) -> None:
        """Ends the decoders."""
        with self._lock:
            decoders, self._decoders = self._decoders, None
        if decoders is not None:
            decoders.close()

    def _kept(self, source: str, budget: Budget) -> Glimpse | None:
        """What the picture told, once it is there if it is on its way; each is given out once."""
        with self._lock:
            there = self._on_their_way.get(source)
        while there is not None and not there.wait(_LOOK_S):
            budget.check("read")
        with self._lock:
            return self._glimpses.pop(source, None)

    def _keep(self, source: str, glimpse: Glimpse) -> None:
        with self._lock:
            self._glimpses[source] = glimpse
            self._glimpses.move_to_end(source)
            if len(self._glimpses) > KEPT_GLIMPSES:
                self._glimpses.popitem(last=False)

    def _reads(self) -> Decoders:
        """The decoder processes of the window, for the lane that answers and the ones that show."""
        from engine.intake.isolated.pool import Decoders  # noqa: PLC0415 -- start-up time: the window is shown first

        with self._lock:
            if self._decoders is None:
                self._decoders = Decoders()
                self._decoders.line.start()
            return self._decoders


def _glimpse_of(loaded: Loaded) -> Glimpse:
    return Glimpse(loaded.study.content_hash, thumbnail_of(loaded.scan))
