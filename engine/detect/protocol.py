"""What a back end and a loaded detector are: Protocols, and nothing to inherit from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.prepare.layout import Layout

FloatArray = NDArray[np.float32]

Precision = Literal["fp32", "fp16", "int8"]
"""In what the network computes; what goes in and comes out of `Detector.run` is float32 with each. int8 is only
measured, see `engine.detect.onnx_int8`."""


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
            BackendError: BE-SHAPE for another shape or dtype, BE-RUN where the run time fails, BE-VALUES for tiles
                that are no numbers, and for outputs that are no numbers or no probabilities.
        """

    def close(self) -> None:
        """Frees what the run time holds; the detector cannot be used afterwards."""


@runtime_checkable
class PreparesTiles(Protocol):
    """A detector that makes its own tiles from stored values, on its device."""

    def prepared(self, scan: Scan, layout: Layout, origins: Sequence[tuple[int, ...]]) -> FloatArray:
        """What it feeds its network for one batch, copied to the host: as `engine.prepare.make.TileMaker.make`."""


class Backend(Protocol):
    """A run time that may be able to load detectors on this machine."""

    @property
    def name(self) -> str:
        """The name that `--backend` takes."""

    @property
    def precision(self) -> Precision:
        """In what its networks compute."""

    def why_not(self) -> str | None:
        """None where this run time works here, otherwise the reason in words a person can act on."""

    def why_not_yet(self, card: ModelCard) -> str | None:
        """None where a model can be loaded at once, otherwise what that waits for."""

    def begin(self, graph: bytes, card: ModelCard) -> None:
        """Starts in the background what loading a model waits for; nothing where that is under way or done."""

    def identity(self) -> str:
        """All that its answers depend on beside the model: run time, version, precision, device, driver; one line."""

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
