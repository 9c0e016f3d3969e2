"""What a back end and a loaded detector are: Protocols, and nothing to inherit from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import ModelCard

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
        """Run time and version, as written into outcomes, e.g. `onnxruntime 1.28.0 cpu`."""

    def run(self, tiles: FloatArray) -> RawOutput:
        """Answers one batch.

        Args:
            tiles: (batch, channels, H, W) or (batch, channels, D, H, W) float32, exactly the model's shape.

        Raises:
            BackendError: BE-SHAPE for another shape or dtype, BE-RUN where the run time fails, BE-VALUES for NaN,
                infinite or negative outputs.
        """

    def close(self) -> None:
        """Frees what the run time holds; the detector cannot be used afterwards."""


class Backend(Protocol):
    """A run time that may be able to load detectors on this machine."""

    @property
    def name(self) -> str:
        """The name that `--backend` takes."""

    def why_not(self) -> str | None:
        """None where this run time works here, otherwise the reason in words a person can act on."""

    def load(self, graph: bytes, card: ModelCard, threads: int) -> Detector:
        """Loads a verified graph.

        Args:
            graph: the content of `model.onnx`, its hash checked.
            card: what the manifest says about it.
            threads: CPU threads that the run time may use.

        Raises:
            BackendError: BE-LOAD where the run time refuses the graph.
            ModelError: MD-GRAPH where names, shapes or types are not what the manifest says.
        """
