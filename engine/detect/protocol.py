"""What a detector back end is: a Protocol, and nothing to inherit from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class RawOutput:
    """What the network said about a batch of tiles.

    Args:
        heat: (batch, labels, H/stride, W/stride) float32, probabilities; 3-D models have D before H.
        box: (batch, 2 * dims, H/stride, W/stride) float32, network pixels from the cell's centre to the low faces,
            then to the high faces, in axis order.
    """

    heat: FloatArray
    box: FloatArray


class Detector(Protocol):
    """A model loaded on one run time, ready to answer batches of its fixed shape."""

    @property
    def backend(self) -> str:
        """Run time and version, as written into outcomes, e.g. `onnxruntime 1.31.1 cpu`."""

    def run(self, tiles: FloatArray) -> RawOutput:
        """Answers one batch.

        Args:
            tiles: (batch, channels, H, W) or (batch, channels, D, H, W) float32, exactly the model's shape.

        Raises:
            BackendError: BE-SHAPE for another shape or dtype, BE-RUN where the run time fails, BE-VALUES for NaN or
                infinite outputs.
        """

    def close(self) -> None:
        """Frees what the run time holds; the detector cannot be used afterwards."""
