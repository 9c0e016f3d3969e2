"""A flat picture and ever smaller means of it, so that a small defect gets fainter when the picture is shown small and
never falls between two samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.paint.renderer import DRAWING

SMALLEST_LEVEL_PX = 256
"""No further level is made once both sides are at most this."""


class Levels(Sequence[NDArray[Any]]):
    """Level k has every side 2^k times shorter; made when it is first asked for, unless `make_all` was called.

    The first smaller level is rounded to the stored type. Those below are float32 means of the pixels themselves: they
    take little memory, and what is faint is not rounded away.

    Args:
        first: gives level 0, (H, W) or (H, W, 3), stored values.
        size_px: (width, height) of it.
    """

    def __init__(self, first: Callable[[], NDArray[Any]], size_px: tuple[int, int]) -> None:
        self._first = first
        self._made: dict[tuple[int, int], NDArray[Any]] = {}
        longest, self._count = max(size_px), 1
        while longest > SMALLEST_LEVEL_PX:
            longest, self._count = -(-longest // 2), self._count + 1

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[level] for level in range(*index.indices(len(self)))]
        level = index + len(self) if index < 0 else index
        if not 0 <= level < len(self):
            raise IndexError(f"level {index} of {len(self)}")
        return self.part(level, level)

    @property
    def size_bytes(self) -> int:
        """Memory taken by the levels made so far, without the first."""
        return sum(made.nbytes for halvings, made in self._made.items() if halvings != (0, 0))

    def make_all(self) -> None:
        """Makes every level now; takes about as long as reading, so it belongs into the background."""
        for level in range(len(self)):
            self.part(level, level)

    def part(self, down: int, across: int) -> NDArray[Any]:
        """The picture with its height halved so often, and its width; pixels that are no squares need both."""
        if (down, across) not in self._made:
            made = self._first() if (down, across) == (0, 0) else self._shrunk(down, across)
            made.setflags(write=False)
            self._made[down, across] = made
        return self._made[down, across]

    def _shrunk(self, down: int, across: int) -> NDArray[Any]:
        first = self.part(0, 0)
        if down == across > 2:
            larger = self.part(down - 1, across - 1)
            return DRAWING.renderer.shrink(larger, (2, 2), larger.dtype)
        dtype = first.dtype if max(down, across) == 1 else np.dtype(np.float32)
        return DRAWING.renderer.shrink(np.ascontiguousarray(first), (2**down, 2**across), dtype)
