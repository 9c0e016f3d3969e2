"""What a job is to the processes that do it and to the parent that waits; light, so that processes start early."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from engine.intake.entry import Entry
from engine.intake.isolated.memory import SharedMemory
from engine.intake.limits import Limits

Announce = Callable[[Limits, Entry], Limits]
"""Called before a file is read: gives memory and time by its size, and limits that do so again for its pixels."""


@dataclass(frozen=True, slots=True)
class Begins:
    """A reply before the results: how large a file is that is being read, so that it is given time.

    Args:
        number: of its result in the job.
        size_bytes: stored or decoded, what is known so far and larger.
    """

    number: int
    size_bytes: int


class Job(Protocol):
    """Work for one process, with as many results as it has names."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each result is read from, for messages."""

    @property
    def limits(self) -> Limits:
        """For each file."""

    def results(self, announce: Announce, memory: SharedMemory | None) -> Iterator[object]:
        """Does the work in the decoder process."""
