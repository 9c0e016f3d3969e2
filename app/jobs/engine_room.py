"""The engine as the desktop uses it. Only called from a lane: the first use imports what takes long to import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.jobs.window_reader import WindowReader
from app.paint.picture import Picture
from engine.budget import Budget
from engine.domain.model_card import ModelCard
from engine.domain.outcome import Outcome, StageTimes
from engine.domain.request import Request
from engine.errors import Cancelled, FoveaError, StoreError
from engine.places import Home

if TYPE_CHECKING:
    from engine.intake.find import Found
    from engine.operators.session import Session
    from engine.queue.feed import Feed
    from engine.store.outcomes import Recorded

_LOOK_S = 0.1
"""How often it is looked whether an answer is still wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What the window keeps of an answer: not the pixels.

    Args:
        outcome: the recorded answer.
        thumbnail: (H, W, 3) uint8; None where no pixel could be read.
    """

    outcome: Outcome
    thumbnail: NDArray[np.uint8] | None


@dataclass(frozen=True, slots=True)
class Equipment:
    """What will answer.

    Args:
        backend: name of the run time with its version.
        models: `id version` of each model that may be used.
        refused: how many installed packages may not be used.
        cards: of the same models.
    """

    backend: str
    models: tuple[str, ...]
    refused: int
    cards: tuple[ModelCard, ...] = ()


class EngineRoom:
    """Feeds the queue from the first study on, and has the pixels that are shown read beside it.

    Args:
        home: where outcomes are recorded.
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that the worker may use.
    """

    def __init__(self, home: Home, backend: str | None = None, threads: int | None = None) -> None:
        self.home = home
        self.backend = backend
        self.threads = threads
        self._open = ExitStack()
        self._feed: Feed | None = None
        self._reader = WindowReader()
        self._ahead: dict[str, tuple[str, Budget]] = {}
        self._withdrawn: set[str] = set()
        self._worker, self._lost = "", False
        self.on_worker_changed: Callable[[bool], None] = lambda answers: None  # noqa: ARG005 -- until somebody listens
        """Told, in the lane, that the worker is gone (False), and that another one answers (True)."""

    def warm(self) -> Equipment:
        """Has the worker ready ahead of the first study and says what will answer."""
        from engine.registry.shelf import Shelf  # noqa: PLC0415 -- start-up time: the window is shown first

        backend = str(self._queue().ready().facts["backend"])
        shelf = Shelf.of(self.home)
        cards = tuple(package.card for package in shelf.packages)
        models = tuple(card.name for card in cards)
        return Equipment(_with_version(backend), models, len(shelf.refused), cards)

    def find(self, paths: list[Path], on_file: Callable[[Path], None]) -> Iterator[Found]:
        """Everything at these paths that gets an answer; `on_file` may raise to stop the search."""
        from engine.intake.find import find  # noqa: PLC0415 -- start-up time: the window is shown first

        return find(paths, on_file=on_file)

    def submit(self, wanted: Sequence[tuple[Found, Budget]], by: Session, modality: str | None = None) -> None:
        """Takes in studies that `answer` will be asked for later, so that the next is read while one is looked at.

        Args:
            wanted: each with the budget that `answer` will be given, in their order.
            by: as for `answer`.
            modality: as for `answer`, of all of them.

        Raises:
            Cancelled: they are not wanted any more.
            FoveaError: as `answer`, which takes in what is missing.
        """
        feed = self._queue()
        for found, budget in wanted:
            budget.check("waiting")
            self._ahead[found.source] = (feed.submit(found, Request(modality=modality), by=by).id, budget)

    def answer(self, found: Found, budget: Budget, by: Session, modality: str | None = None) -> Answered:
        """Has one study answered and recorded; its thumbnail is made meanwhile.

        Args:
            found: what intake found.
            budget: asked whether the answer is still wanted.
            by: the person who wants it.
            modality: of a volume or DICOM file that names none.

        Raises:
            Cancelled: it was not wanted any more before work began, so there is no outcome.
            UsageError: US-ROLE or US-IDLE where the person may not have studies answered.
        """
        feed = self._queue()
        arrival_id, _ = self._ahead.pop(found.source, ("", budget))
        if not arrival_id:
            budget.check("waiting")
            arrival_id = feed.submit(found, Request(modality=modality), by=by).id
        seen = self._reader.glimpse(found, budget)
        try:
            recorded = self._recorded(feed, arrival_id, budget)
        except StoreError:
            raise
        except FoveaError:  # no worker can be had, and nobody waits for the answer any more
            feed.withdraw(arrival_id)
            raise
        outcome = replace(recorded.outcome, ms=StageTimes(**feed.note_on(recorded).ms))
        answered = recorded.study.content_hash if recorded.study is not None else ""
        if seen is not None and answered and seen.content_hash != answered:
            seen = self._reader.glimpse(found, budget, answered)  # its picture was read before the files were changed
        return Answered(outcome, seen.thumbnail if seen is not None and seen.content_hash == answered else None)

    def read(self, found: Found, budget: Budget, on_arriving: Callable[[Picture], None]) -> Picture:
        """As `WindowReader.picture`, whose errors it raises; safe to call while another thread answers."""
        return self._reader.picture(found, budget, on_arriving)

    def glance(self, path: Path) -> tuple[str, NDArray[np.uint8]]:
        """Whose an image is, and a small picture of it.

        Raises:
            InputError: the file cannot be read, or not any more.
        """
        return self._reader.glance(path)

    def close(self) -> None:
        """Leaves the queue, in the lane that entered it, and ends the decoders. What nobody waits for is withdrawn."""
        if self._feed is not None:
            with suppress(StoreError):  # then it is answered for nobody, and recorded
                for _, budget in self._ahead.values():
                    budget.cancel()
                self._withdraw_ahead(self._feed)
        self._ahead.clear()
        self._withdrawn.clear()
        self._feed = None
        self._open.close()
        self._reader.close()

    def _recorded(self, feed: Feed, arrival_id: str, budget: Budget) -> Recorded:
        """Waits for the outcome; once it is not wanted any more, only if work had begun."""
        while True:
            self._look_after_worker(feed)
            try:
                budget.check("waiting")
            except Cancelled:
                self._withdraw_ahead(feed)
                if feed.withdraw(arrival_id) == "withdrawn":
                    raise
            for recorded in feed.outcomes([arrival_id], _LOOK_S):
                return recorded

    def _look_after_worker(self, feed: Feed) -> None:
        """Whoever supervises starts another one, which begins the study anew: it only has to be said."""
        worker = feed.worker()
        name = worker.name if worker is not None and worker.is_alive and worker.facts.get("ready") else ""
        before, self._worker = self._worker, name
        if before and name != before:
            self._lost = True
            self.on_worker_changed(False)
        if name and self._lost:
            self._lost = False
            self.on_worker_changed(True)

    def _withdraw_ahead(self, feed: Feed) -> None:
        """All that is not wanted any more, the last first, so that none is begun meanwhile; each once."""
        unwanted = [one for one, budget in self._ahead.values() if budget.is_cancelled and one not in self._withdrawn]
        for arrival_id in reversed(unwanted):
            feed.withdraw(arrival_id)
        self._withdrawn.update(unwanted)

    def _queue(self) -> Feed:
        if self._feed is None:
            from engine.queue.feed import Feed  # noqa: PLC0415 -- start-up time: the window is shown first

            feed = Feed.open(self.home, origin="desktop", backend=self.backend, threads=self.threads)
            self._feed = self._open.enter_context(feed)
        return self._feed


def _with_version(backend: str) -> str:
    """As outcomes name it: `onnxruntime 1.31.1 cpu`."""
    return f"onnxruntime {version('onnxruntime')} cpu" if backend == "onnx-cpu" else backend
