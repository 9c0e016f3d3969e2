"""One study to be looked at on the GPU: what does not change however it is cut up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.budget import Budget
from engine.detect.device.plan import Footprint, footprint
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import BackendError
from engine.prepare.layout import Layout
from engine.prepare.make import grid_weights, tile_window
from engine.prepare.percentiles import Counter
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from kernels.prepare import NOWHERE, mirror_bits
from kernels.weights import AxisWeights
from kernels.window import ValueWindow


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A study, the model that looks at it, and the time for it.

    Args:
        scan: the study's pixels.
        card: the model, with the threshold that a person asked for.
        layout: grid and tiles.
        axes: weights of each axis of the grid.
        pool: threads that copy stored values.
        budget: the time for it.
        watch: where the time goes.
    """

    scan: Scan
    card: ModelCard
    layout: Layout
    axes: tuple[AxisWeights, ...]
    pool: RowPool
    budget: Budget
    watch: Stopwatch

    @classmethod
    def of(cls, scan: Scan, card: ModelCard, layout: Layout, pool: RowPool, budget: Budget, watch: Stopwatch) -> Task:
        """Works out the weights."""
        with watch.stage("prepare"):
            axes = tuple(grid_weights(layout))
        return cls(scan, card, layout, axes, pool, budget, watch)

    def footprint(self, tensor_type: type[np.floating]) -> Footprint:
        """What it takes in the GPU's memory."""
        pixels = self.scan.pixels
        return footprint(
            pixels.nbytes,
            pixels.shape[0],
            self.layout,
            self.card.input,
            len(self.card.labels),
            np.dtype(tensor_type).itemsize,
        )

    def window(self, counter: Counter, tensor_type: type[np.floating]) -> ValueWindow:
        """From stored values to the network's numbers, if none is too large for the network's input.

        Values are clipped to the window, so its two ends are the largest; averaging makes none larger.

        Args:
            counter: of all stored values.
            tensor_type: of the network's input.

        Raises:
            BackendError: BE-VALUES.
        """
        window = tile_window(self.scan, self.card.input, counter)
        bias = window.bias.astype(np.float64)
        span = np.float64(window.high) - np.float64(window.low)
        largest = float(np.maximum(np.abs(bias), np.abs(bias + window.gain * span)).max())
        limit = float(np.finfo(tensor_type).max)
        if not largest <= limit:
            raise BackendError(
                "BE-VALUES",
                f"Prepared values reach {largest:g}, and {self.card.name} takes at most {limit:g} on this run time.",
                "Check the rescale slope and intercept of the study, or answer with `--backend onnx-cpu`.",
            )
        return window

    def places(self, batch: int) -> NDArray[np.int32]:
        """(batches, most views, batch, 4) int32: low corner (z, y, x) in the grid and mirrored axes of each tile.

        Tiles that the last batch has too many are `NOWHERE`.
        """
        origins = np.array(self.layout.origins, np.int32)
        tiles, dims = origins.shape
        views = [mirror_bits(flip) for flip in self.layout.flips + self.layout.again_flips]
        places = np.full((math.ceil(tiles / batch), len(views), batch, 4), NOWHERE, np.int32)
        for view, bits in enumerate(views):
            flat = np.full((places.shape[0] * batch, 4), NOWHERE, np.int32)
            flat[:tiles, : 3 - dims] = 0
            flat[:tiles, 3 - dims : 3] = origins
            flat[:, 3] = bits
            places[:, view] = flat.reshape(-1, batch, 4)
        return places
