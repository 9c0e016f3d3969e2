"""In which order the slices of a series are read: one after the other, or from the one that is looked at outwards."""

from __future__ import annotations


class Order:
    """Hands out ranges of slices, above and below the first by turns.

    Args:
        count: slices of the series.
        first: read first; from 0 they come in their order.
    """

    def __init__(self, count: int, first: int = 0) -> None:
        self._count = count
        self._low = self._high = first
        self._up = True
        self._arrived = (first, first)

    @property
    def left(self) -> int:
        """How many slices are not handed out yet."""
        return self._low + self._count - self._high

    @property
    def arrived(self) -> tuple[int, int]:
        """The slices that are there, without a gap; half open."""
        return self._arrived

    def take(self, places: int) -> range:
        """The next slices to be read, at most so many; at least one while some are left."""
        if self._high < self._count and (self._up or self._low == 0):
            taken = range(self._high, min(self._high + places, self._count))
            self._high = taken.stop
        else:
            taken = range(max(self._low - places, 0), self._low)
            self._low = taken.start
        self._up = not self._up
        return taken

    def arrive(self, numbers: range) -> None:
        """These are there; ranges arrive in the order in which they were taken."""
        low, high = self._arrived
        self._arrived = (min(low, numbers.start), max(high, numbers.stop))
