"""What stays on the GPU from study to study: the network, its queue of work, and the buffers of one batch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detect.device.faults import device_faults
from engine.detect.device.network import DeviceNetwork
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from kernels.device_arrays import clear, copy_out, empty, new_event, new_stream, wait


class Resident:
    """A network with its buffers.

    Args:
        network: on the GPU; closed with this.
        card: the model's.
    """

    def __init__(self, network: DeviceNetwork, card: ModelCard) -> None:
        self.network = network
        self.name = card.name
        self._usual_batch = card.input.batch
        batch, dims, stride = network.batch, len(card.input.tile), card.head.stride
        cells = [side // stride for side in card.input.tile]
        with device_faults(f"the buffers of {batch} tiles"):
            self.stream = new_stream()
            self.tiles = empty((batch, card.input.channels, *card.input.tile), self.tensor_type)
            self.heat = empty((batch, len(card.labels), *cells), np.float32)
            self.box = empty((batch, 2 * dims, *cells), np.float32)
            self.places = empty((batch, 4), np.int32)
            self.unsound = empty((1,), np.int32)
            self.reached = empty((batch,), np.int32)
            self.turns = [new_event() for _ in range(2)]

    @property
    def tensor_type(self) -> type[np.floating]:
        """Of the network's input."""
        return np.float16 if self.network.precision == "fp16" else np.float32

    @property
    def backend(self) -> str:
        """What answers, as written into outcomes; another batch than the model's may answer in other last digits."""
        name, batch = self.network.backend, self.network.batch
        return name if batch == self._usual_batch else f"{name} batch {batch}"

    @property
    def buffer_bytes(self) -> int:
        """What the tensor and the answers of a batch hold."""
        return sum(int(array.nbytes) for array in (self.tiles, self.heat, self.box))

    def expect_sound(self) -> None:
        """Forgets what was found out about earlier answers."""
        clear(self.unsound, self.stream)

    def require_sound(self) -> None:
        """Waits for all that is queued, and lets its answers through if they are probabilities and numbers.

        Raises:
            BackendError: BE-VALUES; a tile with such an answer must never count as one with nothing flagged.
        """
        unsound = np.zeros(1, np.int32)
        copy_out(self.unsound, unsound, self.stream)
        wait(self.stream)
        if unsound[0]:
            raise BackendError(
                "BE-VALUES",
                f"{self.name} returned values that are no probabilities or no numbers.",
                "Verify the package with `fovea models verify`.",
            )

    def expect_nothing_shown(self) -> None:
        """Forgets which tiles of an earlier batch show something."""
        clear(self.reached, self.stream)

    def shown(self) -> NDArray[np.bool_]:
        """Waits for all that is queued; which tiles of the batch show something, (batch,) bool."""
        reached = np.zeros(self.reached.size, np.int32)
        copy_out(self.reached, reached, self.stream)
        wait(self.stream)
        shown: NDArray[np.bool_] = reached != 0
        return shown

    def close(self) -> None:
        """Frees the network; the buffers go with this object."""
        self.network.close()
