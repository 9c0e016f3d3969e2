"""A network small enough to be one kernel: the device path with graphs, on any GPU and without TensorRT.

The heat of a cell is the mean of its pixels, and every box reaches one stride. It adds in the same order on the CPU.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.detect.protocol import RawOutput
from engine.domain.model_card import DomainSpec, Effort, HeadSpec, InputSpec, ModelCard, ParityLimits
from kernels.cuda_compiled import cuda_kernel

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

Floats = NDArray[np.float32]

THREADS = 128
FAR = 1 << 44
"""An index so far outside that writing there ends the context."""


def card_of(tile, *, batch, most, spacing_mm=None) -> ModelCard:
    """The card of a model whose network this is."""
    return ModelCard(
        id="cells",
        version="1.0.0",
        hash="0" * 64,
        task="flags bright cells",
        input=InputSpec(1, tile, batch, spacing_mm, -900.0, 300.0, (0.0,), (1.0,)),
        head=HeadSpec("center", 4, 0.3, most),
        labels=("cell",),
        threshold=0.5,
        unsure_threshold=0.5,
        efforts=(Effort("full", 0.25),),
        domain=DomainSpec(("volume",), ("CT",), (1, 4096), None),
        parity=ParityLimits(0.001, 0.1),
        licence="Apache-2.0",
        attribution="made by the tests",
    )


class CellNetwork:
    """On the GPU.

    Args:
        card: one label, one channel; the sides of a cell are powers of two.
        precision: of the tensor.
        dies: the number of the batch whose kernel writes outside the GPU's memory, or None.
    """

    backend = "cells"
    capturable = True

    def __init__(self, card: ModelCard, precision="fp32", dies=None):
        self.batch, self.precision = card.input.batch, precision
        self.closed = False
        self._stride = card.head.stride
        self._dies = dies
        self._answered = 0

    def enqueue(self, tiles, heat, box, stream):
        deep = len(tiles.shape) == 5
        step = self._stride if deep else 1
        volumes = tiles if deep else tiles.reshape(*tiles.shape[:2], 1, *tiles.shape[2:])
        place = FAR if self._answered == self._dies else 0
        answer_cells.launch(
            -(-heat.size // THREADS),
            THREADS,
            stream,
            volumes,
            step,
            self._stride,
            np.float32(1.0 / (step * self._stride**2)),
            heat.reshape(heat.shape[0], heat.size // heat.shape[0]),
            box.reshape(*box.shape[:2], heat.size // heat.shape[0]),
            place,
        )
        self._answered += 1

    def close(self):
        self.closed = True


class CellDetector:
    """The definition, on the CPU."""

    backend = "cells on the CPU"

    def __init__(self, card: ModelCard):
        self._stride = card.head.stride

    def run(self, tiles: Floats) -> RawOutput:
        stride, dims = self._stride, tiles.ndim - 2
        total = np.zeros((tiles.shape[0], *(side // stride for side in tiles.shape[2:])), np.float32)
        for offset in np.ndindex(*(stride,) * dims):
            total += tiles[(slice(None), 0, *(slice(start, None, stride) for start in offset))]
        heat = np.clip(total * np.float32(1.0 / stride**dims), 0.0, 1.0)[:, None]
        box = np.full((tiles.shape[0], 2 * dims, *heat.shape[2:]), stride, np.float32)
        return RawOutput(heat, box)

    def close(self) -> None:
        pass


@cuda_kernel
def answer_cells(tiles, step_z, step, share, heat, box, place):
    """A thread answers one cell; `tiles` is (batch, 1, d, h, w), `heat` (batch, cells), `box` (batch, faces, cells)."""
    index = cuda.grid(1)
    batch, cells = heat.shape
    if index >= batch * cells:
        return
    tile, cell = index // cells, index % cells
    columns, rows = tiles.shape[4] // step, tiles.shape[3] // step
    z, y, x = cell // (rows * columns) * step_z, cell // columns % rows * step, cell % columns * step
    total = np.float32(0.0)
    for dz in range(step_z):
        for dy in range(step):
            for dx in range(step):
                total += np.float32(tiles[tile, 0, z + dz, y + dy, x + dx])
    heat[tile, cell + place] = min(max(total * share, np.float32(0.0)), np.float32(1.0))
    for face in range(box.shape[1]):
        box[tile, face, cell] = step
