"""How many pictures are seen at once."""

from __future__ import annotations

from enum import StrEnum


class Arrangement(StrEnum):
    """One picture, three planes of a volume, or two studies side by side."""

    ONE = "one"
    TWO = "two"
    THREE = "three"

    @property
    def seen(self) -> int:
        """How many pictures that is."""
        return {"one": 1, "two": 2, "three": 3}[self.value]
