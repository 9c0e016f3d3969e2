"""What the GPU makes of stored values, copied back to the host: for the parity check, never on the way to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.device.count import DeviceCounter
from engine.detect.device.faults import device_faults
from engine.detect.device.resident import Resident
from engine.detect.device.task import Task
from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.prepare.layout import Layout
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from kernels.device_arrays import copy_in, copy_out, upload, wait
from kernels.prepare import prepare_on_device, prepare_tables


def prepared_tiles(
    resident: Resident, card: ModelCard, scan: Scan, layout: Layout, origins: Sequence[tuple[int, ...]]
) -> FloatArray:
    """One batch of tiles as the network is fed with them.

    Args:
        resident: the network and its buffers.
        card: the model.
        scan: its pixels are sent to the GPU as a whole.
        layout: of the scan.
        origins: low corners of the tiles, at most a batch of them.

    Returns:
        (batch, channels, *tile) float32, C order; tiles that the batch has too many are 0.

    Raises:
        DeviceOutOfMemory: the scan does not fit.
        DeviceLost: a new context is needed.
    """
    clock = SystemClock()
    wanted = replace(layout, origins=tuple(origins), flips=("",), again_flips=())
    with RowPool(1) as pool:
        task = Task.of(scan, card, wanted, pool, Budget(clock=clock), Stopwatch(clock))
    stream, tiles = resident.stream, resident.tiles
    host = np.empty(tuple(tiles.shape), resident.tensor_type)
    with device_faults("preparing tiles"):
        source = upload(scan.pixels, stream)
        window = task.window(DeviceCounter(source, stream), resident.tensor_type)
        tables = prepare_tables(scan.pixels.shape, scan.pixels.dtype, task.axes, window, stream)
        copy_in(np.ascontiguousarray(task.places(resident.network.batch)[0, 0]), resident.places, stream)
        prepare_on_device(source, tables, resident.places, tiles, stream)
        copy_out(tiles, host, stream)
        wait(stream)
    return host.astype(np.float32, copy=False)
