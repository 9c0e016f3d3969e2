"""The engine as the desktop uses it. Only called from a lane: the first use imports what takes long to import."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.paint.picture import Picture
from app.paint.thumbnail import thumbnail_of
from engine.budget import Budget
from engine.domain.outcome import Outcome
from engine.places import Home

if TYPE_CHECKING:
    from engine.intake.find import Found
    from engine.intake.isolated.pool import Decoders
    from engine.pipeline import Workbench


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
    """

    backend: str
    models: tuple[str, ...]
    refused: int


class EngineRoom:
    """Opens the workbench at the first study and keeps it open.

    Args:
        home: where outcomes are recorded.
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that this process may use.
    """

    def __init__(self, home: Home, backend: str | None = None, threads: int | None = None) -> None:
        self._home = home
        self._backend = backend
        self._threads = threads
        self._open = ExitStack()
        self._bench: Workbench | None = None
        self._decoders: Decoders | None = None
        self._decoders_lock = threading.Lock()

    def warm(self) -> Equipment:
        """Opens the workbench ahead of the first study and says what will answer."""
        bench = self._workbench()
        shelf = bench.bench.shelf
        models = tuple(package.card.name for package in shelf.packages)
        return Equipment(_with_version(bench.backend.name), models, len(shelf.refused))

    def find(self, paths: list[Path], on_file: Callable[[Path], None]) -> Iterator[Found]:
        """Everything at these paths that gets an answer; `on_file` may raise to stop the search."""
        from engine.intake.find import find  # noqa: PLC0415 -- start-up time: the window is shown first

        return find(paths, on_file=on_file)

    def answer(self, found: Found, budget: Budget) -> Answered:
        """Answers one study and records it."""
        answer = self._workbench().answer(found, budget=budget)
        return Answered(answer.outcome, None if answer.scan is None else thumbnail_of(answer.scan))

    def read(self, found: Found) -> Picture:
        """The picture of one study; safe to call while another thread answers.

        Raises:
            InputError: the file cannot be read, or not any more.
        """
        return Picture.of(self._readers().read_study(found).scan)

    def close(self) -> None:
        """Closes the workbench, in the lane that opened it, and ends the decoders."""
        self._bench = None
        self._open.close()
        with self._decoders_lock:
            decoders, self._decoders = self._decoders, None
        if decoders is not None:
            decoders.close()

    def _workbench(self) -> Workbench:
        if self._bench is None:
            from engine.pipeline import Workbench  # noqa: PLC0415 -- start-up time: the window is shown first

            read = self._readers().read_study
            self._bench = self._open.enter_context(
                Workbench.open(self._home, backend=self._backend, threads=self._threads, read=read)
            )
        return self._bench

    def _readers(self) -> Decoders:
        """The decoder processes of the window, for the lane that answers and the one that shows."""
        from engine.intake.isolated.pool import Decoders  # noqa: PLC0415 -- start-up time: the window is shown first

        with self._decoders_lock:
            if self._decoders is None:
                self._decoders = Decoders()
                self._decoders.line.start()
            return self._decoders


def _with_version(backend: str) -> str:
    """As outcomes name it: `onnxruntime 1.31.1 cpu`."""
    return f"onnxruntime {version('onnxruntime')} cpu" if backend == "onnx-cpu" else backend
