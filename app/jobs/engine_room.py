"""The engine as the desktop uses it. Only called from a lane: the first use imports what takes long to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.paint.picture import Picture
from app.paint.thumbnail import thumbnail_of
from engine.budget import Budget
from engine.domain.outcome import Outcome
from engine.domain.scan import Scan
from engine.errors import InputError
from engine.places import Home

if TYPE_CHECKING:
    from engine.intake.find import Found
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


class EngineRoom:
    """Opens the workbench at the first study and keeps it open.

    Args:
        home: where outcomes are recorded.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open = ExitStack()
        self._bench: Workbench | None = None

    def warm(self) -> str:
        """Opens the workbench ahead of the first study.

        Returns:
            The name of the run time that it will answer with.
        """
        return self._workbench().backend.name

    def find(self, paths: list[Path]) -> Iterator[Found]:
        """Everything at these paths that gets an answer."""
        from engine.intake.find import find  # noqa: PLC0415 -- start-up time: the window is shown first

        return find(paths)

    def answer(self, found: Found, budget: Budget) -> Answered:
        """Answers one study and records it."""
        answer = self._workbench().answer(found, budget=budget)
        return Answered(answer.outcome, _thumbnail(answer.scan))

    def read(self, found: Found) -> Picture:
        """The picture of one study; safe to call while another thread answers.

        Raises:
            InputError: the file cannot be read, or not any more.
        """
        from engine.intake.read import read  # noqa: PLC0415 -- start-up time: the window is shown first

        return Picture.of(read(found).scan)

    def close(self) -> None:
        """Closes the workbench, in the lane that opened it."""
        self._bench = None
        self._open.close()

    def _workbench(self) -> Workbench:
        if self._bench is None:
            from engine.pipeline import Workbench  # noqa: PLC0415 -- start-up time: the window is shown first

            self._bench = self._open.enter_context(Workbench.open(self._home))
        return self._bench


def _thumbnail(scan: Scan | None) -> NDArray[np.uint8] | None:
    if scan is None:
        return None
    try:
        return thumbnail_of(Picture.of(scan))
    except InputError:
        return None
