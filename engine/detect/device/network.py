"""What a network on the GPU is to the rest of the device path: a Protocol, its faults, and nothing to inherit from."""

from __future__ import annotations

from typing import Any, Protocol

from engine.detect.protocol import Precision
from engine.errors import BackendError

DeviceArray = Any
"""An array in the GPU's memory, of `kernels.device_arrays`; `address(array)` there gives TensorRT its place."""

Stream = Any
"""A queue of work of `kernels.device_arrays`; `handle(stream)` there is the driver's number for it."""


class DeviceOutOfMemory(BackendError):  # noqa: N818  # the name says it
    """The GPU has not enough free memory; what lies on it is still sound."""

    @classmethod
    def of(cls, what: str) -> DeviceOutOfMemory:
        """BE-GPU-MEMORY, naming what found no room."""
        return cls(
            "BE-GPU-MEMORY",
            f"The GPU's memory is too small for {what}.",
            "Close other programs that use the GPU, or answer with `--backend onnx-cpu`.",
        )


class DeviceLost(BackendError):  # noqa: N818  # as above
    """The GPU or its context failed; nothing on it can be used any more."""

    @classmethod
    def of(cls, what: str) -> DeviceLost:
        """BE-GPU-LOST, naming what failed."""
        return cls(
            "BE-GPU-LOST",
            f"The GPU was lost: {what}.",
            "Run `fovea doctor`; if it happens again, restart the machine and look for Xid errors in its log.",
        )


class DeviceNetwork(Protocol):
    """A model on the GPU that answers batches of one fixed shape which lie in the GPU's memory."""

    @property
    def backend(self) -> str:
        """What answers, as written into outcomes, e.g. `tensorrt-rtx 1.7.1 fp16 sm_89`."""

    @property
    def precision(self) -> Precision:
        """What the network counts in, and the type of `tiles`: float32 or float16. Its answers are float32."""

    @property
    def batch(self) -> int:
        """Tiles in one call."""

    @property
    def capturable(self) -> bool:
        """Whether `enqueue` may be recorded into a CUDA graph once it has run on its own."""

    def enqueue(self, tiles: DeviceArray, heat: DeviceArray, box: DeviceArray, stream: Stream) -> None:
        """Queues one batch and may return before it is done.

        Args:
            tiles: (batch, channels, *tile) float32 or float16 by the precision, C order.
            heat: (batch, labels, *cells) float32, written.
            box: (batch, 2 * dims, *cells) float32, written.
            stream: work on it is done in order.

        Raises:
            DeviceOutOfMemory: what was on the GPU before is untouched.
            DeviceLost: a new context is needed.
            BackendError: BE-RUN, anything else.
        """

    def close(self) -> None:
        """Frees what it holds on the GPU; may be called after the GPU was lost."""


class OpenNetwork(Protocol):
    """Puts the model onto the GPU; called again after the GPU was lost, and for smaller batches."""

    def __call__(self, batch: int) -> DeviceNetwork:
        """The network for that many tiles in one call, at most the card's batch.

        Raises:
            DeviceOutOfMemory: its weights or workspace do not fit.
            DeviceLost: the GPU does not answer.
            BackendError: BE-LOAD, there is none for this batch, or it was refused.
        """
