"""How the queue of a home is served."""

from __future__ import annotations

from dataclasses import dataclass

from engine.queue.pulse import Sign


@dataclass(frozen=True, slots=True)
class Health:
    """How the queue of a home is served.

    Args:
        worker: the last sign of the worker; None where none was ever seen.
        feeders: the signs of all who feed the queue and are alive.
        depth: jobs that wait or are at work.
        trouble: what keeps the worker from going on, or ended it; empty where nothing does.
    """

    worker: Sign | None
    feeders: tuple[Sign, ...]
    depth: int
    trouble: str

    @property
    def is_served(self) -> bool:
        """Whether a worker answers."""
        return self.worker is not None and self.worker.is_alive and bool(self.worker.facts.get("ready"))
