"""A heat map: how strongly a model responded at each place of a study, to be laid over its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """Cells that cover the whole study evenly; how large one is follows from their number.

    Args:
        values: (h, w), of a volume (d, h, w), float32, 0..1; made read-only. Not a number where nothing is known.
        opacity: 0..1, how much the strongest cells cover.
    """

    values: NDArray[np.float32]
    opacity: float = 0.5

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.values, np.float32)
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    def at_opacity(self, opacity: float) -> Heat:
        """The same cells, covering more or less."""
        return Heat(self.values, opacity)
