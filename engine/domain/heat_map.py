"""A heat map: how strongly a model responded at each place of a study."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Cells that cover the whole study evenly; how large one is follows from their number.

    Args:
        values: (h, w), of a volume (d, h, w), uint8: the highest probability of any label in 255ths, 0 also where
            nobody looked; made read-only.
    """

    values: NDArray[np.uint8]

    def __post_init__(self) -> None:
        values = np.ascontiguousarray(self.values)
        values.setflags(write=False)
        object.__setattr__(self, "values", values)
