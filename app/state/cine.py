"""Cine: which slice is due while a volume plays by itself. Plain arithmetic of a clock that is handed in."""

from __future__ import annotations

from dataclasses import dataclass

SLOWEST, FASTEST, USUAL = 1, 60, 12
"""Slices a second."""


@dataclass(frozen=True, slots=True)
class Cine:
    """A volume that plays, around its ends.

    Args:
        first: the slice that it began with.
        count: slices of the volume.
        started_s: when it began, by the clock that `due` is asked with.
        slices_a_second: how fast it goes.
    """

    first: int
    count: int
    started_s: float
    slices_a_second: int = USUAL

    def due(self, now_s: float) -> int:
        """The slice to be seen now. What could not be drawn in time is left out, so that the pace is kept."""
        return (self.first + int((now_s - self.started_s) * self.slices_a_second + 1e-9)) % self.count

    def paced(self, slices_a_second: int, now_s: float) -> Cine:
        """At another pace from here on."""
        pace = min(max(slices_a_second, SLOWEST), FASTEST)
        return Cine(self.due(now_s), self.count, now_s, pace)
